"""Editions: the figures as of an earlier release of UNODC, from that release and those before it."""

import polars as pl

from data.manifest import main_source
from data.releases import latest, moment, order, ordered

# The id of the default edition: the newest release of every source.
NEWEST = "newest"
SERIES = ("indicator", "year")


def earlier(release_coverage: pl.LazyFrame) -> tuple[str, ...]:
    """The releases before the newest one, latest first."""
    releases = release_coverage.filter(source=main_source()).select(pl.col("release").unique()).collect()
    return tuple(ordered(releases["release"])[::-1][1:])


def observations(
    newest: pl.LazyFrame, vintages: pl.LazyFrame, release_coverage: pl.LazyFrame, edition: str
) -> pl.LazyFrame:
    """The best readings as of an edition; figures of other sources are always those of their newest release.

    For each indicator and year, the newest release up to the edition that covers both is used; figures that it no
    longer prints are left out. A rate divides the release's count by the newest population.

    Args:
        newest: the table `observations`; the others are the tables of their names.
        edition: `NEWEST`, or a release of UNODC.
    """
    if edition == NEWEST:
        return newest
    published = (pl.col("source") == main_source()) & _published_by(edition)
    decides = release_coverage.filter(published).group_by(SERIES).agg(latest().alias("decides"))
    printed = vintages.filter(published).join(decides, on=SERIES, how="inner", validate="m:1")
    as_of = printed.filter(pl.col("release") == pl.col("decides")).drop("decides")
    other_sources = newest.filter(pl.col("source") != main_source())
    return pl.concat([other_sources, as_of.select(newest.collect_schema().names())])


def vintages(every: pl.LazyFrame, edition: str) -> pl.LazyFrame:
    """The figures of all releases published by an edition; those of other sources are all included."""
    return every if edition == NEWEST else every.filter((pl.col("source") != main_source()) | _published_by(edition))


def _published_by(edition: str) -> pl.Expr:
    return order() <= moment(edition)


def flows(newest: pl.LazyFrame, flow_vintages: pl.LazyFrame, edition: str) -> pl.LazyFrame:
    """Counted flows as of an edition, and all stated flows, which have one release. Also for `flow_coverage`."""
    if edition == NEWEST:
        return newest
    as_of = flow_vintages.filter(pl.col("as_of") == edition).drop("as_of")
    other_sources = newest.filter(pl.col("source") != main_source())
    return pl.concat([other_sources, as_of.select(newest.collect_schema().names())])
