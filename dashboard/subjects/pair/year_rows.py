"""The bars of two states: for each direction its sum and its years, both directions on one scale.

Beside each year stands its figure, or in words why it has none: the state lists other citizenships, or we doubt it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import polars as pl

from dashboard.charts.colors import COLORS
from dashboard.charts.key import AXIS
from dashboard.charts.medium import TEXT
from dashboard.charts.panels import Rectangle
from dashboard.charts.render import metrics
from dashboard.charts.traces import Trace, words
from dashboard.subjects.pair import query
from dashboard.subjects.pair.query import ListedYears
from dashboard.subjects.pair.words import nothing_listed, year_figure
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.routes.figures import ledger
from dashboard.subjects.routes.figures.circles import LINE, languages, widest
from dashboard.subjects.routes.figures.ledger import OtherBars
from dashboard.subjects.routes.figures.lines import CountryLine, Share
from dashboard.words import tables
from data.i18n import Language

# Pixels: the pitch of years and the least one, the height of a bar as a share of it, the room between two directions,
# beside words, and between a heading and its figure.
PITCH = 22.0
LEAST = 15.0
THICK = 0.6
APART = 16.0
SPACE = 8.0
BETWEEN = 16.0
# The least that a bar of the whole width stands for: a few victims are no long bar.
SCALE = 10.0


@dataclass(frozen=True)
class Direction:
    """Citizens of one state detected in the other: its line on the map, if it has one, and its years."""

    start: str
    end: str
    summed: CountryLine | None
    years: Sequence[CountryLine]

    def heading(self, lang: Language) -> str:
        """Whose citizens were detected where."""
        return routes_words.group(lang, {"origin": self.start, "destination": self.end})

    def written(self, lang: Language, width: float) -> list[str]:
        """The lines of its heading in a width in pixels, and what stands in place of its years."""
        room = width - (widest(CountryLine.figure, [self.summed], bold=True) + BETWEEN if self.summed else 0)
        head = [f"<b>{line}</b>" for line in metrics.wrapped(self.heading(lang), room, TEXT * 1.06, bold=True)]
        nothing = [] if self.years else metrics.wrapped(nothing_listed(lang, self.end), width, TEXT * 1.06)
        return [*head, *nothing]

    def tall(self, width: float) -> float:
        """The height of its words, which is that of the language with most lines."""
        return LINE * max(len(self.written(lang, width)) for lang in languages())


def year_rows(
    one: str, other: str, summed: Sequence[CountryLine], edition: str, lang: Language, width: float
) -> OtherBars:
    """The bars of two states, for a width in pixels.

    Args:
        summed: the lines of both directions on the map, each at the state that detected.
    """
    rows, by_end = query.between(one, other, edition), {line.code: line for line in summed}
    both = [
        Direction(start, end, by_end.get(end), _years(rows.filter(start=start), end, edition, lang))
        for start, end in query.ways(rows, one, other)
    ]
    every = [line for way in both for line in way.years]
    high = sum(way.tall(width) for way in both) + len(every) * PITCH + APART + 2 * SPACE
    return OtherBars(every, high, partial(_drawn, both, lang))


def _years(rows: pl.DataFrame, end: str, edition: str, lang: Language) -> list[CountryLine]:
    counted = rows.filter(evidence="counted")
    return [_line(one, end, lang) for one in query.listed_years(counted, query.lists(end, edition))]


def _line(one: ListedYears, end: str, lang: Language) -> CountryLine:
    """The line of a year, or of several."""
    ends = (float(one.row["low"]), float(one.row["high"])) if one.state == "figure" else (0.0, 0.0)
    return CountryLine(
        code=end,
        shares=[Share(*ends, COLORS.arrows["counted"])] if ends[1] else [],
        few=bool(one.row.get("masked")) and one.state == "figure",
        own=False,
        text=lambda other: year_figure(other, one),
        label=lambda other: year_figure(other, one),
        hover=lang.labeled(tables.runs(lang, one.years), year_figure(lang, one)),
        opens=[one.row.get("locator") or ""],
        called=(lambda other: tables.runs(other, one.years), lambda other: tables.runs(other, one.years)),
    )


def _drawn(both: Sequence[Direction], lang: Language, box: Rectangle) -> Iterator[Trace]:
    """Both directions in a box: one below the other, else beside each other; on a low stage without their years."""
    places, heads, pitch = _below(both, box)
    if pitch < LEAST:
        places, heads, pitch = _beside(both, box)
    if pitch < LEAST and (summed := [way.summed for way in both if way.summed]):
        yield from ledger.LedgerBars.fitting(summed, box, lang, below=True).traces()
        return
    every = [line for way in both for line in way.years]
    names = widest(CountryLine.name, every) + SPACE
    figures = widest(CountryLine.figure, every) + SPACE
    scale = max(places[0].width - names - figures, 1.0) / max([SCALE, *(line.high for line in every)])
    for way, place, head in zip(both, places, heads, strict=True):
        top = place.bottom + place.height
        yield from _heading(way, place, top, lang)
        levels = [top - head - (number + 0.5) * pitch for number in range(len(way.years))]
        if way.years:
            yield from _bars(way.years, levels, place.left + names, scale, pitch, lang)


Places = tuple[list[Rectangle], list[float], float]


def _below(both: Sequence[Direction], box: Rectangle) -> Places:
    """One direction below the other: the box of each, the height of its heading, and the pitch of years that fits."""
    heads = [way.tall(box.width) + SPACE for way in both]
    rows = max(sum(len(way.years) for way in both), 1)
    pitch = min((box.height - sum(heads) - APART) / rows, PITCH)
    places, top = [], box.bottom + box.height
    for way, head in zip(both, heads, strict=True):
        high = head + len(way.years) * pitch
        places.append(Rectangle(box.left, top - high, box.width, high))
        top -= high + APART
    return places, heads, pitch


def _beside(both: Sequence[Direction], box: Rectangle) -> Places:
    """The same with the directions beside each other."""
    width = (box.width - APART) / len(both)
    places = [Rectangle(box.left + at * (width + APART), box.bottom, width, box.height) for at in range(len(both))]
    head = max(way.tall(width) for way in both) + SPACE
    rows = max(*(len(way.years) for way in both), 1)
    return places, [head] * len(both), min((box.height - head) / rows, PITCH)


def _heading(way: Direction, box: Rectangle, top: float, lang: Language) -> Iterator[Trace]:
    text = way.written(lang, box.width)
    levels = [top - (number + 0.5) * LINE for number in range(len(text))]
    yield words(AXIS, [box.left] * len(text), [*levels], text, "right", size=TEXT)
    if way.summed:
        figure = f"<b>{way.summed.figure(lang)}</b>"
        yield words(AXIS, [box.left + box.width], [levels[0]], [figure], "left", size=TEXT)


def _bars(
    years: Sequence[CountryLine], levels: Sequence[float], left: float, scale: float, pitch: float, lang: Language
) -> Iterator[Trace]:
    for line, level in zip(years, levels, strict=True):
        yield from ledger.bar(line, left, level, scale, pitch * THICK)
    starts, ends = [left - SPACE] * len(years), [left + line.high * scale + 6 * bool(line.high) for line in years]
    yield words(AXIS, [*starts], [*levels], [line.name(lang) for line in years], "left", size=TEXT)
    yield words(AXIS, [*ends], [*levels], [line.figure(lang) for line in years], "right", size=TEXT)
    at = [(line, level) for line, level in zip(years, levels, strict=True) if line.opens[0]]
    if at:
        places = [(left + ledger.MARK / 2, level) for _, level in at]
        yield ledger.handles([line for line, _ in at], places, [pitch] * len(at), AXIS)
