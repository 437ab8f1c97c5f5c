"""Blocks of several pages: a translated table, a folded part, remarks, facts of a source, a way to every state."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from dashboard import choices, filters, layout
from dashboard.i18n import Language

STATE, STATE_WIDTH = "open.state", 320
NUMBER, YEARS = re.compile(r"[\d.,–\s]+"), re.compile(r"–|\d{4}(?:[–,] ?\d{4})*")
# A column is of one kind from its first row to its last; hundreds of rows need no second look.
LOOKED_AT = 40


def table(frame: pl.DataFrame, alt: str, key: str) -> None:
    """Show rows whose headings are already in the reader's language; columns of figures stand to the right."""
    if frame.height:
        columns = {name: _right(name) if _figures(frame[name]) else name for name in frame.columns}
        layout.table(frame, columns, alt, key)


def _figures(cells: pl.Series) -> bool:
    """Whether a column holds numbers, intervals and signs for none, as a language writes them; years are no figures.

    A figure of four digits has a sign for the thousands in each of the four languages, so a bare one is a year.
    """
    told = cells.head(LOOKED_AT).to_list()
    return all(map(NUMBER.fullmatch, told)) and not all(map(YEARS.fullmatch, told))


def _right(heading: str) -> Any:  # noqa: ANN401 - Streamlit's own type is not public
    return st.column_config.TextColumn(heading, alignment="right")


@contextmanager
def folded(label: str, key: str) -> Iterator[bool]:
    """A part of the page that is folded away; whether it is open, so that what is not seen is not made."""
    part = st.expander(label, key=f"folded.{key}", on_change="rerun")
    with part:
        yield bool(part.open)


def remarks(sentences: Iterable[str]) -> None:
    """A short list of what a figure does not show."""
    lines = [f"- {layout.plain(sentence, 400)}" for sentence in sentences]
    if lines:
        st.markdown("\n".join(lines))


def facts(lang: Language, pairs: Sequence[tuple[str, str]], address: str, label: str) -> None:
    """What a source is, and the way to its publisher."""
    st.markdown("\n".join(f"- {lang.labelled(f'**{name}**', layout.plain(text, 400))}" for name, text in pairs))
    st.markdown(f"[{label}]({address})")


def open_state(lang: Language, area: str) -> None:
    """Go to the page of a state."""
    layout.go(lang, "country", area=area)


def states(lang: Language) -> None:
    """A way to the page of every state, in alphabetical order, so that the map is not the only one."""
    label = lang.text("Open a state")
    options = lang.sorted_countries(choices.areas())
    st.selectbox(
        label,
        options,
        index=None,
        placeholder=label,
        format_func=lang.country,
        key=STATE,
        on_change=partial(_open_chosen, lang),
        label_visibility="collapsed",
        width=STATE_WIDTH,
    )


def _open_chosen(lang: Language) -> None:
    if area := filters.take(STATE):
        open_state(lang, area)
