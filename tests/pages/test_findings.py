"""The finding in the first sentence of a page, worked out from the publishers' files and the reviewed lists."""

import csv

import pytest

from dashboard import store
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.states import test_certainty as certainty
from tests.pages import recount
from tests.pages.declared import declared
from tests.pages.test_every_number import of_state, years_of_any
from tests.pages.test_figures import opened
from tests.pages.test_ledger import ACTS, newest

EN = language("en")
STATES = 35


def first_sentence(slug: str, lang: str = "en") -> str:
    return str(opened(slug, lang=lang).markdown[0].value).replace("\\", "")


@pytest.mark.real
def test_region_counts_the_states_with_a_total_in_the_year_of_the_headline():
    ever = [area for area in store.areas() if of_state(area, recount.VICTIMS)]
    by_year = {
        year: [area for area in ever if year in of_state(area, recount.VICTIMS)]
        for year in years_of_any(recount.VICTIMS)
    }
    # The latest year in which two thirds of the states that ever reported did.
    year = max(year for year, areas in by_year.items() if 3 * len(areas) >= 2 * len(ever))
    n = len(by_year[year])
    texts = {area: of_state(area, recount.VICTIMS)[year] for area in by_year[year]}
    # UNODC prints zeros in its newest release: a mask is 1 to 4.
    figures = {area: (1, 4) if text == "<5" else (int(text.replace(",", "")),) * 2 for area, text in texts.items()}
    rates = [
        [100_000 * figure[end] / recount.population()[area, year] for area, figure in figures.items()] for end in (0, 1)
    ]
    few, more = sum(rate <= 1 for rate in rates[1]), sum(rate > 1 for rate in rates[0])
    # The total of Brazil, contradicted by its own figures, is a low one whichever of them is right.
    assert 100_000 * certainty.may_be("detected_victims", "BRA", year)[1] / recount.population()["BRA", year] < 1
    assert first_sentence("region") == (
        f"For {year}, UNODC has a total of detected victims for {n} of the {STATES} states. In {few} of "
        f"them the rate is at most 1 per 100,000 population, in {more} it is above 1; "
        f"the highest is {max(rates[1]):.2f}."
    )


@pytest.mark.real
def test_coverage_counts_the_states_with_a_total_for_every_year_and_for_none():
    years = years_of_any(recount.VICTIMS)
    first, last = min(years), max(years)
    mine = {area: {*of_state(area, recount.VICTIMS)} for area in store.areas()}
    always = sorted(EN.country(area) for area, found in mine.items() if found == {*range(first, last + 1)})
    never = sorted(EN.country(area) for area, found in mine.items() if not found)
    # So few are named.
    assert 1 < len(always) <= 5
    assert 1 < len(never) <= 5
    assert first_sentence("coverage") == (
        f"UNODC has a total of detected victims for {', '.join(always[:-1])} and {always[-1]} in every year from "
        f"{first} to {last}; it has none for {EN.listing(never)}."
    )


@pytest.mark.real
def test_instruments_counts_the_laws_of_the_reviewed_list():
    with (recount.REFERENCE / "laws.csv").open(encoding="utf-8", newline="") as file:
        named = {row["area"] for row in csv.DictReader(file) if row["title"]}
    parties, later = protocol()
    assert parties | later == {*store.areas()}
    assert len(later) == 1
    assert first_sentence("instruments") == (
        f"All {STATES} states have joined the Protocol on Trafficking in Persons (2000): {len(parties)} in the "
        f"table of 10 July 2014, and {EN.country(later.pop())} after it."
    )
    cited = (
        f"Our sources cite a law against trafficking in persons for {len(named)} of the {STATES} states; the others "
        "may have one, too."
    )
    assert cited in declared("instruments").section("laws")


def protocol() -> tuple[set[str], set[str]]:
    """The states with a deposit in the depositary's table of the protocol, and those with a reviewed one after it."""
    (path,) = (recount.MIRROR / "untc").glob("*XVIII-12-a*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        _header, *rows = csv.reader(file)
    read = {area: deposit for label, _signed, deposit in rows if (area := _state(label))}
    assert {*read} <= {*store.areas()}
    with (recount.REFERENCE / "instruments.csv").open(encoding="utf-8", newline="") as file:
        reviewed = {row["area"] for row in csv.DictReader(file) if row["instrument"] == "palermo_protocol"}
    parties = {area for area, deposit in read.items() if deposit}
    return parties, reviewed - parties


def _state(label: str) -> str:
    """The state of the Americas that a label of the depositary means; empty for any other."""
    known = {EN.country(area): area for area in store.areas()}
    known |= {"Bolivia (Plurinational State of)": "BOL", "Venezuela (Bolivarian Republic of)": "VEN"}
    known |= {"United States of America": "USA", "St. Lucia": "LCA", "St. Kitts and Nevis": "KNA"}
    known |= {"St. Vincent and the Grenadines": "VCT"}
    return known.get(label, "")


def test_declaration_counts_its_sources_and_those_that_end_by_2018():
    last: dict[str, int] = {}
    for row in newest():
        end, day = row["period_to"], row["date"]
        year = (
            int(row["release"][:4]) if row["source"] in ACTS else end.year if end else day.year if day else row["year"]
        )
        last[row["source"]] = max(year or 0, last.get(row["source"], 0))
    early = sum(year <= 2018 for year in last.values())
    known = {row["paragraph"] for row in newest()}
    assert first_sentence("declaration") == (
        f"We found sources for {len(known)} of the 32 paragraphs of the Declaration of Mexico, but documents since "
        f"March 2018 for only 2 of them. Of the {len(last)} sources that we searched, {early} end in 2018 or before. A "
        "state can add its own documents."
    )


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("slug", ["region", "coverage", "instruments", "declaration"])
def test_the_first_sentence_has_its_numbers_in_every_language(slug, code):
    text = first_sentence(slug, code)
    assert "{" not in text
    assert any(character.isdigit() for character in text)
