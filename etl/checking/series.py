"""New and changed totals against the other years of their series; this only warns."""

from collections.abc import Iterator

import numpy as np
import polars as pl
import scipy

from etl.checking.changes import COUNTS, interval
from etl.checking.result import Check, none, of_sources, verdict

SERIES = ("source", "indicator", "area")
# The nearest years are the best guide; fewer than three do not show what is usual.
NEAREST = 5
FEWEST = 3
# One figure in a hundred would be outside if each series were as the model says; of the real ones about five are.
COVERED = 0.99
# Years of zeros do not say that the next one is zero.
LEAST_MEAN = 0.5
ASKED = "totals outside the range of their series"


def outside(now: pl.DataFrame, changed: pl.DataFrame) -> pl.DataFrame:
    """The new and changed totals outside the range that the nearest years of their series make likely.

    The range is of a negative binomial distribution with the mean and variance of those years, or of a Poisson
    distribution where they vary no more than that; a masked figure counts as the middle of its interval.

    Args:
        now: rows of `observations`.
        changed: rows of `etl.checking.changes.changes`.

    Returns:
        `SERIES`, year, low, high, and least and most: the range.
    """
    whole = pl.all_horizontal(pl.col("sex", "age", "form") == "total")
    totals = now.filter(whole, ~pl.col("derived"), pl.col("unit").is_in(COUNTS)).drop_nulls("low")
    years = totals.select(*SERIES, other="year", figure=(pl.col("low") + pl.col("high")) / 2)
    fresh = changed.filter("whole", pl.col("kind").is_in(["new", "changed"])).select(*SERIES, "year")
    rows = totals.join(fresh, on=[*SERIES, "year"], how="semi").select(*SERIES, "year", "low", "high")
    others = rows.join(years, on=SERIES, how="inner", validate="m:m").filter(pl.col("other") != pl.col("year"))
    near = others.sort((pl.col("year") - pl.col("other")).abs(), -pl.col("other")).group_by(
        *SERIES, "year", maintain_order=True
    )
    figure = pl.col("figure").head(NEAREST)
    known = near.agg(pl.col("low", "high").first(), mean=figure.mean(), variance=figure.var(), n=figure.len())
    ranged = _ranged(known.filter(pl.col("n") >= FEWEST))
    return ranged.filter((pl.col("low") > pl.col("most")) | (pl.col("high") < pl.col("least"))).sort(*SERIES, "year")


def _ranged(known: pl.DataFrame) -> pl.DataFrame:
    """Rows with the range, `least` to `most`, from mean, variance and number of the years."""
    mean = np.maximum(known["mean"].to_numpy(), LEAST_MEAN)
    # The mean of a few years is not known exactly either.
    variance = known["variance"].to_numpy() * (1 + 1 / known["n"].to_numpy())
    # SciPy imports its statistics at their first use: this takes a second, which no other command has to wait for.
    least, most = scipy.stats.poisson.interval(COVERED, mean)
    wide = variance > mean
    share = mean[wide] / variance[wide]
    least[wide], most[wide] = scipy.stats.nbinom.interval(COVERED, mean[wide] * share / (1 - share), share)
    return known.with_columns(least=pl.Series(least), most=pl.Series(most)).drop("mean", "variance", "n")


def checked(rows: pl.DataFrame) -> Iterator[Check]:
    """The check of the rows of `outside`."""
    words = [
        f"{row['indicator']} {row['area']} {row['year']} {interval(row['low'], row['high'])}≠"
        f"{interval(row['least'], row['most'])}"
        for row in rows.iter_rows(named=True)
    ]
    saw = of_sources(list(zip(rows["source"], words, strict=True)))
    yield verdict(ASKED, saw, none(), passed=True, asked=not rows.is_empty())
