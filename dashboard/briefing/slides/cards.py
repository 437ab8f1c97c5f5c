"""Figures by themselves: a card each, with what it counts over it and what it rests on under it."""

from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Pt

from dashboard.briefing.content import Fact
from dashboard.briefing.slides import look, metrics
from dashboard.briefing.slides.look import Box
from dashboard.briefing.slides.page import Page, Type, decorate

GAP, EDGE, STRIPE = 14.0, 14.0, 4.0
LABELS, FIGURES, NOTES = (15.0, 14.0, 13.0, 12.0), (38.0, 32.0, 27.0, 22.0, 18.0), (12.0, 11.0, 10.0)
# The shares of a card that its label and its figure may take.
LABEL, FIGURE = 0.32, 0.36
TALLEST = 178.0


def put(page: Page, facts: tuple[Fact, ...], box: Box) -> None:
    """Put figures side by side: two in a row, or three where there are more than four."""
    columns = 2 if len(facts) in {2, 4} else 3
    rows = -(-len(facts) // columns)
    wide = (box.width - GAP * (columns - 1)) / columns
    tall = min((box.height - GAP * (rows - 1)) / rows, TALLEST)
    for number, fact in enumerate(facts):
        row, column = divmod(number, columns)
        _card(page, fact, Box(box.left + column * (wide + GAP), box.top + row * (tall + GAP), wide, tall))


def _card(page: Page, fact: Fact, box: Box) -> None:
    ground = page.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu())
    _paint(ground, look.PALE)
    stripe = page.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(box.left, box.top, STRIPE, box.height).emu())
    _paint(stripe, look.PRIMARY)
    left, wide = box.left + STRIPE + EDGE, box.width - STRIPE - 2 * EDGE
    label = Box(left, box.top + 10, wide, box.height * LABEL - 10)
    figure = Box(left, label.bottom, wide, box.height * FIGURE)
    note = Box(left, figure.bottom + 4, wide, box.bottom - figure.bottom - 12)
    _fit(page, label, fact.label, LABELS, Type(0, look.FAINT, bold=True), "label")
    _fit(page, figure, fact.figure, FIGURES, Type(0, look.PRIMARY, bold=True, anchor="middle"), "figure")
    _fit(page, note, fact.note, NOTES, Type(0, look.INK), "note")


def _fit(page: Page, box: Box, text: str, sizes: tuple[float, ...], kind: Type, part: str) -> None:
    size = metrics.fitting(text, box.width, box.height, sizes, bold=kind.bold)
    page.say(box, [text], Type(size, kind.colour, kind.bold, kind.align, kind.anchor), f"{part}: {text}")


def _paint(shape: Any, colour: str) -> None:  # noqa: ANN401 - a shape of python-pptx
    shape.fill.solid()
    shape.fill.fore_color.rgb = look.rgb(colour)
    shape.line.fill.background()
    shape.line.width = Pt(0)
    shape.shadow.inherit = False
    decorate(shape)
