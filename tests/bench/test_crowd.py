"""Fifty people on one process of one core: all open at once, then each acts every five seconds on average.

They send what a browser sends, over real connections, but draw nothing: fifty browsers need more than this machine.
"""

import asyncio
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest

from tests import threads
from tests.bench.conftest import ROOT, Report, spread
from tests.bench.reader import connected, dues, request_run
from tests.browser.conftest import free_port, wait_until_ready
from tests.faults.processes import resident

PEOPLE, EVERY = 50, 5.0
SECONDS = float(os.environ.get("ATALAYA_CROWD_SECONDS", "60"))
PATHS = ("lang=en", "lang=es&measure=count", "lang=fr&year=2019", "lang=pt&indicator=persons_convicted")
# Figures are drawn for a width: with the four addresses these make sixteen different ones.
WIDTHS = (1680, 1440, 1360, 1200)
AIM = 3000


@dataclass
class Waits:
    """How long fifty people waited, in milliseconds."""

    opened: list[float] = field(default_factory=list)
    acted: list[float] = field(default_factory=list)
    # From the first request: the document with its map; the first run's end and all for the map of the page.
    early: list[float] = field(default_factory=list)
    mapped: list[float] = field(default_factory=list)


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000


async def _get(port: int, address: str) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    # Our addresses are relative to a document at the root.
    writer.write(
        f"GET {address.removeprefix('.')} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
    )
    answer = await asyncio.wait_for(reader.read(), 30)
    writer.close()
    assert answer.startswith(b"HTTP/1.1 200"), f"{address}: {answer[:100]!r}"
    return answer.decode("utf-8", "replace")


async def _fetch(port: int, stage: Mapping[str, Any], width: int, fetched: set[str]) -> None:
    """Fetch the figure and the ground of a stage, unless they were fetched before."""
    query = {**stage["query"], "width": width, "dark": 0}
    missing = {stage["ground"], f"{stage['figure']}?{urlencode(sorted(query.items()))}"} - fetched
    await asyncio.gather(*(_get(port, address) for address in missing))
    fetched |= missing


async def _person(port: int, number: int, until: float, waits: Waits) -> None:
    query, width = PATHS[number % len(PATHS)], WIDTHS[number // len(PATHS) % len(WIDTHS)]
    fetched: set[str] = set()
    begun = time.perf_counter()
    assert "<svg" in await _get(port, f"/region?{query}")
    waits.early.append(_since(begun))
    async with connected(port) as socket:
        opened = await request_run(socket, query)
        waits.opened.append(opened.took)
        assert opened.stage is not None, "the page shows no stage"
        await _fetch(port, opened.stage, width, fetched)
        waits.mapped.append(_since(begun))
        for due in dues(random.Random(number), EVERY, until):  # noqa: S311
            await asyncio.sleep(max(due - time.monotonic(), 0))
            await request_run(socket, f"lang=en&year={2008 + len(waits.acted) % 15}")
            waits.acted.append((time.monotonic() - due) * 1000)


async def _crowd(port: int, waits: Waits) -> None:
    until = time.monotonic() + SECONDS
    people = (_person(port, number, until, waits) for number in range(PEOPLE))
    await asyncio.gather(*people)


def _last(values: Sequence[float]) -> str:
    last = f"median {statistics.median(values):.0f}, the last {max(values):.0f} ms (n = {len(values)})"
    return f"{last}; the aim for the last is {AIM}"


def test_fifty_people(report: Report):
    if shutil.which("taskset") is None:
        pytest.skip("taskset is missing, so the server cannot be limited to one core")
    port = free_port()
    command = ["taskset", "-c", "0", sys.executable, "-m", "dashboard", "--no-desk", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    waits = Waits()
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process)
        before = resident(process.pid)
        threads.run(_crowd(port, waits))
        after = resident(process.pid)
    finally:
        process.terminate()
        process.wait(20)
    assert len(waits.opened) == len(waits.mapped) == PEOPLE
    crowd = f"{PEOPLE} people, {SECONDS:.0f} s"
    if waits.early:
        report("A crowd on one core", f"{crowd}: document with its map, all at once", _last(waits.early))
    report("A crowd on one core", f"{crowd}: first run, all at once", spread(waits.opened))
    report("A crowd on one core", f"{crowd}: document, first run, figure and ground, all at once", _last(waits.mapped))
    report("A crowd on one core", f"{crowd}: one action each {EVERY:.0f} s", spread(waits.acted))
    report("A crowd on one core", "memory before and after", f"{before:.0f} and {after:.0f} MB")
