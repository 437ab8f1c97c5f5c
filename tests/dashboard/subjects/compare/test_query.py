"""Two states, or a state and the region: both figures, the basis of a median, and what may not be compared."""

import statistics

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import store
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.compare.query import REGION, Pair
from dashboard.subjects.home import query as home_query
from data import manifest
from tests.dashboard.subjects.compare.samples import FIGURES, RATE, VICTIMS, observations, units

STATES = Pair(VICTIMS, "ARG", "BOL")
WITH_REGION = Pair(VICTIMS, "BOL")


def counts(pair, known=()):
    return compare_query.beside(observations(), units(*known), pair).filter(pl.col("indicator") == VICTIMS)


def rates(pair, known=()):
    return compare_query.beside(observations(), units(*known), pair).filter(pl.col("indicator") == RATE)


def test_both_figures_of_every_year_and_their_difference():
    assert counts(STATES).select("year", "low", "high", "status", "other_low", "other_high", "other_status").rows() == [
        (2018, 10, 10, "exact", 1, 4, "masked"),
        (2019, 0, 0, "exact", 7, 7, "exact"),
        (2020, None, None, "not_reported", None, None, "not_reported"),
        (2021, None, None, "not_reported", 0, 4, "masked"),
    ]
    differences = counts(STATES).select("difference_low", "difference_high").rows()
    assert differences == [(6, 9), (-7, -7), (None, None), (None, None)]
    assert set(counts(STATES)["reporting"]) == {None}


def test_a_median_is_that_of_the_same_states_with_the_interval_they_allow():
    medians = counts(WITH_REGION).select("year", "other_low", "other_high", "other_status", "reporting", "left_out")
    assert medians.rows() == [
        # Of 1-4, 3 and 10; of 0, 1-4 and 7. In 2021 two states have a figure: their median would be of others.
        (2018, 3, 4, "interval", 3, 0),
        (2019, 1, 4, "interval", 3, 0),
        (2020, None, None, "not_reported", None, None),
        (2021, None, None, "not_reported", None, None),
    ]


# By year, the states with a figure; and the states and the years of the median.
WINDOWS = [
    ({2018: "ABC", 2019: "ABCD", 2020: "BCD"}, "BCD", (2019, 2020)),
    ({2018: "ABCD", 2019: "ABC", 2020: "ABCD"}, "ABC", (2018, 2020)),
    # Two of four are less than two thirds: the median ends before.
    ({2018: "ABCD", 2019: "ABCD", 2020: "AB"}, "ABCD", (2018, 2019)),
    # No longer than a third of all states allow, and without a gap.
    ({2015: "ABC", 2017: "ABCD", 2018: "ABCD"}, "ABCD", (2017, 2018)),
    ({2017: "ABC", 2018: "ABCDEFGHIJKL", 2019: "ABCDEFGHIJKL"}, "ABCDEFGHIJKL", (2018, 2019)),
    ({2018: "AB", 2019: "AB"}, "AB", None),
    ({}, "", None),
]


@pytest.mark.parametrize(("by_year", "states", "span"), WINDOWS)
def test_the_states_of_a_median_are_the_same_in_each_year(by_year, states, span):
    rows = [(area, year, 1.0) for year, areas in by_year.items() for area in areas]
    frame = pl.DataFrame(rows, schema={"area": pl.String, "year": pl.Int16, "low": pl.Float64}, orient="row")
    found = compare_query.steady(frame).sort("year", "area").select("area", "year").rows()
    years = range(span[0], span[1] + 1) if span else ()
    assert found == [(area, year) for year in years for area in states]


@pytest.mark.parametrize("code", manifest.counts())
def test_the_median_is_of_the_states_and_years_of_the_change_on_home(code):
    panel, rows = home_query.panel(code), compare_query.rows(Pair(code, "CRI")).filter(pl.col("reporting") > 0)
    assert compare_query.in_median(Pair(code, "CRI"), code) == panel.areas
    for indicator in compare_query.measures(code):
        assert rows.filter(indicator=indicator)["year"].to_list() == list(range(panel.first, panel.last + 1))
    assert set(rows["reporting"]) == {len(panel.areas)}


def test_a_rate_cites_its_input_cells_and_a_count_its_own_cell():
    year = pl.col("year") == 2018
    assert counts(STATES).filter(year).select("sources", "locators").rows() == [
        (["unodc_glotip"], ["a.xlsx#s!ARG2018", "a.xlsx#s!BOL2018"])
    ]
    assert rates(WITH_REGION).filter(year).select("sources", "releases").rows() == [
        (["unodc_glotip", "worldbank_population"], ["2025-10-28", "2026-03"])
    ]
    assert len(rates(WITH_REGION).filter(year)["locators"][0]) == 4


@pytest.mark.parametrize("known", [("BOL", 2018, 2018, "cases"), ("ARG", 2000, 2018, "own_nationals")])
def test_states_that_count_differently_have_no_rates_and_no_difference_of_counts(known):
    apart, same = rates(STATES, [known]).head(2).iter_rows(named=True)
    assert {apart[name] for name in ("status", "other_status")} == {"not_compared"}
    assert {apart[name] for name in ("low", "high", "other_low", "other_high", "difference_low")} == {None}
    assert (same["year"], same["low"], same["other_low"], same["difference_low"]) == (2019, 0, 0.7, -0.7)
    count = counts(STATES, [known]).row(0, named=True)
    assert (count["low"], count["other_low"], count["difference_low"]) == (10, 1, None)


def test_states_known_to_count_alike_are_compared():
    known = [("ARG", 2018, 2018, "cases"), ("BOL", 2010, 2020, "cases")]
    assert rates(STATES, known).row(0, named=True)["difference_low"] == pytest.approx(0.6)
    usual = [("ARG", 2018, 2018, "persons")]
    assert rates(STATES, usual).row(0, named=True)["difference_low"] == pytest.approx(0.6)


def test_the_median_excludes_states_that_count_differently_and_says_how_many():
    more = observations(FIGURES | {("ECU", year): 2 for year in (2018, 2019)})
    for code, part in ((VICTIMS, 1), (RATE, 10)):
        known = units(("ARG", 2018, 2018, "cases"))
        rows = compare_query.beside(more, known, WITH_REGION).filter(pl.col("indicator") == code)
        medians = rows.select("other_low", "other_high", "reporting", "left_out").rows()
        # Of 1-4, 2 and 3; of 1-4, 2 and 7: without Argentina, which has no comparable figure in one of both years.
        assert [(row[0] * part, row[1] * part) for row in medians[:2]] == [(2, 3), (2, 4)]
        assert [row[2:] for row in medians] == [(3, 1), (3, 0), (None, None), (None, None)]


def test_without_enough_comparable_states_there_is_no_median():
    known = [("ARG", 2018, 2018, "cases"), ("CHL", 2019, 2021, "own_nationals")]
    for rows in (counts(WITH_REGION, known), rates(WITH_REGION, known)):
        assert set(rows.select("other_low", "reporting", "left_out").rows()) == {(None, None, None)}
        assert set(rows["other_status"]) == {"not_reported"}


def test_a_figure_omits_what_is_not_comparable():
    drawn = compare_query.drawn(compare_query.beside(observations(), units(), WITH_REGION), 35)
    assert drawn.filter(panel=0).select("area", "year", "reporting").rows() == [
        *(("BOL", year, None) for year in (2018, 2019, 2020, 2021)),
        ("region", 2018, 3),
        ("region", 2019, 3),
        ("region", 2020, None),
        ("region", 2021, None),
    ]
    apart = compare_query.drawn(compare_query.beside(observations(), units(("ARG", 2018, 2018, "cases")), STATES), 35)
    assert 2018 not in apart.filter(panel=1)["year"]
    assert 2018 in apart.filter(panel=0)["year"]


def test_an_indicator_that_nobody_reports_gives_no_rows():
    rows = compare_query.beside(observations(), units(), Pair("offences", "ARG"))
    assert rows.is_empty()
    assert dict(rows.schema) == compare_query.COMPARED


def test_a_figure_is_marked_and_so_is_the_median_that_rests_on_it():
    wrong = observations().with_columns(contradicted=(pl.col("area") == "CHL") & (pl.col("year") == 2018))
    for pair, marked in ((WITH_REGION, "other_contradicted"), (Pair(VICTIMS, "CHL", "ARG"), "contradicted")):
        rows = compare_query.beside(wrong, units(), pair).filter(pl.col("indicator") == VICTIMS)
        other = {"contradicted": "other_contradicted", "other_contradicted": "contradicted"}[marked]
        assert rows.filter(marked)["year"].to_list() == [2018]
        assert not rows[other].any()


def interval():
    masked = st.sampled_from([(0, 4), (1, 4)])
    return st.one_of(masked, st.integers(0, 30).map(lambda n: (n, n)))


@given(st.lists(interval(), min_size=3, max_size=4), st.data())
def test_intervals_hold_for_any_value_of_the_masked_figures(intervals, data):
    areas = ("ARG", "BOL", "CHL", "DMA")[: len(intervals)]
    figures = {
        (area, 2018): ends if ends[0] < ends[1] else ends[0] for area, ends in zip(areas, intervals, strict=True)
    }
    true = {area: data.draw(st.integers(*ends)) for area, ends in zip(areas, intervals, strict=True)}
    sample = observations(figures)
    row = compare_query.beside(sample, units(), Pair(VICTIMS, "ARG")).row(0, named=True)
    middle = statistics.median(true.values())
    assert row["other_low"] <= middle <= row["other_high"]
    assert row["difference_low"] <= true["ARG"] - middle <= row["difference_high"]
    # No wider than needed: with all at their ends the median is at its ends.
    ends = [statistics.median(part) for part in zip(*intervals, strict=True)]
    assert ends == [row["other_low"], row["other_high"]]
    both = compare_query.beside(sample, units(), STATES).row(0, named=True)
    assert both["difference_low"] <= true["ARG"] - true["BOL"] <= both["difference_high"]


@pytest.fixture(scope="module")
def figures():
    """The interval of every usable total by indicator, year and state, row by row."""
    by_year = {}
    for row in store.tables().table("observations").collect().iter_rows(named=True):
        if (row["sex"], row["age"], row["form"]) == ("total",) * 3 and row["low"] is not None:
            by_year.setdefault((row["indicator"], row["year"]), {})[row["area"]] = row["low"], row["high"]
    return by_year


@pytest.mark.parametrize("code", manifest.counts())
def test_the_medians_of_the_snapshot_are_those_of_its_rows(code, figures):
    rows = compare_query.rows(Pair(code, "CRI"))
    years = {row["year"] for row in rows.iter_rows(named=True) if row["reporting"]}
    same = set.intersection(*(set(figures[code, year]) for year in years))
    assert len(years) >= 3
    assert years == set(range(min(years), max(years) + 1))
    for row in rows.iter_rows(named=True):
        by_state = figures.get((row["indicator"], row["year"]), {})
        own = by_state.get("CRI")
        assert (row["low"], row["high"]) == (own or (None, None))
        if row["year"] not in years:
            assert (row["other_low"], row["reporting"]) == (None, None)
            continue
        lows, highs = ([by_state[area][at] for area in same] for at in (0, 1))
        assert row["reporting"] == len(same)
        assert (row["other_low"], row["other_high"]) == (statistics.median(lows), statistics.median(highs))
        assert row["other_status"] == ("exact" if row["other_low"] == row["other_high"] else "interval")
        if own:
            assert row["difference_low"] == own[0] - row["other_high"]


def test_surveys_are_offered_for_every_survey_year_without_median_or_difference():
    surveys = store.tables().table("observations").filter(pl.col("unit") == "percent").collect()
    assert compare_query.surveys() == tuple(sorted(set(surveys["indicator"])))
    survey = compare_query.survey(Pair("partner_violence", "BOL", "PER"))
    years = surveys.filter(pl.col("indicator") == "partner_violence")["year"].sort().to_list()
    assert (survey.areas, survey.first, survey.last) == (("BOL", "PER"), years[0], years[-1])
    assert compare_query.survey(Pair("partner_violence", "BOL")).areas == ()


def test_every_count_can_be_compared():
    offered = compare_query.indicators()
    assert offered[: len(manifest.counts())] == manifest.counts()
    assert not any("_rate" in code or "violence" in code for code in offered)
    assert compare_query.measures("population") == ("population",)
    assert REGION not in store.tables().table("areas").collect()["area"]


def test_a_state_that_is_named_twice_is_one_state():
    assert Pair(VICTIMS, "VCT", "VCT").states == ("VCT",)
    assert Pair(VICTIMS, "VCT", "HTI").states == ("VCT", "HTI")
