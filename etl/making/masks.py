"""Figures that restate those of another source: never narrower than the masks there."""

from collections.abc import Sequence

import polars as pl

from data.contract import Observations
from data.releases import latest
from etl.declaration import Declaration, Indicator
from etl.making import figures
from etl.making.rates import INHABITANTS, RATE_DIGITS, outwards
from etl.parsed import Finding, Parsed

PLACE = ("area", "year", "sex", "age", "form")
WIDENED = "masked_by_unodc"
RATE = "per_100000_population"
# The database divides by a population of its own. In 66 of 69 real rates it is the World Bank's as exactly as they are
# printed (the others are of revised counts), but a revision moves small states by some percent. From a ninth on, four
# victims could not be distinguished from five.
SLACK = 0.1
# A part (women, children) may be divided by all inhabitants or by its own: at least this share of them.
SMALLEST_PART = 0.05


def vintage(
    parsed: Parsed, source: Declaration, states: tuple[str, ...], counts: pl.DataFrame, people: pl.DataFrame
) -> tuple[pl.DataFrame, list[Finding]]:
    """A file's figures for the states, one row for each key (`data.contract.Vintages`), and findings on other rows.

    Args:
        counts: printed counts of all releases, whose masks have to stay.
        people: population of every country and year (`etl.making.rates.population`).
    """
    rows, aside = figures.vintage(parsed, source, states)
    restating = [indicator for indicator in source.indicators if indicator.restates]
    if not restating:
        return rows, aside
    rates = [indicator.id for indicator in restating if indicator.unit == RATE]
    printed = figures.completed(parsed, source).filter(pl.col("indicator").is_in(rates))["low"]
    # The precision of a file is that of its most precise rate.
    digits = next((digits for digits in range(RATE_DIGITS) if printed.round(digits).equals(printed)), RATE_DIGITS)
    return widened(rows, masks(counts, people, restating, 0.5 * 10.0**-digits)), aside


def masks(counts: pl.DataFrame, people: pl.DataFrame, restating: Sequence[Indicator], rounding: float) -> pl.DataFrame:
    """The masks in the newest release that prints a cell, even if withdrawn since, for each restating indicator.

    Args:
        restating: indicators that restate one of the counts, as a count or as a rate.
        rounding: by how much a rate may have been rounded.

    Returns:
        indicator, `PLACE`, mask_low, mask_high (the interval of the mask), least, greatest (the range in which a source
        can print so few persons).
    """
    ranges = [
        (_as_rates if one.unit == RATE else _as_counts)(_masked(counts, one.restates), people, rounding).with_columns(
            indicator=pl.lit(one.id)
        )
        for one in restating
    ]
    return pl.concat(ranges, how="diagonal")


def _masked(counts: pl.DataFrame, indicator: str) -> pl.DataFrame:
    figures = counts.filter(pl.col("indicator") == indicator, pl.col("low").is_not_null())
    printed = figures.filter(pl.col("release") == latest().over(PLACE))
    return printed.filter(pl.col("status") == "masked").select(*PLACE, mask_low="low", mask_high="high")


def _as_counts(masked: pl.DataFrame, _people: pl.DataFrame, _rounding: float) -> pl.DataFrame:
    return masked.with_columns(least="mask_low", greatest="mask_high")


def _as_rates(masked: pl.DataFrame, people: pl.DataFrame, rounding: float) -> pl.DataFrame:
    """Masked counts as rates, as wide as another source's population and rounding can make them."""
    known_people = people.select("area", "year", "population", of="year").sort("year")
    near = masked.sort("year").join_asof(known_people, on="year", by="area", strategy="nearest", check_sortedness=False)
    known = (pl.col("of") == pl.col("year")) & pl.all_horizontal(pl.col("sex", "age", "form") == "total")
    most, fewest = (pl.when(known).then(1.0).otherwise(share) for share in (1 + SLACK, SMALLEST_PART))
    low, high = (pl.col(end) * INHABITANTS / pl.col("population") for end in ("mask_low", "mask_high"))
    low, high = low / most, high / fewest
    ends = dict(zip(("mask_low", "mask_high"), outwards(low, high), strict=True))
    printable = {"least": low / (1 + SLACK) - rounding, "greatest": high / (1 - SLACK) + rounding}
    return near.select(*PLACE, **ends, **printable)


def widened(figures: pl.DataFrame, masked: pl.DataFrame) -> pl.DataFrame:
    """Widen figures to the masks of `masks` that may hide them, so that no mask is lifted."""
    joined = figures.join(masked, on=["indicator", *PLACE], how="left", validate="m:1", maintain_order="left")
    # Any other figure contradicts the mask and says nothing about what is under it. Where several conflict, the note
    # would show them all.
    printable = (pl.col("low") <= pl.col("greatest")) & (pl.col("high") >= pl.col("least"))
    several = (pl.col("status") == "conflicting") & pl.col("least").is_not_null()
    hidden = printable.fill_null(value=False) | several
    return joined.with_columns(
        low=pl.when(hidden).then("mask_low").otherwise("low"),
        high=pl.when(hidden).then("mask_high").otherwise("high"),
        status=pl.when(hidden).then(pl.lit("masked")).otherwise("status"),
        note=pl.when(hidden).then(pl.lit(WIDENED)).otherwise("note"),
    ).select(Observations.column_names())
