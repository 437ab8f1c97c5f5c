"""Parts of briefings with a map of flows, beside a table of the largest."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import polars as pl

from dashboard import store
from dashboard.charts.medium import SLIDE
from dashboard.subjects import briefings
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.corrections import words as corrections_words
from dashboard.subjects.routes import query, words
from dashboard.subjects.routes.figures import lines
from dashboard.subjects.routes.figures.counted import all_outside, all_own
from dashboard.subjects.routes.page_figures import mapped, on_map
from dashboard.views.page import Part, Table
from dashboard.words import terms
from dashboard.words.tables import Row
from data.i18n import Language

# The most routes on a map, and in the table beside it; there also the most partners of a state, and the most detecting
# states, which are in alphabetical order: on a slide none of them may be cut off.
MOST = 6
LISTED = 10
PARTNERS = 12
DETECTING = 8


def few(arrows: query.Arrows, most: int = MOST) -> query.Arrows:
    """The largest arrows only, with domestic ones among them: more would cover each other on a slide."""
    between = arrows.every.select(words.BETWEEN.cum_sum() - words.BETWEEN < most).to_series()
    return replace(arrows, shown=arrows.every.filter(between))


def _figure(lang: Language, row: Row) -> str:
    """The figure of a flow in words, where each year is masked."""
    if not query.few(row):
        return lang.interval(row["low"], row["high"])
    return lang.text("fewer than five") if row["records"] == 1 else lang.text("fewer than five a year")


def _end(lang: Language, row: Row, end: str) -> str:
    """One end of a flow, with its role if the route goes on from there or comes from elsewhere."""
    transit = {"to_transit": "destination", "from_transit": "origin"}.get(row["leg"]) == end
    role = terms.in_sentence(terms.term(lang, "role", "transit"))
    return f"{lang.country(row[end])} ({role})" if transit else lang.country(row[end])


def _table(lang: Language, head: Sequence[str], rows: pl.DataFrame, ends: Sequence[str]) -> Table:
    """Flows with one or both of their ends, and their figures; of a leg of a longer route the state of transit."""
    each = [(*(_end(lang, row, end) for end in ends), _figure(lang, row)) for row in rows.iter_rows(named=True)]
    return briefings.table(lang.text("The largest"), head, each)


def disputed(lang: Language, rows: pl.DataFrame, indicator: str = "") -> list[str]:
    """The sentence on how many of these figures a state disputes; empty if none."""
    named = rows.with_columns(indicator=pl.lit(indicator)) if indicator else rows
    return corrections_words.shown(lang, corrections_tables.within(named).height)


def counted(lang: Language, selection: query.FlowFilter, title: str, lead: str, remark: str = "") -> Part:
    """The part on counted flows, of a state in one direction or of the region.

    Args:
        remark: on all flows of the selection, if any.
    """
    arrows, one = query.arrows(selection), len(selection.areas) == 1
    arrows = few(arrows, PARTNERS) if one else arrows
    covered = query.coverage(selection.areas, selection.first, selection.last)
    listed, *more = words.remarks(arrows, covered, lang, selection)
    heads = {"origin": lang.text("Citizens of"), "destination": lang.text("Detected in")}
    ends = [end for end in heads if end != selection.position]
    table = (
        _table(lang, (*(heads[end] for end in ends), lang.text("Victims")), arrows.shown, ends)
        if one
        else _detecting(lang, heads["destination"], arrows.every)
    )
    part = _part(
        lang, selection, arrows, table, [words.joined(lang), remark, words.limited(lang, arrows) if one else "", listed]
    )
    part = replace(part, title=briefings.heading(title), lead=lead, said=more)
    if not one or mapped(arrows.shown):
        return part
    return _without_map(part, (all_outside if arrows.shown.filter(words.BETWEEN).height else all_own)(lang))


def _detecting(lang: Language, head: str, every: pl.DataFrame) -> Table:
    """The states that detected most of these victims, by name, and how many were their own citizens."""
    found = lines.largest(lines.of_region(every, store.areas(), lang)[0], DETECTING)
    heads = head, lang.text("Own citizens"), lang.text("Citizens of other countries")
    each = [(one.name(lang), *(lang.interval(share.low, share.high) for share in one.shares)) for one in found]
    return briefings.table(lang.text("The largest"), heads, each)


def described(
    lang: Language, selection: query.FlowFilter, arrows: query.Arrows, claim: str, rest: str = ""
) -> Part | None:
    """The part on described routes, of a state, a pair or the region: without an arrow on the map only the table.

    Args:
        claim: its title; without one there is no part. rest: a remark.
    """
    if not claim:
        return None
    listed, said = few(arrows, LISTED), f"{words.described(lang, words.period(lang, selection))}."
    # A second arrow between the same states, such as that of a transit, would seem to be the same route.
    first = few(arrows).shown.unique(["origin", "destination"], keep="first", maintain_order=True)
    fewer = listed.shown.height - first.filter([mapped(row) for row in first.iter_slices(1)]).height
    # Translators: of the routes in the table beside a map.
    some = lang.text("The map shows some of these routes, with at most one arrow from one country to another.")
    head = lang.text("From"), lang.text("To"), lang.text("Statements")
    table = _table(lang, head, listed.shown, ("origin", "destination"))
    counts = lang.text("An arrow counts statements, not victims.")
    remarks = [counts, some if fewer else "", words.limited(lang, listed), rest]
    part = _part(lang, selection, replace(arrows, shown=first), table, remarks)
    part = replace(part, title=briefings.heading(claim), lead=said, said=words.years(lang, selection), low=True)
    part = replace(part, point=f"{said} {briefings.sentence(claim)}")
    if mapped(first):
        return part
    return _without_map(part, lang.text("Statements are not victims."), 1 + bool(fewer))


def _without_map(part: Part, point: str, explaining: int = 1) -> Part:
    """A part whose map would be empty: without it and without the first remarks, which explain it; with a point."""
    return replace(part, kind="record", map=None, redrawn=None, remarks=part.remarks[explaining:], points=(point,))


def _part(
    lang: Language, selection: query.FlowFilter, arrows: query.Arrows, table: Table, remarks: Sequence[str]
) -> Part:
    """A map and its table, still without a title."""
    return Part(
        kind="map",
        title="",
        map=on_map(selection, arrows, lang, SLIDE),
        redrawn=partial(on_map, selection, arrows, lang),
        tables=(table,),
        remarks=(*map(briefings.sentence, filter(None, remarks)), *disputed(lang, arrows.shown)),
        releases=briefings.releases(lang, query.cells(selection)),
    )
