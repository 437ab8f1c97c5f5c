"""What a process holds of its snapshot."""

import asyncio
import gc
import shutil
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from starlette.concurrency import run_in_threadpool

from dashboard import store
from dashboard.export.snapshot_files import shelf
from dashboard.forms.desk import workbooks
from dashboard.present import links
from dashboard.stage import request, wire
from dashboard.stage.drawn import drawn
from dashboard.store import Tables, cached
from dashboard.subjects.states import query as states_query
from data import shown
from data.i18n import language
from data.snapshot import Snapshot
from tests import threads
from tests.data.damages import make_place
from tests.sealing import seal


def test_scales_do_not_change_with_the_year():
    breaks = states_query.breaks("detected_victims_rate")
    assert list(breaks) == sorted(breaks)
    assert 1 <= len(breaks) <= 5


def test_the_largest_circle_is_the_largest_figure_of_any_year():
    rows = states_query.whole(store.tables().table("observations"), "detected_victims").collect()
    assert states_query.largest("detected_victims") == max(rows["high"].drop_nulls())
    assert states_query.largest("nothing") == 1.0


@cached
def first(snap: Tables, name: str) -> tuple[str, ...]:
    """The areas of a table."""
    return tuple(snap.table(name).collect()["area"])


def test_a_result_is_cached_by_tables_and_arguments(monkeypatch):
    argentina, bolivia = (Tables({"areas": pl.LazyFrame({"area": [area]})}) for area in ("ARG", "BOL"))
    assert (first.of(argentina, "areas"), first.of(bolivia, "areas")) == (("ARG",), ("BOL",))
    assert first.of(argentina, "areas") is first.of(argentina, "areas")
    monkeypatch.setattr(store, "tables", lambda: bolivia)
    assert first("areas") is first.of(bolivia, "areas")


def test_the_least_recently_used_result_is_evicted_first():
    frames = {str(place): pl.LazyFrame({"area": [str(place)]}) for place in range(store.MOST_RESULTS + 1)}
    snap = Tables(frames)
    results = [first.of(snap, name) for name in frames]
    assert first.of(snap, str(store.MOST_RESULTS)) is results[-1]
    assert first.of(snap, "0") is not results[0]


def test_the_results_of_tables_that_are_no_longer_shown_go_with_them():
    snap = Tables({"areas": pl.LazyFrame({"area": ["ARG"]})})
    result, other = first.of(snap, "areas"), weakref.ref(snap)
    snap.forget()
    assert first.of(snap, "areas") is not result
    snap.forget()
    # Not a matter of the garbage collection, which a server does seldom.
    gc.disable()
    try:
        del snap
        assert other() is None
    finally:
        gc.enable()


def test_a_table_can_be_replaced():
    snap = Tables({"areas": pl.LazyFrame({"area": ["ARG"]})})
    assert snap.replaced(areas=pl.LazyFrame({"area": ["BOL"]})).table("areas").collect()["area"].to_list() == ["BOL"]


@pytest.fixture
def other_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Snapshot]]:
    """Opens another snapshot for this process: without Brazil's figures, any entry of the ledger, and Aruba."""
    before, name = store.snapshot(), "0" * 12
    shutil.copytree(before.root, tmp_path / name)
    (tmp_path / "current").write_text(name, encoding="utf-8")
    for table, rows in (
        ("observations", pl.col("area") != "BRA"),
        ("evidence", pl.lit(value=False)),
        ("boundaries", pl.col("area") != "ABW"),
    ):
        path = tmp_path / name / f"{table}.parquet"
        pl.read_parquet(path).filter(rows).write_parquet(path)
    seal(tmp_path / name, id=name)
    monkeypatch.setenv("ATALAYA_SNAPSHOT", str(tmp_path))

    def open_it() -> Snapshot:
        shown.shown.cache_clear()
        return store.snapshot()

    yield open_it
    monkeypatch.undo()
    shown.shown.cache_clear()


REGION_MAP = request.query("region", request.defaults("region", {"year": "2019"}), "en")
READERS: dict[str, Callable[[], Any]] = {
    "tables": lambda: store.tables().table("observations").filter(area="BRA").collect().height,
    "lines of the basemap": wire.ground,
    "a figure": lambda: wire.packed(request.parse("region", {**REGION_MAP, "width": "720", "dark": "0"})),
    "files for download": lambda: shelf().snapshot.id,
    "entries that a workbook may answer": lambda: len(workbooks._reply_targets().entries),
    "the figure of a scene": lambda: id(links.glance(language("en"), "/region")),
}


def test_another_snapshot_changes_every_result(other_snapshot):
    before = {name: read() for name, read in READERS.items()}
    assert before == {name: read() for name, read in READERS.items()}
    assert other_snapshot().id == "0" * 12
    after = {name: read() for name, read in READERS.items()}
    assert [name for name in READERS if after[name] == before[name]] == []
    assert after["tables"] == after["entries that a workbook may answer"] == 0


def test_a_figure_that_was_being_drawn_as_another_snapshot_opened_is_drawn_again(other_snapshot, monkeypatch):
    snapshots = []

    def opening_another(figure_request):
        snapshots.append(store.snapshot().id)
        plate = drawn(figure_request)
        other_snapshot()
        return plate

    monkeypatch.setattr(wire, "drawn", opening_another)
    store.tables().forget(wire._gzipped)
    published = store.snapshot().id
    figure_request = request.parse("region", {**REGION_MAP, "width": "720", "dark": "0"})
    assert wire.packed(figure_request) != wire.packed(figure_request)
    assert snapshots == [published, "0" * 12]


def test_files_for_download_are_those_of_the_open_snapshot_whatever_the_tables(monkeypatch):
    published, tables = shelf().snapshot, store.tables()
    monkeypatch.setattr(store, "tables", lambda: tables)
    monkeypatch.setattr(store, "snapshot", lambda: Snapshot(published.root, "0" * 12))
    assert shelf().snapshot.id == "0" * 12


def test_many_who_ask_for_snapshots_wait_for_a_hanging_place_a_second_and_nobody_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Sixty unknown ids at once, while the place does not answer: other work of the same threads goes on."""
    make_place(tmp_path)
    one, hangs = shown.Shown(str(tmp_path)), threading.Event()
    monkeypatch.setattr(shown, "shown", lambda: one)
    monkeypatch.setattr(shown, "names", lambda _: hangs.wait(60) and [])

    async def scene():
        begun = time.monotonic()
        asked = [asyncio.create_task(store.snapshot_named(f"{number:012}")) for number in range(60)]
        await asyncio.sleep(0.1)
        other = await run_in_threadpool(time.monotonic) - begun
        while sum(one.done() for one in asked) < 59 and time.monotonic() < begun + 20:
            await asyncio.sleep(0.05)
        answered = sum(one.done() for one in asked)
        hangs.set()
        return other, answered, await asyncio.gather(*asked)

    other, answered, found = threads.run(scene())
    assert other < shown.PATIENCE
    # All but the one that looks, which waits as long as the place does.
    assert answered == 59
    assert found == [None] * 60
