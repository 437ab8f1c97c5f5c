"""A page in Streamlit: what its declaration says, with Streamlit's own elements."""

from types import SimpleNamespace
from typing import get_args

import polars as pl
import pytest
import streamlit as st

from dashboard import catalog
from dashboard.catalog import pages
from dashboard.charts.medium import PHONE
from dashboard.forms.desk import figures, shown
from dashboard.menu import scripts
from dashboard.shell import blocks
from dashboard.stage import request
from dashboard.views.figure import Values
from dashboard.views.page import Block, Passport, Remarks, Table
from dashboard.words import tables
from data.i18n import LANGUAGES, language
from tests.dashboard.forms import made_up
from tests.frozen.front import Page


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("slug", sorted(pages().keys() & scripts().keys()))
def test_the_desk_says_all_that_the_page_declares(slug, code):
    page, lang = pages()[slug], language(code)
    app = Page(f"/{slug}?lang={code}").app
    values = Values.of({spec.name: app.session_state[spec.name] for spec in page.filters})
    sections = page.sections(lang, values)
    assert not app.exception
    headings = [section.heading for section in sections if section.heading]
    assert [words for words in plain(app.header) if words in headings] == headings
    written = "\n".join(plain(app.markdown))
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Remarks):
                assert all(line in written for line in block.lines)


def test_a_text_of_a_declaration_is_never_cut():
    text = "x" * 20_000
    assert shown.plain(text) == text


def plain(elements):
    """The words of elements as read."""
    return [one.value.replace("\\", "") for one in elements]


@pytest.fixture
def made(monkeypatch):
    """The made-up page stands at the address of page About; a figure's marks are buttons."""

    def chart(_spec, _alt, key, on_pick=None):
        chart.keys.append(key)
        for mark in ("soup", "PER", "nothing") if on_pick else ():
            st.button(mark, on_click=on_pick, args=(mark,), key=f"{key}.{mark}")

    chart.keys = []
    every = pages() | {made_up.SLUG: made_up.MADE_UP}
    monkeypatch.setattr(catalog, "pages", lambda: every)
    monkeypatch.setattr("dashboard.forms.desk.figures.chart", chart)
    made_up.OPENED.clear()
    return chart


def opened(code="en", **address):
    """The made-up page at an address."""
    app = Page(f"/{made_up.SLUG}?lang={code}&" + "&".join(f"{name}={text}" for name, text in address.items())).app
    assert not app.exception
    return app


def chosen(app):
    """The values that the page was last asked for."""
    assert not app.exception
    return made_up.SEEN[-1]


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    return app


def widgets(app, *kinds):
    return [one.label for kind in kinds for one in app.get(kind)]


def test_the_made_up_page_has_every_block():
    values = Values.of({spec.name: spec.default for spec in made_up.FILTERS} | {"dish": "soup"})
    found: set[type] = set()

    def look(listed):
        for block in listed:
            found.add(type(block))
            for column in getattr(block, "columns", ()):
                look(column)

    for section in made_up.sections(language("en"), values):
        look(section.blocks)
    assert found == set(get_args(Block))
    assert found <= shown._show.registry.keys()


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_block_is_there_in_every_language(code):
    app, lang = opened(code, dish="soup", lost="it"), language(code)
    assert plain(app.title) == ["Dishes of " + lang.country("PER")]
    assert plain(app.header) == ["Numbers #1", "Rows", "The dish", "What is lost"]
    written = plain(app.markdown)
    for words in [
        "First *line*.  \nSecond line.",
        "[The dish](#passport-dish)",
        "[What is lost](#passport-lost)",
        "salt, PER, , 3.\n\nSecond *paragraph*.",
        "A term: what it means.",
        "**2**",
        "Dishes",
        "**35**",
        "Passport of soup.",
        "- One remark.\n- Another remark.",
        "[To the numbers](#numbers)",
        "[Numbers](#numbers) · [Rows](#rows)",
        "Dishes",
    ]:
        assert words in written
    assert "The map" not in written
    assert any("CC BY" in words and "[The publisher](https://example.org)" in words for words in written)
    assert {"Small print.", "As code", "one line  \nanother"} <= {*plain(app.caption)}
    assert lang.text("Select a row to see its source (keyboard: Shift + space bar).") in plain(app.caption)
    reading = lang.text("To present, start Atalaya with python -m dashboard. Here you can only read the scenes.")
    assert plain(app.info) == [lang.text("The item in this link is not in this table."), "A notice.", reading]
    assert plain(app.subheader) == ["Beside it"]
    assert [one.value for one in app.code] == ["rows = 1"]
    assert app.dataframe[0].value["Dish"].to_list() == ["Soup", "Stew"]
    assert app.table[0].value.iloc[0, 0] == r"A \*long\* word"
    assert widgets(app, "text_input") == [lang.text("Search the table")]
    parts = [lang.text("More filters"), lang.text("Cite this data version"), "What is behind"]
    every, about = [part.label for part in app.get("expander")], lang.text("About this figure")
    assert [label for label in every if label != about] == [*parts, lang.text("Make your own agenda")]
    # Two figures, one beside another block, and one of another page.
    assert every.count(about) == 4
    popovers = {part.proto.popover.label for part in app.get("popover")}
    assert {lang.text("Briefing"), "Terms", lang.text("Download these rows"), lang.text("Cite this view")} <= popovers
    links = [*(one.proto.label for one in app.get("page_link")), *widgets(app, "button")]
    assert {"With pepper", "The map", "With salt", "All maps", "Soup"} <= {*links}
    lists = [one for one in app.selectbox if one.label in {"Open a dish", "Find a state"}]
    assert [one.placeholder for one in lists] == [lang.text("Choose an option")] * 2
    assert [one.label for one in app.button].count(lang.text("Close")) == 2
    assert app.selectbox(key="template.area.ARG").value == "ARG"
    assert {*LANGUAGES.values()} <= {one.proto.label for one in app.get("download_button")}
    assert len(app.file_uploader) == 1


@pytest.mark.usefixtures("made")
def test_each_filter_has_its_own_kind_of_control_and_changes_what_the_page_is_asked_for():
    app = opened()
    assert widgets(app, "button_group") == ["Spice"]
    assert widgets(app, "multiselect") == ["Places"]
    assert widgets(app, "number_input", "toggle") == ["Spoons", "Hot"]
    # The last one is that of the workbooks, which is no filter.
    assert widgets(app, "slider") == ["Seasons", "Year", "Years"]
    assert app.multiselect[0].placeholder == "All states"
    place = app.selectbox(key="place")
    assert [words.partition(" ")[0] for words in place.options] == ["Argentina", "Peru"]
    place.select_index(0)
    app.get("button_group")[0].set_value("pepper")
    app.multiselect(key="places").select("PER")
    app.number_input(key="spoons").set_value(5)
    app.slider(key="seasons").set_value((2002, 2004))
    app.slider(key="year").set_value(2015)
    app.toggle(key="hot").set_value(True)
    app.run()
    values, expected = chosen(app), ["pepper", "ARG", ("PER",), 5, (2002, 2004), True]
    assert [values.value(spec) for spec in made_up.FILTERS[:6]] == expected
    assert values.value(made_up.states_filters.YEAR) == 2015
    assert plain(app.title) == ["Dishes of Argentina"]
    assert app.query_params["seasons"] == "2002-2004"


def test_figures_beside_each_other_are_narrower_and_have_keys_of_their_own(made, monkeypatch):
    asked = []
    monkeypatch.setattr(
        figures, "parse", lambda name, query: asked.append((name, query["width"])) or request.parse(name, query)
    )
    opened()
    assert made.keys == ["figure.region", "preview.region", "figure.region_change", "figure.region_change.2"]
    assert asked == [("region", "1200"), ("region", "930"), ("region_change", "641"), ("region_change", "641")]


def test_a_phone_has_no_preview(made, monkeypatch):
    monkeypatch.setattr(figures.layout, "medium", lambda: PHONE)
    app = opened()
    assert "preview.region" not in made.keys
    assert "Look there" not in widgets(app, "page_link")


@pytest.mark.usefixtures("made")
def test_a_mark_opens_what_its_link_says():
    app = press(opened(spoons="5"), "nothing")
    assert chosen(app).value(made_up.DISH) == ""
    values = chosen(press(app, "soup"))
    assert [values.value(spec) for spec in (made_up.DISH, made_up.SPICE, made_up.SPOONS)] == ["soup", "pepper", 5]
    app = press(app, "PER")
    assert not app.exception
    assert plain(app.title) == ["Peru"]


@pytest.mark.usefixtures("made")
def test_a_selected_row_opens_its_passport_and_its_button_closes_it(monkeypatch):
    def select(key, on_choice, rows):
        st.session_state[key] = SimpleNamespace(selection=SimpleNamespace(rows=rows))
        on_choice()

    def choice(_lang, sheet, _alt, key, on_choice, **_look):
        for number, words in enumerate(sheet.rows["Dish"].to_pylist()):
            st.button(words, on_click=select, args=(key, on_choice, [number]))
        st.button("no row", on_click=select, args=(key, on_choice, []))

    monkeypatch.setattr(blocks, "choice", choice)
    app = press(opened(lost="it"), "Stew")
    assert "Passport of stew." in plain(app.markdown)
    assert app.query_params["dish"] == "stew"
    assert "dish" not in press(app, "no row").query_params
    press(app, "Soup").button(key="close.dish").click().run()
    assert plain(app.header) == ["Numbers #1", "Rows", "What is lost"]
    # Of a table that is searched the marks follow the rows.
    app.text_input[0].set_value("stew").run()
    assert "Passport of stew." in plain(press(app, "Stew").markdown)
    # What is deselected in a table closes only what the table has.
    app.text_input[0].set_value("soup").run()
    assert "Passport of stew." in plain(press(app, "no row").markdown)


@pytest.mark.usefixtures("made")
def test_a_chooser_goes_to_the_page_with_the_option_and_forgets_it():
    app = opened()
    app.selectbox(key="go..dish").select("stew").run()
    assert chosen(app).value(made_up.DISH) == "stew"
    assert app.selectbox(key="go..dish").value is None
    app.selectbox(key="go.country.area").select("PER").run()
    assert not app.exception
    assert plain(app.title) == ["Peru"]


@pytest.mark.usefixtures("made")
def test_a_fold_is_made_when_it_is_open():
    assert "Behind the fold." not in plain(opened().markdown)
    assert made_up.OPENED == []
    app = opened()
    app.session_state["folded.more"] = True
    app.run()
    assert "Behind the fold." in plain(app.markdown)


@pytest.mark.usefixtures("made")
def test_what_follows_from_an_address_is_chosen():
    assert chosen(opened(hot="1")).value(made_up.SPICE) == "pepper"
    assert chosen(opened(hot="1", spice="salt")).value(made_up.SPICE) == "salt"


@pytest.mark.usefixtures("made")
def test_a_large_table_is_sent_in_parts_and_has_no_selection(monkeypatch):
    monkeypatch.setattr(blocks, "MOST_IN_BROWSER", 1)
    app = opened()
    assert widgets(app, "text_input") == ["Search the table"]
    (table,) = app.dataframe
    assert not table.proto.selection_mode
    assert table.proto.alt == "All dishes"


def test_a_table_without_rows_and_a_passport_out_of_its_page_need_no_more():
    empty = Table("none", "Nothing", tables.sheet(pl.DataFrame({"Dish": []})), searched=True)
    assert shown._table(empty, language("en")) is None
    assert Passport(made_up.DISH, "", ()).anchor == "passport-dish"


def test_a_figure_is_described_in_words_and_for_screen_readers():
    app = Page("/region?lang=en&measure=count&year=2019").app
    chart = app.get("plotly_chart")[0].proto
    assert "2019" in chart.alt
    title, measure = next(words.value for words in app.markdown if words.value.startswith("**")).split("  \n")
    assert all(part.strip("*").replace("\\", "") in chart.alt for part in (title, measure))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [([{"customdata": ["CRI"]}], ["CRI"]), ([{"customdata": "PAN"}], ["PAN"]), ([{}], []), ([], [])],
)
def test_a_click_passes_on_the_id_of_the_mark(monkeypatch, marks, expected):
    picked = []
    monkeypatch.setattr(st, "session_state", {"map": SimpleNamespace(selection=SimpleNamespace(points=marks))})
    figures._picked("map", picked.append)
    assert picked == expected
