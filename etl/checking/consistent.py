"""Errors that agree with themselves: every part fits its total, and yet the release is wrong.

A year copied from another, the figures of women and men exchanged, a mask that is gone, rows that are printed twice
with other values, a file with an old date. What was usual so far was found in the releases in the published snapshot
(April and October 2025), and a test finds it again.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from data.intervals import MASKED_BELOW
from data.releases import latest, ordered
from etl.checking.changes import COUNTS
from etl.checking.result import Check, Frames, none, of_sources, verdict

PLACE = ("source", "indicator", "area")
PARTS = ("sex", "age", "form")
CELL = (*PLACE, "year", *PARTS)
# Figures that two years of a state share by chance are few and small.
TELLING = 2
# Two years at least in which women and men differ: one may be a correction.
EXCHANGED = 2
# A state with so few masked figures may well have none in the next release.
MASKS = 5
# The most figures of a state that had a value and then several (Chile, between the two releases).
MOST_SEVERAL = 7
REPEATED = "years that repeat another year"
SEXES = "women and men exchanged"
SMALL = "small figures beside masks"
LOST = "masks lost"
SEVERAL = "figures that became several values"
LATE = "new releases older than published ones"


def checked(now: Frames, then: Frames, changed: pl.DataFrame, *, published: bool) -> Iterator[Check]:
    """The checks of consistent errors; without a published snapshot they only warn.

    Args:
        now, then: the tables of the contract, and those of the snapshot that is published.
        changed: rows of `etl.checking.changes.changes`.
    """
    found = {
        REPEATED: repeated_years(now["observations"], changed),
        SEXES: exchanged_sexes(changed),
        LOST: lost_masks(now["observations"], then["observations"]),
        SEVERAL: several_values(changed),
    }
    for name, rows in found.items():
        passed = not rows or not published
        yield verdict(name, of_sources(rows), none(), passed=passed, asked=passed and bool(rows))


def of_releases(now: pl.DataFrame, then: pl.DataFrame) -> Iterator[Check]:
    """The checks of small figures, and of releases with an old date, that were not published before.

    Args:
        now, then: rows of `vintages`; `then` is empty without a published snapshot.
    """
    known = set(small_figures(then))
    small = [one for one in small_figures(now) if one not in known]
    yield verdict(SMALL, of_sources(small), none(), passed=not small)
    late = late_releases(now, then)
    yield verdict(LATE, of_sources(late), none(), passed=True, asked=bool(late))


def repeated_years(figures: pl.DataFrame, changed: pl.DataFrame) -> list[tuple[str, str]]:
    """The new or changed years of a state and indicator whose figures equal those of another year, cell by cell.

    Args:
        figures: rows of `observations`.
    """
    counts = figures.filter(pl.col("unit").is_in(COUNTS), ~pl.col("derived"), pl.col("status") != "suspect")
    cell = pl.concat_str(*PARTS, pl.col("low", "high").cast(pl.String), separator="|", ignore_nulls=True)
    exact = pl.col("low").filter(pl.col("status") == "exact", pl.col("low") >= MASKED_BELOW)
    years = counts.group_by(*PLACE, "year").agg(cells=cell.sort().str.join(";"), telling=exact.n_unique())
    fresh = changed.filter(pl.col("kind").is_in(["new", "changed"])).select(*PLACE, "year").unique()
    mine = years.filter(pl.col("telling") >= TELLING).join(fresh, on=[*PLACE, "year"], how="semi")
    same = mine.join(years.select(*PLACE, "cells", other="year"), on=[*PLACE, "cells"], how="inner", validate="m:m")
    pairs = same.filter(pl.col("year") != pl.col("other")).sort(*PLACE, "year", "other")
    return [
        (row["source"], f"{row['indicator']} {row['area']} {row['year']}={row['other']}")
        for row in pairs.iter_rows(named=True)
    ]


def exchanged_sexes(changed: pl.DataFrame) -> list[tuple[str, str]]:
    """The states whose figures of women and men are exchanged in every year that changed."""
    parts = changed.filter(pl.col("sex").is_in(["female", "male"]), pl.col("kind") == "changed")
    place = [name for name in CELL if name != "sex"]
    ends = ("low", "high", "low_from", "high_from")
    female, male = (parts.filter(sex=sex).select(*place, *ends) for sex in ("female", "male"))
    both = female.join(male, on=place, how="inner", suffix="_male", validate="1:1")
    exchanged = pl.all_horizontal(
        pl.col(f"{end}{one}") == pl.col(f"{end}_from{other}")
        for end in ("low", "high")
        for one, other in (("", "_male"), ("_male", ""))
    )
    differ = pl.col("year").filter(pl.col("low") != pl.col("low_male")).n_unique()
    whole = both.group_by(PLACE).agg(exchanged=exchanged.fill_null(value=False).all(), years=differ).sort(PLACE)
    found = whole.filter(pl.col("exchanged"), pl.col("years") >= EXCHANGED)
    return [(row["source"], f"{row['indicator']} {row['area']}") for row in found.iter_rows(named=True)]


def small_figures(vintages: pl.DataFrame) -> list[tuple[str, str]]:
    """The exact figures below five of publishers that mask such figures: each would say what a mask hides."""
    counts = vintages.filter(pl.col("unit").is_in(COUNTS), ~pl.col("derived"))
    masking = counts.filter((pl.col("status") == "masked") & (pl.col("high") == MASKED_BELOW - 1))
    small = counts.filter(pl.col("status") == "exact", pl.col("low") > 0, pl.col("low") < MASKED_BELOW)
    # A mask that another source's figure was given says nothing about its own publisher.
    own = masking.filter(pl.col("note").is_null()).select("source").unique()
    found = small.join(own, on="source", how="semi").sort(CELL)
    return [(row["source"], _cell(row)) for row in found.iter_rows(named=True)]


def lost_masks(now: pl.DataFrame, then: pl.DataFrame) -> list[tuple[str, str]]:
    """The states of which no masked figure is masked any more, and some are five or more now.

    Args:
        now, then: rows of `observations`.
    """
    masked = then.filter(pl.col("status") == "masked", pl.col("unit").is_in(COUNTS), ~pl.col("derived"))
    both = now.drop_nulls("low").join(masked.select(CELL), on=CELL, how="semi")
    seen = both.group_by("source", "area").agg(
        masks=pl.len(),
        still=(pl.col("status") == "masked").sum(),
        more=(pl.col("low") >= MASKED_BELOW).sum(),
    )
    found = seen.filter(pl.col("masks") >= MASKS, pl.col("still") == 0, pl.col("more") > 0).sort("source", "area")
    return [(row["source"], str(row["area"])) for row in found.iter_rows(named=True)]


def several_values(changed: pl.DataFrame) -> list[tuple[str, str]]:
    """The states of which more figures than ever before had one value and have several now."""
    rows = changed.filter(pl.col("status") == "conflicting", pl.col("low_from").is_not_null())
    states = rows.group_by("source", "area").len().filter(pl.col("len") > MOST_SEVERAL).sort("source", "area")
    return [(row["source"], str(row["area"])) for row in states.iter_rows(named=True)]


def late_releases(now: pl.DataFrame, then: pl.DataFrame) -> list[tuple[str, str]]:
    """The releases that are new and have an older date than the newest that was published."""
    known = then.group_by("source").agg(pl.col("release").unique().alias("known"), newest=latest())
    fresh = now.select("source", "release").unique().join(known, on="source", how="inner", validate="m:1")
    return [
        (row["source"], str(row["release"]))
        for row in fresh.sort("source", "release").iter_rows(named=True)
        if row["release"] not in row["known"] and ordered([row["release"], row["newest"]])[-1] == row["newest"]
    ]


def _cell(row: dict[str, Any]) -> str:
    groups: Sequence[str] = [row[name] for name in PARTS if row[name] != "total"]
    return " ".join([row["indicator"], row["area"], str(row["year"]), *groups, f"{row['low']:g}", row["release"]])
