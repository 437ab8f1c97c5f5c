"""Rates that refill with time, for each client: how much it may take, and what it owes."""

import time
from collections import OrderedDict
from typing import NamedTuple

# Clients that are remembered; the one longest not seen is forgotten first.
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

    def take(self, now: float) -> bool:
        """Take a token; False, and nothing is taken, if there is none."""
        if self.rest(now) < 1:
            return False
        self.left -= 1
        return True

    def rest(self, now: float) -> float:
        """The tokens that are there now; below zero, those that are owed (`left` may be lowered by any amount)."""
        self.left, self.then = min(self.rate.burst, self.left + self.rate.refill * (now - self.then)), now
        return self.left


class Buckets:
    """A bucket of one rate for each client."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self._clients: OrderedDict[str, Bucket] = OrderedDict()

    def __len__(self) -> int:
        """How many clients are remembered."""
        return len(self._clients)

    def of(self, client: str) -> Bucket:
        """The bucket of a client; a full one if it is not remembered."""
        bucket = self._clients.pop(client, None) or Bucket(time.monotonic(), self.rate)
        self._clients[client] = bucket
        if len(self._clients) > REMEMBERED:
            self._clients.popitem(last=False)
        return bucket
