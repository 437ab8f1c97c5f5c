"""Shows a figure as Streamlit's own chart and slider, for a bare `streamlit run` without the stage."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dashboard.charts.medium import PHONE
from dashboard.shell import filters, frame, layout
from dashboard.stage.drawn import drawn
from dashboard.stage.request import DARK, WIDTH, parse, query
from dashboard.views.filters import Ranged, Span
from data.i18n import Language


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
    """Show a figure with its description; the arguments are those of `dashboard.stage.component.show`."""
    if isinstance(years, Span):
        filters.span_slider(years)
    elif years is not None:
        filters.year_slider(years, lang.text("Year"))
    view = frame.view()
    # Beside another one a figure is drawn as on a tablet, whose letters have room in half of a screen.
    wide = view.width if view.narrow else max(view.width // beside, PHONE + 1)
    appearance = {WIDTH.name: WIDTH.write(wide), DARK.name: DARK.write(view.dark)}
    plate = drawn(parse(name, query(name, values, lang.code) | appearance))
    if plate.heading:
        st.markdown(f"**{layout.plain(plate.heading, 200)}**")
    layout.figure(plate.spec, plate.alt, key, on_open, description=plate.description)
