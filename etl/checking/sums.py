"""Totals against the parts that the publisher prints with them, by sex and by age, as intervals.

Publishers print many totals that differ from their parts (of those by sex about one in four), so the build stops only
where a total moved away from parts that stayed where they were.
"""

from collections.abc import Iterator

import polars as pl

from etl.checking.changes import COUNTS, interval
from etl.checking.result import Check, Statement, none, of_sources, verdict

# Both have to be printed before a total above its parts stops the build: otherwise the rest may be in the other one.
MAIN = {"sex": ("female", "male"), "age": ("0-17", "18+")}
OTHER = {"sex": "age", "age": "sex"}
PLACE = ("source", "indicator", "area", "year")
HELD = "totals that moved away from their parts"
ASKED = "totals that newly differ from their parts"


def sums(figures: pl.DataFrame) -> pl.DataFrame:
    """Each total with parts, once by sex and once by age.

    Args:
        figures: rows of `observations`, or of one release of `vintages`.

    Returns:
        `PLACE`, by, low, high (of the total), parts_low, parts_high (of their sum), parts (their codes), complete
        (whether both main ones are printed), and gap: by how much at least the parts are above (positive) or below
        (negative) the total.
    """
    counts = figures.filter(pl.col("unit").is_in(COUNTS), pl.col("form") == "total")
    totals = counts.filter(sex="total", age="total").drop_nulls("low").select(*PLACE, "low", "high")
    return pl.concat([_by(counts, totals, by) for by in MAIN])


def _by(counts: pl.DataFrame, totals: pl.DataFrame, by: str) -> pl.DataFrame:
    other = pl.col(OTHER[by])
    # UNODC prints those of unknown sex and age in one row, a part in both ways.
    mine = counts.filter(pl.col(by) != "total", (other == "total") | ((pl.col(by) == "unknown") & (other == "unknown")))
    parts = mine.group_by(PLACE).agg(
        # A part of which several values are printed may be any number.
        parts_low=pl.col("low").fill_null(0.0).sum(),
        parts_high=pl.col("high").fill_null(float("inf")).sum(),
        parts=pl.col(by).sort().str.join(", "),
        complete=pl.col(by).is_in(MAIN[by]).sum() == len(MAIN[by]),
    )
    above, below = pl.col("parts_low") - pl.col("high"), pl.col("parts_high") - pl.col("low")
    gap = pl.when(above > 0).then(above).when(below < 0).then(below).otherwise(0.0)
    return totals.join(parts, on=PLACE, how="inner", validate="1:1").with_columns(by=pl.lit(by), gap=gap)


def compared(now: pl.DataFrame, then: pl.DataFrame) -> pl.DataFrame:
    """The totals that differ from their parts, with `held` and `asked`.

    Held: the total changed and its parts did not, and either the parts are now further above it, or they are below it,
    are complete, and were not below it before. No masked part can explain that, and no part that is not printed.
    Asked: any other total that agreed with its parts before, or is new in a series that is not.

    Args:
        now, then: rows of `sums`; `then` of what was published before.
    """
    key = [*PLACE, "by"]
    before = then.select(*key, "low", "high", "parts_low", "parts_high", "gap")
    rows = now.filter(pl.col("gap") != 0).join(before, on=key, how="left", suffix="_from", validate="1:1")
    moved = (pl.col("low") > pl.col("high_from")) | (pl.col("high") < pl.col("low_from"))
    stayed = (pl.col("parts_low") <= pl.col("parts_high_from")) & (pl.col("parts_high") >= pl.col("parts_low_from"))
    above = (pl.col("gap") > 0) & (pl.col("gap") > pl.col("gap_from"))
    below = (pl.col("gap") < 0) & (pl.col("gap_from") >= 0) & pl.col("complete")
    held = (moved & stayed & (above | below)).fill_null(value=False)
    asked = ~held & (pl.col("gap_from").fill_null(0.0) == 0) & pl.col("known").is_not_null()
    # Of a series without anything before, nothing is new.
    known = then.select("source", "indicator").unique().with_columns(known=pl.lit(value=True))
    rows = rows.join(known, on=["source", "indicator"], how="left", validate="m:1")
    return rows.with_columns(held=held, asked=asked).drop("known").sort(key)


def checked(rows: pl.DataFrame, *, published: bool) -> Iterator[Check]:
    """The checks of the rows of `compared`; without a published snapshot they only warn."""
    held, asked = (rows.filter(pl.col(name)) for name in ("held", "asked"))
    passed = held.is_empty() or not published
    yield verdict(HELD, _named(held), none(), passed=passed, asked=passed and not held.is_empty())
    yield verdict(ASKED, _named(asked), none(), passed=True, asked=not asked.is_empty())


def _named(rows: pl.DataFrame) -> Statement:
    """The totals with the sums of their parts: `detected_victims CRI 2022 400≠43`."""
    words = [
        f"{row['indicator']} {row['area']} {row['year']} {interval(row['low'], row['high'])}≠"
        f"{interval(row['parts_low'], row['parts_high'])}"
        for row in rows.iter_rows(named=True)
    ]
    return of_sources(list(zip(rows["source"], words, strict=True)))
