"""The map of a treaty: how each state stood to it at the end of a year. Facts: no fill is better than another."""

from calendar import isleap
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Unpack

import polars as pl

from dashboard.charts import ground
from dashboard.charts.drawing import SHAPES
from dashboard.charts.framing import Framing, Options
from dashboard.charts.ground import Basemap
from dashboard.charts.key import Item, headings
from dashboard.charts.look import Look, Palette, pattern
from dashboard.charts.panels import Coordinates, sheet
from dashboard.charts.row_chart import NUMBERS, Chart, blank
from dashboard.charts.state_map import SYMBOL, RegionView, state_map
from dashboard.charts.time_plot import DASHES
from dashboard.charts.traces import Trace, lines, marks, words
from dashboard.subjects.treaties.query import STANDINGS, TREATIES, end
from dashboard.words import terms
from dashboard.words.vocabulary import TREATY
from data.i18n import Language

SYMBOLS = {
    "party": "circle",
    "signed": "circle-x-open",
    "after": "diamond-cross-open",
    "later": "circle-open",
    "none": "circle-open-dot",
}


def standing(lang: Language, code: str, closing: str) -> str:
    """The word for one of `STANDINGS`; `closing` is the release with which the table ends."""
    told = {
        "party": lang.text("Party: deposited by then"),
        "signed": lang.text("Signed only by then"),
        "after": lang.text("Signed; later deposit, derived"),
        "later": lang.text("No action by then"),
        "none": lang.text("No action recorded as of {date}", date=lang.date(closing)),
    }
    return told[code]


def look_of(code: str, palette: Palette) -> Look:
    """The look of a standing: a fill, a hatch and a symbol of its own."""
    hatches = {
        "signed": pattern("/", palette.hatch, palette.surface),
        "after": pattern("x", palette.hatch, palette.surface, 8, 0.2),
    }
    fills = {"party": palette.symbol, "none": palette.unreported}
    # Neighbours that are both party are told apart by a line in the colour of the ground.
    fill = fills.get(code, palette.surface)
    line = {"party": (palette.surface, 0.9), "later": (palette.frame, 1.2)}.get(code, (palette.edge(fill), 0.8))
    ink = {"party": palette.symbol, "none": palette.faint}.get(code, palette.ink)
    return Look(fill, line, hatches.get(code), SYMBOLS[code], ink)


class PartiesView(RegionView):
    """The region's rows are standings here; beside a state's code stands the year of its deposit or signature."""

    def look(self, code: str) -> Look:
        """The look of a state's standing."""
        return look_of(self.rows[code]["standing"], self.palette)

    def label(self, code: str) -> str:
        """The year of the deposit, in brackets that of the signature, or a sign for none."""
        row = self.rows[code]
        if row["standing"] == "party":
            return self._year(row["deposit"])
        if row["standing"] in {"signed", "after"}:
            return f"({self._year(row['signature'])})" if row["signature"] else ""
        return "–" if row["standing"] == "none" else ""

    def _year(self, day: date) -> str:
        """On a phone in two digits, as neighbours leave room for no more."""
        return f"’{day.year % 100:02d}" if self.place.narrow else str(day.year)

    def hover(self, code: str) -> str:
        """How a state stood, with the days of its acts."""
        return sentence(self.rows[code], self.lang, self.indicator)


def sentence(row: dict[str, Any], lang: Language, treaty: str) -> str:
    """What a state says when it is pointed at: treaty, standing, and the days up to the one that is seen."""
    told = [f"<b>{lang.country(row['area'])}</b>", treaty, standing(lang, row["standing"], row["closing"])]
    if row["standing"] == "party":
        told.append(
            lang.labelled(terms.term(lang, "action", row["action"]), _day(lang, row["deposit"], row["derived"]))
        )
    if row["signature"] and row["signature"] <= row["as_of"]:
        told.append(lang.labelled(terms.term(lang, "action", "signature"), lang.date(row["signature"])))
    if row["standing"] == "after":
        told.append(lang.labelled(terms.term(lang, "action", row["action"]), _day(lang, row["after"], row["derived"])))
    return "<br>".join(told)


def _day(lang: Language, day: date, derived: bool) -> str:
    return lang.text("{day} (derived)", day=lang.date(day)) if derived else lang.date(day)


def parties_map(
    standings: pl.DataFrame,
    basemap: Basemap,
    lang: Language,
    *,
    treaty: str,
    closing: str,
    **framing: Unpack[Framing],
) -> dict[str, Any]:
    """A Plotly spec of the 35 states.

    Args:
        standings: the answer of `dashboard.subjects.treaties.query.standings`.
        treaty: in words; closing: the release with which the depositary's table ends. All others as in `region_map`.
    """
    around = Options(**framing)
    # What the region's map asks of a row besides.
    asked = {"status": "exact", "high": 1, "year": None, "closing": closing}
    rows = {row["area"]: row | asked for row in standings.iter_rows(named=True)}
    blank = sheet(frozenset(rows), narrow=around.narrow, notes=0, size=around.size)
    draft = PartiesView(rows, basemap, lang, around.colors, treaty, (), 1.0, blank)
    return state_map(draft, key_items(draft, closing), title=around.title, notes=around.notes)


def key_items(drawn: RegionView, closing: str) -> list[Item]:
    """The entries of the key: what the years are, each standing with how many states have it, the grounds."""
    lang, found = drawn.lang, Counter(row["standing"] for row in drawn.rows.values())
    told = lang.text("{treaty}: the year of the deposit, in brackets that of a signature", treaty=drawn.indicator)
    standings = [_item(drawn, code, found[code], closing) for code in STANDINGS if found[code]]
    return [*headings(told, drawn.place), *standings, *ground.key_items(drawn.palette, lang)]


def _item(drawn: RegionView, code: str, states: int, closing: str) -> Item:
    seen = look_of(code, drawn.palette)
    text = f"{standing(drawn.lang, code, closing)} ({drawn.lang.number(states)})"
    line = {"width": 1.5, "color": drawn.palette.ink}
    marker = {"symbol": seen.symbol, "color": seen.ink, "size": SYMBOL, "line": line}
    return Item(text, seen.fill, seen.line, extra=seen.extra, marker=marker)


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
        steps: the answer of `dashboard.subjects.treaties.query.steps`.
        treaties: those drawn; begin: the day with which the axis begins; closing: the release with which it ends.
        states: how many there are in all. All others as in `releases_chart`.
    """
    around = Options(**framing)
    colours, each = around.colors, {treaty: steps.filter(pl.col("instrument") == treaty) for treaty in treaties}
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
    yield lines("", [], [], color=shape.palette.faint, width=1.2, dash="dot") | {"x": [*span], "y": [states, states]}
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
    yield lines("", [], [], color=look["color"], width=2.4, dash=dash) | {"x": x, "y": y}
    told = [_told(row, lang) for row in rows.iter_rows(named=True)]
    yield marks("", [], [], look, hovertext=told) | {"x": days, "y": levels[1:]}


def _told(row: dict[str, Any], lang: Language) -> str:
    states = ", ".join(lang.country(area) for area in lang.sorted_countries(row["areas"]))
    count = lang.plural("{n} state has deposited", "{n} states have deposited", row["parties"])
    return f"<b>{lang.date(row['date'])}</b><br>{terms.term(lang, 'part', row['instrument'])}<br>{count}<br>+ {states}"
