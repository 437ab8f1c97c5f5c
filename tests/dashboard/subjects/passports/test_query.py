"""The cell of a figure, and the records that an arrow sums."""

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.coverage import filters as coverage_filters
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports import query as passports_query
from dashboard.subjects.passports.query import Cell, FigureKey
from dashboard.subjects.routes import query as routes_query

ROW = {
    "source": "unodc_glotip",
    "release": "2025-10-28",
    "locator": "a.xlsx#s!4; a.xlsx#s!9",
    "derived": False,
    "inputs": [],
}


def test_a_figure_printed_twice_names_both_cells():
    assert list(passports_query.cells(ROW)) == [
        Cell("unodc_glotip", "2025-10-28", "a.xlsx", "s!4"),
        Cell("unodc_glotip", "2025-10-28", "a.xlsx", "s!9"),
    ]


def test_a_derived_figure_names_the_cells_it_was_made_of():
    inputs = [
        {"source": "unodc_glotip", "release": "2025-10-28", "locator": "a.xlsx#s!4"},
        {"source": "worldbank_population", "release": "2026-03", "locator": "p.csv#row 7"},
    ]
    cells = list(passports_query.cells(ROW | {"derived": True, "inputs": inputs}))
    assert [(cell.file, cell.place) for cell in cells] == [("a.xlsx", "s!4"), ("p.csv", "row 7")]


def test_readings_are_ordered_latest_release_first():
    rows = passports_query.printed(FigureKey("detected_victims", "ARG", 2019))
    assert rows["release"].to_list() == sorted(rows["release"], reverse=True)
    assert rows.height == 2
    assert set(rows.select("sex", "age", "form").unique().row(0)) == {"total"}


@pytest.mark.parametrize("evidence", ["counted", "stated"])
@pytest.mark.parametrize("areas", [("ARG",), ("COL", "USA"), ()])
def test_the_records_of_an_arrow_add_up_to_it(evidence, areas):
    flow_filter = routes_query.FlowFilter(evidence=evidence, areas=areas, questioned=True, limit=40)
    arrows = routes_query.arrows(flow_filter).every
    assert arrows.height > 0
    for row in arrows.head(60).iter_rows(named=True):
        rows = passports_query.records(store.tables().table("flows"), flow_filter, row)
        assert (rows["low"].sum(), rows["high"].sum()) == (row["low"], row["high"])
        assert (rows.height, sorted(set(rows["year"]))) == (row["records"], row["years"])


def test_every_figure_of_the_region_can_be_requested_by_its_address():
    years = (
        store.tables().table("observations").filter(pl.col("indicator") == "detected_victims").select("year").unique()
    )
    for year in years.collect()["year"]:
        assert row_keys.FIGURE.parse(f"detected_victims_rate.{year}") == f"detected_victims_rate.{year}"
    assert row_keys.FIGURE.default == ""


def test_a_mark_names_one_row_and_its_group_only_for_a_part():
    rows = pl.DataFrame(
        {"area": ["BRA", "BRA"], "year": [2019, 2019], "sex": ["total", "female"], "age": ["total", "18+"]}
    ).with_columns(form=pl.lit("total"))
    assert passports_query.marks(rows, passports_query.OF_INDICATOR) == ("BRA.2019", "BRA.2019.female.18+.total")
    assert passports_query.marks(rows.select("area", "year"), passports_query.OF_INDICATOR) == ("BRA.2019", "BRA.2019")
    part = passports_query.figure("detected_victims", "BRA", "2019.female.18+.total")
    assert part == FigureKey("detected_victims", "BRA", 2019, "female", "18+", "total")
    assert passports_query.figure("detected_victims", "BRA", "2019") == FigureKey("detected_victims", "BRA", 2019)


@pytest.mark.parametrize("table", ["observations", "vintages", "revisions"])
def test_the_mark_of_every_figure_fits_the_address(table):
    rows = store.tables().table(table).filter(pl.col("indicator") != "population").collect()
    marks = passports_query.marks(rows, passports_query.OF_INDICATOR)
    assert [mark for mark in set(marks) if not row_keys.CELL.allows(mark)] == []
    counted = rows.filter(pl.col("indicator").is_in(coverage_filters.INDICATOR.options))
    assert [
        mark
        for mark in set(passports_query.marks(counted, passports_query.IN_STATE))
        if not row_keys.FIGURE.allows(mark)
    ] == []


def test_the_mark_of_every_record_and_role_fits_the_address_and_is_its_own():
    flows, roles = store.tables().table("flows").collect(), store.tables().table("roles").collect()
    assert all(map(row_keys.RECORD.allows, flows["locator"]))
    assert flows["locator"].is_unique().all()
    assert all(map(row_keys.ROLE.allows, passports_query.marks(roles, passports_query.ROLE_KEY)))


def test_reports_on_a_role_are_latest_first():
    rows = passports_query.statements("CRI.transit.hti")
    assert rows["year"].to_list() == sorted(rows["year"], reverse=True)
    assert rows.select("area", "role").unique().rows() == [("CRI", "transit")]
    assert set(rows["source"]) == {"cia_factbook", "hti"}
    assert passports_query.statements("CRI.transit.nobody").is_empty()


def test_the_records_of_a_list_of_citizenships_add_up_to_it():
    """The ETL's count of listed victims equals the sum of the records shown to a reader."""
    for row in store.tables().table("flow_coverage").collect().iter_rows(named=True):
        rows = routes_query.listed(row["area"], row["year"])
        assert (rows["low"].sum(), rows["high"].sum()) == (row["listed"], row["listed_high"])


@pytest.mark.parametrize("evidence", ["counted", "stated"])
def test_the_records_with_the_labels_of_a_cell_add_up_to_their_row(evidence):
    flow_filter = routes_query.FlowFilter(evidence=evidence)
    for row in routes_query.unlocated(flow_filter).iter_rows(named=True):
        rows = routes_query.alike(flow_filter, row["locator"])
        assert (rows["low"].sum(), rows["high"].sum(), rows.height) == (row["low"], row["high"], row["records"])
        assert rows.select(routes_query.LABELS).unique().row(0) == tuple(row[name] for name in routes_query.LABELS)
