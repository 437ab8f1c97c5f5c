"""Draws the figures of page "Instruments" for `drawn`."""

from typing import Any

from dashboard import store
from dashboard.shell.frame import View
from dashboard.stage.request import FigureRequest
from dashboard.subjects.treaties import filters as treaties_filters
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import words as treaties_words
from dashboard.subjects.treaties.figures import parties_chart, parties_map
from dashboard.words import served, terms
from data.i18n import Language

# Specification, heading (empty where the figure includes it) and description.
FigureParts = tuple[dict[str, Any], str, str]


def on_map(request: FigureRequest, lang: Language, view: View) -> FigureParts:
    """A map of the standing of each state toward a treaty at the end of a year."""
    treaty, year, closing = (
        request.value(treaties_filters.TREATY),
        request.value(treaties_filters.YEAR_END),
        treaties_query.closing(),
    )
    standings = treaties_query.standings(treaty, year)
    heading = treaties_words.on_map_heading(lang, treaty, standings, year, closing)
    spec = parties_map(
        standings,
        store.basemap(),
        lang,
        treaty=terms.term(lang, "part", treaty),
        closing=closing,
        title="" if view.close else heading,
        notes=served.notes(lang, treaties_query.counted((treaty,))),
        palette=view.palette,
        narrow=view.close,
        stacked=view.half,
        size=view.size,
    )
    return spec, heading * view.close, treaties_words.on_map(lang, standings)


def in_time(request: FigureRequest, lang: Language, view: View) -> FigureParts:
    """A chart of the number of states that had deposited an instrument, over time."""
    selection = treaties_query.chosen(
        request.value(treaties_filters.TREATY), every=request.value(treaties_filters.ALL_TREATIES)
    )
    steps, closing, states = treaties_query.steps(selection), treaties_query.closing(), len(store.areas())
    heading = treaties_words.in_time_heading(lang, selection, steps, states, closing)
    spec = parties_chart(
        steps,
        lang,
        treaties=selection,
        begin=treaties_query.first(),
        closing=closing,
        states=states,
        title="" if view.narrow else heading,
        notes=served.notes(lang, treaties_query.counted(selection)),
        palette=view.palette,
        narrow=view.narrow,
        width=view.size[0],
    )
    return spec, heading * view.narrow, treaties_words.in_time(lang, selection, steps, states)
