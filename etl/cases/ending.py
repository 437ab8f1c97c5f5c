"""A run that is ended from outside: what it has on disk is removed first."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Ctrl-C, the usual request to end, and a terminal that is closed. No program can answer SIGKILL or a power cut.
REQUESTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def cleaned_up() -> Iterator[None]:
    """In this block a request to end unwinds the program, so that its `finally` clauses run; a second one is ignored.

    Only around work that writes: elsewhere a request ends the program at once, in the middle of a long computation.
    """

    def end(number: int, _: FrameType | None) -> None:
        for request in REQUESTS:
            signal.signal(request, signal.SIG_IGN)
        raise SystemExit(128 + number)

    before = {request: signal.signal(request, end) for request in REQUESTS}
    try:
        yield
    finally:
        for request, handler in before.items():
            signal.signal(request, handler)
