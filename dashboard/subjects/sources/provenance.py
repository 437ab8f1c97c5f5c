"""What a snapshot's manifest says of its sources, in the reader's words. Pure."""

import re
from collections.abc import Iterable, Mapping
from functools import partial, reduce
from typing import Any

import polars as pl

from dashboard.words import asof, terms
from data.i18n import Language

Source = asof.Source


def facts(source: Source, lang: Language) -> list[tuple[str, str]]:
    """What a reader needs to know of a source before citing it: label and text."""
    told = [
        (lang.text("Published by"), source["publisher"]),
        (lang.text("Title"), source["title"]),
        (lang.text("How obtained"), freshness(source, lang)),
        (lang.text("Licence"), source["licence"]),
        (lang.text("What may be passed on"), terms.term(lang, "redistribute", source["redistribute"])),
        (lang.text("Citation"), source["citation"]),
    ]
    problem = source.get("problem")
    return [*told, (lang.text("Why it was not renewed, as recorded"), problem)] if problem else told


def freshness(source: Source, lang: Language) -> str:
    """The newest release held and how fresh it is, e.g. `Release of March 2026; frozen: no further release`."""
    return _joined(lang, [_of(asof.newest(source), lang), *_state(source, lang)])


def _joined(lang: Language, parts: Iterable[str]) -> str:
    """Parts of one line; before a semicolon French has a space."""
    return reduce(lambda one, other: lang.text("{one}; {other}", one=one, other=other), parts)


def _state(source: Source, lang: Language) -> list[str]:
    tried, status = asof.tried(lang, source), source.get("status", "")
    asked = [lang.text("last tried on {date}", date=tried)] if tried else []
    # A frozen source may come from a folder: both are worth knowing.
    codes = [status, "frozen"] if source.get("frozen") and status != "frozen" else [status]
    return [*asked, *(terms.term(lang, "freshness", code) for code in codes if code)]


def _of(release: str, lang: Language) -> str:
    """A release in words: of a day, a month or a year; undated; or under a label of the publisher's."""
    if release == asof.UNDATED:
        return lang.text("Undated release")
    told = asof.release(lang, release)
    dated = re.fullmatch(r"\d{4}(-\d{2}){0,2}", release)
    return lang.text("Release of {release}", release=told) if dated else lang.labelled(lang.text("Release"), told)


def overview(sources: Iterable[Source], lang: Language) -> pl.DataFrame:
    """One row a source, in alphabetical order: name, newest release, how fresh, what may be passed on."""
    rows = [
        {
            lang.text("Source"): terms.term(lang, "source", source["name"]),
            lang.text("Newest release"): asof.release(lang, asof.newest(source)),
            lang.text("How obtained"): _joined(lang, _state(source, lang)),
            lang.text("What may be passed on"): terms.term(lang, "redistribute", source["redistribute"]),
        }
        for source in alphabetical(sources, lang)
    ]
    return pl.DataFrame(rows)


def alphabetical(sources: Iterable[Source], lang: Language) -> list[Source]:
    """The sources in the order of their names in the reader's language."""
    named = {source["name"]: source for source in sources}
    return [named[name] for name in lang.alphabetical(named, partial(terms.term, lang, "source"))]


def releases(source: Source, lang: Language) -> pl.DataFrame:
    """Every release held: its part, if it comes in parts, file, retrieved, rows read, kept and set aside, hash."""
    return pl.DataFrame([_release(source, held, lang) for held in source["releases"]])


def _release(source: Source, held: Mapping[str, Any], lang: Language) -> dict[str, str]:
    aside = sum(reason["rows"] for reason in held.get("set_aside", []))
    counted = "read" in held
    return {
        **_named(source, held, lang),
        lang.text("File"): held["file"],
        lang.text("Retrieved"): lang.date(held["retrieved"]) if held["retrieved"] else lang.text("not recorded"),
        lang.text("Rows read"): lang.number(held["read"]) if counted else "–",
        lang.text("Rows kept"): lang.number(held["kept"]) if counted else "–",
        lang.text("Rows set aside"): lang.number(aside) if counted else "–",
        lang.text("SHA-256"): held["sha256"],
    }


def _named(source: Source, held: Mapping[str, Any], lang: Language) -> dict[str, str]:
    """Which release a row is of; and which part of it, where a release comes in parts."""
    named = {lang.text("Release"): asof.release(lang, held["release"])}
    parted = any(other.get("part") for other in source["releases"])
    return named | {lang.text("Part"): terms.term(lang, "part", held.get("part", ""))} if parted else named


def reasons(source: Source, lang: Language) -> pl.DataFrame:
    """Why rows were set aside or need a look: release, part, reason, detail, rows, what became of them."""
    rows = [
        {
            **_named(source, held, lang),
            lang.text("Reason"): terms.term(lang, "reason", told["reason"]),
            lang.text("Detail, as printed"): told.get("detail", ""),
            lang.text("Rows"): lang.number(told["rows"]),
            lang.text("Treatment"): lang.text("set aside") if aside else lang.text("kept and marked"),
        }
        for held in source["releases"]
        for aside, key in ((True, "set_aside"), (False, "to_look_at"))
        for told in held.get(key, [])
    ]
    return pl.DataFrame(rows)


def questioned(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Flows whose figure is questioned, with the reason and the cell."""
    return pl.DataFrame(
        [
            {
                lang.text("From"): lang.country(row["origin"]),
                lang.text("To"): lang.country(row["destination"]),
                lang.text("Year"): str(row["year"]),
                lang.text("Figure, as printed"): lang.interval(row["low"], row["high"]),
                lang.text("Reason"): terms.term(lang, "reason", row["note"]),
                lang.text("Source cell"): row["locator"],
            }
            for row in frame.iter_rows(named=True)
        ]
    )
