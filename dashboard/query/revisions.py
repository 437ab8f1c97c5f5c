"""What publishers changed between one release and the next. A change of masking convention is no revision."""

from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from dashboard.query import coverage
from dashboard.query.observed import DIMENSIONS

ALL = "all"
CONVENTION = "convention"
CHANGES = ("revised", "new", "withdrawn")
KEY = ("indicator", "area", "year", *DIMENSIONS)
READING = ("year", "release", "low", "high", "status", "unit")


@dataclass(frozen=True)
class Step:
    """From one release of a source to the next: how many of the figures read what became of them.

    Attributes:
        read: figures of the earlier release in the years that both cover.
        zeros: masked figures that are printed as a zero now; masks: masks that stand for another interval now.
        meaning: those intervals.
        unmasked: zeros that are masked now.
    """

    source: str
    before: str
    after: str
    read: int
    revised: int
    new: int
    withdrawn: int
    zeros: int
    masks: int
    unmasked: int
    meaning: tuple[tuple[float, float], ...]

    @property
    def conventions(self) -> int:
        """How many figures only follow another convention of masking."""
        return self.zeros + self.masks + self.unmasked


def rows(revisions: pl.LazyFrame, indicator: str, state: str, *, masking: bool) -> pl.DataFrame:
    """Every change of an indicator, of one state or of all; changes of masking only on request."""
    wanted = _of(revisions, indicator, state).filter(pl.lit(masking) | (pl.col("kind") != CONVENTION))
    return wanted.sort("area", "year", "form", "sex", "age", "release_from").collect()


def by_state(changes: pl.DataFrame) -> pl.DataFrame:
    """How many figures of each state changed, by kind: area, kind, figures, and how many of them are totals."""
    whole = pl.all_horizontal(pl.col(DIMENSIONS) == "total").sum().cast(pl.Int64).alias("totals")
    return changes.group_by("area", "kind").agg(pl.len().cast(pl.Int64).alias("figures"), whole).sort("area", "kind")


def releases(vintages: pl.LazyFrame, indicator: str, state: str) -> pl.DataFrame:
    """The totals of a state in every release held, by year and release; of a survey its widest group."""
    printed = coverage.readings(vintages.filter(~pl.col("derived")), indicator)
    return printed.filter(pl.col("area") == state).select(READING).sort("year", "release")


def joined(changes: pl.DataFrame) -> pl.DataFrame:
    """The changes of totals that have a reading before and after."""
    return totals(changes.lazy()).drop_nulls(["status_from", "status_to"]).collect()


def totals(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Only the rows of all sexes, ages and forms."""
    return frame.filter(pl.all_horizontal(pl.col(DIMENSIONS) == "total"))


def steps(
    vintages: pl.LazyFrame, revisions: pl.LazyFrame, covered: pl.LazyFrame, indicator: str = ALL, state: str = ALL
) -> list[Step]:
    """What became of the figures of every release that another one follows, the newest step last.

    Args:
        vintages, revisions, covered: the tables `vintages`, `revisions` and `release_coverage`, or parts of them.
        indicator, state: one, or `ALL`.
    """
    printed = _of(vintages.filter(~pl.col("derived")), indicator, state)
    changed = _of(revisions, indicator, state).collect()
    spoken = covered.filter(pl.lit(indicator == ALL) | (pl.col("indicator") == indicator))
    held = spoken.group_by("source").agg(pl.col("release").unique().sort()).sort("source").collect()
    return [
        _step(printed, changed, covered, source, before, after)
        for source, releases in held.iter_rows()
        for before, after in pairwise(releases)
    ]


def _step(
    printed: pl.LazyFrame, changed: pl.DataFrame, covered: pl.LazyFrame, source: str, before: str, after: str
) -> Step:
    both = [covered.filter(pl.col("source") == source, pl.col("release") == end) for end in (before, after)]
    earlier = printed.filter(pl.col("source") == source, pl.col("release") == before)
    read = earlier
    for spoken in both:
        read = read.join(spoken.select("indicator", "year").unique(), on=["indicator", "year"], how="semi")
    mine = changed.filter(pl.col("source") == source, release_from=before, release_to=after)
    count = dict(mine.group_by("kind").len().iter_rows())
    anew = mine.filter(pl.col("kind") == CONVENTION)
    masks = anew.filter((pl.col("status_from") == "masked") & (pl.col("status_to") == "masked"))
    return Step(
        source,
        before,
        after,
        read=read.select(pl.len()).collect().item(),
        revised=count.get("revised", 0),
        new=count.get("new", 0),
        withdrawn=count.get("withdrawn", 0),
        zeros=anew.filter(pl.col("status_to") == "exact").height,
        masks=masks.height,
        unmasked=anew.filter(pl.col("status_from") == "exact").height,
        meaning=tuple(masks.select("low_to", "high_to").unique().sort(pl.all()).rows()),
    )


def _of(frame: pl.LazyFrame, indicator: str, state: str) -> pl.LazyFrame:
    one = pl.lit(indicator == ALL) | (pl.col("indicator") == indicator)
    return frame.filter(one & (pl.lit(state == ALL) | (pl.col("area") == state)))
