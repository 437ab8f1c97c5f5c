"""The declaration of page "Routes": what its marks and rows open, where a passport stands, and its files."""

from collections import Counter

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.movements import query as movements
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.routes import filters, query, words
from dashboard.subjects.routes.page import ROUTES_PAGE
from dashboard.views.address import read
from dashboard.views.figure import Values
from dashboard.views.page import Controls, Files, Fold, Graphic, Heading, Passport, Table, Text
from dashboard.words.vocabulary import SHORT_MOVEMENT
from data.i18n import LANGUAGES, language
from tests.pages.declared import Declared, declared

EN = language("en")
EVIDENCE = filters.EVIDENCE.options
USABLE = {"exact", "masked"}
# A row of each table, and the fold below which its passport stands; that of an arrow stands below the map.
ROWS = {
    "arrow": ("counted", None),
    "counted_lost": ("counted", "lost"),
    "stated_lost": ("stated", "lost"),
    "listed": ("counted", "coverage"),
    "role": ("counted", "roles"),
}


def page(**address: str) -> Declared:
    return declared("routes", **address)


def selection(**address: str) -> query.FlowFilter:
    given = {spec.name: spec.parse(address.get(spec.name, spec.write(spec.default))) for spec in filters.ROUTES}
    return filters.selection(Values.of(given).value)


def table(found: Declared, name: str) -> Table:
    (one,) = (block for block in found.every(Table) if block.name == name)
    return one


@pytest.mark.parametrize("evidence", EVIDENCE)
def test_each_arrow_opens_its_passport_on_the_same_page(evidence):
    figure, _ = page(evidence=evidence).every(Graphic)
    shown = query.arrows(selection(evidence=evidence)).shown
    for row in shown.to_dicts():
        named = ".".join(row[name] or "" for name in row_keys.ARROW.columns)
        link = figure.opens(f"{row['destination']}.{named}")
        assert (link.page, link.anchor, link.filters) == ("", "passport-arrow", {"arrow": named})
    (passport,) = page(evidence=evidence, arrow=named).every(Passport)
    assert passport.anchor == "passport-arrow"
    assert any(isinstance(block, Heading) for block in passport.blocks)


def test_each_state_of_a_map_opens_its_own_view():
    for figure in page().every(Graphic):
        for area in store.areas():
            link = figure.opens(area)
            assert (link.page, link.filters, link.anchor) == ("", {"state": area}, "map")


@pytest.mark.parametrize("evidence", EVIDENCE)
def test_both_kinds_of_evidence_are_shown_and_only_the_chosen_one_has_years(evidence):
    figures = page(evidence=evidence).every(Graphic)
    assert [figure.values["evidence"] for figure in figures] == [evidence, *({*EVIDENCE} - {evidence})]
    assert [figure.years is not None for figure in figures] == [True, False]


@pytest.mark.parametrize(("area", "positions"), [("USA", ["destination", "origin"]), ("HTI", ["origin"])])
def test_a_state_has_each_direction_that_has_victims_the_larger_first(area, positions):
    figures = page(state=area).every(Graphic)
    counted = [figure.values["position"] for figure in figures if figure.values["evidence"] == "counted"]
    assert counted == positions


@pytest.mark.parametrize("evidence", EVIDENCE)
def test_each_row_opens_the_passport_of_its_key(evidence):
    found = page(evidence=evidence)
    keys = {"routes": "arrow", "lost": f"{evidence}_lost", "coverage": "listed", "roles": "role"}
    assert {one.name: one.key.name for one in found.every(Table)} == keys
    for one in found.every(Table):
        assert len(one.marks) == one.sheet.rows.num_rows > 0
        mark = next(mark for mark in one.marks if mark)
        (passport,) = page(evidence=evidence, **{one.key.name: one.key.parse(mark)}).every(Passport)
        assert any(isinstance(block, Heading) for block in passport.blocks), one.name


@pytest.mark.parametrize("name", ROWS)
def test_a_passport_stands_below_the_map_or_the_part_with_its_row(name):
    evidence, part = ROWS[name]
    rows = {one.key.name: one.marks[0] for one in page(evidence=evidence).every(Table)}
    found = page(evidence=evidence, **{name: rows[name]})
    blocks = [block for section in found.sections for block in section.blocks]
    place = next(n for n, block in enumerate(blocks) if isinstance(block, Passport))
    before = blocks[place - 1]
    assert isinstance(before, Graphic) if part is None else before.name == part


def test_a_record_of_the_other_kind_of_data_is_not_shown():
    (mark, *_) = table(page(evidence="stated"), "lost").marks
    assert page(evidence="counted", stated_lost=mark).every(Passport) == []


@pytest.mark.parametrize("name", ["arrow", "listed", "role"])
def test_a_row_that_does_not_exist_is_reported_in_a_sentence(name):
    mark = {"arrow": "BRB.GRD.direct.", "listed": "BRB.1999", "role": "BRB.transit.nobody"}[name]
    (passport,) = page(**{name: mark}).every(Passport)
    (notice,) = passport.blocks
    assert isinstance(notice, Text)
    assert notice.kind == "notice"


def test_every_filter_has_a_control_or_belongs_to_the_figure_or_names_a_row():
    (controls,) = page(picture="matrix").every(Controls)
    shown = {spec.name for spec in (*controls.filters, *controls.more)}
    figure, *_ = page().every(Graphic)
    keys = {"arrow", "counted_lost", "stated_lost", "listed", "role"}
    assert shown | {figure.years.name} | keys == {spec.name for spec in ROUTES_PAGE.filters}
    # A map has no order of countries.
    (mapped,) = page().every(Controls)
    assert shown - {spec.name for spec in (*mapped.filters, *mapped.more)} == {"sorted"}


def test_the_marks_of_roles_of_an_old_link_are_no_unknown_parameter():
    notices = read(ROUTES_PAGE.filters, {"badges": ["1"], "roles": ["1"]}).notices
    assert [notice.name for notice in notices] == ["roles"]


def test_the_names_of_tables_and_parts_are_unique():
    found = page()
    for names in ([one.name for one in found.every(Table)], [one.name for one in found.every(Fold)]):
        assert max(Counter(names).values()) == 1


def test_the_first_files_are_those_of_the_arrows_and_each_table_has_its_own():
    files = [block.rows for block in page().every(Files)]
    assert [rows.block for rows in files] == ["routes", "lost", "listed", "roles"]


def test_a_part_without_rows_says_so_in_place_of_its_files():
    # Saint Kitts and Nevis lists no citizenship, and the coders of reports name none of its roles.
    found = page(state="KNA", position="transit")
    assert [block.rows.block for block in found.every(Files)] == ["routes"]
    assert found.words.count(EN.text("No records found. This does not mean that nothing happened.")) == 3


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_first_words_are_the_largest_group_and_that_a_citizenship_shows_no_route(code):
    ends = {
        "en": "Citizenship shows no route.",
        "es": "La nacionalidad no indica ninguna ruta.",
        "pt": "A nacionalidade não indica nenhuma rota.",
        "fr": "La nationalité n’indique aucun itinéraire.",
    }
    of_all = declared("routes", code, evidence="counted").lead
    assert of_all.endswith(f". {ends[code]}")
    assert language(code).number(6952) in of_all
    of_one = declared("routes", code, evidence="counted", state="HTI").lead
    assert of_one.endswith(f". {ends[code]}")
    assert "108" in of_one
    assert ends[code] not in declared("routes", code, evidence="stated").lead


def test_the_title_of_the_region_says_that_most_were_detected_at_home():
    own, others = 0, 0
    for row in store.tables().flows("newest").collect().iter_rows(named=True):
        if row["evidence"] == "counted" and row["origin"] and row["destination"] in store.areas():
            own += row["low"] if row["origin"] == row["destination"] and row["status"] in USABLE else 0
            others += row["high"] if row["origin"] != row["destination"] and row["status"] in USABLE else 0
    assert own > others > 0
    title = "Most victims with listed citizenship were detected in their own country"
    assert words.at_home(query.arrows(query.FlowFilter()), EN, store.areas()) == title


def test_no_finding_is_said_that_is_not_certain():
    rows = [("ARG", "ARG", 5, 9), ("BOL", "ARG", 1, 4), ("BOL", "ESP", 90, 90)]
    frame = pl.DataFrame(rows, ["origin", "destination", "low", "high"], orient="row").with_columns(
        evidence=pl.lit("counted")
    )
    assert words.at_home(query.Arrows(frame, frame, {}), EN, {"ARG"}).startswith("Most victims")
    less = frame.with_columns(low=pl.col("low") - 1)
    assert words.at_home(query.Arrows(less, less, {}), EN, {"ARG"}) == ""


@pytest.mark.parametrize("edition", ["newest", "2025-04-14"])
def test_an_earlier_release_is_announced(edition):
    notices = [one for one in page(edition=edition).every(Text) if one.kind == "notice"]
    assert bool(notices) is (edition != "newest")


@pytest.mark.parametrize("state", ["", "DOM", "DOM,HTI"])
def test_people_who_moved_without_one_state_say_what_to_do(state):
    def notices(**more: str) -> list[str]:
        shown = page(**({"state": state} if state else {}), **more).every(Text)
        return [line for text in shown if text.kind == "notice" for line in text.paragraphs]

    said = "Choose one state to see people who moved beside its figures."
    assert notices() == []
    for kind in ("1", "crossings"):
        assert notices(migrants=kind) == ([] if state == "DOM" else [said])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_people_who_moved_are_in_the_table_and_have_their_own_file(lang):
    spoken = language(lang)
    for kind in filters.MOVED.options[1:]:
        shown = declared("routes", lang, state="PAN", migrants=kind)
        year = movements.current(kind)["year"][0]
        heading = table(shown, "routes").sheet.head[-1]
        assert heading == f"{spoken.text(SHORT_MOVEMENT[kind])}, {year}"
        said = [line for text in shown.every(Text) if text.kind == "small" for line in text.paragraphs]
        assert any(line.startswith(heading) for line in said)
        names = [block.rows.block for block in shown.every(Files)]
        assert names[:2] == ["routes", "movements"]
    plain = declared("routes", lang, state="PAN")
    assert "movements" not in [block.rows.block for block in plain.every(Files)]
