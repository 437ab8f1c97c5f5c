"""The snapshots of a place: fill an empty one, list them, go back to an earlier one, drop the one that waits."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from data import pointer
from data.place import HERE, read
from data.snapshot import MANIFEST, Showing, newest_first, parsed
from data.verified import FaultError, servable, under_embargo
from etl import stores
from etl.errors import AtalayaError, PublishError

CURRENT = "current"
EARLIER = "earlier"
# Who publishes the repository's snapshot in an empty place, as the history of the place has it.
SEED = "seed"


class StoredSnapshot(NamedTuple):
    """A snapshot of a place: its id, the day of its build, its state, and when and by whom that was brought about."""

    id: str
    built: str
    state: str
    since: str
    by: str


def kept(place: str, now: datetime | None = None) -> list[StoredSnapshot]:
    """The snapshots of a place, the one that was shown last first.

    Raises:
        PublishError: the place cannot be read.
    """
    try:
        known = pointer.pointer(place)
        last = {one.id: one for one in pointer.history(place)}
        shown = known.at(now or datetime.now(UTC))
        rows = []
        for name in newest_first(place):
            turn = last.get(name)
            since, by = (turn.at, turn.by) if turn else ("", "")
            state = CURRENT if name == shown else turn.action if turn else EARLIER
            if known.waiting and name == known.waiting.id != shown:
                state = f"waits until {pointer.timestamp(known.waiting.at)}"
            elif state == pointer.PUBLISHED:
                state = EARLIER
            rows.append(StoredSnapshot(name, _built(place, name), state, since, by))
    except (OSError, ValueError) as error:
        raise _unreadable(place, error) from error
    return rows


def seed(place: str, repository: Path = HERE) -> str:
    """Publish the repository's snapshot in a place that has none; returns its id, empty if the place has one.

    Raises:
        PublishError: the repository's snapshot is not whole, or the place cannot be read or written.
    """
    if stores.current(place):
        return ""
    try:
        name = pointer.pointer(str(repository)).current
        servable(str(repository), name, copy="")
    except FaultError as error:
        raise PublishError(f"the repository's own snapshot is damaged: {error.fault}; nothing was published") from error
    stores.send(place, repository, name, "", Showing(by=SEED))
    return name


def rollback(place: str, name: str, by: str) -> str:
    """Show an earlier snapshot again, after all of its files were compared with their hashes; returns the id before.

    Raises:
        AtalayaError: it is not there, not whole, under embargo, or shown already.
    """
    try:
        pointer.settle(place, datetime.now(UTC))
        before = pointer.pointer(place).current
        known = newest_first(place)
    except (OSError, ValueError) as error:
        raise _unreadable(place, error) from error
    if name not in known:
        raise AtalayaError(f"there is no snapshot {name!r} in {place}; there are {', '.join(known)}")
    if name == before:
        raise AtalayaError(f"snapshot {name} is the current one already")
    if under_embargo(place, name):
        raise AtalayaError(f"snapshot {name} is under embargo; build again without --not-before to show it now")
    try:
        servable(place, name, copy="")
        pointer.turn(place, name, by, withdrawn=before)
    except FaultError as error:
        raise PublishError(f"{error.fault}; snapshot {before} is still the current one") from error
    except (OSError, ValueError) as error:
        raise PublishError(f"the pointer in {place} cannot be written ({error}); {before} is still current") from error
    return before


def cancel(place: str) -> str:
    """Drop the snapshot that waits for its embargo to end; returns its id.

    Raises:
        AtalayaError: none waits.
    """
    try:
        pointer.settle(place, datetime.now(UTC))
        waiting = pointer.pointer(place).waiting
        if not waiting:
            raise AtalayaError(f"no snapshot waits in {place}")
        pointer.cancel(place)
    except (OSError, ValueError) as error:
        raise _unreadable(place, error) from error
    return waiting.id


def _built(place: str, name: str) -> str:
    return str(parsed(read(f"{place}/{name}/{MANIFEST}")).get("created", ""))[:10]


def _unreadable(place: str, error: Exception) -> PublishError:
    return PublishError(f"the snapshots in {place} cannot be read ({' '.join(str(error).split())[:300]})")
