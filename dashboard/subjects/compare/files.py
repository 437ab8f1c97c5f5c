"""The rows of a comparison on page "Explore" as files."""

from functools import partial

import polars as pl

from dashboard import store
from dashboard.subjects.compare import filters, query
from dashboard.subjects.explore.filters import TASK
from dashboard.views.rows import TOTALS, Rows, Snippet, file_name, has, since
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
    region = pair.other == query.REGION
    totals = (has("indicator", query.measures(pair.indicator)), TOTALS)
    conditions = totals if region else (*totals, has("area", pair.states))
    other = "the median of all states" if region else pair.other
    return Snippet(
        "observations", conditions, f"The view has the figure of {pair.one} beside {other}, year by year.", edition
    )
