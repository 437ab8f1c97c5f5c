"""The account a snapshot gives of itself, in words: its parts, the codebook, errata. Pure."""

from collections.abc import Callable

import polars as pl

from dashboard import ledger_terms, terms
from dashboard.tables import NONE, Row, written
from data.i18n import Language

Word = Callable[[Language, str], str]
# Who has the word for the codes of a column.
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
# Where a table means something else by a column of that name.
OF_TABLE: dict[tuple[str, str], Word] = {
    ("evidence", "kind"): terms.word("entry_kind"),
    ("evidence", "status"): terms.word("progress"),
    ("evidence", "finding"): ledger_terms.finding,
    ("workplan_lines", "kind"): terms.word("line_kind"),
    ("workplan_lines", "actor"): terms.word("addressed"),
}


def titles(lang: Language, *, disputed: bool = False) -> dict[str, str]:
    """The headings of the parts after the sources, by anchor; `disputed`: also that of figures that states dispute."""
    said = {"corrections": lang.text("Figures that states dispute")} if disputed else {}
    return {
        "checks": lang.text("Checks before publication"),
        "sdg_differences": lang.text("SDG database compared with UNODC"),
        "questioned_flows": lang.text("Questioned flows"),
        **said,
        "unlocated": lang.text("Flows that no map can place"),
        "codebook": lang.text("Codebook"),
        "errata": lang.text("Withdrawn snapshots"),
        "downloads": lang.text("Everything as files"),
        "api": lang.text("For programs"),
    }


def codebook(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Columns and codes with the word of the screens and the terms of other systems; the file has the definitions."""
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
    """What a withdrawn snapshot means for those who cited it, or that there is none."""
    if frame.is_empty():
        return [lang.text("No snapshot has been withdrawn.")]
    return [lang.text("Figures of these snapshots should no longer be cited; a link that names one shows a warning.")]


def errata(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """The withdrawn snapshots: id, day, reason, and what takes the place."""
    columns = {
        lang.text("Snapshot"): lambda row: row["snapshot"],
        lang.text("Withdrawn on"): lambda row: lang.date(row["withdrawn"]),
        lang.text("Reason"): lambda row: terms.term(lang, "withdrawn", row["reason"]),
        lang.text("Replaced by"): lambda row: row["replaced_by"] or NONE,
    }
    return written(frame.iter_rows(named=True), columns)
