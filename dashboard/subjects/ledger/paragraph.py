"""One paragraph on page "Declaration": its words, what was found, its entries, and what counts as evidence."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import polars as pl

from dashboard import store
from dashboard.subjects.blocks import graphic
from dashboard.subjects.ledger import blocks, files, filters, query, tables, words
from dashboard.subjects.ledger.page_figures import MAP
from dashboard.views.figure import Values
from dashboard.views.page import Block, Files, Fold, Link, Links, Pairs, Remarks, Section, Table, Text
from dashboard.words import terms
from dashboard.words.tables import sheet
from data import declaration_text
from data.columns import PARAGRAPHS
from data.declaration import MEASURES, commitments, measures, questions
from data.i18n import N_, Language

# By paragraph: a page with more on its subject, and the title of that page.
SEE_ALSO = {
    **dict.fromkeys((3, 4, 7, 15, 22, 24, 30), ("instruments", N_("Treaties and laws"))),
    25: ("routes", N_("Routes")),
    26: ("coverage", N_("Coverage")),
}


def sections(lang: Language, values: Values, number: int) -> Iterator[Section]:
    """The sections on the paragraph with a number, for the chosen state or for all."""
    area, about = filters.state(values.value), tuple(_official(lang, number))
    rest = tuple(_rest(lang, values, number))
    if not area:
        about = (*about, *_on_map(lang, values, number), *rest)
    yield Section(terms.term(lang, "any_paragraph", str(number)), "paragraph", about)
    if area:
        found = _found(values, number, area)
        grade = str(found["grade"][0]) if found.height else query.NONE
        title = lang.labeled(lang.country(area), terms.in_sentence(terms.term(lang, "cell", grade)))
        sentence = Text((words.found(lang, found),))
        yield Section(title, "finding", (sentence, *blocks.standing(lang, area), *rest))


def _official(lang: Language, number: int) -> Iterator[Block]:
    """The official words of a paragraph with their document, if they are loaded; else the number of the document."""
    found = declaration_text.official(number, lang.code)
    if found is None:
        title = lang.text("Short title by Atalaya. Full text: {document}.", document=words.document(lang))
        yield Text((title,), "small")
        return
    foreign = [lang.language_name(found.language)] if found.language != lang.code else []
    source = [lang.text("Official text"), *foreign, found.document, lang.date(found.release), found.locator]
    yield Text((lang.text("“{words}”", words=found.text),))
    yield Text((" · ".join(source),), "small")


def _found(values: Values, number: int, area: str) -> pl.DataFrame:
    """What was found on one paragraph for one state, whatever grades the list shows."""
    whole = filters.list_selection(values.value)
    return query.found(replace(whole, paragraphs=(number,), actors=(area,), grades=()))


def _on_map(lang: Language, values: Values, number: int) -> Iterator[Block]:
    """The states by their strongest source, or whom a paragraph addresses that is not about single states."""
    count = query.count(number)
    if count["n"] is None:
        whose = terms.term(lang, "addressed", _commitment(number)["actor"])
        sentence = lang.text("This paragraph is not counted by states. It addresses: {whose}.", whose=whose)
        yield Text((sentence,), "notice")
        return
    yield graphic(MAP, values, "map", opens=lambda mark: Link("", "", blocks.of_actor(mark)))
    if int(str(count["counted_of"])) < len(store.areas()):
        yield Text((words.counted_states(lang),), "small")


def _rest(lang: Language, values: Values, number: int) -> Iterator[Block]:
    """What stands below the finding on a paragraph, whether of a state or of all."""
    yield Remarks(words.notes(lang))
    yield Links(tuple(_neighbors(lang, number)))
    yield from blocks.opened(lang, values)
    yield from blocks.listed(lang, values)
    yield Fold("rule", lang.text("About this paragraph"), partial(_about, lang, number))


def _neighbors(lang: Language, number: int) -> Iterator[Link]:
    """Links to all paragraphs and to the neighboring ones."""
    labels = {filters.ALL: lang.text("All paragraphs")}
    if number > 1:
        labels[str(number - 1)] = lang.text("← Paragraph {n}", n=number - 1)
    if number < PARAGRAPHS:
        labels[str(number + 1)] = lang.text("Paragraph {n} →", n=number + 1)
    closed = {filters.ENTRY.name: filters.ENTRY.default}
    for paragraph, label in labels.items():
        yield Link("", label, {filters.PARAGRAPH.name: paragraph, **closed})


def _about(lang: Language, number: int) -> tuple[Block, ...]:
    """Whom a paragraph addresses, what could measure it, and the rule of what counts as evidence on it."""
    rule, title = tables.rule(query.rule(questions(), measures(), number), lang), lang.text("About this paragraph")
    links = tuple(_links(lang, number))
    last = (Links(links),) if links else ()
    pairs = Pairs(_facts(lang, number))
    if rule.is_empty():
        return (pairs, Text((lang.text("Only reports and reviews count as evidence on this paragraph."),)), *last)
    said = Text((lang.text("Besides reports and reviews, these count as evidence:"),))
    return (pairs, said, Table("rule", title, sheet(rule)), Files(files.rule(lang, number)), *last)


def _facts(lang: Language, number: int) -> list[tuple[str, str]]:
    return [
        (lang.text("Theme"), terms.term(lang, "theme", _commitment(number)["theme"])),
        (lang.text("Addressed to"), terms.term(lang, "addressed", _commitment(number)["actor"])),
        (lang.text("Possible indicators"), lang.text(MEASURES[number])),
    ]


def _commitment(number: int) -> dict[str, Any]:
    """The row of a paragraph in the reviewed file of commitments."""
    return commitments().row(by_predicate=pl.col("paragraph") == number, named=True)


def _links(lang: Language, number: int) -> Iterator[Link]:
    """Links to the paragraph's indicators, and to related pages."""
    for code in _commitment(number)["indicators"]:
        words_of = terms.in_sentence(terms.term(lang, "indicator", code))
        yield Link("explore", lang.labeled(lang.text("Explore"), words_of), {"indicators": code})
    if number in SEE_ALSO:
        page, title = SEE_ALSO[number]
        yield Link(page, lang.labeled(lang.text("See also"), lang.text(title)))
