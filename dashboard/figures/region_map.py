"""The map of the region: rates as five printed classes of fill, counts as circles whose area is the figure."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import polars as pl

from dashboard import terms
from dashboard.figures import ground
from dashboard.figures.basemap import Basemap, Coordinates
from dashboard.figures.classes import class_of, decimals
from dashboard.figures.key import SWATCH_HEIGHT, Item, foot, headings, height, key, round_examples, wrapped
from dashboard.figures.labels import Label, placed, targets, texts, ties
from dashboard.figures.looks import STATES, Look, look, look_of, number_state, sentence, shade, short
from dashboard.figures.panels import WIDE, Panel, Sheet, layout, sheet
from dashboard.figures.traces import PALETTES, Palette, Trace, area, marks
from dashboard.i18n import Language

LARGEST_CIRCLE = {False: 64.0, True: 44.0}
LEAST_CIRCLE = 4.0
SYMBOL = 11.0
OPACITY = 0.7


@dataclass(frozen=True)
class _Map:
    """All that the parts of one figure share. `breaks` is None on a map of counts, `largest` the greatest figure."""

    rows: dict[str, dict[str, Any]]
    basemap: Basemap
    lang: Language
    palette: Palette
    indicator: str
    breaks: Sequence[float] | None
    largest: float
    place: Sheet

    def circle(self, figure: float) -> float:
        """The diameter in pixels of a figure's circle: its area is in proportion."""
        return max(LEAST_CIRCLE, LARGEST_CIRCLE[self.place.narrow] * math.sqrt(figure / self.largest))

    def size(self, code: str) -> float:
        """The diameter of a state's symbol: its circle where circles are drawn and it has a figure."""
        row = self.rows[code]
        drawn = self.breaks is None and number_state(row) == "exact"
        return round(self.circle(row["high"]), 1) if drawn else SYMBOL

    def look(self, code: str) -> Look:
        """The look of a state."""
        return look(self.rows[code], self.palette, self.breaks)

    def hover(self, code: str) -> str:
        """What a state says when it is pointed at."""
        return sentence(self.rows[code], self.lang, self.indicator)


def region_map(
    frame: pl.DataFrame,
    basemap: Basemap,
    lang: Language,
    *,
    indicator: str,
    measure: Literal["rate", "count"],
    breaks: Sequence[float] = (),
    largest: float | None = None,
    title: str = "",
    notes: Sequence[str] = (),
    palette: Literal["light", "dark"] = "light",
    narrow: bool = False,
    size: tuple[float, float] = WIDE,
) -> dict[str, Any]:
    """A Plotly spec (plain dict) of the 35 states.

    Args:
        frame: the region frame, one row for each state: area, year, low, high, status {exact, masked, conflicting,
            suspect, not_reported}, unit, source, release.
        basemap: prepared once for the snapshot.
        indicator: its id, for the key and the hover texts.
        measure: `rate` fills states by class, `count` draws circles.
        breaks: limits of the classes (`classes.class_breaks` over all years); used for a rate.
        largest: the figure of the largest circle, over all years; the frame's own by default.
        title, notes: words over and under the map ("as of" ...); the boundary disclaimer is added.
        palette, narrow: the colours, and the arrangement for a phone.
        size: the pixels of the wide arrangement.

    Returns:
        `data` and `layout`; markers that can be chosen carry `customdata` [iso3].
    """
    rows = {row["area"]: row for row in frame.iter_rows(named=True)}
    colours = PALETTES[palette]
    top = largest or max((row["high"] or 0 for row in rows.values()), default=0) or 1.0
    named = terms.indicator(lang, indicator)
    given = None if measure == "count" else tuple(breaks)
    blank = sheet(frozenset(rows), narrow=narrow, notes=0, size=size)
    lines_ = wrapped([*notes, ground.disclaimer(lang)], blank.width)
    draft = _Map(rows, basemap, lang, colours, named, given, top, blank)
    items = _key_items(draft)
    needed = height(items, blank.key.width, narrow=narrow)
    arranged = sheet(frozenset(rows), narrow=narrow, notes=len(lines_), key=needed, size=size)
    drawn = _Map(rows, basemap, lang, colours, named, given, top, arranged)
    traces = [trace for panel in arranged.panels for trace in _panel(drawn, panel)]
    spec = layout(arranged, colours, title, lang.separators)
    spec["annotations"] = spec["annotations"] + foot(lines_, colours)
    return {"data": traces + key(arranged, items, colours), "layout": spec}


def _panel(drawn: _Map, panel: Panel) -> Iterator[Trace]:
    yield from ground.neutral_lands(drawn.basemap, panel, drawn.palette, drawn.lang)
    yield from _lands(drawn, panel)
    yield from ground.disputed(drawn.basemap, panel, drawn.palette, drawn.lang)
    yield ground.frame(panel, drawn.palette, drawn.lang, narrow=drawn.place.narrow)
    yield from _labels(drawn, panel)


def _lands(drawn: _Map, panel: Panel) -> Iterator[Trace]:
    outlines = ground.outlines(drawn.basemap, panel)
    for code in drawn.rows:
        if code in outlines:
            seen = drawn.look(code)
            hover = drawn.hover(code)
            yield area(panel.axis, outlines[code], seen.fill, line=seen.line, hover=hover, name=code, **seen.extra)


def _labels(drawn: _Map, panel: Panel) -> list[Trace]:
    points, codes = drawn.basemap.points, list(drawn.rows)
    found = placed(panel, points, codes, lambda code: short(drawn.rows[code], drawn.lang), drawn.size)
    found = [_beside(drawn, label) for label in found]
    shown = found if drawn.breaks is None else [label for label in found if label.at.away]
    x: Coordinates = [label.at.x for label in shown]
    y: Coordinates = [label.at.y for label in shown]
    return [
        ties(panel, found, drawn.palette),
        marks(panel.axis, x, y, _symbols(drawn, [label.area for label in shown])),
        *texts(panel, found, drawn.palette),
        targets(panel, found, drawn.hover, narrow=drawn.place.narrow),
    ]


def _beside(drawn: _Map, label: Label) -> Label:
    """The label with room for its symbol, and in the ink that reads on its land."""
    if not label.at.away:
        return replace(label, inverse=drawn.look(label.area).dark is (drawn.palette is PALETTES["light"]))
    return replace(label, radius=drawn.size(label.area) / 2)


def _symbols(drawn: _Map, codes: list[str]) -> dict[str, Any]:
    """On a map of counts the circles; on a rate map a dot of the state's look beside a land too small to read."""
    seen = [drawn.look(code) for code in codes]
    counts = drawn.breaks is None
    states = [number_state(drawn.rows[code]) for code in codes]
    pairs = zip(seen, states, strict=True)
    return {
        "symbol": [look.symbol for look in seen],
        "color": [drawn.palette.symbol if counts and state == "exact" else look.ink for look, state in pairs],
        "size": [drawn.size(code) for code in codes],
        "opacity": OPACITY if counts else 1,
        "line": {"width": 1.5, "color": drawn.palette.ink},
    }


def _key_items(drawn: _Map) -> list[Item]:
    found = Counter(number_state(row) for row in drawn.rows.values())
    states = [state for state in STATES if state != "exact" and found[state]]
    values = _circle_items(drawn) if drawn.breaks is None else _class_items(drawn)
    others = [_state_item(drawn, state, found[state]) for state in states]
    reported = len(drawn.rows) - found["not_reported"]
    heading = drawn.lang.text(
        "{indicator}: {n} of {all} states report", indicator=drawn.indicator, n=reported, all=len(drawn.rows)
    )
    return [*headings(heading, drawn.place), *values, *others, *ground.key_items(drawn.palette, drawn.lang)]


def _state_item(drawn: _Map, state: str, states: int) -> Item:
    seen = look_of(state, drawn.palette.tint, drawn.palette)
    text = f"{terms.status(drawn.lang, state)} ({drawn.lang.number(states)})"
    line = {"width": 1.5, "color": drawn.palette.ink}
    marker = {"symbol": seen.symbol, "color": seen.ink, "size": SYMBOL, "line": line}
    return Item(text, seen.fill, seen.line, extra=seen.extra, marker=marker)


def _class_items(drawn: _Map) -> list[Item]:
    breaks = drawn.breaks or ()
    values = [row["high"] for row in drawn.rows.values() if number_state(row) == "exact"]
    found = Counter(class_of(value, breaks) for value in values)
    limits = [drawn.lang.number(limit, decimals(limit)) for limit in breaks]
    lows, highs = ["", *limits], [*limits, ""]
    border = (drawn.palette.border, 0.8)
    return [
        Item(
            f"{_range(drawn.lang, low, high)} ({drawn.lang.number(found[rank])})",
            drawn.palette.ramp[shade(rank, breaks)],
            border,
        )
        for rank, (low, high) in enumerate(zip(lows, highs, strict=True))
    ]


def _range(lang: Language, low: str, high: str) -> str:
    if not low:
        return lang.text("up to {high}", high=high)
    return lang.text("{low} to {high}", low=low, high=high) if high else lang.text("over {low}", low=low)


def _circle_items(drawn: _Map) -> list[Item]:
    line = {"width": 1.5, "color": drawn.palette.ink}
    base = {"symbol": "circle", "color": drawn.palette.symbol, "opacity": OPACITY, "line": line}
    return [
        Item(drawn.lang.number(value), marker=base | {"size": round(drawn.circle(value), 1)})
        for value in round_examples(drawn.largest * (SWATCH_HEIGHT / LARGEST_CIRCLE[drawn.place.narrow]) ** 2)
    ]
