"""The victims counted between two states in time, both ways on one scale: citizens of the one detected in the other.

A year for which the pair is not listed is a gap, never a zero; masked figures are bars.
"""

from collections.abc import Iterator, Sequence
from typing import Unpack

import polars as pl

from dashboard.charts import series, time_plot
from dashboard.charts.figure_words import short
from dashboard.charts.framing import Around, Framing
from dashboard.charts.ink import Ink, Spec
from dashboard.charts.look import number_state
from dashboard.charts.series import FIELDS, Row, Series
from dashboard.charts.time_plot import LETTER, Plot
from dashboard.subjects.explore.figures import lines as explore_lines
from dashboard.words import terms
from data.i18n import Language

# Pixels: how tall the chart is, over its highest figure, and the years under it.
TALL, ROOM, YEARS = {False: 300.0, True: 220.0}, 14.0, 40.0


def between_chart(
    rows: pl.DataFrame,
    lang: Language,
    **framing: Unpack[Framing],
) -> Spec:
    """A Plotly spec.

    Args:
        rows: the answer of `dashboard.subjects.pair.query.yearly`.
        framing: what stands around it, and how it is arranged (`Around`).
    """
    around = Around(**framing)
    board, both = around.board(lang), list(_ways(rows))
    ink = Ink(board, 9.0, told=_told, named=lambda row: row["locator"] or "")
    level = _drawn(ink, both) if both else 0.0
    items = board.items(ink, {_way(one.rows[0], lang): rank for rank, one in enumerate(both)}, _word)
    head = lang.text("Persons, by year of detection. A gap is a year for which the pair is not listed")
    return board.spec(ink, level, items, head, title=around.title, notes=around.notes)


def _ways(rows: pl.DataFrame) -> Iterator[Series]:
    """A series for each direction, in the order of the rows; `area` is where it starts."""
    for mine in rows.partition_by("start", maintain_order=True):
        key = {"indicator": "flow", "area": mine["start"][0]}
        yield Series(tuple(key.get(field, "total") for field in FIELDS), tuple(mine.iter_rows(named=True)))


def _drawn(ink: Ink, both: Sequence[Series]) -> float:
    """The chart; returns where it ends."""
    names = [f"{one.value('area')} → {one.rows[0]['end']}" for one in both]
    board, marked = ink.board, time_plot.ticks(both, 4)
    gutter, room = time_plot.gutter(marked, board.lang), max(map(len, names)) * LETTER + explore_lines.APART
    wide, tall = board.across - gutter - room, TALL[board.narrow]
    plot = Plot(gutter, ROOM, wide, tall, series.years(both), series.most(both))
    time_plot.silent(ink, plot, both)
    for rank, one in enumerate(both):
        time_plot.draw(ink, plot, one, rank, time_plot.shift(rank, len(both), plot))
    explore_lines.ends(ink, plot, [(one, name, rank) for rank, (one, name) in enumerate(zip(both, names, strict=True))])
    time_plot.scale(ink, plot, marked, worded=True)
    return ROOM + tall + YEARS


def _word(lang: Language, state: str) -> str:
    return (
        lang.text("Not listed, which is not a zero") if state == "not_reported" else terms.term(lang, "status", state)
    )


def _way(row: Row, lang: Language) -> str:
    start, end = lang.country(row["start"]), lang.country(row["end"])
    return lang.text("Citizens of {start} detected in {end}", start=start, end=end)


def _told(row: Row, lang: Language) -> str:
    """What a mark says: which way, the year, the figure or why there is none."""
    if not row["listed"]:
        return f"<b>{row['year']}</b><br>{_word(lang, 'not_reported')}"
    said = terms.term(lang, "status", state := number_state(row))
    if row["low"] is not None:
        figure = f"{short(row, lang)} {terms.term(lang, 'unit', row['unit'])}"
        said = figure if state == "exact" else f"{figure} ({terms.in_sentence(said)})"
    return f"<b>{row['year']}</b><br>{lang.labelled(_way(row, lang), said)}"
