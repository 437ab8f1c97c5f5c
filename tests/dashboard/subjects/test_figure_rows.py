"""The columns that files of rows and answers of the API have beside those of the contract."""

import csv

import polars as pl

from dashboard.subjects import figure_rows
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore.query import Selection
from dashboard.subjects.states import query as states_query
from data import columns
from data.contract import Observations
from data.reviewed import REFERENCE
from tests.dashboard.subjects.explore.samples import RATE, SOME, VICTIMS

SDMX = ("REF_AREA", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS")


def test_a_row_has_the_columns_of_the_contract_first_and_the_terms_of_sdmx_last():
    rows = explore_query.rows.of(SOME, Selection((VICTIMS, RATE), first=2018, last=2020))
    contract = Observations.column_names()
    assert rows.columns == [*contract, "area_name", *SDMX]
    assert rows.select("area_name", *SDMX).rows() == [
        ("Argentina", "ARG", 2018, 10, "A"),
        ("Argentina", "ARG", 2020, 0, "A"),
        ("Bolivia", "BOL", 2019, None, "Q"),
        ("Chile", "CHL", 2019, None, "O"),
        ("Bolivia", "BOL", 2019, 0.4, "A"),
    ]


def test_a_state_without_a_figure_is_missing_and_not_zero():
    rows = states_query.region_file.of(SOME, VICTIMS, 2018)
    assert rows.select("area", "area_name", *SDMX[1:]).rows() == [
        ("ARG", "Argentina", 2018, 10, "A"),
        ("BOL", "Bolivia", 2018, None, "O"),
        ("CHL", "Chile", 2018, None, "O"),
        ("DMA", "Dominica", 2018, None, "O"),
    ]


def test_one_exact_figure_is_its_value_and_no_range_is_narrowed():
    rows = pl.concat(states_query.state_file(area) for area in ("BRA", "HTI", "USA", "VEN"))
    value = pl.when(pl.col("low") == pl.col("high"), pl.col("status") == "exact").then("low")
    assert rows["OBS_VALUE"].equals(rows.select(value).to_series(), check_names=False)
    assert rows.filter(pl.col("OBS_STATUS") == "A")["OBS_VALUE"].null_count() == 0
    assert rows.filter(pl.col("OBS_STATUS") != "A", pl.col("OBS_VALUE").is_not_null()).is_empty()
    assert set(rows["OBS_STATUS"]) == {"A", "Q", "O"}
    assert set(rows["area_name"]) == {"Brazil", "Haiti", "United States", "Venezuela"}


def test_the_codebook_has_each_added_column_and_the_same_code_for_each_status():
    with (REFERENCE / "codebook.csv").open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["table"] == "observations"]
    defined = {line["column"]: line["sdmx"] for line in lines if not line["code"]}
    added = figure_rows.COLUMNS[len(Observations.column_names()) :]
    assert {name: defined[name] for name in added if name.isupper()} == {name: name for name in SDMX}
    assert set(added) <= set(defined)
    statuses = {line["code"]: line["sdmx"] for line in lines if line["column"] == "status" and line["code"]}
    assert statuses == {status: figure_rows.OBS_STATUS[status] for status in columns.STATUS}
