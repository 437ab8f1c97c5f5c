"""Tables of the declaration in words: paragraphs, entries, and the rule of what counts as evidence. Pure."""

from collections.abc import Mapping
from functools import partial

import polars as pl

from dashboard.subjects.ledger import names, words
from dashboard.subjects.ledger.query import BACKGROUND, FIGURE, NONE
from dashboard.words import tables, terms
from data.i18n import Language

ANSWER = "↳ "


def paragraphs(counts: pl.DataFrame, commitments: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Each paragraph with its theme, its addressees and the number of states with evidence; no zeros."""
    rows = counts.join(commitments.select("paragraph", "theme", "actor"), on="paragraph", how="left", validate="1:1")
    columns: tables.Columns = {
        lang.text("Paragraph"): lambda row: f"{row['paragraph']}. {names.title(lang, row['paragraph'])}",
        lang.text("Theme"): lambda row: terms.term(lang, "theme", row["theme"]),
        lang.text("Addressed to"): lambda row: terms.term(lang, "addressed", row["actor"]),
        lang.text("Document, or treaty"): lambda row: words.share(lang, row),
        lang.text("Figure only"): partial(_number, lang, FIGURE),
        lang.text("Earlier or undated source"): partial(_number, lang, BACKGROUND),
        lang.text("Nothing found"): partial(_number, lang, NONE),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def _number(lang: Language, name: str, row: tables.Row) -> str:
    return lang.number(row[name]) if row[name] else ""


def known(found: pl.DataFrame, statuses: Mapping[int, str], lang: Language) -> pl.DataFrame:
    """What was found on each paragraph of an actor, in plain words; paragraphs without anything have no row.

    Args:
        found: rows of `dashboard.subjects.ledger.query.found`; statuses: those of `query.statuses`.
    """
    rows = [
        {
            "paragraph": number,
            "found": words.found(lang, rows),
            "grade": rows["grade"][0],
            "status": statuses.get(number),
        }
        for (number,), rows in found.group_by("paragraph", maintain_order=True)
    ]
    progress: tables.Columns = {
        lang.text("Progress reported"): lambda row: terms.term(lang, "progress", row["status"]) if row["status"] else ""
    }
    columns: tables.Columns = {
        lang.text("Paragraph"): lambda row: f"{row['paragraph']}. {names.title(lang, row['paragraph'])}",
        lang.text("What we found"): lambda row: row["found"],
        lang.text("Source"): lambda row: terms.term(lang, "cell", row["grade"]),
        **(progress if statuses else {}),
    }
    return tables.written(rows, columns)


def entries(frame: pl.DataFrame, lang: Language, *, several: bool) -> pl.DataFrame:
    """Entries, each followed by its replies; `frame` has the rows of `dashboard.subjects.ledger.query.threads`.

    Args:
        several: whether to show the paragraph of each.
    """
    columns: tables.Columns = {
        **({lang.text("Paragraph"): lambda row: str(row["paragraph"])} if several else {}),
        lang.text("State or body"): lambda row: ANSWER * row["depth"] + terms.term(lang, "actor", row["actor"]),
        lang.text("Type of source"): partial(names.graded, lang),
        lang.text("Finding"): partial(_finding, lang),
        lang.text("Period or date"): partial(words.period, lang),
        lang.text("Status"): lambda row: terms.term(lang, "progress", row["status"]) if row["status"] else tables.NONE,
        lang.text("Document"): partial(words.subject, lang),
        lang.text("Issued by"): partial(issuer, lang),
        lang.text("Kind"): lambda row: terms.term(lang, "entry_kind", row["kind"]),
        lang.text("Source"): lambda row: terms.term(lang, "source", row["source"]),
    }
    return tables.written(frame.iter_rows(named=True), columns)


def _finding(lang: Language, row: tables.Row) -> str:
    finding = words.finding(lang, row)
    target = row["replies_to"]
    return lang.labeled(words.answered(lang, target), finding) if target and not row["depth"] else finding


def issuer(lang: Language, row: tables.Row) -> str:
    """The issuer of a document: a state by its name, a publisher in the reader's language."""
    code = str(row["issuer"])
    return terms.term(lang, "actor", code) if code == row["actor"] else lang.text(code)


def rule(declared: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """What counts as evidence for a paragraph: treaties, laws, figures, and measures of the coding of 2008.

    Args:
        declared: rows of `dashboard.subjects.ledger.query.rule`.
    """
    columns: tables.Columns = {
        lang.text("Kind"): lambda row: terms.term(lang, "entry_kind", row["kind"]),
        lang.text("What counts"): partial(_subject, lang),
        lang.text("Why"): partial(_reason, lang),
    }
    return tables.written(declared.iter_rows(named=True), columns)


def _subject(lang: Language, row: tables.Row) -> str:
    if row["kind"] == "statistic":
        return terms.term(lang, "indicator", row["subject"])
    if row["kind"] == "treaty":
        return terms.term(lang, "part", row["subject"])
    if row["kind"] == "law":
        return lang.text("A law named in our source")
    return terms.term(lang, "coded_measure", row["subject"])


def _reason(lang: Language, row: tables.Row) -> str:
    reason = str(row["reason"])
    return lang.text(reason)
