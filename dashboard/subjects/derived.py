"""Figures computed from others where they are asked for: ratios, shares, and sums of states, as rows of observations.

A group of states is an area of its own: a code of the United Nations' M49 (`013`), or the codes of its states joined by
hyphens (`CRI-PAN`). Each row names the cells of its inputs. A row without a figure says in `note` why it has none,
and the row of a group how many of its states report.
"""

import re
from collections.abc import Collection, Iterable
from functools import reduce

import polars as pl

from data.intervals import MASKED_BELOW, quotient
from data.ratios import Ratio, ratios
from data.subregions import CODES, states_of

# The units in which the figures of states are added up.
ADDED = ("persons", "offences")
GROUP = r"\d{3}|[A-Z]{3}(?:-[A-Z]{3})+"
# Why a ratio, share or sum is not given: a code of `dashboard.words.vocabulary.REASON`.
MISSING = "input_missing"
CONTRADICTED = "input_contradicted"
UNITS = "units_differ"
ZERO = "denominator_may_be_zero"
# In the row of a group, before how many of its states report.
REPORTING = "states_that_report"
GROUPED = ("year", "sex", "age", "form")
COUNTED = ("unit", "counting_unit")
# The units of counts.
COUNTS = ("persons", "offences")
ENDS = ("low", "high", "low_of", "high_of")
ORIGIN = ("year_basis", "source", "release", "locator")
WHOLE = 100.0
# Of rows side by side: what they share, and what each indicator has of its own, as `<indicator>_low`.
SHARED = ("area", "area_name", *GROUPED)
OWN = ("low", "high", "status", "unit", "derived", "contradicted", "note", "source", "release", "locator")


def states(area: str) -> tuple[str, ...]:
    """The states of a group; none of an area that is not a group, such as one that names a state twice."""
    if area in CODES:
        return states_of(CODES[area])
    named = tuple(area.split("-")) if re.fullmatch(GROUP, area) else ()
    return named if 1 < len(named) == len({*named}) else ()


def is_computed(indicator: str, area: str) -> bool:
    """Whether a figure is computed on request: a ratio, a share, or the sum of a group."""
    return indicator in ratios() or bool(states(area))


def is_ranged() -> pl.Expr:
    """Whether a row is computed here, so that its interval is that of several figures and no "<5" as in a rate."""
    return pl.col("derived") & (pl.col("unit") != "per_100000_population")


def shown_status() -> pl.Expr:
    """The status of a row as figures and tables show it: of several figures `interval`, of a wide mask `range`."""
    masked = pl.col("status") == "masked"
    wide = masked & pl.col("unit").is_in(COUNTS) & (pl.col("high") >= MASKED_BELOW)
    shown = pl.when(is_ranged() & masked).then(pl.lit("interval")).when(wide).then(pl.lit("range"))
    return shown.otherwise("status").alias("status")


def with_derived(observations: pl.LazyFrame, indicators: Collection[str], areas: Iterable[str] = ()) -> pl.LazyFrame:
    """Observations, with the ratios, shares and sums of groups that some indicators and areas ask for, in no order.

    Args:
        observations: the figures of one release (`data.contract.Observations`).
    """
    computed = [one for code, one in ratios().items() if code in indicators]
    groups = [area for area in areas if states(area)]
    if not (computed or groups):
        return observations
    pairs = [_pairs(observations, one) for one in computed]
    counts = observations.filter(pl.col("unit").is_in(ADDED), ~pl.col("derived"))
    found = [observations, *map(_divided, pairs, computed)]
    for group in groups:
        found.append(_summed(counts, group))
        found += [_divided(_together(rows, group), one) for rows, one in zip(pairs, computed, strict=True)]
    return pl.concat(found, how="diagonal_relaxed")


def joined(rows: pl.DataFrame, indicators: Iterable[str]) -> pl.DataFrame:
    """The figures of several indicators on one row for each area, year and group: `SHARED`, then `OWN` of each.

    Args:
        rows: with the columns of `dashboard.subjects.figure_rows`; indicators: in the order of the columns.
    """
    each = (
        rows.filter(indicator=code).select(*SHARED, *(pl.col(name).alias(f"{code}_{name}") for name in OWN))
        for code in indicators
    )
    on, nothing = list(SHARED), rows.clear().select(*SHARED)
    beside = reduce(lambda one, other: one.join(other, on=on, how="full", coalesce=True, validate="1:1"), each, nothing)
    return beside.sort(on)


def _summed(counts: pl.LazyFrame, group: str) -> pl.LazyFrame:
    """The sum of a group over the states with a usable figure; none if they count in different units."""
    usable = counts.filter(pl.col("low").is_not_null(), pl.col("area").is_in(states(group)))
    sums = usable.group_by("indicator", *GROUPED).agg(
        pl.col("low", "high").sum(),
        pl.col("area").n_unique().alias("reporting"),
        pl.any_horizontal(pl.col(COUNTED).n_unique() > 1).alias("apart"),
        pl.col(*ORIGIN, *COUNTED).max(),
        pl.col("contradicted").any(),
        _cell().alias("inputs"),
    )
    known, added = pl.col("low") == pl.col("high"), ~pl.col("apart")
    return sums.with_columns(
        area=pl.lit(group),
        derived=pl.lit(value=True),
        low=pl.when(added).then("low"),
        high=pl.when(added).then("high"),
        status=_status(known, added),
        note=pl.when(added).then(_of_states("reporting", group)).otherwise(pl.lit(UNITS)),
    ).drop("reporting", "apart")


def _pairs(observations: pl.LazyFrame, one: Ratio) -> pl.LazyFrame:
    """The two figures of a ratio side by side (`ENDS`), and in `why` the reason for which they give none."""
    part, whole = (_side(observations, code) for code in (one.indicator, one.of))
    if one.is_share:
        whole = whole.filter(**dict.fromkeys(one.group, "total"))
        part = part.filter(**one.group).with_columns(pl.lit("total").alias(name) for name in one.group)
    on = ("area", *GROUPED)
    both = part.join(whole, on=on, how="full", coalesce=True, validate="1:1", suffix="_of")
    apart = [pl.col(name).ne_missing(pl.col(f"{name}_of")) for name in COUNTED]
    above = pl.lit(one.is_share) & (pl.col("low") > pl.col("high_of"))
    return both.select(
        *on,
        *ENDS,
        *(pl.coalesce(name, f"{name}_of") for name in (*ORIGIN, "counting_unit")),
        inputs=pl.concat_list(pl.col("inputs", "inputs_of").fill_null([])),
        note=pl.lit(None, dtype=pl.String),
        why=pl.when(pl.any_horizontal(pl.col(ENDS).is_null()))
        .then(pl.lit(MISSING))
        .when(pl.any_horizontal("contradicted", "contradicted_of", above))
        .then(pl.lit(CONTRADICTED))
        .when(pl.any_horizontal(apart))
        .then(pl.lit(UNITS)),
    )


def _side(observations: pl.LazyFrame, indicator: str) -> pl.LazyFrame:
    rows = observations.filter(pl.col("indicator") == indicator)
    columns = ("area", *GROUPED, "low", "high", *COUNTED, "contradicted", *ORIGIN)
    return rows.select(*columns, inputs=pl.concat_list(_cell()))


def _cell() -> pl.Expr:
    return pl.struct("source", "release", "locator")


def _together(pairs: pl.LazyFrame, group: str) -> pl.LazyFrame:
    """The sums of both figures over the states of a group that have a usable pair, as one pair."""
    usable = pl.col("why").is_null()
    sums = (
        pairs.filter(pl.col("area").is_in(states(group)))
        .group_by(GROUPED)
        .agg(
            pl.col(ENDS).filter(usable).sum(),
            pl.col(ORIGIN).max(),
            pl.col("inputs").filter(usable).explode(),
            usable.sum().alias("reporting"),
            (pl.col("counting_unit").filter(usable).n_unique() > 1).alias("apart"),
        )
    )
    none = pl.when(pl.col("reporting") == 0).then(pl.lit(MISSING)).when("apart").then(pl.lit(UNITS))
    return sums.with_columns(area=pl.lit(group), note=_of_states("reporting", group), why=none)


def _of_states(reporting: str, group: str) -> pl.Expr:
    return pl.format(f"{REPORTING}: {{}} of {len(states(group))}", reporting)


def _divided(pairs: pl.LazyFrame, one: Ratio) -> pl.LazyFrame:
    """The ratio or share of each pair: none if the whole may be zero, and no share above all."""
    part, whole = (pl.col("low"), pl.col("high")), (pl.col("low_of"), pl.col("high_of"))
    low, high = quotient(part, whole, WHOLE if one.is_share else 1.0)
    why = pl.coalesce("why", pl.when(whole[0] == 0).then(pl.lit(ZERO)))
    return pairs.select(
        "area",
        *GROUPED,
        *ORIGIN,
        "inputs",
        indicator=pl.lit(one.id),
        low=pl.when(why.is_null()).then(low),
        high=pl.when(why.is_null()).then(high.clip(upper_bound=WHOLE) if one.is_share else high),
        status=_status(low == high, why.is_null()),
        unit=pl.lit(one.unit),
        derived=pl.lit(value=True),
        note=pl.coalesce(why, "note"),
        contradicted=pl.lit(value=False),
    )


def _status(known: pl.Expr, usable: pl.Expr) -> pl.Expr:
    return pl.when(~usable).then(pl.lit("not_reported")).when(known).then(pl.lit("exact")).otherwise(pl.lit("masked"))
