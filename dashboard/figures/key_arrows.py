"""The arrows in the key of the route map: round examples of widths, and what looks mean."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.figures.arrow_traces import DASH, PALE, style
from dashboard.figures.arrows import Arrow
from dashboard.figures.badges import Role
from dashboard.figures.canvas import LEAST, WIDEST
from dashboard.figures.key import SWATCH_HEIGHT, SWATCH_WIDTH, Item, round_examples
from dashboard.figures.palette import INVISIBLE, Palette
from dashboard.figures.ribbons import ribbon, width
from dashboard.figures.windows import Outline
from data.i18n import Language

# Pixels: the widest ribbon whose head fits a row of the key.
MOST = 9.0


@dataclass(frozen=True)
class Meaning:
    """What a key has to explain: the arrows and roles drawn, the kind of evidence, the figure of the widest ribbon.

    `chosen` says whether some states stand out.
    """

    shown: Sequence[Arrow]
    roles: dict[str, list[Role]]
    evidence: str
    largest: float
    chosen: bool = False


def widths(meaning: Meaning, palette: Palette, lang: Language, *, narrow: bool) -> list[Item]:
    """Arrows of two round figures, as wide as on the map."""
    # The figure goes with the square of the width.
    fitting = meaning.largest * (MOST / WIDEST[narrow]) ** 2
    examples = round_examples(fitting) if meaning.shown else []
    return [_example(meaning, value, palette, lang, narrow=narrow) for value in examples]


def _example(meaning: Meaning, value: int, palette: Palette, lang: Language, *, narrow: bool) -> Item:
    wide = width(value, meaning.largest, WIDEST[narrow], LEAST)
    ends = np.array([[0.0, 3.0], [SWATCH_WIDTH, 3.0]])
    points = ribbon(ends[0], ends[1], wide, gaps=(0.1, 0.1), reach=np.inf, head=9.0)
    shape = Outline((points[:, 0] / SWATCH_WIDTH).tolist(), (points[:, 1] / SWATCH_HEIGHT).tolist())
    row = {"low": value, "high": value, "records": 1, "questioned": False, "evidence": meaning.evidence}
    fill, line, _ = style(Arrow(row, value), palette)
    if meaning.evidence == "counted":
        text = lang.plural("{n} person", "{n} persons", value)
    else:
        text = lang.plural("{n} statement", "{n} statements", value)
    return Item(text, fill, line, shape=shape)


def looks(meaning: Meaning, palette: Palette, lang: Language) -> list[Item]:
    """The looks that occur: masked, questioned, inside one state."""
    colour = palette.arrows[meaning.evidence]
    ring = {"symbol": "circle-open", "size": 14, "color": colour, "line": {"width": 4, "color": colour}, "opacity": 1}
    items = {
        "masked": Item(lang.text("Masked figures only"), colour + PALE, (colour, 1.0)),
        "questioned": Item(lang.text("Questioned flow"), INVISIBLE, (colour, 1.6), DASH),
        "inside": Item(lang.text("Inside one state"), marker=ring),
    }
    found = {
        "masked": any(one.masked for one in meaning.shown),
        "questioned": any(one.row["questioned"] for one in meaning.shown),
        "inside": any(one.ends[0] == one.ends[1] for one in meaning.shown),
    }
    return [item for look, item in items.items() if found[look]]
