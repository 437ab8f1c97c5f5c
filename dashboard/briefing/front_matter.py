"""The frame of a briefing: releases, link, sources, and the warning if the figures are of an old release."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from dashboard import store
from dashboard.export import citation
from dashboard.views.page import Part, Table
from dashboard.words import data_version, disclaimer, tables, terms
from dashboard.words.source_facts import fact
from data.i18n import Language
from data.manifest import counts, entry, indicators, main_source, registers
from data.releases import ordered
from data.snapshot import Snapshot

TABLES = ("observations", "flows")
# The tables of which briefings show rows of all sources; of figures they show the counts of authorities.
USED = {"flows", "boundaries", "instruments", "evidence"}


def as_of(lang: Language) -> str:
    """The releases of UNODC in use, and the last year with one of its figures."""
    main = main_source()
    return lang.text(
        "{source}, release {of_release}, data to {year}",
        source=terms.term(lang, "source", main),
        of_release=lang.listing(data_version.of_release(lang, one) for one in in_use(main)),
        year=store.last_years()[main],
    )


def stale(lang: Language, snapshot: Snapshot, today: date | None) -> str | None:
    """The warning if the newest release of UNODC is more than a year old, else None."""
    main = next(source for source in snapshot.manifest["sources"] if source["name"] == main_source())
    if not data_version.old(main, today):
        return None
    return lang.text("The newest release here is more than a year old. A newer one may have been published.")


def sources(lang: Language, title: str, address: str, today: date | None = None) -> Part:
    """The part that lists all sources of the briefing, and says if the main one is old.

    Args:
        title, address: those of the briefing, for its citation.
    """
    manifest, counted = store.snapshot().manifest, {indicators()[code].source for code in counts()}
    # No briefing has the lists of a register.
    lists = {indicators()[code].source for code in registers()}
    used = {one["name"] for one in manifest["sources"] if USED & {*one["tables"]}} - lists | counted
    entries = [one for one in manifest["sources"] if one["name"] in used]
    order = lang.alphabetical([one["name"] for one in entries], lambda name: terms.term(lang, "source", name))
    licensed: dict[str, list[str]] = {}
    for one in sorted(entries, key=lambda row: order.index(row["name"])):
        releases = lang.listing(data_version.release(lang, release) for release in in_use(one["name"]))
        named = f"{terms.term(lang, 'source', one['name'])} ({releases})"
        shared = terms.term(lang, "redistribute", one["redistribute"])
        licensed.setdefault(lang.labeled(shared, fact(lang, one, "licence")), []).append(named)
    columns: tables.Columns = {
        lang.joined([lang.text("Source"), terms.in_sentence(lang.text("Release"))]): lambda row: lang.joined(row["of"]),
        lang.joined([lang.text("Reuse"), terms.in_sentence(lang.text("License, as published"))]): lambda row: row["as"],
    }
    whole, short = (
        lang.labeled(lang.text("Cite as"), citation.text(lang, cited))
        for cited in (_cited(title, address, entries), _cited(title, address, ()))
    )
    title_of = lang.plural("{n} source, with its license", "{n} sources, with their licenses", len(entries))
    rows = tables.written(({"as": terms_of, "of": names} for terms_of, names in licensed.items()), columns)
    old = stale(lang, store.snapshot(), today)
    # Translators: beside a citation of slides; the sources stand in a table above it.
    named_too = lang.text("Name the source of each figure and its release, too.")
    signed = data_version.signature(lang, store.snapshot())
    remarks = (short, named_too, *([old] if old else []), signed, disclaimer.disclaimer(lang))
    listed = Table("sources", title_of, tables.sheet(rows))
    return Part(kind="sources", title=title_of, tables=(listed,), remarks=remarks, said=(whole,))


def _cited(title: str, address: str, entries: Iterable[Mapping[str, Any]]) -> citation.Cited:
    snapshot = store.snapshot()
    sources = tuple(citation.CitedSource(one, in_use(one["name"])) for one in entries)
    return citation.Cited("briefing", title, address, snapshot.id, snapshot.manifest["created"], sources)


def in_use(name: str) -> tuple[str, ...]:
    """The releases of a source that figures and routes come from, oldest first; if none, its newest."""
    rows = [store.tables().table(table).filter(pl.col("source") == name).select("release") for table in TABLES]
    named = pl.concat(rows).unique().collect()["release"]
    return tuple(ordered(named)) or (data_version.newest(entry(name)),)
