"""Blocks of several pages: a translated table, a folded part, remarks, facts of a source, a way to every state."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from typing import Any

import polars as pl
import pyarrow as pa
import streamlit as st

from dashboard import store
from dashboard.shell import choices, filters, layout
from dashboard.shell.filter_types import Form
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.passports.query import marks
from dashboard.subjects.states import query as states_query
from dashboard.words import data_version, tables
from data.i18n import Language

STATE, STATE_WIDTH = "open.state", 320
ROW_HEIGHT, MOST_ROWS = 35, 12
# The browser takes so many rows in about a megabyte and sorts or searches them in less than half a second; of more it
# gets those that are looked at.
MOST_HELD = 100_000


def table(sheet: tables.Sheet, alt: str, key: str) -> None:
    """Show rows whose headings are already in the reader's language; columns of figures stand to the right.

    Args:
        sheet: the rows; none leave no trace.
        alt: what the table holds, for a reader who cannot see it.
        key: unique on the page.
    """
    if sheet.rows.num_rows:
        st.dataframe(sheet.rows, **_look(sheet), key=key, alt=alt)


def choice(lang: Language, sheet: tables.Sheet, alt: str, key: str, on_choice: Callable[[], None]) -> int | None:
    """The same table, of which the reader can choose a row: its number from 0, or None; `on_choice` hears of it.

    Of a table of more than `MOST_HELD` rows none can be chosen: Streamlit sends its rows as they are looked at.
    """
    if not sheet.rows.num_rows:
        return None
    if sheet.rows.num_rows > MOST_HELD:
        st.dataframe(in_parts(lang, sheet.rows), **_look(sheet), key=f"{key}.many", alt=alt, lazy=True)
        return None
    event = st.dataframe(sheet.rows, **_look(sheet), key=key, alt=alt, on_select=on_choice, selection_mode="single-row")
    return next(iter(event.selection.rows), None)


def in_parts(lang: Language, rows: pa.Table) -> pl.LazyFrame:
    """The same rows as Streamlit sends and sorts them: each word has its place in the alphabet of the language."""
    frame = pl.DataFrame(rows).cast(pl.String)
    order = {name: lang.alphabetical(frame[name].drop_nulls().unique(), str) for name in frame.columns}
    return frame.with_columns(pl.col(name).cast(pl.Enum(words)) for name, words in order.items()).lazy()


def narrowed(
    lang: Language, sheet: tables.Sheet, rows: pl.DataFrame, key: str, *, searched: bool
) -> tuple[tables.Sheet, pl.DataFrame]:
    """A table and what it was made of, or those of its rows that hold a text.

    Args:
        searched: whether the reader is asked for a text; of a table too large for the browser that always holds.
    """
    many = sheet.rows.num_rows > MOST_HELD
    if not (many or searched):
        return sheet, rows
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = st.text_input(lang.text("Search in the table"), key=f"search.{key}", width=STATE_WIDTH)
        wanted = asked.strip()
        found = tables.holding(sheet.rows, wanted) if wanted else list(range(sheet.rows.num_rows))
        hint = lang.text("Search or filter to {most} rows or fewer to choose one.", most=lang.number(MOST_HELD))
        st.caption(". ".join([lang.plural("{n} row", "{n} rows", len(found)), *[hint][:many]]))
    if not wanted:
        return sheet, rows
    return replace(sheet, rows=sheet.rows.take(pa.array(found, pa.int64()))), rows[found]


def still(sheet: tables.Sheet, alt: str) -> None:
    """A short table whose cells are wrapped, so that all its columns stand on a phone."""
    st.table(sheet.rows, hide_index=True, alt=alt)


def _look(sheet: tables.Sheet) -> dict[str, Any]:
    wide = {heading: _wide(heading, width) for heading, width in sheet.widths.items()}
    return {
        "column_config": wide | {heading: _right(heading) for heading in sheet.figures},
        "hide_index": True,
        "height": ROW_HEIGHT * (min(sheet.rows.num_rows, MOST_ROWS) + 1) + 2,
    }


@cache
def _right(heading: str) -> Any:  # noqa: ANN401 - Streamlit's own type is not public
    return st.column_config.TextColumn(heading, alignment="right")


@cache
def _wide(heading: str, width: int) -> Any:  # noqa: ANN401 - Streamlit's own type is not public
    return st.column_config.TextColumn(heading, width=width)


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
    for sentence in data_version.remark(lang, chosen):
        st.info(sentence)


def facts(lang: Language, told: Sequence[tuple[str, str]], address: str, label: str) -> None:
    """What a source is, and the way to its publisher."""
    st.markdown(f"{_listed(lang, told)}\n\n[{label}]({address})")


def pairs(lang: Language, told: Sequence[tuple[str, str]]) -> None:
    """A list of labels, each with what it says."""
    st.markdown(_listed(lang, told))


def _listed(lang: Language, told: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"- {lang.labelled(f'**{name}**', layout.plain(text, 400))}" for name, text in told)


def open_state(lang: Language, mark: str) -> None:
    """Go to the page of the state that a mark stands for."""
    layout.go(lang, "country", area=mark.partition(".")[0])


def open_arrow(lang: Language, spec: Form, mark: str) -> None:
    """Ask for the records behind an arrow, or go to the page of the state that was pointed at."""
    opens, _, arrow = mark.partition(".")
    if arrow:
        filters.put(spec, arrow)
    else:
        open_state(lang, opens)


def open_acts(treaty: str, mark: str) -> None:
    """Open the passports of what a state that was pointed at did about a treaty."""
    filters.put(choices.ACT, f"{mark}.{treaty}")


def open_figure(lang: Language, code: str, year: int | None, seen_as: str, mark: str) -> None:
    """Go to the page of a state, with the passport of the figure that was pointed at.

    Args:
        year: None for the mark's own, or else the state's latest.
        mark: a state, or a state and a year (`BRA.2019`).
    """
    area, _, told = mark.partition(".")
    asked = f"{code}.{year or told or states_query.latest_year(code, area, seen_as)}"
    figure = {choices.FIGURE.name: asked} if choices.FIGURE.allows(asked) else {}
    layout.go(lang, "country", area=area, **figure, **{choices.EDITION.name: seen_as})


def open_figures(lang: Language, indicator: str, seen_as: str, mark: str) -> None:
    """Go to the page of a state, with its figures of an indicator or the passport of that of a year (`BRA.2019`)."""
    area, _, year = mark.partition(".")
    rows = coverage_query.figures(indicator, area, seen_as).filter(pl.col("year").cast(pl.String) == year)
    named = marks(rows, choices.FIGURE.columns)
    spec, told = (choices.FIGURE, named[0]) if named else (choices.FIGURES, indicator)
    layout.go(lang, "country", area=area, **{spec.name: told, choices.EDITION.name: seen_as})


def states(lang: Language) -> None:
    """A way to the page of every state, in alphabetical order, so that the map is not the only one."""
    label = lang.text("Open a state")
    options = lang.sorted_countries(store.areas())
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
