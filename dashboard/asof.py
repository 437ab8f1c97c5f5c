"""What every picture, table and file carries: which snapshot, of which day, from which releases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from dashboard import terms
from dashboard.i18n import Language
from data.snapshot import Snapshot

UNDATED = "undated"
STALE = timedelta(days=365)


def short(lang: Language, snapshot: Snapshot, today: date | None = None) -> str:
    """One line for a figure or a file: the day and the id of the snapshot, and a word when it is stale."""
    created = str(snapshot.manifest["created"])
    values = {"date": lang.date(created), "id": snapshot.id}
    if (today or datetime.now(UTC).date()) - date.fromisoformat(created) > STALE:
        return lang.text("As of {date}, snapshot {id}: more than a year old", **values)
    return lang.text("As of {date}, snapshot {id}", **values)


def releases(lang: Language, snapshot: Snapshot) -> list[str]:
    """For each source its name and the newest release held, e.g. `World Bank, total population: 2025-01-28`."""
    return [_release(lang, source) for source in snapshot.manifest.get("sources", [])]


def _release(lang: Language, source: dict[str, Any]) -> str:
    newest = max((str(held["release"]) for held in source["releases"]), default=UNDATED)
    told = lang.text("undated") if newest == UNDATED else lang.date(newest)
    return lang.text("{source}: {release}", source=terms.source(lang, source["name"]), release=told)
