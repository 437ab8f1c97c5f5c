"""The maps of a briefing: those of the pages in light colors, without a title, with few and large letters.

Beside a map stands a small table of what it shows.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import polars as pl

from dashboard import store
from dashboard.briefing.content import Figure, Table
from dashboard.charts.labels import Box, covers, ways
from dashboard.charts.render.axes import Point
from dashboard.charts.render.model import drawing
from dashboard.charts.render.shapes import Drawing, Mark, Path, Shape, Stroke, Text, moved
from dashboard.subjects.corrections import query as corrections_query
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.corrections import words as corrections_words
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.routes.figures.map import routes_map
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.figures.region_map import region_map
from dashboard.words import served, source_cells, tables, terms
from data.i18n import Language

# The size of a map in pixels. On a slide a pixel is 0.923 points, so that its smallest letters have 12 points.
SIZE = (650.0, 378.0)
VICTIMS = states_query.COUNTS[0]
# The most arrows of a map, which the table beside it has too; the average width of a letter as a share of its size.
MOST, LETTER = 6, 0.62
# Where a label may stand instead, in pixels to the right and down, the nearest first.
WAYS = ways(120, 72, 12)
# Up to so many pixels from its place a label needs no line; the letters of a code.
NEAR, CODE = 13.0, 3
# So near to a label is the mark of its own state; farther than that a name seems to belong to another state.
BESIDE, FAR = 18.0, 64.0


def region(lang: Language, year: int) -> Figure:
    """Detected victims in every state in a year, as circles."""
    rows = states_query.region(VICTIMS, year)
    spec = region_map(
        rows,
        store.basemap(),
        lang,
        indicator=VICTIMS,
        measure="count",
        largest=states_query.largest(VICTIMS),
        sparse=True,
        size=SIZE,
    )
    alt = states_words.region(rows, lang, VICTIMS, "count", year)
    return Figure(_wide(spec), f"{alt} {served.sentence(lang, served.served(rows))}")


def of_routes(lang: Language, selection: routes_query.Filter, arrows: routes_query.Arrows) -> Figure:
    """Arrows on the map, of one kind of evidence."""
    spec = routes_map(
        arrows.shown,
        routes_query.NO_ROLES,
        store.basemap(),
        lang,
        evidence=selection.evidence,
        points=store.points(),
        chosen=selection.areas,
        size=SIZE,
        sparse=True,
    )
    return Figure(_wide(spec), routes_words.arrows(arrows, lang, selection))


def few(arrows: routes_query.Arrows) -> routes_query.Arrows:
    """The largest arrows only, with rings among them: more would cover each other on a slide."""
    between = arrows.shown.select(routes_words.BETWEEN.cum_sum() - routes_words.BETWEEN < MOST).to_series()
    return replace(arrows, shown=arrows.shown.filter(between))


def largest(lang: Language, arrows: routes_query.Arrows, unit: str) -> Table:
    """The arrows of a map in words: their ends, and their figures under the `unit`; no legs of longer routes."""
    head = lang.text("From → to"), unit
    ends = ("origin", "destination")
    each = [
        (" → ".join(lang.country(row[end]) for end in ends), figure(lang, row))
        for row in arrows.shown.filter(leg="direct").iter_rows(named=True)
    ]
    return Table(head, tuple(each), lang.text("The largest arrows on the map"))


def figure(lang: Language, row: tables.Row) -> str:
    """The figure of an arrow in words, where each year is masked."""
    if not routes_query.few(row):
        return lang.interval(row["low"], row["high"])
    return lang.text("fewer than five") if row["records"] == 1 else lang.text("fewer than five a year")


def disputed(lang: Language, rows: pl.DataFrame, indicator: str = "") -> list[str]:
    """The sentence on how many of these figures a state disputes; empty if none."""
    if corrections_query.every().is_empty():
        return []
    named = rows.with_columns(indicator=pl.lit(indicator)) if indicator else rows
    return corrections_words.shown(lang, corrections_tables.within(named).height)


def every(lang: Language, year: int) -> Table:
    """The count and the source cell of each state in a year, in alphabetical order."""
    rows = {row["area"]: row for row in states_query.region(VICTIMS, year).iter_rows(named=True)}
    head = lang.text("State"), terms.term(lang, "indicator", VICTIMS), lang.text("Source cell")
    each = tuple(
        (
            lang.country(area),
            terms.figure(lang, rows[area]["low"], rows[area]["high"], rows[area]["status"], 0),
            source_cells.cells(lang, rows[area]["locator"]),
        )
        for area in lang.sorted_countries(rows)
    )
    return Table(head, each, lang.text("Detected victims by state, {year}", year=year))


def drawn(picture: Figure, lang: Language, title: str = "") -> Drawing:
    """A map as shapes, with the full name of a state in place of its code wherever there is room for it."""
    whole = drawing(picture.spec, title=title, alt=picture.alt)
    shapes: list[Shape] = list(whole.shapes)
    ties: list[Shape] = []
    marks = [_circle(one) for one in shapes if isinstance(one, Mark) and one.layer == "mark"]
    for place, shape in enumerate(shapes):
        code = shape.plain.split("\n")[0].split(" ")[0] if isinstance(shape, Text) else ""
        if isinstance(shape, Text) and code in store.areas():
            others = [_box(one) for one in shapes if isinstance(one, Text) and one is not shape]
            panel = _panel(picture.spec, shape)
            label = _named(shape, lang.country(code), (others, marks), panel)
            start = shape.at
            if shape.at != _inside(shape.at, panel):
                start = _untied(shapes, _inside(shape.at, panel))
            ties += _tie(start, label)
            shapes[place] = label
    kept = [one for one in shapes if not isinstance(one, Path) or one.lines]
    return replace(whole, shapes=(*kept, *ties)).trimmed()


def _named(label: Text, name: str, taken: tuple[Sequence[Box], Sequence[Box]], panel: Box) -> Text:
    """A label with the name of its state, or the code where it has no room, at the nearest free place of the panel.

    Args:
        taken: the boxes of the other words, and of marks: a label covers none but that beside which it stands.
    """
    own = min(taken[1], key=lambda box: math.dist(_middle(box), label.at), default=None)
    others = [*taken[0], *(one for one in taken[1] if one != own or math.dist(_middle(one), label.at) > BESIDE)]
    for one, limit in _forms(label, name):
        found = _nearest(one, others, panel, NEAR) or _nearest(one, [*taken[0], *taken[1]], panel, limit)
        if found:
            return found
    return label


def _nearest(label: Text, taken: Sequence[Box], panel: Box, limit: float = math.inf) -> Text | None:
    """The label at the nearest place of the panel where it covers nothing; None if there is none within the limit."""
    for right, down in WAYS:
        placed = _within(cast("Text", moved(label, right, down)), panel)
        if math.hypot(right, down) <= limit and not covers([_box(placed)], taken):
            return placed
    return None


def _forms(label: Text, name: str) -> Iterator[tuple[Text, float]]:
    """The forms of a label in the order in which they are tried, and how many pixels from its place each may stand.

    The name near its place, in two lines if need be; then the code; then the name anywhere.
    """
    ((words, bold), *rest), *lines = label.lines
    rest_of = words[CODE:]

    def written(*parts: str) -> Text:
        *above, last = parts
        return replace(label, lines=(*(((one, bold),) for one in above), ((last + rest_of, bold), *rest), *lines))

    parts = name.split(" ")
    yield written(name), FAR
    if len(parts) > 1 and not lines:
        cuts = [(" ".join(parts[:n]), " ".join(parts[n:])) for n in range(1, len(parts))]
        yield written(*min(cuts, key=lambda cut: max(map(len, cut)))), FAR
    yield label, math.inf
    yield written(name), math.inf


def _within(label: Text, panel: Box) -> Text:
    """The label moved into the panel."""
    left, top, right, bottom = _box(label)
    across = max(panel[0] - left, 0) + min(panel[2] - right, 0)
    return cast("Text", moved(label, across, max(panel[1] - top, 0) + min(panel[3] - bottom, 0)))


def _inside(point: Point, panel: Box) -> Point:
    """The point of the panel nearest to a point."""
    return min(max(point[0], panel[0]), panel[2]), min(max(point[1], panel[1]), panel[3])


def _untied(shapes: list[Shape], end: Point) -> Point:
    """Take the leader line that ends near a point out of the shapes; returns its start, or the point without one.

    It led to a label below the edge of its panel, where it is cut.
    """
    for place, shape in enumerate(shapes):
        if not isinstance(shape, Path) or shape.layer != "line":
            continue
        for line in shape.lines:
            if len(line) == 2 and math.dist(line[-1], end) <= BESIDE:  # noqa: PLR2004 - from a state to its label
                shapes[place] = replace(shape, lines=tuple(one for one in shape.lines if one is not line))
                return line[0]
    return end


def _tie(start: Point, label: Text) -> list[Shape]:
    """A line to a label from its start: where it stood before, or its state; none if that is beside it."""
    (x, y), (left, top, right, bottom) = start, _box(label)
    end = min(max(x, left), right), min(max(y, top + 3), bottom - 3)
    if math.dist((x, y), end) <= NEAR:
        return []
    return [Path("line", (((x, y), end),), Stroke(label.paint, 0.8))]


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _circle(mark: Mark) -> Box:
    half = mark.size / 2
    return mark.at[0] - half, mark.at[1] - half, mark.at[0] + half, mark.at[1] + half


def _panel(spec: Mapping[str, Any], label: Text) -> Box:
    """The corners of the panel nearest to a label, in pixels: the map of the region, or the enlargement."""
    layout, (wide, tall) = spec["layout"], (spec["layout"]["width"], spec["layout"]["height"])
    margin = layout.get("margin", {})
    left, top = margin.get("l", 0), margin.get("t", 0)
    across, down = wide - left - margin.get("r", 0), tall - top - margin.get("b", 0)
    found = []
    for name in (name for name in layout if name.startswith("xaxis")):
        x, y = layout[name]["domain"], layout[name.replace("x", "y", 1)]["domain"]
        found.append((left + x[0] * across, top + (1 - y[1]) * down, left + x[1] * across, top + (1 - y[0]) * down))

    def away(box: Box) -> float:
        apart = (
            max(box[0] - label.at[0], label.at[0] - box[2], 0.0),
            max(box[1] - label.at[1], label.at[1] - box[3], 0.0),
        )
        return sum(apart)

    return min(found, key=away)


def _box(text: Text) -> Box:
    """The box of a text in pixels: left, top, right, bottom."""
    across = max(len(line) for line in text.plain.split("\n")) * text.size * LETTER
    tall = len(text.lines) * text.size * 1.2
    left = text.at[0] - {"right": 0.0, "center": across / 2, "left": across}[text.side]
    top = text.at[1] - {"top": 0.0, "middle": tall / 2, "bottom": tall}[text.level]
    return left, top, left + across, top + tall


def _wide(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification with its width."""
    return {"data": spec["data"], "layout": {**spec["layout"], "width": SIZE[0]}}
