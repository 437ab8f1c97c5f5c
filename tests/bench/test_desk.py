"""How the time of page "Explore" grows with the snapshot: its queries, its figures, its files.

Real rows and made-up copies of them: once of other indicators, so that the answer stays as large as it is;
once of other age groups, all of which are requested, so that the answer grows as the snapshot does.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial
from math import log
from pathlib import Path

import polars as pl
import pytest

from dashboard import store
from dashboard.export import cited_view, workbook
from dashboard.store import Tables
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore.figures.heat_map import heat_map
from dashboard.subjects.explore.figures.lines import lines, multiples
from dashboard.subjects.explore.figures.two_years import two_years
from dashboard.subjects.states import query as states_query
from dashboard.views.rows import Rows
from data.i18n import language
from tests.bench.conftest import Report
from tests.bench.test_growth import _many

EN, LINK = language("en"), "https://example.org/explore"
TIMES = (1, 10, 100)
ROUNDS, LONG = 5, 2.0
USUAL = explore_query.Selection(explore_filters.INDICATORS.default, (), *explore_filters.PERIOD.default)
EVERYTHING = explore_query.Selection(
    explore_filters.INDICATORS.options, (), explore_filters.PERIOD.low, explore_filters.PERIOD.high, (), (), ()
)
KINDS = {"usual question, answer as it was": ("indicator", USUAL), "everything, answer grown": ("age", EVERYTHING)}


def steps(observations: pl.LazyFrame, selection: explore_query.Selection) -> Iterator[tuple[str, Callable[[], object]]]:
    """The steps that are timed, by name."""
    query = partial(explore_query.rows.computed, Tables({"observations": observations}), selection)
    rows = query()
    areas = store.tables().table("areas").collect()["area"].to_list()
    yield "query", query
    yield "rows for figures", lambda: explore_query.few(explore_query.drawn(rows, selection, areas))
    drawn, _ = explore_query.few(explore_query.drawn(rows, selection, areas))
    breaks = {code: states_query.breaks(code) for code in selection.indicators}
    yield "small multiples", partial(multiples, drawn, EN)
    yield "lines", partial(lines, drawn, EN)
    yield "two years", partial(two_years, drawn, EN, first=selection.first, last=selection.last)
    yield "heat map", partial(heat_map, drawn, EN, breaks=breaks)
    view = Rows("explore", "Figures", "explore", query)
    for form, (name, _, _) in cited_view.FORMATS.items():
        if form != "xlsx" or not workbook.too_much(rows):
            yield name, partial(cited_view.file_of, view, form, EN, LINK, [])


@pytest.mark.parametrize("kind", KINDS)
def test_the_desk_over_more_rows(tmp_path: Path, report: Report, kind: str):
    column, selection = KINDS[kind]
    figures = store.tables().table("observations").collect()
    measured: dict[str, list[tuple[int, float]]] = {}
    for times in TIMES:
        observations = _many(figures, column, times, tmp_path / str(times))
        assert observations.select(pl.len()).collect().item() == times * figures.height
        for name, ask in steps(observations, selection):
            measured.setdefault(name, []).append((times * figures.height, _timed(ask)))
    for name, points in measured.items():
        timings = "; ".join(f"{rows:,} rows {1000 * taken:,.1f} ms" for rows, taken in points)
        (small, early), (large, late) = points[0], points[-1]
        law = log(late / early) / log(large / small)
        report(f"The desk: {kind}", name, f"{timings}; the time grows as rows^{law:.2f}")


def _timed(ask: Callable[[], object]) -> float:
    """Seconds: the median of some rounds, or a single round where one takes long."""
    taken = [_once(ask)]
    if taken[0] < LONG:
        taken = [_once(ask) for _ in range(ROUNDS)]
    return sorted(taken)[len(taken) // 2]


def _once(ask: Callable[[], object]) -> float:
    begun = time.perf_counter()
    ask()
    return time.perf_counter() - begun
