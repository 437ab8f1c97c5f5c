import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.coverage import query as coverage_query
from tests.dashboard.subjects.coverage.samples import OBSERVATIONS, SNAPSHOT, SURVEY, VICTIMS, WOMEN, snapshot


def cells(indicator=VICTIMS):
    return coverage_query.cells.of(SNAPSHOT, indicator)


def test_every_state_has_a_cell_for_every_year_and_kinds_stay_separate():
    assert cells().select("area", "year", "kind").rows() == [
        ("ARG", 2017, "exact"),
        ("ARG", 2018, "not_reported"),
        ("ARG", 2019, "exact"),
        ("BOL", 2017, "zero"),
        ("BOL", 2018, "masked"),
        ("BOL", 2019, "not_reported"),
        # Printed in April but not in October; the part of 2018 is not a total.
        ("CRI", 2017, "withdrawn"),
        ("CRI", 2018, "not_reported"),
        ("CRI", 2019, "conflicting"),
        ("USA", 2017, "not_reported"),
        ("USA", 2018, "not_reported"),
        ("USA", 2019, "not_reported"),
    ]


def test_a_wide_mask_is_a_range_and_counts_as_reported():
    masked = pl.col("status") == "masked"
    wide = OBSERVATIONS.with_columns(high=pl.when(masked).then(pl.lit(10.0)).otherwise("high"))
    ranged = snapshot(observations=wide)
    assert coverage_query.cells.of(ranged, VICTIMS).filter(kind="range").select("area", "year", "high").rows() == [
        ("BOL", 2018, 10.0)
    ]
    (bolivia,) = coverage_query.states.of(ranged, VICTIMS).filter(area="BOL").iter_rows(named=True)
    assert (bolivia["years"], bolivia["masked"], bolivia["range"]) == (2, 0, 1)


def test_a_withdrawn_figure_keeps_its_last_reading_and_release():
    gone = cells().row(by_predicate=pl.col("kind") == "withdrawn", named=True)
    assert (gone["low"], gone["release"]) == (6.0, "2025-04-14")


def test_a_figure_in_two_releases_is_read_from_the_newer():
    assert cells().row(by_predicate=(pl.col("area") == "ARG") & (pl.col("year") == 2017), named=True)["low"] == 10.0


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [(SURVEY, ("BOL", 2015, "total", "7-17", 3.0)), (WOMEN, ("CRI", 2016, "female", "15-49", 4.5))],
)
def test_a_survey_without_all_ages_uses_its_widest_group(indicator, expected):
    rows = cells(indicator).filter(pl.col("kind") == "exact")
    assert rows.select("area", "year", "sex", "age", "low").rows() == [expected]


def test_a_state_is_summed_up_by_kinds():
    rows = {row["area"]: row for row in coverage_query.states.of(SNAPSHOT, VICTIMS).iter_rows(named=True)}
    assert [(row["years"], row["span"], row["first"], row["last"]) for row in rows.values()] == [
        (2, 3, 2017, 2019),
        (2, 3, 2017, 2018),
        (0, 3, None, None),
        (0, 3, None, None),
    ]
    assert (rows["BOL"]["zero"], rows["BOL"]["masked"], rows["CRI"]["withdrawn"], rows["USA"]["not_reported"]) == (
        *(1, 1, 1),
        3,
    )


def test_context_and_derived_figures_are_not_offered_as_indicators():
    people = OBSERVATIONS.with_columns(indicator=pl.lit("population"))
    rates = OBSERVATIONS.with_columns(indicator=pl.lit("offences_rate"), derived=pl.lit(True))
    assert coverage_query.indicators.of(snapshot(observations=pl.concat([OBSERVATIONS, people, rates]))) == (
        VICTIMS,
        SURVEY,
        WOMEN,
    )


def test_a_file_names_its_indicator():
    assert coverage_query.file(cells(), VICTIMS)["indicator"].unique().to_list() == [VICTIMS]


@pytest.mark.parametrize("indicator", ["detected_victims", "persons_convicted", "offences"])
def test_the_published_figures_are_counted_in_plain_python(indicator):
    rows = store.tables().table("observations").collect().iter_rows(named=True)
    by_cell = {
        (row["area"], row["year"]): row
        for row in rows
        if row["indicator"] == indicator and row["sex"] == row["age"] == row["form"] == "total"
    }
    years = range(min(year for _, year in by_cell), max(year for _, year in by_cell) + 1)
    published = coverage_query.cells(indicator)
    kinds = {(area, year): kind for area, year, kind in published.select("area", "year", "kind").iter_rows()}
    assert set(kinds) == {(area, year) for area in store.areas() for year in years}
    for cell, kind in kinds.items():
        row = by_cell.get(cell)
        expected = "not_reported" if row is None else row["status"]
        assert kind == ("zero" if row and row["status"] == "exact" and row["high"] == 0 else expected)
