"""Readers without a browser: those of one server, and those who come through the proxy."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from math import ceil, inf

from tests.load.clients import LONGEST, LOST, acted, dues, view

# How long a reader waits before asking again, in seconds.
PAUSE = 0.25
YEARS = range(2010, 2022)


@dataclass
class Waits:
    """When readers asked, by this machine's clock, the milliseconds that they waited, and what went wrong.

    Attributes:
        first: the milliseconds of the first view of each.
        took: of each other answer, the second in which it was asked for, and its milliseconds.
    """

    first: list[float] = field(default_factory=list)
    took: list[tuple[float, float]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def between(self, since: float = 0, until: float = inf) -> list[float]:
        """The waits of those who asked in this time."""
        return [took for asked, took in self.took if since <= asked < until]


async def reader(port: int, number: int, over: Callable[[], bool], waits: Waits, every: float = 0.5) -> None:
    """Open Region and act again and again, until something is over."""
    chance = random.Random(1000 + number)  # noqa: S311
    try:
        waits.first.append((await acted(port, view(chance)))[0])
        while not over():
            await asyncio.sleep(chance.uniform(0.5, 1.5) * every)
            asked = time.monotonic()
            waits.took.append((asked, (await acted(port, view(chance)))[0]))
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
    """What readers saw: waits for an action, and for one that had to be asked for again, and what went wrong."""

    acted: list[float] = field(default_factory=list)
    asked_again: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    # The snapshots that each answer named; there must be one.
    versions: list[set[str]] = field(default_factory=list)


async def person(number: int, port: int, seen: Seen, every: float, until: float) -> None:
    """Look at a year of page Region every so many seconds on average, until a time or until cancelled.

    Twenty share an address, as in a meeting room.
    """
    chance, address = random.Random(number), f"127.0.1.{1 + number // 20}"  # noqa: S311
    for due in dues(chance, every, until):
        await asyncio.sleep(max(due - time.monotonic(), 0))
        await _look(port, f"/en/region?measure=count&year={chance.choice(YEARS)}", address, seen)


async def _look(port: int, path: str, address: str, seen: Seen) -> None:
    """Ask for a view; if the connection is lost meanwhile, ask again, as a reader does."""
    begun, again = time.monotonic(), False
    while time.monotonic() - begun < LONGEST:
        try:
            _, versions = await acted(port, path, address)
        except LOST:
            again = True
            await asyncio.sleep(PAUSE)
            continue
        seen.versions.append(versions)
        (seen.asked_again if again else seen.acted).append((time.monotonic() - begun) * 1000)
        return
    seen.lost.append(f"{path}: no answer in {LONGEST:.0f} s")


def late(values: Sequence[float], share: float = 0.95) -> float:
    """The value that a share of all do not exceed."""
    ordered = sorted(values)
    return ordered[ceil(len(ordered) * share) - 1] if ordered else 0.0


def spread(values: Sequence[float]) -> str:
    """The median, the 95th percentile and the last of some milliseconds, in words."""
    if not values:
        return "none"
    return f"n = {len(values)}, median {late(values, 0.5):.0f}, p95 {late(values):.0f}, the last {max(values):.0f} ms"
