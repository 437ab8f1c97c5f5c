"""Blocks of several pages: a translated table, a map of routes, remarks, facts of a source, links to every state."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import polars as pl
import streamlit as st

from dashboard import asof, choices, frame, layout, store
from dashboard.describe import routes as describe
from dashboard.figures.routes_map import routes_map
from dashboard.i18n import Language
from dashboard.query import routes

STATE_COLUMNS = 5
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


def heading(title: str, *, narrow: bool) -> str:
    """The title a map is to carry itself: on a phone it stands above the map, where it may take two lines."""
    if narrow:
        st.markdown(f"**{layout.plain(title, 200)}**")
    return "" if narrow else title


def remarks(sentences: Iterable[str]) -> None:
    """A short list of what a figure does not show."""
    lines = [f"- {layout.plain(sentence, 400)}" for sentence in sentences]
    if lines:
        st.markdown("\n".join(lines))


def route_map(
    lang: Language,
    wanted: routes.Filter,
    held: tuple[routes.Arrows, pl.DataFrame, pl.DataFrame],
    key: str,
    area: str | None = None,
    on_pick: Callable[[str], None] | None = None,
) -> str:
    """Draw what a filter asks for, with what must be said beside it; returns the description.

    Args:
        held: the arrows, roles and coverage that the snapshot holds for the filter.
        key: unique on the page.
        area: the state that the title is to name.
    """
    arrows, roles, covered = held
    view, told = frame.view(), describe.arrows(arrows, lang, wanted)
    spec = routes_map(
        arrows.shown,
        roles,
        store.basemap(),
        lang,
        evidence=wanted.evidence,
        points=store.points(),
        title=heading(describe.heading(arrows, lang, wanted, area), narrow=view.narrow),
        notes=[describe.years(lang), asof.short(lang, store.snapshot())],
        palette=view.palette,
        narrow=view.narrow,
        size=view.size,
    )
    layout.figure(spec, told, key, on_pick)
    remarks(describe.remarks(arrows, covered, lang, wanted))
    return told


def facts(lang: Language, pairs: Sequence[tuple[str, str]], address: str, label: str) -> None:
    """What a source is, and the way to its publisher."""
    st.markdown("\n".join(f"- {lang.labelled(f'**{name}**', layout.plain(text, 400))}" for name, text in pairs))
    st.markdown(f"[{label}]({address})")


def open_state(lang: Language, area: str) -> None:
    """Go to the page of a state."""
    layout.go(lang, "country", area=area)


def states(lang: Language) -> None:
    """A link to the page of every state, in alphabetical order, so that the map is not the only way there."""
    with st.expander(lang.text("Open a state")):
        columns = st.columns(STATE_COLUMNS)
        for place, area in enumerate(lang.sorted_countries(choices.areas())):
            with columns[place % STATE_COLUMNS]:
                layout.link(lang, "country", lang.country(area), area=area)
