"""Makes briefings in a process of its own, one after the other, so that readers of pages notice nothing.

The process starts when a reader opens the button, and ends when nobody has wanted a briefing for a while. Who waits
longest since the last briefing goes first (`dashboard.turns`).
"""

import os
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from threading import Lock, Timer

from dashboard import metrics, store
from dashboard.briefing import formats
from dashboard.turns import Turns
from data.i18n import Language, language

# How many are made at once, and how many may wait, of all readers and of one address (that of a meeting room).
AT_ONCE, MOST_WAITING, OF_ONE = 1, 240, 120
TURNS = Turns(AT_ONCE, MOST_WAITING, OF_ONE)
# Seconds without a briefing after which the process ends and gives its memory back.
IDLE = 300
# The pages come first.
NICENESS = 5


class StaleError(Exception):
    """The process has another snapshot than the reader's page."""


class _Workshop:
    """The process, started when it is needed."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._end: Timer | None = None
        self._lock = Lock()

    def pool(self) -> ProcessPoolExecutor:
        """The process; its end is put off."""
        with self._lock:
            if self._end:
                self._end.cancel()
            self._end = Timer(IDLE, self._close_when_idle)
            self._end.daemon = True
            self._end.start()
            if self._pool is None:
                # Not a fork: this process has threads, whose locks a copy would never get.
                self._pool = ProcessPoolExecutor(AT_ONCE, get_context("spawn"), initializer=_begin)
            return self._pool

    def close(self) -> None:
        """End the process; the next briefing starts another."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)

    def _close_when_idle(self) -> None:
        if TURNS.working:
            self.pool()
        else:
            self.close()


_WORKSHOP = _Workshop()


def prepare() -> None:
    """Start the process ahead of the first briefing."""
    _WORKSHOP.pool().submit(_ready)


def stop() -> None:
    """End the process and send away who waits: the server stops."""
    TURNS.close()
    _WORKSHOP.close()


def made(
    form: str, code: str, area: str | None, other: str | None, root: str, snapshot: str, names: tuple[str, ...]
) -> bytes:
    """A briefing as the bytes of a file, in its turn.

    Args:
        form, area, other, root: as in `formats.made`.
        code: the language.
        snapshot: the id of the snapshot on the reader's page.
        names: the reader's names in the queue.

    Raises:
        FullError: too many wait.
    """
    begun = time.monotonic()
    with TURNS.taken(*names), metrics.ERRORS.labels("briefing").count_exceptions():
        for _ in range(2):
            try:
                content = _WORKSHOP.pool().submit(_made, form, code, area, other, root, snapshot).result()
                break
            except (BrokenProcessPool, StaleError):
                # It was killed, or a new snapshot has been published since it started.
                _WORKSHOP.close()
        else:
            content = formats.made(form, language(code), area, other, root)
    metrics.BRIEFING.labels(form).observe(time.monotonic() - begun)
    return content


def place(lang: Language, names: tuple[str, ...]) -> str:
    """What a reader who waits is to know; empty for one who does not."""
    number = TURNS.place(*names)
    if not number:
        return ""
    return lang.text("Other briefings are being made. Yours is number {n} in the queue.", n=lang.number(number))


def _begin() -> None:
    if hasattr(os, "nice"):
        os.nice(NICENESS)


def _ready() -> None:
    store.tables()


def _made(form: str, code: str, area: str | None, other: str | None, root: str, snapshot: str) -> bytes:
    """Run in the process."""
    if store.snapshot().id != snapshot:
        raise StaleError
    return formats.made(form, language(code), area, other, root)
