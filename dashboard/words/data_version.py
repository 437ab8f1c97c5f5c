"""How current the data are, in words: snapshot, releases held, stale sources, the earlier release that a page shows."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from dashboard.editions import NEWEST
from dashboard.words import terms
from data.i18n import Language
from data.releases import ordered
from data.snapshot import Snapshot

UNDATED = "undated"
OLD = timedelta(days=365)
Source = Mapping[str, Any]


def short(lang: Language, snapshot: Snapshot, today: date | None = None) -> str:
    """One line for a page or a file: the snapshot, and whether it is old or a source is stale."""
    line = dated(lang, snapshot)
    if old(snapshot, today):
        day = lang.date(_created(snapshot))
        line = lang.text("Snapshot {id}, built {date}: more than a year old", date=day, id=snapshot.id)
    n = sum(map(stale, snapshot.manifest.get("sources", [])))
    if not n:
        return line
    return lang.plural(
        "{line}; {n} source could not be renewed", "{line}; {n} sources could not be renewed", n, line=line
    )


def dated(lang: Language, snapshot: Snapshot) -> str:
    """The id of the snapshot and the day on which it was built, which is no date of its data."""
    return lang.text("Snapshot {id}, built {date}", date=lang.date(_created(snapshot)), id=snapshot.id)


def old(snapshot: Snapshot, today: date | None = None) -> bool:
    """Whether the snapshot is more than a year old."""
    return (today or datetime.now(UTC).date()) - date.fromisoformat(_created(snapshot)) > OLD


def releases(lang: Language, snapshot: Snapshot) -> list[str]:
    """Name and releases of each source with rows, the oldest first, e.g. `UNODC: 14 April 2025 and 28 October 2025`."""
    return [_release(lang, source) for source in snapshot.manifest.get("sources", []) if holds(source)]


def holds(source: Source) -> bool:
    """Whether the source has any rows (also true if nobody counts them, as for polygons)."""
    return not source["releases"] or any(one.get("read", 1) for one in source["releases"])


def stale(source: Source) -> bool:
    """Whether the publisher could not be reached, so that earlier files are in use."""
    return source.get("status") == "stale"


def dates_of_releases(source: Source) -> list[str]:
    """The releases of a source, the oldest first; `UNDATED` alone if no file has a date."""
    return ordered(str(one["release"]) for one in source["releases"] if one["release"] != UNDATED) or [UNDATED]


def newest(source: Source) -> str:
    """The newest release of a source, or `UNDATED` if no file has a date."""
    return dates_of_releases(source)[-1]


def release(lang: Language, printed: str) -> str:
    """A release as a date in the reader's language."""
    return lang.text("undated") if printed == UNDATED else lang.date(printed)


def tried(lang: Language, source: Source) -> str:
    """The day of the last request to the publisher; empty if unknown."""
    return lang.date(str(source["tried"])[:10]) if source.get("tried") else ""


def other(lang: Language, snapshot: Snapshot, cited: str, withdrawn: pl.DataFrame) -> str:
    """A notice for a link that names another snapshot than the one shown; empty for other links.

    Args:
        cited: the snapshot named in the link.
        withdrawn: the withdrawn snapshots, with the columns of `data.codebook.Errata`.
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
    name = terms.term(lang, "source", source["name"])
    if not stale(source):
        return lang.text(
            "{source}: {release}",
            source=name,
            release=lang.listing(release(lang, one) for one in dates_of_releases(source)),
        )
    values = {"source": name, "release": release(lang, newest(source))}
    if day := tried(lang, source):
        return lang.text("{source}: release of {release}, last tried on {date} without success", date=day, **values)
    return lang.text("{source}: release of {release}, not renewed", **values)


def titled(lang: Language, title: str, edition: str) -> str:
    """The title of a figure, with the earlier release that it shows, if any."""
    if edition == NEWEST:
        return title
    return lang.text("{title} · release of {date}", title=title, date=terms.term(lang, "edition", edition))


def remark(lang: Language, edition: str) -> list[str]:
    """One sentence on an earlier release; nothing for the newest."""
    if edition == NEWEST:
        return []
    day = terms.term(lang, "edition", edition)
    return [lang.text("UNODC’s figures as published in its release of {date}; a newer release is available.", date=day)]
