"""Draws the figures of page "Home" for `drawn`."""

from typing import Any

from dashboard.charts.bars import bars
from dashboard.charts.options import Framing
from dashboard.shell.frame import View
from dashboard.stage.request import FigureRequest
from dashboard.subjects.home import query, words
from dashboard.subjects.home.figures.change import change
from dashboard.subjects.states import words as states_words
from dashboard.words import served
from data.i18n import Language

# Specification, heading (empty where the figure includes it), description, and notes that the figure does not include.
FigureParts = tuple[dict[str, Any], str, str, tuple[str, ...]]
FIGURES = ("region_change", "region_convictions", "region_victims")
NOTHING: dict[str, Any] = {"data": [], "layout": {"height": 1}}


def findings(lang: Language, name: str) -> list[str]:
    """What a figure shows, as the title of a scene or a picture; and lines that belong to it."""
    found = query.overview()
    largest = found.largest if found else ""
    if name == "region_victims" and (groups := query.breakdowns()):
        first, second, *_ = [*words.groups_of_all(lang, groups), "", ""]
        return [f"{first} {second}".strip(), *words.without(lang, groups, largest)]
    if name == "region_convictions" and (convicted := words.convicted(lang, query.panel(query.CONVICTED))):
        return [convicted]
    return words.changing(lang, query.panel(), largest)


def in_time(request: FigureRequest, lang: Language, view: View) -> FigureParts:
    """Detected victims or convictions by year, and the states that reported every year."""
    code = query.CONVICTED if request.name == "region_convictions" else query.VICTIMS
    found, panel, cells = query.overview(code), query.panel(code), query.cells(code)
    if found is None:
        return NOTHING, "", words.headline(lang, found), ()
    heading = words.change_title(lang, found, code)
    notes = [
        *(words.broken(lang, panel) if code == query.VICTIMS else []),
        *words.undrawn(lang, query.later(code)),
        *states_words.unit_of_count(lang, [code]),
        *served.notes(lang, cells),
    ]
    rows, panel = query.by_year(code), panel if panel and panel.enough else None
    spec = change(rows, panel, found, lang, stage=view.stage, **_look(view, heading, notes))
    return spec, heading * view.close, words.change(lang, rows, panel, code), tuple(notes * bool(view.stage))


def by_group(_request: FigureRequest, lang: Language, view: View) -> FigureParts:
    """The victims of one year by sex, age and form."""
    found, groups, cells = query.overview(), query.breakdowns(), query.group_cells()
    if found is None or not groups:
        return NOTHING, "", words.headline(lang, found), ()
    heading, notes = words.victims_title(lang, found.year), served.notes(lang, cells)
    spec = bars(words.blocks(lang, groups), lang, stage=view.stage, **_look(view, heading, notes))
    return spec, heading * view.close, words.groups(lang, groups), tuple(notes * bool(view.stage))


def _look(view: View, heading: str, notes: list[str]) -> Framing:
    title = "" if view.close else heading
    return Framing(
        title=title, notes=[] if view.stage else notes, palette=view.palette, narrow=view.narrow, size=view.size
    )
