"""The rows of people who moved as files."""

from functools import partial
from typing import Any

from dashboard.subjects.movements import query, words
from dashboard.views.code import Snippet, any_of, has
from dashboard.views.filters import Spec
from dashboard.views.rows import Rows, file_name
from data.i18n import Language


def moved(lang: Language, page: str, specs: tuple[Spec[Any], ...], one: str, other: str = "") -> Rows:
    """Every year of migrants, refugees, asylum-seekers and crossings of a state, or between two states."""
    ends = [has(end, (one, other) if other else one) for end in ("origin", "destination")]
    conditions = tuple(ends) if other else (any_of(*ends),)
    migrants = {"kind": query.MIGRANTS, "unit": "persons"}
    states = lang.listing(map(lang.country, filter(None, (one, other))))
    return Rows(
        file_name("movements", one, other),
        f"{words.title(lang)}, {states}",
        page,
        partial(query.records, one, other),
        specs,
        Snippet("movements", conditions, below=query.STOCKS, values=migrants),
        key="movements",
    )
