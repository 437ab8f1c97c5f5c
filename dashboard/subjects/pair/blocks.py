"""What is recorded between two states, as blocks: both directions, routes, questions, treaties, and context."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from dashboard.subjects import blocks
from dashboard.subjects.about import words as about_words
from dashboard.subjects.compare.filters import COMPARED
from dashboard.subjects.compare.query import Pair
from dashboard.subjects.pair import files, query, tables, words
from dashboard.subjects.pair.filters import THIRD
from dashboard.subjects.pair.page_figures import BETWEEN, MAP, ROUTES, both
from dashboard.subjects.pair.questions import BOTH, questions
from dashboard.subjects.pair.ways import both_states
from dashboard.subjects.passports import acts, keys
from dashboard.subjects.passports import blocks as passports
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports import words as passports_words
from dashboard.subjects.passports.rows import passport, row_table
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.shared import EDITION
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import words as treaties_words
from dashboard.views.figure import Values
from dashboard.views.page import Beside, Block, Files, Fold, Heading, Link, Links, Remarks, Table, Text
from dashboard.words import countries, terms
from dashboard.words.tables import sheet
from data.i18n import Language


def counted(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    """Citizens of each state detected in the other: a figure of both directions, and each record with its source."""
    edition, key = values.value(EDITION), row_keys.RECORD
    rows = query.between(pair.one, pair.other, edition)
    if both(values).height:
        yield blocks.graphic(MAP, values, "map", opens=_opened)
    yield Remarks([*words.beside_counted(lang, rows)])
    yield from passport(lang, key, values.value(key), partial(passports.record, lang, edition=edition))
    key = row_keys.CITIZENSHIPS
    yield from passport(lang, key, values.value(key), partial(passports.listed, lang, edition))
    beside = lang.text("What each state counts, by year")
    yield Fold("sides", beside, lambda: tuple(_sides(lang, pair, edition, beside)))
    if rows.filter(evidence="counted").height:
        yield Fold("counted", lang.text("Each figure with its source"), lambda: tuple(_each(lang, pair, values)))
    if rows.height:
        yield Files(files.between(words.heading(lang, pair.one, pair.other), pair, edition))


def _opened(mark: str) -> Link | None:
    """What a mark of the map opens: the record of a year, by its cell, or the page of a state."""
    return blocks.passport(row_keys.RECORD, mark) if "#" in mark else blocks.state(mark) if mark else None


def _sides(lang: Language, pair: Pair, edition: str, title: str) -> Iterator[Block]:
    """What each state lists, year by year, and of how many of its victims."""
    covered = routes_query.coverage(pair.states, *routes_query.span("counted"), edition)
    for area in pair.states:
        known = routes_words.published(covered.filter(area=area), lang) or words.nothing_listed(lang, area)
        yield Text((lang.labeled(lang.country(area), terms.in_sentence(known)),), "small")
    rows = query.between(pair.one, pair.other, edition)
    shown = sheet(tables.sides(rows, covered, pair.states, lang))
    yield from row_table(lang, "sides", title, shown, covered, row_keys.CITIZENSHIPS)


def _each(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    """The chart by year, and the table of the records."""
    edition, key = values.value(EDITION), row_keys.RECORD
    if query.yearly(pair.one, pair.other, edition).height:
        yield blocks.graphic(BETWEEN, values, "between", opens=partial(blocks.passport, key))
    yield from _table(lang, pair, edition, "counted", terms.term(lang, "evidence", "counted"))


def described(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    """The routes that reports describe between the two: a figure with arrows, the routes, and each statement."""
    edition = values.value(EDITION)
    rows = query.between(pair.one, pair.other, edition).filter(evidence="stated")
    if rows.is_empty():
        yield Text((words.none_described(lang, pair.one, pair.other),))
        return
    unplaced = rows.filter(pl.col("transit").is_null(), way="through").height
    each = zip(pair.ways, sentences(lang, pair, edition, "stated"), strict=True)
    often = sorted(each, key=lambda one: -rows.filter(start=one[0][0]).height)
    lines = [*(text for _, text in often), routes_words.placeless(lang, unplaced, "stated")]
    yield Text([*filter(None, lines)], "small")
    if query.routes(pair.one, pair.other, edition).height:
        yield blocks.graphic(ROUTES, values, "described", opens=_opened)
    yield Table("routes", lang.text("The described routes"), sheet(tables.routes(rows, lang)))
    yield from _thirds(lang, pair, values)
    title = lang.text("Each statement with its source")
    yield Fold("stated", title, lambda: tuple(_table(lang, pair, edition, "stated", title)))
    yield Remarks([about_words.explained(lang, "statement")])


def _table(lang: Language, pair: Pair, edition: str, evidence: str, title: str) -> Iterator[Block]:
    """The records of one kind of evidence, each of which opens its passport."""
    rows = query.between(pair.one, pair.other, edition).filter(evidence=evidence)
    label = lang.labeled(title, terms.in_sentence(words.heading(lang, pair.one, pair.other)))
    written = tables.counted if evidence == "counted" else tables.stated
    yield from row_table(lang, evidence, label, sheet(written(rows, lang)), rows, row_keys.RECORD)


def asked(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    """What the two may ask each other: a column for each, and below them what both may look into."""
    found = questions(lang, pair.one, pair.other, values.value(EDITION))
    columns = [
        (Heading(lang.text("Questions for {state}", state=countries.the(lang, area))), Remarks(found[area]))
        for area in pair.states
        if found[area]
    ]
    if columns:
        yield Beside(columns)
    if found[BOTH]:
        yield Heading(lang.text("Questions for both"))
        yield Remarks(found[BOTH])


def treaties(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    """The treaties and laws of both: what follows for both in a sentence, a line for each, and each act."""
    key, closings = row_keys.TREATY_ACTS, treaties_query.closings()
    acted, laws = treaties_query.bound(pair.states), treaties_query.laws()
    yield Text((words.treaties(lang, acted, treaties_words.as_of(lang, closings, treaties_query.shown())),))
    title = lang.text("Treaties and laws of both")
    lines = tables.instruments(acted, laws, pair.states, lang, closings)
    others = {column: _acts(acted.filter(area=area)) for column, area in enumerate(pair.states, 1)}
    yield Table("instruments", title, sheet(lines), wrapped=True, others=others)
    reserved = treaties_query.reserved(pair.states)
    yield Text((f"{words.reserved(lang, reserved)}. {treaties_words.read_for(lang)}",))
    if reserved.height:
        title = lang.text("Reservations and declarations")
        yield Table("reserved", title, sheet(tables.reserved(reserved, pair.states, lang)), wrapped=True)
    yield from passport(lang, key, values.value(key), partial(acts.act, lang))
    title = lang.text("Each treaty action with its source")
    shown = sheet(tables.treaties(acted, lang, closings))
    yield Fold("treaties", title, lambda: row_table(lang, "treaties", title, shown, acted, key))
    yield Files(files.treaties(lang, pair))


def _acts(acted: pl.DataFrame) -> list[Link | None]:
    """The passport of what a state did on each treaty, as its line says; None where nothing is recorded."""
    return [_act(row["area"], row["instrument"], row["action"] or "signature") for row in acted.iter_rows(named=True)]


def _act(area: str, treaty: str, action: str) -> Link | None:
    found = keys.rows("instruments", (("area", area), ("instrument", treaty), ("action", action))).sort("date")
    return Link(keys.PAGE, "", keys.texts("instruments", found.row(-1, named=True))) if found.height else None


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
    return Link("pair", words.heading(lang, *sorted((one, other))), both_states(one, other))


def _thirds(lang: Language, pair: Pair, values: Values) -> Iterator[Block]:
    """Links to the states through which reports describe routes between the two, but for the chosen one."""
    found = query.thirds(pair.one, pair.other, values.value(EDITION))
    others = [area for area in lang.sorted_countries(found) if area != values.value(THIRD)]
    if others:
        yield Text((lang.text("Routes between them are also described through:"),), "small")
        names = {area: f"{lang.country(area)} ({lang.number(found[area])})" for area in others}
        yield Links([Link("", name, {THIRD.name: area}) for area, name in names.items()])


def opening(lang: Language, one: str, other: str, edition: str) -> str:
    """What is known of the two first: how many were counted each way, or that none are; then what reports describe."""
    rows = query.between(one, other, edition)
    pair = Pair(COMPARED.default, one, other)
    if rows.filter(evidence="counted").height:
        return " ".join(sentences(lang, pair, edition, "counted"))
    years = [query.lists(area, edition) for area in pair.states]
    stated = [
        words.stated(lang, rows.filter(start=start), start, end)
        for start, end in query.ways(rows, one, other)
        if rows.filter(start=start).height
    ]
    described = stated or [words.none_described(lang, one, other)]
    # One sentence for both only where the same can be said of both.
    none = [f"{words.none_listed(lang, one, other, sorted({*years[0], *years[1]}))}."]
    listed = none if all(years) or not any(years) else sentences(lang, pair, edition, "counted")
    return " ".join([*listed, *described])


def sentences(lang: Language, pair: Pair, edition: str, evidence: str) -> list[str]:
    """What the flows of one kind of evidence say of each direction; of counted victims the larger first."""
    every = query.between(pair.one, pair.other, edition)
    rows = every.filter(evidence=evidence)
    if evidence == "stated":
        return [words.stated(lang, rows.filter(start=way[0]), *way) for way in pair.ways]
    return [
        words.counted(lang, rows.filter(start=start), query.lists(end, edition), start, end)
        for start, end in query.ways(every, pair.one, pair.other)
    ]
