"""The rows of page "Coverage" as files."""

from functools import partial

from dashboard.editions import NEWEST
from dashboard.subjects.coverage import filters, query, revisions, words
from dashboard.views.code import Condition, Match, Snippet, any_of, has, lacks, present, untrue
from dashboard.views.rows import Rows, file_name, since
from data.i18n import Language
from data.manifest import main_source


def reported(lang: Language, indicator: str, edition: str) -> Rows:
    """Which states report an indicator, by year."""
    states, years = query.states(indicator, edition), query.span(indicator, edition)
    by_then = Condition(f'pl.col("release") <= "{edition}"', f'release <= "{edition}"')
    published = any_of(lacks("source", main_source()), by_then)
    conditions = (has("indicator", indicator), untrue("derived"), *([] if edition == NEWEST else [published]))
    comment = "The view has one of these for each state and year: the newest."
    matches = (Match(shown=(present("release"),), whole=False),)
    return Rows(
        file_name("coverage", indicator, since(edition)),
        words.heading(lang, indicator, states, years),
        "coverage",
        lambda: query.file(query.cells(indicator, edition), indicator),
        filters.COVERAGE,
        Snippet("vintages", conditions, comment, matches=matches),
        key="coverage",
    )


def revised(lang: Language, indicator: str, area: str, *, masking: bool, after: str = "") -> Rows:
    """What publishers changed between one release and the next; `after` is the day of `revisions.rows`."""
    chosen = {"indicator": indicator, "area": area}
    conditions = [has(name, value) for name, value in chosen.items() if value != revisions.ALL]
    conditions += [] if masking else [lacks("kind", revisions.CONVENTION)]
    conditions += [has("release_to", list(revisions.later(after)))] if after else []
    return Rows(
        file_name("revisions", indicator, area, "masking" if masking else "", f"since-{after}" if after else ""),
        words.every(lang, indicator, area),
        "coverage",
        partial(revisions.rows, indicator, area, masking=masking, since=after),
        filters.COVERAGE,
        Snippet("revisions", tuple(conditions)),
        key="revisions",
    )
