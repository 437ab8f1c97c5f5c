"""How much one client may send, and all together: rates that refill with time.

All are generous: the readers of a meeting room, who share one address, are never refused.
"""

import time
from collections import OrderedDict
from typing import NamedTuple

from dashboard.turns import ExcessError, FullError

# Addresses that are remembered; the one longest not seen is forgotten first.
REMEMBERED = 4096


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
