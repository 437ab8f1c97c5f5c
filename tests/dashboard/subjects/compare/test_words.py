import polars as pl
import pytest

from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.compare import tables as compare_tables
from dashboard.subjects.compare import words as compare_words
from dashboard.subjects.compare.query import Pair
from data.i18n import language
from tests.dashboard.subjects.compare.samples import VICTIMS, observations, units

EN = language("en")
STATES, REGION = Pair(VICTIMS, "ARG", "BOL"), Pair(VICTIMS, "BOL")


def rows(pair, known=()):
    return compare_query.beside(observations(), units(*known), pair)


def test_the_heading_names_indicator_states_and_years():
    assert compare_words.heading(EN, rows(STATES), STATES) == "Detected victims, 2018–2021: Argentina and Bolivia"
    assert (
        compare_words.heading(EN, rows(REGION), REGION)
        == "Detected victims, 2018–2021: Bolivia and the median of the region"
    )
    there = Pair(VICTIMS, "USA", "DOM")
    assert compare_words.heading(EN, rows(there), there).endswith(": the United States and the Dominican Republic")


def test_the_title_of_the_figure_gives_the_latest_figures_of_both():
    assert (
        compare_words.finding(EN, rows(STATES), STATES)
        == "Detected victims in 2019: 0 (zero) in Argentina, 7 in Bolivia"
    )
    assert compare_words.finding(EN, rows(REGION), REGION) == (
        "Detected victims in 2019: 7 in Bolivia; median of 3 of 35 states: 1–4"
    )
    silent = Pair(VICTIMS, "DMA", "GRD")
    assert compare_words.finding(EN, rows(silent), silent) == compare_words.heading(EN, rows(silent), silent)


def test_the_description_gives_the_years_and_the_latest_figures_of_both():
    assert compare_words.description(EN, rows(STATES), STATES) == (
        "Years with data: Argentina (2), Bolivia (3) and both (2). "
        "Detected victims per 100,000 population in 2019: 0.00 (zero) in Argentina, 0.70 in Bolivia."
    )
    assert compare_words.description(EN, rows(REGION), REGION).startswith(
        "Years with data: Bolivia (3). Median of the 3 states with a total for every year, 2018–2019. "
        "Detected victims per 100,000 population in 2019: "
    )
    silent = Pair(VICTIMS, "DMA", "GRD")
    text = compare_words.description(EN, rows(silent), silent)
    assert text.endswith("No year has data for both.")
    assert "0" not in text.replace("2018–2021", "").replace("100,000", "")


@pytest.mark.parametrize(
    ("low", "high", "unit", "expected"),
    [
        (3, 3, "persons", "+3"),
        (-1200, -1200, "persons", "−1,200"),
        (0, 0, "persons", "0"),
        (-0.5, -0.5, "persons", "−0.5"),
        (-3, 1, "persons", "−3 to +1"),
        (-4.5, 0, "persons", "−4.5 to 0.0"),
        (0.3 - 0.1, 0.3 - 0.1, "per_100000_population", "+0.20"),
        # Outwards: -0.0144 is not above -0.01.
        (-0.014386, 0.033588, "per_100000_population", "−0.02 to +0.04"),
        (0.011, 0.019, "per_100000_population", "+0.01 to +0.02"),
        (0.002, 0.002, "per_100000_population", "+0.002"),
        (None, None, "persons", "–"),
    ],
)
def test_a_difference_has_its_sign_and_is_rounded_outwards(low, high, unit, expected):
    assert compare_words.difference(EN, {"difference_low": low, "difference_high": high, "unit": unit}) == expected


def remarks(pair, *known, tiny=(), states=(), lang=EN):
    return list(compare_words.remarks(lang, rows(pair, known), units(*known), pair, tiny, states))


def test_the_page_says_that_the_counting_unit_is_not_published():
    """Once: under the chart, not among the remarks."""
    (note,) = compare_words.under_chart(EN, rows(STATES), STATES)
    assert note.startswith("Unit of count: not stated by the publisher.")
    assert remarks(STATES) == []
    people = Pair("population", "ARG", "BOL")
    assert compare_words.under_chart(EN, rows(STATES).clear(), people) == []


def test_uncompared_rates_are_listed_with_reason_and_source():
    known = ("BOL", 2018, 2018, "own_nationals"), ("CHL", 2018, 2018, "cases")
    assert remarks(STATES, *known) == ["Bolivia counts its own nationals only (2018): a book"]
    under = compare_words.under_chart(EN, rows(STATES, known), STATES)
    assert under[0] == "Rates of 2018 not compared: the two states count differently."


def test_a_median_names_its_states_and_what_it_excludes():
    texts = remarks(REGION, tiny=["DMA"], states=("BOL", "ARG", "CHL"))
    assert texts[0] == (
        "Median of the 3 states with a total for every year, 2018–2019: Argentina, Bolivia and Chile. "
        "Where figures are ranges, the median can be a range."
    )
    assert "Dominica" in texts[-1]
    left = rows(REGION).with_columns(left_out=pl.when(pl.col("reporting") > 0).then(1))
    texts = list(compare_words.remarks(EN, left, units(), REGION, (), ("ARG", "BOL", "CHL")))
    assert texts[1] == (
        "States left out of the median of 2018–2019 because they count differently from Bolivia: up to 1."
    )


def test_without_a_median_that_is_said():
    found = rows(REGION, [("ARG", 2018, 2019, "cases")])
    assert compare_words.basis(EN, found, REGION) == "No median: too few states have a total for every year"
    assert compare_words.finding(EN, found, REGION) == compare_words.heading(EN, found, REGION)
    assert remarks(REGION, ("ARG", 2018, 2019, "cases")) == []


def test_the_table_shows_the_figures_side_by_side():
    table = compare_tables.compared(rows(STATES, [("ARG", 2019, 2019, "cases")]), EN, STATES)
    assert table.columns == ["Indicator", "Year", "Argentina", "Bolivia", "Difference (ARG − BOL)", "Release"]
    assert table.rows()[:3] == [
        ("Detected victims", "2018", "10", "1–4 (fewer than five)", "+6 to +9", "28 October 2025"),
        ("Detected victims", "2019", "0 (zero)", "7", "–", "28 October 2025"),
        ("Detected victims", "2020", "No figure", "No figure", "–", "–"),
    ]
    apart, both = "Not compared: the states count differently", "28 October 2025 and March 2026"
    assert table.rows()[5] == ("Detected victims per 100,000 population", "2019", apart, apart, "–", both)
    median = compare_tables.compared(rows(REGION), EN, REGION)
    assert median.columns[-3:] == ["States in the median", "Difference (BOL − median)", "Release"]
    assert median["States in the median"].to_list()[:4] == ["3 of 35", "3 of 35", "0 of 35", "0 of 35"]
