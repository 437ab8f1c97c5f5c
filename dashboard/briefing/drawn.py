"""The figures of a briefing: as on their pages, on paper; a map for slides as shapes."""

from collections.abc import Sequence

from dashboard.catalog import figures
from dashboard.charts.bars import BarBlock
from dashboard.charts.editable import YearChart
from dashboard.charts.medium import PAPER, Medium
from dashboard.charts.render.model import drawing
from dashboard.charts.render.shapes import VectorDrawing
from dashboard.stage import request
from dashboard.stage.drawn import drawn
from dashboard.views.figure import Drawn, Values
from dashboard.views.page import Graphic
from data.i18n import Language

# In pixels: the least height of a figure with charts of years, what each of them needs, and the least on a page alone.
# Others need no height.
HEIGHT = 260
EACH = 88
ALONE = 400


def on_paper(lang: Language, graphic: Graphic, *, alone: bool = False) -> Drawn:
    """A figure without its title and notes, which stand beside it; `alone`: the only one of a page."""
    charts = sum(isinstance(one, YearChart) for one in editable(lang, graphic))
    size = request.shown(PAPER._replace(height=max(ALONE if alone else HEIGHT, EACH * charts) if charts else 1))
    made = drawn(request.parse(graphic.name, request.query(graphic.name, graphic.values, lang.code) | size))
    return made._replace(description=made.alt)


def described(lang: Language, graphic: Graphic) -> list[str]:
    """What a figure shows, for who does not see it: each of its charts."""
    alts = [one.alt for one in editable(lang, graphic) if isinstance(one, YearChart)]
    return alts or [on_paper(lang, graphic).description]


def editable(lang: Language, graphic: Graphic) -> Sequence[YearChart | BarBlock]:
    """A figure as charts that an editor of slides can change."""
    make = figures()[graphic.name].editable
    return make(Values.of(graphic.values), lang) if make else ()


def shapes(made: Drawn, medium: Medium, title: str = "") -> VectorDrawing:
    """A figure as shapes, without empty edges."""
    return drawing(made.spec, medium.across, title=title, alt=made.description).trimmed()
