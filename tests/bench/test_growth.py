"""How the time of a query grows with the rows of the snapshot: real tables with made-up copies."""

import time
from collections.abc import Callable
from functools import partial
from math import log
from pathlib import Path

import polars as pl

from dashboard import store
from dashboard.store import Tables
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states import query as states_query
from tests.bench.conftest import Report

TIMES = (1, 10, 100, 1000)
# Rows of one file: copies are written file by file, so that ten million rows need no more memory than these.
FILE_ROWS = 500_000


def test_growth(tmp_path: Path, report: Report):
    figures, flows = (store.tables().table(name).collect() for name in ("observations", "flows"))
    measured: dict[str, list[tuple[int, float]]] = {"region": [], "routes": []}
    for times in TIMES:
        copies = _many(figures.drop("inputs"), "indicator", times, tmp_path / f"figures{times}")
        query = partial(
            states_query.region.computed,
            Tables({"observations": copies, "areas": store.tables().table("areas")}),
            "detected_victims",
            2019,
        )
        measured["region"].append((figures.height * times, _timed(query)))
        copies = _many(flows, "evidence", times, tmp_path / f"flows{times}")
        filters = routes_query.FlowFilter(first=2015, last=2019)
        measured["routes"].append(
            (
                flows.height * times,
                _timed(partial(routes_query.arrows.computed, Tables({"flows": copies}), filters)),
            )
        )
    for name, points in measured.items():
        timings = "; ".join(f"{rows:,} rows {1000 * taken:.1f} ms" for rows, taken in points)
        (small, early), (large, late) = points[0], points[-1]
        law = log(late / early) / log(large / small)
        report("Growth of a question's time", f"`{name}`", f"{timings}; the time grows as rows^{law:.2f}")


def _many(frame: pl.DataFrame, column: str, times: int, folder: Path) -> pl.LazyFrame:
    """The table and some copies of it under other names, sorted as in a snapshot."""
    folder.mkdir()
    ordered = frame.sort(column, "year")
    at_once = max(FILE_ROWS // frame.height, 1)
    for first in range(0, times, at_once):
        names = (f" {copy:04}" if copy else "" for copy in range(first, min(first + at_once, times)))
        copies = pl.concat([ordered.with_columns(pl.col(column) + name) for name in names])
        copies.write_parquet(folder / f"{first:04}.parquet", statistics=True, row_group_size=frame.height)
    return pl.scan_parquet(folder)


def _timed(ask: Callable[[], object]) -> float:
    ask()
    taken = []
    for _ in range(7):
        begun = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[3]
