"""The state of the data in words: snapshot, date, releases, what is stale, and which earlier release a view shows."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from dashboard.editions import NEWEST
from dashboard.words import terms
from data.i18n import Language
from data.releases import moment
from data.snapshot import Snapshot

UNDATED = "undated"
OLD = timedelta(days=365)
Source = Mapping[str, Any]


def short(lang: Language, snapshot: Snapshot, today: date | None = None) -> str:
    """One line for a figure or a file: day and id of the snapshot; a word when it is old or a source not renewed."""
    line = dated(lang, snapshot)
    if old(snapshot, today):
        day = lang.date(_created(snapshot))
        line = lang.text("As of {date}, snapshot {id}: more than a year old", date=day, id=snapshot.id)
    n = sum(map(stale, snapshot.manifest.get("sources", [])))
    if not n:
        return line
    return lang.plural(
        "{line}; {n} source could not be renewed", "{line}; {n} sources could not be renewed", n, line=line
    )


def dated(lang: Language, snapshot: Snapshot) -> str:
    """The day and the id of the snapshot."""
    return lang.text("As of {date}, snapshot {id}", date=lang.date(_created(snapshot)), id=snapshot.id)


def old(snapshot: Snapshot, today: date | None = None) -> bool:
    """Whether the snapshot is more than a year old."""
    return (today or datetime.now(UTC).date()) - date.fromisoformat(_created(snapshot)) > OLD


def releases(lang: Language, snapshot: Snapshot) -> list[str]:
    """For each source of which rows are held its name and the newest release, e.g. `UNODC: 28 October 2025`."""
    return [_release(lang, source) for source in snapshot.manifest.get("sources", []) if holds(source)]


def holds(source: Source) -> bool:
    """Whether any row of it was read, as far as its rows are counted (those of polygons are not)."""
    return not source["releases"] or any(held.get("read", 1) for held in source["releases"])


def stale(source: Source) -> bool:
    """Whether the publisher was asked in vain, so that what was held before is in use."""
    return source.get("status") == "stale"


def newest(source: Source) -> str:
    """The newest release held, or `UNDATED` where no file says."""
    dated = (str(held["release"]) for held in source["releases"] if held["release"] != UNDATED)
    return max(dated, key=moment, default=UNDATED)


def release(lang: Language, printed: str) -> str:
    """A release as the reader's language writes it."""
    return lang.text("undated") if printed == UNDATED else lang.date(printed)


def tried(lang: Language, source: Source) -> str:
    """The day on which the publisher was last asked; empty where nobody noted it."""
    return lang.date(str(source["tried"])[:10]) if source.get("tried") else ""


def other(lang: Language, snapshot: Snapshot, cited: str, withdrawn: pl.DataFrame) -> str:
    """What a reader must know whose link names another snapshot than the one shown; empty where it names none.

    Args:
        cited: the snapshot of the link, as the address says it.
        withdrawn: columns of `data.account.Errata`.
    """
    values = {"cited": cited, "id": snapshot.id}
    for row in withdrawn.filter(pl.col("snapshot") == cited).iter_rows(named=True):
        return lang.text(
            "This link was made from snapshot {cited}, withdrawn on {date}: {reason}. This page shows {id}. "
            "Please do not cite the earlier figures.",
            date=lang.date(row["withdrawn"]),
            reason=terms.in_sentence(terms.term(lang, "withdrawn", row["reason"])),
            **values,
        )
    if cited in {"", snapshot.id}:
        return ""
    return lang.text("This link was made from snapshot {cited}; this page shows {id}. Figures may differ.", **values)


def _created(snapshot: Snapshot) -> str:
    return str(snapshot.manifest["created"])[:10]


def _release(lang: Language, source: Source) -> str:
    values = {"source": terms.term(lang, "source", source["name"]), "release": release(lang, newest(source))}
    if not stale(source):
        return lang.text("{source}: {release}", **values)
    if day := tried(lang, source):
        return lang.text("{source}: release of {release}, last tried on {date} without success", date=day, **values)
    return lang.text("{source}: release of {release}, not renewed", **values)


def notes(lang: Language, snapshot: Snapshot, edition: str) -> list[str]:
    """What stands under a figure: the snapshot, and the earlier release it is seen as of."""
    return [*remark(lang, edition), short(lang, snapshot)]


def titled(lang: Language, title: str, edition: str) -> str:
    """The title of a figure, with the earlier release it is seen as of."""
    if edition == NEWEST:
        return title
    return lang.text("{title} · release of {date}", title=title, date=terms.term(lang, "edition", edition))


def remark(lang: Language, edition: str) -> list[str]:
    """One sentence on an earlier release; nothing for the newest."""
    if edition == NEWEST:
        return []
    day = terms.term(lang, "edition", edition)
    return [lang.text("UNODC’s figures as published in its release of {date}; a newer release is available.", date=day)]
