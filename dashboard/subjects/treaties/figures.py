"""Draws the treaties: a map of the states' standing at the end of a year, and a chart of deposits over time.

Standings are facts, not grades: no fill means better than another.
"""

import textwrap
from calendar import isleap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from dashboard.charts import ground
from dashboard.charts.colors import COLORS
from dashboard.charts.drawing import SHAPES
from dashboard.charts.ground import Basemap
from dashboard.charts.key import Item, headings
from dashboard.charts.line_labels import LINE
from dashboard.charts.look import Look, pattern
from dashboard.charts.medium import TEXT, Medium
from dashboard.charts.panels import Coordinates, sheet
from dashboard.charts.row_chart import FIGURES, NUMBERS, Chart, blank
from dashboard.charts.state_map import SYMBOL, RegionView, state_map
from dashboard.charts.time_plot import DASHES, LETTER
from dashboard.charts.traces import Trace, lines, marks, words
from dashboard.subjects.treaties import tables
from dashboard.subjects.treaties import words as treaties_words
from dashboard.subjects.treaties.query import STANDINGS, end, rank
from dashboard.words import terms
from data.i18n import Language
from data.treaties import treaties

# The fill of parties, who count nothing: one of the ramp.
PARTY = COLORS.ramp[2]
SYMBOLS = {
    "party": "circle",
    "undated": "square",
    "signed": "circle-x-open",
    "after": "diamond-cross-open",
    "later": "circle-open",
    "none": "circle-open-dot",
    "unseen": "square-open",
}


def look_of(code: str) -> Look:
    """The look of a standing: fill, hatch and symbol."""
    hatches = {
        "undated": pattern(".", PARTY, COLORS.surface, 6, 0.5),
        "signed": pattern("/", COLORS.hatch, COLORS.surface),
        "after": pattern("x", COLORS.surface, PARTY, 8, 0.2),
        "unseen": pattern("-", COLORS.hatch, COLORS.surface, 6, 0.18),
    }
    fills = {"party": PARTY, "after": PARTY, "none": COLORS.unreported}
    # A line in the color of the page separates neighboring states that are both parties.
    fill = fills.get(code, COLORS.surface)
    line = {"party": (COLORS.surface, 0.9), "later": (COLORS.frame, 1.2)}.get(code, (COLORS.edge(fill), 0.8))
    ink = {"party": PARTY, "undated": PARTY, "none": COLORS.faint, "unseen": COLORS.faint}.get(code, COLORS.ink)
    return Look(fill, line, hatches.get(code), SYMBOLS[code], ink)


# A map narrower than this, in pixels, has years of two digits.
SMALL_SCREEN = 1100.0


class PartiesView(RegionView):
    """A map whose rows are standings; the year of deposit or signature is next to the code of a state."""

    def look(self, code: str) -> Look:
        """The look of a state's standing."""
        return look_of(self.rows[code]["standing"])

    def label(self, code: str) -> str:
        """The year of the deposit, that of the signature in brackets, or a dash for no action."""
        row = self.rows[code]
        if row["standing"] == "party":
            return self._year(row["deposit"])
        if row["standing"] in {"signed", "after"}:
            return f"({self._year(row['signature'])})" if row["signature"] else ""
        return "–" if row["standing"] == "none" else ""

    def _year(self, day: date) -> str:
        """The year; in two digits on a phone and on a small screen, where there is no room for more."""
        short = self.place.narrow or self.place.width < SMALL_SCREEN
        return f"’{day.year % 100:02d}" if short else str(day.year)

    def hover(self, code: str) -> str:
        """The standing of a state with the dates of its acts."""
        return sentence(self.rows[code], self.lang, self.indicator)


def sentence(row: dict[str, Any], lang: Language, treaty: str) -> str:
    """The hover text of a state: treaty, standing, the dates of its acts up to the day shown, and doubts."""
    lines = [f"<b>{lang.country(row['area'])}</b>", treaty, tables.standing(lang, row["standing"], row["closing"])]
    if row["standing"] == "party":
        lines.append(_acted(lang, row, "deposit"))
    if row["signature"] and row["signature"] <= row["as_of"]:
        signed = {"action": "signature", "derived": False, "date_precision": row["signature_precision"]}
        lines.append(_acted(lang, row | signed, "signature"))
    if row["standing"] == "after":
        lines.append(_acted(lang, row, "after"))
    if row["standing"] in {"party", "undated"}:
        lines += [tables.basis(lang, row)] if row["note"] and not row["derived"] else []
        lines += [tables.reservation(lang, row)] if row["reservation"] else []
    if row["differs"]:
        lines.append(lang.text("Sources differ on an act of this state; see the table."))
    return "<br>".join(part for line in lines for part in textwrap.wrap(line, 70))


def _acted(lang: Language, row: dict[str, Any], day: str) -> str:
    """An act of a standing and its date; `day` names the column of the date."""
    return lang.labeled(terms.term(lang, "action", row["action"]), tables.day(lang, row | {"date": row[day]}))


def parties_map(
    standings: pl.DataFrame,
    basemap: Basemap,
    lang: Language,
    medium: Medium,
    *,
    treaty: str,
    closing: str,
) -> dict[str, Any]:
    """A Plotly spec of the map of the 35 states.

    Args:
        standings: the answer of `dashboard.subjects.treaties.query.standings`.
        treaty: its name in words.
        closing: the last release of the depositary's table. All others as in `region_map`.
    """
    # Columns that `state_map` also needs.
    unused = {"status": "exact", "high": 1, "year": None, "closing": closing}
    rows = {row["area"]: row | unused for row in standings.iter_rows(named=True)}
    view = PartiesView(rows, basemap, lang, treaty, (), 1.0, sheet(frozenset(rows), medium))
    return state_map(view, key_items(view, closing))


def key_items(view: RegionView, closing: str) -> list[Item]:
    """The key: what the years mean, each standing with its number of states, and the basemap."""
    lang, counts = view.lang, Counter(row["standing"] for row in view.rows.values())
    heading = lang.text("{treaty}: year of deposit (signature in parentheses)", treaty=view.indicator)
    shown, later = [code for code in STANDINGS if counts[code]], counts["after"] > 0
    standings = [
        _item(view, code, counts[code], treaties_words.when(lang, code, closing, later=later)) for code in shown
    ]
    return [*headings(heading, view.place), *standings, *ground.key_items(view.basemap, view.place, lang)]


def _item(view: RegionView, code: str, states: int, standing: str) -> Item:
    look = look_of(code)
    text = f"{standing} ({view.lang.number(states)})"
    line = {"width": 1.5, "color": COLORS.ink}
    marker = {"symbol": look.symbol, "color": look.ink, "size": SYMBOL, "line": line}
    return Item(text, look.fill, look.line, extra=look.extra, marker=marker)


HEIGHT = {False: 420.0, True: 330.0}
MARK = {False: 8.0, True: 6.0}
# The colors of treaties by their rank: orange is that of counted people, blue of what others describe.
PAINTS = (COLORS.focus, *COLORS.series[3:], COLORS.series[1])
TICK_YEARS = (1, 3, 5, 10, 20)
# The room above the line of all states for its label, in states; and at the right for half of the last tick label, in
# pixels.
HEADROOM = 2.5
EDGE = 62.0
# The least width of a year in pixels for the labels of every year and of the end.
YEAR_WIDE = 60.0
# Pixels right of the lines: for the names of treaties, and from there to their marks and their words.
NAMES = 252.0
MARK_AT = 14.0
BESIDE = 26.0


def parties_chart(
    steps: pl.DataFrame,
    lang: Language,
    medium: Medium,
    *,
    closings: Mapping[str, str],
    states: int,
) -> dict[str, Any]:
    """A Plotly spec of the chart of deposits over time.

    Args:
        steps: the answer of `dashboard.subjects.treaties.query.steps`.
        closings: the treaties to draw, and the release that ends the line of each.
        states: the number of all states. All others as in `releases_chart`.
    """
    by_treaty = {treaty: steps.filter(pl.col("instrument") == treaty) for treaty in closings}
    markers = {treaty: _marker(treaty, PAINTS, MARK[medium.narrow]) for treaty in closings}
    names = {treaty: terms.term(lang, "treaty" if medium.narrow else "part", treaty) for treaty in by_treaty}
    items = [
        Item(lang.labeled(names[treaty], _share(lang, rows, states)), marker=markers[treaty])
        for treaty, rows in by_treaty.items()
    ]
    # On a phone there is no room for names beside the lines.
    keyed = items if medium.narrow else []
    shape = Chart({}, keyed, lang, medium, HEIGHT[medium.narrow], NUMBERS)
    spec = blank(shape, heading="")
    spans = {treaty: (at(treaties()[treaty].opened), at(end(closing))) for treaty, closing in closings.items()}
    span = (min(first for first, _ in spans.values()), max(last for _, last in spans.values()))
    closing = max(closings.values(), key=end)
    spec["layout"]["xaxis"] |= _time_axis(span, lang.date(closing), shape, spec["layout"]["xaxis"]["domain"][0])
    spec["layout"]["yaxis"] |= {"range": [0, states + HEADROOM], "dtick": 5, "showgrid": True}
    spec["layout"]["yaxis"] |= {"gridcolor": COLORS.unreported, "tickfont": {"size": TEXT}}
    data = [
        trace
        for treaty, rows in by_treaty.items()
        for trace in _step_traces(treaty, rows, spans[treaty], markers[treaty], lang)
    ]
    levels = [_last(rows) for rows in by_treaty.values()]
    named = [] if medium.narrow else _names(items, levels, states, shape)
    if named:
        right = {"domain": [spec["layout"]["xaxis"]["domain"][1], 1], "range": [0, NAMES], "anchor": "y"}
        spec["layout"]["xaxis2"] = right | {"visible": False, "fixedrange": True}
    return {"data": [*_all_states_line(span, states, shape), *data, *named, *spec["data"]], "layout": spec["layout"]}


def _names(items: Sequence[Item], levels: Sequence[int], states: int, shape: Chart) -> list[Trace]:
    """The name of each treaty with its mark, beside the end of its line or, where another name is, below that.

    They have an x axis of their own, in pixels from the end of the lines.
    """
    line = LINE * (states + HEADROOM) / shape.row
    order = sorted(zip(levels, items, strict=True), key=lambda pair: -pair[0])
    texts = [textwrap.wrap(item.text, int((NAMES - BESIDE) / LETTER), break_long_words=False) for _, item in order]
    middles = _apart([level for level, _ in order], [len(text) * line for text in texts], line / 3, states + HEADROOM)
    traces: list[Trace] = []
    for (_, item), text, middle in zip(order, texts, middles, strict=True):
        beside = {"xaxis": "x2", "yaxis": "y", "y": [middle]}
        traces += [marks("", [], [], item.marker) | beside | {"x": [MARK_AT]}]
        name = words("", [], [], ["<br>".join(text)], "right", size=TEXT)
        traces += [name | beside | {"x": [BESIDE]}]
    return traces


def _apart(levels: Sequence[float], talls: Sequence[float], gap: float, top: float) -> list[float]:
    """The middles of names of some heights, from the top down: at their levels, or as near as they fit above 0."""
    middles: list[float] = []
    for level, tall in zip(levels, talls, strict=True):
        middles.append(min(level, top - tall / 2))
        top = middles[-1] - tall / 2 - gap
    bottom = 0.0
    for place, tall in reversed([*enumerate(talls)]):
        middles[place] = max(middles[place], bottom + tall / 2)
        bottom = middles[place] + tall / 2 + gap
    return middles


def at(day: date) -> float:
    """A day as a decimal year: 2014.0 is the first of January 2014."""
    return round(day.year + (day.timetuple().tm_yday - 1) / (365 + isleap(day.year)), 3)


def _marker(treaty: str, series: Sequence[str], size: float) -> dict[str, Any]:
    place = rank(treaty)
    line = {"width": 1, "color": series[place]}
    return {"symbol": SHAPES[place], "size": size, "color": series[place], "opacity": 1, "line": line}


def _share(lang: Language, rows: pl.DataFrame, states: int) -> str:
    return lang.text("{n} of {all}", n=lang.number(_last(rows)), all=states)


def _last(rows: pl.DataFrame) -> int:
    return int(rows["parties"][-1]) if rows.height else 0


def _time_axis(span: tuple[float, float], closing: str, shape: Chart, left: float) -> dict[str, Any]:
    """The time axis: a tick at the start of years, and one at its end with the month in which the table ends."""
    first, last = span
    room = EDGE if shape.medium.narrow else NAMES
    wide = (shape.medium.across - FIGURES - room) / (last - first)
    step = next((step for step in TICK_YEARS if wide * step >= YEAR_WIDE), TICK_YEARS[-1])
    years = [year for year in range(int(first) + 1, int(last), step) if last - year > step]
    ticks = {"tickmode": "array", "tickvals": [*years, last], "ticktext": [*map(str, years), closing], "tickangle": 0}
    domain = [left, round(1 - room / shape.medium.across, 4)]
    return ticks | {"range": [first, last], "domain": domain, "ticks": "outside"}


def _all_states_line(span: tuple[float, float], states: int, shape: Chart) -> Iterator[Trace]:
    """The line of all states, which no treaty can pass, with its label."""
    yield lines("", [], [], color=COLORS.faint, width=1.2, dash="dot") | {"x": [*span], "y": [states, states]}
    label = shape.lang.text("All {n} states", n=states)
    yield words("", [span[0]], [states + HEADROOM / 2], [label], "right", size=TEXT)


def _step_traces(
    treaty: str, rows: pl.DataFrame, span: tuple[float, float], marker: dict[str, Any], lang: Language
) -> Iterator[Trace]:
    """The steps of a treaty, and a mark on each with the states that deposited."""
    days: list[float] = [at(day) for day in rows["date"]]
    x: Coordinates = [span[0], *(day for day in days for _ in range(2)), span[1]]
    levels: list[float] = [0, *rows["parties"].to_list()]
    y: Coordinates = [level for level in levels for _ in range(2)]
    dash = DASHES[rank(treaty)]
    # Set x and y directly: the helpers round to tenths, but days need thousandths of a year.
    yield lines("", [], [], color=marker["color"], width=2.4, dash=dash) | {"x": x, "y": y}
    labels = [_hover(row, lang) for row in rows.iter_rows(named=True)]
    yield marks("", [], [], marker, hovertext=labels) | {"x": days, "y": levels[1:]}


def _hover(row: dict[str, Any], lang: Language) -> str:
    states = lang.listing(lang.country(area) for area in lang.sorted_countries(row["areas"]))
    count = lang.plural(
        "{n} state has deposited its instrument", "{n} states have deposited their instruments", row["parties"]
    )
    return f"<b>{lang.date(row['date'])}</b><br>{terms.term(lang, 'part', row['instrument'])}<br>{count}<br>+ {states}"
