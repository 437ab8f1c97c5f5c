"""The rows of page "Explore" as files."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import polars as pl

from dashboard import store
from dashboard.subjects.derived import states
from dashboard.subjects.explore import filters, query
from dashboard.views.code import TOTALS, Condition, Match, Snippet, any_of, has, lacks, places, present, untrue
from dashboard.views.filters import Spec
from dashboard.views.rows import Rows, file_name, since
from data.i18n import Language
from data.ratios import ratios

# What the scripts of computed figures leave out.
REASONS = "Where it gives no figure it says why, which is not rebuilt."


def explored(title: str, selection: query.Selection, edition: str, specs: tuple[Spec[Any], ...]) -> Rows:
    """The rows of a selection; `specs` are the filters of the kind of chart."""
    return Rows(
        file_name("explore", *_ids(selection), since(edition)),
        title,
        "explore",
        partial(query.rows, selection, edition),
        specs,
        code(selection, edition),
        key="explore",
    )


def joined(rows: Rows, selection: query.Selection, edition: str) -> Rows:
    """The rows of `explored` with the figures of all indicators side by side."""
    matches = (*_beside(selection), *_added(selection, beside=True), *_divided(selection, beside=True))
    return replace(
        rows,
        name=file_name("joined", rows.name),
        code=replace(code(selection, edition), matches=matches),
        rows=partial(query.joined, selection, edition),
        key="joined",
        cells=rows.rows,
    )


def unsummed(lang: Language, selection: query.Selection, edition: str, parts: pl.DataFrame) -> Rows:
    """The totals of a view that are not the sum of their parts; `parts` are the rows that the page shows."""
    ordered = parts.sort(*query.KEY, "by")
    comment = "The view has the totals among these that are not the sum of their parts."
    return Rows(
        file_name("not_the_sum", *_ids(selection), since(edition)),
        lang.text("Totals that differ from the sum of their parts"),
        "explore",
        lambda: query.unsummed_file(ordered, store.tables().observations(edition)),
        filters.EXPLORE,
        Snippet("observations", (*_selected(selection), untrue("derived")), comment, edition, matches=_parts()),
        key="unsummed",
    )


def code(selection: query.Selection, edition: str) -> Snippet:
    """The code of the rows of a selection."""
    inputs = _inputs(selection)
    groups = (_group(name, codes) for name, codes in inputs.groups.items() if codes)
    comment = "" if inputs == selection else f"The view divides or adds up these rows. {REASONS}"
    published = (has("indicator", inputs.indicators), *((has("area", inputs.areas),) if inputs.areas else ()))
    match = Match() if inputs == selection else Match(shown=published, whole=False)
    matches = (match, *_added(selection), *_divided(selection))
    return Snippet("observations", (*_selected(inputs), *groups), comment, edition, matches=matches)


def _added(selection: query.Selection, *, beside: bool = False) -> Iterator[Match]:
    """The sums of each group of states: of all counts, or of each in its columns where they stand side by side."""
    codes = [code for code in selection.indicators if code not in ratios()]
    for area in filter(states, selection.areas):
        for of in [[code] for code in codes] if beside else [codes] if codes else []:
            ends = {end: f"{of[0]}_{end}" if beside else end for end in ("low", "high")}
            keys = ("year", "sex", "age", "form") if beside else ("indicator", "year", "sex", "age", "form")
            shown = () if beside else (has("indicator", of),)
            made = (has("indicator", of), has("area", states(area)), present("low"), untrue("derived"))
            yield Match(
                {name: name for name in keys} | ends,
                (has("area", area), *shown, present(ends["low"])),
                made,
                ("low", "high"),
                whole=False,
            )


def _divided(selection: query.Selection, *, beside: bool = False) -> Iterator[Match]:
    """The ratios and shares of the states, and of each group of states."""
    groups = [area for area in selection.areas if states(area)]
    own = tuple(area for area in selection.areas if not states(area))
    for one in (one for code, one in ratios().items() if code in selection.indicators):
        ends = {end: f"{one.id}_{end}" if beside else end for end in ("low", "high")}
        named = (*(() if beside else (has("indicator", one.id),)), present(ends["low"]))
        parts = [has(name, group) for name, group in one.group.items()] if one.is_share else []
        part = (has("indicator", one.indicator), *parts)
        whole = (has("indicator", one.of), *([TOTALS] if one.is_share else []))
        keys = {name: name for name in ("year", "sex", "age", "form")}
        by_ends = partial(Match, sums=("low", "high"), whole=False, over=whole, share=one.is_share)
        if own or not groups:
            mine = (has("area", own),) if own else ()
            yield by_ends({"area": "area"} | keys | ends, (*named, *mine), (*part, *mine))
        for area in groups:
            places_ = has("area", states(area))
            yield by_ends(keys | ends, (*named, has("area", area)), (*part, places_), summed=True)


def _parts() -> tuple[Match, ...]:
    """The totals, and the forms that they are the sum of."""
    key = {name: name for name in query.KEY}
    total = key | {name: name for name in ("low", "high", "source", "release", "locator")}
    parts = {name: name for name in key if name != "form"} | {"low": "parts_low", "high": "parts_high"}
    forms = Match(parts, (has("by", "form"),), (lacks("form", "total"),), ("low", "high"), whole=False)
    return Match(total, whole=False), forms


def _beside(selection: query.Selection) -> Iterator[Match]:
    """The published figures of each indicator."""
    inputs = _inputs(selection)
    keys = {name: name for name in ("area", "year", "sex", "age", "form")}
    areas = (has("area", inputs.areas),) if inputs.areas else ()
    for name in selection.indicators:
        if name in inputs.indicators:
            figure = {end: f"{name}_{end}" for end in ("low", "high", "status", "release", "locator")}
            yield Match(keys | figure, (*areas, present(f"{name}_low")), (has("indicator", name),), whole=False)


def _inputs(selection: query.Selection) -> query.Selection:
    """The selection of the published rows from which a selection is computed."""
    computed = [one for code, one in ratios().items() if code in selection.indicators]
    codes = (code for code in selection.indicators if code not in ratios())
    published = (*codes, *(code for one in computed for code in (one.indicator, one.of)))
    areas = (state for area in selection.areas for state in states(area) or (area,))
    sexes, ages, forms = (
        (*chosen, *(one.group[name] for one in computed)) if chosen else () for name, chosen in selection.groups.items()
    )
    several = (published, areas, sexes, ages, forms)
    indicators, places_, *groups = (tuple(dict.fromkeys(some)) for some in several)
    return query.Selection(indicators, places_, *selection.years, *groups)


def _ids(selection: query.Selection) -> list[str]:
    groups = [f"{name}-{'-'.join(codes) or 'all'}" for name, codes in selection.groups.items() if codes != ("total",)]
    return [*selection.indicators, *selection.areas, f"{selection.first}-{selection.last}", *groups]


def _selected(selection: query.Selection) -> Iterator[Condition]:
    """The conditions for the indicators, states and years of a selection."""
    yield has("indicator", selection.indicators)
    yield from places(selection.areas, selection.years)


def _group(name: str, codes: Iterable[str]) -> Condition:
    """A group; for an indicator without totals, such as a survey of women, `total` means all of its groups."""
    chosen_codes = tuple(codes)
    chosen = has(name, chosen_codes)
    polars = f'(pl.col("{name}") != "total").all().over("indicator")'
    without = Condition(polars, f'!(indicator %in% indicator[{name} == "total"])')
    return any_of(chosen, without) if "total" in chosen_codes else chosen
