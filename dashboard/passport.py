"""The passport of a figure on the screen, under the table or map from which it was asked."""

from collections.abc import Mapping
from functools import partial
from itertools import chain
from typing import Any

import polars as pl
import streamlit as st

from dashboard import answers, blocks, choices, filters, store, tables
from dashboard.describe import passport as describe
from dashboard.i18n import Language
from dashboard.query import passport, routes

# An arrow may rest on hundreds of cells; the table beside names them all.
CITED = 5


def hint(lang: Language) -> None:
    """How to ask for a passport."""
    st.caption(lang.text("Choose a row to see where its figure comes from."))


def asked_figure(lang: Language, area: str, edition: str) -> None:
    """The passport of the figure that the address names, and a way to close it."""
    if told := filters.value(choices.FIGURE):
        indicator, _, year = told.rpartition(".")
        figure(lang, passport.Figure(indicator, area, int(year)), edition)
        st.button(lang.text("Close"), on_click=partial(filters.put, choices.FIGURE, choices.NO_FIGURE))


def asked_arrow(lang: Language, wanted: routes.Filter) -> None:
    """The records of the arrow that the address names, if the filters still show it, and a way to close them."""
    shown = passport.named(answers.arrows(wanted).every, filters.value(choices.ARROW))
    for row in shown.iter_rows(named=True):
        arrow(lang, wanted, row)
    if not shown.is_empty():
        st.button(lang.text("Close"), on_click=partial(filters.put, choices.ARROW, choices.ARROW.default))


def figure(lang: Language, wanted: passport.Figure, edition: str) -> None:
    """Where a figure comes from, with its values in every release held."""
    rows = passport.readings(store.observations(edition), wanted)
    printed = passport.readings(store.table("vintages"), wanted)
    title = describe.name(lang, wanted)
    with st.container(border=True):
        st.subheader(title, anchor=False)
        if rows.is_empty():
            st.markdown(lang.text("Not reported: the release that covers this year prints no figure."))
        for row in rows.iter_rows(named=True):
            _reading(lang, title, row)
        if not printed.is_empty():
            label = lang.text("The same figure in every release held")
            blocks.table(tables.sheet(describe.releases(lang, printed)), label, f"releases.{title}")


def arrow(lang: Language, wanted: routes.Filter, row: Mapping[str, Any]) -> None:
    """Which records an arrow sums, and where they stand."""
    rows = passport.records(store.flows(wanted.edition), wanted, row)
    title = f"{lang.country(row['origin'])} → {lang.country(row['destination'])}, {tables.runs(row['years'])}"
    with st.container(border=True):
        st.subheader(title, anchor=False)
        blocks.table(tables.sheet(describe.records(lang, rows)), title, f"records.{title}")
        cells = list(chain.from_iterable(passport.cells(told) for told in rows.iter_rows(named=True)))
        _sources(lang, title, lang.interval(row["low"], row["high"]), cells)


def _reading(lang: Language, title: str, row: Mapping[str, Any]) -> None:
    told = describe.value(lang, row)
    blocks.pairs(lang, [(lang.text("Figure"), told), (lang.text("What was done to it"), describe.treatment(lang, row))])
    _sources(lang, title, told, list(passport.cells(row)))


def _sources(lang: Language, title: str, told: str, cells: list[passport.Cell]) -> None:
    snapshot = store.snapshot()
    # One file may hold many of the cells: each file is described once, by its first.
    files = {(cell.source, cell.file): cell for cell in reversed(cells)}
    for pairs in describe.sources(lang, snapshot.manifest, reversed(files.values())):
        blocks.pairs(lang, pairs)
    st.caption(lang.text("Citation, to copy"))
    cited = cells if len(cells) <= CITED else list(files.values())
    st.code(describe.citation(lang, snapshot.manifest, snapshot.id, title, told, cited), language=None, wrap_lines=True)


def picked(frame: pl.DataFrame, chosen: int | None) -> dict[str, Any] | None:
    """The row of a frame that stands where the reader chose one in the table made of it."""
    return None if chosen is None or chosen >= frame.height else frame.row(chosen, named=True)
