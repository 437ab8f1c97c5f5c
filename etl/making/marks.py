"""Marks on figures: what a state counts, and totals that their own parts contradict. No figure is changed."""

import dataframely as dy
import polars as pl

from data.contract import OBSERVATION_KEY
from data.counting_units import CountingUnits, counting_units, with_units
from etl.making.identities import contradicted
from etl.source_declaration import RATE, counts, usual_units


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
    rows = with_units(rows.lazy(), counting_units(form=DeclaredUnits), usual_units()).collect()
    return rows.with_columns(pl.col("contradicted").fill_null(value=False)).select(figures.columns)
