"""The rows of page "Instruments" as files."""

from functools import partial

from dashboard.subjects.treaties import filters, query, words
from dashboard.views.code import Match, Snippet, has, newest, present
from dashboard.views.rows import Rows, file_name
from data.i18n import Language

NEWEST_LAW = newest("version", "kind", "actor", "locator")
# The rows of the table that a row of the view names.
CELLS = (Match({"locator": "locators"}, (present("locators"),), several=True),)


def standings(lang: Language, treaty: str, year: int) -> Rows:
    """The standing of each state toward a treaty at the end of a year."""
    closing = query.closings()[treaty]
    rows = query.standings(treaty, year)
    return Rows(
        file_name("parties", treaty, year),
        words.on_map_heading(lang, treaty, rows, year, closing),
        "instruments",
        lambda: rows,
        (filters.TREATY, filters.YEAR_END),
        Snippet("instruments", (has("instrument", treaty),), "The view has one row for each state.", matches=CELLS),
        key="parties",
    )


def acts(lang: Language, treaty_ids: tuple[str, ...]) -> Rows:
    """Every act on one treaty or on all."""
    comment = "A state without an act has no row here; whether sources differ shows in their rows."
    return Rows(
        file_name("acts", *(treaty_ids if len(treaty_ids) == 1 else ())),
        words.acts_heading(lang, treaty_ids),
        "instruments",
        partial(query.acts, treaty_ids),
        (filters.TREATY, filters.ALL_TREATIES),
        Snippet("instruments", (has("instrument", treaty_ids),), comment, matches=(Match(shown=(present("action"),)),)),
        key="acts",
    )


def laws(lang: Language) -> Rows:
    """The law named for each state."""
    comment = "A state for which no law is named has no row here."
    named = ("id", "version", "title", "year", "url", "source", "release", "locator")
    match = Match({"actor": "area"} | {name: name for name in named}, (present("id"),))
    code = Snippet("evidence", (has("kind", "law"), NEWEST_LAW), comment, matches=(match,))
    return Rows("laws", words.laws_heading(lang), "instruments", query.laws, (), code)
