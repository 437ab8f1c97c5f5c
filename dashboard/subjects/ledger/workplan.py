"""The lines of the work plan: query, table and words, with the evidence that refers to each line."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.store import Tables, cached
from dashboard.subjects.ledger.query import SINCE, current
from dashboard.words import tables, terms
from data import declaration
from data.declaration import OBJECTIVES
from data.i18n import Language
from data.workplan import TEXT_LANGUAGES


@cached
def lines(snap: Tables) -> pl.DataFrame:
    """Every loaded line with the number of entries that refer to it.

    Returns:
        the columns of `workplan_lines`, the number of `entries` since the declaration and the number of their
        `actors`; sorted by objective (lines without one last), then by number (2 before 10).
    """
    evidence = _since(snap.table("evidence"))
    counts = evidence.group_by(number="line").agg(entries=pl.len(), actors=pl.col("actor").n_unique())
    rows = snap.table("workplan_lines").collect().join(counts, on="number", how="left", validate="1:1")
    complete = rows.with_columns(pl.col("entries", "actors").fill_null(0))
    place = {number: place for place, number in enumerate(sorted(complete["number"], key=_natural))}
    order = pl.col("number").replace_strict(place, return_dtype=pl.Int32)
    return complete.sort("objective", order, nulls_last=True)


@cached
def naming(snap: Tables, number: str) -> pl.DataFrame:
    """The evidence since the declaration that refers to a line, sorted by actor and id."""
    return _since(snap.table("evidence")).filter(pl.col("line") == number).sort("actor", "id")


def _since(evidence: pl.LazyFrame) -> pl.DataFrame:
    return current(evidence).filter(pl.col("line").is_not_null(), pl.col("grade").is_in(SINCE))


def _natural(number: str) -> list[tuple[str, int]]:
    return [(text, int(digits or 0)) for text, digits in re.findall("([^0-9]*)([0-9]*)", number)]


def objectives(lines: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """The seven objectives with related paragraphs in our reading and, if any lines are loaded, their number."""
    counted = Counter(lines["objective"])
    columns: tables.Columns = {
        lang.text("Number"): lambda row: str(row["number"]),
        lang.text("Objective of the work plan"): lambda row: _word(lang, OBJECTIVES, row["number"]),
        lang.text("Related paragraphs"): lambda row: ", ".join(map(str, row["near"])) or tables.NONE,
    }
    loaded: tables.Columns = {lang.text("Lines of the plan"): lambda row: _some(lang, counted[row["number"]])}
    rows = (
        {
            "number": number,
            "near": declaration.objectives().filter(pl.col("objective") == number)["paragraph"].to_list(),
        }
        for number in OBJECTIVES
    )
    return tables.written(rows, {**columns, **(loaded if lines.height else {})})


def lines_table(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Each line: number, kind, addressee, objective, text, language (if any differs from the reader's), evidence.

    Args:
        rows: the answer of `dashboard.subjects.ledger.workplan.lines`.
    """
    records = [{**row, **text(row, lang)} for row in rows.iter_rows(named=True)]
    foreign = any(row["speech"] != lang.code for row in records)
    columns: tables.Columns = {
        lang.text("Number"): lambda row: row["number"],
        lang.text("Kind of line"): lambda row: terms.term(lang, "line_kind", row["kind"]),
        lang.text("Addressed to"): lambda row: terms.term(lang, "addressed", row["actor"]),
        lang.text("Objective"): lambda row: tables.NONE if row["objective"] is None else str(row["objective"]),
        lang.text("Official text"): lambda row: row["text"],
        **({lang.text("Language of the text"): lambda row: lang.language_name(row["speech"])} if foreign else {}),
        lang.text("Entries of evidence"): lambda row: _some(lang, row["entries"]),
        lang.text("States and bodies with evidence"): lambda row: _some(lang, row["actors"]),
        lang.text("Place in the document"): lambda row: row["locator"],
    }
    return tables.written(records, columns)


def facts(lang: Language, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The facts about a line as pairs of label and words."""
    pairs = [
        (lang.text("Addressed to"), terms.term(lang, "addressed", row["actor"])),
        (lang.text("Objective"), terms.term(lang, "objective", str(row["objective"])) if row["objective"] else ""),
        (lang.text("Date of the document"), lang.date(row["release"])),
        (lang.text("Place in the document"), row["locator"]),
    ]
    return [(label, words) for label, words in pairs if words]


def texts(lang: Language, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The official text of a line in each available language: name of the language and text."""
    return [(lang.language_name(code), row[f"text_{code}"]) for code in TEXT_LANGUAGES if row[f"text_{code}"]]


def text(row: Mapping[str, Any], lang: Language) -> dict[str, str]:
    """The `text` of a line and its language (`speech`): the reader's, or else the first there is, marked `[code]`."""
    code = next(code for code in (lang.code, *TEXT_LANGUAGES) if row.get(f"text_{code}"))
    words = row[f"text_{code}"]
    return {"speech": code, "text": words if code == lang.code else f"[{code}] {words}"}


def _some(lang: Language, n: int) -> str:
    """A number; nothing for zero."""
    return lang.number(n) if n else ""


def _word(lang: Language, words: Mapping[Any, str], code: object) -> str:
    return lang.text(words[code])
