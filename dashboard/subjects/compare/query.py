"""Two states, or a state and the region, on one indicator over the years: both figures, and by how much they differ.

The region's figure is the median of the states that report: of the least and of the most that each can be, so that it
is as wide as its inputs allow. States that count something else have no difference, are in no median beside each other,
and have no rates side by side. Surveys have neither difference nor median.
"""

from dataclasses import dataclass

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.explore.query import SURVEYED, Selection
from dashboard.subjects.states.query import COUNTS, DIMENSIONS, NOT_REPORTED, measured, whole
from data import declared
from data.counting import counting_units

# What tells the groups of a survey apart.
GROUP = ("sex", "age")
REGION = "region"
# A rate beside that of a state which counts something else; the figure of a median that is no single value.
APART, INTERVAL = "not_compared", "interval"
# A median of fewer states would be taken for the region's figure, and is one of theirs.
FEWEST = 3
CELL = ("area", "year")
CITED = ("source", "release", "locator")
ENDS = ("low", "high", "status")
OTHER = ("other_low", "other_high", "other_status")
# One indicator and year a row: two figures, how many states a median rests on and how many of another counting unit
# it leaves out, the first figure less the second, and all cells that these rest on.
COMPARED: dict[str, pl.DataType] = {
    **{"indicator": pl.String(), "year": pl.Int16(), "unit": pl.String()},
    **{"area": pl.String(), "low": pl.Float64(), "high": pl.Float64(), "status": pl.String()},
    **{"other": pl.String(), "other_low": pl.Float64(), "other_high": pl.Float64(), "other_status": pl.String()},
    **{"reporting": pl.Int32(), "left_out": pl.Int32()},
    **{"difference_low": pl.Float64(), "difference_high": pl.Float64()},
    **dict.fromkeys(("sources", "releases", "locators"), pl.List(pl.String())),
}


@dataclass(frozen=True)
class Pair:
    """What is compared: an indicator of one state (ISO3) with that of another state, or of the region."""

    indicator: str
    one: str
    other: str = REGION

    @property
    def states(self) -> tuple[str, ...]:
        """The states that are named."""
        return (self.one,) if self.other == REGION else (self.one, self.other)


@cached
def indicators(snap: Tables) -> tuple[str, ...]:
    """The indicators with a figure for everyone, as publishers print them: the counts of authorities first."""
    everyone = pl.all_horizontal(pl.col(DIMENSIONS) == "total")
    rows = snap.observations().filter(~pl.col("derived"), everyone).select(pl.col("indicator").unique()).collect()
    return declared.in_order(rows["indicator"])


@cached
def surveys(snap: Tables) -> tuple[str, ...]:
    """The surveys with a figure: they asked other ages in other years, so that they only stand side by side."""
    asked = snap.observations().filter(pl.col("unit") == SURVEYED)
    return declared.in_order(asked.select(pl.col("indicator").unique()).collect()["indicator"])


@cached
def survey(snap: Tables, wanted: Pair, edition: str = NEWEST) -> Selection:
    """The rows of a survey that stand side by side: of both states, or of every state, of all its years."""
    mine = snap.observations(edition).filter(pl.col("indicator") == wanted.indicator)
    years = mine.select("year").collect()["year"]
    first, last = (int(year) for year in (years.min(), years.max()))  # type: ignore[arg-type]
    return Selection((wanted.indicator,), wanted.states if wanted.other != REGION else (), first, last)


def measures(indicator: str) -> tuple[str, ...]:
    """The indicator and, where one is derived of it, its rate."""
    return (indicator, measured(indicator, "rate")) if indicator in COUNTS else (indicator,)


@cached
def rows(snap: Tables, wanted: Pair, edition: str = NEWEST) -> pl.DataFrame:
    """Both figures of every year (`beside`), by the reviewed list of counting units."""
    return beside(snap.observations(edition), counting_units(), wanted)


def beside(observations: pl.LazyFrame, units: pl.DataFrame, wanted: Pair) -> pl.DataFrame:
    """Both figures of every year from the first to the last in which any state reports: `COMPARED`.

    Args:
        units: whom or what states count (`data.counting.CountingUnits`).

    Returns:
        first the counts, then the rates, each by year. A median that is no single value is an `interval`. Where the
        counting units of two states differ there is no difference, and their rates, `not_compared`, have no figures.
    """
    held = [whole(observations, code) for code in measures(wanted.indicator)]
    every = [frame for frame in pl.collect_all(held) if frame.height]
    found = [_measure(frame, differing(units, wanted, frame), wanted) for frame in every]
    return pl.concat([pl.DataFrame(schema=COMPARED), *found])


def differing(units: pl.DataFrame, wanted: Pair, held: pl.DataFrame) -> pl.DataFrame:
    """The states and years (`CELL`) of usable figures whose counting unit is not that of the first state."""
    usual = "offences" if wanted.indicator == "offences" else "persons"
    years = pl.int_ranges("year_from", pl.col("year_to") + 1, dtype=pl.Int16).alias("year")
    mine = units.filter(pl.col("indicator") == wanted.indicator)
    known = mine.select("area", years, "unit").explode("year", empty_as_null=False)
    own = known.filter(pl.col("area") == wanted.one).select("year", own="unit")
    result = (
        held.filter(pl.col("low").is_not_null())
        .select(CELL)
        .join(known, on=CELL, how="left", validate="m:1")
        .join(own, on="year", how="left", validate="m:1")
    )
    return result.filter(pl.col("unit").fill_null(usual) != pl.col("own").fill_null(usual)).select(CELL)


def _measure(held: pl.DataFrame, differing: pl.DataFrame, wanted: Pair) -> pl.DataFrame:
    """The rows of the counts, or of the rates."""
    years = held.select(year=pl.int_range(pl.col("year").min(), pl.col("year").max() + 1, dtype=pl.Int16))
    mine, theirs = held.filter(pl.col("area") == wanted.one), held.filter(pl.col("area") == wanted.other)
    kept = held.filter(pl.col("low").is_not_null()).join(differing, on=CELL, how="anti")
    region = wanted.other == REGION
    beside = median(kept, differing) if region else theirs.select("year", *_named(OTHER), **_unsaid())
    apart = differing.filter(pl.col("area") == wanted.other).select("year", apart=True)
    rests = _cells(pl.concat([mine, kept if region else theirs]))
    joined = years
    for part in (mine.select("year", *ENDS), beside, apart, rests):
        joined = joined.join(part, on="year", how="left", validate="1:1", maintain_order="left")
    what = {"indicator": pl.lit(held["indicator"][0]), "unit": pl.lit(held["unit"][0])}
    result = joined.with_columns(**what, area=pl.lit(wanted.one), other=pl.lit(wanted.other))
    return _compared(result, rates=held["derived"][0]).select(*COMPARED)


def median(held: pl.DataFrame, differing: pl.DataFrame) -> pl.DataFrame:
    """The median of each year of usable figures: year, `OTHER`, reporting, left_out."""
    ends = {"other_low": pl.col("low").median(), "other_high": pl.col("high").median()}
    result = held.group_by("year").agg(**ends, reporting=pl.len().cast(pl.Int32))
    left = differing.group_by("year").agg(left_out=pl.len().cast(pl.Int32))
    joined = result.join(left, on="year", how="full", coalesce=True, validate="1:1")
    point = pl.when(pl.col("other_low") == pl.col("other_high")).then(pl.lit("exact"))
    status = point.when(pl.col("other_low").is_not_null()).then(pl.lit(INTERVAL))
    return joined.select("year", *OTHER[:2], status.alias(OTHER[2]), pl.col("reporting", "left_out").fill_null(0))


def _named(names: tuple[str, ...]) -> list[pl.Expr]:
    return [pl.col(end).alias(name) for end, name in zip(ENDS, names, strict=True)]


def _unsaid() -> dict[str, pl.Expr]:
    """A state's figure is no median."""
    return dict.fromkeys(("reporting", "left_out"), pl.lit(None, dtype=pl.Int32))


def _cells(rows: pl.DataFrame) -> pl.DataFrame:
    """The cells that the figures of each year rest on; a derived one rests on those of its inputs."""
    own = pl.concat_list(pl.struct(CITED))
    cells = rows.unique(CELL).select("year", pl.when("derived").then("inputs").otherwise(own).alias("cell"))
    each = cells.explode("cell", empty_as_null=False).unnest("cell")
    return each.group_by("year").agg(pl.col(name).unique().sort().alias(f"{name}s") for name in CITED)


def _compared(joined: pl.DataFrame, *, rates: bool) -> pl.DataFrame:
    """With a word for what has no figure, and with the differences that the two intervals allow."""
    both = pl.all_horizontal(pl.col("low", "other_low").is_not_null())
    apart = pl.col("apart").fill_null(value=False) & both
    low, high = pl.col("low") - pl.col("other_high"), pl.col("high") - pl.col("other_low")
    less = {"difference_low": pl.when(~apart).then(low), "difference_high": pl.when(~apart).then(high)}
    hidden = apart & rates
    states = {name: pl.when(hidden).then(pl.lit(APART)).otherwise(name) for name in ("status", "other_status")}
    result = {name: state.fill_null(NOT_REPORTED) for name, state in states.items()}
    result |= {name: pl.when(~hidden).then(pl.col(name)) for name in ("low", "high", "other_low", "other_high")}
    cells = pl.col("sources", "releases", "locators").fill_null([])
    return joined.with_columns(cells, **less).with_columns(**result)


def sides(compared: pl.DataFrame) -> pl.DataFrame:
    """The figures one under another, the first state's before the other's; `reporting` is that of a median alone."""
    none = pl.lit(None, dtype=pl.Int32)
    parts = [("area", *ENDS, none), ("other", *OTHER, pl.col("reporting"))]
    each = [
        compared.select("indicator", "year", "unit", area=area, low=low, high=high, status=status, reporting=reporting)
        for area, low, high, status, reporting in parts
    ]
    return pl.concat(each)


def drawn(compared: pl.DataFrame, states: int) -> pl.DataFrame:
    """The rows of `sides` for a figure: a panel for counts and one for rates.

    Returns:
        those and panel, sex, age, form, and `states`: how many there are in all. What is not compared is not drawn,
        nor a median of hardly any state.
    """
    codes = list(compared["indicator"].unique(maintain_order=True))
    panel = pl.col("indicator").replace_strict({code: at for at, code in enumerate(codes)}, return_dtype=pl.Int32)
    what = {name: pl.lit("total") for name in DIMENSIONS} | {"states": pl.lit(states, dtype=pl.Int32)}
    few = pl.col("reporting").is_between(1, FEWEST - 1).fill_null(value=False)
    return sides(compared).filter(pl.col("status") != APART, ~few).with_columns(panel=panel, **what)
