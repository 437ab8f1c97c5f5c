"""The finding of a page in its first sentence: Region, Declaration, Instruments and Coverage."""

from collections.abc import Callable

import polars as pl

from dashboard.shell import navigation
from dashboard.store import Tables, cached
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.home import query as home_query
from dashboard.subjects.states.victims import VICTIMS
from dashboard.subjects.states.words import STATES
from dashboard.subjects.treaties import query as treaties_query
from data.columns import DECLARED, PARAGRAPHS
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


@cached
def searched(snap: Tables) -> tuple[int, int]:
    """How many sources the entries on the declaration come from, and how many of them end by its year."""
    year = pl.coalesce(pl.col("period_to").dt.year(), pl.col("date").dt.year(), pl.col("year"))
    last = snap.table("evidence").group_by("source").agg(last=year.max()).collect()["last"]
    return last.len(), int((last <= DECLARED.year).sum())


def _declaration(lang: Language) -> str:
    every, early = searched()
    # Translators: what was looked for, where, and until when. {n} of the sources say nothing on later years.
    return lang.plural(
        "We compared {all} sources with the declaration’s {paragraphs} paragraphs; {n} ends by {year}, so little on "
        "the years since can be found here. A state can add its own documents.",
        "We compared {all} sources with the declaration’s {paragraphs} paragraphs; {n} of the sources end by {year}, "
        "so little on the years since can be found here. A state can add its own documents.",
        early,
        all=lang.number(every),
        paragraphs=PARAGRAPHS,
        year=DECLARED.year,
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


def of_routes(lang: Language, evidence: str) -> str:
    """What an arrow of page Routes is."""
    if evidence == "counted":
        return navigation.purpose(lang, "routes")
    return lang.text(
        "An arrow is a route that reports of the US Department of State describe, with or without a transit state. "
        "It does not count victims."
    )


FINDINGS: dict[str, Callable[[Language], str]] = {
    "region": _region,
    "declaration": _declaration,
    "instruments": _instruments,
    "coverage": _coverage,
}
