"""What a snapshot's manifest says of its sources, in the reader's words. Pure."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import terms
from dashboard.i18n import Language

Source = Mapping[str, Any]


def facts(source: Source, lang: Language) -> list[tuple[str, str]]:
    """What a reader needs to know of a source before citing it: label and text."""
    return [
        (lang.text("Published by"), source["publisher"]),
        (lang.text("Title"), source["title"]),
        (lang.text("Licence"), source["licence"]),
        (lang.text("What may be passed on"), terms.redistribute(lang, source["redistribute"])),
        (lang.text("Citation"), source["citation"]),
    ]


def releases(source: Source, lang: Language) -> pl.DataFrame:
    """Every release held: file, when it was retrieved, rows read, kept and set aside, hash."""
    return pl.DataFrame([_release(held, lang) for held in source["releases"]])


def _release(held: Mapping[str, Any], lang: Language) -> dict[str, str]:
    aside = sum(reason["rows"] for reason in held.get("set_aside", []))
    counted = "read" in held
    return {
        lang.text("Release"): _dated(held["release"], lang),
        lang.text("File"): held["file"],
        lang.text("Retrieved"): lang.date(held["retrieved"]) if held["retrieved"] else lang.text("not recorded"),
        lang.text("Rows read"): lang.number(held["read"]) if counted else "–",
        lang.text("Rows kept"): lang.number(held["kept"]) if counted else "–",
        lang.text("Rows set aside"): lang.number(aside) if counted else "–",
        lang.text("SHA-256"): held["sha256"],
    }


def _dated(release: str, lang: Language) -> str:
    return lang.text("undated") if release == "undated" else lang.date(release)


def reasons(source: Source, lang: Language) -> pl.DataFrame:
    """Why rows were set aside or need a look: release, reason, detail, rows."""
    rows = [
        {
            lang.text("Release"): _dated(held["release"], lang),
            lang.text("Reason"): terms.reason(lang, told["reason"]),
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
                lang.text("Reason"): terms.reason(lang, row["note"]),
                lang.text("Source cell"): row["locator"],
            }
            for row in frame.iter_rows(named=True)
        ]
    )
