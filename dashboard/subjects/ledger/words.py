"""Headings, descriptions and notes of the ledger's figures, and the words for an entry. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from dashboard.subjects.ledger import names
from dashboard.subjects.ledger.query import BACKGROUND, FACT, FIGURE, NONE, SINCE
from dashboard.words import terms
from data.i18n import Language

Row = Mapping[str, Any]
# Kinds of entries whose finding is quoted from the document.
QUOTED = ("report", "review", "reply")


def heading(lang: Language, cells: pl.DataFrame) -> str:
    """The title of the matrix, with the numbers of paragraphs and actors shown."""
    paragraphs, actors = cells["paragraph"].n_unique(), cells["actor"].n_unique()
    shown_paragraphs = lang.plural("{n} paragraph", "{n} paragraphs", paragraphs)
    shown_actors = lang.plural("{n} state or body", "{n} states and bodies", actors)
    return lang.text(
        "Evidence on the Declaration of Mexico: {paragraphs}, {actors}",
        paragraphs=shown_paragraphs,
        actors=shown_actors,
    )


def in_matrix(lang: Language, cells: pl.DataFrame) -> str:
    """A description of the matrix in two sentences."""
    grades = Counter(cells["grade"])
    if cells.is_empty():
        return lang.text("No paragraph is of this choice.")
    since = sum(grades[grade] for grade in SINCE)
    first = lang.text(
        "Of {all} cells of a paragraph and who answers for it, with a document since March 2018: {n}; with only a "
        "figure, which says nothing of what was done: {figures}.",
        all=lang.number(cells.height),
        n=lang.number(since),
        figures=lang.number(grades[FIGURE]),
    )
    return f"{first} {_rest(lang, grades)}"


def _rest(lang: Language, grades: Mapping[str, int]) -> str:
    return lang.text(
        "Older background only: {background}; dated treaty facts: {facts}; no evidence here: {none}, which does not "
        "mean “not started”.",
        background=lang.number(grades[BACKGROUND]),
        facts=lang.number(grades[FACT]),
        none=lang.number(grades[NONE]),
    )


def on_map(lang: Language, paragraph: int, cells: pl.DataFrame, count: Row) -> str:
    """A description of the map of a paragraph in two sentences."""
    title = f"{paragraph}. {names.title(lang, paragraph)}"
    return f"{lang.labelled(title, counted(lang, count))}. {_rest(lang, Counter(cells['grade']))}"


def share(lang: Language, count: Row) -> str:
    """The count as `n of N`; empty for a paragraph that is not counted by states."""
    if count["n"] is None:
        return ""
    return lang.text("{n} of {all}", n=lang.number(count["n"]), all=lang.number(count["counted_of"]))


def counted(lang: Language, count: Row) -> str:
    """The count as a sentence without a full stop, or that the paragraph is not counted by states."""
    if count["n"] is None:
        return lang.text("it is not counted by states")
    values = {"n": lang.number(count["n"]), "all": lang.number(count["counted_of"])}
    if count["kind"] == FACT:
        return lang.text("{n} of {all} states have a dated treaty fact", **values)
    sentence = lang.text("{n} of {all} states with a document since March 2018", **values)
    return lang.joined([sentence, _figures(lang, count[FIGURE])]) if count[FIGURE] else sentence


def _figures(lang: Language, n: int) -> str:
    return lang.text("only a figure: {n}", n=lang.number(n))


def notes(lang: Language) -> list[str]:
    """General notes on how to read the ledger."""
    return [
        lang.text("No evidence here does not mean “not started”: a status shows only where a cited document says so."),
        lang.text("There is no score and no ranking; an entry says who stated it and when, not how well a state does."),
        lang.text(
            "A reported figure says that the figure exists, and never that something was done: it has a grade of its "
            "own and is not in “n of N”. A zero alone is evidence of nothing."
        ),
        lang.text(
            "The declaration dates from March 2018: what is older is background, hatched, and never in “n of N”. A law "
            "of 2018, or without a year, is background too, as it cannot be shown to be later."
        ),
        lang.text(
            "“n of 34” leaves out Cuba, which takes no part in the OAS; dated treaty facts are of all 35 states."
        ),
        lang.text("The work plan of 2015 to 2020 is over: it is shown as history."),
        lang.text("A third work plan, of 2023 to 2028, exists; its text was not available to this project."),
    ]


def listed(lang: Language, paragraphs: tuple[int, ...], entries: int) -> str:
    """The title of a list of entries."""
    count = lang.plural("{n} entry", "{n} entries", entries)
    if len(paragraphs) == 1 and paragraphs[0]:
        return f"{terms.term(lang, 'any_paragraph', str(paragraphs[0]))} · {count}"
    return lang.text("Evidence on the Declaration of Mexico · {entries}", entries=count)


def themes(lang: Language, rows: pl.DataFrame) -> list[tuple[str, str]]:
    """A state's paragraphs by theme: label and words, in alphabetical order; `rows` are those of `query.themes`."""
    by_name = {terms.term(lang, "theme", row["theme"]): row for row in rows.iter_rows(named=True)}
    return [(name, _theme(lang, by_name[name])) for name in lang.alphabetical(by_name, str)]


def _theme(lang: Language, row: Row) -> str:
    values = {name: lang.number(row[name]) for name in ("since", "paragraphs", BACKGROUND, NONE)}
    sentence = lang.text(
        "{since} of {paragraphs} paragraphs with a document since March 2018; background only: {background}; no "
        "evidence here: {none}",
        **values,
    )
    more = [words(lang, row[name]) for name, words in ((FIGURE, _figures), (FACT, _facts)) if row[name]]
    return lang.joined([sentence, *more])


def _facts(lang: Language, n: int) -> str:
    return lang.text("dated treaty facts: {n}", n=lang.number(n))


def remarks(lang: Language, areas: Iterable[Row]) -> dict[str, str]:
    """Remarks on some states (OAS membership, reservations), by code."""
    by_area = {
        row["area"]: [
            *filter(None, (terms.term(lang, "membership", row["member"]), terms.term(lang, "reservation", row["area"])))
        ]
        for row in areas
    }
    return {
        area: lang.labelled(lang.country(area), " ".join(sentences)) for area, sentences in by_area.items() if sentences
    }


def subject(lang: Language, row: Row) -> str:
    """The subject of an entry: an indicator, a treaty, a measure, or the title of a document."""
    parts = str(row["id"]).split(":")
    if row["kind"] == "statistic":
        return terms.term(lang, "indicator", parts[1])
    if row["kind"] == "treaty":
        return terms.term(lang, "part", parts[1])
    return terms.term(lang, "coded_measure", row["title"])


def finding(lang: Language, row: Row) -> str:
    """The finding of an entry, in words."""
    words = names.finding(lang, row["finding"])
    if row["kind"] == "narrative_coding":
        return lang.text("A report’s text states it: {measure}", measure=terms.in_sentence(words))
    if row["kind"] in {"statistic", "treaty"}:
        return lang.labelled(subject(lang, row), terms.in_sentence(words))
    return words


def period(lang: Language, row: Row) -> str:
    """The period of an entry as years or days, or the word for undated."""
    first, last = row["period_from"], row["period_to"]
    if first and last:
        whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        ends = (first.year, last.year) if whole else (lang.date(first), lang.date(last))
        return str(ends[0]) if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"
    if row["date"] and row["kind"] == "treaty":
        return lang.date(row["date"])
    return str(row["year"]) if row["year"] else lang.date(row["date"]) if row["date"] else lang.text("undated")


def dated(lang: Language, row: Row) -> str:
    """The date of an entry's document; empty if only the year is known."""
    return lang.date(row["date"]) if row["date"] else ""


def answered(lang: Language, to: str) -> str:
    """The subject of a reply to a figure or a flow, in words; other ids are returned unchanged."""
    kind, _, key = to.partition(":")
    parts = key.split(":")
    if kind == "figure" and len(parts) > 2:  # noqa: PLR2004 - indicator, area, year
        return f"{terms.term(lang, 'indicator', parts[0])}, {lang.country(parts[1])}, {parts[2]}"
    if kind == "flow" and len(parts) > 2:  # noqa: PLR2004 - origin, destination, year
        return f"{lang.country(parts[0])} → {lang.country(parts[1])}, {parts[2]}"
    return to
