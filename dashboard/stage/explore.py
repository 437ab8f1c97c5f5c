"""Draws the figures of page "Explore" for `drawn`."""

from collections.abc import Callable
from functools import partial
from typing import Any

import polars as pl

from dashboard import store
from dashboard.shell.frame import View
from dashboard.stage.request import FigureRequest
from dashboard.subjects import shared
from dashboard.subjects.compare import filters as compare_filters
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.compare import words as compare_words
from dashboard.subjects.compare.figures import compare_chart
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore import summary as explore_summary
from dashboard.subjects.explore import words as explore_words
from dashboard.subjects.explore.figures.heat_map import heat_map
from dashboard.subjects.explore.figures.lines import few, lines, multiples
from dashboard.subjects.explore.figures.two_years import two_years
from dashboard.subjects.explore.query import Selection
from dashboard.subjects.pair import query as pair_query
from dashboard.subjects.pair import words as pair_words
from dashboard.subjects.pair.figures import between_chart
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.words import STATES
from dashboard.words import data_version, served
from data.i18n import Language

# Specification, heading (empty where the figure includes it) and description.
FigureParts = tuple[dict[str, Any], str, str]


def explored(request: FigureRequest, lang: Language, view: View) -> FigureParts:
    """The selected figures as the requested kind of chart (`explore_filters.READING`)."""
    selection, edition, reading = (
        explore_filters.selection(request.value),
        request.value(shared.EDITION),
        request.value(explore_filters.READING),
    )
    (drawn, hidden), both = explore_query.figure_rows(selection, edition), reading == "two_years"
    rest = explore_query.others(selection, store.areas()) if reading == "lines" and few(drawn) else None
    rows = pl.concat([explore_query.rows(one, edition) for one in (selection, rest) if one])
    heading = data_version.titled(lang, explore_summary.heading(selection, edition, lang, both=both), edition)
    behind = explore_query.figure_rows(rest, edition)[0] if rest else None
    spec = _chart(reading, selection, behind, one_scale=request.value(explore_filters.ONE_SCALE))(
        drawn,
        lang,
        title="" if view.narrow else heading,
        notes=[
            *explore_words.hidden(lang, hidden),
            *states_words.unit_of_count(lang, selection.indicators),
            *served.notes(lang, rows, edition),
        ],
        palette=view.palette,
        narrow=view.narrow,
        size=view.size,
    )
    description = explore_summary.description(selection, edition, lang, both=both)
    gray = lang.text("Other states are in gray if they fit the scale.")
    return spec, heading * view.narrow, f"{description} {gray}" if rest else description


def compared(request: FigureRequest, lang: Language, view: View) -> FigureParts:
    """A state compared with another one, or with the region."""
    selection, edition = compare_filters.pair(request.value), request.value(shared.EDITION)
    if selection.indicator in compare_query.surveys():
        return _surveyed(selection, edition, lang, view)
    rows, behind = compare_query.rows(selection, edition), compare_query.behind(selection, edition)
    heading = data_version.titled(lang, compare_words.finding(lang, rows, selection), edition)
    spec = compare_chart(
        compare_query.drawn(rows, STATES),
        lang,
        title="" if view.narrow else heading,
        notes=[
            *compare_words.under_chart(lang, rows, selection),
            *served.notes(lang, behind, edition),
        ],
        palette=view.palette,
        narrow=view.narrow,
        size=view.size,
    )
    return spec, heading * view.narrow, compare_words.description(lang, rows, selection)


def _surveyed(selection: compare_query.Pair, edition: str, lang: Language, view: View) -> FigureParts:
    """Surveys side by side: of two states, or of one state among all others."""
    survey = compare_query.survey(selection, edition)
    rows = explore_query.rows(survey, edition)
    heading = data_version.titled(lang, compare_words.survey_heading(lang, selection, survey.years), edition)
    spec = lines(
        explore_query.figure_rows(survey, edition)[0],
        lang,
        title="" if view.narrow else heading,
        notes=served.notes(lang, rows, edition),
        palette=view.palette,
        narrow=view.narrow,
        size=view.size,
        chosen=(selection.one,),
    )
    return spec, heading * view.narrow, explore_summary.description(survey, edition, lang)


def between(request: FigureRequest, lang: Language, view: View) -> FigureParts:
    """The victims counted between two states, by year."""
    edition = request.value(shared.EDITION)
    selection = compare_query.Pair(
        compare_filters.COMPARED.default, request.value(compare_filters.ONE), request.value(compare_filters.OTHER)
    )
    heading = data_version.titled(lang, pair_words.chart_title(lang, selection.one, selection.other), edition)
    rows = pair_query.between(selection.one, selection.other, edition)
    counted = rows.filter(pl.col("evidence") == "counted")
    spec = between_chart(
        pair_query.yearly(selection.one, selection.other, edition),
        lang,
        title="" if view.narrow else heading,
        notes=[*pair_words.undrawn(lang, rows), *served.notes(lang, counted, edition)],
        palette=view.palette,
        narrow=view.narrow,
        size=view.size,
    )
    described = pair_words.description(lang, pair_query.yearly(selection.one, selection.other, edition))
    return spec, heading * view.narrow, described


def _chart(
    reading: str, selection: Selection, behind: pl.DataFrame | None, *, one_scale: bool
) -> Callable[..., dict[str, Any]]:
    """The function that draws a kind of chart; a table has no chart and gets the default one."""
    if reading == "lines":
        return partial(lines, chosen=selection.areas, others=behind)
    if reading == "two_years":
        return partial(two_years, first=selection.first, last=selection.last)
    if reading == "heat":
        return partial(heat_map, breaks={code: states_query.breaks(code) for code in selection.indicators})
    return partial(multiples, shared=one_scale)
