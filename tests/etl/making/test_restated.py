"""Figures of the SDG database beside UNODC's: never narrower than what UNODC masks."""

import csv
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from data.contract import Vintages
from etl.making import restated
from etl.parsed import Parsed
from etl.source_declaration import declarations
from tests.etl.figure_samples import people

SDG = declarations()["unsd_sdg"]
STATES = ("BLZ", "CRI", "COL")
# What UNODC prints: area, year, least, most, status, release.
PRINTED = [("BLZ", 2019, 1.0, 4.0, "masked", "2025-10-28"), ("CRI", 2019, 12.0, 12.0, "exact", "2025-10-28")]
PEOPLE = people(("BLZ", 2018, 380_000.0), ("BLZ", 2019, 400_000.0), ("CRI", 2019, 5e6), ("COL", 2019, 50e6))
RATE = "detected_victims_rate_sdg"
# A country outside the region that shows how many digits the rates of a file have.
TWO_DIGITS = ("ESP", 2019, 0.31)


def series(*rows, indicator="detected_victims_sdg", **fixed):
    """A file of one series: area, year, value."""
    frame = pl.DataFrame(
        [(area, year, float(value), f"file.csv#row {n}") for n, (area, year, value) in enumerate(rows, start=2)],
        schema={"area": pl.String, "year": pl.Int16, "low": pl.Float64, "locator": pl.String},
        orient="row",
    )
    whole = {"sex": "total", "age": "total", "form": "total"}
    fixed = whole | {"indicator": indicator, "status": "exact", "unit": "persons"} | fixed
    frame = frame.with_columns(
        high="low", printed=pl.col("low").cast(pl.String), **{k: pl.lit(v) for k, v in fixed.items()}
    )
    return Parsed(frame, "2020-10", "file name", len(rows), len(rows), part="VC_HTF_DETV")


def counts(rows=PRINTED, sex="total"):
    names = ["area", "year", "low", "high", "status", "release"]
    frame = pl.DataFrame(rows, schema=names, orient="row").with_columns(pl.col("year").cast(pl.Int16))
    whole = {"age": "total", "form": "total", "indicator": "detected_victims", "sex": sex}
    return frame.with_columns(**{name: pl.lit(code) for name, code in whole.items()})


def made(parsed, printed=None, source=SDG):
    rows, _ = restated.vintage(parsed, source, STATES, counts() if printed is None else printed, PEOPLE)
    assert Vintages.is_valid(rows, cast=True)
    return rows.select("area", "year", "low", "high", "status", "note").sort("area", "year").rows()


@pytest.mark.parametrize("value", [1, 2, 3, 4])
def test_a_figure_that_unodc_masks_is_as_wide_here_and_its_note_hides_the_value(value):
    assert made(series(("BLZ", 2019, value))) == [("BLZ", 2019, 1.0, 4.0, "masked", "masked_by_unodc")]


@pytest.mark.parametrize("value", [0, 7])
def test_a_figure_outside_the_mask_stays(value):
    assert made(series(("BLZ", 2019, value))) == [("BLZ", 2019, float(value), float(value), "exact", None)]


def test_other_years_and_exact_figures_stay():
    rows = made(series(("BLZ", 2018, 2), ("CRI", 2019, 3)))
    assert [row[2:5] for row in rows] == [(2.0, 2.0, "exact"), (3.0, 3.0, "exact")]


# Of 400,000 inhabitants 1 to 4 are 0.25 to 1.0 in 100,000. By another population 4 may be 1.07, or 1 be 0.23.
@pytest.mark.parametrize("rate", [0.23, 0.25, 0.5, 1.0, 1.01, 1.07])
def test_a_rate_does_not_lift_the_mask_of_its_count(rate):
    rows = made(series(("BLZ", 2019, rate), indicator=RATE))
    assert rows == [("BLZ", 2019, 0.25, 1.0, "masked", "masked_by_unodc")]


@pytest.mark.parametrize("rate", [0.0, 1.17, 1.25, 1.34])
def test_a_rate_of_zero_or_of_five_and_more_victims_stays(rate):
    rows = made(series(("BLZ", 2019, rate), TWO_DIGITS, indicator=RATE))
    assert rows[0][2:5] == (rate, rate, "exact")


# In 50 million two digits hold 0.00 for up to 2 victims, 0.01 for 3 to 7, 0.02 for more.
@pytest.mark.parametrize(("rate", "status"), [(0.0, "masked"), (0.01, "masked"), (0.02, "exact")])
def test_a_rate_that_was_rounded_may_be_of_few_victims(rate, status):
    masked = counts([("COL", 2019, 1.0, 4.0, "masked", "2025-10-28")])
    rows = made(series(("COL", 2019, rate), TWO_DIGITS, indicator=RATE), masked)
    assert [row[4] for row in rows] == [status]


def test_a_rate_of_a_year_without_a_population_is_masked_and_wide():
    masked = counts([("BLZ", 2021, 1.0, 4.0, "masked", "2025-10-28")])
    ((*_, low, high, status, note),) = made(series(("BLZ", 2021, 0.74), indicator=RATE), masked)
    assert (status, note) == ("masked", "masked_by_unodc")
    # One of 440,000, and four of the smallest part.
    assert low < 0.25
    assert high > 1.0


# Two women of 400,000 inhabitants, of half of them, of a tenth.
@pytest.mark.parametrize("rate", [0.5, 1.0, 5.0])
def test_a_rate_of_women_may_be_of_all_inhabitants_or_of_women(rate):
    rows = made(series(("BLZ", 2019, rate), indicator=RATE, sex="female"), counts(sex="female"))
    ((*_, low, high, status, _),) = rows
    assert status == "masked"
    assert low < rate < high


def test_a_zero_under_a_mask_that_may_be_zero_is_masked():
    april = counts([("BLZ", 2019, 0.0, 4.0, "masked", "2025-04-14")])
    assert made(series(("BLZ", 2019, 0)), april)[0][2:5] == (0.0, 4.0, "masked")
    assert made(series(("BLZ", 2019, 0), indicator=RATE), april)[0][2:5] == (0.0, 1.0, "masked")


def test_the_note_of_a_masked_figure_hides_conflicting_values():
    rows = made(series(("BLZ", 2019, 3), ("BLZ", 2019, 2), ("CRI", 2019, 3), ("CRI", 2019, 2)))
    assert [row[2:] for row in rows] == [
        (1.0, 4.0, "masked", "masked_by_unodc"),
        (None, None, "conflicting", "several_values: 3.0; 2.0"),
    ]


def test_a_figure_is_masked_until_unodc_prints_it():
    april = ("BLZ", 2019, 0.0, 4.0, "masked", "2025-04-14")
    withdrawn, printed = counts([april, PRINTED[1]]), counts([april, ("BLZ", 2019, 3.0, 3.0, "exact", "2025-10-28")])
    assert made(series(("BLZ", 2019, 3)), withdrawn)[0][2:5] == (0.0, 4.0, "masked")
    assert made(series(("BLZ", 2019, 3)), printed)[0][2:5] == (3.0, 3.0, "exact")


def test_a_survey_is_never_masked():
    rows = made(series(("BLZ", 2019, 2), indicator="child_labour_economic"))
    assert rows[0][2:5] == (2.0, 2.0, "exact")


def test_no_mask_applies_to_a_source_that_restates_no_other():
    source = replace(SDG, indicators=tuple(replace(one, restates="") for one in SDG.indicators))
    assert made(series(("BLZ", 2019, 2)), source=source) == [("BLZ", 2019, 2.0, 2.0, "exact", None)]


def test_countries_outside_the_region_are_counted():
    parsed = series(("BLZ", 2019, 7), ("ESP", 2019, 7), ("FRA", 2019, 7))
    _, (finding,) = restated.vintage(parsed, SDG, STATES, counts(), PEOPLE)
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
