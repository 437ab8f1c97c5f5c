"""The snapshots that a process shows: the current one of its place, and earlier ones as long as readers may need them.

A server looks at its place at intervals (`Shown.follow`). A new snapshot is read and compared with its hashes as a
whole before it takes the place of the one before; if it is damaged, or the place is gone, nothing changes, the log
says so once, and `Shown.state` until it is mended. One under embargo is read ahead and shown from its moment on.

A run of a page, or the answer to a request, reads one snapshot from start to end (`reading`, `begin`).
"""

import logging
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cache
from threading import Event, Lock
from typing import NamedTuple

from data import copies
from data.place import names, place_of
from data.pointer import Pointer, Waiting
from data.signed import REASONS
from data.snapshot import ID_LENGTH, MANIFEST, SnapshotError
from data.verified import (
    FaultError,
    Verified,
    again,
    current_manifest,
    open_whole,
    pointed,
    servable,
    under_embargo,
)

# Seconds between two looks at the place; `ATALAYA_POLL` names another number.
POLL = 30.0
POLL_VARIABLE = "ATALAYA_POLL"
# Earlier snapshots in memory.
EARLIER = 2
# Seconds after which an unknown id is worth another look at the place, and for which readers wait for one.
FRESH = 2.0
PATIENCE = 1.0
# Seconds for which an id stays unknown that the place did not have, and how many of them are remembered.
UNKNOWN = 30.0
REMEMBERED = 1000
_ID = re.compile(rf"[0-9a-f]{{{ID_LENGTH}}}")
_LOG = logging.getLogger("atalaya.snapshot")
_READ: ContextVar[Verified | None] = ContextVar("snapshot", default=None)
Warm = Callable[[Verified], object]


class State(NamedTuple):
    """How the data of a process are, in plain values.

    Attributes:
        id, created, age_days: of the snapshot that is shown; days since it was built.
        checked: when the place was last looked at (UTC); None: not yet.
        error: what that look found wrong, in one line; empty if nothing.
        failures, changes: how many looks found something wrong, and how many snapshots took the place of another.
        fallback: whether the process started with an earlier snapshot than the current one.
        unsigned: whether what that look, or else the start, found wrong is that something is not validly signed.
        waiting, turns: the id under embargo and the moment from which it is shown; empty and None if there is none.
    """

    id: str
    created: str
    age_days: int
    checked: datetime | None
    error: str
    failures: int
    changes: int
    fallback: bool
    unsigned: bool
    waiting: str
    turns: datetime | None


class Shown:
    """The snapshots of one place that a process shows.

    Args:
        location: the place; by default as `data.place.place_of` says.
        now: the clock.

    Raises:
        SnapshotError: no snapshot is whole; the text says what to do.
    """

    def __init__(self, location: str | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.place = place_of(location)
        self.current = open_whole(self.place)
        self._now = now
        self._earlier: dict[str, Verified] = {}
        self._ready: tuple[Waiting, Verified] | None = None
        self._turned: set[Waiting] = set()
        self._listed: frozenset[str] = frozenset()
        self._looked = self._looking = -FRESH
        self._unknown: dict[str, float] = {}
        self._checking, self._opening = Lock(), Lock()
        self._checked: datetime | None = None
        # What the start has said is not said again by the first look.
        self._error = str(self.current.fault or "")
        self._reason = self.current.fault.reason if self.current.fault else ""
        self._failures, self._changes = 0, 0

    def state(self) -> State:
        """How the data are now."""
        current, ready = self.current, self._ready
        created = str(current.manifest["created"])
        age = (self._now().date() - date.fromisoformat(created[:10])).days
        return State(
            id=current.id,
            created=created,
            age_days=age,
            checked=self._checked,
            error=self._error,
            failures=self._failures,
            changes=self._changes,
            fallback=current.fault is not None,
            unsigned=self._reason in REASONS,
            waiting=ready[0].id if ready else "",
            turns=ready[0].at if ready else None,
        )

    def check(self, warm: Warm | None = None) -> None:
        """Look at the place: show another current snapshot if it is whole, else go on with the one before.

        Args:
            warm: prepares a new snapshot before the first reader sees it.
        """
        with self._checking:
            try:
                known = pointed(self.place)
                new = self._renewed(known)
                if new and warm:
                    warm(new)
                self._read_ahead(known, warm)
            except FaultError as error:
                self._fail(str(error.fault), error.fault.reason)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with new data, the ones before are shown
                self._fail(f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")
            else:
                self._error = self._reason = ""
                if new:
                    self._show(new)
            self._checked = self._now()

    def turn(self) -> None:
        """Show the snapshot under embargo if its moment has come."""
        ready = self._ready
        if ready and ready[0].at <= self._now():
            with self._checking:
                self._ready = None
                self._turned.add(ready[0])
                if self.current.id == ready[0].after:
                    self._show(ready[1])

    def follow(self, warm: Warm | None = None, stop: Event | None = None) -> None:
        """Look at the place at intervals until `stop` is set; for a thread of its own."""
        every, stop = interval(), stop or Event()
        due = time.monotonic()
        while not stop.wait(min(1.0, every, self._until_turn())):
            self.turn()
            if time.monotonic() >= due:
                self.check(warm)
                due = time.monotonic() + every

    def named(self, name: str) -> Verified | None:
        """The current or an earlier snapshot by its id; None if the place has none that may be shown.

        Another process may have shown a reader a snapshot that this one has not seen yet: an unknown id is a reason to
        look at the place, at most every two seconds. This can block: see `opened_as` for one that does not.
        """
        found = self.opened_as(name)
        if found or not _ID.fullmatch(name) or time.monotonic() < self._unknown.get(name, 0.0):
            return found
        # A place that is gone answers late: readers wait a second for a look at it, however many they are.
        waited = time.monotonic() - self._looking if self._opening.locked() else 0.0
        if not self._opening.acquire(timeout=max(0.0, PATIENCE - waited)):
            return None
        try:
            self._looking = time.monotonic()
            if self._looking - self._looked >= FRESH:
                # A look that draws a new snapshot takes its time; what the place has is read without it.
                if not self._checking.locked():
                    self.check()
                self._listed = self._names()
                self._looked = time.monotonic()
            found = self.opened_as(name) or (self._reopened(name) if name in self._listed else None)
            # Of a place that cannot be read, nothing is known.
            if not found and self._listed:
                self._note_unknown(name)
            return found
        finally:
            self._opening.release()

    def opened_as(self, name: str) -> Verified | None:
        """The current or an earlier snapshot by its id, if this process has it open; never blocks."""
        current = self.current
        return current if current.id == name else self._earlier.get(name)

    def _note_unknown(self, name: str) -> None:
        if len(self._unknown) >= REMEMBERED:
            self._unknown.clear()
        self._unknown[name] = time.monotonic() + UNKNOWN

    def _reopened(self, name: str) -> Verified | None:
        """An earlier snapshot read from the place again; forgotten until the next look if it cannot be."""
        try:
            if not under_embargo(self.place, name):
                found = servable(self.place, name)
                self._remember(found)
                return found
        except FaultError:
            pass
        self._listed -= {name}
        return None

    def _names(self) -> frozenset[str]:
        """The names in the place; none if it cannot be read."""
        try:
            return frozenset(names(self.place))
        except (OSError, ValueError):
            return frozenset()

    def _renewed(self, known: Pointer) -> Verified | None:
        """The snapshot to show, if it is another than the one that is shown.

        Raises:
            FaultError: it is not whole.
        """
        name, current = self._due(known), self.current
        if name == current.id and not current.fault:
            content = again(lambda: current_manifest(self.place, name))
            if content == current.files.get(MANIFEST):
                return None
        return again(lambda: servable(self.place, name))

    def _due(self, known: Pointer) -> str:
        """The id to show now; a clock that is set back takes nothing back."""
        waiting = known.waiting
        if waiting and (waiting in self._turned or waiting.at <= self._now()):
            self._turned.add(waiting)
            return waiting.id
        return known.current

    def _read_ahead(self, known: Pointer, warm: Warm | None) -> None:
        """Read the snapshot under embargo, if there is one, so that it can be shown at its moment.

        Raises:
            FaultError: it is not whole.
        """
        waiting = known.waiting if known.waiting not in self._turned else None
        if not waiting:
            self._ready = None
        elif not self._ready or self._ready[0] != waiting:
            ahead = again(lambda: servable(self.place, waiting.id))
            if warm:
                warm(ahead)
            self._ready = (waiting, ahead)

    def _show(self, new: Verified) -> None:
        before, self.current = self.current, new
        self._earlier.pop(new.id, None)
        if before.id != new.id:
            self._remember(before)
        self._changes += 1
        copies.mark(self.place, new.id)
        _LOG.warning("atalaya: snapshot %s is shown instead of %s", new.id, before.id)

    def _remember(self, earlier: Verified) -> None:
        # Another dictionary: readers may be looking at this one.
        kept = {**{name: one for name, one in self._earlier.items() if name != earlier.id}, earlier.id: earlier}
        self._earlier = dict([*kept.items()][-EARLIER:])

    def _fail(self, problem: str, reason: str = "") -> None:
        self._reason = reason
        self._failures += 1
        if problem != self._error:
            _LOG.error("atalaya: %s: %s; snapshot %s is still shown", self.place, problem, self.current.id)
        self._error = problem

    def _until_turn(self) -> float:
        ready = self._ready
        return max(0.0, (ready[0].at - self._now()).total_seconds()) if ready else POLL


def interval() -> float:
    """Seconds between two looks at the place.

    Raises:
        SnapshotError: `ATALAYA_POLL` is not a number of seconds.
    """
    value = os.environ.get(POLL_VARIABLE, "") or str(POLL)
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise SnapshotError(f"{POLL_VARIABLE} is {value!r}; give the seconds between two looks, such as 30")
    return seconds


@cache
def shown() -> Shown:
    """The snapshots of this process.

    Raises:
        SnapshotError: there is none to open, or a setting is wrong; the text says what to do.
    """
    interval()
    return Shown()


def opened() -> Verified:
    """The snapshot that this run or request reads; outside of them, the current one.

    Raises:
        SnapshotError: there is none to open; the text says what to do.
    """
    return _READ.get() or shown().current


def begin() -> None:
    """From here on this thread or request reads the snapshot that is current now."""
    _READ.set(shown().current)


@contextmanager
def reading(snapshot: Verified) -> Iterator[None]:
    """Read one snapshot until the block ends."""
    token = _READ.set(snapshot)
    try:
        yield
    finally:
        _READ.reset(token)
