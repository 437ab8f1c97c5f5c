"""Lines in time: one chart a unit, each series named at its end where there is room; gaps stay gaps."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, sqrt
from textwrap import wrap
from typing import Unpack

import polars as pl

from dashboard.charts import series, time_plot
from dashboard.charts.drawing import SHAPES, Board, Drawing, Spec
from dashboard.charts.figure_words import short
from dashboard.charts.framing import Around, Framing
from dashboard.charts.series import REST, Series
from dashboard.charts.time_plot import LETTER, Plot
from dashboard.words import terms
from data.i18n import Language

# More series than these are thin and gray but for those that are chosen.
FEW = len(SHAPES)
# Pixels: how tall the only chart is and one of several, the years under it, over its highest figure, a line of words.
TALL, YEARS, ROOM, LINE = {False: (440.0, 320.0), True: (320.0, 260.0)}, 40.0, 14.0, 17.0
# The share of the width that names at the ends may take.
SIDE = 0.3
APART = 18.0
# Of more series than these none in gray is named at its end: hardly any would have room.
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
        rows: the answer of `dashboard.subjects.explore.query.drawn`.
        chosen: the states whose lines stand out where there are more than `FEW`. All others as in `multiples`.
    """
    around = Around(**framing)
    board, every = around.board(lang), series.groups(rows, lang)
    held = [[one for one in together if series.reported(one)] or together[:1] for together in every]
    named = series.key_names(held, lang)
    told = [list(zip(together, some, strict=True)) for together, some in zip(held, named, strict=True)]
    asked = [name for some in told for one, name in some if one.value("area") in chosen]
    ranks = series.ranks((name for some in told for _, name in some), FEW, asked)
    drawing, level = Drawing(board, 8.0), 0.0
    for together, some in zip(held, told, strict=True):
        if len(held) > 1:
            level = time_plot.write_heading(drawing, series.heading(together, lang), level)
        level = _chart(drawing, together, [ranks[name] for _, name in some], level, TALL[around.narrow][len(held) > 1])
    head = [series.heading(some, lang) for some in held if len(held) == 1]
    head += [lang.text("A gap is a year without a report")] if len(ranks) > 1 else []
    items = board.items(drawing, ranks)
    said = [*_silent(every, lang), *around.notes]
    return board.spec(drawing, level, items, ". ".join(head), title=around.title, notes=said)


def _silent(every: Sequence[Sequence[Series]], lang: Language) -> list[str]:
    """A note of the states that have no line because they report nothing."""
    heard = {one.value("area") for together in every for one in together if series.reported(one)}
    silent = {one.value("area") for together in every for one in together} - heard
    states = [lang.country(area) for area in lang.sorted_countries(silent)]
    return [lang.text("Not reported in these years: {states}", states=", ".join(states))] if silent else []


def _chart(drawing: Drawing, together: Sequence[Series], ranks: Sequence[int], top: float, tall: float) -> float:
    """The series of one unit; returns where their chart ends."""
    board, highest = drawing.board, series.highest(together)
    marked = time_plot.ticks(together, 5)
    left, names = time_plot.gutter(marked, board.lang), series.names(together, board.lang, coded=board.narrow)
    names = [name if rank != REST or len(names) <= MANY else "" for name, rank in zip(names, ranks, strict=True)]
    room = max(map(len, names)) * LETTER + APART
    wide = board.across - left - min(room, SIDE * board.across)
    plot = Plot(left, top + ROOM, wide, tall, series.years(together), highest)
    time_plot.unreported_bands(drawing, plot, together)
    order = sorted(range(len(together)), key=lambda number: ranks[number] != REST)
    told = [number for number in range(len(together)) if ranks[number] != REST]
    for number, one, rank in ((number, together[number], ranks[number]) for number in order):
        aside = 0.0 if rank == REST else time_plot.shift(told.index(number), len(told), plot)
        time_plot.draw(drawing, plot, one, rank, aside)
    ends(drawing, plot, list(zip(together, names, ranks, strict=True)))
    time_plot.scale(drawing, plot, marked, labels=True)
    return top + ROOM + tall + YEARS


def ends(drawing: Drawing, plot: Plot, told: Sequence[tuple[Series, str, int]]) -> None:
    """The name of each line at its last figure, a little higher or lower where another name or figure is in the way."""
    taken = [(x, y, x) for found in drawing.marks.values() for ends, _ in found for x, y in ends]
    taken += [spot for points in drawing.strokes.values() for spot in _along(points)]
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
        if free and end <= drawing.board.across:
            drawing.write(start, free[0], name)
            taken.append((start, free[0], end))
            if free[0] != -level:
                drawing.line(drawing.board.paint(rank), [(x + APART / 2, -level), (start, free[0])])


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


# Pixels: the least width of a panel, what lies between two, a line of a name, the years, over the highest figure.
LEAST, BETWEEN, NAME, PANEL_YEARS, PANEL_ROOM = {False: 205.0, True: 150.0}, 18.0, 19.0, 34.0, 20.0
LOW, HIGH = 96.0, 220.0
PANEL_LETTER = 7.6
LOOKS = 6


def multiples(
    rows: pl.DataFrame,
    lang: Language,
    *,
    shared: bool = True,
    **framing: Unpack[Framing],
) -> Spec:
    """A Plotly spec.

    Args:
        rows: the answer of `dashboard.subjects.explore.query.drawn`.
        framing: what stands around it, and how it is arranged (`Around`).
        shared: whether all panels of a unit have one scale; else each has its own.
    """
    around = Around(**framing)
    board = around.board(lang)
    held = series.groups(rows, lang)
    named = series.key_names(held, lang, apart=["area"])
    ranks = series.ranks((name for some in named for name in some), LOOKS)
    marked = [time_plot.ticks(some, 3) if shared else [0.0] for some in held]
    gutter = time_plot.gutter((figure for some in marked for figure in some), lang) if shared else 0.0
    drawing, level = Drawing(board, 6.0), 0.0
    for together, names, figures in zip(held, named, marked, strict=True):
        if len(held) > 1:
            level = time_plot.write_heading(drawing, series.heading(together, lang, apart=["area"]), level)
        block = _Block(drawing, together, [ranks[name] for name in names], figures, gutter)
        level = block.drawn(level, shared=shared)
    says = [lang.text("One scale for all states") if shared else lang.text("Each state has a scale of its own")]
    says += [lang.text("The number in a panel is its highest figure")]
    head = ". ".join([*(series.heading(some, lang, apart=["area"]) for some in held if len(held) == 1), *says])
    return board.spec(drawing, level, board.items(drawing, ranks), head, title=around.title, notes=around.notes)


@dataclass(frozen=True)
class _Block:
    """The panels of one unit: its series with their ranks, the figures of its scale, the room left of the panels."""

    drawing: Drawing
    together: Sequence[Series]
    ranks: Sequence[int]
    marked: Sequence[float]
    gutter: float

    def drawn(self, top: float, *, shared: bool) -> float:
        """Draw the panels from a level on; returns where they end."""
        states: dict[str, list[tuple[Series, int]]] = {}
        for one, rank in zip(self.together, self.ranks, strict=True):
            states.setdefault(one.value("area"), []).append((one, rank))
        board, highest = self.drawing.board, series.highest(self.together)
        order = board.lang.sorted_countries(states)
        columns = _columns(len(order), board)
        wide = (board.across - self.gutter) / columns - BETWEEN
        plot = Plot(0, 0, wide, min(max(wide * 0.5, LOW), HIGH), series.years(self.together), highest)
        for start in range(0, len(order), columns):
            named = {area: wrap(board.lang.country(area), int(wide / PANEL_LETTER)) for area in order[start:][:columns]}
            top += NAME * max(map(len, named.values()))
            for column, (area, name) in enumerate(named.items()):
                left, mine = self.gutter + column * (wide + BETWEEN), states[area]
                own = highest if shared else series.highest(one for one, _ in mine)
                here = replace(plot, left=left, top=top + PANEL_ROOM, highest=own)
                self.drawing.write(left, top - NAME * len(name) / 2, "<br>".join(f"<b>{line}</b>" for line in name))
                _panel(self.drawing, here, mine)
                time_plot.scale(self.drawing, here, self.marked, labels=shared and not column)
            top += PANEL_ROOM + plot.tall + PANEL_YEARS
        return top


def _columns(panels: int, board: Board) -> int:
    """As many as there is room for, fewer where the panels would not fill two or three rows."""
    room = int(board.across / LEAST[board.narrow])
    return max(min(room, panels, ceil(sqrt(panels * 1.4))), 1)


def _panel(drawing: Drawing, plot: Plot, mine: Sequence[tuple[Series, int]]) -> None:
    time_plot.unreported_bands(drawing, plot, [one for one, _ in mine])
    for number, (one, rank) in enumerate(mine):
        time_plot.draw(drawing, plot, one, rank, time_plot.shift(number, len(mine), plot))
    known = [row for one, rank in mine for row in one.rows if row["high"] is not None]
    if known:
        peak = max(known, key=lambda row: row["high"])
        said = short(peak, drawing.board.lang)
        half = len(said) * PANEL_LETTER / 2
        x = min(max(plot.x(peak["year"]), plot.left + half), plot.left + plot.wide - half)
        drawing.write(x, plot.y(peak["high"]) - 12, said, "center")
    elif all(row["status"] == "not_reported" for one, _ in mine for row in one.rows):
        drawing.write(
            plot.left + plot.wide / 2,
            plot.top + plot.tall / 2,
            terms.term(drawing.board.lang, "status", "not_reported"),
            "center",
        )
