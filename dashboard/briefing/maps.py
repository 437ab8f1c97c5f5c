"""The maps of a briefing: those of the pages in light colors, without a title, sized for a slide or for paper."""

from typing import Any

import polars as pl

from dashboard import store
from dashboard.briefing import words
from dashboard.briefing.content import Figure, Part, Table
from dashboard.charts.look import PALETTES
from dashboard.subjects.corrections import query as corrections_query
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.corrections import words as corrections_words
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.routes.figures.map import chosen_border, routes_map
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.figures.region_map import region_map
from dashboard.words import served, tables, terms
from data.i18n import Language

Size = tuple[float, float]
VICTIMS = states_query.COUNTS[0]


def region(lang: Language, year: int, size: Size, chosen: tuple[str, ...] = ()) -> Part:
    """Detected victims per 100,000 in every state in a year; the chosen states have a strong border."""
    code = states_query.measured(VICTIMS, "rate")
    rows = states_query.region(code, year)
    spec = region_map(
        rows,
        store.basemap(),
        lang,
        indicator=code,
        measure="rate",
        breaks=states_query.breaks(code),
        notes=[*states_words.unit_of_count(lang, [code]), *served.notes(lang, rows)],
        size=size,
    )
    alt = states_words.region(rows, lang, VICTIMS, "rate", year)
    own = [_own(lang, row) for row in rows.iter_rows(named=True) if row["area"] in chosen]
    detected = lang.text("“Detected” means identified by the authorities. The true number of victims is not known.")
    remarks = (
        *own,
        detected,
        *states_words.tiny(states_query.tiny(rows, states_query.small()), lang),
        *disputed(lang, rows, code),
    )
    title = states_words.heading(lang, code, year, states_query.total(rows).reported)
    picture = Figure(_wide(_marked(spec, chosen), size), f"{alt} {served.sentence(lang, served.served(rows))}")
    annex = () if chosen else (every(lang, year),)
    notes = "\n".join([picture.alt, *remarks, *(line for table in annex for line in words.lines(lang, table))])
    return Part("map", title, alt, picture=picture, annex=annex, remarks=remarks, notes=notes)


def every(lang: Language, year: int) -> Table:
    """Count, rate and source cell of each state in a year, in alphabetical order."""
    code = states_query.measured(VICTIMS, "rate")
    counts, rates = (
        {row["area"]: row for row in states_query.region(c, year).iter_rows(named=True)} for c in (VICTIMS, code)
    )
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        terms.term(lang, "indicator", VICTIMS): lambda row: _figure(lang, row, 0),
        terms.term(lang, "indicator", code): lambda row: _figure(lang, rates[row["area"]], tables.RATE_DIGITS),
        lang.text("Source cell"): lambda row: row["locator"] or tables.NONE,
    }
    alt = lang.text("Detected victims by state, {year}", year=year)
    return words.table(tables.written(map(counts.__getitem__, lang.sorted_countries(counts)), columns), alt)


def of_routes(
    lang: Language, filtered: routes_query.Filter, arrows: routes_query.Arrows, rows: pl.DataFrame, size: Size
) -> Figure:
    """Arrows on the map, of one kind of evidence; `rows` are the records that they come from."""
    spec = routes_map(
        arrows.shown,
        routes_query.NO_ROLES,
        store.basemap(),
        lang,
        evidence=filtered.evidence,
        points=store.points(),
        chosen=filtered.areas,
        notes=[
            *routes_words.years(lang, filtered),
            *served.notes(lang, rows),
        ],
        size=size,
    )
    return Figure(_wide(spec, size), routes_words.arrows(arrows, lang, filtered))


def disputed(lang: Language, rows: pl.DataFrame, indicator: str = "") -> list[str]:
    """The sentence on how many of these figures a state disputes; empty if none."""
    if corrections_query.every().is_empty():
        return []
    named = rows.with_columns(indicator=pl.lit(indicator)) if indicator else rows
    return corrections_words.shown(lang, corrections_tables.within(named).height)


def _own(lang: Language, row: tables.Row) -> str:
    """A state's own figure, or the word for why there is none."""
    return lang.labelled(lang.country(row["area"]), _figure(lang, row, tables.RATE_DIGITS))


def _figure(lang: Language, row: tables.Row, digits: int) -> str:
    return terms.figure(lang, row["low"], row["high"], row["status"], digits)


def _wide(spec: dict[str, Any], size: Size) -> dict[str, Any]:
    """The specification with its width."""
    return {"data": spec["data"], "layout": {**spec["layout"], "width": size[0]}}


def _marked(spec: dict[str, Any], chosen: tuple[str, ...]) -> dict[str, Any]:
    """The specification with the border that the route map gives to chosen states."""
    color, width = chosen_border(PALETTES["light"])
    border = {"color": color, "width": width}
    data = [
        {**trace, "line": {**trace["line"], **border}} if trace.get("name") in chosen else trace
        for trace in spec["data"]
    ]
    return {**spec, "data": data}
