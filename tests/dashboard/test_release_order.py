"""The later of two releases is the newer one on every page, even if its name sorts first as text."""

import polars as pl
import pytest

from dashboard import editions
from dashboard.charts.medium import WALL
from dashboard.store import Tables
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.coverage import revisions as coverage_revisions
from dashboard.subjects.coverage import words as coverage_words
from dashboard.subjects.coverage.figures.revisions import releases_chart
from dashboard.subjects.passports import query as passports_query
from dashboard.words import data_version
from data.i18n import language
from tests.dashboard.subjects.coverage.samples import AREAS, VICTIMS, change, frame, whole

# Sorted as text, the day in October comes before the quarter that ended in March.
QUARTER, DAY = "2026.Q1", "2026-10-08"
BOTH = frame(whole("ARG", 2017, 9.0, release=QUARTER), whole("ARG", 2017, 10.0, release=DAY))
COVERED = pl.LazyFrame(
    [("unodc_glotip", release, VICTIMS, 2017) for release in (DAY, QUARTER)],
    schema={"source": pl.String, "release": pl.String, "indicator": pl.String, "year": pl.Int16},
    orient="row",
)
NO_CHANGE = pl.LazyFrame(
    [change("ARG", 2017, "revised", (9.0, 9.0, "exact"), (10.0, 10.0, "exact"))], schema_overrides={"year": pl.Int16}
).clear()
RELEASES = Tables(
    {
        "observations": BOTH.clear(),
        "vintages": BOTH,
        "areas": AREAS,
        "revisions": NO_CHANGE,
        "release_coverage": COVERED,
    }
)
EN = language("en")


def test_the_view_of_an_earlier_release_shows_nothing_from_the_later_one():
    assert editions.earlier(COVERED) == (QUARTER,)
    newest = BOTH.filter(release=DAY)
    then = editions.observations(newest, BOTH, COVERED, QUARTER)
    assert then.select("low", "release").collect().rows() == [(9.0, QUARTER)]
    assert editions.observations(newest, BOTH, COVERED, DAY).select("low").collect().rows() == [(10.0,)]
    assert editions.vintages(BOTH, QUARTER).select("release").collect().rows() == [(QUARTER,)]


def test_a_withdrawn_figure_was_last_printed_in_the_later_release():
    rows = coverage_query.cells.of(RELEASES, VICTIMS).filter(area="ARG", year=2017)
    assert rows.select("kind", "low", "release").rows() == [("withdrawn", 10.0, DAY)]


def test_readings_of_a_figure_begin_with_the_later_release():
    rows = passports_query.printed.of(RELEASES, passports_query.FigureKey(VICTIMS, "ARG", 2017))
    assert rows["release"].to_list() == [DAY, QUARTER]


def test_a_step_goes_from_the_earlier_to_the_later_release():
    (step,) = coverage_revisions.steps.of(RELEASES)
    assert (step.before, step.after, step.read) == (QUARTER, DAY, 1)


def test_a_state_s_readings_are_chronological_in_the_chart_and_the_text():
    rows = coverage_revisions.releases.of(RELEASES, VICTIMS, "ARG")
    assert rows["release"].to_list() == [QUARTER, DAY]
    description = coverage_words.releases(EN, rows, 1, VICTIMS, "ARG")
    assert description.index("2026.Q1") < description.index("8 October 2026")
    changes = rows.select("year", release_from=pl.lit(QUARTER), release_to=pl.lit(DAY)).head(1)
    spec = releases_chart(rows, changes, EN, WALL, unit="")
    places = {trace["y"][0]: trace["x"][0] for trace in spec["data"] if list(trace.get("y", ())) in ([9.0], [10.0])}
    assert places[9.0] < places[10.0]


def test_the_newest_release_of_a_source_is_the_later_one():
    assert data_version.newest({"releases": [{"release": name} for name in (DAY, "undated", QUARTER)]}) == DAY


def sdg(release, form, low, year=2017):
    row = frame(whole("ARG", year, low, release=release))
    return row.with_columns(source=pl.lit("unsd_sdg"), form=pl.lit(form), indicator=pl.lit("detected_victims_sdg"))


@pytest.fixture
def updated():
    """Totals, then only forced labour, then different totals; and an indicator released on another schedule."""
    other = sdg("2020-10", "total", 5.0).with_columns(indicator=pl.lit("child_labour_economic"))
    rows = [sdg("2020-10", "total", 71.0), sdg("2022-05", "forced_labour", 9.0), sdg("2023-06", "total", 72.0)]
    vintages = pl.concat([*rows, other, other.with_columns(release=pl.lit("2023-06"))])
    covered = vintages.select("source", "release", "indicator", "year").unique()
    revision = change("ARG", 2017, "revised", (71.0, 71.0, "exact"), (72.0, 72.0, "exact"))
    revision |= {"indicator": "detected_victims_sdg", "source": "unsd_sdg"}
    revision |= {"release_from": "2020-10", "release_to": "2023-06"}
    changes = pl.LazyFrame([revision], schema_overrides={"year": pl.Int16})
    return Tables({"vintages": vintages, "revisions": changes, "release_coverage": covered})


def test_a_release_with_one_form_says_nothing_about_other_forms(updated):
    steps = {(step.before, step.after): (step.read, step.revised) for step in coverage_revisions.steps.of(updated)}
    assert steps == {
        ("2020-10", "2022-05"): (0, 0),
        # The totals, and the other indicator.
        ("2020-10", "2023-06"): (2, 1),
        ("2022-05", "2023-06"): (0, 0),
    }


def test_an_indicator_is_counted_from_the_release_before_its_own(updated):
    steps = coverage_revisions.steps.of(updated, indicator="child_labour_economic")
    assert [(step.before, step.after, step.read, step.revised) for step in steps] == [("2020-10", "2023-06", 1, 0)]
