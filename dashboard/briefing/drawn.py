"""The figures of a briefing: as on their pages, on paper; a map for slides as shapes."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.catalog import figures
from dashboard.charts.bars import BarBlock
from dashboard.charts.editable import YearChart
from dashboard.charts.medium import PAPER, Medium
from dashboard.charts.render.model import drawing
from dashboard.charts.render.shapes import VectorDrawing
from dashboard.stage import request
from dashboard.stage.drawn import drawn
from dashboard.views.figure import CHART, Drawn, Values
from dashboard.views.page import Graphic
from data.i18n import Language

# In pixels: the least height of a figure with charts of years, and what each of them needs.
HEIGHT = 260
EACH = 80


def least(lang: Language, graphic: Graphic) -> int:
    """The least height of a figure of years on paper, in pixels; 0 for others, which are as high as they need to be."""
    charts = sum(isinstance(one, YearChart) for one in editable(lang, graphic))
    return max(HEIGHT, EACH * charts) if charts else 0


def on_paper(lang: Language, graphic: Graphic, height: int = 0) -> Drawn:
    """A figure without its title and notes, which stand beside it, of a height in pixels; by default its least."""
    size = request.shown(PAPER._replace(height=height or least(lang, graphic) or 1))
    asked = request.parse(graphic.name, request.query(graphic.name, graphic.values, lang.code) | size)
    chart = Values.of(graphic.values).chart
    made = drawn(replace(asked, given=(*asked.given, (CHART, chart))))
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
