"""The open snapshot, its tables, and the decorator that caches what is computed from them.

Whatever depends on the open snapshot is cached with `cached`, so that another snapshot gets other results; functools'
own caches are only for constants (files of this package, languages, fonts). Streamlit's cache would unpickle a copy on
every hit. Callers never modify the frames they get.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache, update_wrapper
from typing import Concatenate, Generic, ParamSpec, TypeVar

import polars as pl

from dashboard import editions
from dashboard.charts.ground import Basemap, prepare
from dashboard.editions import NEWEST
from dashboard.memory import Kept
from data.snapshot import shapes
from data.verified import Verified, opened

P = ParamSpec("P")
R = TypeVar("R")
# Tables up to this size in bytes are unpacked once; larger ones are unpacked by each query, as far as it needs them.
IN_MEMORY = 20_000_000
# How many results each cached function keeps; the least recently used is dropped first.
MOST_RESULTS = 128


class Tables:
    """The tables of one snapshot, as of the newest releases or of an earlier edition; tests build one from frames."""

    def __init__(self, frames: Mapping[str, pl.LazyFrame]) -> None:
        self._frames = frames
        self._earlier: dict[tuple[str, str], pl.LazyFrame] = {}

    def replaced(self, **frames: pl.LazyFrame) -> "Tables":
        """The tables with some of them replaced."""
        return Tables({**self._frames, **frames})

    def table(self, name: str) -> pl.LazyFrame:
        """A table of `data.contract.SCHEMAS`, or the polygons (`boundaries`)."""
        return self._frames[name]

    def observations(self, edition: str = NEWEST) -> pl.LazyFrame:
        """The figures as of an edition (`dashboard.editions`)."""
        newest = self.table("observations")
        if edition == NEWEST:
            return newest
        then = editions.observations(newest, self.table("vintages"), self.table("release_coverage"), edition)
        return self._in_memory("observations", edition, then)

    def vintages(self, edition: str = NEWEST) -> pl.LazyFrame:
        """The figures of every release published up to an edition."""
        return editions.vintages(self.table("vintages"), edition)

    def flows(self, edition: str = NEWEST) -> pl.LazyFrame:
        """The flows as of an edition (`dashboard.editions`)."""
        return self._flows("flows", "flow_vintages", edition)

    def flow_coverage(self, edition: str = NEWEST) -> pl.LazyFrame:
        """How many victims have a listed citizenship, as of an edition."""
        return self._flows("flow_coverage", "flow_coverage_vintages", edition)

    def _flows(self, name: str, vintages: str, edition: str) -> pl.LazyFrame:
        newest = self.table(name)
        if edition == NEWEST:
            return newest
        return self._in_memory(name, edition, editions.flows(newest, self.table(vintages), edition))

    def _in_memory(self, name: str, edition: str, frame: pl.LazyFrame) -> pl.LazyFrame:
        if (name, edition) not in self._earlier:
            self._earlier[name, edition] = frame.collect().lazy()
        return self._earlier[name, edition]


# The snapshot of this process.
snapshot = opened


def tables() -> Tables:
    """The tables of the open snapshot: small ones unpacked, large ones scanned by each query."""
    return _tables(snapshot())


@lru_cache(1)
def _tables(current: Verified) -> Tables:
    sizes = {resource["name"]: resource["size"] for resource in current.manifest["resources"]}
    scans = {name: current.table(name) for name in sizes}
    return Tables({name: scan.collect().lazy() if sizes[name] <= IN_MEMORY else scan for name, scan in scans.items()})


class Cached(Generic[P, R]):
    """A function of a snapshot's tables that caches its results by tables and arguments.

    A call without tables reads the open snapshot. `of` takes the tables as its first argument: for callers that are
    cached functions themselves, and for tests.
    """

    def __init__(self, function: Callable[Concatenate[Tables, P], R], most: int = MOST_RESULTS) -> None:
        self.of: Callable[Concatenate[Tables, P], R] = Kept(function, most, skipped=1)
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """The result for the open snapshot."""
        return self.of(tables(), *args, **kwargs)


def cached(function: Callable[Concatenate[Tables, P], R]) -> Cached[P, R]:
    """Cache a function of a snapshot's tables; its callers leave the tables out (`Cached`)."""
    return Cached(function)


def cached_up_to(most: int) -> Callable[[Callable[Concatenate[Tables, P], R]], Cached[P, R]]:
    """Cache a function as `cached` does, with another number of results than `MOST_RESULTS`."""
    return lambda function: Cached(function, most)


@cached
def areas(snap: Tables) -> tuple[str, ...]:
    """ISO3 of the states, in the order of codes."""
    return tuple(snap.table("areas").select("area").sort("area").collect()["area"])


@cached
def last_years(snap: Tables) -> dict[str, int]:
    """The last year with a figure, by source of figures."""
    printed = snap.observations().filter(~pl.col("derived"), pl.col("low").is_not_null())
    return dict(printed.group_by("source").agg(pl.col("year").max()).sort("source").collect().iter_rows())


@cached
def basemap(snap: Tables) -> Basemap:
    """The polygons, prepared for the figures."""
    return prepare(shapes(snap.table("boundaries").collect()))


@cached
def points(snap: Tables) -> pl.DataFrame:
    """Label points of the world's countries in degrees: area, longitude, latitude."""
    return snap.table("countries").select("area", "longitude", "latitude").collect()
