"""Processes of their own for work that must not hold up this one: it can be niced, limited, and ended.

One side orders (`Workshop`), the other makes (`serve`). Orders and answers are pickles, since both sides are ours. A
process starts when it is needed, and ends when nobody has needed it for a while or the server ends.

    WorkshopError       the process has ended before it answered
      LimitError        it was ended, since it took more time or memory than it may
"""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, Timer
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
# Seconds without an order after which a process ends and gives its memory back.
IDLE = 300
# The pages come first.
NICENESS = 5
MEGABYTE = 2**20
# The answer of a process that has used its memory. One that has used its time is ended by a signal (POSIX).
MEMORY_IS_UP = "memory"
TIME_IS_UP = getattr(signal, "SIGPROF", 0)


class WorkshopError(Exception):
    """The process has ended before it answered."""


class LimitError(WorkshopError):
    """An order took more time or memory than it may."""


class Limits(NamedTuple):
    """What one order may take.

    Attributes:
        seconds: of the processor; not on Windows, where only the time on the clock is limited.
        megabytes: beside what the process has when it starts; on Linux only.
    """

    seconds: float
    megabytes: int


class Workshop:
    """A process that works for this one, one order after the other.

    Args:
        module: what it runs; it calls `serve`.
        longest: seconds on the clock after which an order is given up; None: never.
    """

    def __init__(self, module: str, longest: float | None = None) -> None:
        self.module, self.longest = module, longest
        self.process: subprocess.Popen[bytes] | None = None
        self._end: Timer | None = None
        self._lock, self._busy = Lock(), Lock()

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
                command = [sys.executable, "-m", self.module]
                self.process = subprocess.Popen(  # noqa: S603 - nothing of a reader is in it
                    command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
                )
            return self.process

    def close(self) -> None:
        """End the process; the next order starts another."""
        with self._lock:
            process, self.process = self.process, None
        if process:
            _discard(process)

    def make(self, order: object) -> Any:  # noqa: ANN401 - whatever the process makes of it
        """What the process makes of an order.

        Raises:
            WorkshopError: it has ended.
            LimitError: it was ended, as the order takes too much.
        """
        with self._busy:
            process = self.open()
            with _given_up(process, self.longest) as late:
                try:
                    answer = _answer(process, order)
                except (OSError, EOFError, pickle.UnpicklingError) as error:
                    process.kill()
                    if late or process.wait() == -TIME_IS_UP:
                        raise LimitError from error
                    raise WorkshopError from error
            if answer == MEMORY_IS_UP:
                raise LimitError
            return answer[0]

    def _close_when_idle(self) -> None:
        if self._busy.locked():
            self.open()
        else:
            self.close()


def serve(make: Callable[[Any], object], limits: Limits | None = None) -> int:
    """Answer orders until the input ends; returns the exit status 0. For the main function of a process.

    Args:
        make: makes the answer to an order.
        limits: of each order.
    """
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints is no answer.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    if limits:
        _limit_memory(limits.megabytes)
    # The server has gone, or ends this process.
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            order = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own process
            try:
                with _limited_time(limits):
                    answer: object = (make(order),)
            except MemoryError:
                answer = MEMORY_IS_UP
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
    return 0


def _answer(process: subprocess.Popen[bytes], order: object) -> Any:  # noqa: ANN401 - see `make`
    if process.stdin is None or process.stdout is None:
        raise EOFError
    pickle.dump(order, process.stdin, pickle.HIGHEST_PROTOCOL)
    process.stdin.flush()
    return pickle.load(process.stdout)  # noqa: S301 - from our own process


@contextmanager
def _given_up(process: subprocess.Popen[bytes], longest: float | None) -> Iterator[list[bool]]:
    """End a process after some seconds; gives a list that then is not empty."""
    late: list[bool] = []

    def end() -> None:
        late.append(True)
        process.kill()

    timer = Timer(longest or 0, end)
    timer.daemon = True
    if longest is not None:
        timer.start()
    try:
        yield late
    finally:
        timer.cancel()


@contextmanager
def _limited_time(limits: Limits | None) -> Iterator[None]:
    """Let the system end this process after some seconds of the processor."""
    if limits is None or not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, limits.seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _limit_memory(megabytes: int) -> None:
    """Let this process have no more memory than it has now and some megabytes."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        import resource  # noqa: PLC0415 - there is none on Windows

        pages = int(statm.read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _discard(process: subprocess.Popen[bytes]) -> None:
    """End a process and close what leads to it."""
    process.kill()
    for stream in filter(None, (process.stdin, process.stdout)):
        # What was not read before its end is lost.
        with suppress(OSError):
            stream.close()
    process.wait()
