"""Rows as SDMX-CSV: the header and the rows of answers, read as plain CSV, against the table and the structures."""

import csv
import io

import pytest

from dashboard import store
from dashboard.export import sdmx
from dashboard.subjects import question
from tests.dashboard.server.test_api import fetch

QUESTION = "indicator=detected_victims&area=CRI,SLV&from=2018&format=sdmx"
# The names of SDMX for a row of the table: from its lists CL_SEX, CL_AGE and CL_OBS_STATUS.
SEX = {"total": "_T", "female": "F", "male": "M", "other": "_O", "unknown": "_U"}
AGE = {"total": "_T", "0-17": "Y0T17", "18+": "Y_GE18", "unknown": "_U"}
STATUS = {"exact": "A", "masked": "Q", "conflicting": "O", "suspect": "O"}


def rows(table: str, query: str) -> list[dict[str, str]]:
    answer = fetch(f"/api/v1/{table}", query)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/vnd.sdmx.data+csv; version=2.0.0")
    assert answer.headers["content-disposition"].endswith(f'_{store.snapshot().id}.sdmx.csv"')
    return list(csv.DictReader(io.StringIO(answer.body.decode(), newline="")))


@pytest.fixture(scope="module")
def structures() -> dict:
    return fetch("/sdmx.json").json["data"]


def test_each_row_names_its_structure_and_is_a_row_of_the_table():
    found = rows("observations", QUESTION)
    assert list(found[0])[:4] == ["STRUCTURE", "STRUCTURE_ID", "ACTION", "INDICATOR"]
    assert {tuple(row.values())[:3] for row in found} == {("dataflow", "ATALAYA:OBSERVATIONS(1.0.0)", "I")}
    table = store.tables().table("observations").collect().to_dicts()
    wanted = {
        (
            one["area"],
            str(one["year"]),
            SEX[one["sex"]],
            AGE[one["age"]],
            {"total": "_T"}.get(one["form"], one["form"]),
        ): (
            one["low"] if one["status"] == "exact" else None,
            *(one["low"], one["high"], STATUS[one["status"]], "PS", one["release"], one["locator"]),
        )
        for one in table
        if one["indicator"] == "detected_victims" and one["area"] in {"CRI", "SLV"} and one["year"] >= 2018
    }
    names = ("OBS_VALUE", "LOW", "HIGH", "OBS_STATUS", "UNIT_MEASURE", "RELEASE", "LOCATOR")
    read = {
        tuple(row[name] for name in ("REF_AREA", "TIME_PERIOD", "SEX", "AGE", "FORM")): tuple(
            (float(row[name]) if row[name] else None) if name in names[:3] else row[name] for name in names
        )
        for row in found
    }
    assert len(read) == len(found)
    assert read == wanted
    assert {row["OBS_STATUS"] for row in found} >= {"A", "Q"}


def test_a_figure_is_exact_or_has_no_value_and_its_state_says_why():
    found = rows("observations", "format=sdmx&indicator=detected_victims,convicted_per_prosecuted&area=ARG,BRA,019")
    for row in found:
        assert bool(row["OBS_VALUE"]) == (row["OBS_STATUS"] == "A")
        assert (row["STATE"] in {"exact", "zero"}) == (row["OBS_STATUS"] == "A")
    assert len({row["STATE"] for row in found}) > 3


@pytest.mark.parametrize(
    ("table", "query"),
    [
        ("observations", "to=2012"),
        ("observations", "indicator=convicted_per_prosecuted,share_of_children&area=CRI,013"),
        ("migrant_stock", ""),
    ],
)
def test_columns_and_codes_are_those_of_the_structure(structures, table, query):
    found = rows(table, f"{query}&format=sdmx")
    (structure,) = (one for one in structures["dataStructures"] if one["id"] == table.upper())
    parts = structure["dataStructureComponents"]
    keys = [*parts["dimensionList"]["dimensions"], parts["dimensionList"]["timeDimension"]]
    components = [*keys, *parts["measureList"]["measures"], *parts["attributeList"]["attributes"]]
    assert sorted(list(found[0])[3:]) == sorted(one["id"] for one in components)
    lists = {one["id"]: {code["id"] for code in one["codes"]} for one in structures["codelists"]}
    coded = 0
    for one in components:
        named = one["localRepresentation"].get("enumeration", "").partition(":CL_")[2].partition("(")[0]
        if named:
            assert {row[one["id"]] for row in found} - {""} <= lists[f"CL_{named}"], one["id"]
            coded += 1
    assert coded > 2
    assert len({tuple(row[one["id"]] for one in keys) for row in found}) == len(found)


def test_each_code_has_a_name_and_each_component_a_concept(structures):
    (scheme,) = structures["conceptSchemes"]
    concepts = {one["id"]: one["name"] for one in scheme["concepts"]}
    assert all(name and name != name.lower() for name in concepts.values())
    codes = {code["id"]: code["name"] for one in structures["codelists"] for code in one["codes"]}
    assert (codes["CRI"], codes["013"], codes["F"]) == ("Costa Rica", "Central America", "Female")
    assert codes["Y0T17"] != "Y0T17"
    for one in structures["dataStructures"]:
        for component in one["dataStructureComponents"]["dimensionList"]["dimensions"]:
            assert component["id"] in concepts


@pytest.mark.parametrize(
    ("table", "query", "named"),
    [
        ("flows", "", "format"),
        ("movements", "", "format"),
        ("observations", "joined=1&", "joined"),
        ("observations", "area=CRI-PAN&", "area"),
    ],
)
def test_what_has_no_place_in_the_structure_is_refused(table, query, named):
    answer = fetch(f"/api/v1/{table}", f"{query}format=sdmx")
    assert (answer.status, answer.json["error"].partition(":")[0]) == (400, named)


def test_the_data_package_names_the_structures():
    package = fetch("/api/v1/datapackage.json").json
    named = {one["name"]: one["sdmx"] for one in package["resources"] if "sdmx" in one}
    assert named == {table: sdmx.dataflow(table) for table in question.OBSERVED}
