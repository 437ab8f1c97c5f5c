"""What was usual so far, recounted from the published releases: the limits of the checks of consistent errors."""

import polars as pl
import pytest

from data.releases import ordered
from data.snapshot import Snapshot
from etl.checking import changes, consistent

SOURCE = "unodc_glotip"


@pytest.fixture(scope="module")
def releases(real_snapshot: Snapshot) -> list[pl.DataFrame]:
    """The figures of each release, the oldest first."""
    every = real_snapshot.table("vintages").filter(pl.col("source") == SOURCE, ~pl.col("derived")).collect()
    return [every.filter(release=one) for one in ordered(every["release"])]


def changed(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    columns = [*changes.FIGURE, *changes.READING]
    return changes.changes(after.select(columns), before.select(columns))


@pytest.mark.real
def test_no_release_so_far_looks_wrong(releases):
    before, after = releases
    step = changed(before, after)
    assert consistent.repeated_years(after, step) == []
    assert consistent.exchanged_sexes(step) == []
    assert consistent.lost_masks(after, before) == []
    assert consistent.small_figures(pl.concat(releases)) == []


@pytest.mark.real
def test_the_most_figures_that_became_several_values_are_those_of_chile(releases):
    before, after = releases
    had = {tuple(row): True for row in before.drop_nulls("low").select(consistent.CELL).iter_rows()}
    several = list(after.filter(status="conflicting").iter_rows(named=True))
    lost = [row["area"] for row in several if tuple(row[name] for name in consistent.CELL) in had]
    counts = {area: lost.count(area) for area in lost}
    assert max(counts, key=counts.__getitem__) == "CHL"
    assert counts["CHL"] == consistent.MOST_SEVERAL
