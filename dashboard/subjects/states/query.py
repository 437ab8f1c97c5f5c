"""Figures of states and years. Every result distinguishes value, zero, masked and not reported."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from dashboard.charts.look import class_breaks
from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects import figure_rows
from data import counting_units, manifest
from data.subregions import ALL, states_of

NOT_REPORTED = "not_reported"
POPULATION = "population"
MEASURES = ("rate", "count")
REPORTED = ("exact", "masked")
# A year is the default for the region if this share of the states that ever reported did so in it.
ENOUGH = 2 / 3
# Below this population one victim changes a rate by half a unit or more.
TINY = 200_000
FIGURE = ("year", "low", "high", "status", "unit", "source", "release", "locator", "note")
DIMENSIONS = ("sex", "age", "form")
# A total: both sexes, all ages, all forms.
WHOLE = pl.all_horizontal(pl.col(DIMENSIONS) == "total")


@dataclass(frozen=True)
class Total:
    """A regional sum as an interval, in the unit of its figures.

    Attributes:
        low, high: the lowest and the highest sum that the figures allow.
        exact, masked: how many states have an exact figure, and how many a masked one.
        masked_low, masked_high: the sums of the lowest and of the highest values of the masked figures.
        contradicted: whether any of the figures is contradicted by its own parts.
    """

    low: float
    high: float
    exact: int
    masked: int
    masked_low: float
    masked_high: float
    contradicted: bool

    @property
    def reported(self) -> int:
        """How many states report, masked figures included."""
        return self.exact + self.masked


def measured(indicator: str, measure: str) -> str:
    """The id of an indicator's rate or count in `observations`."""
    return f"{indicator}_rate" if measure == "rate" else indicator


def whole(observations: pl.LazyFrame, indicator: str) -> pl.LazyFrame:
    """An indicator's totals: both sexes, all ages, all forms; never sub-totals."""
    return observations.filter(pl.col("indicator") == indicator, WHOLE)


@cached
def members(snap: Tables) -> dict[str, str]:
    """The membership of each state in the OAS, by ISO3 in the order of codes."""
    return dict(snap.table("areas").select("area", "member").sort("area").collect().iter_rows())


@cached
def years(snap: Tables, indicator: str) -> list[int]:
    """The years in which any state reports the indicator, ascending."""
    rows = whole(snap.observations(), indicator)
    return rows.select(pl.col("year").unique().sort()).collect()["year"].to_list()


@cached
def well_reported_year(snap: Tables, indicator: str) -> int | None:
    """The latest year in which two thirds of the states that ever reported the indicator did; None without figures."""
    reported = whole(snap.observations(), indicator).filter(pl.col("status").is_in(REPORTED))
    rows = reported.select("area", "year").collect()
    ever = rows["area"].n_unique()
    enough = rows.group_by("year").agg(pl.col("area").n_unique()).filter(pl.col("area") >= ENOUGH * ever)
    return None if enough.is_empty() else int(enough.select(pl.col("year").max()).item())


@cached
def region(snap: Tables, indicator: str, year: int | None, edition: str = NEWEST, subregion: str = ALL) -> pl.DataFrame:
    """One row for each state, in the order of codes: area, its figure (or `not_reported`), its `inputs` and its mark.

    Args:
        year: the year, or None for the latest figure of each state (each row then has its own year).
        subregion: whose states, one of `data.subregions.SUBREGIONS` or `ALL`.
    """
    rows = _of_region(snap, indicator, year, edition, subregion)
    return rows.select("area", *FIGURE, "inputs", "contradicted").sort("area").collect()


def _of_region(snap: Tables, indicator: str, year: int | None, edition: str, subregion: str) -> pl.LazyFrame:
    rows = whole(snap.observations(edition), indicator)
    newest = pl.col("year").max().over("area")
    chosen = rows.filter(pl.col("year") == (newest if year is None else year))
    states = snap.table("areas").select("area").filter(pl.col("area").is_in(states_of(subregion)))
    joined = states.join(chosen, on="area", how="left", validate="1:1")
    return joined.with_columns(pl.col("status").fill_null(NOT_REPORTED))


@cached
def latest_year(snap: Tables, indicator: str, area: str, edition: str = NEWEST) -> int | None:
    """The year of a state's latest figure, or None if it has none."""
    year = region.of(snap, indicator, None, edition).filter(pl.col("area") == area)["year"].item()
    return None if year is None else int(year)


@cached
def region_file(
    snap: Tables, indicator: str, year: int | None, edition: str = NEWEST, subregion: str = ALL
) -> pl.DataFrame:
    """The rows of `region` for a file; a row without a figure also states its indicator, groups and year."""
    rows = _of_region(snap, indicator, year, edition, subregion).sort("area")
    when = pl.col("year") if year is None else pl.lit(year).cast(pl.Int16)
    what = {name: pl.lit("total") for name in DIMENSIONS}
    return as_file(rows.with_columns(indicator=pl.lit(indicator), year=when, **what))


@cached
def state_file(snap: Tables, area: str, edition: str = NEWEST) -> pl.DataFrame:
    """All observations of a state, for a file: all indicators, years, sexes, ages and forms."""
    rows = snap.observations(edition).filter(pl.col("area") == area)
    return as_file(rows.sort("indicator", "year", *DIMENSIONS))


def as_file(rows: pl.LazyFrame) -> pl.DataFrame:
    """Rows of observations as `figure_rows.COLUMNS`; the cells from which a figure was computed become texts."""
    cell = pl.concat_str(pl.element().struct.unnest(), separator=" ")
    completed = figure_rows.completed(rows, counting_units.counting_units())
    return completed.with_columns(pl.col("inputs").list.eval(cell))


def total(figures: pl.DataFrame) -> Total:
    """The sum of the figures of one indicator and year over the reporting states."""
    masked = pl.col("status") == "masked"
    sums = figures.select(
        pl.col("low").sum(),
        pl.col("high").sum(),
        (pl.col("status") == "exact").sum().alias("exact"),
        masked.sum().alias("masked"),
        pl.col("low").filter(masked).sum().alias("masked_low"),
        pl.col("high").filter(masked).sum().alias("masked_high"),
        pl.col("contradicted").any(),
    )
    return Total(**sums.row(0, named=True))


@cached
def small(snap: Tables, edition: str = NEWEST) -> pl.DataFrame:
    """The states and years with fewer than `TINY` inhabitants: area, year."""
    people = whole(snap.observations(edition), POPULATION)
    return people.filter(pl.col("low") < TINY).select("area", "year").collect()


def tiny(figures: pl.DataFrame, small: pl.DataFrame) -> list[str]:
    """The states whose figures are of a year with fewer than `TINY` inhabitants, by code.

    Args:
        small: the result of `small`.
    """
    result = figures.filter(pl.col("low").is_not_null()).join(small, on=["area", "year"], how="semi")
    return result["area"].sort().to_list()


@cached
def series(snap: Tables, area: str, indicator: str, edition: str = NEWEST) -> pl.DataFrame:
    """A state's figures of an indicator, one row for each year with any state's report; `not_reported` for gaps."""
    rows = whole(snap.observations(edition), indicator)
    every_year = rows.select(pl.col("year").unique())
    mine = rows.filter(pl.col("area") == area).select(*FIGURE, "contradicted")
    joined = every_year.join(mine, on="year", how="left", validate="1:1").sort("year")
    return joined.with_columns(pl.col("status").fill_null(NOT_REPORTED)).collect()


@cached
def state(snap: Tables, area: str, edition: str = NEWEST) -> dict[str, pl.DataFrame]:
    """The `series` of a state, by indicator."""
    return {code: series.of(snap, area, code, edition) for code in manifest.counts()}


def in_time(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """A state's figures by indicator, the latest year first."""
    rows = [
        frame.sort("year", descending=True).select(pl.lit(code).alias("indicator"), pl.all())
        for code, frame in frames.items()
    ]
    return pl.concat(rows, how="vertical_relaxed")


@cached
def contradicted(snap: Tables, edition: str = NEWEST) -> pl.DataFrame:
    """The totals, counts and rates, that their own parts contradict: indicator, area, year."""
    rows = snap.observations(edition).filter("contradicted", WHOLE).select("indicator", "area", "year")
    return rows.sort("area", "year").collect()


@cached
def state_rows(snap: Tables, area: str, edition: str = NEWEST) -> pl.DataFrame:
    """A state's figures by indicator, the latest year first."""
    return in_time(state.of(snap, area, edition))


@cached
def others(snap: Tables, area: str) -> pl.DataFrame:
    """A state's figures that share no axis with the counts of authorities: other counts and surveys."""
    return _others(snap, area).collect()


@cached
def other_sources(snap: Tables) -> tuple[str, ...]:
    """The sources of `others`, by id."""
    return tuple(snap.observations().filter(_other()).select(pl.col("source").unique().sort()).collect()["source"])


def _other() -> pl.Expr:
    """Whether a figure is printed, and neither a count of authorities, of a state's own register, nor a population."""
    return ~pl.col("derived") & ~pl.col("indicator").is_in((*manifest.counts(), *manifest.registers(), POPULATION))


@cached
def others_file(snap: Tables, area: str) -> pl.DataFrame:
    """The rows of `others` for a file."""
    return as_file(_others(snap, area))


def _others(snap: Tables, area: str) -> pl.LazyFrame:
    rows = snap.observations().filter(pl.col("area") == area, _other())
    return rows.sort("indicator", "year", "form", "sex", "age", descending=[False, True, False, False, False])


def spread(observations: pl.LazyFrame, indicator: str) -> pl.Series:
    """Every exact figure of an indicator, all states and years, ascending."""
    rows = whole(observations, indicator).filter(pl.col("status") == "exact")
    return rows.select(pl.col("high").sort()).collect()["high"]


@cached
def breaks(snap: Tables, indicator: str) -> tuple[float, ...]:
    """The class limits of a rate, the same for every year."""
    return tuple(class_breaks(spread(snap.observations(), indicator)))


@cached
def largest(snap: Tables, indicator: str) -> float:
    """The figure of the largest circle, the same for every year; 1 without figures."""
    figures = spread(snap.observations(), indicator)
    return float(figures[-1]) if figures.len() else 1.0
