"""How a cell of the ledger looks: evidence by its fill, status by its glyph; neither says good or bad."""

from collections.abc import Mapping
from typing import Any

from dashboard.figures.looks import Look
from dashboard.figures.palette import Palette, pattern
from dashboard.query.ledger import CELLS
from data.columns import PROGRESS

# The place of each grade since the declaration on the ramp of the maps.
RAMP = {"public_document": 1, "state_report": 3, "reviewed": 4}
# A glyph fills up with what a document says was done: a ring, a dot in it, a cross in it, a disc.
GLYPHS = dict(zip(PROGRESS, ("circle-open", "circle-open-dot", "circle-cross-open", "circle"), strict=True))
DOT = 4.0


def look_of(grade: str, palette: Palette) -> Look:
    """Fill, hatch and border of a cell; one without evidence is hollow, background is hatched."""
    fills = {grade: palette.ramp[place] for grade, place in RAMP.items()} | {"fact": palette.tint}
    hatch = pattern("/", palette.hatch, palette.surface, 6, 0.18) if grade == "background" else None
    symbols = dict(zip(CELLS, ("circle-open-dot", "square-open", "square", *["circle"] * 3), strict=True))
    fill = fills.get(grade, palette.surface)
    edge = (palette.ink, 1.2) if grade == "fact" else (palette.edge(fill), 0.8)
    return Look(fill, edge, hatch, symbols[grade], fill if grade in RAMP else palette.faint)


def glyph(status: str, palette: Palette, size: float, *, inverse: bool) -> dict[str, Any]:
    """The marker of a status; `inverse` where it lies on a fill that swaps ink and ground."""
    paint = palette.surface if inverse else palette.ink
    line: Mapping[str, Any] = {"width": 1.8, "color": paint}
    return {"symbol": GLYPHS[status], "size": size, "color": paint, "opacity": 1, "line": line}
