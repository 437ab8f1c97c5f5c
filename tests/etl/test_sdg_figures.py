"""Figures of the SDG database beside UNODC's: never narrower than what UNODC masks."""

import csv
from pathlib import Path

import polars as pl
import pytest

from data.contract import Vintages
from etl import sdg_figures
from etl.parsed import Parsed

STATES = ("BLZ", "CRI")
BEST = [("detected_victims", "BLZ", 2019, 1.0, 4.0, "masked"), ("detected_victims", "CRI", 2019, 12.0, 12.0, "exact")]


def series(*rows, indicator="detected_victims_sdg"):
    """A file of one series: area, year, value."""
    frame = pl.DataFrame(
        [(area, year, float(value), f"file.csv#row {n}") for n, (area, year, value) in enumerate(rows, start=2)],
        schema={"area": pl.String, "year": pl.Int16, "low": pl.Float64, "locator": pl.String},
        orient="row",
    )
    fixed = {
        "indicator": indicator,
        "sex": "total",
        "age": "total",
        "form": "total",
        "status": "exact",
        "unit": "persons",
    }
    frame = frame.with_columns(
        high="low", printed=pl.col("low").cast(pl.String), **{k: pl.lit(v) for k, v in fixed.items()}
    )
    return Parsed(frame, "2020-10", "file name", len(rows), len(rows), part="VC_HTF_DETV")


def best(rows=BEST):
    names = ["indicator", "area", "year", "low", "high", "status"]
    frame = pl.DataFrame(rows, schema=names, orient="row").with_columns(pl.col("year").cast(pl.Int16))
    return frame.with_columns(sex=pl.lit("total"), age=pl.lit("total"), form=pl.lit("total"))


def made(parsed, readings=None):
    rows = sdg_figures.vintage(parsed, "unsd_sdg", STATES, best() if readings is None else readings)
    assert Vintages.is_valid(rows, cast=True)
    return rows.select("area", "year", "low", "high", "status", "note").sort("area", "year").rows()


@pytest.mark.parametrize("value", [1, 2, 3, 4])
def test_what_unodc_masks_is_as_wide_here_and_says_nothing_of_what_was_printed(value):
    assert made(series(("BLZ", 2019, value))) == [("BLZ", 2019, 1.0, 4.0, "masked", "masked_by_unodc")]


@pytest.mark.parametrize("value", [0, 7])
def test_a_figure_that_the_mask_cannot_hide_stands(value):
    assert made(series(("BLZ", 2019, value))) == [("BLZ", 2019, float(value), float(value), "exact", None)]


def test_other_years_and_exact_figures_stay():
    rows = made(series(("BLZ", 2018, 2), ("CRI", 2019, 3)))
    assert [row[2:5] for row in rows] == [(2.0, 2.0, "exact"), (3.0, 3.0, "exact")]


def test_a_rate_does_not_lift_the_mask_of_its_count():
    readings = best([("detected_victims_rate", "BLZ", 2019, 0.25, 1.0, "masked")])
    rows = made(series(("BLZ", 2019, 0.5), indicator="detected_victims_rate_sdg"), readings)
    assert rows == [("BLZ", 2019, 0.25, 1.0, "masked", "masked_by_unodc")]


def test_a_survey_is_nobody_s_mask():
    rows = made(series(("BLZ", 2019, 2), indicator="child_labour_economic"))
    assert rows[0][2:5] == (2.0, 2.0, "exact")


def test_countries_outside_the_region_are_counted():
    parsed = series(("BLZ", 2019, 7), ("ESP", 2019, 7), ("FRA", 2019, 7))
    (finding,) = sdg_figures.other_countries(parsed, "unsd_sdg", STATES)
    assert (finding.reason, finding.rows, finding.part) == ("outside_the_region", 2, "VC_HTF_DETV")
    assert len(made(parsed)) == 1


def _csv(folder: Path, pattern: str) -> list[dict[str, str]]:
    with next(folder.glob(pattern)).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.real
def test_the_rates_of_nine_states_are_those_of_the_sdg_database(mirror, real_snapshot):
    """A file of rates retyped in October 2026, against UNODC's count over the World Bank's population."""
    retyped = [row for row in _csv(mirror / "unsd_sdg", "crosscheck_*.csv") if row["series"] == "VC_HTF_DETVR"]
    theirs = {(row["iso3"], int(row["year"])): float(row["value"]) for row in retyped}
    whole = pl.all_horizontal(pl.col("sex", "age", "form") == "total")
    rates = real_snapshot.table("observations").filter(pl.col("indicator") == "detected_victims_rate", whole).collect()
    ours = {(row["area"], row["year"]): row for row in rates.iter_rows(named=True) if row["status"] == "exact"}
    both = theirs.keys() & ours.keys()
    differing = {key for key in both if abs(theirs[key] - ours[key]["low"]) > 0.0051}
    assert (len(both), len(both) - len(differing)) == (70, 67)
    assert differing == {("BOL", 2021), ("BOL", 2022), ("BOL", 2023)}
