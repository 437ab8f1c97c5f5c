"""The open snapshot, its tables, and the decorator that caches what is computed from them.

Whatever depends on the open snapshot is cached with `cached`, together with that snapshot's tables: another snapshot
gets other results, and those of one that is no longer shown go with its tables. functools' own caches are only for
constants (files of this package, languages, fonts). Streamlit's cache would unpickle a copy on every hit. Callers never
modify the frames they get.
"""

from collections.abc import Callable, Mapping
from functools import cache, partial, update_wrapper
from threading import Event, Lock, Thread
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

import polars as pl
from anyio import CapacityLimiter, to_thread

from dashboard import editions
from dashboard.charts.ground import Basemap, prepare
from dashboard.editions import NEWEST
from dashboard.memory import Kept
from data import shown
from data.contract import ADDED, SCHEMAS
from data.snapshot import shapes
from data.verified import Verified

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
        self._results: dict[Cached[Any, Any], Kept[Any, Any]] = {}

    def results(self, function: "Cached[P, R]") -> Kept[P, R]:
        """A function of these tables with its cached results."""
        found: Kept[P, R] | None = self._results.get(function)
        if found is None:
            made: Kept[P, R] = Kept(partial(function.computed, self), function.most)
            found = self._results.setdefault(function, made)
        return found

    def forget(self, function: "Cached[P, R] | None" = None) -> None:
        """Drop the results of a function, or all; who still reads these tables computes them again."""
        for one in [function] if function else [*self._results]:
            if kept := self._results.pop(one, None):
                kept.cache_clear()

    def replaced(self, **frames: pl.LazyFrame) -> "Tables":
        """The tables with some of them replaced."""
        return Tables({**self._frames, **frames})

    def table(self, name: str) -> pl.LazyFrame:
        """A table of `data.contract.SCHEMAS`, or the polygons (`boundaries`)."""
        if name in ADDED and name not in self._frames:
            return SCHEMAS[name].create_empty().lazy()
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
        """The counted and stated flows as of an edition (`dashboard.editions`); those of registers stand apart."""
        return self._flows("flows", "flow_vintages", edition).filter(pl.col("evidence") != "register")

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


# The snapshot that a run or a request reads, an earlier one by its id, and how a run begins (`data.shown`).
snapshot = shown.opened
begin = shown.begin
reading = shown.reading
# The tables of the snapshots that may still be read, the last opened one last.
_OPEN: dict[Verified, Tables] = {}
_OPENING = Lock()
MOST_OPEN = shown.EARLIER + 2
# How many threads may look for snapshots in the place. It may hang, and what else needs a thread does not wait for it.
_LOOKING = CapacityLimiter(2)


def snapshot_of(name: str) -> Verified | None:
    """The current or an earlier snapshot by its id, read from its place if need be; None if there is none."""
    return shown.shown().named(name)


async def snapshot_named(name: str) -> Verified | None:
    """As `snapshot_of`, without blocking the event loop, or others if the place does not answer."""
    found = shown.shown().opened_as(name)
    return found or await to_thread.run_sync(snapshot_of, name, limiter=_LOOKING)


def follow(warm: Callable[[], object], stop: Event) -> None:
    """Show each new snapshot of the place from now on until `stop` is set. For a thread of its own.

    Args:
        warm: draws what the first readers of a new snapshot would wait for.
    """

    def prepare(new: Verified) -> None:
        with reading(new):
            tables()
            warm()

    shown.shown().follow(prepare, stop)


def for_each_shown(work: Callable[[Callable[[], bool]], object], stop: Event) -> None:
    """Do some work in each snapshot that is shown from now on, until `stop` is set. For a thread of its own.

    Args:
        work: gets a function that says whether it is over: another snapshot is shown by now, or `stop` is set.
    """
    current = None
    while True:
        if current is not shown.shown().current:
            current = shown.shown().current
            with reading(current):
                work(partial(_over, current, stop))
        if stop.wait(1.0):
            return


def _over(before: Verified, stop: Event) -> bool:
    return stop.is_set() or shown.shown().current is not before


@cache
def keep_up() -> None:
    """Show each new snapshot from now on, in a thread: for the desk, whose process runs nothing but pages."""
    Thread(target=shown.shown().follow, daemon=True).start()


def tables() -> Tables:
    """The tables of the open snapshot: small ones unpacked, large ones scanned by each query."""
    current = snapshot()
    return _OPEN.get(current) or _opened(current)


def _opened(current: Verified) -> Tables:
    with _OPENING:
        if current not in _OPEN:
            sizes = {resource["name"]: resource["size"] for resource in current.manifest["resources"]}
            scans = {name: current.table(name) for name in sizes}
            _OPEN[current] = Tables(
                {name: scan.collect().lazy() if sizes[name] <= IN_MEMORY else scan for name, scan in scans.items()}
            )
            for retired in [*_OPEN][:-MOST_OPEN]:
                # Results refer to their tables: both would stay in memory, since what was made at the start is not
                # looked at by the garbage collection (`dashboard.server.serve.warm_up`).
                _OPEN.pop(retired).forget()
        return _OPEN[current]


class Cached(Generic[P, R]):
    """A function of a snapshot's tables that caches its results by tables and arguments.

    A call without tables reads the open snapshot. `of` takes the tables as its first argument: for callers that are
    cached functions themselves, and for tests.
    """

    def __init__(self, function: Callable[Concatenate[Tables, P], R], most: int = MOST_RESULTS) -> None:
        self.computed, self.most = function, most
        update_wrapper(self, function)

    def of(self, snap: Tables, *args: P.args, **kwargs: P.kwargs) -> R:
        """The result for some tables."""
        return snap.results(self)(*args, **kwargs)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """The result for the open snapshot."""
        return tables().results(self)(*args, **kwargs)

    def found(self, *args: P.args, **kwargs: P.kwargs) -> R | None:
        """The result for the open snapshot if it is kept; None if there is none."""
        return tables().results(self).found(*args, **kwargs)


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
