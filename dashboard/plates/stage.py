"""The stage: one component that hosts Plotly, shows a figure by its address, and steps the years at once.

It needs the addresses of our own server; without them the figures are Streamlit's plain charts.
"""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import streamlit as st

from dashboard import filters, static, terms
from dashboard.plates import asked, plain, wire
from dashboard.specs import Flag, Many, One, Ranged, Span, Whole
from data.i18n import Language

# What can be looked at from nearer.
MAPS = ("region", "routes", "state_routes", "coverage_map", "parties_map", "ledger_map")
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
) -> None:
    """Show a figure with its description.

    Args:
        name: of the figure (`asked.FILTERS`); values: of its filters, by name.
        key: unique on the page.
        years: the filter that the slider of the figure steps; the figure paints it before the server hears of it.
        on_open: called with the id of a mark that was clicked: a state's, or `opens.origin.destination.leg.transit`.
    """
    if not static.served():
        plain.show(lang, name, values, key=key, years=years, on_open=on_open)
        return
    heard = (st.session_state.get(key, {}).get("step") or {"n": 0})["n"]
    told = data(lang, name, values, years=years, heard=heard, opens=on_open is not None)
    _STAGE(
        key=key,
        data=told,
        on_step_change=partial(_stepped, key, years),
        on_open_change=partial(_opened, key, on_open),
    )


def data(
    lang: Language,
    name: str,
    values: Mapping[str, Any],
    *,
    years: Ranged | Span | None = None,
    heard: int = 0,
    opens: bool = False,
) -> dict[str, Any]:
    """What the stage in the browser needs to know; `heard` is the number of the last step the server heard of."""
    return {
        "figure": wire.address(name),
        "ground": wire.address("ground"),
        "plotly": static.address("plotly.min.js"),
        "style": static.address("stage.css"),
        "query": asked.query(name, values, lang.code),
        "step": _step(years, values, heard) if years else None,
        "labels": _labels(lang, years),
        "hints": _hints(lang, name),
        "zooms": name in MAPS and values.get("picture", "map") == "map",
        "opens": opens,
    }


@cache
def _hints(lang: Language, name: str) -> dict[str, Any]:
    """How to understand the widgets of a figure's filters, to paint what they hold before the server has heard of it.

    For each filter the ids of its words, and whether it holds only one of them; a number or a switch has no words.
    """
    return {
        spec.name: {"words": _words(lang, spec), "one": isinstance(spec, One)}
        for spec in asked.FILTERS[name]
        if isinstance(spec, One | Many | Flag | Whole)
    }


def _words(lang: Language, spec: One | Many | Flag | Whole) -> dict[str, str]:
    if not isinstance(spec, One | Many):
        return {}
    return {terms.option(lang, spec.name, option): option for option in spec.options}


def _step(years: Ranged | Span, values: Mapping[str, Any], heard: int) -> dict[str, Any]:
    span = isinstance(years, Span)
    at = values[years.name]
    return {
        "name": years.name,
        "low": years.low,
        "high": years.high,
        "span": span,
        "at": list(at) if span else at,
        "n": heard,
    }


def _labels(lang: Language, years: Ranged | Span | None) -> dict[str, str]:
    return {
        "years": lang.text("Years") if isinstance(years, Span) else lang.text("Year"),
        "year": lang.text("Year"),
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
    """The reader has come to rest on a year: hand it to the filter, if it is one the filter can hold."""
    heard = (st.session_state[key].get("step") or {}).get("at")
    if years is not None:
        filters.put(years, tuple(heard) if isinstance(heard, list) else heard)


def _opened(key: str, on_open: Callable[[str], None] | None) -> None:
    mark = st.session_state[key].get("open")
    if on_open and isinstance(mark, str):
        on_open(mark)
