"""How many states had deposited a treaty by each day: steps that end where the depositary's table ends.

One treaty or several, always on the scale of all states, each with a colour, a dash and a symbol of its own.
"""

from calendar import isleap
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Unpack

import polars as pl

from dashboard import terms
from dashboard.figures.chart import DASHES
from dashboard.figures.framing import Around, Framing
from dashboard.figures.ink import SHAPES
from dashboard.figures.key import Item
from dashboard.figures.row_chart import NUMBERS, Chart, blank
from dashboard.figures.traces import Trace, lines, marks, words
from dashboard.figures.windows import Coordinates
from dashboard.query.instruments import TREATIES, end
from dashboard.source_words import TREATY
from data.i18n import Language

TALL, MARK, EVERY = {False: 420.0, True: 330.0}, {False: 8.0, True: 6.0}, {False: 1, True: 3}
# Over the line of all states, for its words; and pixels at the right, for half of the table's end in words.
ABOVE, EDGE = 2.5, 62.0


def parties_chart(
    steps: pl.DataFrame,
    lang: Language,
    *,
    treaties: Sequence[str],
    begin: date,
    closing: str,
    states: int,
    **framing: Unpack[Framing],
) -> dict[str, Any]:
    """A Plotly spec.

    Args:
        steps: the answer of `dashboard.query.instruments.steps`.
        treaties: those drawn; begin: the day with which the axis begins; closing: the release with which it ends.
        states: how many there are in all. All others as in `releases_chart`.
    """
    around = Around(**framing)
    colours, each = around.colours, {treaty: steps.filter(pl.col("instrument") == treaty) for treaty in treaties}
    looks = {treaty: _look(treaty, colours.series, MARK[around.narrow]) for treaty in treaties}
    items = [
        Item(
            lang.labelled(_named(lang, treaty, narrow=around.narrow), _share(lang, rows, states)), marker=looks[treaty]
        )
        for treaty, rows in each.items()
    ]
    shape = Chart({}, items, colours, lang, around.narrow, around.width, TALL[around.narrow], NUMBERS)
    heading = lang.text("States that had deposited, day by day up to {date}", date=lang.date(closing))
    spec = blank(shape, title=around.title, heading=heading, notes=around.notes)
    span = (at(begin), at(end(closing)))
    spec["layout"]["xaxis"] |= _across(span, lang.date(closing), shape, spec["layout"]["xaxis"]["domain"][0])
    spec["layout"]["yaxis"] |= {"range": [0, states + ABOVE], "dtick": 5, "showgrid": True}
    spec["layout"]["yaxis"] |= {"gridcolor": colours.unreported, "tickfont": {"size": 14}}
    data = [trace for treaty, rows in each.items() for trace in _treaty(treaty, rows, span, looks[treaty], lang)]
    return {"data": [*_all(span, states, shape), *data, *spec["data"]], "layout": spec["layout"]}


def at(day: date) -> float:
    """A day as a part of its year: 2014.0 is the first of January."""
    return round(day.year + (day.timetuple().tm_yday - 1) / (365 + isleap(day.year)), 3)


def _look(treaty: str, series: Sequence[str], size: float) -> dict[str, Any]:
    rank = TREATIES.index(treaty)
    line = {"width": 1, "color": series[rank]}
    return {"symbol": SHAPES[rank], "size": size, "color": series[rank], "opacity": 1, "line": line}


def _named(lang: Language, treaty: str, *, narrow: bool) -> str:
    return lang.text(TREATY[treaty]) if narrow else terms.term(lang, "part", treaty)


def _share(lang: Language, rows: pl.DataFrame, states: int) -> str:
    return lang.text("{n} of {all}", n=lang.number(_last(rows)), all=states)


def _last(rows: pl.DataFrame) -> int:
    return int(rows["parties"][-1]) if rows.height else 0


def _across(span: tuple[float, float], closing: str, shape: Chart, left: float) -> dict[str, Any]:
    """The axis of days: years at their first day, and at its end the month in which the table ends."""
    first, last = span
    step = EVERY[shape.narrow]
    years = [year for year in range(int(first) + 1, int(last), step) if last - year > step]
    ticks = {"tickmode": "array", "tickvals": [*years, last], "ticktext": [*map(str, years), closing], "tickangle": 0}
    return ticks | {"range": [first, last], "domain": [left, round(1 - EDGE / shape.across, 4)], "ticks": "outside"}


def _all(span: tuple[float, float], states: int, shape: Chart) -> Iterator[Trace]:
    """The line that no treaty can pass: all states."""
    yield lines("", [], [], colour=shape.palette.faint, width=1.2, dash="dot") | {"x": [*span], "y": [states, states]}
    told = shape.lang.text("All {n} states", n=states)
    yield words("", [span[0]], [states + ABOVE / 2], [told], "right", palette=shape.palette, size=14)


def _treaty(
    treaty: str, rows: pl.DataFrame, span: tuple[float, float], look: dict[str, Any], lang: Language
) -> Iterator[Trace]:
    """The steps of a treaty, and a mark on each that says who deposited."""
    days: list[float] = [at(day) for day in rows["date"]]
    x: Coordinates = [span[0], *(day for day in days for _ in range(2)), span[1]]
    levels: list[float] = [0, *rows["parties"].to_list()]
    y: Coordinates = [level for level in levels for _ in range(2)]
    dash = DASHES[TREATIES.index(treaty)]
    # Days are told in thousandths of a year, which the traces of maps would round away.
    yield lines("", [], [], colour=look["color"], width=2.4, dash=dash) | {"x": x, "y": y}
    told = [_told(row, lang) for row in rows.iter_rows(named=True)]
    yield marks("", [], [], look, hovertext=told) | {"x": days, "y": levels[1:]}


def _told(row: dict[str, Any], lang: Language) -> str:
    states = ", ".join(lang.country(area) for area in lang.sorted_countries(row["areas"]))
    count = lang.plural("{n} state has deposited", "{n} states have deposited", row["parties"])
    return f"<b>{lang.date(row['date'])}</b><br>{terms.term(lang, 'part', row['instrument'])}<br>{count}<br>+ {states}"
