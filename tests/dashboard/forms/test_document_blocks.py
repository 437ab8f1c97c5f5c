"""Every block of a page in its document: what the block says, and controls that send what the address says."""

from collections import defaultdict
from dataclasses import replace
from functools import cache
from hashlib import sha256
from urllib.parse import parse_qs, urlencode, urlsplit

import polars as pl
import pytest

from dashboard import site, static, store
from dashboard.catalog import figures
from dashboard.forms.html import document as html_document
from dashboard.forms.html import tables
from dashboard.forms.html.addresses import FIND, WHOLE, Addresses
from dashboard.stage import request
from dashboard.subjects.states.filters import YEAR
from dashboard.views.address import read
from dashboard.views.code import Snippet
from dashboard.views.filters import Flag, Form, Many, One, Span, Whole
from dashboard.views.page import (
    Beside,
    BriefingFiles,
    Chooser,
    Code,
    Controls,
    Files,
    Fold,
    Graphic,
    Heading,
    KeyFigure,
    KeyFigures,
    Link,
    Links,
    Page,
    Pairs,
    Passport,
    Preview,
    Remarks,
    Section,
    Table,
    Terms,
    Text,
)
from dashboard.views.rows import Rows
from dashboard.words.tables import sheet
from data.i18n import language
from tests.dashboard.forms.test_document import Read

EN = language("en")
WORDS = {"b": "Zebra", "a": "Árbol", "c": "Bee"}
ANIMAL = One("animal", ("b", "a", "c"), "b", label="Animal", words=WORDS, head=1)
SIZE = One("size", ("big", "small"), "big", label="Size", words={"big": "Big", "small": "Small"})
SEVERAL = Many("several", ("a", "b", "c"), label="Several", words=WORDS, empty="All of them")
LEAST = Whole("least", (1, 9), 2, label="Least")
YEARS = Span("years", (2001, 2009), (2001, 2009), label="Years")
ON, OFF = Flag("on", default=True, label="On"), Flag("off", label="Off")
ROW = Form("row", r"[a-z ]+", ("key",))
STATE = One("state", ("HTI", "CRI"), "CRI", label="State")
FILTERS = (ANIMAL, SIZE, SEVERAL, LEAST, YEARS, ON, OFF, ROW, YEAR)
CONTROLS = Controls((ANIMAL, SIZE, SEVERAL, LEAST), (YEARS, ON, OFF), buttons=("size",), alphabetical=("animal",))
CELLS = pl.DataFrame({"Key": ["one", "two & a half", ""], "Figure": ["1,200", "–", "3–4"]})
FRAME = pl.DataFrame({"area": ["HTI"], "source": ["unodc_glotip"], "low": [1.0]})
FEW = Table("few", "A few rows", sheet(CELLS), ROW, ("one", "two", ""))
ROWS = Rows("made_of_rows", "Made rows", "made", lambda: FRAME, (ANIMAL,), Snippet("observations"), key="made")
VIEWS = (
    {},
    {"animal": "c", "size": "small", "several": "c,a", "least": "7", "years": "2003-2005", "on": "0", "off": "1"},
    {"several": "b", "years": "2004-2004", "row": "one", "year": "2015"},
)


def page(*blocks, path=()):
    section = Section("Made up", "made-up", blocks)
    filters = (*path, *FILTERS)
    return Page(
        slug="made", title="Made", purpose="A purpose.", sections=lambda *_: (section,), filters=filters, path=path
    )


def written(made, given=None, **options):
    """The document of a page at an address."""
    values = read(made.filters, {name: [text] for name, text in (given or {}).items()}).values
    return html_document.document(EN, made, values, **options)


def shown(*blocks, given=None, **options):
    return Read(written(page(*blocks), given, **options))


@cache
def whole(slug="made"):
    """A page with a block of every class."""
    region = request.defaults("region", {"year": "2015"})
    blocks = (
        CONTROLS,
        Graphic("region", region, "map", YEAR, lambda mark: Link("", "", {"row": "one"}) if mark == "HTI" else None),
        Text(("A notice.",), "notice"),
        Beside(((Heading("Half"), Graphic("region_change", {}, "change")), (FEW,))),
        Passport(ROW, "Passport", (Pairs((("Label", "What it says"),), "https://example.org/x", "Elsewhere"),)),
        KeyFigures((KeyFigure("Counted", "12", ("A line",), Link("", "", {"least": "3"})), KeyFigure("Bare", "5–9"))),
        Links((Link("about", "About"), Link("", "Here", anchor="here"))),
        Code("Citation", "a < b", "python"),
        Files(ROWS),
        BriefingFiles(),
        Terms("Terms", ("Term: meaning.",)),
        Fold("fold", "More of it", lambda: (Remarks(("One.", "Two.")), Link("about", "About", {}, "glossary"))),
        Chooser("Choose", STATE, (("HTI", "Haiti"), ("CRI", "Costa Rica")), "country", large=True),
    )
    return replace(page(*blocks), slug=slug)


@cache
def every(view=0, **options):
    return Read(written(whole(), VIEWS[view], **dict(options)))


def sent(found):
    """What a browser sends of the form: the texts of each parameter."""
    texts, select = defaultdict(list), ""
    for one in found.elements:
        if one["tag"] == "select":
            select = one["name"] if one.get("form") == "view" else ""
        elif one["tag"] == "option" and select and "selected" in one:
            texts[select].append(one.get("value", one["text"]))
        elif one["tag"] == "input" and "name" in one and (one["type"] not in {"checkbox", "radio"} or "checked" in one):
            texts[one["name"]].append(one["value"])
    return texts


# ---- controls


@pytest.mark.parametrize("given", VIEWS)
def test_the_form_sends_what_the_address_says(given):
    made = page(CONTROLS, Graphic("region", request.defaults("region", {}), "map", YEAR))
    values = read(made.filters, {name: [text] for name, text in given.items()}).values
    arrival = read(made.filters, sent(Read(html_document.document(EN, made, values))))
    assert arrival.notices == ()
    order = {"several": sorted}
    for name, value in arrival.values.given:
        assert order.get(name, lambda one: one)(value) == order.get(name, lambda one: one)(dict(values.given)[name])


def test_any_cell_of_a_table_may_lead_to_another_page():
    table = Table("few", "Few", sheet(CELLS), links=(None, Link("about", "")), others={1: (Link("region", ""), None)})
    found = shown(table)
    assert [one["text"] for one in found.all("a") if one["text"] in {"two & a half", "1,200"}] == [
        "1,200",
        "two & a half",
    ]
    cells = {one["text"]: one["href"] for one in found.all("a")}
    assert cells["1,200"].endswith("region")
    assert cells["two & a half"].endswith("about")
    assert "–" not in cells


def test_every_control_belongs_to_the_one_form_and_names_its_default():
    found = every()
    (form,) = found.all("form", id="view")
    assert form["method"] == "get"
    controls = [one for one in found.elements if "data-default" in one]
    assert {one["name"] for one in controls} == {spec.name for spec in FILTERS if spec is not ROW}
    for one in controls:
        assert one["form"] == "view"
        spec = next(spec for spec in FILTERS if spec.name == one["name"])
        assert one["data-default"] == spec.write(spec.default)


def test_options_have_their_words_in_their_order_and_the_chosen_one_is_marked():
    found = shown(CONTROLS, given=VIEWS[1])
    options = found.elements[found.elements.index(found.all("select", name="animal")[0]) + 1 :][:3]
    assert [one["text"] for one in options] == ["Zebra", "Árbol", "Bee"]
    assert [one["value"] for one in options if "selected" in one] == ["c"]
    radios = found.all("input", type="radio", name="size")
    assert [(one["value"], "checked" in one) for one in radios] == [("big", False), ("small", True)]
    boxes = found.all("input", type="checkbox", name="several")
    assert [one["value"] for one in boxes if "checked" in one] == ["a", "c"]
    (number,) = found.all("input", type="number")
    assert (number["value"], number["min"], number["max"]) == ("7", "1", "9")
    assert [one["text"] for one in found.all("span", id="view-several--chosen")] == ["Bee, Árbol"]
    assert shown(CONTROLS).all("span", id="view-several--chosen")[0]["text"] == "All of them"


@pytest.mark.parametrize(("given", "opened"), [({}, False), ({"off": "1"}, True), ({"least": "5"}, False)])
def test_more_filters_are_open_if_one_of_them_is_chosen(given, opened):
    (more,) = shown(CONTROLS, given=given).all("details", **{"class": "more"})
    assert ("open" in more) == opened


def test_a_phone_names_the_choices_in_force():
    (folded,) = shown(CONTROLS, given={"least": "5"}).all("details", **{"class": "folded"})
    assert folded["text"] == "Filters: Zebra · Big · Least: 5"


def test_what_no_control_has_is_sent_hidden():
    found = shown(CONTROLS, FEW, given={"row": "one", "year": "2015", "off": "1"}, kept={WHOLE: "few"})
    (form,) = found.all("form", id="view")
    after = found.elements[found.elements.index(form) + 1 :]
    hidden = [(one["name"], one["value"]) for one in after if one["tag"] == "input"]
    assert hidden == [("row", "one"), ("year", "2015"), (WHOLE, "few")]


def test_a_page_without_controls_has_no_form():
    assert shown(Remarks(("One.",))).all("form") == []


def test_a_filter_has_one_control():
    found = shown(Controls((YEAR,)), Graphic("region", request.defaults("region", {}), "map", YEAR))
    assert [one["type"] for one in found.all("input", name="year")] == ["number"]
    assert [one["rel"] for one in found.all("a") if one.get("rel") in {"prev", "next"}]


# ---- addresses


def address(given=None, *, path=(), kept=None):
    made = page(path=path)
    values = read(made.filters, {name: [text] for name, text in (given or {}).items()}).values
    return Addresses(EN, made, values, kept or {})


def test_an_address_has_only_what_is_chosen():
    here = address({"animal": "c", "row": "one"})
    assert here.view() == "made?animal=c&row=one"
    assert here.view({"animal": "b", "several": "a,c"}) == "made?row=one&several=a,c"
    assert here.view({"row": ""}) == "made?animal=c"
    assert here.link(Link("", "", {"least": "3"}, "made-up")) == "made?animal=c&row=one&least=3#made-up"
    assert here.link(Link("about", "", {}, "glossary")) == "about#glossary"
    assert here.link(Link("present", "", {"guided": "1"})) == "present?guided=1"
    assert here.link(Link("home", "")) == "./"
    assert here.link(Link("", "", anchor="made-up")) == "#made-up"
    assert here.translated("fr") == "../fr/made?animal=c&row=one"
    assert here.file("made", "csv") == "made.csv?animal=c&row=one"
    assert here.file("other", "zip") == "made/other.zip?animal=c&row=one"
    # Which rows a reader sees is nothing to a file.
    assert address({"animal": "c"}, kept={WHOLE: "few"}).file("made", "csv") == "made.csv?animal=c"
    assert here.desk() == "../desk/made?lang=en&animal=c&row=one"


def test_a_filter_in_the_path_is_a_step():
    here = address({"state": "HTI", "least": "3"}, path=(STATE,))
    assert here.up == "../../"
    assert here.view() == "../made/HTI?least=3"
    assert here.view({"state": "CRI"}) == "../made/CRI?least=3"
    assert here.link(Link("made", "")) == "../made"
    assert here.link(Link("made", "", {"state": "CRI", "least": "2"})) == "../made/CRI"
    assert here.link(Link("about", "")) == "../about"
    assert here.translated("es") == "../../es/made/HTI?least=3"
    assert here.file("made", "csv") == "HTI.csv?least=3"
    # The filters may decide whether there is a briefing.
    assert here.briefing("pptx") == "HTI.pptx?least=3"
    assert here.briefing("page") == "HTI.pdf?least=3&form=page"
    assert here.query == {"least": "3"}


def test_a_citation_has_every_value_and_the_snapshot(monkeypatch):
    assert address().cited((ANIMAL,)) == ""
    monkeypatch.setattr(site, "public_address", lambda: "https://atalaya.example")
    here = address({"state": "HTI"}, path=(STATE,))
    found = urlsplit(here.cited((STATE, ANIMAL)))
    assert f"{found.scheme}://{found.netloc}{found.path}" == (
        f"https://atalaya.example/s/{store.snapshot().id}/en/made/HTI"
    )
    assert parse_qs(found.query).keys() == {"animal"}


# ---- figures


def test_a_figure_has_its_years_its_links_and_its_pictures():
    found = every(2)
    assert [one["href"] for one in found.all("a", rel="prev")] == ["made?several=b&years=2004-2004&row=one&year=2014"]
    assert [one["href"] for one in found.all("a", rel="next")] == ["made?several=b&years=2004-2004&row=one&year=2016"]
    (slider,) = found.all("input", type="range")
    assert (slider["name"], slider["value"], slider["min"]) == ("year", "2015", str(YEAR.low))
    named = found.all("a", href="made?several=b&years=2004-2004&row=one&year=2015")
    assert named
    pictures = [urlsplit(one["href"]) for one in found.all("a") if "/picture/" in one["href"]]
    assert {(one.path, *parse_qs(one.query)["shape"]) for one in pictures} == {
        (f"../picture/{name}.{kind}", shape)
        for name in ("region", "region_change")
        for kind in ("png", "svg")
        for shape in ("slide", "phone")
    }
    for one in pictures:
        name = one.path.split("/")[-1].split(".")[0]
        assert {spec.name for spec in figures()[name].filters} <= parse_qs(one.query, keep_blank_values=True).keys()


def test_a_figure_beside_another_one_has_drawings_for_half_of_a_screen():
    found = every()
    kinds = [one["class"] for one in found.all("svg") if "viewbox" in one and "style" in one]
    assert kinds == ["phone", "tablet", "desk", "wall", "phone", "tablet"]
    assert [one["class"] for one in every(drawings=("desk",)).all("svg") if "style" in one] == ["desk", "tablet"]


def test_a_preview_has_one_drawing_with_links_and_leads_to_its_page():
    region = request.defaults("region", {"year": "2015"})
    opens = lambda mark: Link("country", "", {"area": mark}) if mark == "HTI" else None  # noqa: E731 - as on a page
    found = shown(Preview(Link("region", "Look there"), Graphic("region", region, "map", YEAR, opens)))
    (figure,) = found.all("figure")
    assert figure["class"] == "preview"
    (svg,) = [one for one in found.all("svg") if "viewbox" in one and "style" in one]
    assert svg["class"] == "single"
    assert "Look there" in [one["text"] for one in found.all("a", href="region")]
    marks = {one["href"] for one in found.all("a") if "country" in one["href"]}
    assert marks - {one["href"] for one in shown().all("a")} == {"country/HTI"}
    # All that a map has to say: its year, its source and that of the outlines.
    assert "2015" in figure["text"]
    assert "UNODC" in figure["text"]
    assert "disputed areas are hatched." in figure["text"]
    # It has no years, nothing to save, and is no figure of the page: addresses and cards do not name it.
    assert not found.all("input", type="range")
    assert not [one for one in found.all("a") if "/picture/" in one["href"]]


# ---- tables and passports


def test_a_table_says_what_its_sheet_says():
    found = every(2)
    cells = found.all("td")
    assert [one["text"] for one in cells] == ["one", "1,200", "two & a half", "–", "", "3–4"]
    assert [one.get("class") for one in cells[:2]] == [None, "figure"]
    assert [one["text"] for one in found.all("th", scope="col")] == ["Key", "Figure"]
    assert [one["text"] for one in found.all("caption")] == ["A few rows"]
    links = [one["href"] for one in found.all("a") if one["href"].endswith("#passport-row")]
    query = "several=b&years=2004-2004&{}&year=2015#passport-row"
    assert links == [f"made?{query.format('row=one')}", f"made?{query.format('row=two')}"]
    assert ["aria-current" in one for one in found.all("tr")] == [False, True, False, False]


def test_the_rows_of_a_table_lead_to_other_pages():
    found = shown(replace(FEW, key=None, marks=(), links=[Link("about", ""), Link("", "", anchor="here")]))
    links = [one for one in found.all("a") if one["text"] in {"one", "two & a half"}]
    assert [one["href"] for one in links] == ["about", "#here"]
    # A script replaces the content of this page for its own links only.
    assert [one for one in links if "data-hx-boost" in one] == []


def test_a_long_table_has_its_first_rows_and_all_of_them_at_another_address():
    many = pl.DataFrame({"Row": [f"r{number}" for number in range(tables.FIRST + 5)]})
    long = Table("long", "Long", sheet(many), searched=True)
    found = shown(long)
    assert len(found.all("td")) == tables.FIRST
    assert found.all("a", href=f"made?{WHOLE}=long#table-long")[0]["text"] == "All 105 rows"
    assert shown(replace(long, searched=False)).all("input", type="search") == []
    found = shown(long, kept={WHOLE: "long"})
    assert len(found.all("td")) == tables.FIRST + 5
    # A script searches what is in sight.
    assert found.all("form", role="search") == []
    assert ["name" in one for one in found.all("input", type="search")] == [False]


def test_all_rows_of_a_long_table_are_searched_by_address():
    many = pl.DataFrame({"Row": [f"R{number}" for number in range(tables.FIRST + 5)]})
    marks = tuple(f"m{number}" for number in range(tables.FIRST + 5))
    long = Table("long", "Long", sheet(many), ROW, marks, searched=True)
    found = shown(long, given={"row": "one", "off": "1"})
    (form,) = found.all("form", role="search")
    assert (form["method"], form["action"]) == ("get", "made#table-long-find")
    hidden = {one["name"]: one["value"] for one in found.all("input", type="hidden")}
    assert hidden == {"row": "one", "off": "1", WHOLE: "long"}
    (field,) = found.all("input", type="search")
    assert (field["name"], field["value"]) == (FIND, "")
    for text, rows in (("r103", ["R103"]), ("10", ["R10", *(f"R{number}" for number in range(100, 105))]), ("<x>", [])):
        found = shown(long, kept={WHOLE: "long", FIND: text})
        assert [one["text"] for one in found.all("td")] == rows
        links = [one["href"] for one in found.all("a") if one["href"].endswith("#passport-row")]
        assert [parse_qs(urlsplit(one).query)["row"] for one in links] == [[f"m{row[1:]}"] for row in rows]
        assert found.all("input", type="search")[0]["value"] == text
        assert found.all("a", href=f"made?{WHOLE}=long#table-long")[0]["text"] == "All 105 rows"
        assert found.all("p", **{"class": "cut"})[0]["text"].startswith(f"{len(rows)} row")
    # A text for another table changes nothing.
    assert len(shown(long, kept={WHOLE: "other", FIND: "r103"}).all("td")) == tables.FIRST


def test_a_passport_is_closed_by_a_link_and_says_if_there_is_no_such_row():
    passport = Passport(ROW, "Passport", (Remarks(("Said.",)),))
    found = shown(passport, given={"row": "one", "off": "1"})
    (group,) = found.all("div", id="passport-row")
    assert "Said." in group["text"]
    assert [one["href"] for one in found.all("a", **{"class": "close"})] == ["made?off=1"]
    (group,) = shown(replace(passport, blocks=()), given={"row": "one"}).all("div", id="passport-row")
    assert "The item in this link is not in this table." in group["text"]
    assert shown(replace(passport, blocks=())).all("div", id="passport-row") == []


# ---- files, choosers


def test_a_key_figure_is_linked_by_its_label_or_by_words_of_its_own():
    there = Link("", "", {"row": "one"}, "passport-row")
    figures = KeyFigure("Counted", "12", (), there), KeyFigure("Counted", "7", (), replace(there, words="Its source"))
    links = [one["text"] for one in shown(KeyFigures(figures)).all("a", href="made?row=one#passport-row")]
    assert links == ["Counted", "Its source"]


def test_rows_are_offered_in_every_format_with_citation_and_code():
    found = every(1)
    query = urlencode({**VIEWS[1], "several": "c,a"}, safe=",")
    for ending in ("csv", "parquet", "xlsx", "zip", "json"):
        assert found.all("a", href=f"made.{ending}?{query}")
    code = [one["text"] for one in found.all("code")]
    assert any(text.startswith("@") for text in code)
    assert any("pl.read_parquet" in text for text in code)
    assert {one["text"] for one in found.all("button", **{"data-copy": ""})} == {"Copy to clipboard"}
    assert [one["href"] for one in found.all("a") if "made.p" in one["href"] and "arquet" not in one["href"]] == [
        f"made.pptx?{query}",
        f"made.pdf?{query}",
        f"made.pdf?{query}&form=page",
    ]


def test_a_chooser_leads_to_a_page_with_the_option():
    found = shown(Chooser("Choose", STATE, (("HTI", "Haiti"),), "country"))
    (form,) = found.all("form")
    assert form["action"] == "country"
    assert found.all("input") == []
    assert found.all("select", name="state")
    # What is given stands in the address that the option completes.
    found = shown(Chooser("Choose", STATE, (("HTI", "Haiti"),), "country", given={"area": "CRI"}))
    assert found.all("form")[0]["action"] == "country/CRI"
    # That of its own page keeps the other filters.
    own = Chooser("Choose", ROW, (("one", "One"), ("two", "Two")), "")
    found = shown(own, given={"row": "two", "least": "3"})
    assert found.all("form")[0]["action"] == "made#passport-row"
    assert [(one["name"], one["value"]) for one in found.all("input")] == [("least", "3")]
    assert [one["value"] for one in found.all("option") if "selected" in one] == ["two"]


# ---- the document


@pytest.mark.parametrize("view", range(len(VIEWS)))
def test_ids_are_unique_and_what_refers_to_them_finds_them(view):
    found = every(view)
    ids = [one["id"] for one in found.elements if "id" in one]
    assert sorted(ids) == sorted(set(ids))
    for name in ("for", "aria-labelledby", "form"):
        for one in found.elements:
            assert set(one.get(name, "").split()) <= set(ids)
    for one in found.all("use"):
        assert one["href"].removeprefix("#") in ids


def test_a_part_is_what_the_document_has_in_its_main_element():
    part, document = written(whole(), VIEWS[1], part=True), written(whole(), VIEWS[1])
    assert part.startswith("<title>Made · Atalaya</title>")
    inner = document.partition('<main id="content" data-hx-history-elt>\n')[2].partition("</main>")[0]
    assert inner.strip()
    assert part.strip().endswith(inner.strip())
    before = Read(part.removesuffix(inner)).elements
    assert [one["tag"] for one in before if one["tag"] not in {"a", "span"}] == ["title", "nav", "nav"]
    # The menu, which leads to the chosen state, and the languages.
    navs = [one for one in before if one["tag"] == "nav"]
    assert [one["id"] for one in navs if one["data-hx-swap-oob"] == "true"] == ["menu", "languages"]


def test_nothing_in_a_document_runs_as_code():
    document = written(whole())
    for one in Read(document).elements:
        assert one["tag"] != "script" or "src" in one or one.get("type") == "application/json"
        assert not any(name.startswith(("on", "hx-on", "data-hx-on")) for name in one)
        assert not one.get("href", "").lower().startswith("javascript:")
        assert "[" not in one.get("data-hx-trigger", "").replace("[form=view]", "")


def test_words_are_escaped_in_every_block():
    bad = "\"><script>alert(1)</script>'&{{ lang }}"
    words = dict.fromkeys(("a", "b", "c"), bad)
    animal, several = replace(ANIMAL, words=words, label=bad), replace(SEVERAL, words=words, empty=bad, label=bad)
    blocks = (
        Controls((animal, several), (replace(OFF, label=bad), replace(LEAST, label=bad), replace(YEARS, label=bad))),
        *(Text((bad,), kind) for kind in ("plain", "small", "notice")),
        Heading(bad),
        Link("about", bad, {bad: bad}, "glossary"),
        Pairs(((bad, bad),), "https://example.org/?%22", bad),
        Code(bad, bad, "python"),
        KeyFigures((KeyFigure(bad, bad, (bad,), Link("", bad, {"row": "one"})),)),
        Beside(((Remarks((bad,)),), (Remarks((bad, bad)),))),
        Table("bad", bad, sheet(pl.DataFrame({bad: [bad]})), ROW, (bad,)),
        Passport(ROW, bad, (Remarks((bad,)),)),
        Files(replace(ROWS, title=bad)),
        Terms(bad, (bad,)),
        Fold("fold", bad, lambda: (Remarks((bad,)),)),
        Chooser(bad, STATE, ((bad, bad),), "country"),
    )
    made = replace(page(*blocks), title=bad, lead=lambda *_: f"{bad}\n{bad}", heading=lambda *_: bad)
    document = written(made, {"row": "one"}, notices=[bad])
    assert "<script>" not in document
    found = Read(document)
    assert all(one.get("src") for one in found.all("script"))
    assert [one["text"] for one in found.all("h1")] == [bad]
    assert [one["text"] for one in found.all("td")] == [bad]
    assert document.count("alert(1)") > 30


def test_heading_lead_and_notices_stand_above_the_sections():
    made = replace(page(), heading=lambda *_: "Haiti", lead=lambda *_: "One line.\nAnother.")
    found = Read(written(made, notices=["Not known."]))
    assert [one["text"] for one in found.all("h1")] == ["Haiti"]
    assert [one["text"] for one in found.all("title")] == ["Haiti · Atalaya"]
    assert "One line.Another." in [one["text"] for one in found.all("p")]
    assert found.all("br")
    assert [one["text"] for one in found.all("p", **{"class": "warning"})] == ["Not known."]


def test_a_heading_that_is_a_sentence_is_smaller_and_no_name_in_it_is_broken():
    words = "In 2022, Trinité-et-Tobago reported <5."
    found = Read(written(replace(page(), heading=lambda *_: words)))
    assert [one["text"] for one in found.all("h1", **{"class": "sentence"})] == [words]
    assert [one["text"] for one in found.all("span", **{"class": "whole"})] == ["Trinité-et-Tobago"]


def test_htmx_is_the_file_that_its_readme_names():
    (path,) = static.FILES["htmx.min.js"]
    readme = (path.parent / "README.md").read_text("utf-8")
    assert f"`{sha256(path.read_bytes()).hexdigest()}`" in readme
    assert "4.0.1" in readme
    assert b'"4.0.1"' in path.read_bytes() or b"'4.0.1'" in path.read_bytes()
