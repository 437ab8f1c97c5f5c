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
    keys = {name: name for name in ("indicator", "year")}
    theirs = {"low": "other_low", "high": "other_high"}
    matches = [Match(keys | {name: name for name in ("area", "low", "high")}, (present("low"),), whole=False)]
    if other == query.REGION:
        median = {code: query.in_median(pair, code, edition) for code in codes}
        states = tuple(sorted({pair.one, *(area for areas in median.values() for area in areas)}))
        other = "the median of the states with a total for every year"
        for code, areas in median.items():
            of = has("indicator", code)
            made = (of, has("area", areas), present("low"))
            matches.append(
                Match(keys | theirs, (of, present("other_low")), made, tuple(theirs), median=True, whole=False)
            )
    else:
        matches.append(Match(keys | {"area": "other"} | theirs, (present("other_low"),), whole=False))
    conditions = (has("indicator", codes), TOTALS, has("area", states))
    comment = f"The view has the figure of {pair.one} beside {other}, year by year."
    return Snippet("observations", conditions, comment, edition, matches=tuple(matches))
