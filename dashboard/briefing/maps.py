"""The maps of a briefing: those of the pages in light colors, without a title, with few and large letters.

Beside a map stands a small table of what it shows.
"""

from dataclasses import replace
from typing import Any

import polars as pl

from dashboard import store
from dashboard.briefing.content import Figure, Table
from dashboard.charts.medium import SLIDE
from dashboard.charts.render.model import drawing
from dashboard.charts.render.shapes import Drawing
from dashboard.subjects.corrections import query as corrections_query
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.corrections import words as corrections_words
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.routes.figures.map import routes_map
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.figures.region_map import region_map
from dashboard.words import served, source_cells, tables, terms
from data.i18n import Language

VICTIMS = states_query.COUNTS[0]
# The most arrows of a map, which the table beside it has too.
MOST = 6


def region(lang: Language, year: int) -> Figure:
    """Detected victims in every state in a year, as circles."""
    rows = states_query.region(VICTIMS, year)
    spec = region_map(
        rows,
        store.basemap(),
        lang,
        SLIDE,
        indicator=VICTIMS,
        measure="count",
        largest=states_query.largest(VICTIMS),
    )
    alt = states_words.region(rows, lang, VICTIMS, "count", year)
    return Figure(_wide(spec), f"{alt} {served.sentence(lang, served.served(rows))}")


def of_routes(lang: Language, selection: routes_query.Filter, arrows: routes_query.Arrows) -> Figure:
    """Arrows on the map, of one kind of evidence."""
    spec = routes_map(
        arrows.shown,
        routes_query.NO_ROLES,
        store.basemap(),
        lang,
        SLIDE,
        evidence=selection.evidence,
        points=store.points(),
        chosen=selection.areas,
    )
    return Figure(_wide(spec), routes_words.arrows(arrows, lang, selection))


def few(arrows: routes_query.Arrows) -> routes_query.Arrows:
    """The largest arrows only, with rings among them: more would cover each other on a slide."""
    between = arrows.shown.select(routes_words.BETWEEN.cum_sum() - routes_words.BETWEEN < MOST).to_series()
    return replace(arrows, shown=arrows.shown.filter(between))


def largest(lang: Language, arrows: routes_query.Arrows, unit: str) -> Table:
    """The arrows of a map in words: their ends, and their figures under the `unit`; no legs of longer routes."""
    head = lang.text("From → to"), unit
    ends = ("origin", "destination")
    each = [
        (" → ".join(lang.country(row[end]) for end in ends), figure(lang, row))
        for row in arrows.shown.filter(leg="direct").iter_rows(named=True)
    ]
    return Table(head, tuple(each), lang.text("The largest arrows on the map"))


def figure(lang: Language, row: tables.Row) -> str:
    """The figure of an arrow in words, where each year is masked."""
    if not routes_query.few(row):
        return lang.interval(row["low"], row["high"])
    return lang.text("fewer than five") if row["records"] == 1 else lang.text("fewer than five a year")


def disputed(lang: Language, rows: pl.DataFrame, indicator: str = "") -> list[str]:
    """The sentence on how many of these figures a state disputes; empty if none."""
    if corrections_query.every().is_empty():
        return []
    named = rows.with_columns(indicator=pl.lit(indicator)) if indicator else rows
    return corrections_words.shown(lang, corrections_tables.within(named).height)


def every(lang: Language, year: int) -> Table:
    """The count and the source cell of each state in a year, in alphabetical order."""
    rows = {row["area"]: row for row in states_query.region(VICTIMS, year).iter_rows(named=True)}
    head = lang.text("State"), terms.term(lang, "indicator", VICTIMS), lang.text("Source cell")
    each = tuple(
        (
            lang.country(area),
            terms.figure(lang, rows[area]["low"], rows[area]["high"], rows[area]["status"], 0),
            source_cells.cells(lang, rows[area]["locator"]),
        )
        for area in lang.sorted_countries(rows)
    )
    return Table(head, each, lang.text("Detected victims by state, {year}", year=year))


def drawn(picture: Figure, title: str = "") -> Drawing:
    """A map as shapes."""
    return drawing(picture.spec, title=title, alt=picture.alt).trimmed()


def _wide(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification with its width."""
    return {"data": spec["data"], "layout": {**spec["layout"], "width": SLIDE.across}}
