"""The passports of an entry on the declaration and of a line of the work plan; none if there is no such row."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.subjects.ledger import names, query, tables, words, workplan
from dashboard.subjects.passports.blocks import Blocks, sources
from dashboard.subjects.passports.query import cells
from dashboard.subjects.passports.replies import is_web_link, listed
from dashboard.subjects.treaties import tables as treaties_tables
from dashboard.views.page import Block, Heading, Pairs, Text
from dashboard.words import terms
from data.i18n import Language

Row = Mapping[str, Any]
# The prefix of a note that gives the ages of a survey's figure.
AGES = "age: "


def entry(lang: Language, mark: str) -> Blocks:
    """An entry by its id: latest version, replies, earlier versions, and what it replies to."""
    rows, found = query.versions(mark), list[Block]()
    for row in rows.head(1).iter_rows(named=True):
        title = f"{terms.term(lang, 'actor', row['actor'])}, {terms.term(lang, 'any_paragraph', str(row['paragraph']))}"
        address = str(row["url"]) if is_web_link(row["url"]) else ""
        finding, quoted = words.finding(lang, row), row["kind"] in words.QUOTED
        found += [Heading(title), Pairs(facts(lang, row), address, lang.text("Open the document"))]
        found += sources(lang, title, finding, list(cells(row)), quoted=quoted)
        found += listed(lang, lang.text("Replies, reviews and corrections"), query.replies(mark))
        found += listed(lang, lang.text("Earlier versions"), rows.slice(1))
        found += listed(lang, lang.text("What it answers"), query.versions(row["replies_to"] or "").head(1))
    return tuple(found)


def facts(lang: Language, row: Row) -> list[tuple[str, str]]:
    """The facts about an entry as pairs of label and words."""
    pairs = [
        (lang.text("Finding"), words.finding(lang, row)),
        (lang.text("Type of source"), names.graded(lang, row)),
        (lang.text("Kind"), terms.term(lang, "entry_kind", row["kind"])),
        (lang.text("Status"), _status(lang, row)),
        (lang.text("Period or date"), words.period(lang, row)),
        (lang.text("Document"), words.subject(lang, row)),
        (lang.text("Issued by"), tables.issuer(lang, row)),
        (lang.text("Day of the document"), words.dated(lang, row)),
        (lang.text("Line of action"), row.get("line") or ""),
        (lang.text("Remark"), _note(lang, row)),
        (lang.text("Reservation"), terms.term(lang, "reservation", row["actor"])),
        (lang.text("Version"), lang.number(row["version"]) if row["version"] > 1 else ""),
    ]
    return [(label, text) for label, text in pairs if text]


def _status(lang: Language, row: Row) -> str:
    return terms.term(lang, "progress", row["status"]) if row["status"] else lang.text("not reported by any source")


def _note(lang: Language, row: Row) -> str:
    """The remark of an entry: how a date was derived, the ages of a figure, or the words of a report."""
    note = str(row.get("note") or "")
    if note and row["kind"] == "treaty":
        return treaties_tables.basis(lang, row)
    ages = note.removeprefix(AGES)
    if note.startswith(AGES):
        return lang.labeled(lang.text("Age"), ", ".join(terms.term(lang, "age", age) for age in ages.split("; ")))
    return terms.term(lang, "reason", note) if note else ""


def line(lang: Language, lines: pl.DataFrame, number: str) -> Blocks:
    """A line of the work plan by its number, with its text in each language and the evidence that names it.

    Args:
        lines: the result of `dashboard.subjects.ledger.workplan.lines`.
    """
    found: list[Block] = []
    for row in lines.filter(pl.col("number") == number).iter_rows(named=True):
        title = lang.labeled(terms.term(lang, "line_kind", row["kind"]), number)
        found += [Heading(title), Pairs(workplan.facts(lang, row)), Text((lang.text("Official text"),), "small")]
        found += [Text((lang.labeled(name, text),)) for name, text in workplan.texts(lang, row)]
        found += sources(lang, title, workplan.text(row, lang)["text"], list(cells(row)), quoted=True)
        found += listed(lang, lang.text("Entries of evidence"), workplan.naming(number))
    return tuple(found)
