"""Shows passports on pages that are Streamlit scripts; `dashboard.subjects.passports.blocks` makes them.

Each function with a mark as its last argument (the id in the address) shows the passport and returns whether it exists.
"""

from collections.abc import Callable, Iterable
from typing import Concatenate, ParamSpec

import streamlit as st

from dashboard.forms.desk import page
from dashboard.parts.selected_row import SelectedRow
from dashboard.subjects.passports import blocks as passports
from dashboard.subjects.passports import query as passports_query
from dashboard.views.page import Block, Heading
from data.i18n import Language

P = ParamSpec("P")


def shown(make: Callable[Concatenate[Language, P], Iterable[Block]]) -> Callable[Concatenate[Language, P], bool]:
    """A function that shows the passports which `make` returns, each in a frame."""

    def show(lang: Language, /, *args: P.args, **kwargs: P.kwargs) -> bool:
        boxes: list[list[Block]] = []
        for block in make(lang, *args, **kwargs):
            if isinstance(block, Heading):
                boxes.append([])
            boxes[-1].append(block)
        for box in boxes:
            with st.container(border=True):
                page.blocks(lang, box)
        return bool(boxes)

    return show


of_region = shown(passports.of_region)
of_state = shown(passports.of_state)
of_any = shown(passports.of_any)
in_both = shown(passports.in_both)
figure = shown(passports.figure)
arrow = shown(passports.arrow)
lost = shown(passports.lost)
record = shown(passports.record)
listed = shown(passports.listed)
role = shown(passports.role)
stock = shown(passports.stock)


def cells(lang: Language, row_table: SelectedRow, indicator: str, edition: str, area: str) -> bool:
    """The table of a state's figures by year; `row_table` shows the passport of a selected one."""
    return _titled(row_table, passports.cells_of(lang, indicator, edition, area))


def figures(lang: Language, row_table: SelectedRow, area: str, edition: str, indicator: str) -> bool:
    """Like `cells`, with the indicator as the mark."""
    return cells(lang, row_table, indicator, edition, area)


def sources(lang: Language, title: str, words: str, cells: list[passports_query.Cell], *, quoted: bool = False) -> None:
    """The files of the cells, and a citation with `words` as the value; `quoted` leaves them unchanged."""
    page.blocks(lang, passports.sources(lang, title, words, cells, quoted=quoted))


def _titled(row_table: SelectedRow, one: passports.Titled) -> bool:
    if not one.rows.is_empty():
        with st.container(border=True):
            st.subheader(one.title, anchor=False)
            row_table.table(one.sheet, one.title, f"of.{one.title}", one.rows)
    return not one.rows.is_empty()
