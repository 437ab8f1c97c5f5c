"""Fifty people on one process of one core: all open at once, then each acts every five seconds on average.

They send what a browser sends, over real connections, but draw nothing: fifty browsers need more than this machine.
"""

import asyncio
import contextlib
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from tests import threads
from tests.bench.conftest import ROOT, Report, spread
from tests.browser.conftest import free_port, wait_until_ready
from tests.faults.processes import processor_seconds, resident
from tests.load.clients import acted, dues, fetched

PEOPLE, EVERY = 50, 5.0
SECONDS = float(os.environ.get("ATALAYA_CROWD_SECONDS", "60"))
PATHS = (
    "/en/region",
    "/es/region?measure=count",
    "/fr/region?year=2019",
    "/pt/region?indicator=persons_convicted",
)
AIM = 3000
# As then written in `docs/benchmarks.md`, by the same crowd.
MEMORY_BEFORE = "339 and 350 MB; 0.2 MB for each reader"
# Of the documents that a core sends from its cache: how many ask at once, for how long.
AT_ONCE, COUNTED_SECONDS = 8, 20.0
AS_BROWSERS = "Accept-Encoding: gzip, br\r\n"


@dataclass
class Waits:
    """How long fifty people waited, in milliseconds."""

    opened: list[float] = field(default_factory=list)
    acted: list[float] = field(default_factory=list)


async def _person(port: int, number: int, until: float, waits: Waits) -> None:
    begun = time.perf_counter()
    status, document = await fetched(port, PATHS[number % len(PATHS)])
    assert status == 200
    assert b"<svg" in document
    waits.opened.append((time.perf_counter() - begun) * 1000)
    for due in dues(random.Random(number), EVERY, until):  # noqa: S311
        await asyncio.sleep(max(due - time.monotonic(), 0))
        await acted(port, f"/en/region?year={2008 + len(waits.acted) % 14}")
        waits.acted.append((time.monotonic() - due) * 1000)


async def _crowd(port: int, waits: Waits) -> None:
    until = time.monotonic() + SECONDS
    people = (_person(port, number, until, waits) for number in range(PEOPLE))
    await asyncio.gather(*people)


def _last(values: Sequence[float]) -> str:
    last = f"median {statistics.median(values):.0f}, the last {max(values):.0f} ms (n = {len(values)})"
    return f"{last}; the aim for the last is {AIM}"


@contextlib.contextmanager
def _server_of_one_core() -> Iterator[tuple[int, int]]:
    """The port and the process of a server without a desk that may use one core."""
    if shutil.which("taskset") is None:
        pytest.skip("taskset is missing, so the server cannot be limited to one core")
    port = free_port()
    command = ["taskset", "-c", "0", sys.executable, "-m", "dashboard", "--no-desk", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def test_fifty_people(report: Report):
    waits = Waits()
    with _server_of_one_core() as (port, server):
        before = resident(server)
        threads.run(_crowd(port, waits))
        after = resident(server)
    assert len(waits.opened) == PEOPLE
    crowd = f"{PEOPLE} people, {SECONDS:.0f} s"
    report("A crowd on one core", f"{crowd}: document with its map, all at once", _last(waits.opened))
    report("A crowd on one core", f"{crowd}: one action each {EVERY:.0f} s", spread(waits.acted))
    each = f"{before:.0f} and {after:.0f} MB; {(after - before) / PEOPLE:.1f} MB for each reader"
    report("A crowd on one core", "memory before and after", each)
    report("A crowd on one core", "the same on 26 November (commit 278e15a3)", MEMORY_BEFORE)


async def _asks_again(port: int, path: str, until: float) -> int:
    answers = 0
    while time.monotonic() < until:
        status, document = await fetched(port, path, headers=AS_BROWSERS)
        assert status == 200
        assert document
        answers += 1
    return answers


async def _documents(port: int) -> float:
    for path in PATHS:
        await fetched(port, path, headers=AS_BROWSERS)
    begun = time.monotonic()
    asked = (_asks_again(port, PATHS[number % len(PATHS)], begun + COUNTED_SECONDS) for number in range(AT_ONCE))
    return sum(await asyncio.gather(*asked)) / (time.monotonic() - begun)


def test_documents_of_one_core(report: Report):
    with _server_of_one_core() as (port, server):
        spent, begun, own = processor_seconds(server), time.monotonic(), time.process_time()
        rate = threads.run(_documents(port))
        took = time.monotonic() - begun
        busy, asking = (processor_seconds(server) - spent) / took, (time.process_time() - own) / took
    seen = f"{rate:.0f} a second; the server used {busy:.0%} of its core, who asked {asking:.0%} of another"
    report("A crowd on one core", f"documents from the cache, {AT_ONCE} asked at once", seen)
