"""What the map and the matrix of missing data say: who gives figures, and what stands in their place."""

import polars as pl

from dashboard import terms
from dashboard.query.coverage import KINDS, USABLE
from data.i18n import Language


def heading(lang: Language, indicator: str, states: pl.DataFrame, years: tuple[int, int]) -> str:
    """The title over the map: indicator, span, how many states ever gave a figure."""
    ever = states.filter(pl.col("years") > 0).height
    share = lang.text("{n} of {all} ever reported", n=lang.number(ever), all=states.height)
    return f"{terms.term(lang, 'indicator', indicator)}, {span(years)} · {share}"


def on_map(lang: Language, indicator: str, states: pl.DataFrame, years: tuple[int, int]) -> str:
    """What the map shows, in two sentences."""
    ever = states.filter(pl.col("years") > 0).height
    always = states.filter(pl.col("years") == pl.col("span")).height
    first = lang.text(
        "{subject}, {years}: {n} of {all} states gave a usable reading in at least one year.",
        n=lang.number(ever),
        subject=terms.term(lang, "indicator", indicator),
        years=span(years),
        all=states.height,
    )
    second = lang.text(
        "In every year: {always}; in none: {never}. None is not a zero.",
        always=lang.number(always),
        never=lang.number(states.height - ever),
    )
    return f"{first} {second}"


def in_matrix(lang: Language, indicator: str, cells: pl.DataFrame, years: tuple[int, int]) -> str:
    """What the matrix shows, in two sentences."""
    found = {kind: cells.filter(pl.col("kind") == kind).height for kind in KINDS}
    usable = sum(found[kind] for kind in USABLE)
    first = lang.text(
        "{subject}, {years}: of {all} cells of a state and a year, {usable} hold a usable reading.",
        subject=terms.term(lang, "indicator", indicator),
        years=span(years),
        all=lang.number(cells.height),
        usable=lang.number(usable),
    )
    second = lang.text(
        "True zeros: {zero}; masked: {masked}; conflicting or implausible: {unusable}; withdrawn: {withdrawn}; "
        "not reported: {silent}.",
        zero=lang.number(found["zero"]),
        masked=lang.number(found["masked"]),
        unusable=lang.number(found["conflicting"] + found["suspect"]),
        withdrawn=lang.number(found["withdrawn"]),
        silent=lang.number(found["not_reported"]),
    )
    return f"{first} {second}"


def span(years: tuple[int, int]) -> str:
    """A first and a last year: 2004–2023."""
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"
