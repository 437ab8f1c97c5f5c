"""Lines by year: a chart per unit with all series, or a small panel per state (`multiples`). Gaps are not bridged."""

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
from dashboard.charts.options import Framing, Options
from dashboard.charts.series import REST, Series
from dashboard.charts.time_plot import LETTER, Plot
from dashboard.words import terms
from data.i18n import Language

# Series beyond these are thin and gray, except chosen ones.
FEW = len(SHAPES)
# Pixels: height of a single plot and of one of several, space for the years below, space above, a line of text.
TALL, YEARS, ROOM, LINE = {False: (440.0, 320.0), True: (320.0, 260.0)}, 40.0, 14.0, 17.0
# The greatest share of the width for names at the ends of lines.
SIDE = 0.3
APART = 18.0
# With more series than these no gray one is named at its end: hardly any would have room.
MANY = 60
NUDGES = (0, -1, 1, -2, 2, -3, 3, -4, 4, -5, -6)


def lines(
    rows: pl.DataFrame,
    lang: Language,
    *,
    chosen: Collection[str] = (),
    **framing: Unpack[Framing],
) -> Spec:
    """A Plotly spec with a chart per unit.

    Args:
        rows: the result of `dashboard.subjects.explore.query.drawn`.
        chosen: the states whose lines stand out if there are more than `FEW`.
        framing: title, notes and arrangement (`Options`).
    """
    options = Options(**framing)
    board, every = options.board(lang), series.groups(rows, lang)
    axes = [[one for one in together if series.reported(one)] or together[:1] for together in every]
    names = series.key_names(axes, lang)
    named = [list(zip(together, some, strict=True)) for together, some in zip(axes, names, strict=True)]
    chosen_names = [name for some in named for one, name in some if one.value("area") in chosen]
    ranks = series.ranks((name for some in named for _, name in some), FEW, chosen_names)
    drawing, level = Drawing(board, 8.0), 0.0
    for together, some in zip(axes, named, strict=True):
        if len(axes) > 1:
            level = time_plot.write_heading(drawing, series.heading(together, lang), level)
        level = _chart(drawing, together, [ranks[name] for _, name in some], level, TALL[options.narrow][len(axes) > 1])
    head = [series.heading(some, lang) for some in axes if len(axes) == 1]
    head += [lang.text("Gap: no data")] if len(ranks) > 1 else []
    items = board.items(drawing, ranks)
    notes = [*_unreported_note(every, lang), *options.notes]
    return board.spec(drawing, level, items, ". ".join(head), title=options.title, notes=notes)


def _unreported_note(every: Sequence[Sequence[Series]], lang: Language) -> list[str]:
    """A note that names the states without a line because they report nothing."""
    reporting = {one.value("area") for together in every for one in together if series.reported(one)}
    silent = {one.value("area") for together in every for one in together} - reporting
    states = [lang.country(area) for area in lang.sorted_countries(silent)]
    return [lang.text("Not reported in these years: {states}", states=", ".join(states))] if silent else []


def _chart(drawing: Drawing, together: Sequence[Series], ranks: Sequence[int], top: float, tall: float) -> float:
    """Draw the chart of one unit; returns the y of its lower end."""
    board, highest = drawing.board, series.highest(together)
    marked = time_plot.ticks(together, 5)
    left, names = time_plot.gutter(marked, board.lang), series.names(together, board.lang, coded=board.narrow)
    names = [name if rank != REST or len(names) <= MANY else "" for name, rank in zip(names, ranks, strict=True)]
    room = max(map(len, names)) * LETTER + APART
    wide = board.across - left - min(room, SIDE * board.across)
    plot = Plot(left, top + ROOM, wide, tall, series.years(together), highest)
    time_plot.unreported_bands(drawing, plot, together)
    order = sorted(range(len(together)), key=lambda number: ranks[number] != REST)
    named = [number for number in range(len(together)) if ranks[number] != REST]
    for number, one, rank in ((number, together[number], ranks[number]) for number in order):
        aside = 0.0 if rank == REST else time_plot.shift(named.index(number), len(named), plot)
        time_plot.draw(drawing, plot, one, rank, aside)
    ends(drawing, plot, list(zip(together, names, ranks, strict=True)))
    time_plot.scale(drawing, plot, marked, labels=True)
    return top + ROOM + tall + YEARS


def ends(drawing: Drawing, plot: Plot, labeled: Sequence[tuple[Series, str, int]]) -> None:
    """Write the name of each line at its latest figure, moved up or down to avoid other names and figures."""
    taken = [(x, y, x) for found in drawing.marks.values() for ends, _ in found for x, y in ends]
    taken += [spot for points in drawing.strokes.values() for spot in _along(points)]
    known = [(one.last, name, rank) for one, name, rank in labeled if name and one.last]
    found = [
        (rank == REST, -plot.y((row["low"] + row["high"]) / 2), plot.x(row["year"]), name, rank)
        for row, name, rank in known
    ]
    # From the lowest up: names without room move up, where there is more.
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
    """Sample points on lines, as obstacles for names."""
    for start, end in pairwise(points):
        if start and end:
            for part in (0.2, 0.4, 0.6, 0.8):
                x, y = (a + (b - a) * part for a, b in zip(start, end, strict=True))
                yield x, y, x


def _meets(name_box: tuple[float, float, float], taken: Sequence[tuple[float, float, float]]) -> bool:
    """Whether a name (left, y, right) would overlap one of those taken (left, y, right)."""
    start, at, end = name_box
    return any(abs(at - y) < LINE and start - 4 < right and left < end + 4 for left, y, right in taken)


# Pixels: least width of a panel, gap between two, a line of a name, space for the years below, space above.
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
    """A Plotly spec with a small panel per state and unit.

    Args:
        rows: the result of `dashboard.subjects.explore.query.drawn`.
        shared: whether all panels of a unit share a scale; otherwise each has its own.
        framing: title, notes and arrangement (`Options`).
    """
    options = Options(**framing)
    board = options.board(lang)
    axes = series.groups(rows, lang)
    axis_names = series.key_names(axes, lang, apart=["area"])
    ranks = series.ranks((name for some in axis_names for name in some), LOOKS)
    marked = [time_plot.ticks(some, 3) if shared else [0.0] for some in axes]
    gutter = time_plot.gutter((figure for some in marked for figure in some), lang) if shared else 0.0
    drawing, level = Drawing(board, 6.0), 0.0
    for together, names, figures in zip(axes, axis_names, marked, strict=True):
        if len(axes) > 1:
            level = time_plot.write_heading(drawing, series.heading(together, lang, apart=["area"]), level)
        block = _Block(drawing, together, [ranks[name] for name in names], figures, gutter)
        level = block.draw(level, shared=shared)
    remarks = [lang.text("One scale for all states") if shared else lang.text("Each state has its own scale")]
    remarks += [lang.text("Number in each panel: the highest figure")]
    head = ". ".join([*(series.heading(some, lang, apart=["area"]) for some in axes if len(axes) == 1), *remarks])
    return board.spec(drawing, level, board.items(drawing, ranks), head, title=options.title, notes=options.notes)


@dataclass(frozen=True)
class _Block:
    """The panels of one unit: its series with their ranks, the ticks of its scale, the room left of the panels."""

    drawing: Drawing
    together: Sequence[Series]
    ranks: Sequence[int]
    marked: Sequence[float]
    gutter: float

    def draw(self, top: float, *, shared: bool) -> float:
        """Draw the panels from y = `top` on; returns the y of their lower end."""
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
    """As many columns as fit, fewer if the panels would not fill two or three rows."""
    room = int(board.across / LEAST[board.narrow])
    return max(min(room, panels, ceil(sqrt(panels * 1.4))), 1)


def _panel(drawing: Drawing, plot: Plot, mine: Sequence[tuple[Series, int]]) -> None:
    time_plot.unreported_bands(drawing, plot, [one for one, _ in mine])
    for number, (one, rank) in enumerate(mine):
        time_plot.draw(drawing, plot, one, rank, time_plot.shift(number, len(mine), plot))
    known = [row for one, rank in mine for row in one.rows if row["high"] is not None]
    if known:
        peak = max(known, key=lambda row: row["high"])
        label = short(peak, drawing.board.lang)
        half = len(label) * PANEL_LETTER / 2
        x = min(max(plot.x(peak["year"]), plot.left + half), plot.left + plot.wide - half)
        drawing.write(x, plot.y(peak["high"]) - 12, label, "center")
    elif all(row["status"] == "not_reported" for one, _ in mine for row in one.rows):
        drawing.write(
            plot.left + plot.wide / 2,
            plot.top + plot.tall / 2,
            terms.term(drawing.board.lang, "status", "not_reported"),
            "center",
        )
