"""Figures that restate those of another source: never narrower than the masks there."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from data.contract import Observations
from data.intervals import DECIMALS, outwards
from data.releases import latest
from etl.making import figures
from etl.making.rates import INHABITANTS
from etl.making.region import located
from etl.parsed import Finding, Parsed
from etl.source_declaration import Declaration, DeclaredIndicator

PLACE = ("area", "year", "sex", "age", "form")
KEY = ("indicator", *PLACE)
WIDENED = "masked_by_unodc"
# The column of `precision` in rows that a snapshot keeps.
DIGITS = "digits"
RATE = "per_100000_population"
# The database divides by its own population. In 66 of 69 real rates it is the World Bank's as exactly as they are
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
    masked = masks(counts, people, restating, 0.5 * 10.0 ** -precision(parsed, source))
    return still_hidden(widened(rows, masked), parsed, source), aside


def precision(parsed: Parsed, source: Declaration) -> int:
    """The number of decimals of a file's most precise rate, or as it was when the snapshot kept the rows."""
    if DIGITS in parsed.rows.columns and parsed.rows.height:
        return int(parsed.rows[DIGITS][0])
    rates = [indicator.id for indicator in source.indicators if indicator.restates and indicator.unit == RATE]
    printed = figures.completed(parsed, source).filter(pl.col("indicator").is_in(rates))["low"]
    return next((digits for digits in range(DECIMALS) if printed.round(digits).equals(printed)), DECIMALS)


def hidden(parsed: Parsed, source: Declaration, vintages: pl.DataFrame) -> pl.DataFrame:
    """A file's rows with the interval of the mask in place of what it hides, for a snapshot to keep.

    Args:
        vintages: the figures made from them (`vintage`).
    """
    rows = parsed.rows
    if not any(indicator.restates for indicator in source.indicators):
        return rows
    under = vintages.filter(pl.col("note") == WIDENED, pl.col("release") == parsed.release)
    ends = under.select(*KEY, mask_low="low", mask_high="high")
    joined = _keys(parsed, source).join(ends, on=KEY, how="left", validate="m:1", maintain_order="left")
    usual = {"high": pl.col("low"), "printed": pl.col("low").cast(pl.String)}
    full = rows.with_columns(**{name: value for name, value in usual.items() if name not in rows.columns})
    masked = pl.col("mask_low").is_not_null()
    return (
        full.hstack(joined.select("mask_low", "mask_high"))
        .with_columns(
            low=pl.when(masked).then("mask_low").otherwise("low"),
            high=pl.when(masked).then("mask_high").otherwise("high"),
            printed=pl.when(~masked).then("printed"),
            **{DIGITS: pl.lit(precision(parsed, source), dtype=pl.Int8)},
        )
        .drop("mask_low", "mask_high")
    )


def still_hidden(rows: pl.DataFrame, parsed: Parsed, source: Declaration) -> pl.DataFrame:
    """Figures never narrower than the mask under which the published snapshot kept them (`hidden`)."""
    if DIGITS not in parsed.rows.columns:
        return rows
    known = _keys(parsed, source).hstack(parsed.rows.select("printed", kept_low="low", kept_high="high"))
    kept = known.filter(pl.col("printed").is_null(), pl.col("kept_low").is_not_null())
    ends = kept.group_by(KEY).agg(pl.col("kept_low").min(), pl.col("kept_high").max())
    joined = rows.join(ends, on=KEY, how="left", validate="m:1", maintain_order="left")
    under = pl.col("kept_low").is_not_null()
    return joined.with_columns(
        low=pl.when(under).then(pl.min_horizontal("low", "kept_low")).otherwise("low"),
        high=pl.when(under).then(pl.max_horizontal("high", "kept_high")).otherwise("high"),
        status=pl.when(under).then(pl.lit("masked")).otherwise("status"),
        note=pl.when(under).then(pl.lit(WIDENED)).otherwise("note"),
    ).select(Observations.column_names())


def _keys(parsed: Parsed, source: Declaration) -> pl.DataFrame:
    """The key of each row of a file, in their order; area is null outside of all countries."""
    return figures.completed(replace(parsed, rows=located(parsed.rows)), source).select(KEY)


def masks(
    counts: pl.DataFrame, people: pl.DataFrame, restating: Sequence[DeclaredIndicator], rounding: float
) -> pl.DataFrame:
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
    joined = figures.join(masked, on=KEY, how="left", validate="m:1", maintain_order="left")
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
