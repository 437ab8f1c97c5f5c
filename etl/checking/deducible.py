"""Masked figures that can be deduced from others: a list for maintainers, not shown on any page.

They follow from totals and their parts, if the parts can add up to the total, and from an older release's figure for
the cell, if the mask can hide it. Sums are examined one by one: together they may reveal more.
"""

from collections.abc import Iterator, Mapping

import polars as pl

from data.releases import order
from etl.making.victim_counts import VICTIMS
from etl.source_declaration import source_of

DIMENSIONS = ("sex", "age", "form")
# `cell`: for a figure its sex, age and form; for a flow the citizenship as printed.
CELL = ("area", "year", "indicator", "cell")
FOLLOWS = (*CELL, "low", "high", "follows_low", "follows_high", "why", "cells")


def deducible(tables: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """Masked cells of current figures whose interval can be narrowed, once for each way.

    Args:
        tables: the tables of a snapshot, by name.

    Returns:
        `FOLLOWS`, in that order: the printed interval, the one that follows, `why` {parts, older_release,
        citizenship}, and the cells from which it follows.
    """
    figures = _figures(tables["observations"])
    ways = [
        *(_summed(_parted(figures, by), "parts") for by in DIMENSIONS),
        _summed(_listed(tables["flows"], tables["vintages"]), "citizenship"),
        _older(figures, _figures(tables["vintages"])),
        _older(_records(tables["flows"]), _records(tables["flow_vintages"])),
    ]
    narrower = (pl.col("follows_low") > pl.col("low")) | (pl.col("follows_high") < pl.col("high"))
    # The total of a list may be of an older release, and so not current.
    newest = pl.concat([rows.select("locator") for rows in (figures, tables["flows"])])
    narrowed = [way.filter(narrower).join(newest, on="locator", how="semi").select(FOLLOWS) for way in ways]
    return pl.concat(narrowed).sort(*CELL, "why", "cells").collect()


def lines(rows: pl.DataFrame) -> Iterator[str]:
    """One line for each row of `deducible`."""
    for row in rows.iter_rows(named=True):
        printed, follows = (_interval(row[f"{end}low"], row[f"{end}high"]) for end in ("", "follows_"))
        what = f"{row['area']} {row['year']} {row['indicator']} {row['cell']}"
        yield f"{what}: published {printed}, {follows} follows ({row['why']}) from {'; '.join(row['cells'])}"


def _interval(low: float, high: float) -> str:
    return f"{low:.0f}" if low == high else f"{low:.0f}-{high:.0f}"


def _figures(rows: pl.LazyFrame) -> pl.LazyFrame:
    counted = rows.filter(pl.col("source") == source_of("victim_counts"), ~pl.col("derived"))
    return counted.with_columns(cell=pl.concat_str(DIMENSIONS, separator=" "))


def _records(flows: pl.LazyFrame) -> pl.LazyFrame:
    """The counted flows as cells of the states that detected the victims."""
    counted = flows.filter(pl.col("source") == source_of("victim_counts"))
    cell = pl.format("citizenship {}", pl.col("origin_label").fill_null("(blank)"))
    return counted.with_columns(area="destination", indicator=pl.lit(VICTIMS), cell=cell)


def _parted(figures: pl.LazyFrame, by: str) -> pl.LazyFrame:
    """The figures as totals and parts by one dimension; `sum` says which belong together."""
    # Persons with unknown sex and age are printed once: they are a part by sex of all ages, and by age of both sexes.
    nobody = pl.all_horizontal(pl.col("sex", "age") == "unknown") & pl.lit(by in {"sex", "age"})
    groups = [pl.when(nobody).then(pl.lit("total")).otherwise(name).alias(name) for name in {"sex", "age"} - {by}]
    group = pl.struct("area", "year", "indicator", *({"form"} - {by}), *groups)
    parted = figures.with_columns(sum=group, whole=pl.col(by) == "total")
    # A sum with only unknown parts is hardly complete.
    return parted.filter((~pl.col(by).is_in(["total", "unknown"])).any().over("sum"))


def _listed(flows: pl.LazyFrame, vintages: pl.LazyFrame) -> pl.LazyFrame:
    """A state's list of citizenships as parts of the total in the same release."""
    lists = _records(flows).with_columns(release="label_release", whole=pl.lit(value=False))
    everyone = pl.all_horizontal(pl.col(DIMENSIONS) == "total")
    totals = _figures(vintages).filter(pl.col("indicator") == VICTIMS, everyone).with_columns(whole=pl.lit(value=True))
    columns = [*CELL, "release", "whole", "low", "high", "locator"]
    both = pl.concat([lists.select(columns), totals.select(columns)])
    return both.with_columns(sum=pl.struct("area", "year", "release"))


def _summed(cells: pl.LazyFrame, why: str) -> pl.LazyFrame:
    """The interval of each cell that follows from the others of its sum, if the parts can add up to the total."""
    low, high, whole = pl.col("low"), pl.col("high"), pl.col("whole")
    least, most = (end.filter(~whole).sum().over("sum") for end in (low, high))
    total_low, total_high = (end.filter(whole).first().over("sum") for end in (low, high))
    usable = pl.all_horizontal("low", "high").is_not_null().all().over("sum")
    sums = cells.filter(usable & (whole.any() & ~whole.all()).over("sum"))
    sums = sums.filter((total_low <= most) & (total_high >= least))
    follows_low = pl.when(whole).then(least).otherwise(total_low - most + high)
    follows_high = pl.when(whole).then(most).otherwise(total_high - least + low)
    every = pl.col("locator").implode().over("sum", mapping_strategy="join")
    return sums.with_columns(
        follows_low=pl.max_horizontal(low, follows_low),
        follows_high=pl.min_horizontal(high, follows_high),
        why=pl.lit(why),
        cells=every.list.set_difference(pl.concat_list("locator")).list.sort(),
    )


def _older(now: pl.LazyFrame, every: pl.LazyFrame) -> pl.LazyFrame:
    """The interval of each cell that follows from older releases, if the mask can hide their figure."""
    before = every.select(*CELL, "locator", then="release", then_low="low", then_high="high")
    both = now.join(before, on=CELL, how="inner", validate="1:m").filter(order("then") < order())
    return both.filter(pl.col("then_low") <= pl.col("high"), pl.col("then_high") >= pl.col("low")).with_columns(
        follows_low=pl.max_horizontal("low", "then_low"),
        follows_high=pl.min_horizontal("high", "then_high"),
        why=pl.lit("older_release"),
        cells=pl.concat_list("locator_right"),
    )
