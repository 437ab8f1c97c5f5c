"""Parts of briefings with arrows on a map: few and large, beside a table of the largest."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from dashboard.charts.medium import SLIDE
from dashboard.subjects import briefings
from dashboard.subjects.corrections import query as corrections_query
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.corrections import words as corrections_words
from dashboard.subjects.routes import query, words
from dashboard.subjects.routes.page_figures import on_map
from dashboard.views.page import Part, Table
from dashboard.words.tables import Row
from data.i18n import Language

# The most arrows of a map, which the table beside it has too.
MOST = 6


def few(arrows: query.Arrows) -> query.Arrows:
    """The largest arrows only, with rings among them: more would cover each other on a slide."""
    between = arrows.shown.select(words.BETWEEN.cum_sum() - words.BETWEEN < MOST).to_series()
    return replace(arrows, shown=arrows.shown.filter(between))


def largest(lang: Language, arrows: query.Arrows, unit: str) -> Table:
    """The arrows of a map in words: their ends, and their figures under the `unit`; no legs of longer routes."""
    each = [
        (" → ".join(lang.country(row[end]) for end in ("origin", "destination")), _figure(lang, row))
        for row in arrows.shown.filter(leg="direct").iter_rows(named=True)
    ]
    return briefings.table(lang.text("The largest on the map"), (lang.text("From → to"), unit), each)


def _figure(lang: Language, row: Row) -> str:
    """The figure of an arrow in words, where each year is masked."""
    if not query.few(row):
        return lang.interval(row["low"], row["high"])
    return lang.text("fewer than five") if row["records"] == 1 else lang.text("fewer than five a year")


def disputed(lang: Language, rows: pl.DataFrame, indicator: str = "") -> list[str]:
    """The sentence on how many of these figures a state disputes; empty if none."""
    if corrections_query.every().is_empty():
        return []
    named = rows.with_columns(indicator=pl.lit(indicator)) if indicator else rows
    return corrections_words.shown(lang, corrections_tables.within(named).height)


def counted(lang: Language, selection: query.FlowFilter, titles: Sequence[str], together: str = "") -> Part:
    """The part on counted flows, of a state or the region.

    Args:
        titles: what the map shows; the first one is that of the part.
        together: a remark on all of them, if any.
    """
    arrows = query.arrows(selection)
    covered = query.coverage(selection.areas, selection.first, selection.last)
    listed, *more = words.remarks(few(arrows), covered, lang, selection)
    first = words.joined(lang)
    part = _on_map(lang, selection, arrows, titles[0], lang.text("Victims"), [first, together], [listed])
    return replace(part, lead=" ".join(map(briefings.sentence, titles[1:])), said=more)


def described(lang: Language, selection: query.FlowFilter, arrows: query.Arrows, title: str) -> Part:
    """The part on described routes, of a state, a pair or the region."""
    lead = f"{words.described(lang, words.period(lang, selection))}."
    first = lang.text("An arrow counts statements, not victims.")
    part = _on_map(lang, selection, arrows, title, lang.text("Statements"), [first])
    return replace(part, lead=lead, said=words.years(lang, selection), point=f"{lead} {title}")


def _on_map(
    lang: Language,
    selection: query.FlowFilter,
    arrows: query.Arrows,
    title: str,
    unit: str,
    before: Sequence[str],
    after: Sequence[str] = (),
) -> Part:
    """A map of few arrows and their table; the remarks `before` and `after` how many of them it shows."""
    arrows = few(arrows)
    remarks = map(briefings.sentence, filter(None, [*before, words.limited(lang, arrows), *after]))
    return Part(
        kind="map",
        title=briefings.heading(title),
        map=on_map(selection, arrows, lang, SLIDE, titled=False),
        tables=(largest(lang, arrows, unit),),
        remarks=(*remarks, *disputed(lang, arrows.shown)),
        releases=briefings.releases(lang, query.cells(selection)),
    )
