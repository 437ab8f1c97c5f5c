"""The account a snapshot gives of itself, in words: its parts, the codebook, errata. Pure."""

from collections.abc import Callable

import polars as pl

from dashboard import ledger_terms, terms
from dashboard.tables import NONE, Row, written
from data.i18n import Language

Word = Callable[[Language, str], str]
# Who has the word for the codes of a column.
CODED: dict[str, Word] = {
    "indicator": terms.indicator,
    "year_basis": terms.year_basis,
    "sex": terms.sex,
    "age": terms.age,
    "form": terms.form,
    "status": terms.status,
    "unit": terms.unit,
    "kind": terms.revision,
    "evidence": terms.evidence,
    "grade": terms.grade,
    "role": terms.role,
    "instrument": terms.part,
}
# Where a table means something else by a column of that name.
OF_TABLE: dict[tuple[str, str], Word] = {
    ("evidence", "kind"): ledger_terms.kind,
    ("evidence", "status"): ledger_terms.status,
    ("evidence", "finding"): ledger_terms.finding,
    ("workplan_lines", "kind"): terms.line_kind,
    ("workplan_lines", "actor"): ledger_terms.addressed,
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
        return terms.column(lang, row["column"])
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
        lang.text("Reason"): lambda row: terms.withdrawn(lang, row["reason"]),
        lang.text("Replaced by"): lambda row: row["replaced_by"] or NONE,
    }
    return written(frame.iter_rows(named=True), columns)
