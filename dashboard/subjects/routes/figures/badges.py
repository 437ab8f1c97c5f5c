"""Role badges beside the labels. Each role has its own shape and color, so that either is enough to recognize it."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from dashboard.charts.colors import COLORS
from dashboard.charts.labels import Label
from dashboard.charts.medium import Medium
from dashboard.charts.panels import Coordinates, Panel
from dashboard.charts.traces import Trace, anchored, marks
from dashboard.subjects.routes import words
from dashboard.words import terms
from data.i18n import Language

SHAPES = {"origin": "triangle-up", "transit": "diamond", "destination": "square", "internal": "circle"}
# Each role has its corner of a square (column from the left, row from the top), so that its place identifies it. One
# or two roles are in a row beside the code instead, where they cannot be taken for another state's.
IN_A_ROW = 2
CORNERS = {"origin": (0, 0), "transit": (1, 0), "destination": (0, 1), "internal": (1, 1)}
# Pixels: the size of a badge, the step from one to the next, from the point of a label to the center of its badges.
BADGE_SIZE, STEP = {False: 10.0, True: 9.0}, {False: 11.0, True: 10.0}
BESIDE = {False: 47.0, True: 45.0}


@dataclass(frozen=True)
class Role:
    """One role of a state, with the newest report that speaks of it and how many later ones are silent."""

    role: str
    year: int
    source: str
    silent: int = 0


def by_area(roles: pl.DataFrame) -> dict[str, list[Role]]:
    """The roles of each state in the order of `SHAPES`, one row each; `roles` as in `routes_map`."""
    found: dict[str, list[Role]] = {}
    for area, *role in roles.select("area", "role", "year", "source", "silent").sort("area").iter_rows():
        found.setdefault(area, []).append(Role(*role))
    return {area: sorted(roles, key=lambda one: list(SHAPES).index(one.role)) for area, roles in found.items()}


def sentences(roles: Sequence[Role], lang: Language) -> str:
    """The roles in words, one per line, each with its year and source."""
    return "".join(f"<br>{_sentence(one, lang)}" for one in roles)


def _sentence(one: Role, lang: Language) -> str:
    stated = lang.text(
        "{role} ({year}, {source})",
        role=terms.term(lang, "role", one.role),
        year=one.year,
        source=terms.term(lang, "source", one.source),
    )
    return lang.joined(filter(None, [stated, words.silent(lang, {"silent": one.silent})]))


def room(roles: Sequence[Role], medium: Medium) -> float:
    """The width in pixels of the badges beside a label's code."""
    return STEP[medium.close] + BADGE_SIZE[medium.close] + 10 if roles else 0.0


def middle(label: Label, medium: Medium) -> float:
    """The x offset in pixels from the point of a label to the center of its badges."""
    return BESIDE[medium.close] * (-1 if label.at.side == "left" else 1)


def badges(panel: Panel, labels: Sequence[Label], roles: dict[str, list[Role]], medium: Medium) -> list[Trace]:
    """The badges of a panel's states, beside their codes."""
    step = STEP[medium.close]
    spots = [
        (label.at, (middle(label, medium) + (column - 0.5) * step, (0.5 - row) * step), role)
        for label in labels
        for role, column, row in _places(roles.get(label.area, []), label.at.side)
    ]
    if not spots:
        return []
    x: Coordinates = [at.x + right * panel.scale for at, (right, _), _ in spots]
    y: Coordinates = [at.y + up * panel.scale for at, (_, up), _ in spots]
    marker = {
        "symbol": [SHAPES[role] for _, _, role in spots],
        "color": [COLORS.roles[role] for _, _, role in spots],
        "size": BADGE_SIZE[medium.close],
        "line": {"width": 1, "color": COLORS.ink},
    }
    drawn = marks(panel.axis, x, y, marker)
    return [anchored(drawn, panel.scale, [offset for _, offset, _ in spots])]


def _places(roles: Sequence[Role], side: str) -> list[tuple[str, float, float]]:
    """Each role with its column and row."""
    if len(roles) > IN_A_ROW:
        return [(one.role, *CORNERS[one.role]) for one in roles]
    first = IN_A_ROW - len(roles) if side == "left" else 0
    return [(one.role, first + rank, 0.5) for rank, one in enumerate(roles)]
