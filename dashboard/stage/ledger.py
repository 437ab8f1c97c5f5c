"""Draws the figures of page "Declaration" for `drawn`."""

from typing import Any

from dashboard import store
from dashboard.shell.frame import View
from dashboard.stage.request import FigureRequest
from dashboard.subjects.ledger import entries as ledger_entries
from dashboard.subjects.ledger import filters as ledger_filters
from dashboard.subjects.ledger import names as ledger_names
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from dashboard.subjects.ledger.figures.matrix import ledger_map, ledger_matrix
from dashboard.subjects.ledger.query import Filter
from dashboard.words import served
from data.i18n import Language, capitalized

# Specification, heading (empty where the figure includes it) and description.
FigureParts = tuple[dict[str, Any], str, str]


def matrix(request: FigureRequest, lang: Language, view: View) -> FigureParts:
    """A matrix of paragraphs and the states or bodies responsible for them."""
    selection = ledger_filters.matrix_selection(request.value)
    cells = ledger_query.cells(selection)
    heading = ledger_words.heading(lang, cells)
    # It is no scene: where its height is given it is for a picture, which has room for all columns.
    look = _look(lang, view, heading, selection) | {"narrow": view.narrow}
    spec = ledger_matrix(ledger_entries.figure(selection, lang), lang, **look)
    description = ledger_words.in_matrix(lang, cells)
    return spec, heading * view.close, description


def on_map(request: FigureRequest, lang: Language, view: View) -> FigureParts:
    """A map of the best evidence of each state on one paragraph."""
    selection = ledger_filters.map_selection(request.value)
    number, cells = selection.paragraphs[0], ledger_query.cells(selection)
    if cells.is_empty():
        heading = description = ledger_words.in_matrix(lang, cells)
    else:
        count = ledger_query.count(number)
        finding = ledger_words.counted(lang, count)
        # On the page the title of the paragraph stands above the map.
        titled = f"{number}. {ledger_names.title(lang, number)} · {finding}"
        heading = titled if view.stage else capitalized(finding)
        description = ledger_words.on_map(lang, number, count)
    look = _look(lang, view, heading, selection)
    figure = ledger_entries.figure(selection, lang)
    spec = ledger_map(figure, store.basemap(), lang, stacked=view.half, **look)
    return spec, heading * view.close, description


def _look(lang: Language, view: View, heading: str, selection: Filter) -> dict[str, Any]:
    """How the figure looks; its notes name the releases of the entries and replies that it shows."""
    title = "" if view.close else heading
    notes = served.notes(lang, ledger_query.rows(selection))
    return {"title": title, "notes": notes, "palette": view.palette, "narrow": view.close, "size": view.size}
