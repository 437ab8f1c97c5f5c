"""Blocks shared by several pages: tables, folded sections, remarks, lists of facts, and links to states."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

import polars as pl
import pyarrow as pa
import streamlit as st

from dashboard.shell import layout
from dashboard.words import tables
from data.i18n import Language

STATE_WIDTH = 320
ROW_HEIGHT = 35
MOST_ROWS = 12
# The height of a row whose words Streamlit wraps (more than 64 pixels), and how many are seen. On a phone: how many
# columns of names come before the figures, and the pixels of each of two, and of one alone.
HIGH_ROW = 66
HIGH_ROWS = 8
NAMES = 2
NAME_WIDTH = 110
ONE_NAME = 144
# This many rows are about a megabyte, and the browser sorts or searches them in less than half a second. Of a larger
# table it loads only the rows in view.
MOST_IN_BROWSER = 100_000


def table(sheet: tables.Sheet, alt: str, key: str, *, wrapped: bool = False) -> None:
    """Show rows whose headings are already in the reader's language; columns of figures are aligned right.

    Args:
        sheet: the rows; without rows nothing is shown.
        alt: what the table holds, for a reader who cannot see it.
        key: unique on the page.
        wrapped: whether long texts are wrapped, in high rows; on a phone they always are.
    """
    if sheet.rows.num_rows:
        look = _look(sheet) | (_high(sheet) if wrapped else {})
        st.dataframe(sheet.rows, **look, key=key, alt=alt)


def choice(
    lang: Language,
    sheet: tables.Sheet,
    alt: str,
    key: str,
    on_choice: Callable[[], None] | None = None,
    *,
    wrapped: bool = False,
) -> int | None:
    """Show a table in which the reader can select a row; returns the number of the selected row from 0, or None.

    A table of more than `MOST_IN_BROWSER` rows has no selection: Streamlit sends only the rows in view.

    Args:
        on_choice: called when the selection changes; None: no row can be selected.
        wrapped: as in `table`.
    """
    if not sheet.rows.num_rows:
        return None
    if sheet.rows.num_rows > MOST_IN_BROWSER:
        st.dataframe(in_parts(lang, sheet.rows), **_look(sheet), key=f"{key}.many", alt=alt, lazy=True)
        return None
    if on_choice is None:
        table(sheet, alt, key, wrapped=wrapped)
        return None
    look = _look(sheet) | (_high(sheet) if wrapped else {})
    event = st.dataframe(sheet.rows, **look, key=key, alt=alt, on_select=on_choice, selection_mode="single-row")
    return next(iter(event.selection.rows), None)


def in_parts(lang: Language, rows: pa.Table) -> pl.LazyFrame:
    """The rows for Streamlit to send in parts: sorting a column follows the alphabet of the language."""
    frame = pl.DataFrame(rows).cast(pl.String)
    order = {name: lang.alphabetical(frame[name].drop_nulls().unique(), str) for name in frame.columns}
    return frame.with_columns(pl.col(name).cast(pl.Enum(words)) for name, words in order.items()).lazy()


def narrowed(
    lang: Language, sheet: tables.Sheet, rows: pl.DataFrame, key: str, *, searched: bool
) -> tuple[tables.Sheet, pl.DataFrame]:
    """A search field over a table; returns the matching rows (all without a text), as shown and as data.

    Args:
        searched: whether to show the search field; a table too large for the browser always has one.
    """
    many = sheet.rows.num_rows > MOST_IN_BROWSER
    if not (many or searched):
        return sheet, rows
    with st.container(horizontal=True, vertical_alignment="bottom"):
        entry = st.text_input(lang.text("Search the table"), key=f"search.{key}", width=STATE_WIDTH)
        text = entry.strip()
        found = tables.holding(sheet.rows, text) if text else list(range(sheet.rows.num_rows))
        hint = lang.text("Search or filter to {most} rows or fewer to choose one.", most=lang.number(MOST_IN_BROWSER))
        st.caption(". ".join([lang.plural("{n} row", "{n} rows", len(found)), *[hint][:many]]))
    if not text:
        return sheet, rows
    return replace(sheet, rows=sheet.rows.take(pa.array(found, pa.int64()))), rows[found]


def _look(sheet: tables.Sheet) -> dict[str, Any]:
    wide = {heading: _wide(heading, width) for heading, width in sheet.widths.items()}
    look = {
        "column_config": wide | {heading: _right(heading) for heading in sheet.figures},
        "hide_index": True,
        "height": ROW_HEIGHT * (min(sheet.rows.num_rows, MOST_ROWS) + 1) + 2,
    }
    return _narrow(sheet, look) if layout.medium().narrow else look


def _narrow(sheet: tables.Sheet, look: dict[str, Any]) -> dict[str, Any]:
    """The look of a table on a phone: its figures stand beside the names, which are wrapped in narrow columns."""
    headings = sheet.rows.column_names
    figure = next((at for at, heading in enumerate(headings) if heading in sheet.figures), 1)
    names = headings[: min(figure, NAMES)]
    order = [*names, *sheet.figures[:1], *(one for one in headings if one not in {*names, *sheet.figures[:1]})]
    wide = ONE_NAME if len(names) == 1 else NAME_WIDTH
    narrow = {heading: _wide(heading, wide) for heading in names}
    columns = {**look["column_config"], **narrow}
    return look | {"column_config": columns, "column_order": order} | _high(sheet)


def _high(sheet: tables.Sheet) -> dict[str, int]:
    """Rows in which words are wrapped."""
    return {"row_height": HIGH_ROW, "height": HIGH_ROW * min(sheet.rows.num_rows, HIGH_ROWS) + ROW_HEIGHT + 2}


@cache
def _right(heading: str) -> Any:  # noqa: ANN401 - Streamlit's own type is not public
    return st.column_config.TextColumn(heading, alignment="right")


@cache
def _wide(heading: str, width: int) -> Any:  # noqa: ANN401 - Streamlit's own type is not public
    return st.column_config.TextColumn(heading, width=width)


@contextmanager
def folded(label: str, key: str) -> Iterator[bool]:
    """A section that opens on click; yields whether it is open, so that callers build its content only then."""
    part = st.expander(label, key=f"folded.{key}", on_change="rerun")
    with part:
        yield bool(part.open)


def remarks(sentences: Iterable[str]) -> None:
    """Show a list of remarks on a figure."""
    lines = [f"- {layout.plain(sentence, 600)}" for sentence in sentences]
    if lines:
        st.markdown("\n".join(lines))


def facts(lang: Language, rows: Sequence[tuple[str, str]], address: str, label: str) -> None:
    """Show facts about a source (label and text), and a link to its publisher."""
    st.markdown(f"{_listed(lang, rows)}\n\n[{label}]({address})")


def pairs(lang: Language, rows: Sequence[tuple[str, str]]) -> None:
    """Show a list of labels, each with its text."""
    st.markdown(_listed(lang, rows))


def _listed(lang: Language, rows: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"- {lang.labeled(f'**{name}**', layout.plain(text, len(text)))}" for name, text in rows)
