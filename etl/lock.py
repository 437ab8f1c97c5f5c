"""A lock on folders: two builds at once would read and write each other's files."""

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from etl.errors import BusyError

LOCK = ".lock"
HOLDER = ".lock-holder"


@contextmanager
def locked(folders: Iterable[Path]) -> Iterator[None]:
    """Lock each folder until the block ends; a folder that does not exist is created.

    The lock ends with the process, even if it is killed.

    Raises:
        BusyError: another build has locked one; the text says which process, since when, and what to do.
        OSError: a folder cannot be written to.
    """
    with ExitStack() as stack:
        # Two names of one folder are one lock: otherwise a build would wait for itself.
        for folder in sorted({folder.resolve() for folder in folders}):
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(_locked_folder(folder))
        yield


@contextmanager
def _locked_folder(folder: Path) -> Iterator[None]:
    lock, holder = FileLock(folder / LOCK, timeout=0), folder / HOLDER
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(
            f"another build is running in {folder} ({_holder(holder)}); wait until it ends and build again"
        ) from None
    try:
        holder.write_text(f"process {os.getpid()} since {datetime.now(UTC).isoformat(timespec='seconds')}", "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _holder(path: Path) -> str:
    with suppress(OSError):
        if text := path.read_text("utf-8"):
            return text
    return "its process id is not known yet"
