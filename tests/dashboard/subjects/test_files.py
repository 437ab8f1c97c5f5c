"""A row of a file is self-contained: indicator, period, unit and cell."""

import polars as pl
import pytest

from dashboard import store
from dashboard.store import Tables
from dashboard.subjects import figure_rows
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states import query as states_query
from data.contract import Flows, Observations

CELL = {"source": "unodc_glotip", "release": "2025-10-28", "locator": "a.xlsx#s!4"}
PEOPLE = {"source": "worldbank_population", "release": "2026-03", "locator": "p.csv#row 2"}
TOTAL = {"sex": "total", "age": "total", "form": "total"}
ROWS = [
    {"indicator": "detected_victims_rate", "low": 2.5, "unit": "per_100000_population", **TOTAL}
    | {"derived": True, "inputs": [CELL, PEOPLE]},
    {"indicator": "detected_victims", "low": 1000.0, "unit": "persons", **TOTAL},
    {"indicator": "detected_victims", "low": 700.0, "unit": "persons", **TOTAL, "sex": "female"},
]
SHARED = {
    "area": "ARG",
    "year": 2022,
    "year_basis": "reference",
    "status": "exact",
    "derived": False,
    "inputs": [],
    "contradicted": False,
}


@pytest.fixture
def snap() -> Tables:
    rows = [SHARED | CELL | {"note": None} | row | {"high": row["low"]} for row in ROWS]
    observations = Observations.validate(pl.DataFrame(rows, schema=Observations.create_empty().schema), cast=True)
    return Tables({"observations": observations.lazy(), "areas": pl.LazyFrame({"area": ["ARG", "BRA"]})})


def test_a_row_of_the_region_names_its_figure_and_its_cells(snap):
    row, none = states_query.region_file.of(snap, "detected_victims_rate", 2022).rows(named=True)
    what = {"indicator": "detected_victims_rate", **TOTAL, "year": 2022, "counting_unit": "not_stated"}
    figure = {"low": 2.5, "high": 2.5, "status": "exact", "unit": "per_100000_population", "year_basis": "reference"}
    inputs = [" ".join(CELL.values()), " ".join(PEOPLE.values())]
    named = {"area": "ARG", "area_name": "Argentina"}
    sdmx = {"REF_AREA": "ARG", "TIME_PERIOD": 2022, "OBS_VALUE": 2.5, "OBS_STATUS": "A", "contradicted": False}
    assert row == what | figure | CELL | named | sdmx | {"derived": True, "inputs": inputs, "note": None}
    assert {name: none[name] for name in what} == what
    assert (none["area"], none["status"], none["low"]) == ("BRA", "not_reported", None)


def test_the_latest_figures_keep_their_own_years(snap):
    assert states_query.region_file.of(snap, "detected_victims", None)["year"].to_list() == [2022, None]


def test_a_file_of_a_state_holds_every_part_with_its_name(snap):
    rows = states_query.state_file.of(snap, "ARG")
    assert rows.columns == list(figure_rows.COLUMNS)
    assert rows.select("indicator", "sex", "unit").rows() == [
        ("detected_victims", "female", "persons"),
        ("detected_victims", "total", "persons"),
        ("detected_victims_rate", "total", "per_100000_population"),
    ]


def test_an_arrow_says_what_was_summed_and_from_which_cells():
    flow_filter = routes_query.FlowFilter(
        evidence="stated", areas=("CRI", "PAN"), forms=("forced_labour",), first=2010, last=2014
    )
    rows = routes_query.arrows_file(routes_query.arrows(flow_filter), flow_filter)
    assert rows.height
    filter_columns = {"asked_areas": "CRI;PAN", "asked_position": "any", "asked_forms": "forced_labour"}
    same = {
        "evidence": "stated",
        "unit": "statements",
        "year_basis": "report",
        "asked_years": "2010-2014",
    } | filter_columns
    records = {row["locator"]: row for row in store.tables().table("flows").collect().rows(named=True)}
    for row in rows.rows(named=True):
        assert {name: row[name] for name in same} == same
        cited = [records[locator] for locator in row["locators"]]
        assert sum(record["low"] for record in cited) == row["low"]
        assert {record["source"] for record in cited} == set(row["sources"])
        assert {record["release"] for record in cited} == set(row["releases"])


def test_a_sum_with_masked_figures_is_masked_and_questioned_stays_questioned():
    flow_filter = routes_query.FlowFilter(questioned=True, forms=("forced_labour",))
    rows = routes_query.arrows_file(routes_query.arrows(flow_filter), flow_filter)
    wide = rows.filter(pl.col("status") == "masked")
    assert (wide["low"] < wide["high"]).all()
    assert set(rows["status"]) == {"exact", "masked", "questioned"}
    assert set(rows["asked_forms"]) == {"all"}


def test_unlocated_and_questioned_flows_have_the_columns_of_the_contract():
    columns = list(Flows.column_names())
    assert routes_query.unlocated_file("counted").columns == columns
    assert routes_query.questioned().columns == columns
