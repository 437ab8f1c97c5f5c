"""The map of missing data: in how many years of an indicator's span each state gave a usable reading."""

import math
from collections import Counter
from typing import Any, Unpack

import polars as pl

from dashboard.figures import ground
from dashboard.figures.basemap import Basemap
from dashboard.figures.classes import class_of
from dashboard.figures.framing import Around, Framing
from dashboard.figures.key import Item, headings
from dashboard.figures.looks import shade
from dashboard.figures.panels import sheet
from dashboard.figures.region_panel import RegionView
from dashboard.figures.state_map import state_map
from data.i18n import Language

TINTS = 4


def limits(span: int) -> list[int]:
    """The last year counts of the printed classes: quarters of the span, fewer where it is shorter than four years."""
    return sorted({math.ceil(span * part / TINTS) for part in range(1, TINTS + 1)})


class CoverageView(RegionView):
    """The region's figures are numbers of years here: a state without one is drawn as not reported."""

    def hover(self, code: str) -> str:
        """How many years a state reports, and since when."""
        row, lang = self.rows[code], self.lang
        if not row["years"]:
            told = lang.text("No usable reading in any of {n} years", n=row["span"])
            return f"<b>{lang.country(code)}</b><br>{told}"
        share = lang.text("{n} of {all} years", n=row["years"], all=row["span"])
        since = lang.text("First reported: {first}, last: {last}", first=row["first"], last=row["last"])
        return f"<b>{lang.country(code)}</b><br>{lang.labelled(self.indicator, share)}<br>{since}"


def coverage_map(
    states: pl.DataFrame,
    basemap: Basemap,
    lang: Language,
    *,
    indicator: str,
    **framing: Unpack[Framing],
) -> dict[str, Any]:
    """A Plotly spec of the 35 states.

    Args:
        states: the answer of `dashboard.query.coverage.states`: area, years, span, first, last.
        indicator: in words. All others as in `region_map`.
    """
    around = Around(**framing)
    rows = {row["area"]: _as_figure(row) for row in states.iter_rows(named=True)}
    span = max((row["span"] for row in rows.values()), default=1)
    breaks, colours = [float(limit) for limit in limits(span)[:-1]], around.colours
    blank = sheet(frozenset(rows), narrow=around.narrow, notes=0, size=around.size)
    draft = CoverageView(rows, basemap, lang, colours, indicator, breaks, 1.0, blank)
    return state_map(draft, key_items(draft), title=around.title, notes=around.notes)


def key_items(drawn: RegionView) -> list[Item]:
    """The entries of the key: what is counted, the classes with how many states each has, none, and the grounds."""
    lang, years = drawn.lang, [row["years"] for row in drawn.rows.values()]
    span = max((row["span"] for row in drawn.rows.values()), default=1)
    breaks, colours = drawn.breaks or (), drawn.palette
    found = Counter(class_of(value, breaks) for value in years if value)
    heading = lang.text("{indicator}: years with a usable reading, of {n}", indicator=drawn.indicator, n=span)
    fills = [colours.ramp[shade(rank, breaks)] for rank in range(len(breaks) + 1)]
    tints = [
        Item(f"{_range(lang, low, high)} ({lang.number(found[rank])})", fills[rank], (colours.edge(fills[rank]), 0.8))
        for rank, (low, high) in enumerate(_classes(span))
    ]
    silent = lang.text("No year")
    none = Item(
        f"{silent} ({lang.number(years.count(0))})", colours.unreported, (colours.edge(colours.unreported), 0.8)
    )
    return [*headings(heading, drawn.place), none, *tints, *ground.key_items(drawn.palette, lang)]


def _classes(span: int) -> list[tuple[int, int]]:
    ends = limits(span)
    return list(zip([1, *(end + 1 for end in ends[:-1])], ends, strict=True))


def _range(lang: Language, low: int, high: int) -> str:
    told = str(low) if low == high else f"{low}–{high}"
    return lang.plural("{years} year", "{years} years", high, years=told)


def _as_figure(row: dict[str, Any]) -> dict[str, Any]:
    """The row as the region's map reads one: its figure is the number of years."""
    figure = {"low": row["years"], "high": row["years"], "unit": "persons", "year": None}
    return row | figure | {"status": "exact" if row["years"] else "not_reported"}
