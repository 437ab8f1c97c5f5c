"""Which filter leaves no route: what there would be if that one alone were lifted."""

from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.query import routes
from dashboard.query.routes import Filter

# A choice of routes without one of its filters.
RELAXED: dict[str, dict[str, Any]] = {
    "areas": {"areas": ()},
    "position": {"position": "any"},
    "years": {"first": 1900, "last": 2100},
    "forms": {"forms": ()},
    "minimum": {"minimum": 1},
    "questioned": {"questioned": True},
}


def emptied(flows: pl.LazyFrame, wanted: Filter) -> dict[str, int]:
    """The filters of a choice without arrows that would give some if that one alone were lifted, each with how many."""
    others = {name: replace(wanted, **change) for name, change in RELAXED.items()}
    found = {name: routes.arrows(flows, other).every.height for name, other in others.items() if other != wanted}
    return {name: n for name, n in found.items() if n}
