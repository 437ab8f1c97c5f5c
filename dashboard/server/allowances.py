"""How much one client may send, and all together.

All is generous: the readers of a meeting room, who share one address, are never refused.
"""

import time

from dashboard.buckets import Bucket, Buckets, Rate
from dashboard.turns import ExcessError, FullError


class Budget:
    """A rate for each client and one for all together."""

    def __init__(self, each: Rate, together: Rate) -> None:
        self.together = Bucket(time.monotonic(), together)
        self.clients = Buckets(each)

    def take(self, client: str, amount: float = 1) -> None:
        """Take from both; nothing is taken if one of them has too little.

        Raises:
            ExcessError: the client has too little left.
            FullError: all together have.
        """
        now, own = time.monotonic(), self.clients.of(client)
        if not own.take(now, amount):
            raise ExcessError
        if not self.together.take(now, amount):
            own.left += amount
            raise FullError
