"""A file of the SDG database with only one form of exploitation does not remove the others."""

from pathlib import Path

import polars as pl
import pytest

from data.snapshot import Snapshot
from etl.sources.unsd_sdg.codes import SERIES
from tests.etl.test_pipeline import build, sample

SDG = pl.col("indicator") == "detected_victims_sdg"
HEADER = "age,geo_area,nature,sex,units,year"
# The states' totals of October 2020, as the sample prints them: Argentina's 71 and 0, the United States' 1,234.
TOTALS = {("ARG", 2016, 71.0), ("ARG", 2017, 0.0), ("USA", 2017, 1234.0)}
ARGENTINA, SPAIN = 32, 724


def series(folder: Path, release: str, code: str, *figures: tuple[int, int, int]) -> None:
    """A bulk file of one series: M49 of the country, year, victims."""
    rows = [f"allage,{area},c,bothsex,number,{year},{value}" for area, year, value in figures]
    path = folder / "unsd_sdg" / f"unsdg_ddf_{release}_{code}.csv"
    path.write_text("\n".join([f"{HEADER},{code}", *rows, ""]))


def figures(snapshot: Snapshot, form: str) -> set[tuple[str, int, float]]:
    rows = snapshot.table("observations").filter(SDG, pl.col("form") == form)
    return set(rows.select("area", "year", "low").collect().rows())


def revised(snapshot: Snapshot) -> list[tuple[str, ...]]:
    rows = snapshot.table("revisions").filter(SDG).sort("form", "release_from")
    return rows.select("form", "area", "kind", "release_from", "release_to").collect().rows()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Totals of October 2020, and forced labour of May 2022 alone."""
    made = sample(tmp_path / "mirror")
    series(made, "2022-05", "vc_htf_detvfl", (ARGENTINA, 2016, 30), (ARGENTINA, 2017, 9))
    return made


def test_an_update_of_one_form_does_not_change_the_totals(folder):
    _, snapshot = build(folder)
    assert figures(snapshot, "total") == TOTALS
    assert figures(snapshot, "forced_labour") == {("ARG", 2016, 30.0), ("ARG", 2017, 9.0)}
    assert revised(snapshot) == []
    # The dashboard's table of coverage is still by indicator.
    coverage = snapshot.table("release_coverage").filter(SDG).select("release", "year").collect()
    assert set(coverage.rows()) >= {("2020-10", 2016), ("2022-05", 2016)}


def test_each_series_has_its_own_indicator_and_form():
    # `etl.making.figures.part` depends on it.
    assert len({(entry.indicator, entry.form) for entry in SERIES.values()}) == len(SERIES)


def test_a_figure_missing_in_a_later_release_of_its_form_is_withdrawn(folder):
    series(folder, "2023-06", "vc_htf_detvfl", (ARGENTINA, 2016, 31), (SPAIN, 2017, 80))
    _, snapshot = build(folder)
    assert figures(snapshot, "total") == TOTALS
    assert figures(snapshot, "forced_labour") == {("ARG", 2016, 31.0)}
    rows = [("forced_labour", "ARG", kind, "2022-05", "2023-06") for kind in ("revised", "withdrawn")]
    assert sorted(revised(snapshot)) == rows


def test_totals_are_compared_with_the_previous_totals_across_a_release_without_totals(folder):
    series(folder, "2023-06", "vc_htf_detv", (ARGENTINA, 2016, 72), (SPAIN, 2017, 80))
    _, snapshot = build(folder)
    assert figures(snapshot, "total") == {("ARG", 2016, 72.0)}
    assert sorted(revised(snapshot)) == [
        ("total", "ARG", "revised", "2020-10", "2023-06"),
        ("total", "ARG", "withdrawn", "2020-10", "2023-06"),
        ("total", "USA", "withdrawn", "2020-10", "2023-06"),
    ]
