"""Makes briefings in a process of its own, one after the other, so that readers of pages notice nothing.

The process starts when a reader opens the button, and ends when nobody has wanted a briefing for a while. Who waits
longest since the last briefing goes first (`dashboard.turns`).
"""

import json
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import Any

from dashboard import metrics, store
from dashboard.briefing import formats
from dashboard.turns import Turns
from data.i18n import Language, language

ROOT = Path(__file__).parents[2]
WORKER = "dashboard.briefing.worker"
# How many are made at once, and how many may wait, of all readers and of one address (that of a meeting room).
AT_ONCE, MOST_WAITING, OF_ONE = 1, 240, 120
TURNS = Turns(AT_ONCE, MOST_WAITING, OF_ONE)
# Seconds without a briefing after which the process ends and gives its memory back.
IDLE = 300


class WorkshopError(Exception):
    """The process has ended, or does not have the reader's snapshot."""


class _Workshop:
    """The process, started when it is needed; it ends with this one, since its input then ends."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._end: Timer | None = None
        self._lock = Lock()

    def open(self) -> subprocess.Popen[bytes]:
        """The process; its end is put off."""
        with self._lock:
            if self._end:
                self._end.cancel()
            self._end = Timer(IDLE, self._close_when_idle)
            self._end.daemon = True
            self._end.start()
            if self.process and self.process.poll() is not None:
                _discard(self.process)
                self.process = None
            if self.process is None:
                # A plain process: those of `multiprocessing` would begin with the script that Streamlit runs.
                command = [sys.executable, "-m", WORKER]
                self.process = subprocess.Popen(  # noqa: S603 - nothing of a reader is in it
                    command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
                )
            return self.process

    def close(self) -> None:
        """End the process; the next briefing starts another."""
        with self._lock:
            process, self.process = self.process, None
        if process:
            _discard(process)

    def make(self, order: dict[str, Any]) -> bytes:
        """What the process makes of an order (`worker`).

        Raises:
            WorkshopError: it has ended, or does not have the snapshot.
        """
        process = self.open()
        if process.stdin is None or process.stdout is None:
            raise WorkshopError
        try:
            process.stdin.write(json.dumps(order).encode() + b"\n")
            process.stdin.flush()
            size = int(process.stdout.readline() or b"-1")
            content = process.stdout.read(size) if size >= 0 else b""
        except (OSError, ValueError) as error:
            raise WorkshopError from error
        if size < 0 or len(content) < size:
            raise WorkshopError
        return content

    def _close_when_idle(self) -> None:
        if TURNS.working:
            self.open()
        else:
            self.close()


def _discard(process: subprocess.Popen[bytes]) -> None:
    """End a process and close what leads to it."""
    process.kill()
    for stream in filter(None, (process.stdin, process.stdout)):
        # What was not read before its end is lost.
        with suppress(OSError):
            stream.close()
    process.wait()


_WORKSHOP = _Workshop()


def prepare() -> None:
    """Start the process ahead of the first briefing."""
    _WORKSHOP.open()


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
    order = {"form": form, "code": code, "area": area, "other": other, "root": root, "snapshot": snapshot}
    with TURNS.taken(*names), metrics.ERRORS.labels("briefing").count_exceptions():
        for _ in range(2):
            try:
                content = _WORKSHOP.make(order)
                break
            except WorkshopError:
                # It was killed, or its place has no such snapshot.
                _WORKSHOP.close()
        else:
            with store.reading(store.snapshot_of(snapshot) or store.snapshot()):
                content = formats.made(form, language(code), area, other, root)
    metrics.BRIEFING.labels(form).observe(time.monotonic() - begun)
    return content


def place(lang: Language, names: tuple[str, ...]) -> str:
    """What a reader who waits is to know; empty for one who does not."""
    number = TURNS.place(*names)
    if not number:
        return ""
    return lang.text("Other briefings are being made. Yours is number {n} in the queue.", n=lang.number(number))
