"""How the data of this process are, for metrics, logs and monitors: plain values, at no cost."""

from datetime import UTC, date, datetime
from typing import NamedTuple

from dashboard import store


class State(NamedTuple):
    """The snapshot that is shown, the last look for another, and what went wrong with it."""

    id: str
    created: str
    age_days: int
    checked: datetime | None = None
    error: str = ""
    failures: int = 0
    changes: int = 0
    fallback: bool = False


def state() -> State:
    """The state now; the snapshot was looked at when it was opened, and never since."""
    snapshot = store.snapshot()
    created = str(snapshot.manifest["created"])
    age = (datetime.now(UTC).date() - date.fromisoformat(created[:10])).days
    return State(snapshot.id, created, age, error=str(snapshot.fault or ""), fallback=snapshot.fault is not None)
