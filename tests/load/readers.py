"""Readers without a browser who come through the proxy: they keep its cookie, and connect again when it closes."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from math import ceil

import websockets

from tests.bench.reader import connected, dues, request_run

COOKIE = "atalaya_replica"
# Seconds within which a reader has to be served again after a replica has gone; browsers try as often as this.
LONGEST, PAUSE = 60.0, 0.25
YEARS = range(2010, 2022)
LOST = (OSError, TimeoutError, websockets.WebSocketException)


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
            if answer.stage is None or str(answer.stage["query"].get("year")) != expected:
                self.seen.lost.append(f"{query}: {answer.stage and answer.stage['query']}")
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


async def pages(port: int) -> dict[str, str]:
    """The script hash of each page."""
    async with connected(port) as socket:
        return (await request_run(socket, "lang=en")).pages


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


def late(values: Sequence[float], share: float = 0.95) -> float:
    """The value that a share of all do not exceed."""
    ordered = sorted(values)
    return ordered[ceil(len(ordered) * share) - 1] if ordered else 0.0
