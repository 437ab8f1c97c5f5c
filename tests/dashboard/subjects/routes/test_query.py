import polars as pl
import pytest

from dashboard.store import Tables
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes.query import FlowFilter
from data.contract import Flows

BLANK = {
    "transit": None,
    "origin_label": "a",
    "transit_label": None,
    "destination_label": "b",
    "located": True,
    "complete": True,
    "year_basis": "reference",
    "form": [],
    "profile": [],
    "repeat_of": None,
    "label_release": "2025-10-28",
    "release": "2025-10-28",
    "note": None,
}


def counted(origin, destination, year, low, high, status="exact", **more):
    row = {"evidence": "counted", "origin": origin, "destination": destination, "year": year, "low": low, "high": high}
    return BLANK | row | {"status": status, "unit": "persons", "source": "unodc_glotip"} | more


def stated(origin, transit, destination, year, form="forced_labour", **more):
    row = {"evidence": "stated", "origin": origin, "transit": transit, "destination": destination, "year": year}
    row |= {"transit_label": transit, "form": [form], "low": 1.0, "high": 1.0, "status": "exact", "unit": "statements"}
    return BLANK | row | {"source": "du_directionality", "year_basis": "report"} | more


ROWS = [
    counted("BOL", "ARG", 2018, 12.0, 12.0),
    counted("BOL", "ARG", 2019, 0.0, 4.0, "masked"),
    counted("PRY", "ARG", 2019, 0.0, 0.0),
    counted("ARG", "ARG", 2019, 30.0, 30.0),
    counted("MEX", "USA", 2018, 3.0, 3.0),
    counted("VCT", "USA", 2016, 61.0, 61.0, "questioned"),
    counted("PER", "CHL", 2019, None, None, "conflicting"),
    counted(None, "ARG", 2019, 20.0, 20.0, origin_label="Unknown", located=False, complete=False),
    stated("NIC", "CRI", "PAN", 2014),
    stated("NIC", "CRI", "PAN", 2015, "sexual_exploitation"),
    stated("NIC", "CRI", "PAN", 2014, repeat_of="x"),
    stated("NIC", "CRI", None, 2016, destination_label=None, complete=False),
    stated("NIC", None, "CRI", 2014),
    stated("NIC", None, "USA", 2014, transit_label="Central America", located=False),
]


@pytest.fixture
def snap() -> Tables:
    numbered = [row | {"locator": f"file#sheet!{number}"} for number, row in enumerate(ROWS)]
    flows = Flows.validate(pl.DataFrame(numbered, schema=Flows.create_empty().schema), cast=True)
    return Tables({"flows": flows.lazy()})


def drawn(arrows: routes_query.Arrows) -> list[tuple[object, ...]]:
    return arrows.shown.select("origin", "destination", "leg", "low", "high").rows()


def test_citizens_detected_abroad_leave_out_those_detected_at_home_in_arrows_sources_and_years(snap):
    abroad = FlowFilter(areas=("ARG",), position="origin", domestic=False)
    assert routes_query.arrows.of(snap, abroad).every.is_empty()
    assert routes_query.cells.of(snap, abroad).is_empty()
    # The victim of unknown citizenship is not one of Argentina's own.
    here = FlowFilter(areas=("ARG",), position="destination", domestic=False)
    assert routes_query.cells.of(snap, here).height == 4


def test_an_arrow_sums_the_years_as_an_interval_and_the_largest_comes_first(snap):
    assert drawn(routes_query.arrows.of(snap, FlowFilter())) == [
        ("ARG", "ARG", "direct", 30.0, 30.0),
        ("BOL", "ARG", "direct", 12.0, 16.0),
        ("MEX", "USA", "direct", 3.0, 3.0),
    ]


def test_undrawn_flows_are_counted_by_reason(snap):
    arrows = routes_query.arrows.of(snap, FlowFilter(minimum=5, limit=1))
    assert arrows.hidden == {
        "unlocated": 1,
        "open_ended": 0,
        "zero": 1,
        "conflicting": 1,
        "beyond_limit": 0,
        "below_minimum": 1,
        "questioned": 1,
    }


def test_the_limit_counts_arrows_and_keeps_every_ring(snap):
    arrows = routes_query.arrows.of(snap, FlowFilter(limit=1))
    assert arrows.shown.select("origin", "destination").rows() == [("ARG", "ARG"), ("BOL", "ARG")]
    assert arrows.hidden["beyond_limit"] == 1


@pytest.mark.parametrize(
    ("limit", "transit", "shown"),
    [
        (1, False, ["to_transit", "direct"]),
        (2, False, ["to_transit", "direct"]),
        (3, False, ["to_transit", "from_transit", "direct"]),
        (1, True, ["to_transit"]),
        (2, True, ["to_transit", "from_transit"]),
    ],
)
def test_half_as_many_legs_through_transit_are_shown_the_largest_first_unless_there_are_only_such(
    snap, limit, transit, shown
):
    selection = FlowFilter(evidence="stated", limit=limit, transit=transit)
    assert routes_query.arrows.of(snap, selection).shown["leg"].to_list() == shown


def test_questioned_flows_are_included_only_on_request(snap):
    arrows = routes_query.arrows.of(snap, FlowFilter(questioned=True))
    assert arrows.shown.filter("questioned").select("origin", "low").rows() == [("VCT", 61.0)]
    assert arrows.hidden["questioned"] == 0


def test_a_stated_route_runs_through_its_transit_state_and_repeats_count_once(snap):
    assert drawn(routes_query.arrows.of(snap, FlowFilter(evidence="stated"))) == [
        ("NIC", "CRI", "to_transit", 3.0, 3.0),
        ("CRI", "PAN", "from_transit", 2.0, 2.0),
        ("NIC", "CRI", "direct", 1.0, 1.0),
    ]


def test_a_transit_region_is_not_skipped_over(snap):
    arrows = routes_query.arrows.of(snap, FlowFilter(evidence="stated"))
    assert "USA" not in arrows.shown["destination"].to_list()
    assert arrows.hidden["unlocated"] == 1


@pytest.mark.parametrize(
    ("position", "pairs"),
    [
        ("any", {("NIC", "CRI"), ("CRI", "PAN")}),
        ("transit", {("NIC", "CRI"), ("CRI", "PAN")}),
        ("destination", {("NIC", "CRI")}),
        ("origin", set()),
    ],
)
def test_a_state_is_filtered_by_position(snap, position, pairs):
    arrows = routes_query.arrows.of(snap, FlowFilter(evidence="stated", areas=("CRI",), position=position))
    assert set(arrows.shown.select("origin", "destination").rows()) == pairs


def test_years_and_forms_narrow_the_statements(snap):
    by_year = routes_query.arrows.of(snap, FlowFilter(evidence="stated", first=2015, last=2015))
    assert by_year.shown["years"].to_list() == [[2015], [2015]]
    by_form = routes_query.arrows.of(snap, FlowFilter(evidence="stated", forms=("sexual_exploitation",)))
    assert by_form.shown["low"].to_list() == [1.0, 1.0]
    assert drawn(routes_query.arrows.of(snap, FlowFilter(forms=("sexual_exploitation",)))) == drawn(
        routes_query.arrows.of(snap, FlowFilter())
    )


def test_the_unlocated_are_listed_as_printed(snap):
    rows = routes_query.unlocated.of(snap, FlowFilter())
    assert rows.select("origin_label", "low", "records").rows() == [("Unknown", 20.0, 1)]
    stated_rows = routes_query.unlocated.of(snap, FlowFilter(evidence="stated"))
    assert set(stated_rows["transit_label"].to_list()) == {"Central America", "CRI"}


def test_questioned_records_keep_their_figure(snap):
    assert routes_query.questioned.of(snap).select("origin", "destination", "low").rows() == [("VCT", "USA", 61.0)]


def reports(*statements):
    """The table of roles: role, year, what is stated, and the source of each."""
    columns = {"area": "CRI", "year_basis": "report", "release": "2013.1", "locator": "2", "note": None}
    names = ("role", "year", "stated", "source")
    rows = [columns | dict(zip(names, one, strict=True)) for one in statements]
    return Tables({"roles": pl.LazyFrame(rows, schema_overrides={"note": pl.String})})


def decided(snap, areas=(), first=2000, last=2020):
    found = routes_query.roles.of(snap, areas, first, last)
    return found.select("role", "year", "stated", "source", "silent").rows()


def test_the_newest_report_that_speaks_of_a_role_decides_it():
    snap = reports(
        ("transit", 2004, "yes", "hti"),
        ("transit", 2006, "no", "hti"),
        ("origin", 2007, "no", "hti"),
        ("origin", 2015, "yes", "cia_factbook"),
    )
    assert decided(snap) == [("origin", 2015, "yes", "cia_factbook", 0), ("transit", 2006, "no", "hti", 0)]
    assert decided(snap, ("ARG",)) == []
    # Of the chosen years: what the reports up to 2005 say.
    assert decided(snap, ("CRI",), last=2005) == [("transit", 2004, "yes", "hti", 0)]


def test_a_report_that_does_not_mention_a_role_neither_makes_nor_ends_it_but_is_counted():
    snap = reports(
        ("transit", 2008, "yes", "hti"),
        *(("transit", year, "no_mention", "cia_factbook") for year in (2007, 2015, 2016)),
        ("origin", 2016, "no_mention", "cia_factbook"),
    )
    assert decided(snap) == [("transit", 2008, "yes", "hti", 2)]


def test_of_two_reports_of_one_year_the_denial_decides():
    snap = reports(("transit", 2011, "yes", "hti"), ("transit", 2011, "no", "another"))
    assert decided(snap) == [("transit", 2011, "no", "another", 0)]


LISTS = [
    {"area": "ARG", "year": 2018, "listed": 12.0},
    {"area": "USA", "year": 2016, "listed": 61.0},
    {"area": "ARG", "year": 2020, "listed": 0.0},
]


def test_coverage_is_filtered_and_says_what_is_questioned_and_whose_list_it_is(snap):
    snap = snap.replaced(flow_coverage=pl.LazyFrame(LISTS, schema_overrides={"year": pl.Int16}))
    assert routes_query.coverage.of(snap, ("ARG",), 2000, 2019)["listed"].to_list() == [12.0]
    found = routes_query.coverage.of(snap, (), 2000, 2030)
    assert found.select("area", "year", "questioned", "questioned_high", "list_releases").rows() == [
        ("ARG", 2018, 0.0, 0.0, ["2025-10-28"]),
        ("ARG", 2020, 0.0, 0.0, None),
        ("USA", 2016, 61.0, 61.0, ["2025-10-28"]),
    ]


DOUBTED = [
    counted("PER", "PER", 2013, 10.0, 14.0, "masked", release="2025-04-14"),
    counted("PER", "PER", 2016, 696.0, 696.0, "questioned"),
    counted("PER", "PER", 2014, 253.0, 253.0, "questioned"),
]


def doubted():
    numbered = [row | {"locator": f"file#sheet!{number}"} for number, row in enumerate(DOUBTED)]
    flows = Flows.validate(pl.DataFrame(numbered, schema=Flows.create_empty().schema), cast=True)
    return Tables({"flows": flows.lazy()})


@pytest.mark.parametrize("shown", [False, True])
def test_a_sum_carries_the_questioned_records_that_it_lacks(shown):
    """Whether the questioned part is drawn or not, the choice lists both, and so does the file."""
    selection = FlowFilter(questioned=shown)
    view = routes_query.arrows.of(doubted(), selection)
    lacking = [{"year": year, "low": n, "high": n, "note": None} for year, n in ((2014, 253.0), (2016, 696.0))]
    rows = {row["questioned"]: row for row in view.choice.iter_rows(named=True)}
    assert (rows[False]["high"], rows[False]["left_out"]) == (14.0, lacking)
    assert (rows[True]["high"], rows[True]["left_out"]) == (949.0, None)
    assert view.hidden["questioned"] == (not shown)
    file = routes_query.arrows_file(view, selection)
    assert set(file.select("status", "left_out").rows()) == {("masked", "2014: 253; 2016: 696"), ("questioned", None)}


def test_the_cells_of_a_selection_name_release_and_year():
    assert sorted(routes_query.cells.of(doubted(), FlowFilter()).select("release", "year").rows()) == [
        ("2025-04-14", 2013),
        ("2025-10-28", 2014),
        ("2025-10-28", 2016),
    ]
