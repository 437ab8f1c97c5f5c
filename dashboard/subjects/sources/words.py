"""The words of page "Sources" apart from the sources themselves: headings, codebook, errata, files, API. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from dashboard.subjects.ledger import names as ledger_names
from dashboard.subjects.sources.query import Comparison
from dashboard.words import terms
from dashboard.words.tables import NONE, Row, written
from data.i18n import Language

Word = Callable[[Language, str], str]
# What translates the codes of a column.
CODED: dict[str, Word] = {
    "indicator": terms.word("indicator"),
    "year_basis": terms.word("year_basis"),
    "sex": terms.word("sex"),
    "age": terms.word("age"),
    "form": terms.word("form"),
    "status": terms.word("status"),
    "state": terms.word("state"),
    "unit": terms.word("unit"),
    "kind": terms.word("revision"),
    "evidence": terms.word("evidence"),
    "grade": terms.word("grade"),
    "role": terms.word("role"),
    "instrument": terms.word("part"),
}
# What translates the codes of a column that has another meaning in one table.
OF_TABLE: dict[tuple[str, str], Word] = {
    ("evidence", "kind"): terms.word("entry_kind"),
    ("evidence", "status"): terms.word("progress"),
    ("evidence", "finding"): ledger_names.finding,
    ("identities", "kind"): terms.word("identity"),
    ("instruments", "action"): terms.word("action"),
    ("instruments", "date_precision"): terms.word("date_precision"),
    ("instruments", "reservation"): terms.word("reserved"),
    ("movements", "kind"): terms.word("movement"),
    ("workplan_lines", "kind"): terms.word("line_kind"),
    ("workplan_lines", "actor"): terms.word("addressed"),
}


def titles(lang: Language, *, disputed: bool = False, withdrawn: bool = False) -> dict[str, str]:
    """The headings of the sections after the sources, by anchor.

    Args:
        disputed: whether there are disputed figures.
        withdrawn: whether a data version was withdrawn.
    """
    corrections = {"corrections": lang.text("Figures disputed by states")} if disputed else {}
    withdrawals = {"errata": lang.text("Withdrawn data versions")} if withdrawn else {}
    return {
        "checks": lang.text("Checks before publication"),
        "identities": lang.text("Figures that contradict each other"),
        "sdg_differences": lang.text("SDG database compared with UNODC"),
        "questioned_flows": lang.text("Questioned citizenship figures"),
        **corrections,
        "unlocated": lang.text("Citizenship figures and routes that are not on the map"),
        "codebook": lang.text("Codebook"),
        **withdrawals,
        "downloads": lang.text("Download all data"),
    }


def codebook(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Columns and codes with our term, the definition in English, and the terms of other systems."""
    columns = {
        lang.text("Table"): lambda row: row["table"],
        lang.text("Column"): lambda row: row["column"],
        lang.text("Code"): lambda row: row["code"] or NONE,
        lang.text("Term on these pages"): lambda row: _word(lang, row),
        lang.text("Definition, in English"): lambda row: row["definition"],
        lang.text("Version"): lambda row: str(row["version"]),
        "SDMX": lambda row: row["sdmx"] or NONE,
        lang.text("SDG"): lambda row: row["sdg"] or NONE,
        "IC-TIP": lambda row: row["ictip"] or NONE,
    }
    return written(frame.iter_rows(named=True), columns)


def _word(lang: Language, row: Row) -> str:
    if not row["code"]:
        return terms.term(lang, "column", row["column"])
    word = OF_TABLE.get((row["table"], row["column"])) or CODED.get(row["column"])
    return word(lang, row["code"]) if word else NONE


def withdrawals(lang: Language) -> list[str]:
    """What a withdrawal means for citations."""
    return [lang.text("Do not cite figures of these data versions; links to them show a warning.")]


def errata(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """A table of the withdrawn snapshots: id, date, reason, replacement."""
    columns = {
        lang.text("Data version"): lambda row: row["snapshot"],
        lang.text("Withdrawn on"): lambda row: lang.date(row["withdrawn"]),
        lang.text("Reason"): lambda row: terms.term(lang, "withdrawn", row["reason"]),
        lang.text("Replaced by"): lambda row: row["replaced_by"] or NONE,
    }
    return written(frame.iter_rows(named=True), columns)


def differences(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """A table of the figures that differ between the SDG database and UNODC, sorted by state and year."""
    order = {code: place for place, code in enumerate(lang.sorted_countries(set(frame["area"])))}
    rows = sorted(frame.iter_rows(named=True), key=lambda row: (order[row["area"]], row["year"]))
    columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Persons counted"): lambda row: _group(lang, row),
        lang.text("SDG database"): lambda row: lang.interval(row["low"], row["high"]),
        lang.text("UNODC"): lambda row: lang.interval(row["low_unodc"], row["high_unodc"]),
        lang.text("Release, SDG database"): lambda row: lang.date(row["release"]),
        lang.text("Release, UNODC"): lambda row: lang.date(row["release_unodc"]),
    }
    return written(rows, columns)


def _group(lang: Language, row: Row) -> str:
    parts = {"sex": terms.word("sex"), "age": terms.word("age"), "form": terms.word("form")}
    words = [word(lang, row[part]) for part, word in parts.items() if row[part] != "total"]
    return ", ".join(words) or lang.text("All persons")


def agreement(comparison: Comparison, lang: Language) -> list[str]:
    """Why the SDG database is compared with UNODC, and the result in numbers; what is zero is left out."""
    why = lang.text(
        "UNODC supplies these figures to the SDG database (indicator 16.2.2), which may have an earlier version."
    )
    found = {
        lang.text("Figures in both"): comparison.compared,
        lang.text("the same"): comparison.equal,
        lang.text("ranges that overlap"): comparison.overlapping,
        lang.text("different"): comparison.differing.height,
        lang.text("in the SDG database only"): comparison.alone,
    }
    counts = lang.joined(lang.labeled(words, lang.number(n)) for words, n in found.items() if n)
    return [why, *[f"{counts}."][: len(counts)]]


def files(lang: Language) -> list[str]:
    """A description of the downloads."""
    return [
        lang.text(
            "Download one table, or one package with all tables, the map outlines, the meaning of "
            "each column, the sources and the licenses."
        )
    ]


def tables(manifest: Mapping[str, Any], lang: Language) -> list[tuple[str, str]]:
    """The tables that can be offered in all formats: name and label."""
    # Polygons are not a table of cells.
    resources = [table for table in manifest["resources"] if table["name"] != "boundaries"]
    return [(table["name"], _button(lang, table)) for table in resources]


def _button(lang: Language, table: Mapping[str, Any]) -> str:
    title = terms.term(lang, "table", table["name"])
    return lang.plural("{table}: {n} row", "{table}: {n} rows", table["rows"], table=title)
