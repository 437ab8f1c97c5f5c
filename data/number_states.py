"""The state of a number as a word: whether a row has a figure, a true zero, a masked figure, a range, or none."""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

STATES = ("exact", "zero", "fewer_than_n", "range", "no_figure", "no_usable_figure")
# The statuses of figures that were published and cannot be used, and of those that may be masked.
UNUSABLE = ("conflicting", "suspect")
PRINTED = ("masked", "questioned")
# The units of figures that are computed or surveyed: an interval of these is no masked count.
COMPUTED = ("percent", "per_100000_population", "ratio")


class FigureColumns(NamedTuple):
    """The columns of one of the figures of a row; `status` is empty if it has none."""

    low: str
    high: str
    status: str
    state: str


# Rows of `flow_coverage` have the total of a state. Their `listed` has no state: 0 there means that nothing is listed,
# which is no zero.
TOTAL = FigureColumns("total_low", "total_high", "", "state")


def with_states(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows with the state of their figure in a last column `state`, one of `STATES`.

    A row with two figures, such as `low_from` and `low_to`, has one for each (`state_from`). Rows without a figure are
    unchanged. A masked figure is as its publisher prints it: its lowest value is 0 or 1; other intervals are ranges.
    """
    names = rows.collect_schema().names()
    figures = list(_figures(names))
    return rows.select(pl.exclude([one.state for one in figures]), *(_state(one, names) for one in figures))


def columns(names: list[str]) -> list[str]:
    """The columns that `with_states` adds to rows with some columns."""
    return [one.state for one in _figures(names)]


def _figures(names: list[str]) -> Iterator[FigureColumns]:
    for name in names:
        figure = FigureColumns(name, *(name.replace("low", part) for part in ("high", "status", "state")))
        # Rows of coverage name the status of a figure by its kind.
        status = next((one for one in (figure.status, "kind") if one in names and (one != "kind" or name == "low")), "")
        if figure.high != name and figure.high in names and (status or name.startswith("low")):
            yield figure._replace(status=status)
    if {TOTAL.low, TOTAL.high} <= set(names):
        yield TOTAL


def _state(figure: FigureColumns, names: list[str]) -> pl.Expr:
    low, high = pl.col(figure.low), pl.col(figure.high)
    status = pl.col(figure.status) if figure.status else pl.lit(None, dtype=pl.String)
    printed = status.is_in(PRINTED).fill_null(value=True) & ~_computed(figure, names)
    return (
        pl.when(low.is_null())
        .then(pl.when(status.is_in(UNUSABLE)).then(pl.lit("no_usable_figure")).otherwise(pl.lit("no_figure")))
        .when(low < high)
        .then(pl.when(printed & (low <= 1)).then(pl.lit("fewer_than_n")).otherwise(pl.lit("range")))
        .when(high == 0)
        .then(pl.lit("zero"))
        .otherwise(pl.lit("exact"))
        .alias(figure.state)
    )


def _computed(figure: FigureColumns, names: list[str]) -> pl.Expr:
    """Whether a figure is a sum, a rate or a share; of several in one row each has its columns (`x_low`, `x_unit`)."""
    derived, unit = (figure.low.replace("low", name) for name in ("derived", "unit"))
    tests = {
        derived: pl.col(derived),
        unit: pl.col(unit).is_in(COMPUTED),
        "records": pl.col("records") > 1,
    }
    found = [test.fill_null(value=False) for name, test in tests.items() if name in names]
    return pl.any_horizontal(pl.lit(value=False), *found)
