"""Compares detected victims in the SDG database with UNODC's workbook.

UNODC provides these figures to the SDG database, which may have an earlier version of them.
"""

from dataclasses import dataclass

import polars as pl

from dashboard.store import Tables, cached
from data import manifest

HERE = "detected_victims_sdg"
THERE = manifest.VICTIMS
KEY = ("area", "year", "sex", "age", "form")
VALUE = ("low", "high", "status", "release", "locator")


@dataclass(frozen=True)
class Comparison:
    """The result of comparing figures of the SDG database with UNODC's.

    Attributes:
        compared: pairs in which both have a figure: equal, overlapping and differing ones.
        equal: pairs with the same figure, or the same interval.
        overlapping: other pairs that have a number in common.
        differing: one row for each pair without a number in common: `KEY`, then `VALUE` of the SDG database and
            of UNODC (with the suffix `_unodc`).
        alone: figures of the SDG database without a counterpart of UNODC.
    """

    compared: int
    equal: int
    overlapping: int
    differing: pl.DataFrame
    alone: int


@cached
def differences(snap: Tables) -> Comparison:
    """Compare each figure of the SDG database with UNODC's for the same state, year, sex, age and form."""
    observations = snap.observations()
    sdg = observations.filter(pl.col("indicator") == HERE, pl.col("low").is_not_null()).select(*KEY, *VALUE)
    unodc = observations.filter(
        pl.col("indicator") == THERE, pl.col("source") == manifest.main_source(), pl.col("low").is_not_null()
    ).select(*KEY, pl.col(VALUE).name.suffix("_unodc"))
    pairs = sdg.join(unodc, on=KEY, how="inner", validate="1:1").sort(KEY).collect()
    same = (pl.col("low") == pl.col("low_unodc")) & (pl.col("high") == pl.col("high_unodc"))
    disjoint = (pl.col("high") < pl.col("low_unodc")) | (pl.col("low") > pl.col("high_unodc"))
    differing, equal = pairs.filter(disjoint), pairs.filter(same).height
    alone = int(sdg.select(pl.len()).collect().item()) - pairs.height
    return Comparison(pairs.height, equal, pairs.height - equal - differing.height, differing, alone)


@cached
def differing(snap: Tables) -> pl.DataFrame:
    """The figures that differ between the two."""
    return differences.of(snap).differing
