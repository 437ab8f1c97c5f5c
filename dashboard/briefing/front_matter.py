"""The frame of a briefing: title, releases, link, sources, and the warning if the figures are of an old release."""

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlencode

import polars as pl

from dashboard import store
from dashboard.briefing import words
from dashboard.briefing.content import Fact, Part
from dashboard.export import citation
from dashboard.views.filters import LANGUAGE
from dashboard.words import data_version, disclaimer, served, tables, terms
from dashboard.words.source_facts import fact
from data.i18n import Language
from data.releases import ordered
from data.snapshot import Snapshot

MAIN = "unodc_glotip"
TABLES = ("observations", "flows")


def releases(lang: Language, *frames: pl.DataFrame) -> tuple[str, ...]:
    """The releases that the rows of a part come from, one line for each source; `rows` have source, release, year."""
    cells = [frame.select(pl.col("source", "release"), pl.col("year").cast(pl.Int32)) for frame in frames]
    return tuple(served.lines(lang, served.served(pl.concat(cells))))


def as_of(lang: Language) -> str:
    """The releases of UNODC in use, and the last year with one of its figures."""
    return lang.text(
        "{source}, release {of_release}, data to {year}",
        source=terms.term(lang, "source", MAIN),
        of_release=lang.listing(data_version.of_release(lang, one) for one in in_use(MAIN)),
        year=store.last_years()[MAIN],
    )


def stale(lang: Language, snapshot: Snapshot, today: date | None) -> str | None:
    """The warning if the newest release of UNODC is more than a year old, else None."""
    main = next(source for source in snapshot.manifest["sources"] if source["name"] == MAIN)
    if not data_version.old(main, today):
        return None
    return lang.text("The newest release here is more than a year old. A newer one may have been published.")


def address(lang: Language, root: str, page: str, **ids: str) -> str:
    """The link that opens the view; empty if the server's public address is unknown."""
    return f"{root.rstrip('/')}/{page}?{urlencode({LANGUAGE.name: lang.code, **ids})}" if root else ""


def opening(lang: Language, title: str, lead: str = "", remarks: Iterable[str] = ()) -> Part:
    """The first part: the main finding, a sentence more, and that the observatory is independent.

    Args:
        remarks: on the subject, e.g. that a state left the OAS.
    """
    every = (*remarks, disclaimer.independent(lang))
    return Part("title", title, lead, remarks=every, notes="\n".join(filter(None, [title, lead, *every])))


def detected(lang: Language) -> str:
    """What a detected victim is, and that the true number is not known."""
    return lang.text("“Detected” means identified by the authorities. The true number of victims is not known.")


def summary(
    lang: Language,
    title: str,
    facts: tuple[Fact, ...],
    parts: Iterable[Part],
    remarks: Iterable[str],
    in_cards: Sequence[Part] = (),
) -> Part:
    """The page to print and hand over: key figures, and the finding of each part that follows.

    Args:
        in_cards: the parts of which a key figure has the finding.
    """
    every = tuple(parts)
    points = tuple(words.sentence(part.point or part.title) for part in every if part not in in_cards)
    shown = tuple(dict.fromkeys(line for part in every for line in part.releases))
    said = tuple(remarks)
    notes = "\n".join([title, *words.spoken(lang, facts), *points, *said, *shown])
    return Part("summary", title, facts=facts, points=points, remarks=said, releases=shown, notes=notes)


def sources(lang: Language, title: str, address: str, names: tuple[str, ...], today: date | None = None) -> Part:
    """The part that lists all sources of the briefing, and says if the main one is old.

    Args:
        title, address: those of the briefing, for its citation.
        names: ids of the sources.
    """
    manifest = store.snapshot().manifest
    entries = [source for source in manifest["sources"] if source["name"] in names]
    order = lang.alphabetical(names, lambda name: terms.term(lang, "source", name))
    columns: tables.Columns = {
        lang.text("Source"): lambda row: terms.term(lang, "source", row["name"]),
        lang.text("Release"): lambda row: lang.listing(data_version.release(lang, one) for one in in_use(row["name"])),
        lang.joined([lang.text("Reuse"), terms.in_sentence(lang.text("License, as published"))]): lambda row: (
            lang.labeled(terms.term(lang, "redistribute", row["redistribute"]), fact(lang, row, "licence"))
        ),
    }
    sources_cited = tuple(citation.CitedSource(one, in_use(one["name"])) for one in entries)
    cited = citation.Cited("briefing", title, address, store.snapshot().id, manifest["created"], sources_cited)
    citation_line = lang.labeled(lang.text("Cite as"), citation.text(lang, cited))
    named = lang.plural("{n} source, with its license", "{n} sources, with their licenses", len(entries))
    listed = words.table(tables.written(sorted(entries, key=lambda row: order.index(row["name"])), columns), named)
    old = stale(lang, store.snapshot(), today)
    remarks = (citation_line, *([old] if old else []), disclaimer.disclaimer(lang))
    return Part("sources", named, tables=(listed,), remarks=remarks, notes="\n".join(remarks))


def in_use(name: str) -> tuple[str, ...]:
    """The releases of a source that figures and routes come from, oldest first; if none, its newest."""
    rows = [store.tables().table(table).filter(pl.col("source") == name).select("release") for table in TABLES]
    named = pl.concat(rows).unique().collect()["release"]
    source = next(one for one in store.snapshot().manifest["sources"] if one["name"] == name)
    return tuple(ordered(named)) or (data_version.newest(source),)
