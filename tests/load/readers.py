"""Readers without a browser: those of one server, and those who come through the proxy.

The latter keep its cookie, and connect again when it closes.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from math import ceil, inf
from typing import Any

import websockets

from tests.bench.reader import dues, request_run
from tests.load.clients import LONGEST, LOST, acted, connected, view

COOKIE = "atalaya_replica"
# How often a browser tries to connect again, in seconds.
PAUSE = 0.25
YEARS = range(2010, 2022)


@dataclass
class Waits:
    """When readers asked, by this machine's clock, the milliseconds that they waited, and what went wrong.

    Attributes:
        first: the milliseconds of the first run of each.
        took: of each other run or answer, the second in which it was asked for, and its milliseconds.
    """

    first: list[float] = field(default_factory=list)
    took: list[tuple[float, float]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def between(self, since: float = 0, until: float = inf) -> list[float]:
        """The waits of those who asked in this time."""
        return [took for asked, took in self.took if since <= asked < until]


async def reader(port: int, page: str, number: int, over: Callable[[], bool], waits: Waits, every: float = 0.5) -> None:
    """Open Region and act again and again, until something is over."""
    chance = random.Random(1000 + number)  # noqa: S311
    try:
        async with connected(port) as socket:
            waits.first.append(await acted(socket, view(chance), page))
            while not over():
                await asyncio.sleep(chance.uniform(0.5, 1.5) * every)
                asked = time.monotonic()
                waits.took.append((asked, await acted(socket, view(chance), page)))
    except LOST as error:
        waits.failed.append(repr(error))


async def probed(
    look: Callable[[], Awaitable[tuple[int, float]]], over: Callable[[], bool], waits: Waits, every: float = 0.02
) -> None:
    """Fetch something again and again until something is over."""
    while not over():
        asked = time.monotonic()
        try:
            status, took = await look()
        except LOST as error:
            waits.failed.append(repr(error))
        else:
            waits.took.append((asked, took))
            waits.failed += [] if status == 200 else [str(status)]
        await asyncio.sleep(every)


@dataclass
class Seen:
    """What readers saw: waits for an action and for a new connection in milliseconds, and what went wrong."""

    acted: list[float] = field(default_factory=list)
    connected_again: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    # The replicas that answered first, and after a new connection.
    replicas: list[str] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    # The snapshots that a run named, of each run; there must be one.
    versions: list[set[str]] = field(default_factory=list)


class Reader:
    """One reader with a view of page Region: its address is `query` and nothing else has to survive."""

    def __init__(self, number: int, port: int, seen: Seen) -> None:
        self.number, self.port, self.seen = number, port, seen
        self.replica = ""
        self._socket: websockets.ClientConnection | None = None

    async def act(self, query: str, page: str, expected: str) -> None:
        """Ask for a view; if the connection is lost meanwhile, connect again and ask again, as a browser does."""
        begun = time.perf_counter()
        lost_at = 0.0
        while time.perf_counter() - begun < LONGEST:
            try:
                socket = self._socket or await self._connect()
                answer = await request_run(socket, query, page)
            except LOST:
                lost_at = lost_at or time.perf_counter()
                await self.close()
                await asyncio.sleep(PAUSE)
                continue
            now = time.perf_counter()
            if answer.failed:
                self.seen.failed.append(query)
            if answer.stage is None or shown(answer.stage) != ("region", expected):
                self.seen.lost.append(f"{query}: {answer.stage}")
            self.seen.versions.append(answer.versions)
            waits = self.seen.connected_again if lost_at else self.seen.acted
            waits.append((now - (lost_at or begun)) * 1000)
            return
        self.seen.lost.append(f"{query}: no answer in {LONGEST:.0f} s")

    async def close(self) -> None:
        """Close the connection; it may be gone already."""
        socket, self._socket = self._socket, None
        if socket:
            socket.transport.abort()

    async def _connect(self) -> websockets.ClientConnection:
        """Connect with the cookie of the last time. Twenty readers share an address, as in a meeting room."""
        headers = {"Cookie": f"{COOKIE}={self.replica}"} if self.replica else {}
        self._socket = await websockets.connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=["streamlit"],
            max_size=None,
            additional_headers=headers,
            local_addr=(f"127.0.1.{1 + self.number // 20}", 0),
            open_timeout=20,
        )
        response = self._socket.response
        cookies = SimpleCookie(response.headers.get("Set-Cookie", "") if response else "")
        before, self.replica = self.replica, cookies[COOKIE].value
        if before:
            self.seen.moved.append((before, self.replica))
        else:
            self.seen.replicas.append(self.replica)
        return self._socket


async def person(reader: Reader, page: str, every: float, until: float) -> None:
    """Look at a year of page Region every so many seconds on average, until a time or until cancelled."""
    chance = random.Random(reader.number)  # noqa: S311
    try:
        for due in dues(chance, every, until):
            await asyncio.sleep(max(due - time.monotonic(), 0))
            year = chance.choice(YEARS)
            # With `go`, as in links of ours, a running session reads the address too.
            await reader.act(f"lang=en&measure=count&year={year}&go=1", page, str(year))
    finally:
        await reader.close()


def shown(stage: Mapping[str, Any]) -> tuple[str, str]:
    """The name of the figure on a stage, and its year."""
    return stage["figure"].rpartition("/")[2], str(stage["query"].get("year"))


def late(values: Sequence[float], share: float = 0.95) -> float:
    """The value that a share of all do not exceed."""
    ordered = sorted(values)
    return ordered[ceil(len(ordered) * share) - 1] if ordered else 0.0


def spread(values: Sequence[float]) -> str:
    """The median, the 95th percentile and the last of some milliseconds, in words."""
    if not values:
        return "none"
    return f"n = {len(values)}, median {late(values, 0.5):.0f}, p95 {late(values):.0f}, the last {max(values):.0f} ms"
