"""The SDG database against UNODC's workbook, where both give the number of detected victims.

UNODC provides the SDG database with these figures; what is held of it may be an earlier state of them.
"""

from dataclasses import dataclass

import polars as pl

from dashboard.store import Tables, cached

HERE, THERE = "detected_victims_sdg", "detected_victims"
SOURCE = "unodc_glotip"
PLACE = ("area", "year", "sex", "age", "form")
FIGURE = ("low", "high", "status", "release", "locator")


@dataclass(frozen=True)
class Compared:
    """How many figures of the SDG database were set beside UNODC's, and what came of it.

    Attributes:
        compared: pairs in which both give a figure; the sum of the next three.
        equal: pairs with the same figure, or the same interval.
        overlapping: other pairs that have a number in common.
        differing: one row for each pair without a number in common: `PLACE`, then `FIGURE` of the SDG database and
            of UNODC (with the suffix `_unodc`).
        alone: figures of the SDG database that stand beside no figure of UNODC.
    """

    compared: int
    equal: int
    overlapping: int
    differing: pl.DataFrame
    alone: int


@cached
def differences(snap: Tables) -> Compared:
    """Every detected-victims figure of the SDG database beside UNODC's for the same state, year, sex, age and form."""
    observations = snap.observations()
    sdg = observations.filter(pl.col("indicator") == HERE, pl.col("low").is_not_null()).select(*PLACE, *FIGURE)
    unodc = observations.filter(
        pl.col("indicator") == THERE, pl.col("source") == SOURCE, pl.col("low").is_not_null()
    ).select(*PLACE, pl.col(FIGURE).name.suffix("_unodc"))
    pairs = sdg.join(unodc, on=PLACE, how="inner", validate="1:1").sort(PLACE).collect()
    same = (pl.col("low") == pl.col("low_unodc")) & (pl.col("high") == pl.col("high_unodc"))
    apart = (pl.col("high") < pl.col("low_unodc")) | (pl.col("low") > pl.col("high_unodc"))
    differing, equal = pairs.filter(apart), pairs.filter(same).height
    alone = int(sdg.select(pl.len()).collect().item()) - pairs.height
    return Compared(pairs.height, equal, pairs.height - equal - differing.height, differing, alone)


@cached
def differing(snap: Tables) -> pl.DataFrame:
    """The figures in which the two differ."""
    return differences.of(snap).differing
