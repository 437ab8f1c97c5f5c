from collections import Counter

import polars as pl
import pytest

from dashboard import store
from dashboard.store import Tables
from dashboard.subjects.sources.query import HERE, THERE, differences

SCHEMA = {
    "indicator": pl.String,
    "source": pl.String,
    "area": pl.String,
    "year": pl.Int16,
    "sex": pl.String,
    "low": pl.Float64,
    "high": pl.Float64,
}
FIXED = {"age": "total", "form": "total", "status": "exact", "release": "2020-10", "locator": "a!1"}


def compare(sdg, unodc, source="unodc_glotip"):
    """Compare pairs of intervals, one per year from 2001; None where nothing is printed."""
    rows = [
        (code, name, "CRI", 2001 + place, "total", *ends)
        for code, name, figures in ((HERE, "unsd_sdg", sdg), (THERE, source, unodc))
        for place, ends in enumerate(figures)
        if ends is not None
    ]
    frame = pl.LazyFrame(rows, schema=SCHEMA, orient="row")
    filled = frame.with_columns(**{name: pl.lit(value) for name, value in FIXED.items()})
    return differences.of(Tables({"observations": filled}))


@pytest.mark.parametrize(
    ("here", "there", "outcome"),
    [
        ((5, 5), (5, 5), "equal"),
        ((0, 4), (0, 4), "equal"),
        ((0, 4), (1, 4), "overlapping"),
        ((0, 4), (4, 9), "overlapping"),
        ((0, 4), (5, 5), "differing"),
        ((9, 9), (1, 4), "differing"),
        ((0, 0), (1, 4), "differing"),
        ((0, 0), (0, 4), "overlapping"),
    ],
)
def test_two_intervals_are_equal_overlap_or_differ(here, there, outcome):
    comparison = compare([here], [there])
    counts = {
        "equal": comparison.equal,
        "overlapping": comparison.overlapping,
        "differing": comparison.differing.height,
    }
    assert counts == {"equal": 0, "overlapping": 0, "differing": 0} | {outcome: 1}
    assert (comparison.compared, comparison.alone) == (1, 0)


def test_an_unmatched_figure_is_counted_separately():
    comparison = compare([(5, 5), (6, 6), (None, None)], [(5, 5), None, (7, 7)])
    assert (comparison.compared, comparison.equal, comparison.alone) == (1, 1, 1)


def test_an_unusable_figure_is_not_matched():
    comparison = compare([(5, 5)], [(None, None)])
    assert (comparison.compared, comparison.alone) == (0, 1)


def test_another_source_is_not_matched():
    assert compare([(5, 5)], [(9, 9)], source="other").compared == 0


def test_a_difference_keeps_both_figures_and_their_cells():
    row = compare([(5, 5)], [(9, 9)]).differing.to_dicts()[0]
    assert (row["area"], row["year"], row["low"], row["high_unodc"]) == ("CRI", 2001, 5, 9)
    assert {"release", "locator", "release_unodc", "locator_unodc"} <= row.keys()


def test_the_snapshot_counted_row_by_row():
    rows = store.tables().table("observations").collect().to_dicts()
    key = ("area", "year", "sex", "age", "form")
    theirs = {tuple(row[name] for name in key): row for row in rows if row["indicator"] == THERE}
    expected = Counter()
    for row in rows:
        if row["indicator"] != HERE or row["low"] is None:
            continue
        other = theirs.get(tuple(row[name] for name in key))
        if other is None or other["low"] is None:
            expected["alone"] += 1
        elif max(row["low"], other["low"]) > min(row["high"], other["high"]):
            expected["differing"] += 1
        else:
            expected["equal" if (row["low"], row["high"]) == (other["low"], other["high"]) else "overlapping"] += 1
    comparison = differences()
    counts = Counter(
        equal=comparison.equal,
        overlapping=comparison.overlapping,
        differing=comparison.differing.height,
        alone=comparison.alone,
    )
    assert +counts == expected
    assert comparison.compared == comparison.equal + comparison.overlapping + comparison.differing.height > 0
