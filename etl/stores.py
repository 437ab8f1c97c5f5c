"""Builds for an object store: the published snapshot is fetched into a folder, and a new one is sent back.

The folder is below `ATALAYA_CACHE` (`data.copies`). The pointer of the store is written last, when each file was read
back. Stores have no locks: let one machine build at a time. If the store changed during a build, nothing is published.
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from data import copies, pointer
from data.place import STAGING, files, read, write
from data.pointer import POINTER
from data.snapshot import MANIFEST, Showing, kept, prune, show
from etl.errors import PublishError

WORK = "build"


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
        for file in files(f"{place}/{name}"):
            (staging / file).parent.mkdir(parents=True, exist_ok=True)
            (staging / file).write_bytes(read(f"{place}/{name}/{file}"))
        shutil.rmtree(home / name, ignore_errors=True)
        staging.rename(home / name)
        write(f"{home}/{POINTER}", f"{name}\n".encode())
    except (OSError, ValueError) as error:
        raise PublishError(
            f"the snapshots in {place} cannot be read ({_line(error)}); nothing was published"
        ) from error


def send(place: str, home: Path, name: str, before: str, showing: Showing) -> None:
    """Publish a snapshot of a folder in a store: its files, each read back, then the pointer.

    Args:
        before: the id that the store had when the build began; empty if none.

    Raises:
        PublishError: the store cannot be written, or another build has published there meanwhile.
    """
    try:
        # The manifest last: without it nobody reads the others.
        for file in sorted(files(f"{home}/{name}"), key=lambda path: path == MANIFEST):
            _send_file(f"{place}/{name}/{file}", (home / name / file).read_bytes())
        if (now := _current(place)) != before:
            raise PublishError(f"another build has published {now or 'nothing'} in {place} meanwhile; build again")
        show(place, name, showing)
        prune(place, kept())
    except (OSError, ValueError) as error:
        raise PublishError(
            f"the snapshot cannot be written to {place} ({_line(error)}); the published one is unchanged"
        ) from error


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


def _send_file(address: str, content: bytes) -> None:
    """Write a file and read it back; one that is there already stays.

    Raises:
        OSError, ValueError: it cannot be written, or what is read is something else.
    """
    if _there(address) == content:
        return
    write(address, content)
    if read(address) != content:
        raise OSError(f"{address} is not what was written")


def _there(address: str) -> bytes | None:
    try:
        return read(address)
    except FileNotFoundError:
        return None


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
