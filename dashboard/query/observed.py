"""Figures of states and years. Every answer keeps the four number states apart: value, zero, masked, not reported."""

from dataclasses import dataclass

import polars as pl

NOT_REPORTED = "not_reported"
SDG = "unsd_sdg"
COUNTS = ("detected_victims", "persons_formal_contact", "persons_prosecuted", "persons_convicted", "offences")
MEASURES = ("rate", "count")
REPORTED = ("exact", "masked")
# A year speaks for the region when two thirds of the states that ever reported did so in it.
ENOUGH = 2 / 3
# One victim among fewer inhabitants than these moves a rate by half a unit or more.
TINY = 200_000
FIGURE = ("year", "low", "high", "status", "unit", "source", "release", "locator", "note")
DIMENSIONS = ("sex", "age", "form")
# The columns of a file, in which a row says by itself what it is and whence.
FILE = (
    *("indicator", "area", *DIMENSIONS, "year", "year_basis", "low", "high", "status", "unit"),
    *("source", "release", "locator", "derived", "inputs", "note"),
)


@dataclass(frozen=True)
class Total:
    """A regional sum as an interval, in the unit of its figures.

    Attributes:
        low, high: the least and the most that the figures allow.
        exact, masked: how many states gave an exact figure, and how many a masked one.
        masked_low, masked_high: what the masked ones add at the least and at the most.
    """

    low: float
    high: float
    exact: int
    masked: int
    masked_low: float
    masked_high: float

    @property
    def reported(self) -> int:
        """How many states report, masked figures included."""
        return self.exact + self.masked


def measured(indicator: str, measure: str) -> str:
    """The id under which an indicator's rate or count stands in `observations`."""
    return f"{indicator}_rate" if measure == "rate" else indicator


def whole(observations: pl.LazyFrame, indicator: str) -> pl.LazyFrame:
    """An indicator's totals: both sexes, all ages, all forms. Sub-totals never meet totals in one answer."""
    return observations.filter(pl.col("indicator") == indicator, pl.all_horizontal(pl.col(DIMENSIONS) == "total"))


def years(observations: pl.LazyFrame, indicator: str) -> list[int]:
    """The years in which any state reports the indicator, ascending."""
    return whole(observations, indicator).select(pl.col("year").unique().sort()).collect()["year"].to_list()


def default_year(observations: pl.LazyFrame, indicator: str) -> int | None:
    """The latest year in which two thirds of the states that ever reported the indicator did; None without figures."""
    rows = whole(observations, indicator).filter(pl.col("status").is_in(REPORTED)).select("area", "year").collect()
    ever = rows["area"].n_unique()
    enough = rows.group_by("year").agg(pl.col("area").n_unique()).filter(pl.col("area") >= ENOUGH * ever)
    return None if enough.is_empty() else int(enough.select(pl.col("year").max()).item())


def region(observations: pl.LazyFrame, areas: pl.LazyFrame, indicator: str, year: int | None) -> pl.DataFrame:
    """One row a state, in the order of codes: area and its figure, `not_reported` where there is none.

    Args:
        year: the year, or None for the latest figure of each state (then each row has a year of its own).
    """
    return _of_region(observations, areas, indicator, year).select("area", *FIGURE).sort("area").collect()


def _of_region(observations: pl.LazyFrame, areas: pl.LazyFrame, indicator: str, year: int | None) -> pl.LazyFrame:
    rows = whole(observations, indicator)
    newest = pl.col("year").max().over("area")
    chosen = rows.filter(pl.col("year") == (newest if year is None else year))
    joined = areas.select("area").join(chosen, on="area", how="left", validate="1:1")
    return joined.with_columns(pl.col("status").fill_null(NOT_REPORTED))


def region_file(observations: pl.LazyFrame, areas: pl.LazyFrame, indicator: str, year: int | None) -> pl.DataFrame:
    """The rows of `region` for a file; one without a figure says of what and of which year it has none."""
    rows = _of_region(observations, areas, indicator, year).sort("area")
    when = pl.col("year") if year is None else pl.lit(year).cast(pl.Int16)
    what = {name: pl.lit("total") for name in DIMENSIONS}
    return as_file(rows.with_columns(indicator=pl.lit(indicator), year=when, **what))


def state_file(observations: pl.LazyFrame, area: str) -> pl.DataFrame:
    """Everything recorded for a state, for a file: all indicators, years, sexes, ages and forms."""
    return as_file(observations.filter(pl.col("area") == area).sort("indicator", "year", *DIMENSIONS))


def as_file(rows: pl.LazyFrame) -> pl.DataFrame:
    """Rows of observations with the columns `FILE`; the cells that a figure was computed from are texts."""
    cell = pl.concat_str(pl.element().struct.unnest(), separator=" ")
    return rows.with_columns(pl.col("inputs").list.eval(cell)).select(FILE).collect()


def total(figures: pl.DataFrame) -> Total:
    """The sum of the figures of one indicator and year over the states that report."""
    masked = pl.col("status") == "masked"
    low, high, exact, hidden, hidden_low, hidden_high = figures.select(
        pl.col("low").sum(),
        pl.col("high").sum(),
        (pl.col("status") == "exact").sum().alias("exact"),
        masked.sum().alias("masked"),
        pl.col("low").filter(masked).sum().alias("masked_low"),
        pl.col("high").filter(masked).sum().alias("masked_high"),
    ).row(0)
    return Total(low, high, exact, hidden, hidden_low, hidden_high)


def tiny(observations: pl.LazyFrame, figures: pl.DataFrame) -> list[str]:
    """The states of an answer whose figure rests on fewer than `TINY` inhabitants in its year, by code."""
    people = whole(observations, "population").filter(pl.col("low") < TINY).select("area", "year")
    told = figures.lazy().filter(pl.col("low").is_not_null()).join(people, on=["area", "year"], how="semi")
    return told.select("area").sort("area").collect()["area"].to_list()


def series(observations: pl.LazyFrame, area: str, indicator: str) -> pl.DataFrame:
    """A state's figures of one indicator, one row for each year in which any state reports it; gaps stay gaps."""
    rows = whole(observations, indicator)
    every_year = rows.select(pl.col("year").unique())
    mine = rows.filter(pl.col("area") == area).select(FIGURE)
    joined = every_year.join(mine, on="year", how="left", validate="1:1").sort("year")
    return joined.with_columns(pl.col("status").fill_null(NOT_REPORTED)).collect()


def others(observations: pl.LazyFrame, area: str) -> pl.DataFrame:
    """A state's figures of other counts and of surveys (the SDG database), which share no axis with UNODC's counts."""
    return _others(observations, area).collect()


def others_file(observations: pl.LazyFrame, area: str) -> pl.DataFrame:
    """The same for a file."""
    return as_file(_others(observations, area))


def _others(observations: pl.LazyFrame, area: str) -> pl.LazyFrame:
    rows = observations.filter(pl.col("area") == area, pl.col("source") == SDG)
    return rows.sort("indicator", "year", "form", "sex", "age", descending=[False, True, False, False, False])


def breakdown(observations: pl.LazyFrame, area: str, indicator: str, year: int) -> pl.DataFrame:
    """A state's sub-totals of one year by sex, age and form, as printed: they need not add up to the total."""
    rows = observations.filter(pl.col("indicator") == indicator, pl.col("area") == area, pl.col("year") == year)
    return rows.select("sex", "age", "form", *FIGURE).sort("form", "sex", "age").collect()


def spread(observations: pl.LazyFrame, indicator: str) -> pl.Series:
    """Every exact figure of an indicator, all states and years, ascending: what a scale that never moves is made of."""
    rows = whole(observations, indicator).filter(pl.col("status") == "exact")
    return rows.select(pl.col("high").sort()).collect()["high"]
