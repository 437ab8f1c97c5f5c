"""Builds for an object store: the published snapshot is fetched into a folder, and a new one is sent back.

The folder is below `ATALAYA_CACHE` (`data.copies`). The pointer of the store is written last, when each file was read
back. Stores have no locks: let one machine build at a time. If the store changed during a build, nothing is published.
Downloads and accepted reports may be in a store too (`at_hand`); `copy` backs up a place, and restores it.
"""

import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from data import copies, pointer
from data.place import STAGING, files, read, remove, write
from data.pointer import POINTER
from data.snapshot import MANIFEST, Showing, kept, prune, show
from etl.errors import PublishError
from etl.fetching.store import RECEIPTS
from etl.lock import locked

WORK = "build"
# What says which files there are is written after them, the pointer last.
LAST = (RECEIPTS, MANIFEST, POINTER)


def work_folder(place: str) -> Path:
    """The folder on this machine in which snapshots for a store are built."""
    return Path(copies.folder(place)) / WORK


def fetch(place: str, home: Path) -> None:
    """Make the published snapshot of a store the current one of a folder; a store without one empties its pointer.

    Raises:
        PublishError: the store cannot be read.
    """
    try:
        name = _current(place)
        if not name:
            (home / POINTER).unlink(missing_ok=True)
            return
        staging = home / f"{STAGING}{name}-fetched"
        shutil.rmtree(staging, ignore_errors=True)
        _copied(f"{place}/{name}", str(staging))
        shutil.rmtree(home / name, ignore_errors=True)
        staging.rename(home / name)
        write(f"{home}/{POINTER}", f"{name}\n".encode())
    except (OSError, ValueError) as error:
        raise PublishError(
            f"the snapshots in {place} cannot be read ({_line(error)}); nothing was published"
        ) from error


def send(place: str, home: Path, name: str, before: str, showing: Showing, signed: Collection[str] = ()) -> None:
    """Publish a snapshot of a folder in a store: its files, each read back, then the pointer.

    Args:
        before: the id that the store had when the build began; empty if none.
        signed: ids of snapshots that stay as they are in the store.

    Raises:
        PublishError: the store cannot be written, or another build has published there meanwhile.
    """
    try:
        if name not in signed:
            _copied(f"{home}/{name}", f"{place}/{name}")
        if (now := _current(place)) != before:
            raise PublishError(f"another build has published {now or 'nothing'} in {place} meanwhile; build again")
        show(place, name, showing)
        prune(place, kept())
    except (OSError, ValueError) as error:
        raise PublishError(
            f"the snapshot cannot be written to {place} ({_line(error)}); the published one is unchanged"
        ) from error


def copy(source: str, target: str) -> tuple[int, int]:
    """Copy all files of a folder or store to another one, each read back; what is there and the same stays.

    Returns:
        How many files there are, and how many of them were written.

    Raises:
        PublishError: one cannot be read or written, or a build has published in the source meanwhile.
    """
    try:
        before = _there(f"{source}/{POINTER}")
        counts = _copied(source, target)
        if _there(f"{source}/{POINTER}") != before:
            raise PublishError(f"a build has published in {source} meanwhile; copy again")
    except (OSError, ValueError) as error:
        raise PublishError(f"{source} cannot be copied to {target} ({_line(error)})") from error
    return counts


@contextmanager
def at_hand(address: str) -> Iterator[Path]:
    """A folder with the files of a store. What changes in it is changed in the store at the end, also after an error.

    Raises:
        PublishError: the store cannot be read or written.
    """
    top = Path(copies.kept_apart(address))
    folder = top / "files"
    with locked([top]):
        shutil.rmtree(folder, ignore_errors=True)
        copy(address, str(folder))
        before = files(str(folder))
        try:
            yield folder
        finally:
            copy(str(folder), address)
            # Only what was here and was moved: somebody else may have added a report.
            _remove(address, set(before) - set(files(str(folder))))


def current(place: str) -> str:
    """The id that a store shows; empty if it has none. One whose embargo has ended is made the current one first.

    Raises:
        PublishError: the store cannot be read.
    """
    try:
        if name := _current(place):
            pointer.settle(place, datetime.now(UTC))
            name = _current(place)
    except (OSError, ValueError) as error:
        raise PublishError(
            f"the snapshots in {place} cannot be read ({_line(error)}); nothing was published"
        ) from error
    return name


def _current(place: str) -> str:
    try:
        return pointer.pointer(place).current
    except FileNotFoundError:
        return ""


def _copied(source: str, target: str) -> tuple[int, int]:
    """Copy all files but those whose names begin with a dot; how many there are, and how many were written.

    Raises:
        OSError, ValueError: one cannot be read or written, or what is read back is something else.
    """
    found = [file for file in _files(source) if not any(part.startswith(".") for part in file.split("/"))]
    written = 0
    for file in sorted(found, key=_turn):
        content, address = read(f"{source}/{file}"), f"{target}/{file}"
        if _there(address) == content:
            continue
        write(address, content)
        if read(address) != content:
            raise OSError(f"{address} is not what was written")
        written += 1
    return len(found), written


def _remove(address: str, gone: Iterable[str]) -> None:
    try:
        for file in gone:
            remove(f"{address}/{file}")
    except (OSError, ValueError) as error:
        raise PublishError(f"what is no longer used cannot be deleted in {address} ({_line(error)})") from error


def _turn(file: str) -> int:
    name = Path(file).name
    return LAST.index(name) + 1 if name in LAST else 0


def _files(address: str) -> list[str]:
    try:
        return files(address)
    except FileNotFoundError:
        return []


def _there(address: str) -> bytes | None:
    try:
        return read(address)
    except FileNotFoundError:
        return None


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
