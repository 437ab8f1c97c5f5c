"""Lines by year: a chart per unit with all series, or a small panel per state (`multiples`). Gaps are not bridged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import ceil, sqrt
from textwrap import wrap

import polars as pl

from dashboard.charts import line_labels, series, time_plot
from dashboard.charts.drawing import SHAPES, Board, Drawing, PlotlySpec
from dashboard.charts.figure_words import short
from dashboard.charts.key import Item
from dashboard.charts.line_labels import NamedLine
from dashboard.charts.look import decimals
from dashboard.charts.medium import Medium
from dashboard.charts.panels import Outline
from dashboard.charts.series import REST, Series
from dashboard.charts.time_plot import Plot
from dashboard.subjects.states import own_citizens
from dashboard.words import terms
from data.i18n import Language

# Series beyond these are thin and gray, except chosen ones.
FEW = len(SHAPES)
# Pixels: height of a single plot, of one of several, and of one for a state alone.
TALL = {False: (440.0, 320.0, 120.0), True: (320.0, 260.0, 100.0)}
# Pixels: space below a plot for the years, and without years; space above.
YEARS = 40.0
UNDER = 12.0
ROOM = 14.0
# With more series than these no gray one is named at its end: hardly any would have room.
MANY = 60
# If no state is chosen, so many of the highest lines of an axis stand out, besides that of a state alone.
HIGHEST = 3
# The size of the marks of states that are not chosen, and their swatch in the key: a line in a unit box.
QUIET = 4.0
SWATCH = Outline([0.0, 1.0, 1.0, 0.0, 0.0], [0.46, 0.46, 0.54, 0.54, 0.46])


def lines(
    rows: pl.DataFrame,
    lang: Language,
    medium: Medium,
    *,
    chosen: Collection[str] = (),
    others: pl.DataFrame | None = None,
) -> PlotlySpec:
    """A Plotly spec with a chart per unit; a state that would flatten all others has a plot of its own.

    Args:
        rows: the result of `dashboard.subjects.explore.query.drawn`.
        chosen: the states whose lines stand out if there are more than `FEW`; without any, the highest lines do.
        others: the rows of states that are not chosen. They are gray, not counted in the key, and drawn if they fit
            the scale of `rows`.
    """
    board, every = Board(lang, medium), series.groups(rows, lang)
    axes = [[one for one in together if series.reported(one)] or together[:1] for together in every]
    names = series.key_names(axes, lang)
    named = [list(zip(together, some, strict=True)) for together, some in zip(axes, names, strict=True)]
    every_name = [name for some in named for _, name in some]
    chosen_names = [name for some in named for one, name in some if one.value("area") in chosen]
    highest = [] if chosen_names or len({*every_name}) <= FEW else [name for some in named for name in _highest(some)]
    ranks = series.ranks(every_name, FEW, chosen_names or highest)
    figure, level = _Figure(Drawing(board, 8.0), Drawing(board, QUIET), several=len(axes) > 1), 0.0
    for whole, together, some, rest in zip(every, axes, names, _behind(others, axes, lang), strict=True):
        figure.silent[:] = [one for one in whole if one not in together]
        level = figure.draw(together, [ranks[name] for name in some], rest, level)
    head = [series.heading(some, lang) for some in axes if len(axes) == 1]
    head += [lang.text("Gap: no figure")] if len(ranks) > 1 or figure.behind.marks else []
    head += [lang.text("Thick lines: the highest figures")] if highest else []
    few = sum(rank != REST for rank in ranks.values()) - len(figure.alone) <= line_labels.FEW
    items = [*board.items(figure.drawing, ranks, named_there=few and not figure.unnamed), *figure.items()]
    spec = board.spec(figure.drawing, level, items, ". ".join(head), notes=_unreported_note(every, lang))
    bands = len(figure.drawing.fills)
    return spec | {"data": [*spec["data"][:bands], *figure.behind.traces(), *spec["data"][bands:]]}


def _highest(named: Sequence[tuple[Series, str]]) -> list[str]:
    """The names of the lines of an axis with the highest figures, and of the state that has a plot of its own."""
    alone = series.outlier([one for one, _ in named])
    rest = [pair for pair in named if pair[0].value("area") != alone]
    most = sorted(rest, key=lambda pair: series.highest([pair[0]]), reverse=True)[:HIGHEST]
    return [*(name for _, name in most), *(name for one, name in named if one.value("area") == alone)]


def few(rows: pl.DataFrame) -> bool:
    """Whether every series of the rows has a look of its own, so that other states can be gray behind them."""
    return 0 < rows.n_unique(series.FIELDS) <= FEW


def _behind(
    others: pl.DataFrame | None, axes: Sequence[Sequence[Series]], lang: Language
) -> Sequence[Sequence[Series]]:
    """By axis, the series of the states that are not chosen; none on an axis where the chosen ones report nothing."""
    found = {one[0].key[0]: one for one in series.groups(others, lang)} if others is not None else {}
    return [
        [one for one in found.get(together[0].key[0], []) if series.reported(together[0]) and series.reported(one)]
        for together in axes
    ]


def _unreported_note(every: Sequence[Sequence[Series]], lang: Language) -> list[str]:
    """A note that names the states without a line because they report nothing."""
    reporting = {one.value("area") for together in every for one in together if series.reported(one)}
    silent = {one.value("area") for together in every for one in together} - reporting
    states = [lang.country(area) for area in lang.sorted_countries(silent)]
    return [lang.text("No figures in these years: {states}", states=lang.listing(states))] if silent else []


@dataclass(frozen=True)
class _Figure:
    """The charts of a figure.

    Attributes:
        drawing: what the key counts; behind: the states that are not chosen.
        several: whether there are several units.
        silent: the series of the unit that report nothing and have no line.
        unnamed: the colored lines whose name found no place beside them.
        alone: the states with a plot of their own, which have their name above it.
        beyond: the ends of the scales beyond which other states have figures, so that they are not drawn.
    """

    drawing: Drawing
    behind: Drawing
    several: bool
    silent: list[Series] = field(default_factory=list)
    unnamed: set[str] = field(default_factory=set)
    alone: set[str] = field(default_factory=set)
    beyond: set[float] = field(default_factory=set)

    def draw(self, together: Sequence[Series], ranks: Sequence[int], rest: Sequence[Series], top: float) -> float:
        """Draw the chart of one unit, below that of a state that has one of its own; returns the y of its lower end."""
        board, alone = self.drawing.board, series.outlier(together)
        names = series.names(together, board.lang)
        if rest and len(together) == 1:
            names = [board.lang.country(together[0].value("area"))]
        names = [name if rank != REST or len(names) <= MANY else "" for name, rank in zip(names, ranks, strict=True)]
        every = list(map(NamedLine, together, names, ranks))
        parts = [[one for one in every if (one.series.value("area") == alone) is first] for first in (True, False)]
        parts = parts if alone else parts[1:]
        self.alone.update([alone] if alone else [])
        marked = [time_plot.ticks([one.series for one in part], 2 if part is not parts[-1] else 5) for part in parts]
        left = time_plot.scale_room(self.drawing, (figure for some in marked for figure in some))
        wide = board.medium.across - left - line_labels.room(names, board.medium)
        if self.several:
            top = time_plot.write_heading(self.drawing, series.heading(together, board.lang), top)
        for part, ticks in zip(parts, marked, strict=True):
            last = part is parts[-1]
            title = self._title("" if last else alone)
            top = time_plot.write_heading(self.drawing, title, top) if alone else top + ROOM
            tall = TALL[board.medium.narrow][self.several if last else 2]
            plot = Plot(left, top, wide, tall, series.years(together), series.highest(one.series for one in part))
            self._plot(plot, part, rest if last else [], ticks, years=last)
            top += tall + (YEARS if last else UNDER)
        return top

    def items(self) -> list[Item]:
        """The entry of the key for the states that are not chosen, if there are any."""
        board, lang = self.drawing.board, self.drawing.board.lang
        if not self.behind.marks:
            return []
        text = lang.text("Other states")
        if self.beyond:
            limits = lang.listing(lang.number(limit, decimals(limit)) for limit in sorted(self.beyond))
            text = lang.text("Other states with no figure above {figure}", figure=limits)
        return [Item(text, board.paint(REST), shape=SWATCH)]

    def _title(self, alone: str) -> str:
        lang = self.drawing.board.lang
        if not alone:
            return lang.text("Other states")
        return lang.text("{state}: a scale of its own", state=lang.country(alone))

    def _plot(
        self, plot: Plot, part: Sequence[NamedLine], rest: Sequence[Series], marked: Sequence[float], *, years: bool
    ) -> None:
        silent = self.silent if years else []
        time_plot.unreported_bands(self.drawing, plot, [*(one.series for one in part), *silent])
        fit = [other for other in rest if series.highest([other]) <= plot.highest]
        self.beyond.update([plot.highest] if len(fit) < len(rest) else [])
        for other in fit:
            time_plot.draw(self.behind, plot, other, REST, apart=_apart(other))
        for gray in (one for one in part if one.rank == REST):
            time_plot.draw(self.drawing, plot, gray.series, REST, apart=_apart(gray.series))
        colored = [one for one in part if one.rank != REST]
        for number, one in enumerate(colored):
            shift = time_plot.shift(number, len(colored), plot)
            time_plot.draw(self.drawing, plot, one.series, one.rank, shift, apart=_apart(one.series))
        # A plot of one state has its name in the heading.
        named = part if years or len(part) > 1 else []
        placed = line_labels.write(self.drawing, plot, named)
        self.unnamed.update(one.name for one in named if one in colored and one.series.last and one.name not in placed)
        time_plot.scale(self.drawing, plot, marked, labels=True, years=years)


# Pixels: least width of a panel, gap between two, a line of a name, space for the years below, space above.
LEAST = {False: 205.0, True: 150.0}
LEAST_IN_PICTURE = 130.0
BETWEEN = 18.0
NAME = 19.0
PANEL_YEARS = 34.0
PANEL_ROOM = 20.0
LOW = {False: 96.0, True: 64.0}
HIGH = 220.0
PANEL_LETTER = 7.6
# About how many columns there are for each row.
SHARE = 1.4
LOW_SHARE = 2.0
LOOKS = 6


def multiples(
    rows: pl.DataFrame,
    lang: Language,
    medium: Medium,
    *,
    shared: bool = True,
) -> PlotlySpec:
    """A Plotly spec with a small panel per state and unit.

    Args:
        rows: the result of `dashboard.subjects.explore.query.drawn`.
        shared: whether all panels of a unit share a scale; otherwise each has its own.
    """
    board, every = Board(lang, medium), series.groups(rows, lang)
    # In a picture a panel without a figure would make the letters of all others smaller: a note names its state.
    axes = [series.reporting(one) for one in every] if medium.staged else every
    axis_names = series.key_names(axes, lang, apart=["area"])
    ranks = series.ranks((name for some in axis_names for name in some), LOOKS)
    drawing, level = Drawing(board, 6.0), 0.0
    blocks = [
        _UnitPanels(drawing, together, [ranks[name] for name in names], shared=shared)
        for together, names in zip(axes, axis_names, strict=True)
    ]
    gutter = time_plot.gutter((figure for block in blocks for some in block.scales for figure in some), lang)
    for together, block in zip(axes, blocks, strict=True):
        if len(axes) > 1:
            level = time_plot.write_heading(drawing, series.heading(together, lang, apart=["area"]), level)
        level = block.draw(level, gutter)
    remarks = [lang.text("One scale for all states") if shared else lang.text("Each state has its own scale")]
    remarks += [lang.text("Number in each panel: the highest figure")]
    head = ". ".join([*(series.heading(some, lang, apart=["area"]) for some in axes if len(axes) == 1), *remarks])
    notes = _unreported_note(every, lang) if medium.staged else []
    return board.spec(drawing, level, board.items(drawing, ranks), head, notes=notes)


@dataclass(frozen=True)
class _UnitPanels:
    """The panels of one unit: its series with their ranks, and whether they share a scale."""

    drawing: Drawing
    together: Sequence[Series]
    ranks: Sequence[int]
    shared: bool

    @cached_property
    def states(self) -> dict[str, list[tuple[Series, int]]]:
        """The series and ranks of each state, in alphabetical order of their names."""
        found: dict[str, list[tuple[Series, int]]] = {}
        for one, rank in zip(self.together, self.ranks, strict=True):
            found.setdefault(one.value("area"), []).append((one, rank))
        return {area: found[area] for area in self.drawing.board.lang.sorted_countries(found)}

    @cached_property
    def scales(self) -> list[list[float]]:
        """The labeled figures of each state's scale; a scale of zeros alone has only its base line."""
        every = self.together if self.shared else ()
        return [self._scale(every or [one for one, _ in mine]) for mine in self.states.values()]

    def _scale(self, together: Sequence[Series]) -> list[float]:
        figures = any(row["high"] for one in together for row in one.rows)
        return time_plot.ticks(together, 2 if self.drawing.board.medium.narrow else 3) if figures else [0.0]

    def draw(self, top: float, gutter: float) -> float:
        """Draw the panels from y = `top` on, with `gutter` pixels for the labels of scales; returns the lower end."""
        board, highest, order = self.drawing.board, series.highest(self.together), list(self.states)
        columns = _columns(len(order), board)
        # Panels that share a scale have its labels once a row.
        before = gutter * self.shared
        own = gutter - before
        wide = (board.medium.across - before) / columns - BETWEEN - own
        tall = min(max((wide + own) * 0.5, LOW[board.medium.staged]), HIGH)
        plot = Plot(0, 0, wide, tall, series.years(self.together), highest)
        for start in range(0, len(order), columns):
            row = order[start:][:columns]
            named = {area: wrap(board.lang.country(area), int((wide + own) / PANEL_LETTER)) for area in row}
            top += NAME * max(map(len, named.values()))
            for column, (area, name) in enumerate(named.items()):
                left, mine = before + own + column * (own + wide + BETWEEN), self.states[area]
                most = highest if self.shared else series.highest(one for one, _ in mine)
                here = replace(plot, left=left, top=top + PANEL_ROOM, highest=most)
                text = "<br>".join(f"<b>{line}</b>" for line in name)
                self.drawing.write(left - own, top - NAME * len(name) / 2, text)
                _panel(self.drawing, here, mine)
                labels = not column if self.shared else any(series.reported(one) for one, _ in mine)
                time_plot.scale(self.drawing, here, self.scales[start + column], labels=labels)
            top += PANEL_ROOM + plot.tall + PANEL_YEARS
        return top


def _columns(panels: int, board: Board) -> int:
    """As many columns as fit, fewer if the panels would not fill two or three rows; more in a low picture."""
    medium = board.medium
    room = int(medium.across / (LEAST[medium.narrow] if medium.narrow or not medium.staged else LEAST_IN_PICTURE))
    return max(min(room, panels, ceil(sqrt(panels * (LOW_SHARE if medium.low else SHARE)))), 1)


def _apart(one: Series) -> tuple[int, ...]:
    """The years to which no line of a series leads."""
    return own_citizens.apart(one.value("indicator"), one.value("area"))


def _panel(drawing: Drawing, plot: Plot, mine: Sequence[tuple[Series, int]]) -> None:
    time_plot.unreported_bands(drawing, plot, [one for one, _ in mine])
    known = [row for one, rank in mine for row in one.rows if row["high"] is not None]
    peak = max(known, key=lambda row: row["high"], default=None)
    written = [peak] if peak else []
    for number, (one, rank) in enumerate(mine):
        shift = time_plot.shift(number, len(mine), plot)
        time_plot.draw(drawing, plot, one, rank, shift, written, apart=_apart(one))
    if peak:
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
