"""Shows a figure as Streamlit's own chart, in its frame, with a slider for its years."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

import streamlit as st

from dashboard.charts.medium import EMBED, PHONE_MOST
from dashboard.shell import filters, layout
from dashboard.stage.drawn import drawn
from dashboard.stage.request import parse, query, shown
from dashboard.views.figure import Drawn
from dashboard.views.filters import Ranged, Span
from data.i18n import Language

# The reader zooms with the browser; Plotly's own bar is in English and fails on touch.
PLOTLY = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
# The longest line of a heading, in characters.
LONGEST = 400


def show(
    lang: Language,
    name: str,
    values: Mapping[str, Any],
    *,
    key: str,
    years: Ranged | Span | None = None,
    on_open: Callable[[str], None] | None = None,
    beside: int = 1,
) -> None:
    """Show a figure in its frame.

    Args:
        name: the figure's name.
        values: the values of its filters, by name.
        key: unique on the page.
        years: the filter of the year slider.
        on_open: called with the id of a clicked mark: a state's, or `opens.origin.destination.leg.transit`.
        beside: how many figures share the width of a wide screen.
    """
    if years is not None:
        filters.slider(years, lang.text(years.caption if isinstance(years, Span) else "Year"))
    view = layout.medium()
    # Beside another one a figure is drawn as on a tablet, whose letters have room in half of a screen.
    wide = view.width if view.narrow else max(view.width // beside, PHONE_MOST + 1)
    plate = drawn(parse(name, query(name, values, lang.code) | shown(view._replace(width=wide))))
    _framed(lang, plate, partial(chart, plate.spec, plate.alt, key, on_open))


def preview(
    lang: Language, name: str, values: Mapping[str, Any], *, key: str, on_open: Callable[[str], None] | None
) -> None:
    """Show a figure of another page, as on pages of other sites, with in the same frame.

    Args:
        name, values, key, on_open: as those of `show`.
    """
    medium = EMBED._replace(dark=layout.medium().dark)
    plate = drawn(parse(name, query(name, values, lang.code) | shown(medium)))
    _framed(lang, plate, partial(chart, plate.spec, plate.alt, key, on_open))


def _framed(lang: Language, plate: Drawn, draw: Callable[[], None]) -> None:
    """A figure in its frame: title and measure above it, its source below, all else in a part that opens."""
    above = (f"**{layout.plain(plate.title, LONGEST)}**", layout.plain(plate.measure, LONGEST))
    st.markdown("  \n".join(filter(None, above)))
    if not plate.blank:
        draw()
    elif plate.description:
        st.markdown(layout.plain(plate.description, len(plate.description)))
    for line in filter(None, [*plate.marks, plate.source]):
        st.caption(layout.plain(line, LONGEST))
    if more := [*dict.fromkeys(filter(None, [plate.description, *plate.more]))]:
        with st.expander(lang.text("About this figure")):
            st.markdown("\n\n".join(layout.plain(one, len(one)) for one in more))


def chart(spec: dict[str, Any], alt: str, key: str, on_pick: Callable[[str], None] | None = None) -> None:
    """Show a Plotly specification.

    Args:
        spec: the finished specification, `{"data": [...], "layout": {...}}`.
        alt: its alternative text.
        key: unique on the page.
        on_pick: called with the id of the clicked mark: its `customdata`, joined by points.
    """
    pick: Literal["ignore"] | Callable[[], None] = "ignore" if on_pick is None else partial(_picked, key, on_pick)
    st.plotly_chart(spec, theme=None, key=key, on_select=pick, selection_mode="points", config=PLOTLY, alt=alt)


def _picked(key: str, on_pick: Callable[[str], None]) -> None:
    points = st.session_state[key].selection.points
    marks = [point["customdata"] for point in points if point.get("customdata")]
    if marks:
        parts = marks[0] if isinstance(marks[0], list) else [marks[0]]
        on_pick(".".join(str(part or "") for part in parts))
