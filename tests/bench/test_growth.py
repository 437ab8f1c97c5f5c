"""How the time of a question grows with the rows of the snapshot: real shape, made-up values, outside the product."""

import time
from functools import partial
from math import log

import polars as pl

from dashboard import store
from dashboard.query import observed, routes
from tests.bench.conftest import Report

TIMES = (1, 10, 100, 1000)


def test_growth(tmp_path, report: Report):
    seen: dict[str, list[tuple[int, float]]] = {"region": [], "routes": []}
    for times in TIMES:
        figures = _many(store.table("observations").drop("inputs"), "indicator", times)
        figures.write_parquet(tmp_path / "o.parquet", statistics=True, row_group_size=50_000)
        flows = _many(store.table("flows"), "evidence", times)
        flows.write_parquet(tmp_path / "f.parquet", statistics=True, row_group_size=50_000)
        scan, held = pl.scan_parquet(tmp_path / "o.parquet"), pl.scan_parquet(tmp_path / "f.parquet")
        asked = partial(observed.region, scan, store.table("areas"), "detected_victims", 2019)
        seen["region"].append((figures.height, _timed(asked)))
        seen["routes"].append(
            (flows.height, _timed(partial(routes.arrows, held, routes.Filter(first=2015, last=2019))))
        )
    for name, points in seen.items():
        told = "; ".join(f"{rows:,} rows {1000 * taken:.1f} ms" for rows, taken in points)
        (small, early), (large, late) = points[0], points[-1]
        law = log(late / early) / log(large / small)
        report("Growth of a question's time", name, f"{told}; time ~ rows^{law:.2f}")


def _many(table: pl.LazyFrame, column: str, times: int) -> pl.DataFrame:
    """The table and as many copies of it as are asked for, under other names and in order, as a snapshot lies."""
    frame = table.collect()
    copies = [frame, *(frame.with_columns(pl.col(column) + f" {copy}") for copy in range(1, times))]
    return pl.concat(copies).sort(column, "year")


def _timed(ask) -> float:
    ask()
    taken = []
    for _ in range(7):
        begun = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[3]
