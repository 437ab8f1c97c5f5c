"""The marks of routes as a matrix: by their leg, their figure and what is doubted of it; and the key that says so."""

from collections.abc import Sequence
from typing import Any

from dashboard import terms
from dashboard.figures.arrow_words import sentence
from dashboard.figures.arrows import Arrow, scale
from dashboard.figures.key import Item, round_examples
from dashboard.figures.palette import Palette
from dashboard.figures.row_chart import Chart
from dashboard.figures.traces import Trace, marks
from dashboard.figures.windows import Coordinates
from dashboard.tables import LEGS
from data.i18n import Language

LARGEST, LEAST = {False: 24.0, True: 16.0}, 5.0
SYMBOLS = {"direct": "circle", "to_transit": "triangle-right", "from_transit": "square"}
PALE = "73"


def marked(found: Sequence[tuple[Arrow, float, int]], shape: Chart, opens: frozenset[str]) -> Trace:
    """The marks of all arrows, each at its column and row."""
    largest = scale([one for one, _, _ in found])
    looks = [look(one, largest, shape.palette, narrow=shape.narrow) for one, _, _ in found]
    marker: dict[str, Any] = {key: [look[key] for look in looks] for key in ("symbol", "size", "color")}
    marker["line"] = {key: [look["line"][key] for look in looks] for key in ("color", "width")}
    x: Coordinates = [across for _, across, _ in found]
    y: Coordinates = [down for _, _, down in found]
    data = [
        [one.ends[1] if one.ends[1] in opens else one.ends[0], *one.ends, one.row["leg"], one.row["transit"]]
        for one, _, _ in found
    ]
    said = [sentence(one, shape.lang) for one, _, _ in found]
    drawn = marks("", [], [], marker, customdata=data, hovertext=said)
    # In cells, not in kilometres: a fraction of a cell is not rounded away.
    return drawn | {"x": x, "y": y}


def look(one: Arrow, largest: float, colours: Palette, *, narrow: bool) -> dict[str, Any]:
    """Symbol, size and paint of a mark: masked ones are pale, questioned ones hollow."""
    colour = colours.arrows[one.row["evidence"]]
    size = max(LEAST, LARGEST[narrow] * min((one.figure / largest) ** 0.5, 1.0))
    fill = colours.surface if one.row["questioned"] else colour + PALE if one.masked else colour
    return {
        "symbol": SYMBOLS[one.row["leg"]],
        "size": round(size, 1),
        "color": fill,
        "line": {"color": colour, "width": 1.5},
    }


def items(shown: Sequence[Arrow], evidence: str, colours: Palette, lang: Language, *, narrow: bool) -> list[Item]:
    """The entries of the key: two sizes, the legs and the looks that occur."""
    if not shown:
        return []
    largest = scale(shown)
    sample = {"records": 1, "questioned": False, "evidence": evidence, "leg": "direct"}

    def item(text: str, figure: float, **other: object) -> Item:
        row = {**sample, "low": figure, "high": figure, **other}
        return Item(text, marker=look(Arrow(row, figure), largest, colours, narrow=narrow))

    sizes = [item(lang.number(value), value) for value in round_examples(largest)]
    legs = {one.row["leg"] for one in shown}
    told = [item(lang.text(LEGS[leg]), largest / 2, leg=leg) for leg in SYMBOLS if leg in legs and len(legs) > 1]
    if any(one.masked for one in shown):
        told.append(item(lang.text("Masked figures only"), 1, low=0))
    if any(one.row["questioned"] for one in shown):
        told.append(item(terms.term(lang, "status", "questioned"), largest / 2, questioned=True))
    return [*sizes, *told]
