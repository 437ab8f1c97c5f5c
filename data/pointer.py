"""Which snapshot of a place is shown: the file `current` has its id and is replaced in one step.

Beside it are two more small files. `next` has a snapshot under embargo: the id that it follows, its own id, and the
moment from which it is shown, on the clock of each process. It counts only while `current` has the id that it follows.
`history` has a line for each change: moment, id, what was done, by whom.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple

from data.place import read, remove, write

POINTER = "current"
NEXT = "next"
HISTORY = "history"
PUBLISHED = "published"
WAITING = "waiting"
WITHDRAWN = "withdrawn"
# Lines of the history that are kept.
LINES = 500
_ID = re.compile(r"[\w-]+")
FileReader = Callable[[str], bytes]


class Waiting(NamedTuple):
    """A snapshot under embargo: the id that it follows, its id, and the moment from which it is shown (UTC)."""

    after: str
    id: str
    at: datetime


class Pointer(NamedTuple):
    """What the files of a place say: the id in `current`, and the snapshot that waits to follow it, if any."""

    current: str
    waiting: Waiting | None = None

    def at(self, now: datetime) -> str:
        """The id of the snapshot that is shown at a moment."""
        return self.waiting.id if self.waiting and self.waiting.at <= now else self.current


class Turn(NamedTuple):
    """A line of the history: the moment (ISO 8601), the id, `published`, `waiting` or `withdrawn`, and by whom."""

    at: str
    id: str
    action: str
    by: str


def pointer(place: str, read: FileReader = read) -> Pointer:
    """What the files of a place say now.

    Args:
        read: reads a file of the place.

    Raises:
        OSError, ValueError: `current` cannot be read, or has no id.
    """
    name = read(f"{place}/{POINTER}").decode(errors="replace").strip()
    if not _ID.fullmatch(name):
        raise ValueError(f"{POINTER} has no id")
    return Pointer(name, _waiting(place, name, read))


def turn(place: str, name: str, by: str = "", withdrawn: str = "") -> None:
    """Show a snapshot from now on; its files must be complete.

    Args:
        withdrawn: the id that it replaces because its figures were wrong, if so.

    Raises:
        OSError, ValueError: the place cannot be written; what is shown is unchanged.
    """
    write(f"{place}/{POINTER}", f"{name}\n".encode())
    # The pointer has turned: what follows is information.
    with suppress(OSError, ValueError):
        remove(f"{place}/{NEXT}")
    changes = [(withdrawn, WITHDRAWN)] if withdrawn else []
    _note(place, [*changes, (name, PUBLISHED)], by)


def wait(place: str, name: str, at: datetime, by: str = "") -> None:
    """Show a snapshot from a moment on, in every process by its own clock; its files must be complete.

    Raises:
        OSError, ValueError: the place cannot be read or written.
    """
    after = pointer(place).current
    write(f"{place}/{NEXT}", f"{after} {name} {timestamp(at)}\n".encode())
    _note(place, [(name, WAITING)], by)


def settle(place: str, now: datetime) -> None:
    """Write the id of a snapshot whose embargo has ended into `current`; it has been shown since.

    Raises:
        OSError, ValueError: the place cannot be read or written.
    """
    known = pointer(place)
    if known.at(now) != known.current:
        turn(place, known.at(now))


def cancel(place: str) -> None:
    """Forget the snapshot that waits.

    Raises:
        OSError, ValueError: the place cannot be written.
    """
    remove(f"{place}/{NEXT}")


def history(place: str) -> list[Turn]:
    """The changes of a place, the oldest first; empty if none were written down or they cannot be read."""
    with suppress(OSError, ValueError):
        lines = read(f"{place}/{HISTORY}").decode(errors="replace").splitlines()
        return [Turn(*line.split("\t")) for line in lines if line.count("\t") == len(Turn._fields) - 1]
    return []


def withdrawn_ids(turns: Iterable[Turn]) -> set[str]:
    """The ids whose last change was a withdrawal."""
    return {name for name, action in {one.id: one.action for one in turns}.items() if action == WITHDRAWN}


def timestamp(moment: datetime) -> str:
    """A moment as it is written into files: UTC to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _waiting(place: str, current: str, read: FileReader) -> Waiting | None:
    """The snapshot that waits to follow the current one; a file that says something else counts as none."""
    with suppress(FileNotFoundError, ValueError):
        after, name, moment = read(f"{place}/{NEXT}").decode(errors="replace").split()
        at = datetime.fromisoformat(moment)
        if after == current and _ID.fullmatch(name) and at.tzinfo:
            return Waiting(after, name, at)
    return None


def _note(place: str, changes: Iterable[tuple[str, str]], by: str) -> None:
    now = timestamp(datetime.now(UTC))
    lines = ["\t".join(one) for one in history(place)]
    # A name is one word group: the file has one line for each change.
    lines += ["\t".join((now, name, action, " ".join(by.split()))) for name, action in changes]
    with suppress(OSError, ValueError):
        write(f"{place}/{HISTORY}", ("\n".join(lines[-LINES:]) + "\n").encode())
