"""A fair queue for work that only a few can do at once: the client whose last turn is longest ago goes first.

So no client, however many requests it sends, keeps others waiting longer than one turn of its own. A turn can be
awaited by a thread (`taken`) or by a coroutine (`awaited`), and `found_or_made` takes none for what is kept.

Work is also counted by what it costs. A client has seconds of work; who has used them comes after everybody else, one
request at a time, and who then owes too many is refused all requests but one.

    FullError           too many wait
      ExcessError       of this client: its own excess
      StoppedError      the server stops
"""

import asyncio
import ipaddress
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Lock
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool

from dashboard.buckets import Buckets, Rate

T = TypeVar("T")
# How many names are remembered with their last turn, and for how many seconds.
REMEMBERED = 4096
MEMORY = 60.0
# Seconds of work that a client has at once, and how many come back a second; how many it may owe and still wait.
WORK = Rate(20.0, 0.25)
MOST_OWED = 120.0


# An IPv6 network of one household or office.
HOUSEHOLD = 64


class FullError(Exception):
    """Too many are waiting already."""


class ExcessError(FullError):
    """Too many of this client are waiting."""


class StoppedError(FullError):
    """The server stops."""


@dataclass(eq=False)
class _Waiter:
    """A client that waits for a turn.

    Attributes:
        names: from the widest to the narrowest group, such as an address and a session.
        since: when it arrived, in seconds.
        wake: called once, when its turn has come or it is sent away.
        granted: whether its turn has come.
        cost: the seconds of its turn, each shared by all who worked in it.
        refusal: why it was sent away.
    """

    names: tuple[str, ...]
    since: float
    wake: Callable[[], None]
    granted: bool = False
    cost: float = 0.0
    refusal: type[FullError] = StoppedError


class Turns:
    """Turns at one kind of work.

    Args:
        at_once: how many may work at the same time.
        most: how many may wait, all together. If one more comes, the client with the most gives up its last place.
        each: how many of one first name (an address) may wait.

        work: the seconds of work that clients have left; None if work is not counted.

    Attributes:
        working, waiting: how many do so now.
    """

    def __init__(self, at_once: int, most: int, each: int, work: Buckets | None = None) -> None:
        self.at_once, self.most, self.each, self.work = at_once, most, each, work
        self._closed = False
        self._waiting: list[_Waiter] = []
        self._working: list[_Waiter] = []
        self._counted = 0.0
        self._last: dict[tuple[str, ...], float] = {}
        self._lock = Lock()

    @property
    def working(self) -> int:
        """How many work now."""
        return len(self._working)

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return len(self._waiting)

    def place(self, *names: str) -> int:
        """The place in the queue of those with these names, from 1; 0 if none of them waits."""
        with self._lock:
            owing = self._owing()
            order = sorted(self._waiting, key=lambda waiter: self._rank(waiter, owing))
        return next((place for place, waiter in enumerate(order, 1) if waiter.names[: len(names)] == names), 0)

    @contextmanager
    def taken(self, *names: str) -> Iterator[None]:
        """Wait in this thread for a turn, and give it back at the end.

        Raises:
            FullError: too many wait, or the server stops.
        """
        called = Event()
        waiter = self._enter(names, called.set)
        called.wait()
        if not waiter.granted:
            raise waiter.refusal
        try:
            yield
        finally:
            self._leave(waiter)

    @asynccontextmanager
    async def awaited(self, *names: str) -> AsyncIterator[None]:
        """Wait for a turn without blocking the event loop, and give it back at the end.

        Raises:
            FullError: too many wait, or the server stops.
        """
        loop = asyncio.get_running_loop()
        called = loop.create_future()
        waiter = self._enter(names, lambda: _resolve(loop, called))
        try:
            await called
        except asyncio.CancelledError:
            self._withdraw(waiter)
            raise
        if not waiter.granted:
            raise waiter.refusal
        try:
            yield
        finally:
            self._leave(waiter)

    def close(self) -> None:
        """Turn away everyone who waits or arrives: the server stops."""
        with self._lock:
            self._closed, left = True, self._waiting
            self._waiting = []
        for waiter in left:
            waiter.wake()

    def _enter(self, names: tuple[str, ...], wake: Callable[[], None]) -> _Waiter:
        waiter = _Waiter(names, time.monotonic(), wake)
        with self._lock:
            if self._closed:
                raise StoppedError
            self._make_place(names[:1])
            self._waiting.append(waiter)
            self._call()
        return waiter

    def _make_place(self, client: tuple[str, ...]) -> None:
        """See that a client may wait, if need be in place of another one. The caller holds the lock."""
        waiting = Counter(other.names[:1] for other in self._waiting)
        if waiting[client] >= self.each:
            raise ExcessError
        busy = waiting[client] or any(other.names[:1] == client for other in self._working)
        if busy and self._owed(client[0]) > MOST_OWED:
            raise ExcessError
        if len(self._waiting) < self.most:
            return
        greediest, number = next(iter(waiting.most_common(1)), (client, 0))
        if number <= waiting[client] + 1:
            raise FullError
        sent_away = next(other for other in reversed(self._waiting) if other.names[:1] == greediest)
        self._waiting.remove(sent_away)
        sent_away.refusal = ExcessError
        sent_away.wake()

    def _leave(self, waiter: _Waiter) -> None:
        with self._lock:
            self._count()
            self._working.remove(waiter)
            if self.work is not None:
                self.work.of(waiter.names[0]).left -= waiter.cost
            self._call()

    def _withdraw(self, waiter: _Waiter) -> None:
        """Give up waiting, or the turn that came at the same moment."""
        with self._lock:
            if waiter in self._waiting:
                self._waiting.remove(waiter)
        if waiter.granted:
            self._leave(waiter)

    def _call(self) -> None:
        """Hand out the free turns. The caller holds the lock."""
        owing = self._owing()
        while self.working < self.at_once:
            # Who owes work does so for one request at a time.
            busy = {other.names[0] for other in self._working} & owing
            able = [waiter for waiter in self._waiting if waiter.names[0] not in busy]
            if not able:
                return
            waiter = min(able, key=lambda waiter: self._rank(waiter, owing))
            self._waiting.remove(waiter)
            waiter.granted = True
            self._count()
            self._working.append(waiter)
            self._remember(waiter.names)
            waiter.wake()

    def _count(self) -> None:
        """Share the time since the last count among those who work. The caller holds the lock."""
        now = time.monotonic()
        for waiter in self._working:
            waiter.cost += (now - self._counted) / len(self._working)
        self._counted = now

    def _owing(self) -> set[str]:
        """Which of those who wait owe work."""
        return {client for client in {waiter.names[0] for waiter in self._waiting} if self._owed(client)}

    def _owed(self, client: str) -> float:
        """The seconds of work that a client owes."""
        return max(0.0, -self.work.of(client).rest(time.monotonic())) if self.work is not None else 0.0

    def _rank(self, waiter: _Waiter, owing: set[str]) -> list[float]:
        """The lowest rank is next: who owes no work, then by the time of the last turn of each name, or of arrival."""
        ends = range(1, len(waiter.names) + 1)
        return [
            float(waiter.names[0] in owing),
            *(self._last.get(waiter.names[:end], waiter.since) for end in ends),
            waiter.since,
        ]

    def _remember(self, names: tuple[str, ...]) -> None:
        now = time.monotonic()
        if len(self._last) > REMEMBERED:
            self._last = {one: last for one, last in self._last.items() if now - last < MEMORY}
        for end in range(1, len(names) + 1):
            self._last[names[:end]] = now


def client(scope: Mapping[str, Any]) -> str:
    """The name under which the sender of a request is counted."""
    return named((scope.get("client") or ("",))[0])


def named(host: str | None) -> str:
    """The name under which an address is counted: itself, or its network where one reader has many (IPv6)."""
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return host or ""
    if isinstance(address, ipaddress.IPv6Address) and not address.ipv4_mapped:
        return str(ipaddress.ip_network((address, HOUSEHOLD), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


async def found_or_made(
    queue: Turns, scope: Mapping[str, Any], kept: Callable[[], T | None], make: Callable[[], T]
) -> T:
    """What is kept, at no cost to its client; else what is made in the client's turn, in a thread.

    Raises:
        FullError: too many wait, or the client owes too much work.
    """
    found = kept()
    if found is None:
        async with queue.awaited(client(scope)):
            found = await run_in_threadpool(make)
    return found


def _resolve(loop: asyncio.AbstractEventLoop, called: "asyncio.Future[None]") -> None:
    def resolve() -> None:
        if not called.done():
            called.set_result(None)

    # The loop may have ended while a thread gave its turn back.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(resolve)


# Runs of a page's script. They share one lock of Python's with the event loop, which sends what they make: more at once
# would only slow each other and the loop down.
RUNS = Turns(2, 2000, 1000)
# The work of this server for each client, of all kinds.
SPENT = Buckets(WORK)
# Figures and documents.
DRAWING = Turns(4, 1500, 600, SPENT)
# Files for readers, made in this process too. Briefings have a queue of their own.
FILES = Turns(2, 2000, 1000, SPENT)
