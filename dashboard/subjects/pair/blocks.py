"""What is recorded between two states, as blocks: flows both ways, treaties, and migrants as context."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from dashboard.subjects import blocks
from dashboard.subjects.about import words as about_words
from dashboard.subjects.compare.filters import ONE
from dashboard.subjects.compare.query import Pair
from dashboard.subjects.movements import blocks as movements
from dashboard.subjects.movements import words as movements_words
from dashboard.subjects.pair import files, query, tables, words
from dashboard.subjects.pair.filters import OTHER, THIRD
from dashboard.subjects.pair.page_figures import BETWEEN, MAP, both
from dashboard.subjects.passports import acts, keys
from dashboard.subjects.passports import blocks as passports
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports import words as passports_words
from dashboard.subjects.passports.rows import passport, row_table
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.routes.filters import EVIDENCE
from dashboard.subjects.shared import EDITION
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import words as treaties_words
from dashboard.views.figure import Values
from dashboard.views.page import Block, BriefingFiles, Files, Fold, Heading, Link, Links, Remarks, Text
from dashboard.words import terms
from dashboard.words.tables import sheet
from data.i18n import Language

# What makes the table of the records, by kind of evidence.
TABLES = {"counted": tables.counted, "stated": tables.stated}


def between(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    """What is recorded between the two states of a pair; how many victims were counted stands above it."""
    yield BriefingFiles(pair.one, pair.other)
    for part in (_records, _treaties, _migrants):
        yield from part(lang, pair, values)


def through(lang: Language, pair: Pair, third: str, values: Values) -> Iterator[Block]:
    """What reports describe between the two states through a third; and its role as a state of transit."""
    edition, key = values.value(EDITION), row_keys.RECORD
    title = words.through_heading(lang, pair.one, pair.other, third)
    rows = query.through(query.between(pair.one, pair.other, edition), third)
    for one, end in (pair.states, pair.states[::-1]):
        yield Text((words.through(lang, rows.filter(start=one), one, third, end),))
    label = lang.labeled(terms.term(lang, "evidence", "stated"), terms.in_sentence(title))
    table = row_table(lang, "through", label, sheet(tables.stated(rows, lang)), rows, key)
    yield from blocks.with_files(lang, table, files.through(title, pair, third, edition))
    roles = routes_query.roles((third,), *routes_query.span("stated"))
    for row in roles.filter(pl.col("role") == "transit").iter_rows(named=True):
        said = passports_words.role(lang, row), terms.in_sentence(passports_words.statement(lang, row))
        yield Text((f"{lang.labeled(*said)}.",))
        yield keys.link(lang, "roles", row)
    yield Links([_pair(lang, state, third) for state in pair.states])


def _pair(lang: Language, one: str, other: str) -> Link:
    first, second = sorted((one, other))
    return Link("pair", words.heading(lang, first, second), {ONE.name: first, OTHER.name: second})


def thirds(lang: Language, pair: Pair, third: str, values: Values) -> Iterator[Block]:
    """Links to the states through which reports describe routes between the two, but for the chosen one."""
    found = query.thirds(pair.one, pair.other, values.value(EDITION))
    others = [area for area in lang.sorted_countries(found) if area != third]
    if others:
        yield Text((lang.text("Routes between them are also described through:"),), "small")
        names = {area: f"{lang.country(area)} ({lang.number(found[area])})" for area in others}
        yield Links([Link("", name, {THIRD.name: area}) for area, name in names.items()])


def _records(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    """The flows of each kind of evidence, with their files and the passport of one of them."""
    edition, key, title = values.value(EDITION), row_keys.RECORD, words.heading(lang, pair.one, pair.other)
    flows = query.between(pair.one, pair.other, edition)
    for evidence in EVIDENCE.options:
        kind = terms.term(lang, "evidence", evidence)
        rows = flows.filter(pl.col("evidence") == evidence)
        yield Heading(
            routes_words.described(lang, lang.span(routes_query.span("stated"))) if evidence == "stated" else kind
        )
        if evidence == "counted" and query.yearly(pair.one, pair.other, edition).height:
            yield from _map(values)
            yield blocks.graphic(BETWEEN, values, "between", opens=partial(blocks.passport, key))
        if evidence == "stated":
            term = [about_words.explained(lang, "statement")] if rows.height else []
            yield Remarks([*sentences(lang, pair, edition, evidence), *term])
        label = lang.labeled(kind, terms.in_sentence(title))
        yield from row_table(lang, evidence, label, sheet(TABLES[evidence](rows, lang)), rows, key)
    if flows.height:
        yield Files(files.between(title, pair, edition))
    yield from passport(lang, key, values.value(key), partial(passports.record, lang, edition=edition))


def _map(values: Values) -> Iterator[Block]:
    """The map of the two, unless no figure between them can be used."""
    if both(values).height:
        yield blocks.graphic(MAP, values, "map")


def sentences(lang: Language, pair: Pair, edition: str, evidence: str) -> list[str]:
    """What the flows of one kind of evidence say of each direction; of counted victims the larger first."""
    rows = query.between(pair.one, pair.other, edition).filter(pl.col("evidence") == evidence)
    directions = [(pair.one, pair.other), (pair.other, pair.one)]
    if evidence == "stated":
        return [words.stated(lang, rows.filter(pl.col("start") == ends[0]), *ends) for ends in directions]
    directions.sort(key=lambda ends: -query.total(rows.filter(start=ends[0]))[1])
    citizenships = {area: query.lists(area, edition) for area in pair.states}
    return [
        words.counted(lang, rows.filter(pl.col("start") == start), citizenships[end], start, end)
        for start, end in directions
    ]


def _treaties(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    key, title, closings = row_keys.TREATY_ACTS, lang.text("Treaties"), treaties_query.closings()
    found = query.treaties(pair.states)
    as_of = treaties_words.as_of(lang, closings, treaties_query.shown())
    yield Heading(title)
    yield Text((words.treaties(lang, query.in_force(found), as_of),))
    yield from row_table(lang, "treaties", title, sheet(tables.treaties(found, lang, closings)), found, key)
    yield Files(files.treaties(lang, pair))
    yield from passport(lang, key, values.value(key), partial(acts.act, lang))


def _migrants(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    key = row_keys.MIGRANTS
    yield Heading(movements_words.title(lang))
    yield from movements.pair(lang, pair.one, pair.other, (ONE, OTHER))
    yield Fold(
        "migrants", lang.text("Migrants between the two, for context"), lambda: tuple(_migrants_table(lang, pair))
    )
    yield from passport(lang, key, values.value(key), partial(passports.stock, lang))


def _migrants_table(lang: Language, pair: Pair) -> Iterator[Block]:
    title, people = lang.text("Migrants between the two, for context"), query.migrants(pair.one, pair.other)
    yield Text((words.context(lang),))
    yield from row_table(lang, "migrants", title, sheet(tables.migrants(people, lang)), people, row_keys.MIGRANTS)
    if people.height:
        yield Files(files.migrants(lang, pair))
