"""The signs of the route map: role badges beside the labels, and the key that explains arrows, looks and badges.

A badge is what reports call a state (origin, transit, destination, internal); each role has a shape and a colour of its
own, so that neither is needed alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from dashboard import terms
from dashboard.figures import ground
from dashboard.figures.arrows import DASH, LEAST, PALE, WIDEST, Arrow, style
from dashboard.figures.basemap import Coordinates, Outline
from dashboard.figures.key import SWATCH_HEIGHT, SWATCH_WIDTH, Item, headings, round_examples
from dashboard.figures.labels import INVISIBLE, Label
from dashboard.figures.panels import Panel, Sheet
from dashboard.figures.ribbons import ribbon, width
from dashboard.figures.traces import Palette, Trace, marks
from dashboard.i18n import Language

SHAPES = {"origin": "triangle-up", "transit": "diamond", "destination": "square", "internal": "circle"}
SIZE, STEP = 11.0, 14.0
# Pixels from the point of a label to its first badge: beside the code; on a phone, where room is short, under it.
BESIDE, UNDER = (46.0, 0.0), (9.0, -13.0)


@dataclass(frozen=True)
class Role:
    """One role of a state: the latest report year that states it, and in which source."""

    role: str
    year: int
    source: str


def by_area(roles: pl.DataFrame) -> dict[str, list[Role]]:
    """The roles of each state in the order of `SHAPES`, each once, with its latest year.

    Args:
        roles: columns area, role, year, source; a role may have rows of several sources or years.
    """
    latest = roles.sort("year", "source", descending=[True, False]).unique(["area", "role"], keep="first")
    found: dict[str, list[Role]] = {}
    for area, role, year, source in latest.select("area", "role", "year", "source").sort("area").iter_rows():
        found.setdefault(area, []).append(Role(role, year, source))
    return {area: sorted(held, key=lambda one: list(SHAPES).index(one.role)) for area, held in found.items()}


def sentences(held: Sequence[Role], lang: Language) -> str:
    """The roles in words, one a line, each with its year and source."""
    return "".join(
        "<br>"
        + lang.text(
            "{role}: stated in {year}, {source}",
            role=terms.role(lang, one.role),
            year=one.year,
            source=terms.source(lang, one.source),
        )
        for one in held
    )


def room(held: Sequence[Role], *, narrow: bool) -> float:
    """Pixels that badges take beside a label's code (on a phone: that they stand out under it)."""
    needed = len(held) * (STEP - 3 * narrow)
    return max(0.0, needed - 20) if narrow else needed + SIZE


def badges(
    panel: Panel, labels: Sequence[Label], held: dict[str, list[Role]], palette: Palette, *, narrow: bool
) -> list[Trace]:
    """The badges of a panel's states, in a row that goes on where the label ends, or under it on a phone."""
    step = STEP - 3 * narrow
    right, up = UNDER if narrow else BESIDE
    spots = [
        (label.at.x + way * (right + step * rank) * panel.scale, label.at.y + up * panel.scale, one.role)
        for label in labels
        for way in [-1 if label.at.side == "left" else 1]
        for rank, one in enumerate(held.get(label.area, []))
    ]
    if not spots:
        return []
    x: Coordinates = [spot[0] for spot in spots]
    y: Coordinates = [spot[1] for spot in spots]
    marker = {
        "symbol": [SHAPES[spot[2]] for spot in spots],
        "color": [palette.roles[spot[2]] for spot in spots],
        "size": SIZE - 2 * narrow,
        "line": {"width": 1, "color": palette.ink},
    }
    return [marks(panel.axis, x, y, marker)]


def _roles(held: dict[str, list[Role]], palette: Palette, lang: Language) -> list[Item]:
    """The entries of the key for the roles that occur."""
    found = {one.role for roles in held.values() for one in roles}
    line = {"width": 1, "color": palette.ink}
    return [
        Item(
            terms.role(lang, role),
            marker={"symbol": shape, "color": palette.roles[role], "size": SIZE + 2, "line": line},
        )
        for role, shape in SHAPES.items()
        if role in found
    ]


# Pixels: the widest ribbon whose head fits a row of the key.
MOST = 9.0


@dataclass(frozen=True)
class Meaning:
    """What a key has to explain: the arrows and roles drawn, the kind of evidence, the figure of the widest ribbon."""

    shown: Sequence[Arrow]
    roles: dict[str, list[Role]]
    evidence: str
    largest: float


def entries(meaning: Meaning, place: Sheet, palette: Palette, lang: Language) -> list[Item]:
    """The entries, in the order they are printed; only looks and roles that occur."""
    said = {
        "counted": lang.text("from the country of citizenship to the state that detected the victims"),
        "stated": lang.text("from origin to destination, through transit states, as reports state it"),
    }
    heading = f"{terms.evidence(lang, meaning.evidence)}: {said[meaning.evidence]}"
    return [
        *headings(heading, place),
        *_widths(meaning, palette, lang, narrow=place.narrow),
        *_looks(meaning, palette, lang),
        *_roles(meaning.roles, palette, lang),
        *ground.key_items(palette, lang),
    ]


def _widths(meaning: Meaning, palette: Palette, lang: Language, *, narrow: bool) -> list[Item]:
    """Arrows of two round figures, as wide as on the map."""
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


def _looks(meaning: Meaning, palette: Palette, lang: Language) -> list[Item]:
    colour = palette.arrows[meaning.evidence]
    ring = {"symbol": "circle-open", "size": 14, "color": colour, "line": {"width": 4, "color": colour}}
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
