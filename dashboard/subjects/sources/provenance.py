"""The sources of a snapshot in words, from its manifest: facts, releases, rows set aside. Pure."""

import re
from collections.abc import Iterable, Mapping
from functools import partial, reduce
from typing import Any

import polars as pl

from dashboard.words import data_version, locators, terms
from dashboard.words.source_facts import fact
from data.i18n import Language, capitalized


def facts(source: data_version.Source, lang: Language) -> list[tuple[str, str]]:
    """The facts about a source that a reader needs to cite it, as pairs of label and text."""
    pairs = [
        (lang.text("Published by"), fact(lang, source, "publisher")),
        (lang.text("Title"), fact(lang, source, "title")),
        (lang.text("How obtained"), freshness(source, lang)),
        (lang.text("License"), fact(lang, source, "licence")),
        (lang.text("Reuse"), terms.term(lang, "redistribute", source["redistribute"])),
        (lang.text("Citation"), fact(lang, source, "citation")),
    ]
    problem = source.get("problem")
    return [*pairs, (lang.text("Why it was not updated"), problem)] if problem else pairs


def freshness(source: data_version.Source, lang: Language) -> str:
    """The newest release of a source and how fresh it is, e.g. `Release of March 2026; frozen: no further release`."""
    return _joined(lang, [_release_words(data_version.newest(source), lang), *_status(source, lang)])


def _joined(lang: Language, parts: Iterable[str]) -> str:
    """Parts joined by semicolons, which French writes with a space before them."""
    return reduce(lambda one, other: lang.text("{one}; {other}", one=one, other=other), parts)


def _status(source: data_version.Source, lang: Language) -> list[str]:
    # A text that is loaded by hand, and is not yet.
    if source["releases"] and all(release.get("read") == 0 for release in source["releases"]):
        return [lang.text("nothing loaded yet")]
    tried, status = data_version.tried(lang, source), source.get("status", "")
    attempts = [lang.text("last tried on {date}", date=tried)] if tried else []
    # A frozen source may also come from a folder: show both.
    codes = [status, "frozen"] if source.get("frozen") and status != "frozen" else [status]
    return [*attempts, *(terms.term(lang, "freshness", code) for code in codes if code)]


def _release_words(release: str, lang: Language) -> str:
    """A release in words: its date, undated, or the publisher's label."""
    if release == data_version.UNDATED:
        return lang.text("Undated release")
    text = data_version.release(lang, release)
    if data_version.numbered(release):
        return lang.labeled(lang.text("Version"), text)
    dated = re.fullmatch(r"\d{4}(-\d{2}){0,2}", release)
    return lang.text("Release of {release}", release=text) if dated else lang.labeled(lang.text("Release"), text)


def overview(sources: Iterable[data_version.Source], lang: Language) -> pl.DataFrame:
    """One row per source, sorted by name: name, newest release, freshness, what may be passed on."""
    rows = [
        {
            lang.text("Source"): terms.term(lang, "source", source["name"]),
            lang.text("Newest release here"): capitalized(data_version.release(lang, data_version.newest(source))),
            lang.text("How obtained"): capitalized(_joined(lang, _status(source, lang))),
            lang.text("Reuse"): terms.term(lang, "redistribute", source["redistribute"]),
        }
        for source in alphabetical(sources, lang)
    ]
    return pl.DataFrame(rows)


def alphabetical(sources: Iterable[data_version.Source], lang: Language) -> list[data_version.Source]:
    """The sources in the order of their names in the reader's language."""
    by_name = {source["name"]: source for source in sources}
    return [by_name[name] for name in lang.alphabetical(by_name, partial(terms.term, lang, "source"))]


def releases(source: data_version.Source, lang: Language) -> pl.DataFrame:
    """A table of the releases of a source: part (if any), file, date, rows read, kept and set aside, hash."""
    return pl.DataFrame([_release_row(source, release, lang) for release in source["releases"]])


def _release_row(source: data_version.Source, release: Mapping[str, Any], lang: Language) -> dict[str, str]:
    set_aside = sum(reason["rows"] for reason in release.get("set_aside", []))
    has_counts = "read" in release
    return {
        **_release_columns(source, release, lang),
        lang.text("File"): release["file"],
        lang.text("Retrieved"): lang.date(release["retrieved"]) if release["retrieved"] else lang.text("not recorded"),
        lang.text("Rows read"): lang.number(release["read"]) if has_counts else "–",
        lang.text("Rows kept"): lang.number(release["kept"]) if has_counts else "–",
        lang.text("Rows left out"): lang.number(set_aside) if has_counts else "–",
        lang.text("SHA-256"): release["sha256"],
    }


def _release_columns(source: data_version.Source, release: Mapping[str, Any], lang: Language) -> dict[str, str]:
    """The column of the release and, for a source with parts, that of the part."""
    columns = {lang.text("Release"): data_version.release(lang, release["release"])}
    in_parts = any(other.get("part") for other in source["releases"])
    return columns | {lang.text("Part"): terms.term(lang, "part", release.get("part", ""))} if in_parts else columns


def reasons(source: data_version.Source, lang: Language) -> pl.DataFrame:
    """Why rows were set aside or marked: release, part, reason, detail, number of rows, treatment."""
    rows = [
        {
            **_release_columns(source, release, lang),
            lang.text("Reason"): terms.term(lang, "reason", reason["reason"]),
            lang.text("Detail, as published"): reason.get("detail", ""),
            lang.text("Rows"): lang.number(reason["rows"]),
            lang.text("Treatment"): lang.text("left out") if set_aside else lang.text("kept and marked"),
        }
        for release in source["releases"]
        for set_aside, key in ((True, "set_aside"), (False, "to_look_at"))
        for reason in release.get(key, [])
    ]
    return pl.DataFrame(rows)


def questioned(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """A table of the flows with a questioned figure: ends, year, figure, reason, cell."""
    return pl.DataFrame(
        [
            {
                lang.text("Citizens of"): lang.country(row["origin"]),
                lang.text("Detected in"): lang.country(row["destination"]),
                lang.text("Year"): str(row["year"]),
                lang.text("Figure, as published"): lang.interval(row["low"], row["high"]),
                lang.text("Reason"): terms.term(lang, "reason", row["note"]),
                lang.text("Source cell"): locators.cells(lang, row["locator"]),
            }
            for row in frame.iter_rows(named=True)
        ]
    )
