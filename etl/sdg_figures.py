"""Figures of the SDG database: under ids of their own, and never narrower than what UNODC masks."""

import polars as pl

from data.contract import Observations
from data.releases import latest
from etl.finding import Finding
from etl.harmonise import one_row_a_key
from etl.parsed import Parsed
from etl.rates import RATE_DIGITS, outwards

# What UNODC counts, and the same as the database has it.
VICTIMS, COUNT, RATE = "detected_victims", "detected_victims_sdg", "detected_victims_rate_sdg"
PLACE = ("area", "year", "sex", "age", "form")
WIDENED = "masked_by_unodc"
# The database divides by a population of its own. In 66 of 69 real rates it is the World Bank's as exactly as they are
# printed (the others are of revised counts), but a revision moves small states by some percent. From a ninth on, four
# victims could not be told from five.
SLACK = 0.1
# A part (women, children) may be divided by all inhabitants or by its own: at least this share of them.
SMALLEST_PART = 0.05


def vintage(
    parsed: Parsed, source: str, states: tuple[str, ...], counts: pl.DataFrame, people: pl.DataFrame
) -> pl.DataFrame:
    """One file's figures for the states, one row a key (`data.contract.Vintages`).

    Args:
        counts: figures of UNODC, of all releases.
        people: population of every country and year (`etl.population.population`).
    """
    rows = parsed.rows.filter(pl.col("area").is_in(states))
    code = pl.lit(None, dtype=pl.String)
    rows = rows.with_columns(suspect=code, source=pl.lit(source), release=pl.lit(parsed.release))
    rates = parsed.rows.filter(pl.col("indicator") == RATE)["low"]
    # A file is as exact as the most exact of its rates.
    digits = next((digits for digits in range(RATE_DIGITS) if rates.round(digits).equals(rates)), RATE_DIGITS)
    return widened(one_row_a_key(rows), masks(counts, people, 0.5 * 10.0**-digits))


def other_countries(parsed: Parsed, source: str, states: tuple[str, ...]) -> list[Finding]:
    """How many rows of a file speak of countries outside the region."""
    rows = parsed.rows.filter(~pl.col("area").is_in(states)).height
    return [Finding(source, parsed.release, "outside_the_region", "", rows, part=parsed.part)] if rows else []


def masks(counts: pl.DataFrame, people: pl.DataFrame, rounding: float) -> pl.DataFrame:
    """What UNODC masks in the newest release that prints it, withdrawn since or not, as counts and as rates.

    Returns:
        indicator (of the database), `PLACE`, mask_low, mask_high (what the mask says), least, greatest (between which
        the database may print so few victims, by its own population and rounded by up to `rounding`).
    """
    victims = counts.filter(pl.col("indicator") == VICTIMS, pl.col("low").is_not_null())
    printed = victims.filter(pl.col("release") == latest().over(PLACE))
    masked = printed.filter(pl.col("status") == "masked").select(*PLACE, mask_low="low", mask_high="high")
    as_counts = masked.with_columns(indicator=pl.lit(COUNT), least="mask_low", greatest="mask_high")
    held = people.select("area", "year", "population", of="year").sort("year")
    near = masked.sort("year").join_asof(held, on="year", by="area", strategy="nearest", check_sortedness=False)
    known = (pl.col("of") == pl.col("year")) & pl.all_horizontal(pl.col("sex", "age", "form") == "total")
    most, fewest = (pl.when(known).then(1.0).otherwise(share) for share in (1 + SLACK, SMALLEST_PART))
    low, high = (pl.col(end) * 100_000 / pl.col("population") for end in ("mask_low", "mask_high"))
    low, high = low / most, high / fewest
    ends = dict(zip(("mask_low", "mask_high"), outwards(low, high), strict=True))
    printable = {"least": low / (1 + SLACK) - rounding, "greatest": high / (1 - SLACK) + rounding}
    as_rates = near.select(*PLACE, **ends, indicator=pl.lit(RATE), **printable)
    return pl.concat([as_counts, as_rates])


def widened(figures: pl.DataFrame, masked: pl.DataFrame) -> pl.DataFrame:
    """The database's figures, each as wide as the answer of `masks` where that may hold it: no mask is lifted here."""
    joined = figures.join(masked, on=["indicator", *PLACE], how="left", validate="m:1", maintain_order="left")
    # Any other figure contradicts the mask and tells nothing of what is under it. Where several conflict, the note
    # would tell them all.
    printable = (pl.col("low") <= pl.col("greatest")) & (pl.col("high") >= pl.col("least"))
    several = (pl.col("status") == "conflicting") & pl.col("least").is_not_null()
    hidden = printable.fill_null(value=False) | several
    return joined.with_columns(
        low=pl.when(hidden).then("mask_low").otherwise("low"),
        high=pl.when(hidden).then("mask_high").otherwise("high"),
        status=pl.when(hidden).then(pl.lit("masked")).otherwise("status"),
        note=pl.when(hidden).then(pl.lit(WIDENED)).otherwise("note"),
    ).select(Observations.column_names())
