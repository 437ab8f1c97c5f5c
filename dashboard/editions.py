"""The figures as a reader of an earlier release saw them: UNODC's of that release and those before it."""

import polars as pl

from data.releases import latest, moment, order, ordered

# The id of the view that is usual: every source's newest release.
NEWEST = "newest"
SOURCE = "unodc_glotip"
SERIES = ("indicator", "year")


def earlier(release_coverage: pl.LazyFrame) -> tuple[str, ...]:
    """The releases before the newest one, the later first."""
    releases = release_coverage.filter(pl.col("source") == SOURCE).select(pl.col("release").unique()).collect()
    return tuple(ordered(releases["release"])[::-1][1:])


def observations(
    newest: pl.LazyFrame, vintages: pl.LazyFrame, release_coverage: pl.LazyFrame, edition: str
) -> pl.LazyFrame:
    """The best readings as of an edition; other sources' figures are those of their newest releases.

    Per indicator and year the newest release up to the edition that covers both decides; what it no longer prints is
    gone. A rate divides the release's count by the newest population.

    Args:
        newest: `observations`; vintages, release_coverage: the tables of these names.
        edition: `NEWEST`, or a release of UNODC.
    """
    if edition == NEWEST:
        return newest
    known = (pl.col("source") == SOURCE) & _out_at(edition)
    decides = release_coverage.filter(known).group_by(SERIES).agg(latest().alias("decides"))
    printed = vintages.filter(known).join(decides, on=SERIES, how="inner", validate="m:1")
    then = printed.filter(pl.col("release") == pl.col("decides")).drop("decides")
    others = newest.filter(pl.col("source") != SOURCE)
    return pl.concat([others, then.select(newest.collect_schema().names())])


def vintages(every: pl.LazyFrame, edition: str) -> pl.LazyFrame:
    """The figures of all releases that were out at an edition; of other sources all that are held."""
    return every if edition == NEWEST else every.filter((pl.col("source") != SOURCE) | _out_at(edition))


def _out_at(edition: str) -> pl.Expr:
    return order() <= moment(edition)


def flows(newest: pl.LazyFrame, flow_vintages: pl.LazyFrame, edition: str) -> pl.LazyFrame:
    """Counted flows as of an edition beside the stated ones, which have one release; `flow_coverage` likewise."""
    if edition == NEWEST:
        return newest
    then = flow_vintages.filter(pl.col("as_of") == edition).drop("as_of")
    others = newest.filter(pl.col("source") != SOURCE)
    return pl.concat([others, then.select(newest.collect_schema().names())])
