"""The stage: a Streamlit component that hosts Plotly, shows a figure by its address, and steps the years by itself.

It needs the routes of our own server; without them (a bare `streamlit run`) the figures are Streamlit's plain charts.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from dashboard import site, static
from dashboard.catalog import figures
from dashboard.shell import answers, filters
from dashboard.stage import fallback, request, wire
from dashboard.views.filters import Ranged, Span
from data.i18n import Language

_STAGE = st.components.v2.component(
    "atalaya_stage", html="<div></div>\n", js=static.loader("stage.js"), isolate_styles=False
)


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
    """Show a figure with its description.

    Args:
        name: the figure's name.
        values: the values of its filters, by name.
        key: unique on the page.
        years: the filter of the year slider; the browser redraws the figure before the server learns of the step.
        on_open: called with the id of a clicked mark: a state's, or `opens.origin.destination.leg.transit`.
        beside: how many figures share the width of a wide screen.
    """
    if not static.served():
        fallback.show(lang, name, values, key=key, years=years, on_open=on_open, beside=beside)
        return
    last = (st.session_state.get(key, {}).get("step") or {"n": 0})["n"]
    _STAGE(
        key=key,
        data=data(lang, name, values, years=years, last=last, opens=on_open is not None, beside=beside),
        on_step_change=partial(_stepped, key, years),
        on_open_change=partial(_opened, key, on_open),
    )


def data(
    lang: Language,
    name: str,
    values: Mapping[str, Any],
    *,
    years: Ranged | Span | None = None,
    last: int = 0,
    opens: bool = False,
    beside: int = 1,
) -> dict[str, Any]:
    """The data of the component in the browser; `last` is the number of the last step that reached the server."""
    figure = figures()[name]
    return {
        "figure": wire.address(name),
        # The lines of the basemap: no other figure needs them.
        "ground": wire.address("ground") if figure.zooms else "",
        "plotly": static.address("plotly.min.js"),
        "style": static.address("stage.css"),
        "query": request.query(name, values, lang.code),
        "returns": answers.returns(),
        "reached": filters.reached(*figure.filters),
        "step": _step(years, values, last) if years else None,
        "labels": _labels(lang, years),
        "zooms": figure.zooms and values.get("picture", "map") == "map",
        "opens": opens,
        "beside": beside,
        "take": {"root": site.public_address() if site.embed_sites() else "", "labels": take_labels(lang)},
    }


def take_labels(lang: Language) -> dict[str, str]:
    """The words of the part in which readers take a figure away (`take.js`)."""
    return {
        "take": lang.text("Save or share this chart"),
        "slide": lang.text("Picture for a slide"),
        "phone": lang.text("Picture for a phone"),
        "copy": lang.text("Copy the picture"),
        "code": lang.text("Code for a web page"),
        "copy_code": lang.text("Copy the code"),
        "copied": lang.text("Copied"),
        "failed": lang.text("This browser did not copy it."),
    }


def _step(years: Ranged | Span, values: Mapping[str, Any], last: int) -> dict[str, Any]:
    span = isinstance(years, Span)
    at = values[years.name]
    return {
        "name": years.name,
        "low": years.low,
        "high": years.high,
        "span": span,
        "at": list(at) if span else at,
        "n": last,
    }


def _labels(lang: Language, years: Ranged | Span | None) -> dict[str, str]:
    return {
        "years": lang.text("Years") if isinstance(years, Span) else lang.text("Year"),
        "year": lang.text("Year"),
        "dash": lang.dash,
        "first": lang.text("First year"),
        "last": lang.text("Last year"),
        "play": lang.text("Play the years"),
        "pause": lang.text("Pause"),
        "zoom": lang.text("Zoom"),
        "nearer": lang.text("Zoom in"),
        "further": lang.text("Zoom out"),
        "whole": lang.text("The whole region"),
        "failed": lang.text("The figure cannot be shown. Load the page again."),
    }


def _stepped(key: str, years: Ranged | Span | None) -> None:
    """Set the filter to the year where the reader stopped, if it allows that value."""
    at = (st.session_state[key].get("step") or {}).get("at")
    if years is not None:
        filters.put(years, tuple(at) if isinstance(at, list) else at)


def _opened(key: str, on_open: Callable[[str], None] | None) -> None:
    mark = st.session_state[key].get("open")
    if on_open and isinstance(mark, str):
        on_open(mark)
