"""How current the data are, in words: the data version and its day, releases, old and stale sources, earlier releases.

The data version (the id of the snapshot) and the day of its build are in the footer, in citations and in the metadata
of files, and nowhere else: that day is not a date of the data.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from dashboard.editions import NEWEST
from dashboard.words import terms
from data.i18n import Language
from data.releases import first_day, ordered
from data.snapshot import Snapshot
from data.verified import Verified

UNDATED = "undated"
OLD = timedelta(days=365)
Source = Mapping[str, Any]


def built(lang: Language, snapshot: Snapshot) -> str:
    """The id of the data version and the day on which it was built, for footer and files."""
    return version(lang, snapshot.id, str(snapshot.manifest["created"]))


def version(lang: Language, snapshot: str, created: str) -> str:
    """The same from the id and the day (ISO 8601)."""
    return lang.text("Data version {id}, built {date}", date=lang.date(created[:10]), id=snapshot)


def signature(lang: Language, snapshot: Snapshot) -> str:
    """Who has signed the data version, and the hash by which anybody can compare it; empty if it was not compared."""
    if not isinstance(snapshot, Verified):
        return ""
    signed = snapshot.signed
    # Translators: {names}: of the persons or programs whose keys signed; {date}: when they last signed.
    by = (
        lang.text(
            "This data version was signed by {names} on {date}.",
            names=lang.joined(signed.by),
            date=lang.date(signed.at[:10]),
        )
        if signed
        # Translators: there may be a signature, but this website does not ask for one.
        else lang.text("This data version is not signed, or its signature was not checked.")
    )
    # Translators: the list is the file datapackage.json of the data version, which has the hashes of all others.
    listed = lang.text("SHA-256 of the list of its files: {hash}", hash=snapshot.seal)
    return f"{by} {listed}"


def compared_with(snapshot: Snapshot) -> dict[str, str]:
    """Headers of a file: its data version, the hash by which anybody can compare that, and when it was signed."""
    headers = {"Atalaya-Snapshot": snapshot.id}
    if isinstance(snapshot, Verified):
        signed = snapshot.signed.at if snapshot.signed else "no"
        headers |= {"Atalaya-Manifest": f"sha256:{snapshot.seal}", "Atalaya-Signed": signed}
    return headers


def title(lang: Language) -> str:
    """The title of all data together, which the data package gives in English."""
    return lang.labeled("Atalaya", terms.in_sentence(lang.text("Trafficking in persons in the Americas")))


def seen(lang: Language, snapshot: str, created: str) -> str:
    """The end of a citation: in which data version something was seen, and the day on which that was built."""
    return lang.text("Seen in: Atalaya, data version {id}, built {date}.", id=snapshot, date=lang.date(created[:10]))


def warnings(lang: Language, snapshot: Snapshot, last: Mapping[str, int], today: date | None = None) -> list[str]:
    """At most two sentences: which sources of figures are old, and which could not be renewed.

    A build changes nothing about the first: what counts is the day of the release. Sources without further releases are
    in neither.

    Args:
        last: the last year with a figure, by source (`dashboard.store.last_years`).
        today: by default the current day (UTC).
    """
    every = [source for source in snapshot.manifest.get("sources", []) if source["name"] in last]
    aged = [
        lang.text(
            "{source} ({release})",
            source=terms.term(lang, "source", source["name"]),
            release=release(lang, newest(source)),
        )
        for source in every
        if old(source, today)
    ]
    failed = [terms.term(lang, "source", source["name"]) for source in every if stale(source)]
    sentences = []
    if aged:
        sentences.append(
            lang.plural(
                "Of the sources that this site updates, one is here in a release more than a year old: {sources}.",
                "Of the sources that this site updates, {n} are here in releases more than a year old: {sources}.",
                len(aged),
                sources=lang.joined(aged),
            )
        )
    if failed:
        sentences.append(
            lang.text(
                "Not updated, because the publisher could not be reached: {sources}.", sources=lang.joined(failed)
            )
        )
    return sentences


def old(source: Source, today: date | None = None) -> bool:
    """Whether the newest release of a source is more than a year old, though more are expected."""
    day = first_day(newest(source))
    return not source.get("frozen") and day is not None and (today or datetime.now(UTC).date()) - day > OLD


def holds(source: Source) -> bool:
    """Whether the source has any rows (also true if nobody counts them, as for polygons)."""
    return not source["releases"] or any(one.get("read", 1) for one in source["releases"])


def stale(source: Source) -> bool:
    """Whether the publisher could not be reached, so that earlier files are in use."""
    return source.get("status") == "stale"


def newest(source: Source) -> str:
    """The newest release of a source, or `UNDATED` if no file has a date."""
    return (ordered(str(one["release"]) for one in source["releases"] if one["release"] != UNDATED) or [UNDATED])[-1]


def release(lang: Language, printed: str) -> str:
    """A release as a date in the reader's language."""
    return lang.text("undated") if printed == UNDATED else lang.date(printed)


def of_release(lang: Language, printed: str) -> str:
    """A release as it follows the word: `of 28 October 2025`; other languages say a day and a month differently."""
    shown = release(lang, printed)
    match printed.count("-"):
        case 2:
            return lang.text("of {day}", day=shown)
        case 1:
            return lang.text("of {month}", month=shown)
    return lang.text("of {year}", year=shown)


def numbered(printed: str) -> bool:
    """Whether a release is a version, such as `2013.1`, and not a date."""
    return "." in printed


def tried(lang: Language, source: Source) -> str:
    """The day of the last request to the publisher; empty if unknown."""
    return lang.date(str(source["tried"])[:10]) if source.get("tried") else ""


def other(lang: Language, snapshot: Snapshot, cited: str, withdrawn: pl.DataFrame) -> str:
    """A notice for a link that names another snapshot than the one shown; empty for other links.

    Args:
        cited: the snapshot named in the link.
        withdrawn: the withdrawn snapshots, with the columns of `data.codebook.Errata`.
    """
    values = {"cited": cited}
    for row in withdrawn.filter(pl.col("snapshot") == cited).iter_rows(named=True):
        return lang.text(
            "This link was made from data version {cited}, withdrawn on {date}: {reason}. This page shows another one. "
            "Please do not cite the earlier figures.",
            date=lang.date(row["withdrawn"]),
            reason=terms.in_sentence(terms.term(lang, "withdrawn", row["reason"])),
            **values,
        )
    if cited in {"", snapshot.id}:
        return ""
    return lang.text(
        "This link was made from data version {cited}; this page shows another one. Figures may differ.", **values
    )


def titled(lang: Language, title: str, edition: str) -> str:
    """The title of a figure, with the earlier release that it shows, if any."""
    if edition == NEWEST:
        return title
    return lang.text("{title} · release {of_release}", title=title, of_release=of_release(lang, edition))


def remark(lang: Language, edition: str) -> list[str]:
    """One sentence on an earlier release; nothing for the newest."""
    if edition == NEWEST:
        return []
    return [
        lang.text(
            "UNODC’s figures as published in its release {of_release}; a newer release is available.",
            of_release=of_release(lang, edition),
        )
    ]
