"""Headings, descriptions and notes of the ledger's figures, and the words for an entry. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from dashboard.subjects.ledger import names, query
from dashboard.subjects.ledger.query import BACKGROUND, CELLS, FACT, FIGURE, NONE, SINCE
from dashboard.subjects.states.words import STATES
from dashboard.words import tables, terms
from data import declaration_text
from data.columns import BODIES
from data.i18n import Language, capitalized

Row = Mapping[str, Any]
# Kinds of entries whose finding is quoted from the document.
QUOTED = ("report", "review", "reply")


def heading(lang: Language, cells: pl.DataFrame) -> str:
    """The finding on some cells as a title: documents since the declaration, and mere figures."""
    grades, actors = Counter(cells["grade"]), cells["actor"].unique()
    since, every = sum(grades[grade] for grade in SINCE), cells.height
    if cells.is_empty():
        return lang.text("No paragraph matches these filters.")
    if len(actors) == 1:
        return lang.labeled(terms.term(lang, "actor", actors[0]), _of_actor(lang, grades, every))
    some = (
        lang.plural(
            "a document issued since March 2018 was found for {n} of {all} commitments",
            "a document issued since March 2018 was found for {n} of {all} commitments",
            since,
            all=lang.number(every),
        )
        if since
        else lang.plural(
            "no document issued since March 2018 was found for {n} commitment",
            "no document issued since March 2018 was found for any of {n} commitments",
            every,
        )
    )
    return lang.labeled(lang.text("Declaration of Mexico"), lang.joined([some, *_figures(lang, grades[FIGURE])]))


def documented(lang: Language, tally: pl.DataFrame) -> str:
    """For how many paragraphs a document since the declaration was found; `tally` has the rows of `query.tally`."""
    best = query.strongest(tally)
    every, found = len(best), sum(grade in SINCE for grade in best.values())
    if not every:
        return lang.text("No paragraph matches these filters.")
    if not found:
        # Translators: a title of at most twelve words.
        return lang.plural(
            "No document since March 2018 was found for {n} paragraph",
            "No document since March 2018 was found for any of {n} paragraphs",
            every,
        )
    # Translators: a title of at most twelve words. {n} of all {all} paragraphs of the Declaration that are shown.
    return lang.plural(
        "Documents since March 2018 were found for {n} of the {all} paragraphs",
        "Documents since March 2018 were found for {n} of the {all} paragraphs",
        found,
        all=every,
    )


def opening(lang: Language, tally: pl.DataFrame) -> str:
    """For how many paragraphs there is any source, and for how many a document since the declaration.

    Args:
        tally: as in `documented`.
    """
    best = query.strongest(tally)
    # Translators: {known} paragraphs of {all} have any source, {n} of them a document of that time; perhaps none has.
    return lang.text(
        "We found sources for {known} of the {all} paragraphs of the Declaration of Mexico, but documents since March "
        "2018 for only {n} of them",
        known=lang.number(sum(grade != NONE for grade in best.values())),
        all=lang.number(len(best)),
        n=lang.number(sum(grade in SINCE for grade in best.values())),
    )


def addressed(lang: Language, n: int) -> str:
    """How many paragraphs the declaration addresses to a state."""
    return lang.plural(
        "The Declaration of Mexico addresses {n} paragraph to each state",
        "The Declaration of Mexico addresses {n} paragraphs to each state",
        n,
    )


def commitments(lang: Language, cells: pl.DataFrame) -> str:
    """For how many commitments a document since the declaration was found: the title of the matrix."""
    found, every = cells.filter(pl.col("grade").is_in([*SINCE])).height, cells.height
    if not every:
        return lang.text("No paragraph matches these filters.")
    if not found:
        # Translators: a title of at most twelve words.
        return lang.plural(
            "No document since March 2018 was found for {n} commitment",
            "No document since March 2018 was found for any of {n} commitments",
            every,
        )
    # Translators: a title of at most twelve words.
    return lang.plural(
        "Documents since March 2018 were found for {n} of {all} commitments",
        "Documents since March 2018 were found for {n} of {all} commitments",
        found,
        all=lang.number(every),
    )


def matrix_measured(lang: Language) -> str:
    """What the matrix shows."""
    return lang.text("Declaration of Mexico: strongest source found, by paragraph and by state or body")


def by_states(lang: Language, count: Row) -> str:
    """For how many states a document on a paragraph was found: the title of its map; a row of `query.counts`."""
    if count["n"] is None:
        return lang.text("Not counted by state")
    values = {"n": lang.number(count["n"]), "all": lang.number(count["counted_of"])}
    if count["kind"] == FACT:
        return lang.text("Treaty status is known for {n} of {all} states", **values)
    if count["n"]:
        # Translators: a title of at most twelve words.
        return lang.text("Documents since March 2018 were found for {n} of {all} states", **values)
    # Translators: a title of at most twelve words.
    return lang.text("No document since March 2018 was found for any of {n} states", n=values["all"])


def measure(lang: Language, tally: pl.DataFrame, cells: pl.DataFrame) -> str:
    """What the bars count, of how many states, and the years of the sources found in the cells."""
    counted = _sums(tally)
    found = cells.drop_nulls("ends")
    if not counted or found.is_empty():
        return lang.text("Strongest source found")
    years = lang.span((found["begins"].min(), found["ends"].max()))  # type: ignore[arg-type]
    # Translators: what bars count. {n} is a number, or two as in “34 or 35”; {years} as in 2000–2023.
    return lang.text(
        "States by the strongest source found on each paragraph, {years}; each bar counts {n} of {all} states",
        years=years,
        n=lang.listing(map(lang.number, sorted(set(counted))), either=True),
        all=STATES,
    )


def _sums(tally: pl.DataFrame) -> list[int]:
    """The numbers of states that are counted on each paragraph that addresses states."""
    states = tally.filter(pl.col("body").is_null())
    return states.group_by("paragraph").agg(pl.col("n").sum())["n"].to_list()


def counted_of(lang: Language, tally: pl.DataFrame, cells: pl.DataFrame) -> list[str]:
    """That a state of the cells is left out of some counts, if one is."""
    states = cells.filter(~pl.col("actor").is_in(BODIES))["actor"].n_unique()
    return [counted_states(lang)] if min(_sums(tally), default=states) < states else []


def strongest(lang: Language, tally: pl.DataFrame) -> str:
    """The paragraphs by the strongest source found on them, and what it does not mean that nothing was found."""
    if tally.is_empty():
        return documented(lang, tally)
    best = query.strongest(tally)
    of_grade = {grade: [str(number) for number, one in best.items() if one == grade] for grade in reversed(CELLS)}
    parts = lang.joined(
        f"{terms.in_sentence(terms.term(lang, 'cell', grade))} ({lang.listing(numbers)})"
        for grade, numbers in of_grade.items()
        if numbers
    )
    said = lang.labeled(lang.text("Paragraphs by the strongest source found"), parts)
    return " ".join([f"{said}.", *[not_done(lang)][: len(of_grade[NONE])]])


def _of_actor(lang: Language, grades: Mapping[str, int], every: int) -> str:
    """What was found on the paragraphs of one state or body."""
    found, since = every - grades.get(NONE, 0), sum(grades.get(grade, 0) for grade in SINCE)
    figures = lang.plural("for {n} of them, only figures", "for {n} of them, only figures", grades.get(FIGURE, 0))
    if not found:
        return lang.plural("nothing found for {n} paragraph", "nothing found for any of {n} paragraphs", every)
    if since:
        sources = lang.plural(
            "sources found for {n} of {all} paragraphs", "sources found for {n} of {all} paragraphs", found, all=every
        )
        newest = lang.plural(
            "for {n} of them a document issued since March 2018",
            "for {n} of them documents issued since March 2018",
            since,
        )
        return lang.joined([sources, newest, *[figures][: grades.get(FIGURE, 0)]])
    older = lang.plural(
        "sources found for {n} of {all} paragraphs, but no document issued since March 2018",
        "sources found for {n} of {all} paragraphs, but no document issued since March 2018",
        found,
        all=every,
    )
    return lang.joined([older, *[figures][: grades.get(FIGURE, 0)]])


def in_matrix(lang: Language, cells: pl.DataFrame) -> str:
    """A description of the matrix, besides its heading: what a commitment is, and on how many nothing new was found."""
    if cells.is_empty():
        return heading(lang, cells)
    return " ".join([commitment(lang), *_besides(lang, cells), *_bodies(lang, cells)])


def commitment(lang: Language) -> str:
    """What a commitment is."""
    return lang.text("One paragraph for one state, for one body or for all states together counts as one commitment.")


def _bodies(lang: Language, cells: pl.DataFrame) -> list[str]:
    """What the short name of a column stands for; paragraphs on which nothing was found are not drawn."""
    meanings = {"OAS-GS": terms.term(lang, "actor", "OAS-GS")}
    found = cells.filter(pl.col("grade") != NONE)["paragraph"].unique()
    there = set(cells.filter(pl.col("paragraph").is_in(found.implode()))["actor"] if len(found) else cells["actor"])
    each = [lang.labeled(names.short_actor(lang, body), meanings[body]) for body in meanings if body in there]
    return [f"{lang.joined(each)}."] if each else []


def _besides(lang: Language, cells: pl.DataFrame) -> list[str]:
    """What the heading does not say; that of one state or body counts all its sources."""
    grades = Counter(cells["grade"])
    return [not_done(lang)][: grades[NONE]] if cells["actor"].n_unique() == 1 else _rest(lang, grades)


def _rest(lang: Language, grades: Mapping[str, int]) -> list[str]:
    """What else was found, one part for each grade that occurs; and what it means that nothing was."""
    parts = {
        FACT: lang.text("treaty status for {n}", n=lang.number(grades.get(FACT, 0))),
        BACKGROUND: lang.text("only earlier or undated sources for {n}", n=lang.number(grades.get(BACKGROUND, 0))),
        NONE: lang.text("nothing found for {n}", n=lang.number(grades.get(NONE, 0))),
    }
    found = lang.joined(part for grade, part in parts.items() if grades.get(grade))
    return [*[f"{found[:1].upper()}{found[1:]}."][: len(found)], *[not_done(lang)][: grades.get(NONE, 0)]]


def not_done(lang: Language) -> str:
    """What it does not mean that nothing was found."""
    return lang.text("“Nothing found” does not mean that nothing was done.")


def on_map(lang: Language, paragraph: int, count: Row) -> str:
    """What the title of the map of a paragraph does not say; with the official words if they are loaded.

    Args:
        count: the row of the paragraph in `query.counts`.
    """
    grades = {grade: count[grade] or 0 for grade in (BACKGROUND, NONE)}
    return " ".join([*_rest(lang, grades), *official(lang, paragraph)])


def official(lang: Language, paragraph: int) -> list[str]:
    """The official words of a paragraph in quotation marks with their document, if they are loaded."""
    found = declaration_text.official(paragraph, lang.code)
    if found is None:
        return []
    quoted = lang.text("“{words}”", words=found.text)
    source = [found.document, lang.date(found.release), found.locator]
    source += [lang.language_name(found.language)] if found.language != lang.code else []
    return [f"{lang.labeled(lang.text('Official text'), quoted)} ({', '.join(source)})"]


def document(lang: Language) -> str:
    """The title, number and date of the declaration's document."""
    title, day = lang.text(declaration_text.TITLE), lang.date(declaration_text.DATE)
    return f"{title}, {declaration_text.NUMBER}, {day}"


def share(lang: Language, count: Row) -> str:
    """The count as `n of N`; empty for a paragraph that is not counted by states, or without any."""
    if not count["n"]:
        return ""
    return lang.text("{n} of {all}", n=lang.number(count["n"]), all=lang.number(count["counted_of"]))


def only_figures(lang: Language, n: int) -> list[str]:
    """That of some there is nothing but a figure, as a sentence; none if there are none."""
    return [f"{capitalized(one)}." for one in _figures(lang, n)]


def _figures(lang: Language, n: int) -> list[str]:
    return [lang.plural("for {n}, only a figure", "for {n}, only a figure", n)] if n else []


def notes(lang: Language) -> list[str]:
    """General notes on how to read the evidence; `counted_states` is another, where such a count is shown."""
    return [lang.text("We do not score or rank states.")]


def counted_states(lang: Language) -> str:
    """Which states a count covers."""
    return lang.text("Counts of 34 states leave out Cuba, which does not participate in the OAS.")


def listed(lang: Language, paragraphs: tuple[int, ...], entries: int) -> str:
    """The title of a list of entries."""
    count = lang.plural("{n} entry", "{n} entries", entries)
    if len(paragraphs) == 1 and paragraphs[0]:
        return f"{terms.term(lang, 'any_paragraph', str(paragraphs[0]))} · {count}"
    return lang.text("All evidence · {entries}", entries=count)


def found(lang: Language, rows: pl.DataFrame) -> str:
    """What was found on one paragraph of an actor, in plain words; `rows` are those of `query.found`."""
    kinds = {kind: rows.filter(kind=kind) for kind in rows["kind"].unique(maintain_order=True)}
    return lang.joined(_FOUND[kind](lang, some) for kind, some in kinds.items())


def _measured(lang: Language, rows: pl.DataFrame) -> str:
    years: dict[str, set[int]] = defaultdict(set)
    for row in rows.iter_rows(named=True):
        years[subject(lang, row)] |= set(range(row["begins"], row["ends"] + 1))
    return lang.labeled(
        lang.text("Figures published"),
        lang.listing(f"{terms.in_sentence(name)} ({tables.runs(lang, some)})" for name, some in years.items()),
    )


def _acceded(lang: Language, rows: pl.DataFrame) -> str:
    last = {row["title"]: row for row in rows.sort("date", nulls_last=False).iter_rows(named=True)}
    acts = (f"{terms.in_sentence(names.finding(lang, row['finding']))}, {period(lang, row)}" for row in last.values())
    return lang.joined(lang.labeled(subject(lang, row), act) for row, act in zip(last.values(), acts, strict=True))


def _enacted(lang: Language, rows: pl.DataFrame) -> str:
    laws = [terms.law(row["title"], period(lang, row)) for row in rows.iter_rows(named=True)]
    return lang.labeled(lang.text("Law cited"), lang.joined(laws))


def _coded(lang: Language, rows: pl.DataFrame) -> str:
    measures = [terms.in_sentence(names.finding(lang, code)) for code in rows["finding"].unique(maintain_order=True)]
    source = lang.text("US Department of State report of {years}", years=tables.runs(lang, rows["begins"].unique()))
    return lang.labeled(source, lang.joined(measures))


def coding(lang: Language, rows: pl.DataFrame) -> list[str]:
    """Who coded the reports among what was found, if there are any; `rows` are those of `query.found`."""
    if rows.filter(kind="narrative_coding").is_empty():
        return []
    return [lang.text("Reports of the US Department of State are shown as coded by the University of Denver.")]


def _quoted(lang: Language, rows: pl.DataFrame) -> str:
    kind = terms.term(lang, "entry_kind", rows["kind"][0])
    return lang.labeled(kind, " ".join(lang.text("“{words}”", words=words) for words in rows["finding"]))


_FOUND = {
    "statistic": _measured,
    "treaty": _acceded,
    "law": _enacted,
    "narrative_coding": _coded,
    "report": _quoted,
    "review": _quoted,
}


def nothing_on(lang: Language, paragraphs: Iterable[int]) -> str:
    """The gap in one sentence: the paragraphs on which nothing was found; empty without any."""
    numbers = list(map(str, paragraphs))
    if not numbers:
        return ""
    return lang.plural(
        "Nothing found for paragraph {numbers}. This does not mean that nothing was done.",
        "Nothing found for paragraphs {numbers}. This does not mean that nothing was done.",
        len(numbers),
        numbers=lang.listing(numbers),
    )


def remarks(lang: Language, areas: Iterable[Row]) -> dict[str, str]:
    """Remarks on some states (OAS membership, reservations), by code."""
    by_area = {
        row["area"]: [
            *filter(None, (terms.term(lang, "membership", row["member"]), terms.term(lang, "reservation", row["area"])))
        ]
        for row in areas
    }
    return {
        area: lang.labeled(lang.country(area), terms.in_sentence(" ".join(sentences)))
        for area, sentences in by_area.items()
        if sentences
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
        return lang.labeled(terms.term(lang, "entry_kind", row["kind"]), terms.in_sentence(words))
    if row["kind"] in {"statistic", "treaty"}:
        return lang.labeled(subject(lang, row), terms.in_sentence(words))
    return words


def period(lang: Language, row: Row) -> str:
    """The period of an entry as years or days, or the word for undated."""
    first, last = row["period_from"], row["period_to"]
    if first and last:
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return lang.span((first.year, last.year))
        return " – ".join(dict.fromkeys((lang.date(first), lang.date(last))))
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
