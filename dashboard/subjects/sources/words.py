"""The words of page "Sources" apart from the sources themselves: headings, codebook, errata, files, API. Pure."""

from collections.abc import Callable, Iterable, Mapping
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
    ("instruments", "action"): terms.word("action"),
    ("instruments", "date_precision"): terms.word("date_precision"),
    ("workplan_lines", "kind"): terms.word("line_kind"),
    ("workplan_lines", "actor"): terms.word("addressed"),
}


def titles(lang: Language, *, disputed: bool = False) -> dict[str, str]:
    """The headings of the sections after the sources, by anchor; `disputed` adds the section of corrections."""
    corrections = {"corrections": lang.text("Figures that states dispute")} if disputed else {}
    return {
        "checks": lang.text("Checks before publication"),
        "sdg_differences": lang.text("SDG database compared with UNODC"),
        "questioned_flows": lang.text("Questioned flows"),
        **corrections,
        "unlocated": lang.text("Flows that no map can place"),
        "codebook": lang.text("Codebook"),
        "errata": lang.text("Withdrawn snapshots"),
        "downloads": lang.text("Everything as files"),
        "api": lang.text("For programs"),
    }


def codebook(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Columns and codes with our term and those of other systems; the downloaded file also has the definitions."""
    columns = {
        lang.text("Table"): lambda row: row["table"],
        lang.text("Column"): lambda row: row["column"],
        lang.text("Code"): lambda row: row["code"] or NONE,
        lang.text("Term used on these pages"): lambda row: _word(lang, row),
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


def withdrawals(frame: pl.DataFrame, lang: Language) -> list[str]:
    """What a withdrawal means for citations, or that no snapshot was withdrawn."""
    if frame.is_empty():
        return [lang.text("No snapshot has been withdrawn.")]
    return [lang.text("Figures of these snapshots should no longer be cited; a link that names one shows a warning.")]


def errata(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """A table of the withdrawn snapshots: id, date, reason, replacement."""
    columns = {
        lang.text("Snapshot"): lambda row: row["snapshot"],
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
    """Why the SDG database is compared with UNODC, and the result in numbers."""
    values = {name: lang.number(getattr(comparison, name)) for name in ("equal", "overlapping", "alone")}
    why = lang.text(
        "UNODC provides these figures to the SDG database (indicator 16.2.2), which may hold an earlier state of them. "
        "Where the two have no number in common, both are shown as printed."
    )
    counts = lang.plural(
        "{n} figure stands in both: {equal} the same, {overlapping} overlapping as intervals, {differing} different. "
        "{alone} more stand in the SDG database only.",
        "{n} figures stand in both: {equal} the same, {overlapping} overlapping as intervals, {differing} different. "
        "{alone} more stand in the SDG database only.",
        comparison.compared,
        differing=lang.number(comparison.differing.height),
        **values,
    )
    return [why, counts]


def files(lang: Language) -> list[str]:
    """A description of the downloads."""
    return [
        lang.text(
            "Each table whole, and all of them with the polygons as one data package, which names columns, hashes, "
            "sources and licences. In CSV and Excel lists are joined with semicolons."
        )
    ]


def programs(lang: Language, names: Iterable[str], minutes: int, most: int) -> list[str]:
    """How programs get the files and selected rows."""
    return [
        lang.text(
            "Programs and other websites can fetch the same tables under stable addresses. The tables are {names}.",
            names=lang.listing(names),
        ),
        lang.text(
            "An address answers from the current data version and may be kept for {minutes} minutes; with the id of a "
            "data version after /api/v1/, the answer never changes.",
            minutes=lang.number(minutes),
        ),
        lang.text(
            "Separate several values with commas. One answer has at most {most} rows; take a file for more. A request "
            "that cannot be understood is answered with a sentence that says what is allowed.",
            most=lang.number(most),
        ),
    ]


def tables(manifest: Mapping[str, Any], lang: Language) -> list[tuple[str, str]]:
    """The tables that can be offered in all formats: name and label."""
    # Polygons are not a table of cells.
    resources = [table for table in manifest["resources"] if table["name"] != "boundaries"]
    return [(table["name"], _button(lang, table)) for table in resources]


def _button(lang: Language, table: Mapping[str, Any]) -> str:
    title = terms.term(lang, "table", table["name"])
    return lang.plural("{table}: {n} row", "{table}: {n} rows", table["rows"], table=title)
