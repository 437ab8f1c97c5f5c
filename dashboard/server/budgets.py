"""How much one client may ask for, and all together: rates that refill with time, and numbers of open connections.

All are generous: the readers of a meeting room, who share one address, are never refused.
"""

import asyncio
import time
from collections import Counter, OrderedDict
from typing import NamedTuple

from dashboard.turns import ExcessError, FullError, Turns

# Addresses that are remembered; the one longest not seen is forgotten first.
REMEMBERED = 4096
# Each session has at most one message that waits.
MOST_SESSIONS = 1500


class Rate(NamedTuple):
    """How much may be taken at once, and how much comes back a second."""

    burst: float
    refill: float


class Bucket:
    """A rate limit: `burst` tokens at most, refilled by `refill` a second; `now` is in seconds."""

    def __init__(self, now: float, rate: Rate) -> None:
        self.rate = rate
        self.left, self.then = rate.burst, now

    def take(self, now: float, amount: float = 1) -> bool:
        """Take tokens; False, and nothing is taken, if there are too few."""
        self._refill(now)
        if self.left < amount:
            return False
        self.left -= amount
        return True

    def reserve(self, now: float) -> float:
        """Take a token that may not be there yet; returns the seconds until it is."""
        self._refill(now)
        self.left -= 1
        return max(0.0, -self.left / self.rate.refill)

    def _refill(self, now: float) -> None:
        self.left, self.then = min(self.rate.burst, self.left + self.rate.refill * (now - self.then)), now


class Budget:
    """A rate for each client and one for all together."""

    def __init__(self, each: Rate, together: Rate) -> None:
        self.each = each
        self.together = Bucket(time.monotonic(), together)
        self._clients: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, client: str, amount: float = 1) -> None:
        """Take from both; nothing is taken if one of them has too little.

        Raises:
            ExcessError: the client has too little left.
            FullError: all together have.
        """
        now, own = time.monotonic(), self._of(client)
        if not own.take(now, amount):
            raise ExcessError
        if not self.together.take(now, amount):
            own.left += amount
            raise FullError

    def _of(self, client: str) -> Bucket:
        bucket = self._clients.pop(client, None) or Bucket(time.monotonic(), self.each)
        self._clients[client] = bucket
        if len(self._clients) > REMEMBERED:
            self._clients.popitem(last=False)
        return bucket


class Pace:
    """A rate for the messages of each client and of all, which wait for it; nothing is refused.

    Of one client's sessions that goes first whose last message is longest ago.
    """

    def __init__(self, each: Rate, together: Rate) -> None:
        self.each = each
        self.together = Bucket(time.monotonic(), together)
        self._clients: OrderedDict[str, tuple[Bucket, Turns]] = OrderedDict()

    async def wait(self, client: str, session: str) -> None:
        """Wait until the next message of a session of a client may pass."""
        bucket, line = self._of(client)
        async with line.awaited(session):
            now = time.monotonic()
            await asyncio.sleep(max(bucket.reserve(now), self.together.reserve(now)))

    def _of(self, client: str) -> tuple[Bucket, Turns]:
        found = self._clients.pop(client, None)
        if found is None:
            found = Bucket(time.monotonic(), self.each), Turns(1, MOST_SESSIONS, MOST_SESSIONS)
        self._clients[client] = found
        if len(self._clients) > REMEMBERED:
            self._clients.popitem(last=False)
        return found


class Places:
    """A number of places, and how many of them one client may have."""

    def __init__(self, together: int, each: int) -> None:
        self.together, self.each = together, each
        self._taken: Counter[str] = Counter()

    @property
    def taken(self) -> int:
        """How many places are taken."""
        return self._taken.total()

    def take(self, client: str) -> None:
        """Take a place.

        Raises:
            ExcessError: the client has as many as it may have.
            FullError: all are taken.
        """
        if self._taken[client] >= self.each:
            raise ExcessError
        if self.taken >= self.together:
            raise FullError
        self._taken[client] += 1

    def leave(self, client: str) -> None:
        """Give a place back."""
        self._taken[client] -= 1
        if not self._taken[client]:
            del self._taken[client]
