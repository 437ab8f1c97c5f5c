"""Chart of victims counted between two states by year: citizens of one detected in the other, both directions.

A year for which the pair is not listed is a gap, never a zero; masked figures are bars.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from dashboard.charts import line_labels, series, time_plot
from dashboard.charts.drawing import Board, Drawing, PlotlySpec
from dashboard.charts.figure_words import short
from dashboard.charts.line_labels import NamedLine
from dashboard.charts.look import number_state
from dashboard.charts.medium import Medium
from dashboard.charts.series import FIELDS, Row, Series
from dashboard.charts.time_plot import Plot
from dashboard.words import countries, terms
from data.i18n import Language

# Pixels: height of the plot, space above it, space below it for the years.
TALL = {False: 300.0, True: 220.0}
ROOM = 14.0
YEARS = 40.0


def between_chart(rows: pl.DataFrame, lang: Language, medium: Medium) -> PlotlySpec:
    """A Plotly spec of the counted records between two states.

    Args:
        rows: the result of `dashboard.subjects.pair.query.yearly`.
    """
    board, both = Board(lang, medium), list(_directions(rows))
    drawing = Drawing(board, 9.0, hover=_mark_text, mark_id=lambda row: row["locator"] or "")
    level, named = _draw(drawing, both) if both else (0.0, False)
    ranks = {_direction_text(one.rows[0], lang): rank for rank, one in enumerate(both)}
    items = board.items(drawing, ranks, _status_text, named_there=named)
    head = lang.text("Detected victims, by year. Gap: not published")
    return board.spec(drawing, level, items, head)


def _directions(rows: pl.DataFrame) -> Iterator[Series]:
    """A series for each direction, in the order of the rows; its `area` is the start."""
    for direction in rows.partition_by("start", maintain_order=True):
        key = {"indicator": "flow", "area": direction["start"][0]}
        yield Series(tuple(key.get(field, "total") for field in FIELDS), tuple(direction.iter_rows(named=True)))


def _draw(drawing: Drawing, both: Sequence[Series]) -> tuple[float, bool]:
    """Draw the chart; returns the y of its lower end, and whether each direction has its name beside its line."""
    board, marked = drawing.board, time_plot.ticks(both, 4)
    left, tall = time_plot.scale_room(drawing, marked), TALL[board.medium.narrow]
    wide = board.medium.across - left - line_labels.ROOM[board.medium.narrow]
    plot = Plot(left, ROOM, wide, tall, series.years(both), series.highest(both))
    time_plot.unreported_bands(drawing, plot, both)
    alone = len([one for one in both if one.last]) == 1 and not board.medium.narrow
    for rank, one in enumerate(both):
        written = time_plot.write_figures(drawing, plot, one) if alone else ()
        time_plot.draw(drawing, plot, one, rank, time_plot.shift(rank, len(both), plot), written)
    lines = [NamedLine(one, _name(board, one.rows[0]), rank) for rank, one in enumerate(both)]
    placed = line_labels.write(drawing, plot, lines)
    time_plot.scale(drawing, plot, marked, labels=True)
    named = not board.medium.narrow and all(line.name in placed for line in lines if line.series.last)
    return ROOM + tall + YEARS, named


def _name(board: Board, row: Row) -> str:
    """The name of a direction; on a phone the codes of its states, which the key explains."""
    return (
        countries.in_codes(board.lang, row["start"], row["end"])
        if board.medium.narrow
        else _direction_text(row, board.lang)
    )


def _status_text(lang: Language, state: str) -> str:
    return lang.text("No figure") if state == "not_reported" else terms.term(lang, "status", state)


def _direction_text(row: Row, lang: Language) -> str:
    start, end = lang.country(row["start"]), lang.country(row["end"])
    return lang.text("Citizens of {start} detected in {end}", start=start, end=end)


def _mark_text(row: Row, lang: Language) -> str:
    """The hover text of a mark: year, direction, the figure or the reason it is missing."""
    if not row["listed"]:
        return f"<b>{row['year']}</b><br>{_status_text(lang, 'not_reported')}"
    text = terms.in_sentence(terms.term(lang, "status", state := number_state(row)))
    if row["low"] is not None:
        figure = f"{short(row, lang)} {terms.term(lang, 'unit', 'victims')}"
        text = figure if state == "exact" else f"{figure} ({text})"
    return f"<b>{row['year']}</b><br>{lang.labeled(_direction_text(row, lang), text)}"
