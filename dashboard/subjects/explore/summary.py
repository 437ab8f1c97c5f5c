"""Table, heading, description and remarks of a selection on page "Explore", from the open snapshot."""

import polars as pl

from dashboard import store
from dashboard.store import Tables, cached
from dashboard.subjects.explore import query, words
from dashboard.subjects.explore import tables as explore_tables
from dashboard.subjects.explore.query import Selection
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.words import tables
from data.i18n import Language


@cached
def ordered(snap: Tables, selection: Selection, edition: str, lang: Language) -> pl.DataFrame:
    """The rows in the order of the table: indicators as selected, states by name, years ascending."""
    places = {code: place for place, code in enumerate(selection.indicators)}
    place = pl.col("indicator").replace_strict(places, return_dtype=pl.Int32)
    return tables.ordered(query.rows.of(snap, selection, edition), lang).sort(place, maintain_order=True)


@cached
def table(snap: Tables, selection: Selection, edition: str, lang: Language) -> tables.Sheet:
    """The table of the rows, in words."""
    return tables.sheet(explore_tables.figures(ordered.of(snap, selection, edition, lang), lang))


@cached
def joined(snap: Tables, selection: Selection, edition: str, lang: Language) -> tables.Sheet:
    """The table of the rows with all indicators side by side, states by name, years ascending."""
    rows = tables.ordered(query.joined.of(snap, selection, edition), lang)
    return tables.sheet(explore_tables.joined(rows, lang, selection.indicators))


def why_empty(selection: Selection, edition: str, lang: Language) -> str:
    """Why there are no rows; empty if there are some."""
    if not query.rows(selection, edition).is_empty():
        return ""
    return words.empty(lang, selection, query.emptied(selection, edition))


def heading(selection: Selection, edition: str, lang: Language) -> str:
    """The title of the table."""
    if why := why_empty(selection, edition, lang):
        return why
    return words.heading(lang, query.rows(selection, edition), selection, len(store.areas()))


def claim(selection: Selection, edition: str, lang: Language, *, both: bool = False) -> str:
    """The title of a figure; `both`: only the first and the last year are shown."""
    if why := why_empty(selection, edition, lang):
        return why
    rows, areas = query.rows(selection, edition), len(store.areas())
    return words.claim(lang, rows, selection, areas, both=both)


def measured(selection: Selection, edition: str, lang: Language, *, both: bool = False) -> str:
    """What a figure shows, where there are rows."""
    return words.measured(lang, query.rows(selection, edition), selection, both=both)


def shared(selection: Selection, edition: str, lang: Language) -> list[str]:
    """That no two years have more states than those of a selection, if that is so."""
    shared = query.shared_years(selection.indicators[0], edition) if len(selection.indicators) == 1 else None
    most = shared and selection == query.Selection(selection.indicators, (), *shared[:2])
    return [words.most_shared(lang)] if most else []


def description(selection: Selection, edition: str, lang: Language, *, both: bool = False, whole: bool = False) -> str:
    """The description in two sentences; `whole`: of all rows, including those that no figure draws."""
    if why := why_empty(selection, edition, lang):
        return why
    rows, areas = query.rows(selection, edition), store.areas()
    drawn = query.drawn(rows, selection, areas) if whole else query.figure_rows(selection, edition)[0]
    return words.description(lang, drawn, selection, both=both)


def remarks(selection: Selection, edition: str, lang: Language) -> list[str]:
    """Remarks on the rows."""
    rows = query.rows(selection, edition)
    rates = rows.filter(pl.col("unit") == "per_100000_population")
    # A state is listed once per year: keep one.
    states = list(dict.fromkeys(states_query.tiny(rates, states_query.small(edition))))
    return [*words.remarks(lang, rows, selection, query.sums(selection, edition), states)]


def marks(rows: pl.DataFrame, lang: Language) -> list[str]:
    """What the mark beside figures means: those of states, and sums with such a total."""
    figures, of_state = rows.filter(pl.col("low").is_not_null()), pl.col("area").is_in(store.areas())
    return [*states_words.marks(lang, figures.filter(of_state)), *words.doubted_sums(lang, figures.filter(~of_state))]
