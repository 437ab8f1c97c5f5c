"""Lines in time: one chart a unit, each series named at its end where there is room; gaps stay gaps."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Unpack

import polars as pl

from dashboard.figures import asked_series, chart
from dashboard.figures.asked_series import REST, Series
from dashboard.figures.chart import LETTER, Plot
from dashboard.figures.framing import Around, Framing
from dashboard.figures.ink import SHAPES, Ink, Spec
from data.i18n import Language

# More series than these are thin and grey but for those that are chosen.
FEW = len(SHAPES)
# Pixels: how tall the only chart is and one of several, the years under it, over its highest figure, a line of words.
TALL, YEARS, ROOM, LINE = {False: (440.0, 320.0), True: (320.0, 260.0)}, 40.0, 14.0, 17.0
# The share of the width that names at the ends may take.
SIDE = 0.3
APART = 18.0
# Of more series than these none in grey is named at its end: hardly any would have room.
MANY = 60
NUDGES = (0, -1, 1, -2, 2, -3, 3, -4, 4, -5, -6)


def lines(
    rows: pl.DataFrame,
    lang: Language,
    *,
    chosen: Collection[str] = (),
    **framing: Unpack[Framing],
) -> Spec:
    """A Plotly spec.

    Args:
        rows: the answer of `dashboard.query.explore.drawn`.
        chosen: the states whose lines stand out where there are more than `FEW`. All others as in `multiples`.
    """
    around = Around(**framing)
    board, every = around.board(lang), asked_series.groups(rows, lang)
    held = [[one for one in together if asked_series.reported(one)] or together[:1] for together in every]
    named = asked_series.keyed(held, lang)
    told = [list(zip(together, some, strict=True)) for together, some in zip(held, named, strict=True)]
    asked = [name for some in told for one, name in some if one.value("area") in chosen]
    ranks = asked_series.looks((name for some in told for _, name in some), FEW, asked)
    ink, level = Ink(board, 8.0), 0.0
    for together, some in zip(held, told, strict=True):
        if len(held) > 1:
            level = chart.headed(ink, asked_series.heading(together, lang), level)
        level = _chart(ink, together, [ranks[name] for _, name in some], level, TALL[around.narrow][len(held) > 1])
    head = [asked_series.heading(some, lang) for some in held if len(held) == 1]
    head += [lang.text("A gap is a year without a report")] if len(ranks) > 1 else []
    items = board.items(ink, ranks)
    said = [*_silent(every, lang), *around.notes]
    return board.spec(ink, level, items, ". ".join(head), title=around.title, notes=said)


def _silent(every: Sequence[Sequence[Series]], lang: Language) -> list[str]:
    """A note of the states that have no line because they report nothing."""
    heard = {one.value("area") for together in every for one in together if asked_series.reported(one)}
    silent = {one.value("area") for together in every for one in together} - heard
    states = [lang.country(area) for area in lang.sorted_countries(silent)]
    return [lang.text("Not reported in these years: {states}", states=", ".join(states))] if silent else []


def _chart(ink: Ink, together: Sequence[Series], ranks: Sequence[int], top: float, tall: float) -> float:
    """The series of one unit; returns where their chart ends."""
    board, most = ink.board, asked_series.most(together)
    marked = chart.ticks(together, 5)
    left, names = chart.gutter(marked, board.lang), asked_series.names(together, board.lang, coded=board.narrow)
    names = [name if rank != REST or len(names) <= MANY else "" for name, rank in zip(names, ranks, strict=True)]
    room = max(map(len, names)) * LETTER + APART
    wide = board.across - left - min(room, SIDE * board.across)
    plot = Plot(left, top + ROOM, wide, tall, asked_series.years(together), most)
    chart.silent(ink, plot, together)
    order = sorted(range(len(together)), key=lambda number: ranks[number] != REST)
    told = [number for number in range(len(together)) if ranks[number] != REST]
    for number, one, rank in ((number, together[number], ranks[number]) for number in order):
        aside = 0.0 if rank == REST else chart.shift(told.index(number), len(told), plot)
        chart.draw(ink, plot, one, rank, aside)
    ends(ink, plot, list(zip(together, names, ranks, strict=True)))
    chart.scale(ink, plot, marked, worded=True)
    return top + ROOM + tall + YEARS


def ends(ink: Ink, plot: Plot, told: Sequence[tuple[Series, str, int]]) -> None:
    """The name of each line at its last figure, a little higher or lower where another name or figure is in the way."""
    taken = [(x, y, x) for found in ink.marks.values() for ends, _ in found for x, y in ends]
    taken += [spot for points in ink.strokes.values() for spot in _along(points)]
    known = [(one.last, name, rank) for one, name, rank in told if name and one.last]
    found = [
        (rank == REST, -plot.y((row["low"] + row["high"]) / 2), plot.x(row["year"]), name, rank)
        for row, name, rank in known
    ]
    # From the lowest up: what has no room beside its figure goes up, where there is more of it.
    for rest, level, x, name, rank in sorted(found):
        start, end = x + APART, x + APART + len(name) * LETTER
        heights = [nudge * LINE / 2 - level for nudge in (NUDGES[:1] if rest else NUDGES)]
        free = [at for at in heights if plot.top - LINE < at < plot.y(0) and not _meets((start, at, end), taken)]
        if free and end <= ink.board.across:
            ink.say(start, free[0], name)
            taken.append((start, free[0], end))
            if free[0] != -level:
                ink.line(ink.board.paint(rank), [(x + APART / 2, -level), (start, free[0])])


def _along(points: Sequence[tuple[float, float] | None]) -> Iterator[tuple[float, float, float]]:
    """Places on lines between their points."""
    for start, end in pairwise(points):
        if start and end:
            for part in (0.2, 0.4, 0.6, 0.8):
                x, y = (a + (b - a) * part for a, b in zip(start, end, strict=True))
                yield x, y, x


def _meets(wanted: tuple[float, float, float], taken: Sequence[tuple[float, float, float]]) -> bool:
    """Whether a name from one x to another at a height would lie over one of those taken."""
    start, at, end = wanted
    return any(abs(at - y) < LINE and start - 4 < right and left < end + 4 for left, y, right in taken)
