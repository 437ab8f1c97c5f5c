"""Passports, which say where something comes from: a figure, the figures of a state, an arrow, a role.

Each function with a `mark` (the id in the address, always the last argument) returns the blocks of its passport; none
if there is no such row. A heading begins each of several.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple

import polars as pl

from dashboard import store
from dashboard.editions import NEWEST
from dashboard.subjects import shared
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.coverage import revisions as coverage_revisions
from dashboard.subjects.coverage import tables as coverage_tables
from dashboard.subjects.derived import is_computed
from dashboard.subjects.movements import query as movements_query
from dashboard.subjects.movements import tables as movements_tables
from dashboard.subjects.movements import words as movements_words
from dashboard.subjects.passports import keys, query, replies, words
from dashboard.subjects.passports.rows import row_table
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.sources import query as sources_query
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import registers
from dashboard.views.filters import Form
from dashboard.views.page import Block, Code, Heading, Link, Pairs, Remarks, Table, Text
from dashboard.words import served, tables, terms
from data.i18n import Language

Blocks = tuple[Block, ...]
# The most cells in a citation. An arrow may have hundreds; its table lists them all.
CITED = 5


def of_region(lang: Language, code: str, year: int | None, edition: str, area: str) -> Blocks:
    """The figure of a state on page "Region": of a year, or the latest one."""
    shown_year = year or states_query.latest_year(code, area, edition)
    return figure(lang, edition, query.FigureKey(code, area, shown_year)) if shown_year is not None else ()


def of_state(lang: Language, area: str, edition: str, mark: str) -> Blocks:
    """A figure of a state; a mark such as `detected_victims.2019`."""
    indicator, _, rest = mark.partition(".")
    return figure(lang, edition, query.figure(indicator, area, rest))


def of_indicator(lang: Language, indicator: str, edition: str, mark: str) -> Blocks:
    """A figure of an indicator; a mark such as `BRA.2019`."""
    area, _, rest = mark.partition(".")
    return figure(lang, edition, query.figure(indicator, area, rest))


def of_any(lang: Language, edition: str, mark: str) -> Blocks:
    """A figure of any state and indicator; a mark such as `BRA.detected_victims.2019`."""
    return figure(lang, edition, query.of_any(mark))


def in_both(lang: Language, mark: str) -> Blocks:
    """The figures of the SDG database and of UNODC's workbook with the same mark."""
    sdg, unodc = (of_indicator(lang, code, NEWEST, mark) for code in (sources_query.HERE, sources_query.THERE))
    return (*sdg, *unodc)


def figure(lang: Language, edition: str, key: query.FigureKey) -> Blocks:
    """The passport of a figure, with its values in every release."""
    rows, printed = query.readings(key, edition), query.printed(key)
    if rows.is_empty() and printed.is_empty() and not _covered(key, edition):
        return ()
    title, table = words.name(lang, key), "observations" if edition == NEWEST else "vintages"
    found = [block for row in rows.iter_rows(named=True) for block in _reading(lang, table, title, row)]
    return (
        Heading(title),
        *(found or [Text([lang.text("No figure: the release for this year has none.")])]),
        *replies.of_figure(lang, (getattr(key, part) for part in query.FIGURE_KEY)),
        *_releases(lang, title, words.releases(lang, printed), _links("vintages", printed)),
    )


def _covered(key: query.FigureKey, edition: str) -> bool:
    """Whether a year is among those of an indicator, so that no figure means something."""
    if is_computed(key.indicator, key.area) or key.area not in store.areas():
        return False
    first, last = coverage_query.span(key.indicator, edition)
    return first <= key.year <= last


def reading(lang: Language, table: str, rows: pl.DataFrame) -> Blocks:
    """The passport of one row of `observations` or `vintages`: the figure of a source in a release."""
    row = rows.row(0, named=True)
    key = query.FigureKey(*(row[name] for name in query.FIGURE_KEY))
    title, printed = words.name(lang, key), query.printed(key).filter(source=row["source"])
    return (
        Heading(title),
        *_reading(lang, table, title, row),
        *replies.of_figure(lang, (row[part] for part in query.FIGURE_KEY)),
        *_releases(lang, title, words.releases(lang, printed), _links("vintages", printed)),
    )


class Titled(NamedTuple):
    """Rows that have passports of their own: a title, their data, and the data in words."""

    title: str
    rows: pl.DataFrame
    sheet: tables.Sheet


def cells_of(lang: Language, indicator: str, edition: str, area: str) -> Titled:
    """A state's figures of an indicator by year."""
    rows = coverage_query.figures(indicator, area, edition)
    title = f"{terms.term(lang, 'indicator', indicator)}, {lang.country(area)}"
    return Titled(title, rows, tables.sheet(coverage_tables.cells(rows, lang)))


def cells(lang: Language, key: Form, indicator: str, edition: str, area: str) -> Blocks:
    """The table of a state's figures by year; `key` opens the passport of one of them."""
    return _titled(lang, key, cells_of(lang, indicator, edition, area))


def figures(lang: Language, key: Form, area: str, edition: str, indicator: str) -> Blocks:
    """Like `cells`, with the indicator as the mark."""
    return cells(lang, key, indicator, edition, area)


def changes(lang: Language, key: Form, indicator: str, masking: bool, mark: str) -> Blocks:
    """The revisions of one kind for a state (`BRA.revised`); `key` opens the passport of one of them."""
    area, kind = mark.split(".")
    rows = coverage_revisions.rows(indicator, area, masking=masking).filter(pl.col("kind") == kind)
    title = f"{terms.term(lang, 'indicator', indicator)}, {lang.country(area)}"
    title = lang.labeled(title, terms.in_sentence(terms.term(lang, "revision", kind)))
    return _titled(lang, key, Titled(title, rows, tables.sheet(coverage_tables.revisions_table(rows, lang))))


def _titled(lang: Language, key: Form, one: Titled) -> Blocks:
    if one.rows.is_empty():
        return ()
    return (Heading(one.title), *row_table(lang, _id("of", one.title), one.title, one.sheet, one.rows, key))


def arrow(lang: Language, selection: routes_query.FlowFilter, mark: str) -> Blocks:
    """The records that an arrow adds up and their cells; none if the filter excludes the arrow."""
    found: list[Block] = []
    for row in query.by_mark(routes_query.arrows(selection).choice, mark).iter_rows(named=True):
        rows = query.records(store.tables().flows(selection.edition), selection, row)
        lacking = routes_words.left_out(lang, row)
        found += _records(lang, words.arrow(lang, row), rows, _editions(lang, selection, mark, row), lacking)
        found += replies.of_flow(lang, row["origin"], row["destination"], row["years"])
    return tuple(found)


def _editions(lang: Language, selection: routes_query.FlowFilter, mark: str, row: Mapping[str, Any]) -> pl.DataFrame:
    """An arrow of counted victims as of every release; empty for reports, which have one release."""
    by_edition = []
    for edition in shared.edition_ids() if selection.evidence == "counted" else ():
        arrows = routes_query.arrows(replace(selection, edition=edition, questioned=True)).every
        matches = query.by_mark(arrows.filter(questioned=row["questioned"]), mark)
        by_edition.append((edition, next(matches.iter_rows(named=True), None)))
    return words.editions(lang, by_edition)


def lost(lang: Language, selection: routes_query.FlowFilter, mark: str) -> Blocks:
    """The records with the same labels, which no map can place, by the cell of one of them."""
    return _records(lang, "", routes_query.alike(selection, mark))


def record(lang: Language, mark: str, edition: str = NEWEST) -> Blocks:
    """One record of a flow, by its cell."""
    rows = store.tables().flows(edition).filter(pl.col("locator") == mark).collect()
    earlier = edition != NEWEST and "counted" in rows["evidence"]
    return flow(lang, rows.with_columns(as_of=pl.lit(edition)) if earlier else rows)


def flow(lang: Language, rows: pl.DataFrame) -> Blocks:
    """The passport of one row of `flows`, or with the column `as_of` of `flow_vintages`, and the replies to it."""
    table = "flow_vintages" if "as_of" in rows.columns else "flows"
    found = _records(lang, "", rows, table=table)
    for row in rows.iter_rows(named=True):
        found = (*found, *replies.of_flow(lang, row["origin"], row["destination"], [row["year"]]))
    return found


def listed(lang: Language, edition: str, mark: str) -> Blocks:
    """The victims with a listed citizenship of a state and year (`BRA.2019`), and all detected victims."""
    area, year = mark.split(".")
    rows = routes_query.listed(area, int(year), edition)
    title = ", ".join([lang.text("Victims whose citizenship UNODC lists"), lang.country(area), year])
    return (*_records(lang, title, rows), *of_indicator(lang, "detected_victims", edition, mark))


def role(lang: Language, years: tuple[int, int], mark: str) -> Blocks:
    """The newest report that states or denies a role of a state (`CRI.transit.hti`), and all reports."""
    every = query.statements(mark)
    area, name, _ = mark.split(".")
    decides = routes_query.roles((area,), *years).filter(pl.lit(not every.is_empty()) & (pl.col("role") == name))
    return tuple(block for row in decides.iter_rows(named=True) for block in _role(lang, row, every))


def statement(lang: Language, rows: pl.DataFrame) -> Blocks:
    """The passport of one row of `roles`: what a report says about a role of a state."""
    row = rows.row(0, named=True)
    return _role(lang, {**row, "silent": 0}, query.statements(f"{row['area']}.{row['role']}.{row['source']}"))


def _role(lang: Language, row: Mapping[str, Any], every: pl.DataFrame) -> Blocks:
    title, stated = words.role(lang, row), words.statement(lang, row)
    return (
        Heading(title),
        value_and_treatment(lang, lang.text("Coding"), stated, words.coded(lang, row)),
        *sources(lang, title, stated, list(query.cells(row))),
        keys.link(lang, "roles", row),
        *_table(title, lang.text("This role in each report"), words.statements(lang, every), _links("roles", every)),
    )


def stock_of(lang: Language, rows: pl.DataFrame) -> Blocks:
    """The passport of rows of `migrant_stock`, or of one of `migrant_stock_vintages`."""
    return tuple(block for row in rows.iter_rows(named=True) for block in _stock(lang, row))


def _stock(lang: Language, row: Mapping[str, Any]) -> Blocks:
    newest, earlier = movements_query.stock(row["origin"], row["destination"], row["year"])
    ends = {lang.text("From"): row["origin"], lang.text("Living in"): row["destination"]}
    title = ", ".join([*(lang.labeled(name, lang.country(area)) for name, area in ends.items()), str(row["year"])])
    persons, every = lang.number(row["persons"]), pl.concat([newest, earlier])
    table = "migrant_stock" if row["release"] in newest["release"] else "migrant_stock_vintages"
    links = [*_links("migrant_stock", newest), *_links("migrant_stock_vintages", earlier)]
    return (
        Heading(title),
        value_and_treatment(lang, lang.text("Persons"), persons, lang.text("Unchanged from source.")),
        *sources(lang, title, persons, list(query.cells(row))),
        keys.link(lang, table, row),
        *(_releases(lang, title, movements_tables.stocks(every, lang), links) if earlier.height else ()),
    )


def movement(lang: Language, rows: pl.DataFrame) -> Blocks:
    """The passport of a row of `movements`: refugees, asylum-seekers or crossings."""
    row = rows.row(0, named=True)
    ends = {lang.text("From"): row["origin"], lang.text("In"): row["destination"]}
    places = [lang.labeled(name, lang.country(area)) for name, area in ends.items() if area]
    when = movements_words.period(lang, row["year"], row["month"])
    title = ", ".join([terms.term(lang, "movement", row["kind"]), *places, when])
    figure = lang.interval(row["low"], row["high"])
    added = lang.text("The figures of all months of the year, added.")
    how = added if row["kind"] == movements_query.CROSSINGS else lang.text("Unchanged from source.")
    if row["low"] < row["high"]:
        how = lang.text("Published as {n}, which here may also be a smaller figure.", n=lang.number(row["high"]))
    return (
        Heading(title),
        value_and_treatment(lang, lang.text("Figure"), figure, how),
        *sources(lang, title, figure, list(query.cells(row))),
        keys.link(lang, "movements", row),
        Remarks(movements_words.context(lang)),
    )


def _records(
    lang: Language,
    title: str,
    rows: pl.DataFrame,
    editions: pl.DataFrame | None = None,
    lacking: str = "",
    table: str = "flows",
) -> Blocks:
    """The passport of a record or a sum of records.

    Args:
        table: that of the records; one alone has a link to its row.
        editions: its values in other releases.
        lacking: what the sum lacks because it is questioned, in words.
    """
    if rows.is_empty():
        return ()
    title = title or words.labels(lang, rows)
    total, state = words.value(lang, words.total(rows)), words.state(lang, words.total(rows))
    how = [words.added(lang, rows), *([f"{lacking}."] if lacking else [])]
    every = chain.from_iterable(map(query.cells, rows.iter_rows(named=True)))
    differing = [routes_words.otherwise(lang, row) for row in routes_query.otherwise(rows).iter_rows(named=True)]
    return (
        Heading(title),
        value_and_treatment(lang, lang.text("Figure"), total, " ".join(how), state),
        Remarks([*served.lines(lang, served.served(rows)), *differing]),
        *_table(title, lang.text("Records"), words.records(lang, rows), _links(table, rows)),
        *sources(lang, title, total, list(every)),
        *([keys.link(lang, table, rows.row(0, named=True))] if rows.height == 1 else []),
        *(_releases(lang, title, editions) if editions is not None else ()),
    )


def _reading(lang: Language, table: str, title: str, row: Mapping[str, Any]) -> Blocks:
    value = words.value(lang, row)
    more = [*words.state(lang, row), *words.contradicted(lang, row), *words.counted(lang, row), *_beside(lang, row)]
    how = value_and_treatment(lang, lang.text("Figure"), value, words.treatment(lang, row), more)
    computed = is_computed(row["indicator"], row["area"])
    # Only the rows of the tables have an address of their own; what is computed on request shows those of its inputs.
    links = _inputs(lang, table, title, row) if computed else (keys.link(lang, table, row),)
    return (how, *sources(lang, title, value, list(query.cells(row))), *links)


def _inputs(lang: Language, table: str, title: str, row: Mapping[str, Any]) -> Blocks:
    """The figures from which one is computed, each with the link to its own passport."""
    rows, heading = query.inputs(table, row), lang.text("Computed from these figures")
    if rows.is_empty():
        return ()
    made = tables.sheet(words.inputs(lang, rows))
    return (Table(f"inputs-{_id('of', title)}", heading, made, links=_links(table, rows)),)


def _beside(lang: Language, row: Mapping[str, Any]) -> words.NamedValues:
    """The total of the state's own register beside one of UNODC, or the other way round."""
    if any(row[name] != "total" for name in states_query.DIMENSIONS):
        return []
    totals = registers.other_totals(row["area"], row["indicator"], row["year"])
    return [
        (
            lang.text("Beside it, for comparison"),
            lang.labeled(terms.term(lang, "indicator", code), lang.interval(*figure)),
        )
        for code, figure in totals
    ]


def value_and_treatment(
    lang: Language, name: str, value: str, how: str, more: words.NamedValues | None = None
) -> Pairs:
    """The value shown, how it was derived from the printed cell, and what else is to be said of it."""
    return Pairs([(name, value), (lang.text("How we processed it"), how), *(more or [])])


def sources(lang: Language, title: str, value: str, cells: list[query.Cell], *, quoted: bool = False) -> Blocks:
    """The files of the cells, and a citation with the value in words; `quoted` leaves these unchanged."""
    snapshot = store.snapshot()
    value = value if quoted else terms.in_sentence(value)
    # Several cells may be in one file: describe each file once, by its first cell.
    files = {(cell.source, cell.file): cell for cell in reversed(cells)}
    facts = words.sources(lang, snapshot.manifest, reversed(files.values()))
    cited = cells if len(cells) <= CITED else list(files.values())
    citation = words.citation(lang, snapshot.manifest, snapshot.id, title, value, cited)
    return (*map(Pairs, facts), Code(lang.text("Citation, to copy"), citation))


def _links(table: str, rows: pl.DataFrame) -> list[Link]:
    """Where each row of a table leads: to its own passport."""
    return [Link(keys.PAGE, "", keys.texts(table, row)) for row in rows.iter_rows(named=True)]


def _releases(lang: Language, title: str, rows: pl.DataFrame, links: Sequence[Link] = ()) -> Blocks:
    return _table(title, lang.text("This figure in each release"), rows, links)


def _table(title: str, label: str, rows: pl.DataFrame, links: Sequence[Link] = ()) -> Blocks:
    """A table of a passport below its label; its title includes that of the passport."""
    if rows.is_empty():
        return ()
    return Text([label], "small"), Table(_id(label, title), f"{title}. {label}", tables.sheet(rows), links=links)


def _id(*parts: str) -> str:
    """An id of words: without spaces and signs."""
    return re.sub(r"\W+", "-", ".".join(parts))
