"""The passport of what a mark names: a figure, the figures of a state, the records of an arrow, a role.

Each function shows one and says whether there is one; the mark of the address is its last argument.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

import polars as pl
import streamlit as st

from dashboard import store
from dashboard.editions import NEWEST
from dashboard.parts import replies
from dashboard.parts.selected_row import Chosen
from dashboard.shell import blocks, choices
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.coverage import revisions as coverage_revisions
from dashboard.subjects.coverage import tables as coverage_tables
from dashboard.subjects.passports import query as passports_query
from dashboard.subjects.passports import words as passports_words
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.sources import query as sources_query
from dashboard.subjects.states import query as states_query
from dashboard.words import tables, terms
from data.i18n import Language

# An arrow may rest on hundreds of cells; the table beside names them all.
CITED = 5


def of_region(lang: Language, code: str, year: int | None, edition: str, area: str) -> bool:
    """The figure of a state that the region shows: of a year, or its latest."""
    told = year or states_query.latest_year(code, area, edition)
    return told is not None and figure(lang, edition, passports_query.Figure(code, area, told))


def of_state(lang: Language, area: str, edition: str, mark: str) -> bool:
    """A figure of a state: `detected_victims.2019`."""
    indicator, _, told = mark.partition(".")
    return figure(lang, edition, passports_query.figure(indicator, area, told))


def of_indicator(lang: Language, indicator: str, edition: str, mark: str) -> bool:
    """A figure of an indicator: `BRA.2019`."""
    area, _, told = mark.partition(".")
    return figure(lang, edition, passports_query.figure(indicator, area, told))


def of_any(lang: Language, edition: str, mark: str) -> bool:
    """A figure of any state and indicator: `BRA.detected_victims.2019`."""
    area, indicator, told = mark.split(".", 2)
    return figure(lang, edition, passports_query.figure(indicator, area, told))


def in_both(lang: Language, mark: str) -> bool:
    """A figure that the SDG database and UNODC's workbook give: both."""
    here, there = (of_indicator(lang, code, NEWEST, mark) for code in (sources_query.HERE, sources_query.THERE))
    return here or there


def figure(lang: Language, edition: str, wanted: passports_query.Figure) -> bool:
    """Where a figure comes from, with its values in every release held."""
    rows = passports_query.readings(wanted, edition)
    printed = passports_query.printed(wanted)
    first, last = coverage_query.span(wanted.indicator, edition)
    if rows.is_empty() and printed.is_empty() and not first <= wanted.year <= last:
        return False
    title = passports_words.name(lang, wanted)
    with st.container(border=True):
        st.subheader(title, anchor=False)
        if rows.is_empty():
            st.markdown(lang.text("Not reported: the release that covers this year prints no figure."))
        for row in rows.iter_rows(named=True):
            _reading(lang, title, row)
        replies.of_figure(lang, (getattr(wanted, part) for part in passports_query.FIGURE_KEY))
        _releases(lang, title, passports_words.releases(lang, printed))
    return True


def cells(lang: Language, each: Chosen, indicator: str, edition: str, area: str) -> bool:
    """The figures of a state, year by year; `each` shows the passport of one."""
    rows = coverage_query.figures(indicator, area, edition)
    title = f"{terms.term(lang, 'indicator', indicator)}, {lang.country(area)}"
    sheet = tables.sheet(coverage_tables.cells(rows, lang))
    with st.container(border=True):
        st.subheader(title, anchor=False)
        each.table(sheet, title, f"of.{title}", rows)
    return not rows.is_empty()


def figures(lang: Language, each: Chosen, area: str, edition: str, indicator: str) -> bool:
    """The same where the mark is the indicator's."""
    return cells(lang, each, indicator, edition, area)


def changes(lang: Language, each: Chosen, indicator: str, masking: bool, mark: str) -> bool:
    """The changes of a state of one kind, `BRA.revised`; `each` shows the passport of one."""
    area, kind = mark.split(".")
    rows = coverage_revisions.rows(indicator, area, masking=masking).filter(pl.col("kind") == kind)
    if rows.is_empty():
        return False
    title = f"{terms.term(lang, 'indicator', indicator)}, {lang.country(area)}"
    title = lang.labelled(title, terms.in_sentence(terms.term(lang, "revision", kind)))
    with st.container(border=True):
        st.subheader(title, anchor=False)
        each.table(tables.sheet(coverage_tables.revisions_table(rows, lang)), title, f"of.{title}", rows)
    return True


def arrow(lang: Language, wanted: routes_query.Filter, mark: str) -> bool:
    """The records that an arrow sums, and where they stand; False if the filter does not allow it."""
    found = passports_query.by_mark(routes_query.arrows(wanted).every, mark)
    for row in found.iter_rows(named=True):
        rows = passports_query.records(store.tables().flows(wanted.edition), wanted, row)
        _records(lang, passports_words.arrow(lang, row), rows, _editions(lang, wanted, mark, row))
        replies.of_flow(lang, row["origin"], row["destination"], row["years"])
    return not found.is_empty()


def _editions(lang: Language, wanted: routes_query.Filter, mark: str, row: Mapping[str, Any]) -> pl.DataFrame:
    """An arrow of counted victims as of every release; reports have one release."""
    then = []
    for edition in choices.edition_ids() if wanted.evidence == "counted" else ():
        arrows = routes_query.arrows(replace(wanted, edition=edition, questioned=True)).every
        same = passports_query.by_mark(arrows.filter(questioned=row["questioned"]), mark)
        then.append((edition, next(same.iter_rows(named=True), None)))
    return passports_words.editions(lang, then)


def lost(lang: Language, wanted: routes_query.Filter, mark: str) -> bool:
    """The records whose labels no map can place, by the cell of one of them."""
    return _records(lang, "", routes_query.alike(wanted, mark))


def record(lang: Language, mark: str, edition: str = NEWEST) -> bool:
    """One record of a flow, by its cell."""
    return _records(lang, "", store.tables().flows(edition).filter(pl.col("locator") == mark).collect())


def listed(lang: Language, edition: str, mark: str) -> bool:
    """The victims whose citizenship a state lists in a year, and all that it detected: `BRA.2019`."""
    area, told = mark.split(".")
    rows = routes_query.listed(area, int(told), edition)
    title = ", ".join([lang.text("Victims with a listed citizenship"), lang.country(area), told])
    some = _records(lang, title, rows)
    return of_indicator(lang, "detected_victims", edition, mark) or some


def role(lang: Language, years: tuple[int, int], mark: str) -> bool:
    """What the reports of a source say of a role of a state, the latest that states it first: `CRI.transit.hti`."""
    rows = passports_query.statements(mark)
    stated = rows.filter(pl.col("stated") == "yes", pl.col("year").is_between(*years))
    for row in stated.head(1).iter_rows(named=True):
        title = passports_words.role(lang, row)
        with st.container(border=True):
            st.subheader(title, anchor=False)
            told = passports_words.statement(lang, row)
            treated(lang, lang.text("Statement"), told, passports_words.coded(lang, row))
            sources(lang, title, told, list(passports_query.cells(row)))
            label = lang.text("The same role in every report held")
            _titled(title, label, passports_words.statements(lang, rows))
    return not stated.is_empty()


def _records(lang: Language, title: str, rows: pl.DataFrame, then: pl.DataFrame | None = None) -> bool:
    """The passport of a sum of records, or of one; `then` holds what it was in other releases."""
    if rows.is_empty():
        return False
    title = title or passports_words.labels(rows)
    told = passports_words.value(lang, passports_words.total(rows))
    with st.container(border=True):
        st.subheader(title, anchor=False)
        treated(lang, lang.text("Figure"), told, passports_words.added(lang, rows))
        _titled(title, lang.text("Records"), passports_words.records(lang, rows))
        sources(lang, title, told, list(chain.from_iterable(map(passports_query.cells, rows.iter_rows(named=True)))))
        if then is not None:
            _releases(lang, title, then)
    return True


def _reading(lang: Language, title: str, row: Mapping[str, Any]) -> None:
    told = passports_words.value(lang, row)
    treated(lang, lang.text("Figure"), told, passports_words.treatment(lang, row))
    sources(lang, title, told, list(passports_query.cells(row)))


def treated(lang: Language, name: str, told: str, done: str) -> None:
    """What is shown, and what was done between the printed cell and it."""
    blocks.pairs(lang, [(name, told), (lang.text("What was done to it"), done)])


def sources(lang: Language, title: str, told: str, cells: list[passports_query.Cell], *, quoted: bool = False) -> None:
    """The files of the cells that something rests on, and how to cite it; `quoted` words stay as they were written."""
    snapshot = store.snapshot()
    told = told if quoted else terms.in_sentence(told)
    # One file may hold many of the cells: each file is described once, by its first.
    files = {(cell.source, cell.file): cell for cell in reversed(cells)}
    for pairs in passports_words.sources(lang, snapshot.manifest, reversed(files.values())):
        blocks.pairs(lang, pairs)
    st.caption(lang.text("Citation, to copy"))
    cited = cells if len(cells) <= CITED else list(files.values())
    st.code(
        passports_words.citation(lang, snapshot.manifest, snapshot.id, title, told, cited),
        language=None,
        wrap_lines=True,
    )


def _releases(lang: Language, title: str, rows: pl.DataFrame) -> None:
    _titled(title, lang.text("The same figure in every release held"), rows)


def _titled(title: str, label: str, rows: pl.DataFrame) -> None:
    """A table of a passport; what it is called says of which passport it is."""
    if not rows.is_empty():
        st.caption(label)
        blocks.table(tables.sheet(rows), f"{title}. {label}", f"{label}.{title}")


def stock(lang: Language, mark: str) -> bool:
    """Where the figure of `BOL.ARG.2020` comes from; False where none is printed."""
    origin, destination, year = mark.split(".")
    rows = (
        store.tables().table("migrant_stock").filter(origin=origin, destination=destination, year=int(year)).collect()
    )
    for row in rows.iter_rows(named=True):
        ends = {lang.text("From"): origin, lang.text("Living in"): destination}
        title = ", ".join([*(lang.labelled(name, lang.country(area)) for name, area in ends.items()), year])
        with st.container(border=True):
            st.subheader(title, anchor=False)
            told = lang.number(row["persons"])
            treated(lang, lang.text("Persons"), told, lang.text("Nothing: as printed."))
            sources(lang, title, told, list(passports_query.cells(row)))
    return not rows.is_empty()
