"""Requests and runs read one snapshot each, whatever is published meanwhile."""

import asyncio
from pathlib import Path

import pytest
from starlette.concurrency import run_in_threadpool

from dashboard import store
from dashboard.server.one_snapshot import OneSnapshot
from data import pointer, shown
from data.place import HERE
from data.pointer import POINTER
from data.shown import Shown
from tests.data.damages import EARLIER, make_place

NAME = (HERE / POINTER).read_text().strip()


@pytest.fixture
def process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shown:
    """This process over a place of its own."""
    make_place(tmp_path)
    one = Shown(str(tmp_path))
    monkeypatch.setattr(shown, "shown", lambda: one)
    return one


def turn(process: Shown, name: str) -> None:
    pointer.turn(process.place, name)
    process.check()


def counted() -> int:
    return store.tables().table("observations").filter(area="BRA").collect().height


def read(process: Shown, kind: str) -> list[tuple[str, bool]]:
    """The id, and whether Brazil has figures, before and after another snapshot is shown during a request."""
    seen = []

    async def application(_scope: object, _receive: object, _send: object) -> None:
        seen.append((store.snapshot().id, await run_in_threadpool(counted) > 0))
        turn(process, EARLIER)
        seen.append((store.snapshot().id, await run_in_threadpool(counted) > 0))

    async def nothing(*_: object) -> None: ...

    asyncio.run(OneSnapshot(application)({"type": kind, "path": "/en/"}, nothing, nothing))
    return seen


def test_the_answer_to_a_request_is_of_one_snapshot(process: Shown):
    assert read(process, "http") == [(NAME, True)] * 2
    assert (store.snapshot().id, counted()) == (EARLIER, 0)


def test_a_connection_of_a_page_is_not_bound_to_a_snapshot(process: Shown):
    # It lives for hours; its runs begin by themselves.
    assert read(process, "websocket") == [(NAME, True), (EARLIER, False)]


def test_monitors_get_plain_values(process: Shown):
    before = shown.shown().state()
    assert (before.id, before.error, before.changes, before.checked) == (NAME, "", 0, None)
    turn(process, "f" * 12)
    state = shown.shown().state()
    assert (state.id, state.failures, state.error) == (NAME, 1, f"the file {'f' * 12}/datapackage.json is missing")
    assert state.checked is not None
    turn(process, EARLIER)
    state = shown.shown().state()
    assert (state.id, state.error, state.changes, state.created) == (EARLIER, "", 1, "2026-01-02T00:00:00Z")
