"""Observations by indicator, state, year, sex, age and form: rows as published, and rows prepared for figures."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, areas, cached
from dashboard.subjects import derived
from dashboard.subjects.derived import ADDED, shown_status, states, with_derived
from dashboard.subjects.states.query import DIMENSIONS, NOT_REPORTED, REPORTED, as_file
from data import manifest
from data.ratios import ratios

KEY = ("indicator", "area", "year", *DIMENSIONS)
SERIES = ("indicator", "area", *DIMENSIONS)
# The columns of `drawn`.
DRAWN = ("panel", *KEY, "low", "high", "status", "unit", "note", "contradicted")
# The unit of survey estimates.
SURVEYED = "percent"
# Six series for each of the 35 states. A figure with more is unreadable and takes seconds.
MOST_SERIES = 210
# A total beside the sum of its parts: the key of the total, the dimension, the groups of the parts, then the total, the
# sum and the difference (total minus sum), all as intervals.
UNSUMMED = (*KEY, "by", "parts", "low", "high", "parts_low", "parts_high", "more_low", "more_high")


@dataclass(frozen=True)
class Selection:
    """A selection of observations.

    Attributes:
        indicators: ids; empty gives no rows.
        areas: ISO3 of the states, and groups of states (`dashboard.subjects.derived`); empty for all states.
        first, last: years, both included.
        sexes, ages, forms: groups; empty for all. `total` is an indicator's total, or every group of an
            indicator without a total in any row (a survey of women, of one age band).
    """

    indicators: tuple[str, ...]
    areas: tuple[str, ...] = ()
    first: int = 1900
    last: int = 2100
    sexes: tuple[str, ...] = ("total",)
    ages: tuple[str, ...] = ("total",)
    forms: tuple[str, ...] = ("total",)

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The selected groups, by dimension."""
        return dict(zip(DIMENSIONS, (self.sexes, self.ages, self.forms), strict=True))

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year."""
        return self.first, self.last


# The change that removes each filter of a selection.
RELAXED: dict[str, dict[str, Any]] = {
    "areas": {"areas": ()},
    "years": {"first": 1900, "last": 2100},
    "sexes": {"sexes": ()},
    "ages": {"ages": ()},
    "forms": {"forms": ()},
}


@cached
def indicators(snap: Tables) -> tuple[str, ...]:
    """Every indicator that has a row, in the order declared by the sources, then the ratios and shares of these."""
    published = manifest.in_order(snap.observations().select(pl.col("indicator").unique()).collect()["indicator"])
    return (*published, *(code for code, one in ratios().items() if {one.indicator, one.of} <= set(published)))


@cached
def groups(snap: Tables, dimension: str) -> set[str]:
    """Every group of a dimension that has a row."""
    return set(snap.observations().select(pl.col(dimension).unique()).collect()[dimension])


@cached
def rows(snap: Tables, selection: Selection, edition: str = NEWEST) -> pl.DataFrame:
    """The selected rows, as published: the columns `figure_rows.COLUMNS`, in the order of `KEY`."""
    return as_file(_selected(snap.observations(edition), selection).sort("indicator", "area", "year", *DIMENSIONS))


def _selected(observations: pl.LazyFrame, selection: Selection) -> pl.LazyFrame:
    mine = with_derived(observations, selection.indicators, selection.areas).filter(
        pl.col("indicator").is_in(selection.indicators)
    )
    in_groups = [_group(name, codes) for name, codes in selection.groups.items() if codes]
    areas = [pl.col("area").is_in(selection.areas)] if selection.areas else []
    return mine.filter(*in_groups, *areas, pl.col("year").is_between(selection.first, selection.last))


def _group(name: str, codes: Iterable[str]) -> pl.Expr:
    """Whether a row is of one of the groups; `total` matches every group of an indicator without a total."""
    chosen = pl.col(name).is_in(list(codes))
    return chosen | ~(pl.col(name) == "total").any().over("indicator") if "total" in codes else chosen


@cached
def joined(snap: Tables, selection: Selection, edition: str = NEWEST) -> pl.DataFrame:
    """The selected rows with the figures of all indicators side by side (`dashboard.subjects.derived.joined`)."""
    return derived.joined(rows.of(snap, selection, edition), selection.indicators)


@cached
def emptied(snap: Tables, selection: Selection, edition: str = NEWEST) -> dict[str, int]:
    """Why a selection is empty: each filter whose removal alone would give rows, with how many."""
    found = {name: replace(selection, **change) for name, change in RELAXED.items()}
    observations = snap.observations(edition)
    counted = pl.collect_all([_selected(observations, other).select(pl.len()) for other in found.values()])
    return {name: rows.item() for name, rows in zip(found, counted, strict=True) if rows.item()}


@cached
def shared_years(snap: Tables, indicator: str, edition: str = NEWEST) -> tuple[int, int, int] | None:
    """The two years that most states reported, both of them; None with fewer than two years.

    Returns:
        the first year, the last, and how many states reported both. Of several such pairs the years furthest apart,
        then the latest.
    """
    found = rows.of(snap, Selection((indicator,)), edition).filter(pl.col("status").is_in(REPORTED))
    states = {year: set(of["area"]) for (year,), of in found.group_by("year")}
    pairs = [(len(states[first] & states[last]), last - first, last) for first, last in combinations(sorted(states), 2)]
    if not pairs:
        return None
    shared, apart, last = max(pairs)
    return last - apart, last, shared


def others(selection: Selection, areas: Iterable[str]) -> Selection | None:
    """The selection of all states that a selection of states leaves out; None if it leaves out none, or has a sum."""
    rest = tuple(area for area in areas if area not in selection.areas)
    summed = any(map(states, selection.areas))
    return replace(selection, areas=rest) if selection.areas and rest and not summed else None


def axis(indicator: str) -> tuple[str, str]:
    """The kind of evidence and the unit of an indicator, which figures on one axis must share.

    An indicator that is neither a count of authorities nor a survey has its own axis.
    """
    if one := ratios().get(indicator):
        return f"{one.unit} of counts", one.unit
    counted, known = indicator.removesuffix("_rate"), manifest.indicators()
    if counted in manifest.counts():
        unit = known[counted].unit
        # A rate of offences counts something else than a rate of persons.
        return ("counted", unit) if counted == indicator else (f"rates of {unit}", "per_100000_population")
    unit = known[indicator].unit if indicator in known else "persons"
    return ("surveyed" if unit == SURVEYED else indicator), unit


def panels(indicators: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Indicators grouped by axis (unit and kind of evidence), in the given order."""
    by_axis: dict[tuple[str, str], list[str]] = {}
    for code in indicators:
        by_axis.setdefault(axis(code), []).append(code)
    return tuple(map(tuple, by_axis.values()))


def drawn(rows: pl.DataFrame, selection: Selection, every_area: Iterable[str]) -> pl.DataFrame:
    """The rows for figures: `DRAWN`, one for each series that has any row and each year of the span.

    A ratio or sum of masked figures is an `interval`, a wider mask than "<5" a `range`. A year without a row is
    `not_reported`. A state without any row in a panel has such years in the panel's first series, so that every
    selected state appears.

    Args:
        rows: the result of `rows`.
        every_area: all states.
    """
    areas = pl.DataFrame({"area": list(selection.areas or every_area)}, schema={"area": pl.String})
    every = [_series(rows, number, together, areas) for number, together in enumerate(panels(selection.indicators))]
    found = pl.concat([pl.DataFrame(schema=_SERIES), *every])
    years = pl.DataFrame({"year": pl.int_range(selection.first, selection.last + 1, dtype=pl.Int16, eager=True)})
    mark = pl.col("contradicted") & pl.col("low").is_not_null()
    figures = rows.select(*KEY, "low", "high", "note", shown_status(), contradicted=mark)
    result = found.join(years, how="cross").join(figures, on=KEY, how="left", validate="1:1", maintain_order="left")
    return result.with_columns(pl.col("status").fill_null(NOT_REPORTED)).select(DRAWN)


def few(drawn: pl.DataFrame, most: int = MOST_SERIES) -> tuple[pl.DataFrame, int]:
    """As many of the rows as a figure can show, and how many series of each state it leaves out."""
    what = ["indicator", *DIMENSIONS]
    every = drawn.group_by(what, maintain_order=True).agg(pl.col("area").n_unique().alias("states"))
    within = every.filter((pl.col("states").cum_sum() <= most) | (pl.int_range(pl.len()) == 0))
    return drawn.join(within, on=what, how="semi", maintain_order="left"), every.height - within.height


@cached
def figure_rows(snap: Tables, selection: Selection, edition: str = NEWEST) -> tuple[pl.DataFrame, int]:
    """The rows that a figure of a selection shows, and how many series of each state it leaves out (`few`).

    An empty selection has no rows: it does not mean that no state reports.
    """
    found = rows.of(snap, selection, edition)
    shown, hidden = few(drawn(found, selection, areas.of(snap)))
    return (shown.clear() if found.is_empty() else shown), hidden


_SERIES = {"panel": pl.Int32, **dict.fromkeys(SERIES, pl.String), "unit": pl.String}


def _series(rows: pl.DataFrame, number: int, together: tuple[str, ...], areas: pl.DataFrame) -> pl.DataFrame:
    """The series of a panel, indicators in the given order, and one for each state that has none."""
    mine = pl.concat(
        [rows.filter(pl.col("indicator") == code).select(SERIES).unique().sort(SERIES) for code in together]
    )
    whole = pl.DataFrame({"indicator": together[:1]}).with_columns(pl.lit("total").alias(name) for name in DIMENSIONS)
    first = pl.concat([mine.select("indicator", *DIMENSIONS), whole]).head(1)
    silent = areas.join(mine, on="area", how="anti").join(first, how="cross").select(SERIES)
    result = {"panel": pl.lit(number, dtype=pl.Int32), "unit": pl.lit(axis(together[0])[1])}
    return pl.concat([mine, silent]).with_columns(**result).select(list(_SERIES))


@cached
def summed(snap: Tables, edition: str = NEWEST) -> pl.DataFrame:
    """Every total beside the sum of its parts: `UNSUMMED`, in no order.

    Totals and parts without a usable figure are left out.
    """
    printed = snap.observations(edition).filter(pl.col("unit").is_in(ADDED), ~pl.col("derived"))
    added = printed.select(*KEY, "low", "high").collect()
    return pl.concat(_compared(added, name) for name in DIMENSIONS)


def _compared(rows: pl.DataFrame, by: str) -> pl.DataFrame:
    """The totals of one dimension beside the sums of their parts."""
    group, whole = _parted(rows, by), _but(by)
    usable = pl.col("low").is_not_null().all() & (pl.col(by) != "unknown").any()
    parts = (
        group.filter(pl.col(by) != "total")
        .group_by(whole)
        .agg(
            pl.col(by).sort().alias("parts"),
            pl.col("low").sum().alias("parts_low"),
            pl.col("high").sum().alias("parts_high"),
            usable.alias("usable"),
        )
    )
    totals = group.filter(pl.col(by) == "total", pl.col("low").is_not_null())
    result = totals.join(parts.filter("usable"), on=whole, how="inner", validate="1:1")
    more = {"more_low": pl.col("low") - pl.col("parts_high"), "more_high": pl.col("high") - pl.col("parts_low")}
    return result.with_columns(by=pl.lit(by), **more).select(UNSUMMED)


def about(compared: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of `summed` whose total or one of whose parts is among the rows of a view; in no order."""
    shown = rows.select(KEY)
    concerned = (compared.filter(by=name).join(_parted(shown, name), on=_but(name), how="semi") for name in DIMENSIONS)
    return pl.concat(concerned)


@cached
def sums(snap: Tables, selection: Selection, edition: str = NEWEST) -> pl.DataFrame:
    """The totals of a view beside the sums of their parts, in no order."""
    return about(summed.of(snap, edition), rows.of(snap, selection, edition))


def unsummed(compared: pl.DataFrame) -> pl.DataFrame:
    """The totals that their parts cannot add up to, whatever the masked values are, in the order of `KEY`."""
    return compared.filter((pl.col("more_low") > 0) | (pl.col("more_high") < 0)).sort(*KEY, "by")


def unsummed_file(unsummed: pl.DataFrame, observations: pl.LazyFrame) -> pl.DataFrame:
    """The rows of `unsummed` for a file, each with the cell of its total."""
    cells = observations.filter(pl.col("low").is_not_null()).select(*KEY, "source", "release", "locator").collect()
    return unsummed.join(cells, on=KEY, how="left", validate="m:1", maintain_order="left")


def _but(by: str) -> list[str]:
    """The key columns that a total shares with its parts."""
    return [name for name in KEY if name != by]


def _parted(rows: pl.DataFrame, by: str) -> pl.DataFrame:
    """The rows, with persons of unknown sex and age also as a part of all ages, or of both sexes."""
    if by == "form":
        return rows
    other = "age" if by == "sex" else "sex"
    unknown = rows.filter(sex="unknown", age="unknown").with_columns(pl.lit("total").alias(other))
    return pl.concat([rows, unknown]) if unknown.height else rows
