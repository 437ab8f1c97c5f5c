"""A process that takes what an order says, for the tests of workshops: `python -m tests.dashboard.hungry`."""

import os
import sys
import time

from dashboard import workshop
from dashboard.workshop import Limits

LIMITS = Limits(seconds=0.5, megabytes=64)


def made(order: tuple[str, float]) -> object:
    """Take seconds of the processor or of the clock, or megabytes, or end; returns the order and the process."""
    kind, much = order
    begun = time.process_time()
    while kind == "processor" and time.process_time() - begun < much:
        pass
    if kind == "clock":
        time.sleep(much)
    elif kind == "memory":
        bytearray(int(much * 2**20))
    elif kind == "end":
        os._exit(int(much))
    return order, os.getpid()


if __name__ == "__main__":
    sys.exit(workshop.serve(made, LIMITS))
