"""The desk under load: what readers of documents wait meanwhile, and how many readers one desk has room for.

Who loads the desk is in a process of its own.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
import websockets

from tests import threads
from tests.browser.conftest import ROOT, free_port
from tests.faults.processes import LEAN, START, until
from tests.load import proxy
from tests.load.clients import dues, fetched, got, rested
from tests.load.crowd import Crowd, crowd
from tests.load.readers import Waits, late, probed, spread
from tests.load.servers import ALONE, Server, running, seen
from tests.load.sessions import LOST, action, connected, ran

pytestmark = pytest.mark.long
# How many times longer readers of documents may wait beside a load than alone (median): two cores are shared. While the
# desk was in their process it was fifty times. And milliseconds that other work on the machine may take.
TIMES, SLACK = 4, 20
# Clients of one address who act on the desk as fast as it answers, and for how many seconds.
CLIENTS, SECONDS = 40, 30.0
# Readers of one desk, more and more of them, who act every so many seconds; for how long of each number.
READERS, EVERY, EACH = (6, 12, 18, 24), 15.0, 30.0
# Readers who come to two desks at once.
MOST = 52
# What readers of documents open: one that is kept, and ones that nobody has asked for before.
KEPT = "/en/region?year=2019"
STATES = ("ARG", "BOL", "BRA", "CHL", "COL", "CRI", "DOM", "ECU", "GTM", "HND", "MEX", "PER", "PRY", "SLV", "URY")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("server"), ATALAYA_AHEAD="no", **LEAN) as one:
        rested(one.monitor)
        yield one


@contextmanager
def started(folder: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A desk that is ready: its port and its process."""
    port = free_port()
    command = [sys.executable, "-m", "dashboard", "desk", "--port", str(port)]
    with (folder / f"desk-{port}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env={**os.environ, **LEAN})
    try:
        until(lambda: ready(port), START)
        yield port, process
    finally:
        process.kill()
        process.wait(20)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[int]:
    """The port of a desk on which each page was opened once."""
    with started(tmp_path) as (port, _):
        threads.run(opened(port))
        yield port


def ready(port: int, path: str = "/readyz") -> bool:
    try:
        return threads.run(got(port, path))[0] == 200
    except OSError:
        return False


async def opened(port: int) -> None:
    chance = random.Random(0)  # noqa: S311
    async with connected(port) as socket:
        _, pages = await ran(socket, "lang=en")
        for page, query in (action(chance) for _ in range(20)):
            await ran(socket, query, pages[page])


async def _beside(server: Server, desk: int, attack: Crowd, waits: dict[str, Waits]) -> float:
    """Readers of documents who are alone first, then beside a load on the desk until it is over; when it began."""
    new = (f"/en/country/{state}?year={year}" for year in count(2005) for state in STATES)
    looks = {"kept": lambda: got(server.port, KEPT), "new": lambda: got(server.port, next(new))}
    looks["probe"] = lambda: got(desk, "/readyz")
    pauses = {"kept": 0.05, "new": 1.0, "probe": 0.5}
    await fetched(server.port, KEPT)
    reading = [asyncio.create_task(probed(looks[name], attack.over, waits[name], pauses[name])) for name in looks]
    await asyncio.sleep(3 * ALONE)
    begun = time.monotonic()
    attack.begin()
    await asyncio.gather(*reading)
    return begun


def test_while_clients_press_the_desk_documents_are_answered(server: Server, desk: int):
    waits = {name: Waits() for name in ("kept", "new", "probe")}
    with crowd("press_desk", port=desk, clients=CLIENTS, seconds=SECONDS) as attack:
        begun = threads.run(_beside(server, desk, attack, waits))
        pressed = attack.answers()
    seen(f"{CLIENTS} clients of one address on the desk: {spread(pressed['took'])}, lost {len(pressed['lost'])}")
    for name, of in waits.items():
        seen(f"{name}: alone {spread(of.between(0, begun))}; beside {spread(of.between(begun))}")
    assert pressed["took"]
    assert [of.failed for of in waits.values()] == [[], [], []]
    for of in (waits["kept"], waits["new"]):
        assert late(of.between(begun), 0.5) < TIMES * late(of.between(0, begun), 0.5) + SLACK


async def _person(port: int, number: int, waits: Waits, met: asyncio.Barrier) -> None:
    """Once all are there, act every so many seconds on average; what is late counts from when it was due."""
    chance = random.Random(number)  # noqa: S311
    try:
        async with connected(port, f"127.0.1.{1 + number // 20}") as socket:
            _, pages = await ran(socket, "lang=en")
            await met.wait()
            for due in dues(chance, EVERY, time.monotonic() + EACH):
                await asyncio.sleep(max(due - time.monotonic(), 0))
                page, query = action(chance)
                await ran(socket, query, pages[page])
                waits.took.append((due, 1000 * (time.monotonic() - due)))
    except (*LOST, asyncio.BrokenBarrierError) as error:
        waits.failed.append(repr(error))
        await met.abort()


def test_a_growing_crowd_on_one_desk_is_answered(desk: int):
    crowds = {many: Waits() for many in READERS}

    async def scene() -> None:
        for many, waits in crowds.items():
            met = asyncio.Barrier(many)
            await asyncio.gather(*(_person(desk, number, waits, met) for number in range(many)))

    threads.run(scene())
    for many, waits in crowds.items():
        seen(f"{many} readers who act every {EVERY:.0f} s, for {EACH:.0f} s: {spread(waits.between())}")
    assert [waits.failed for waits in crowds.values()] == [[]] * len(READERS)
    assert all(waits.took for waits in crowds.values())


async def _places(port: int) -> tuple[list[websockets.ClientConnection], int]:
    """Sessions of more readers than two desks have places for, at many addresses; those that were let in."""
    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(_opened(port, f"127.0.1.{1 + number // 10}")) for number in range(MOST)]
    sessions = [one.result() for one in asked]
    return [one for one in sessions if not isinstance(one, int)], len([one for one in sessions if isinstance(one, int)])


async def _opened(port: int, address: str) -> websockets.ClientConnection | int:
    """A session, or the status with which it was refused."""
    try:
        return await connected(port, address)
    except websockets.InvalidStatus as refused:
        return refused.response.status_code


@proxy.WITH_PROXY
def test_readers_have_places_on_two_desks_and_one_that_hangs_is_left_out(tmp_path: Path):
    def log() -> str:
        return (tmp_path / "balance.log").read_text("utf-8")

    async def scene(port: int, process: subprocess.Popen[bytes]) -> tuple[int, int, float, int]:
        sessions, refused = await _places(port)
        await ran(sessions[0], "lang=en")
        begun = time.monotonic()
        process.send_signal(signal.SIGSTOP)
        await asyncio.to_thread(until, lambda: "Server sessions/desk1 is DOWN" in log(), 30)
        left = time.monotonic() - begun
        # Sessions of the other one go on; readers of this one come back to a place there, as far as there are any.
        await asyncio.sleep(1)
        ended = [one.state is not websockets.State.OPEN for one in sessions].count(True)
        process.send_signal(signal.SIGCONT)
        await asyncio.gather(*(one.close() for one in sessions))
        return len(sessions), refused, left, ended

    port = free_port()
    with started(tmp_path) as (first, process), started(tmp_path) as (second, _):
        behind = proxy.start(tmp_path, port, [9], desks=[first, second])
        try:
            until(lambda: ready(port, "/desk/_stcore/health"))
            there, refused, left, ended = threads.run(scene(port, process))
        finally:
            behind.stop()
    seen(f"two desks: {there} readers have places, {refused} are refused; one hangs: left out after {left:.1f} s")
    assert (there, refused) == (48, MOST - 48)
    assert left < 5
    assert ended == 24
