"""What page "Explore" says of a selection, from its rows in the open snapshot: table, heading, sentences, remarks."""

import polars as pl

from dashboard import store
from dashboard.store import Tables, cached
from dashboard.subjects.explore import query, words
from dashboard.subjects.explore import tables as explore_tables
from dashboard.subjects.explore.query import Selection
from dashboard.subjects.states import query as states_query
from dashboard.words import tables
from data.i18n import Language


@cached
def ordered(snap: Tables, wanted: Selection, edition: str, lang: Language) -> pl.DataFrame:
    """The rows in the order of the table: indicators as chosen, states by name, the years from the first on."""
    places = {code: place for place, code in enumerate(wanted.indicators)}
    place = pl.col("indicator").replace_strict(places, return_dtype=pl.Int32)
    return tables.ordered(query.rows.of(snap, wanted, edition), lang).sort(place, maintain_order=True)


@cached
def table(snap: Tables, wanted: Selection, edition: str, lang: Language) -> tables.Sheet:
    """The rows in words, in that order."""
    return tables.sheet(explore_tables.figures(ordered.of(snap, wanted, edition, lang), lang))


def why_empty(wanted: Selection, edition: str, lang: Language) -> str:
    """Why there are no rows; empty where there are some."""
    if not query.rows(wanted, edition).is_empty():
        return ""
    return words.empty(lang, wanted, query.emptied(wanted, edition))


def heading(wanted: Selection, edition: str, lang: Language, *, both: bool = False) -> str:
    """The title of a figure and of the table; `both`: where only the first and the last year are shown."""
    rows = query.rows(wanted, edition)
    return why_empty(wanted, edition, lang) or words.heading(lang, rows, wanted, len(store.areas()), both=both)


def description(wanted: Selection, edition: str, lang: Language, *, both: bool = False, whole: bool = False) -> str:
    """What they show, in two sentences; `whole`: all rows, also those that no figure draws."""
    if why := why_empty(wanted, edition, lang):
        return why
    rows, areas = query.rows(wanted, edition), store.areas()
    seen = query.drawn(rows, wanted, areas) if whole else query.figure_rows(wanted, edition)[0]
    return words.told(lang, rows, seen, wanted, len(areas), both=both)


def remarks(wanted: Selection, edition: str, lang: Language) -> list[str]:
    """What must be known of the rows."""
    rows = query.rows(wanted, edition)
    rates = rows.filter(pl.col("unit") == "per_100000_population")
    # Once for each year of a state.
    states = list(dict.fromkeys(states_query.tiny(rates, states_query.small(edition))))
    return list(words.remarks(lang, rows, wanted, query.sums(wanted, edition), states))
