"""Marks on figures: what a state counts, and totals that their own parts contradict. No figure is changed."""

import dataframely as dy
import polars as pl

from data.contract import OBSERVATION_KEY
from data.counting_units import CountingUnits, counting_units, with_units
from etl.source_declaration import COUNTED, RATE, counts

# The known groups of a breakdown, which share no person. People of unknown sex or age may be outside the total.
GROUPS = {"sex": ("female", "male", "other"), "age": ("0-17", "18+")}


class DeclaredUnits(CountingUnits):
    """What states count, of counts that a source declares."""

    @dy.rule()
    def declared(cls) -> pl.Expr:
        """The indicator is a count that a source declares in etl/sources."""
        return pl.col("indicator").is_in(counts())


def marked(figures: pl.DataFrame) -> pl.DataFrame:
    """Figures with their `counting_unit` and `contradicted` (`data.contract.Observations`), in the same order.

    Args:
        figures: rows of `observations` or `vintages`; each release is compared with itself.
    """
    key = (*OBSERVATION_KEY, "release")
    found = contradicted(figures)
    # A rate is of its count.
    rates = found.with_columns(pl.col("indicator") + RATE)
    known = pl.concat([found, rates]).with_columns(pl.lit(value=True).alias("contradicted"))
    rows = figures.drop("contradicted", "counting_unit").join(
        known, on=key, how="left", validate="m:1", maintain_order="left"
    )
    rows = with_units(rows.lazy(), counting_units(form=DeclaredUnits), counts(shown=True)).collect()
    return rows.with_columns(pl.col("contradicted").fill_null(value=False)).select(figures.columns)


def contradicted(figures: pl.DataFrame) -> pl.DataFrame:
    """The keys of the counts, with their release, that are certainly smaller than their known groups together."""
    counted = figures.filter(pl.col("unit").is_in(COUNTED))
    return pl.concat([_exceeded(counted, by) for by in GROUPS]).unique(maintain_order=True)


def _exceeded(counts: pl.DataFrame, by: str) -> pl.DataFrame:
    """The counts of which the groups of one kind have more persons, whatever is masked among them."""
    place = [name for name in (*OBSERVATION_KEY, "release") if name != by]
    least = counts.filter(pl.col(by).is_in(GROUPS[by])).group_by(place).agg(least=pl.col("low").sum())
    wholes = counts.filter(pl.col(by) == "total").join(least, on=place, how="inner", validate="1:1")
    return wholes.filter(pl.col("least") > pl.col("high")).select(*OBSERVATION_KEY, "release")
