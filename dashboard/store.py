"""What one process holds: the snapshot it opened at its start, for as long as it runs, and what follows from it alone.

A reader opens an id and stays with it. Streamlit's own cache is not used: each of its hits unpickles a copy.
"""

from functools import cache

import polars as pl

from dashboard.figures.basemap import Basemap, prepare
from dashboard.figures.classes import class_breaks
from dashboard.query import observed, published
from data.snapshot import Snapshot

IN_MEMORY = 20_000_000


@cache
def snapshot() -> Snapshot:
    """The snapshot of this process.

    Raises:
        data.snapshot.SnapshotError: there is none to open; the text says what to do.
    """
    return Snapshot.open()


@cache
def table(name: str) -> pl.LazyFrame:
    """A table of the snapshot: held in memory where it is small, else scanned when it is asked."""
    resources = {resource["name"]: resource for resource in snapshot().manifest["resources"]}
    scan = snapshot().table(name)
    # A LazyFrame over memory cannot be changed by anyone, and spares opening the file at every question.
    return scan.collect().lazy() if resources[name]["size"] <= IN_MEMORY else scan


@cache
def observations(edition: str) -> pl.LazyFrame:
    """The figures as of an edition (`dashboard.query.published`)."""
    newest = table("observations")
    then = published.observations(newest, table("vintages"), table("release_coverage"), edition)
    return newest if edition == published.NEWEST else then.collect().lazy()


@cache
def vintages(edition: str) -> pl.LazyFrame:
    """The figures of every release that was out at an edition."""
    return published.vintages(table("vintages"), edition)


@cache
def flows(edition: str) -> pl.LazyFrame:
    """The flows as of an edition."""
    return _as_of("flows", "flow_vintages", edition)


@cache
def flow_coverage(edition: str) -> pl.LazyFrame:
    """How many victims have a listed citizenship, as of an edition."""
    return _as_of("flow_coverage", "flow_coverage_vintages", edition)


def _as_of(name: str, vintages: str, edition: str) -> pl.LazyFrame:
    newest = table(name)
    return newest if edition == published.NEWEST else published.flows(newest, table(vintages), edition).collect().lazy()


@cache
def basemap() -> Basemap:
    """The polygons as the figures draw them."""
    return prepare(snapshot().boundaries())


@cache
def breaks(indicator: str) -> tuple[float, ...]:
    """The limits of the printed classes of a rate, the same in every year."""
    return tuple(class_breaks(observed.spread(table("observations"), indicator)))


@cache
def largest(indicator: str) -> float:
    """The figure of the largest circle, the same in every year; 1 where there is no figure."""
    figures = observed.spread(table("observations"), indicator).to_list()
    return float(figures[-1]) if figures else 1.0


@cache
def points() -> pl.DataFrame:
    """Label points of the world's countries in degrees: area, longitude, latitude."""
    return table("countries").select("area", "longitude", "latitude").collect()
