"""A figure ten times the one before it, or a tenth of it, holds the build; the noise of small numbers does not."""

from collections import defaultdict

import polars as pl
import pytest

from etl.checking.jumps import jumped

TEN, TENTH, WHOLE = (
    "figures ten times the one before",
    "figures a tenth of the one before",
    "totals ten times or a tenth of those before",
)
POPULATION = {"MEX": 120_000_000.0, "ATG": 100_000.0}
UNITS = {"child_labour_economic": "percent", "detected_victims_rate": "per_100000_population"}


def figures(*values: tuple[str, str, int, float, float]) -> pl.DataFrame:
    """Figures of (indicator, area, year, low, high), and the population of two states in 2020."""
    inhabitants = [("population", area, 2020, people, people) for area, people in POPULATION.items()]
    rows = pl.DataFrame([*values, *inhabitants], ["indicator", "area", "year", "low", "high"], orient="row")
    unit = pl.col("indicator").replace_strict(UNITS, default="persons")
    whole = [pl.lit("total").alias(name) for name in ("sex", "age", "form")]
    return rows.with_columns(*whole, unit=unit, source=pl.lit("unodc_glotip"))


def failed(now: dict[str, pl.DataFrame], then: dict[str, pl.DataFrame]) -> dict[str, str]:
    return {check.name: check.saw for check in jumped(now, then) if not check.passed}


def holding_checks(now: tuple[str, str, int, float, float], *then: tuple[str, str, int, float, float]) -> set[str]:
    """Which checks hold a figure, given those before; it is one figure of many, so no check of totals does."""
    many = ("detected_victims", "CAN", 2020, 5000.0, 5000.0), ("detected_victims_rate", "CAN", 2020, 90.0, 90.0)
    tables = [
        {"observations": figures(*rows, *many, ("child_labour_economic", "CAN", 2020, 99.0, 99.0))}
        for rows in ((now,), then)
    ]
    return set(failed(*tables))


@pytest.mark.parametrize(
    ("now", "then", "check"),
    [
        ((1030.0, 1030.0), (103.0, 103.0), TEN),
        ((1029.0, 1029.0), (103.0, 103.0), None),
        ((100.0, 100.0), (0.0, 0.0), TEN),
        ((99.0, 99.0), (0.0, 0.0), None),
        ((103.0, 103.0), (1030.0, 1030.0), TENTH),
        ((104.0, 104.0), (1030.0, 1030.0), None),
        ((0.0, 0.0), (100.0, 100.0), TENTH),
        ((0.0, 0.0), (99.0, 99.0), None),
        # A mask is four at most; an interval jumps where its nearer end does.
        ((0.0, 4.0), (100.0, 100.0), TENTH),
        ((120.0, 120.0), (0.0, 4.0), TEN),
        ((100.0, 1000.0), (0.0, 11.0), None),
    ],
)
def test_a_figure_is_compared_with_the_one_before_it(now, then, check):
    place = ("detected_victims", "MEX", 2020)
    assert holding_checks((*place, *now), (*place, *then)) == ({check} if check else set())


@pytest.mark.parametrize(
    ("indicator", "area", "before", "now", "check"),
    [
        # Of 120 million, two in 100,000 are 2,400 persons and a tenth of one are 120; of 100,000, eight are eight.
        ("detected_victims_rate", "MEX", 2.0, 0.2, TENTH),
        ("detected_victims_rate", "MEX", 0.1, 1.0, TEN),
        ("detected_victims_rate", "MEX", 0.08, 0.008, None),
        ("detected_victims_rate", "ATG", 8.0, 0.8, None),
        ("detected_victims_rate", "ATG", 8.0, 120.0, TEN),
        # No population is known.
        ("detected_victims_rate", "XXX", 1.2, 0.1, TENTH),
        ("detected_victims_rate", "XXX", 0.8, 0.08, None),
        ("child_labour_economic", "ATG", 4.5, 45.0, TEN),
        ("child_labour_economic", "ATG", 4.5, 0.45, TENTH),
        ("child_labour_economic", "ATG", 0.9, 0.05, None),
    ],
)
def test_small_rates_and_small_shares_do_not_hold_the_build(indicator, area, before, now, check):
    place = (indicator, area, 2020)
    assert holding_checks((*place, now, now), (*place, before, before)) == ({check} if check else set())


@pytest.mark.parametrize(
    ("value", "check"), [(50.0, TENTH), (90.0, TENTH), (100.0, None), (11_999.0, None), (12_000.0, TEN)]
)
def test_a_new_year_is_compared_with_the_three_nearest(value, check):
    # The low figures of the first years do not hide a later fall.
    before = {2003: 0, 2004: 2, 2005: 30_000, 2017: 1000, 2018: 1200, 2019: 900}
    series = [("detected_victims", "MEX", year, float(n), float(n)) for year, n in before.items()]
    then = {"observations": figures(*series)}
    now = {"observations": figures(*series, ("detected_victims", "MEX", 2020, value, value))}
    assert set(failed(now, then)) == ({check} if check else set())


def test_a_missing_figure_or_a_new_series_is_no_jump():
    place = ("detected_victims", "MEX", 2020)
    assert holding_checks((*place, None, None), (*place, 500.0, 500.0)) == set()
    assert holding_checks((*place, 500.0, 500.0)) == set()


def test_a_whole_series_in_another_unit_is_found_although_each_figure_is_small():
    years = range(2010, 2020)
    then = {"observations": figures(*(("offences", "MEX", year, 60.0, 60.0) for year in years))}
    now = {"observations": figures(*(("offences", "MEX", year, 6.0, 6.0) for year in years))}
    assert failed(now, then) == {WHOLE: "1 of unodc_glotip: offences"}
    assert set(failed(then, now)) == {WHOLE}


def flows(*values: tuple[str | None, str, str, float]) -> pl.DataFrame:
    """Flows of (origin, destination, evidence, figure)."""
    rows = pl.DataFrame(values, ["origin", "destination", "evidence", "low"], orient="row")
    unit = pl.when(pl.col("evidence") == "counted").then(pl.lit("persons")).otherwise(pl.lit("statements"))
    return rows.with_columns(unit=unit, high="low", source=pl.lit("a_source"), year=pl.lit(2020, dtype=pl.Int64))


def test_a_route_is_all_that_one_pair_counts_in_a_year():
    rest = [("COL", "ECU", "counted", 9000.0), ("COL", "ECU", "stated", 50.0)]
    then = flows(("COL", "PAN", "counted", 70.0), ("COL", "PAN", "counted", 50.0), (None, "PAN", "stated", 10.0), *rest)
    now = flows(("COL", "PAN", "counted", 12.0), (None, "PAN", "stated", 1.0), *rest)
    tables = {"observations": figures()}
    failures = failed(tables | {"flows": now}, tables | {"flows": then})
    assert failures == {TENTH: "2 of a_source: counted COL-PAN 2020, stated ?-PAN 2020"}
    assert set(failed(tables | {"flows": then}, tables | {"flows": now})) == {TEN}


def test_a_migrant_stock_is_compared_like_a_figure():
    rows = [("COL", "VEN", 2019, 700_000), ("VEN", "COL", 2019, 40_000)]
    stock = pl.DataFrame(rows, ["origin", "destination", "year", "persons"], orient="row").with_columns(
        source=pl.lit("undesa")
    )
    fewer = stock.with_columns(pl.when(pl.col("origin") == "VEN").then(4_000).otherwise("persons").alias("persons"))
    tables = {"observations": figures()}
    failures = failed(tables | {"migrant_stock": fewer}, tables | {"migrant_stock": stock})
    assert failures == {TENTH: "1 of undesa: migrant_stock VEN-COL 2019"}


@pytest.mark.real
def test_the_real_jumps_of_october_over_april_are_those_that_a_plain_loop_finds(real_snapshot):
    vintages = real_snapshot.table("vintages").filter(pl.col("source") == "unodc_glotip").collect()
    april = vintages.filter(pl.col("release") == "2025-04-14")
    both = {"observations": real_snapshot.table("observations").filter(pl.col("source") == "unodc_glotip").collect()}
    jumps = {check.name: check.saw for check in jumped(both, {"observations": april})}

    series = defaultdict(dict)
    for row in april.filter(pl.col("low").is_not_null()).iter_rows(named=True):
        series[tuple(row[name] for name in ("indicator", "area", "sex", "age", "form"))][row["year"]] = row
    up, down = [], []
    counts = both["observations"].filter(pl.col("low").is_not_null(), ~pl.col("derived"))
    for row in counts.iter_rows(named=True):
        known = series.get(tuple(row[name] for name in ("indicator", "area", "sex", "age", "form")), {})
        years = [row["year"]] if row["year"] in known else sorted(known, key=lambda y: (abs(y - row["year"]), -y))[:3]
        most, fewest = (
            max((known[y]["high"] for y in years), default=None),
            min((known[y]["low"] for y in years), default=None),
        )
        words = f"{row['indicator']} {row['area']} {row['year']}"
        if years and row["low"] >= max(100, 10 * most):
            up.append(words)
        if years and fewest >= max(100, 10 * row["high"]):
            down.append(words)
    assert up
    assert down
    assert jumps[TEN].split(":")[0] == f"{len(up)} of unodc_glotip"
    assert jumps[TENTH].split(":")[0] == f"{len(down)} of unodc_glotip"
    assert jumps[TENTH].split(": ")[1].split(", ") == sorted(set(down))
