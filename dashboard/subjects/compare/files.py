"""The rows of a comparison on page "Explore" as files."""

from functools import partial

import polars as pl

from dashboard import store
from dashboard.subjects.compare import filters, query
from dashboard.subjects.explore.filters import TASK
from dashboard.views.code import TOTALS, Match, Snippet, has, present
from dashboard.views.rows import Rows, file_name, since
from data.counting_units import counting_units

# The filters of two states on the page.
SPECS = (TASK, *filters.COMPARE)


def compared(title: str, pair: query.Pair, edition: str, units: pl.DataFrame | None = None) -> Rows:
    """Two states, or a state and the region, side by side; `units` defaults to the reviewed list."""
    units = counting_units() if units is None else units
    return Rows(
        file_name("compare", pair.indicator, pair.one, pair.other, since(edition)),
        title,
        "explore",
        lambda: query.beside(store.tables().observations(edition), units, pair),
        SPECS,
        _code(pair, edition),
        key="compare",
        cells=partial(query.behind, pair, edition),
    )


def _code(pair: query.Pair, edition: str) -> Snippet:
    states, other, codes = pair.states, pair.other, query.measures(pair.indicator)
    if other == query.REGION:
        median = {area for code in codes for area in query.in_median(pair, code, edition)}
        states, other = tuple(sorted({pair.one, *median})), "the median of the states with a total for every year"
    conditions = (has("indicator", codes), TOTALS, has("area", states))
    comment = f"The view has the figure of {pair.one} beside {other}, year by year."
    keys, figures = {name: name for name in ("indicator", "year")}, ("area", "low", "high")
    sides = [{name: name for name in figures}]
    sides += [] if other != pair.other else [{"area": "other", "low": "other_low", "high": "other_high"}]
    matches = tuple(Match(keys | side, (present(side["low"]),), whole=False) for side in sides)
    return Snippet("observations", conditions, comment, edition, matches=matches)
