"""The answers of page "Explore", kept as those of `dashboard.answers`: rows, what figures draw, tables, words."""

from functools import lru_cache

import polars as pl

from dashboard import explore_tables, store, tables
from dashboard.describe import explore as describe
from dashboard.query import explore, observed
from dashboard.query.explore import Selection
from data.i18n import Language

# Rows may be many thousands, so that few answers are kept.
KEPT = 64


@lru_cache(KEPT)
def rows(wanted: Selection, edition: str) -> pl.DataFrame:
    """`dashboard.query.explore.rows` of the snapshot."""
    return explore.rows(store.observations(edition), wanted)


@lru_cache(KEPT)
def shown(wanted: Selection, edition: str, lang: Language) -> pl.DataFrame:
    """The same rows in the order of the table: indicators as asked, states by name, the years from the first on."""
    asked = {code: place for place, code in enumerate(wanted.indicators)}
    place = pl.col("indicator").replace_strict(asked, return_dtype=pl.Int32)
    return tables.ordered(rows(wanted, edition), lang).sort(place, maintain_order=True)


@lru_cache(KEPT)
def table(wanted: Selection, edition: str, lang: Language) -> tables.Sheet:
    """The same in words."""
    return tables.sheet(explore_tables.figures(shown(wanted, edition, lang), lang))


@lru_cache(KEPT)
def drawn(wanted: Selection, edition: str) -> tuple[pl.DataFrame, int]:
    """What figures draw of the rows, and how many series they leave out.

    Nothing of an empty answer: that no row is of a choice does not say that nobody reports.
    """
    held = rows(wanted, edition)
    found, hidden = explore.few(explore.drawn(held, wanted, store.areas()))
    return (found.clear() if held.is_empty() else found), hidden


@lru_cache(KEPT)
def emptied(wanted: Selection, edition: str, lang: Language) -> str:
    """Why there are no rows, in words; empty where there are some."""
    if not rows(wanted, edition).is_empty():
        return ""
    return describe.empty(lang, wanted, explore.emptied(store.observations(edition), wanted))


@lru_cache(KEPT)
def heading(wanted: Selection, edition: str, lang: Language, *, both: bool = False) -> str:
    """What a figure and the table are called; `both`: where only the first and the last year are shown."""
    held = rows(wanted, edition)
    return emptied(wanted, edition, lang) or describe.heading(lang, held, wanted, len(store.areas()), both=both)


@lru_cache(KEPT)
def told(wanted: Selection, edition: str, lang: Language, *, both: bool = False, whole: bool = False) -> str:
    """What they show, in two sentences; `whole`: all rows, also those that no figure draws."""
    if why := emptied(wanted, edition, lang):
        return why
    held, areas = rows(wanted, edition), store.areas()
    seen = explore.drawn(held, wanted, areas) if whole else drawn(wanted, edition)[0]
    return describe.told(lang, held, seen, wanted, len(areas), both=both)


@lru_cache(KEPT)
def remarks(wanted: Selection, edition: str, lang: Language) -> tuple[str, ...]:
    """What must be known of the rows."""
    held = rows(wanted, edition)
    rates = held.filter(pl.col("unit") == "per_100000_population")
    tiny = observed.tiny(rates, observed.small(edition)) if rates.height else []
    # Once for each year of a state.
    states = list(dict.fromkeys(tiny))
    return tuple(describe.remarks(lang, held, wanted, compared(wanted, edition), states))


@lru_cache(KEPT)
def compared(wanted: Selection, edition: str) -> pl.DataFrame:
    """The totals of a view beside the sums of their parts."""
    return explore.about(_summed(edition), rows(wanted, edition))


@lru_cache(KEPT)
def unsummed(wanted: Selection, edition: str, lang: Language) -> pl.DataFrame:
    """Those whose parts do not add up to them, states by name."""
    return tables.ordered(explore.unsummed(compared(wanted, edition)), lang)


@lru_cache(KEPT)
def unsummed_table(wanted: Selection, edition: str, lang: Language) -> tables.Sheet:
    """The same in words."""
    return tables.sheet(explore_tables.unsummed(unsummed(wanted, edition, lang), lang))


@lru_cache(KEPT)
def _summed(edition: str) -> pl.DataFrame:
    return explore.summed(store.observations(edition))
