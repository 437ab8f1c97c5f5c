"""The mark of totals that their parts contradict, on Region, Explore and the series of a state; from the workbook."""

import pytest

from dashboard import store
from dashboard.catalog import pages
from dashboard.subjects.states import editable
from dashboard.views.address import read
from dashboard.views.page import KeyFigures, Table
from dashboard.words import terms
from data.i18n import language
from tests.dashboard.subjects.states.test_certainty import doubtful, totals, years_in_words
from tests.pages import drawings
from tests.pages.declared import of

pytestmark = pytest.mark.real
EN = language("en")
VICTIMS, RESPONSE = "detected_victims", ("persons_formal_contact", "persons_prosecuted", "persons_convicted")
MARK = "own figures by sex, age or form"


def marks(name: str, **values: object) -> list[str]:
    """The lines of a figure on contradicted totals."""
    plate = drawings.figure(name, "desk", **values)
    texts = [*(one["text"] for one in plate.spec["layout"].get("annotations", ())), *plate.notes]
    lines = [line for text in texts for line in text.replace("<br>", " ").split("\n")]
    return [line for line in lines if MARK in line]


def expected(*years: tuple[str, list[int]]) -> str:
    """The line that names states, each with its years."""
    return named("Totals contradicted by their", *sorted((EN.country(area), some) for area, some in years))


def named(label: str, *years: tuple[str, list[int]]) -> str:
    """The line that names what the totals are of, each with its years."""
    every = [f"{name} ({years_in_words(some).replace(' and ', ', ')})" for name, some in years]
    listed = " and ".join([*filter(None, [", ".join(every[:-1])]), *every[-1:]])
    return f"{label} {MARK}: {listed}."


@pytest.mark.parametrize("measure", ["rate", "count"])
@pytest.mark.parametrize("year", [2007, 2020, 2023])
def test_the_map_of_a_year_names_the_states(year, measure):
    states = [(area, [year]) for area in store.areas() if year in doubtful(VICTIMS, area)]
    assert bool(states) == (year != 2007)
    (line, *more) = marks("region", measure=measure, year=year) or [""]
    assert more == []
    assert (expected(*states) if states else "") in line
    assert (MARK in line) == bool(states)


def test_the_map_of_the_latest_figures_marks_only_those():
    latest = {area: max(totals()[VICTIMS, area]) for area in store.areas() if (VICTIMS, area) in totals()}
    states = [(area, [year]) for area, year in latest.items() if year in doubtful(VICTIMS, area)]
    (line,) = marks("region", latest=True)
    assert expected(*states) in line


@pytest.mark.parametrize("area", ["BRA", "MEX", "GUY"])
def test_the_series_of_a_state_marks_the_totals_of_its_indicators(area):
    every = {code: [*doubtful(code, area)] for code in (VICTIMS, *RESPONSE)}
    lines = marks("series", area=area)
    if any(every.values()):
        of_each = {
            terms.in_sentence(terms.term(EN, "indicator", code)): years for code, years in every.items() if years
        }
        assert lines[0] == f"* {named('Contradicted by', *of_each.items())}"
    assert len(lines) == any(every.values())


@pytest.mark.parametrize("name", ["series", "laws"])
@pytest.mark.parametrize("medium", ["desk", "phone"])
@pytest.mark.parametrize("area", ["PER", "MEX"])
def test_each_contradicted_total_of_a_state_has_a_mark_at_its_point(name, medium, area):
    """Peru's 631 of 2022 is an exact figure, its 308 of 2023 one that its own parts contradict."""
    every = [(code, year) for code in (VICTIMS, *RESPONSE) for year in doubtful(code, area)]
    assert ((VICTIMS, 2023) in every) is (area == "PER")
    plate = drawings.figure(name, medium, area=area)
    assert len([one for one in drawings.texts(plate.spec) if one.text == "*"]) == len(every)
    pointed = {one.text for one in drawings.pointed(plate.spec)}
    assert len([text for text in pointed if "*; contradicted by its own figures" in text]) == len({*every})
    assert ("2023: 308*; contradicted by its own figures" in pointed) is (area == "PER")
    assert len(plate.marks) == bool(every)


def test_the_chart_of_a_slide_that_can_be_edited_knows_the_marked_years():
    made = editable.of_state(EN, "PER")
    assert {code: [*made[code].marked] for code in made} == {code: doubtful(code, "PER") for code in made}
    assert made[VICTIMS].marked


@pytest.mark.parametrize("reading", ["lines", "heat"])
def test_explore_marks_the_totals_that_it_shows(reading):
    shown = {"indicators": (VICTIMS,), "state": ("BRA", "PER"), "period": (2019, 2020)}
    states = [(area, [2019, 2020]) for area in ("BRA", "PER")]
    assert all({2019, 2020} <= {*doubtful(VICTIMS, area)} for area, _ in states)
    (line,) = marks("explore", reading=reading, **shown)
    assert expected(*states) in line
    # The parts are no totals, and a year that is not shown has no mark.
    assert marks("explore", reading=reading, **shown, sex=("female",)) == []
    assert marks("explore", reading=reading, **(shown | {"period": (2009, 2010)})) == []


@pytest.mark.parametrize("reading", ["heat", "multiples", "two_years"])
def test_explore_marks_each_of_many_totals(reading):
    """The mark stands beside each figure, and a line says once what it means."""
    every = [(area, year) for area in store.areas() for year in doubtful(VICTIMS, area)]
    years = min(year for _, year in every), max(year for _, year in every)
    shown = {"reading": reading, "indicators": (VICTIMS,), "state": (), "period": years}
    assert marks("explore", **shown) == [f"* A total that is contradicted by its {MARK}."]
    spec = drawings.figure("explore", "desk", **shown).spec
    written = [text for trace in spec["data"] if trace.get("mode") == "text" for text in trace["text"]]
    drawn = [year for _, year in every if year in years] if reading == "two_years" else every
    assert len([text for text in written if text.endswith("*")]) == len(drawn) > 0


@pytest.mark.parametrize(("slug", "filters"), [("region", {"year": ("2023",)}), ("explore", {"reading": ("table",)})])
def test_the_tables_mark_the_same_totals(slug, filters):
    page = pages()[slug]
    shown = of(page, EN, read(page.filters, filters).values)
    (sheet,) = [table.sheet for table in shown.every(Table) if table.name == slug]
    cells = [dict(zip(sheet.head, row, strict=True)) for row in sheet.cells]
    marked = {(row["State"], int(row["Year"])) for row in cells if row["Figure"].endswith("*")}
    years = {2023} if slug == "region" else {int(row["Year"]) for row in cells}
    expected_ones = {(EN.country(area), year) for area in store.areas() for year in doubtful(VICTIMS, area)}
    assert marked == {(state, year) for state, year in expected_ones if year in years} != set()
    # On Region it stands below the map of the same year.
    assert MARK in shown.words or any(MARK in line for line in marks("region", year=2023))


@pytest.mark.parametrize("year", ["2007", "2023"])
def test_region_says_below_the_map_what_the_mark_means(year):
    lines = [*drawings.figure("region", "desk", year=int(year)).marks]
    states = [(area, [int(year)]) for area in store.areas() if int(year) in doubtful(VICTIMS, area)]
    assert lines == ([f"* {expected(*states)}"] if states else [])
    assert bool(states) == (year == "2023")


def test_a_comparison_marks_the_totals_of_its_title_and_points():
    assert [2023 in doubtful(VICTIMS, area) for area in ("PER", "MEX")] == [True, False]
    plate = drawings.figure("compare", "desk", one="PER", other="MEX")
    assert plate.title == "2023: 308* in Peru, 226 in Mexico"
    years = [(area, year) for area in ("PER", "MEX") for year in doubtful(VICTIMS, area)]
    # Each in the panel of counts and in that of rates.
    assert len([one for one in drawings.texts(plate.spec) if one.text == "*"]) == 2 * len(years) > 0


@pytest.mark.parametrize("year", [2007, 2022])
def test_the_sum_of_the_region_has_the_mark_of_its_totals(year):
    wrong = [area for area in store.areas() if year in doubtful(VICTIMS, area)]
    title = drawings.figure("region", "desk", measure="count", year=year).title
    assert ("* in" in title) is bool(wrong) is (year == 2022)
    for area in wrong:
        assert f"{EN.country(area)} ({year})" in marks("region", measure="count", year=year)[0]


@pytest.mark.parametrize("area", ["PER", "MEX"])
def test_the_card_of_a_marked_total_has_the_mark(area):
    page = pages()["country"]
    shown = of(page, EN, read(page.filters, {"area": (area,)}).values)
    (cards,) = shown.every(KeyFigures)
    last = {card.label: card.figure for card in cards.figures}["Detected victims"]
    assert last == {"PER": "308*", "MEX": "226"}[area]
    assert last.endswith("*") is (2023 in doubtful(VICTIMS, area))
