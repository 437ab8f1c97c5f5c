"""What publishers changed from one release to the next. A change of masking convention is not a revision."""

from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from dashboard.store import Tables, cached
from dashboard.subjects.coverage import query
from dashboard.subjects.states.query import DIMENSIONS
from data import manifest
from data.releases import first_day, moment, order, ordered

ALL = "all"
CONVENTION = "convention"
CHANGES = ("revised", "new", "withdrawn")
READING = ("area", "year", *DIMENSIONS, "source", "release", "low", "high", "status", "unit")


@dataclass(frozen=True)
class Step:
    """The changes from one release of a source to the next, as numbers of figures.

    Attributes:
        read: figures of the earlier release, in the years that both cover; last: the last of these years.
        zeros: masked figures that are now printed as zero.
        masks: masked figures that now stand for another interval; meaning: those intervals.
        unmasked: zeros that are now masked.
        several: figures with several printed values, some of which are masked otherwise now.
    """

    source: str
    before: str
    after: str
    read: int
    last: int | None
    revised: int
    new: int
    withdrawn: int
    zeros: int
    masks: int
    unmasked: int
    several: int
    meaning: tuple[tuple[float, float], ...]


def kinds(*, masking: bool) -> tuple[str, ...]:
    """The kinds of change that are shown; those of masking only if `masking`."""
    return (*CHANGES, CONVENTION) if masking else CHANGES


@cached
def rows(snap: Tables, indicator: str, state: str, *, masking: bool, since: str = "") -> pl.DataFrame:
    """Every change of an indicator, of one state or of all; changes of masking only if `masking`.

    Args:
        since: a day (ISO 8601): only changes in releases of that day or later.
    """
    changes = _of(snap.table("revisions"), indicator, state).filter(pl.col("kind").is_in(kinds(masking=masking)))
    if since:
        changes = changes.filter(pl.col("release_to").is_in(later.of(snap, since)))
    return changes.sort("area", "year", "form", "sex", "age", order("release_from")).collect()


@cached
def later(snap: Tables, since: str) -> tuple[str, ...]:
    """The releases with changes that are of a day (ISO 8601) or later, the oldest first."""
    every = ordered(snap.table("revisions").select(pl.col("release_to").unique()).collect()["release_to"])
    return tuple(release for release in every if str(first_day(release) or "") >= since)


@cached
def days(snap: Tables) -> tuple[str, ...]:
    """The first days of the releases with changes, in order; those without a date have none."""
    return tuple(sorted({str(day) for release in later.of(snap, "") if (day := first_day(release))}))


def by_state(changes: pl.DataFrame) -> pl.DataFrame:
    """How many figures of each state changed, by kind: area, kind, figures, and how many are totals."""
    whole = pl.all_horizontal(pl.col(DIMENSIONS) == "total").sum().cast(pl.Int64).alias("totals")
    return changes.group_by("area", "kind").agg(pl.len().cast(pl.Int64).alias("figures"), whole).sort("area", "kind")


@cached
def releases(snap: Tables, indicator: str, state: str) -> pl.DataFrame:
    """The totals of a state in every release, by year and release; of a survey the widest group."""
    printed = query.readings(snap.vintages().filter(~pl.col("derived")), indicator)
    return printed.filter(pl.col("area") == state).select(READING).sort("year", order())


def cells(changes: pl.DataFrame) -> pl.DataFrame:
    """Source, release and year of both figures of every change; a new figure has no earlier one."""
    ends = [
        changes.filter(pl.col(f"status_{end}").is_not_null()).select("source", "year", release=f"release_{end}")
        for end in ("from", "to")
    ]
    return pl.concat(ends)


def joined(changes: pl.DataFrame) -> pl.DataFrame:
    """The changes of totals that have a reading before and after."""
    return totals(changes.lazy()).drop_nulls(["status_from", "status_to"]).collect()


def totals(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Only the rows of all sexes, ages and forms."""
    return frame.filter(pl.all_horizontal(pl.col(DIMENSIONS) == "total"))


@cached
def figure_rows(snap: Tables, indicator: str, state: str, *, masking: bool) -> pl.DataFrame:
    """The rows of the chart: how many figures of each state changed, or the totals of one state by release."""
    if state == ALL:
        return by_state(rows.of(snap, indicator, state, masking=masking))
    return releases.of(snap, indicator, state)


@cached
def steps(snap: Tables, indicator: str = ALL, state: str = ALL) -> list[Step]:
    """The steps between successive releases, newest last.

    Args:
        indicator, state: an id, or `ALL`.
    """
    printed, coverage = snap.vintages().filter(~pl.col("derived")), snap.table("release_coverage")
    changed = _of(snap.table("revisions"), indicator, state).collect()
    relevant = coverage.filter(pl.lit(indicator == ALL) | (pl.col("indicator") == indicator))
    return [
        _step(
            _read(printed.filter(pl.col("indicator").is_in(indicators)), coverage, *pair).pipe(_of, indicator, state),
            changed,
            _last(relevant, *pair),
            *pair,
        )
        for pair, indicators in _pairs(relevant, changed)
    ]


def _pairs(coverage: pl.LazyFrame, changed: pl.DataFrame) -> list[tuple[tuple[str, str, str], list[str]]]:
    """(source, release, next release) in order of time, each with the indicators for which that is so."""
    releases_of = coverage.group_by("source", "indicator").agg(pl.col("release").unique()).collect()
    pairs = {
        (source, *pair, indicator)
        for source, indicator, releases in releases_of.iter_rows()
        for pair in pairwise(ordered(releases))
    }
    # A form that is released separately may skip releases of the others.
    pairs.update(changed.select("source", "release_from", "release_to", "indicator").iter_rows())
    result: dict[tuple[str, str, str], list[str]] = {}
    for source, before, after, indicator in pairs:
        result.setdefault((source, before, after), []).append(indicator)
    return sorted(result.items(), key=lambda item: (item[0][0], *map(moment, item[0][1:])))


def _read(printed: pl.LazyFrame, coverage: pl.LazyFrame, source: str, before: str, after: str) -> pl.LazyFrame:
    """The figures of one release that another release covers too."""
    read, later = (printed.filter(source=source, release=end) for end in (before, after))
    for end in (before, after):
        covered = coverage.filter(source=source, release=end).select("indicator", "year").unique()
        read = read.join(covered, on=["indicator", "year"], how="semi")
    return read.join(later, on=["indicator", "form"], how="semi") if source in manifest.forms_apart() else read


def _last(coverage: pl.LazyFrame, source: str, before: str, after: str) -> int | None:
    """The last year that both releases cover."""
    mine = coverage.filter(pl.col("release").is_in([before, after]), source=source).group_by("indicator", "year")
    both = mine.agg(pl.col("release").n_unique()).filter(pl.col("release") > 1)
    last: int | None = both.select(pl.col("year").max()).collect().item()
    return last


def _step(read: pl.LazyFrame, changed: pl.DataFrame, last: int | None, source: str, before: str, after: str) -> Step:
    mine = changed.filter(pl.col("source") == source, release_from=before, release_to=after)
    count = dict(mine.group_by("kind").len().iter_rows())
    conventions = mine.filter(pl.col("kind") == CONVENTION)
    masks = conventions.filter((pl.col("status_from") == "masked") & (pl.col("status_to") == "masked"))
    return Step(
        source,
        before,
        after,
        read=read.select(pl.len()).collect().item(),
        last=last,
        revised=count.get("revised", 0),
        new=count.get("new", 0),
        withdrawn=count.get("withdrawn", 0),
        zeros=conventions.filter(pl.col("status_to") == "exact").height,
        masks=masks.height,
        unmasked=conventions.filter(pl.col("status_from") == "exact").height,
        several=conventions.filter(pl.col("status_from") == "conflicting").height,
        meaning=tuple(masks.select("low_to", "high_to").unique().sort(pl.all()).rows()),
    )


def _of(frame: pl.LazyFrame, indicator: str, state: str) -> pl.LazyFrame:
    one = pl.lit(indicator == ALL) | (pl.col("indicator") == indicator)
    return frame.filter(one & (pl.lit(state == ALL) | (pl.col("area") == state)))
