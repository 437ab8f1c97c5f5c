"""Small multiples: a panel a state, in the alphabetical order of the names, all with the same years."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt
from textwrap import wrap
from typing import Unpack

import polars as pl

from dashboard import terms
from dashboard.figures import asked_series, chart
from dashboard.figures.asked_series import Series
from dashboard.figures.chart import Plot
from dashboard.figures.figure_words import short
from dashboard.figures.framing import Around, Framing
from dashboard.figures.ink import Board, Ink, Spec
from data.i18n import Language

# Pixels: the least width of a panel, what lies between two, a line of a name, the years, over the highest figure.
LEAST, BETWEEN, NAME, YEARS, ROOM = {False: 205.0, True: 150.0}, 18.0, 19.0, 34.0, 20.0
LOW, HIGH = 96.0, 220.0
LETTER = 7.6
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
        rows: the answer of `dashboard.query.explore.drawn`.
        framing: what stands around it, and how it is arranged (`Around`).
        shared: whether all panels of a unit have one scale; else each has its own.
    """
    around = Around(**framing)
    board = around.board(lang)
    held = asked_series.groups(rows, lang)
    named = asked_series.keyed(held, lang, apart=["area"])
    ranks = asked_series.looks((name for some in named for name in some), LOOKS)
    marked = [chart.ticks(some, 3) if shared else [0.0] for some in held]
    gutter = chart.gutter((figure for some in marked for figure in some), lang) if shared else 0.0
    ink, level = Ink(board, 6.0), 0.0
    for together, names, figures in zip(held, named, marked, strict=True):
        if len(held) > 1:
            level = chart.headed(ink, asked_series.heading(together, lang, apart=["area"]), level)
        block = _Block(ink, together, [ranks[name] for name in names], figures, gutter)
        level = block.drawn(level, shared=shared)
    says = [lang.text("One scale for all states") if shared else lang.text("Each state has a scale of its own")]
    says += [lang.text("The number in a panel is its highest figure")]
    head = ". ".join([*(asked_series.heading(some, lang, apart=["area"]) for some in held if len(held) == 1), *says])
    return board.spec(ink, level, board.items(ink, ranks), head, title=around.title, notes=around.notes)


@dataclass(frozen=True)
class _Block:
    """The panels of one unit: its series with their ranks, the figures of its scale, the room left of the panels."""

    ink: Ink
    together: Sequence[Series]
    ranks: Sequence[int]
    marked: Sequence[float]
    gutter: float

    def drawn(self, top: float, *, shared: bool) -> float:
        """Draw the panels from a level on; returns where they end."""
        states: dict[str, list[tuple[Series, int]]] = {}
        for one, rank in zip(self.together, self.ranks, strict=True):
            states.setdefault(one.value("area"), []).append((one, rank))
        board, most = self.ink.board, asked_series.most(self.together)
        order = board.lang.sorted_countries(states)
        columns = _columns(len(order), board)
        wide = (board.across - self.gutter) / columns - BETWEEN
        plot = Plot(0, 0, wide, min(max(wide * 0.5, LOW), HIGH), asked_series.years(self.together), most)
        for start in range(0, len(order), columns):
            named = {area: wrap(board.lang.country(area), int(wide / LETTER)) for area in order[start:][:columns]}
            top += NAME * max(map(len, named.values()))
            for column, (area, name) in enumerate(named.items()):
                left, mine = self.gutter + column * (wide + BETWEEN), states[area]
                own = most if shared else asked_series.most(one for one, _ in mine)
                here = replace(plot, left=left, top=top + ROOM, most=own)
                self.ink.say(left, top - NAME * len(name) / 2, "<br>".join(f"<b>{line}</b>" for line in name))
                _panel(self.ink, here, mine)
                chart.scale(self.ink, here, self.marked, worded=shared and not column)
            top += ROOM + plot.tall + YEARS
        return top


def _columns(panels: int, board: Board) -> int:
    """As many as there is room for, fewer where the panels would not fill two or three rows."""
    room = int(board.across / LEAST[board.narrow])
    return max(min(room, panels, ceil(sqrt(panels * 1.4))), 1)


def _panel(ink: Ink, plot: Plot, mine: Sequence[tuple[Series, int]]) -> None:
    chart.silent(ink, plot, [one for one, _ in mine])
    for number, (one, rank) in enumerate(mine):
        chart.draw(ink, plot, one, rank, chart.shift(number, len(mine), plot))
    known = [row for one, rank in mine for row in one.rows if row["high"] is not None]
    middle = plot.left + plot.wide / 2
    if known:
        peak = max(known, key=lambda row: row["high"])
        said = short(peak, ink.board.lang)
        half = len(said) * LETTER / 2
        x = min(max(plot.x(peak["year"]), plot.left + half), plot.left + plot.wide - half)
        ink.say(x, plot.y(peak["high"]) - 12, said, "center")
    elif all(row["status"] == "not_reported" for one, _ in mine for row in one.rows):
        ink.say(middle, plot.top + plot.tall / 2, terms.term(ink.board.lang, "status", "not_reported"), "center")
