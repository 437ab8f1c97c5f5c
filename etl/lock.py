"""One build at a time in a folder: two at once would read and write each other's files."""

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from etl.errors import BusyError

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

LOCK = ".lock"


@contextmanager
def alone(folders: Iterable[Path]) -> Iterator[None]:
    """Hold each folder, made where it is not there, until the block ends.

    The system lets go of a folder when the process ends, however it ends. Where the system has no such locks, the lock
    is a file that a killed build leaves behind, and the error says so.

    Raises:
        BusyError: another build holds one of them; the text says which process, since when and what to do.
        OSError: one cannot be written to.
    """
    with ExitStack() as held:
        # Two names of one folder are one lock: a build would else be refused by itself.
        for folder in sorted({folder.resolve() for folder in folders}):
            folder.mkdir(parents=True, exist_ok=True)
            held.enter_context(_by_system(folder / LOCK) if fcntl else _by_presence(folder / LOCK))
        yield


@contextmanager
def _by_system(path: Path) -> Iterator[None]:
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _busy(path) from None
        file.truncate(0)
        file.write(_holder())
        file.flush()
        # The file stays: one that is taken away here may be held by the next build already.
        yield


@contextmanager
def _by_presence(path: Path) -> Iterator[None]:
    try:
        file = path.open("x", encoding="utf-8")
    except FileExistsError:
        raise _busy(path, f", and if no such process runs take {path} away") from None
    try:
        with file:
            file.write(_holder())
        yield
    finally:
        path.unlink()


def _holder() -> str:
    return f"process {os.getpid()} since {datetime.now(UTC).isoformat(timespec='seconds')}"


def _busy(path: Path, more: str = "") -> BusyError:
    holder = path.read_text(encoding="utf-8") or "its process has not said its number yet"
    return BusyError(f"another build is running in {path.parent} ({holder}); wait until it ends and build again{more}")
