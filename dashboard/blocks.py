"""Blocks of several pages: a translated table, a folded part, remarks, facts of a source, a way to every state."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

import streamlit as st

from dashboard import answers, choices, filters, layout, tables
from dashboard.describe import editions
from dashboard.i18n import Language

STATE, STATE_WIDTH = "open.state", 320
ROW_HEIGHT, MOST_ROWS = 35, 12


def table(sheet: tables.Sheet, alt: str, key: str) -> None:
    """Show rows whose headings are already in the reader's language; columns of figures stand to the right.

    Args:
        sheet: the rows; none leave no trace.
        alt: what the table holds, for a reader who cannot see it.
        key: unique on the page.
    """
    if sheet.rows.num_rows:
        st.dataframe(sheet.rows, **_look(sheet), key=key, alt=alt)


def choice(sheet: tables.Sheet, alt: str, key: str) -> int | None:
    """The same table, of which the reader can choose a row: its number from 0, or None."""
    if not sheet.rows.num_rows:
        return None
    event = st.dataframe(sheet.rows, **_look(sheet), key=key, alt=alt, on_select="rerun", selection_mode="single-row")
    return next(iter(event.selection.rows), None)


def _look(sheet: tables.Sheet) -> dict[str, Any]:
    return {
        "column_config": {heading: _right(heading) for heading in sheet.figures},
        "hide_index": True,
        "height": ROW_HEIGHT * (min(sheet.rows.num_rows, MOST_ROWS) + 1) + 2,
    }


@cache
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


def edition(lang: Language, chosen: str) -> None:
    """A visible word where figures are seen as of an earlier release."""
    for sentence in editions.remark(lang, chosen):
        st.info(sentence)


def facts(lang: Language, told: Sequence[tuple[str, str]], address: str, label: str) -> None:
    """What a source is, and the way to its publisher."""
    pairs(lang, told)
    st.markdown(f"[{label}]({address})")


def pairs(lang: Language, told: Sequence[tuple[str, str]]) -> None:
    """A list of labels, each with what it says."""
    st.markdown("\n".join(f"- {lang.labelled(f'**{name}**', layout.plain(text, 400))}" for name, text in told))


def open_state(lang: Language, mark: str) -> None:
    """Go to the page of the state that a mark stands for."""
    layout.go(lang, "country", area=mark.partition(".")[0])


def open_arrow(lang: Language, mark: str) -> None:
    """Ask for the records behind an arrow, or go to the page of the state that was pointed at."""
    opens, _, arrow = mark.partition(".")
    if arrow:
        filters.put(choices.ARROW, arrow)
    else:
        open_state(lang, opens)


def open_figure(lang: Language, code: str, year: int | None, seen_as: str, mark: str) -> None:
    """Go to the page of a state, with the passport of the figure that was pointed at.

    Args:
        year: None for the mark's own, or else the state's latest.
        mark: a state, or a state and a year (`BRA.2019`).
    """
    area, _, told = mark.partition(".")
    asked = f"{code}.{year or told or answers.latest_year(code, area, seen_as)}"
    figure = {choices.FIGURE.name: asked} if choices.FIGURE.allows(asked) else {}
    layout.go(lang, "country", area=area, **figure, **{choices.EDITION.name: seen_as})


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
