"""Counted flows that are questioned, not believed: by rule, or on the reviewed list. The printed figure stays."""

import polars as pl

from data import columns
from data.reviewed import Spans, read

# Above this many victims per 100,000 of the origin's population in one year a figure is questioned, not believed.
IMPLAUSIBLE_RATE = 15


class QuestionedFlows(Spans):
    """A flow that a person questions."""

    FILE = "questioned_flows.csv"
    MAY_BE_EMPTY = True
    OF = ("origin", "destination")
    origin = columns.country(key=True)
    destination = columns.country(key=True)


def questioned(rows: pl.DataFrame, people: pl.DataFrame, totals: pl.DataFrame) -> pl.DataFrame:
    """Mark figures that the rules or the reviewed list question; the printed figure stays.

    Args:
        rows: with `origin`, `area` (the destination), `year`, `low`, `high`.
        people: population of every country and year.
        totals: area, year, `total_high`: all victims the destination detected.
    """
    origin = people.select(origin="area", year="year", origin_population="population")
    joined = rows.join(origin, on=["origin", "year"], how="left", validate="m:1", maintain_order="left")
    joined = joined.join(
        totals.select("area", "year", "total_high"),
        on=["area", "year"],
        how="left",
        validate="m:1",
        maintain_order="left",
    )
    listed = _declared_questions()
    key = ["origin", "area", "year"]
    joined = joined.join(listed, on=key, how="left", validate="m:1", maintain_order="left")
    # By the least that the interval allows: a doubt has to hold for all of it.
    reason = (
        pl.when(pl.col("declared_question"))
        .then(pl.lit("listed_by_review"))
        .when(pl.col("low") * 100_000 > IMPLAUSIBLE_RATE * pl.col("origin_population"))
        .then(pl.lit("implausible_for_origin"))
        .when(pl.col("low") > pl.col("total_high"))
        .then(pl.lit("larger_than_total"))
    )
    # What has no figure cannot be doubted, and 0 is never too many.
    usable = pl.col("status").is_in(["exact", "masked"]) & pl.col("origin").is_not_null()
    doubt = pl.when(usable & (pl.col("high") > 0)).then(reason)
    return joined.with_columns(
        status=pl.when(doubt.is_not_null()).then(pl.lit("questioned")).otherwise("status"),
        note=pl.coalesce(doubt, "note"),
    )


def _declared_questions() -> pl.DataFrame:
    table = read(QuestionedFlows)
    years = pl.int_ranges("year_from", pl.col("year_to") + 1, dtype=pl.Int16).alias("year")
    return table.select("origin", area="destination", year=years, declared_question=True).explode("year")
