"""Role badges beside the labels; each role has a shape and a colour of its own, so that neither is needed alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from dashboard import terms
from dashboard.figures.labels import Label
from dashboard.figures.palette import Palette
from dashboard.figures.panels import Panel
from dashboard.figures.traces import Trace, marks
from dashboard.figures.windows import Coordinates
from data.i18n import Language

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
    """The roles of each state in the order of `SHAPES`, each once, with its latest year; `roles` as in `routes_map`."""
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
