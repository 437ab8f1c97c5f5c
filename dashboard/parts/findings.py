"""The finding of a page in its first sentence: Region, Instruments and Coverage."""

from collections.abc import Callable

import polars as pl

from dashboard.shell import navigation
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.home import query as home_query
from dashboard.subjects.states.victims import VICTIMS
from dashboard.subjects.states.words import STATES
from dashboard.subjects.treaties import query as treaties_query
from data.i18n import Language


def finding(lang: Language, slug: str) -> str:
    """The finding of a page; of a page without one its purpose."""
    return FINDINGS[slug](lang) if slug in FINDINGS else navigation.purpose(lang, slug)


def _region(lang: Language) -> str:
    found = home_query.overview()
    if found is None:
        return navigation.purpose(lang, "region")
    return lang.plural(
        "In {year}, {n} of the {states} states reported how many victims they detected; for {rest}, UNODC’s data "
        "have no total.",
        "In {year}, {n} of the {states} states reported how many victims they detected; for {rest}, UNODC’s data "
        "have no total.",
        found.states,
        year=found.year,
        states=STATES,
        rest=STATES - found.states,
    )


def _instruments(lang: Language) -> str:
    named = treaties_query.laws().filter(pl.col("title").is_not_null()).height
    return lang.plural(
        "Our sources name a law against trafficking in persons for {n} of the {all} states; others may exist.",
        "Our sources name a law against trafficking in persons for {n} of the {all} states; others may exist.",
        named,
        all=STATES,
    )


def _coverage(lang: Language) -> str:
    states, years = coverage_query.states(VICTIMS), coverage_query.span(VICTIMS)
    always, never = (states.filter(test).height for test in (pl.col("years") == pl.col("span"), pl.col("years") == 0))
    # Translators: {n} states have a total in each of the years; {never} states in none of them.
    return lang.plural(
        "From {first} to {last}, {n} state has a total of detected victims for every year, and {never} for none.",
        "From {first} to {last}, {n} states have a total of detected victims for every year, and {never} for none.",
        always,
        first=years[0],
        last=years[1],
        never=lang.number(never),
    )


FINDINGS: dict[str, Callable[[Language], str]] = {
    "region": _region,
    "instruments": _instruments,
    "coverage": _coverage,
}
