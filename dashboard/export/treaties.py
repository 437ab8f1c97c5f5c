"""The views of the page Instruments."""

from functools import partial

from dashboard.export import snippets
from dashboard.subjects.treaties import filters as treaties_filters
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import words as treaties_words
from dashboard.views.rows import Rows, file_name
from data.i18n import Language


def standings(lang: Language, treaty: str, year: int) -> Rows:
    """The standing of each state toward a treaty at the end of a year."""
    closing = treaties_query.closing()
    rows = treaties_query.standings(treaty, year)
    return Rows(
        file_name("parties", treaty, year),
        treaties_words.on_map_heading(lang, treaty, rows, year, closing),
        "instruments",
        lambda: rows,
        (treaties_filters.TREATY, treaties_filters.YEAR_END),
        snippets.standings(treaty),
        key="parties",
    )


def acts(lang: Language, treaty_ids: tuple[str, ...]) -> Rows:
    """Every act on one treaty or on all."""
    return Rows(
        file_name("acts", *(treaty_ids if len(treaty_ids) == 1 else ())),
        treaties_words.acts_heading(lang, treaty_ids),
        "instruments",
        partial(treaties_query.acts, treaty_ids),
        (treaties_filters.TREATY, treaties_filters.ALL_TREATIES),
        snippets.acts(treaty_ids),
        key="acts",
    )


def laws(lang: Language) -> Rows:
    """The law named for each state."""
    title = treaties_words.laws_heading(lang)
    return Rows("laws", title, "instruments", treaties_query.laws, (), snippets.laws())
