"""On the real snapshot: no two filters together reveal more about a masked figure than its publisher prints."""

from itertools import combinations_with_replacement, product

import polars as pl
import pytest

from dashboard import store
from dashboard.store import Tables
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states import query as states_query
from tests.dashboard.unmasking import AsOf, Learned, Sum, editions, learn

TOTAL = ("total", "total", "total")
ARROW = ("origin", "destination", "leg", "transit", "questioned")
# Of a hundred thousand filters some hundreds; a prime, so that no kind of filter is passed over.
EACH = 331


def middle(rows):
    """The fault to detect: a masked figure counts as the middle of its interval."""
    return rows.with_columns(low=(pl.col("low") + pl.col("high")) / 2, high=(pl.col("low") + pl.col("high")) / 2)


def as_it_is(rows):
    return rows


def check_learned(learned: Learned, fault) -> None:
    assert learned.pairs > 400_000
    assert len(learned.cells) > 50, learned
    assert bool(learned.narrower) == (fault is middle), learned.narrower[:5]


def totals(edition):
    """The interval of every total by indicator, state and year; missing figures are in no sum."""
    total = dict(zip(("sex", "age", "form"), TOTAL, strict=True))
    figures = store.tables().observations(edition).filter(pl.col("low").is_not_null(), source="unodc_glotip", **total)
    rows = figures.select("indicator", "area", "year", "low", "high").collect().iter_rows()
    return {(indicator, area, year, edition): (low, high) for indicator, area, year, low, high in rows}


def read_once(rows):
    """The rows in memory, as a table to query: each query would read the file again."""
    return rows.collect().lazy()


def region_sums(code, mine, snap):
    """The sums on the region page for every year, and for the latest figure of each state."""
    latest = {area: max(year for _, other, year, _ in mine if other == area) for _, area, _, _ in mine}
    for chosen_year in [*sorted({year for _, _, year, _ in mine}), None]:
        cells = {cell for cell in mine if cell[2] == (chosen_year or latest[cell[1]])}
        total = states_query.total(states_query.region.of(snap, code, chosen_year))
        hidden = frozenset(cell for cell in cells if mine[cell][0] < mine[cell][1])
        yield Sum((code, chosen_year, "all"), total.low, total.high, frozenset(cells))
        yield Sum((code, chosen_year, "masked"), total.masked_low, total.masked_high, hidden)


@pytest.mark.parametrize("fault", [as_it_is, middle])
def test_sums_of_states_do_not_reveal_masked_figures(fault):
    printed, sums = {}, []
    for edition in editions():
        every = totals(edition)
        snap = Tables(
            {
                "observations": read_once(fault(store.tables().observations(edition))),
                "areas": store.tables().table("areas"),
            }
        )
        printed |= every
        for code in sorted({cell[0] for cell in every}):
            of_indicator = {cell: ends for cell, ends in every.items() if cell[0] == code}
            sums += region_sums(code, of_indicator, snap)
    check_learned(learn(sums, printed), fault)


def records(edition):
    """The counted records with a figure."""
    return store.tables().flows(edition).filter(pl.col("low").is_not_null(), evidence="counted").collect().to_dicts()


def spans():
    years = (
        store.tables()
        .table("flows")
        .filter(evidence="counted")
        .select(pl.col("year").unique().sort())
        .collect()["year"]
    )
    return list(combinations_with_replacement(years.to_list(), 2))


def grouped(rows):
    """Their cells by arrow, or off the map by their labels."""
    cells = {}
    for row in rows:
        ends = row["origin"], row["destination"]
        if None not in ends:
            cells.setdefault((*ends, "direct", None, row["status"] == "questioned"), set()).add(row["locator"])
        if not (row["located"] and row["complete"]):
            cells.setdefault((row["origin_label"], None, row["destination_label"]), set()).add(row["locator"])
    return cells


def span_sums(snap, flow_filter, rows):
    """The sum for each arrow and each unlocated label in one span of years."""
    cells = grouped(row for row in rows if flow_filter.first <= row["year"] <= flow_filter.last)
    drawn = routes_query.arrows.of(snap, flow_filter).every.select(*ARROW, "low", "high")
    off = routes_query.unlocated.of(snap, flow_filter).select(*routes_query.LABELS, "low", "high")
    for *what, low, high in [*drawn.iter_rows(), *off.iter_rows()]:
        yield (
            tuple(what),
            Sum((flow_filter.first, flow_filter.last, flow_filter.edition), low, high, frozenset(cells[tuple(what)])),
        )


@pytest.mark.parametrize("fault", [as_it_is, middle])
def test_sums_of_years_do_not_reveal_masked_figures(fault):
    printed, sums = {}, {}
    for edition in editions():
        rows, snap = records(edition), AsOf({"flows": read_once(fault(store.tables().flows(edition)))})
        printed |= {row["locator"]: (row["low"], row["high"]) for row in rows}
        for first, last in spans():
            flow_filter = routes_query.FlowFilter("counted", first=first, last=last, questioned=True, edition=edition)
            for what, total in span_sums(snap, flow_filter, rows):
                sums.setdefault(what, []).append(total)
    learned = sum((learn(mine, printed) for mine in sums.values()), Learned())
    check_learned(learned, fault)
    # The span of a single year isolates each cell.
    assert learned.cells == {cell for cell, (low, high) in printed.items() if low < high}


def filters_of(edition):
    """Filters of every kind, of which each leaves arrows out of a span."""
    areas = [(), *((area,) for area in store.tables().table("areas").collect()["area"])]
    minimums, doubts = (1, 5, 50), (False, True)
    every = list(product(areas, routes_query.POSITIONS, spans(), minimums, doubts))
    for mine, position, (first, last), minimum, questioned in every[::EACH]:
        yield routes_query.FlowFilter(
            "counted", mine, position, first, last, minimum=minimum, questioned=questioned, edition=edition
        )


@pytest.mark.parametrize("edition", editions())
def test_every_other_route_filter_drops_an_arrow_or_leaves_it_unchanged(edition):
    snap, whole, checked = AsOf({"flows": read_once(store.tables().flows(edition))}), {}, 0
    for first, last in spans():
        flow_filter = routes_query.FlowFilter("counted", first=first, last=last, questioned=True, edition=edition)
        whole[first, last] = set(
            routes_query.arrows.of(snap, flow_filter).every.select(*ARROW, "low", "high").iter_rows()
        )
    for flow_filter in filters_of(edition):
        rows = set(routes_query.arrows.of(snap, flow_filter).every.select(*ARROW, "low", "high").iter_rows())
        assert rows <= whole[flow_filter.first, flow_filter.last], flow_filter
        checked += len(rows)
    assert checked > EACH


def test_stated_routes_have_no_masked_figures():
    rows = store.tables().table("flows").filter(evidence="stated").collect()
    assert rows.filter(pl.col("low") == pl.col("high")).height == rows.height > 0
