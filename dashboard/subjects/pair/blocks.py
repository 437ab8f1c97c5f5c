"""What is recorded between two states, as blocks: flows both ways, treaties, and migrants as context."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from dashboard.subjects import blocks
from dashboard.subjects.compare.query import Pair
from dashboard.subjects.pair import files, query, tables, words
from dashboard.subjects.pair.page_figures import BETWEEN
from dashboard.subjects.passports import acts
from dashboard.subjects.passports import blocks as passports
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports.rows import passport, row_table
from dashboard.subjects.routes.filters import EVIDENCE
from dashboard.subjects.shared import EDITION
from dashboard.subjects.treaties import query as treaties_query
from dashboard.views.figure import Values
from dashboard.views.page import Block, Briefing, Files, Fold, Heading, Remarks, Text
from dashboard.words import terms
from dashboard.words.tables import sheet
from data.i18n import Language

# What makes the table of the records, by kind of evidence.
TABLES = {"counted": tables.counted, "stated": tables.stated}


def between(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    """What is recorded between the two states of a pair."""
    yield Briefing(pair.one, pair.other)
    for part in (_records, _treaties, _migrants):
        yield from part(lang, pair, values)


def _records(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    """The flows of each kind of evidence, with their files and the passport of one of them."""
    edition, key, title = values.value(EDITION), row_keys.RECORD, words.heading(lang, pair.one, pair.other)
    flows = query.between(pair.one, pair.other, edition)
    for evidence in EVIDENCE.options:
        kind = terms.term(lang, "evidence", evidence)
        rows = flows.filter(pl.col("evidence") == evidence)
        yield Heading(kind)
        if evidence == "counted" and query.yearly(pair.one, pair.other, edition).height:
            yield blocks.graphic(BETWEEN, values, "between", opens=partial(blocks.passport, key))
        yield Remarks(_sentences(lang, rows, pair, edition, evidence))
        label = lang.labeled(kind, terms.in_sentence(title))
        yield from row_table(lang, evidence, label, sheet(TABLES[evidence](rows, lang)), rows, key)
    if flows.height:
        yield Files(files.between(title, pair, edition))
    yield from passport(lang, key, values.value(key), partial(passports.record, lang, edition=edition))


def _sentences(lang: Language, rows: pl.DataFrame, pair: Pair, edition: str, evidence: str) -> list[str]:
    """One sentence for each direction."""
    directions = [(pair.one, pair.other), (pair.other, pair.one)]
    if evidence == "stated":
        return [words.stated(lang, rows.filter(pl.col("start") == ends[0]), *ends) for ends in directions]
    citizenships = {area: query.lists(area, edition) for area in pair.states}
    return [
        words.counted(lang, rows.filter(pl.col("start") == start), citizenships[end], start, end)
        for start, end in directions
    ]


def _treaties(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    key, title, as_of = row_keys.TREATY_ACTS, lang.text("Treaties"), lang.date(treaties_query.closing())
    found = query.treaties(pair.states)
    yield Heading(title)
    yield Text((words.treaties(lang, query.in_force(found), as_of),))
    yield from row_table(lang, "treaties", title, sheet(tables.treaties(found, lang, as_of)), found, key)
    yield Files(files.treaties(lang, pair))
    yield from passport(lang, key, values.value(key), partial(acts.act, lang))


def _migrants(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    key = row_keys.MIGRANTS
    yield Fold(
        "migrants", lang.text("Migrants between the two, as context"), lambda: tuple(_migrants_table(lang, pair))
    )
    yield from passport(lang, key, values.value(key), partial(passports.stock, lang))


def _migrants_table(lang: Language, pair: Pair) -> Iterator[Block]:
    title, people = lang.text("Migrants between the two, as context"), query.migrants(pair.one, pair.other)
    yield Text((words.context(lang),))
    yield from row_table(lang, "migrants", title, sheet(tables.migrants(people, lang)), people, row_keys.MIGRANTS)
    if people.height:
        yield Files(files.migrants(lang, pair))
