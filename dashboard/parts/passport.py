"""Shows passports, which say where something comes from: a figure, the figures of a state, an arrow, a role.

Each public function with a `mark` (the id in the address, always the last argument) shows the passport and returns
whether it exists.
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
from dashboard.parts.selected_row import SelectedRow
from dashboard.shell import blocks
from dashboard.subjects import shared
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.coverage import revisions as coverage_revisions
from dashboard.subjects.coverage import tables as coverage_tables
from dashboard.subjects.pair import query as pair_query
from dashboard.subjects.pair import tables as pair_tables
from dashboard.subjects.passports import query as passports_query
from dashboard.subjects.passports import words as passports_words
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.sources import query as sources_query
from dashboard.subjects.states import query as states_query
from dashboard.words import served, tables, terms
from data.i18n import Language

# The most cells in a citation. An arrow may have hundreds; its table lists them all.
CITED = 5


def of_region(lang: Language, code: str, year: int | None, edition: str, area: str) -> bool:
    """The figure of a state on page "Region": of a year, or the latest one."""
    shown_year = year or states_query.latest_year(code, area, edition)
    return shown_year is not None and figure(lang, edition, passports_query.Figure(code, area, shown_year))


def of_state(lang: Language, area: str, edition: str, mark: str) -> bool:
    """A figure of a state; a mark such as `detected_victims.2019`."""
    indicator, _, rest = mark.partition(".")
    return figure(lang, edition, passports_query.figure(indicator, area, rest))


def of_indicator(lang: Language, indicator: str, edition: str, mark: str) -> bool:
    """A figure of an indicator; a mark such as `BRA.2019`."""
    area, _, rest = mark.partition(".")
    return figure(lang, edition, passports_query.figure(indicator, area, rest))


def of_any(lang: Language, edition: str, mark: str) -> bool:
    """A figure of any state and indicator; a mark such as `BRA.detected_victims.2019`."""
    area, indicator, rest = mark.split(".", 2)
    return figure(lang, edition, passports_query.figure(indicator, area, rest))


def in_both(lang: Language, mark: str) -> bool:
    """The figures of the SDG database and of UNODC's workbook with the same mark."""
    sdg, unodc = (of_indicator(lang, code, NEWEST, mark) for code in (sources_query.HERE, sources_query.THERE))
    return sdg or unodc


def figure(lang: Language, edition: str, key: passports_query.Figure) -> bool:
    """The passport of a figure, with its values in every release."""
    rows = passports_query.readings(key, edition)
    printed = passports_query.printed(key)
    first, last = coverage_query.span(key.indicator, edition)
    if rows.is_empty() and printed.is_empty() and not first <= key.year <= last:
        return False
    title = passports_words.name(lang, key)
    with st.container(border=True):
        st.subheader(title, anchor=False)
        if rows.is_empty():
            st.markdown(lang.text("No figure: the release for this year has none."))
        for row in rows.iter_rows(named=True):
            _reading(lang, title, row)
        replies.of_figure(lang, (getattr(key, part) for part in passports_query.FIGURE_KEY))
        _releases(lang, title, passports_words.releases(lang, printed))
    return True


def cells(lang: Language, row_table: SelectedRow, indicator: str, edition: str, area: str) -> bool:
    """The table of a state's figures by year; `row_table` shows the passport of a selected one."""
    rows = coverage_query.figures(indicator, area, edition)
    title = f"{terms.term(lang, 'indicator', indicator)}, {lang.country(area)}"
    sheet = tables.sheet(coverage_tables.cells(rows, lang))
    with st.container(border=True):
        st.subheader(title, anchor=False)
        row_table.table(sheet, title, f"of.{title}", rows)
    return not rows.is_empty()


def figures(lang: Language, row_table: SelectedRow, area: str, edition: str, indicator: str) -> bool:
    """Like `cells`, with the indicator as the mark."""
    return cells(lang, row_table, indicator, edition, area)


def changes(lang: Language, row_table: SelectedRow, indicator: str, masking: bool, mark: str) -> bool:
    """The revisions of one kind for a state (`BRA.revised`); `row_table` shows the passport of a selected one."""
    area, kind = mark.split(".")
    rows = coverage_revisions.rows(indicator, area, masking=masking).filter(pl.col("kind") == kind)
    if rows.is_empty():
        return False
    title = f"{terms.term(lang, 'indicator', indicator)}, {lang.country(area)}"
    title = lang.labelled(title, terms.in_sentence(terms.term(lang, "revision", kind)))
    with st.container(border=True):
        st.subheader(title, anchor=False)
        row_table.table(tables.sheet(coverage_tables.revisions_table(rows, lang)), title, f"of.{title}", rows)
    return True


def arrow(lang: Language, selection: routes_query.Filter, mark: str) -> bool:
    """The records that an arrow adds up and their cells; False if the filter excludes the arrow."""
    arrows = passports_query.by_mark(routes_query.arrows(selection).choice, mark)
    for row in arrows.iter_rows(named=True):
        rows = passports_query.records(store.tables().flows(selection.edition), selection, row)
        lacking = routes_words.left_out(lang, row)
        _records(lang, passports_words.arrow(lang, row), rows, _editions(lang, selection, mark, row), lacking)
        replies.of_flow(lang, row["origin"], row["destination"], row["years"])
    return not arrows.is_empty()


def _editions(lang: Language, selection: routes_query.Filter, mark: str, row: Mapping[str, Any]) -> pl.DataFrame:
    """An arrow of counted victims as of every release; empty for reports, which have one release."""
    by_edition = []
    for edition in shared.edition_ids() if selection.evidence == "counted" else ():
        arrows = routes_query.arrows(replace(selection, edition=edition, questioned=True)).every
        matches = passports_query.by_mark(arrows.filter(questioned=row["questioned"]), mark)
        by_edition.append((edition, next(matches.iter_rows(named=True), None)))
    return passports_words.editions(lang, by_edition)


def lost(lang: Language, selection: routes_query.Filter, mark: str) -> bool:
    """The records with the same labels, which no map can place, by the cell of one of them."""
    return _records(lang, "", routes_query.alike(selection, mark))


def record(lang: Language, mark: str, edition: str = NEWEST) -> bool:
    """One record of a flow, by its cell."""
    return _records(lang, "", store.tables().flows(edition).filter(pl.col("locator") == mark).collect())


def listed(lang: Language, edition: str, mark: str) -> bool:
    """The victims with a listed citizenship of a state and year (`BRA.2019`), and all detected victims."""
    area, year = mark.split(".")
    rows = routes_query.listed(area, int(year), edition)
    title = ", ".join([lang.text("Victims whose citizenship UNODC lists"), lang.country(area), year])
    found = _records(lang, title, rows)
    return of_indicator(lang, "detected_victims", edition, mark) or found


def role(lang: Language, years: tuple[int, int], mark: str) -> bool:
    """The newest report that states or denies a role of a state (`CRI.transit.hti`), and all reports."""
    every = passports_query.statements(mark)
    area, name, _ = mark.split(".")
    decides = routes_query.roles((area,), *years).filter(pl.lit(not every.is_empty()) & (pl.col("role") == name))
    for row in decides.iter_rows(named=True):
        title = passports_words.role(lang, row)
        with st.container(border=True):
            st.subheader(title, anchor=False)
            words = passports_words.statement(lang, row)
            treatment(lang, lang.text("Statement"), words, passports_words.coded(lang, row))
            sources(lang, title, words, list(passports_query.cells(row)))
            label = lang.text("This role in each report")
            _table(title, label, passports_words.statements(lang, every))
    return not decides.is_empty()


def _records(
    lang: Language, title: str, rows: pl.DataFrame, editions: pl.DataFrame | None = None, lacking: str = ""
) -> bool:
    """The passport of a record or a sum of records.

    Args:
        editions: its values in other releases.
        lacking: what the sum lacks because it is questioned, in words.
    """
    if rows.is_empty():
        return False
    title = title or passports_words.labels(lang, rows)
    total = passports_words.value(lang, passports_words.total(rows))
    with st.container(border=True):
        st.subheader(title, anchor=False)
        how = [passports_words.added(lang, rows), *([f"{lacking}."] if lacking else [])]
        treatment(lang, lang.text("Figure"), total, " ".join(how))
        blocks.remarks(served.lines(lang, served.served(rows)))
        _table(title, lang.text("Records"), passports_words.records(lang, rows))
        sources(lang, title, total, list(chain.from_iterable(map(passports_query.cells, rows.iter_rows(named=True)))))
        if editions is not None:
            _releases(lang, title, editions)
    return True


def _reading(lang: Language, title: str, row: Mapping[str, Any]) -> None:
    value = passports_words.value(lang, row)
    treatment(
        lang, lang.text("Figure"), value, passports_words.treatment(lang, row), passports_words.counted(lang, row)
    )
    sources(lang, title, value, list(passports_query.cells(row)))


def treatment(lang: Language, name: str, words: str, how: str, more: passports_words.Pairs | None = None) -> None:
    """The value shown, how it was derived from the printed cell, and what else is to be said of it."""
    blocks.pairs(lang, [(name, words), (lang.text("How we processed it"), how), *(more or [])])


def sources(lang: Language, title: str, words: str, cells: list[passports_query.Cell], *, quoted: bool = False) -> None:
    """The files of the cells, and a citation with `words` as the value; `quoted` leaves them unchanged."""
    snapshot = store.snapshot()
    words = words if quoted else terms.in_sentence(words)
    # Several cells may be in one file: describe each file once, by its first cell.
    files = {(cell.source, cell.file): cell for cell in reversed(cells)}
    for pairs in passports_words.sources(lang, snapshot.manifest, reversed(files.values())):
        blocks.pairs(lang, pairs)
    st.caption(lang.text("Citation, to copy"))
    cited = cells if len(cells) <= CITED else list(files.values())
    st.code(
        passports_words.citation(lang, snapshot.manifest, snapshot.id, title, words, cited),
        language=None,
        wrap_lines=True,
    )


def _releases(lang: Language, title: str, rows: pl.DataFrame) -> None:
    _table(title, lang.text("This figure in each release"), rows)


def _table(title: str, label: str, rows: pl.DataFrame) -> None:
    """A table of a passport; its alternative text includes the title of the passport."""
    if not rows.is_empty():
        st.caption(label)
        blocks.table(tables.sheet(rows), f"{title}. {label}", f"{label}.{title}")


def stock(lang: Language, mark: str) -> bool:
    """The figure of migrants with a mark such as `BOL.ARG.2020`; False if there is none."""
    origin, destination, year = mark.split(".")
    rows, earlier = pair_query.stock(origin, destination, int(year))
    for row in rows.iter_rows(named=True):
        ends = {lang.text("From"): origin, lang.text("Living in"): destination}
        title = ", ".join([*(lang.labelled(name, lang.country(area)) for name, area in ends.items()), year])
        with st.container(border=True):
            st.subheader(title, anchor=False)
            persons = lang.number(row["persons"])
            treatment(lang, lang.text("Persons"), persons, lang.text("Unchanged from source."))
            sources(lang, title, persons, list(passports_query.cells(row)))
            if not earlier.is_empty():
                _releases(lang, title, pair_tables.stocks(pl.concat([rows, earlier]), lang))
    return not rows.is_empty()
