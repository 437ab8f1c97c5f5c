"""Published figures that a build changes, each with both values, and changes larger than any revision so far.

How much a publisher's revisions changed its figures so far is in `data/reference/usual_changes.csv`. A test compares
that file with the releases in the published snapshot; `python -m etl check --usual` computes it again.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import inf
from typing import Any

import dataframely as dy
import polars as pl

from data import columns
from data.contract import OBSERVATION_KEY
from data.releases import latest, ordered
from data.reviewed import Reviewed, read
from etl.checking.jumps import pairs
from etl.checking.result import Check, Frames, none, of_sources, verdict
from etl.source_declaration import declarations

FIGURE = (*OBSERVATION_KEY, "unit")
READING = ("low", "high", "status", "note", "release")
COUNTS = ("persons", "offences")
# The classes of figures by size: the first size of each. UNODC masks what is below five.
SIZES = (0, 5, 10, 100, 1000)
# The sum of all states in a year, and the share of the largest of them in percent, as figures of an area of their own.
REGION = "all_states"
SHARE = "largest_share"
REGIONAL = {REGION: "region", SHARE: "share"}
LARGE_SUM = 100
KINDS = ("total", "part", *REGIONAL.values())
# The ways in which a figure changes, and the value that means no change.
WAYS = {"up": 1.0, "down": 1.0, "to_zero": 0.0}
BEYOND = "changes beyond the usual"


class UsualChanges(Reviewed):
    """The file of the largest changes that revisions made so far, by the size of the figure before.

    `up` is the largest figure after / figure before, `down` the largest before / after (1: none), where a zero before
    counts as one, and an interval by its nearer end. `to_zero` is the largest figure that became zero (0: none): no
    ratio says how much that is. `figures` are totals, those by sex, age and form, or those of `regional`.
    """

    FILE = "usual_changes.csv"
    source = dy.String(nullable=False, primary_key=True)
    figures = columns.code(KINDS, key=True)
    size_from = dy.Int16(nullable=False, primary_key=True, min=0, description="the least size of the class")
    revisions = dy.Int16(nullable=False, min=0, description="how many revisions were found")
    up = dy.Float64(nullable=False, min=1, description="the largest figure after / before")
    down = dy.Float64(nullable=False, min=1, description="the largest figure before / after")
    to_zero = dy.Float64(nullable=False, min=0, description="the largest figure that became zero")
    reason = columns.text()

    @dy.rule()
    def declared(cls) -> pl.Expr:
        """The source is one that is declared in etl/sources."""
        return pl.col("source").is_in(list(declarations()))


def figures(frames: Frames) -> pl.DataFrame:
    """The published figures, with `FIGURE` and `READING`; flows and stocks as one row for each pair; no rates."""
    printed = frames["observations"].filter(~pl.col("derived")).select(*FIGURE, *READING)
    whole = {name: pl.lit("total") for name in ("sex", "age", "form")}
    sums = [rows.select("source", "indicator", "area", "year", "low", "high", **whole) for rows in pairs(frames)]
    return pl.concat([printed, *sums], how="diagonal_relaxed")


def regional(now: pl.DataFrame, then: pl.DataFrame) -> pl.DataFrame:
    """The changes of the sum of all states in a year, and of the largest state's share of it in percent.

    Only states with a figure in both count, as a new figure is no revision, and only sums that were large enough.

    Args:
        now, then: rows of `figures`.

    Returns:
        rows of `changes`, with `REGION` or `SHARE` as area.
    """
    now, then = (rows.filter(pl.col("unit").is_in(COUNTS)).drop_nulls("low") for rows in (now, then))
    both = [_regional(rows.join(other, on=OBSERVATION_KEY, how="semi")) for rows, other in ((now, then), (then, now))]
    large = both[1].filter(pl.col("area") == REGION, pl.col("low") >= LARGE_SUM)
    return changes(*(rows.join(large, on=["source", "indicator", "year"], how="semi") for rows in both))


def _regional(figures: pl.DataFrame) -> pl.DataFrame:
    whole = pl.all_horizontal(pl.col("sex", "age", "form") == "total")
    totals = figures.filter(whole)
    year = totals.group_by("source", "indicator", "year", "unit")
    known = {"sex": "total", "age": "total", "form": "total", "status": "exact", "note": None, "release": ""}
    sums = year.agg(pl.col("low", "high").sum(), area=pl.lit(REGION))
    share = {"low": pl.col("low").max() / pl.col("high").sum(), "high": pl.col("high").max() / pl.col("low").sum()}
    shares = year.agg(area=pl.lit(SHARE), **{end: (100 * part).round(1) for end, part in share.items()})
    rows = pl.concat([sums, shares], how="diagonal").with_columns(
        pl.lit(value).alias(name) for name, value in known.items()
    )
    return rows.select(pl.col(name).cast(figures.schema[name]) for name in (*FIGURE, *READING))


def release_before(vintages: pl.DataFrame) -> pl.DataFrame:
    """The figures of the release before the newest one of each indicator: what a first build is compared with."""
    series = ("source", "indicator")
    older = vintages.filter(pl.col("release") != latest().over(series))
    return older.filter(pl.col("release") == latest().over(series)) if older.height else older


def changes(now: pl.DataFrame, then: pl.DataFrame) -> pl.DataFrame:
    """The figures that differ: `FIGURE`, `READING` of both (`low_from` ... before), `kind` and `whole`.

    `kind` is changed, new, gone, or convention (the same small figure masked in another way).
    """
    before = then.rename({name: f"{name}_from" for name in READING}).with_columns(was=pl.lit(value=True))
    after = now.with_columns(stands=pl.lit(value=True))
    rows = after.join(before.drop("unit"), on=OBSERVATION_KEY, how="full", coalesce=True, validate="1:1")
    compared = ("low", "high", "status")
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_from")) for name in compared)
    # A figure without a value has what was printed in its note.
    same &= pl.col("low").is_not_null() | pl.col("note").eq_missing(pl.col("note_from"))
    kind = (
        pl.when(pl.col("was").is_null())
        .then(pl.lit("new"))
        .when(pl.col("stands").is_null())
        .then(pl.lit("gone"))
        .when(same)
        .then(None)
        .when(_small("_from") & _small("") & (pl.any_horizontal(pl.col("status", "status_from") == "masked")))
        .then(pl.lit("convention"))
        .otherwise(pl.lit("changed"))
    )
    whole = pl.all_horizontal(pl.col("sex", "age", "form") == "total")
    return rows.with_columns(kind=kind, whole=whole).drop_nulls("kind").drop("was", "stands")


def _small(end: str) -> pl.Expr:
    """Whether a figure is masked or a printed zero."""
    return (pl.col(f"status{end}") == "masked") | (pl.col(f"high{end}") == 0).fill_null(value=False)


def beyond(changed: pl.DataFrame) -> pl.DataFrame:
    """The changed counts that rose or fell more than any revision so far, with `WAYS` and their limits.

    A figure that became impossible and a total of which several values are printed are beyond any limit.
    """
    known = read(UsualChanges).select(
        "source", "figures", "size_from", *(pl.col(way).alias(f"most_{way}") for way in WAYS)
    )
    rows = _sized(changed.filter(pl.col("kind") == "changed", pl.col("low_from").is_not_null()))
    rows = rows.join(known, on=["source", "figures", "size_from"], how="inner", validate="m:1")
    lost = (pl.col("status") == "suspect") | ((pl.col("status") == "conflicting") & pl.col("whole"))
    return rows.filter(lost | pl.any_horizontal(pl.col(way) > pl.col(f"most_{way}") for way in WAYS))


def _sized(changed: pl.DataFrame) -> pl.DataFrame:
    """Changes with `figures` (total or part), `size_from` (class of size before) and `WAYS`, rounded upwards."""
    low, high, low_from, high_from = (
        pl.max_horizontal(pl.col(name), 1.0) for name in ("low", "high", "low_from", "high_from")
    )
    size = pl.max_horizontal(pl.when(pl.col("high_from") >= size).then(size) for size in SIZES)
    # Two decimals are what a person reads.
    up, down = (((ratio * 100).ceil() / 100).round(2) for ratio in (low / high_from, low_from / high))
    zero = pl.col("high") == 0
    ways = {"up": up, "down": pl.when(~zero).then(down), "to_zero": pl.when(zero).then("low_from")}
    known, region = pl.col("low").is_not_null(), pl.col("area").is_in([REGION, SHARE])
    usual = pl.when("whole").then(pl.lit("total")).otherwise(pl.lit("part"))
    kind = pl.when(region).then(pl.col("area").replace(REGIONAL)).otherwise(usual)
    return changed.with_columns(
        figures=kind,
        # There are too few of these for classes.
        size_from=pl.when(region).then(SIZES[0]).otherwise(size).cast(pl.Int16),
        **{way: pl.when(known).then(pl.max_horizontal(ratio, WAYS[way])) for way, ratio in ways.items()},
    )


def usual(vintages: pl.DataFrame, source: str) -> pl.DataFrame:
    """The rows of `usual_changes.csv` (`UsualChanges`, without `row`) for a source, from its consecutive releases.

    Args:
        vintages: figures of all releases.
    """
    mine = vintages.filter(pl.col("source") == source, ~pl.col("derived"), pl.col("unit").is_in(COUNTS))
    releases = [mine.filter(release=one).select(*FIGURE, *READING) for one in ordered(mine["release"])]
    # Of one release alone nothing was revised: it is compared with itself.
    steps_of = [*pairwise([releases[0], *releases])]
    steps = [_sized(made(after, before)) for before, after in steps_of for made in (changes, regional)]
    revised = pl.concat(steps).filter(pl.col("kind") == "changed").drop_nulls(["low", "low_from"])
    moved = revised.filter((pl.col("low") > pl.col("high_from")) | (pl.col("high") < pl.col("low_from")))
    rows = [
        {"source": source, "figures": kind, "size_from": size, **_largest(moved.filter(figures=kind, size_from=size))}
        for kind in KINDS
        for size in (SIZES[:1] if kind in REGIONAL.values() else SIZES)
    ]
    return pl.DataFrame(rows)


def _largest(revised: pl.DataFrame) -> dict[str, object]:
    """The number of revisions, the largest rise and fall, and which figures they were."""
    if revised.is_empty():
        return {"revisions": 0, **WAYS, "reason": "no revision so far"}
    in_order = revised.sort(OBSERVATION_KEY)
    most = {way: in_order.sort(way, descending=True, maintain_order=True).row(0, named=True) for way in WAYS}
    said = [f"{way}: {named(row).replace('→', ' to ')}" for way, row in most.items() if row[way] > WAYS[way]]
    return {"revisions": revised.height, **{way: row[way] for way, row in most.items()}, "reason": "; ".join(said)}


def named(row: Mapping[str, Any]) -> str:
    """A change in a few ids and both values: `detected_victims CRI 2022 43→400`."""
    place = (row["indicator"], row["area"], row["year"], *part(row), f"{value(row, '_from')}→{value(row)}")
    return " ".join(str(one) for one in place)


def part(row: Mapping[str, Any]) -> list[str]:
    """The part of a total that a figure is of: `sex:female`, `age:0-17`; nothing for a total."""
    return [f"{name}:{row[name]}" for name in ("sex", "age", "form") if row[name] != "total"]


def value(row: Mapping[str, Any], end: str = "") -> str:
    """A figure without spaces: an interval, in brackets what is printed in place of one, - if there is no row."""
    low, high, note = (row[f"{name}{end}"] for name in ("low", "high", "note"))
    if low is not None:
        return interval(low, high)
    printed = str(note or "").partition(": ")[2].replace("; ", "/")
    return f"[{printed}]" if note else "-"


def interval(low: float, high: float) -> str:
    """An interval as a person reads it: `43`, `1-4`, `at least 405`."""
    if high == inf:
        return f"at least {low:,.10g}"
    return f"{low:,.10g}" if low == high else f"{low:,.10g}-{high:,.10g}"


def checked(changed: pl.DataFrame, *, published: bool) -> Iterator[Check]:
    """The check of changes beyond the usual; without a published snapshot it only warns."""
    large = beyond(changed)
    saw = of_sources([(row["source"], named(row)) for row in large.iter_rows(named=True)])
    passed = large.is_empty() or not published
    yield verdict(BEYOND, saw, none(), passed=passed, asked=passed and not large.is_empty())
