"""The feeds and descriptions of a running server, read by the programs for which they are made."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import requests
from pytest_httpserver import HTTPServer

from dashboard import store
from tests.browser.conftest import serving

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-described" / "bin" / "python"
SHAPES = Path(os.environ.get("ATALAYA_SCHEMAS", "")) / "dcat-ap-3.0.1-shacl.ttl"
LONGEST = 900

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not PYTHON.exists(), reason="the packages of tests/described are missing: make test-full"),
]
shaped = pytest.mark.skipif(not SHAPES.is_file(), reason="ATALAYA_SCHEMAS names no folder with the shapes of DCAT-AP")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving("dashboard") as address:
        yield address


def faults(what: str, address: str, more: str = "") -> tuple[list[str], str]:
    """What a validator finds wrong, and what it read."""
    words = [str(PYTHON), str(Path(__file__).with_name("check.py")), what, address, more]
    done = subprocess.run(words, capture_output=True, text=True, timeout=LONGEST, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines(), done.stderr


def damaged(server: str, path: str, httpserver: HTTPServer, damage: Callable[[str], str]) -> str:
    """The address of a document that is damaged."""
    content = requests.get(server + path, timeout=LONGEST).text
    worse = damage(content)
    assert worse != content
    httpserver.expect_request(path).respond_with_data(worse)
    return httpserver.url_for(path)


@pytest.mark.parametrize("place", ["en/", "fr/country/COL/", "es/indicator/detected_victims/"])
def test_a_reader_of_feeds_takes_them(server, place):
    assert faults("feed", f"{server}/{place}feed.atom")[0] == []


def test_a_reader_of_feeds_finds_a_damaged_one(server, httpserver):
    address = damaged(server, "/en/country/COL/feed.atom", httpserver, lambda text: text.replace("</entry>", "", 1))
    assert faults("feed", address)[0]


@shaped
def test_the_catalog_keeps_the_shapes_of_dcat_ap(server):
    assert faults("dcat", f"{server}/dcat.jsonld", str(SHAPES))[0] == []


@shaped
@pytest.mark.parametrize(
    "change",
    [
        ("dcat:accessURL", "dcat:nothing"),
        ("dct:title", "dct:alternative"),
        ("xsd:nonNegativeInteger", "xsd:string"),
        ("dct:MediaType", "dct:Standard"),
    ],
)
def test_the_shapes_find_a_damaged_catalog(server, httpserver, change):
    address = damaged(server, "/dcat.jsonld", httpserver, lambda text: text.replace(f'"{change[0]}"', f'"{change[1]}"'))
    assert faults("dcat", address, str(SHAPES))[0]


@pytest.mark.parametrize("table", ["revisions", "observations", "instruments"])
def test_croissant_reads_the_rows_of_a_table(server, table):
    found, said = faults("croissant", f"{server}/croissant.json", table)
    assert found == []
    rows = json.loads(said[said.index("[{") :])
    file = pq.read_table(Path(store.snapshot().root) / f"{table}.parquet").slice(0, len(rows)).to_pylist()
    names = {name.partition("/")[2] for name in rows[0]}
    assert len(names & set(file[0])) > 8
    assert len(rows) == len(file) == 50
    for row, was in zip(rows, file, strict=True):
        for name in names & set(was):
            value = row[f"{table}/{name}"]
            assert value == was[name] or str(value).startswith(str(was[name])) or (value, was[name]) == ("NaT", None)


@pytest.mark.parametrize(
    "change",
    [
        ('"column": "area"', '"column": "place"'),
        ('"sha256": "', '"sha256": "0'),
        ('"column": "year"', '"columns": "year"'),
    ],
)
def test_croissant_finds_a_damaged_description(server, httpserver, change):
    address = damaged(server, "/croissant.json", httpserver, lambda text: text.replace(*change))
    assert faults("croissant", address, "revisions")[0]


QUESTION = "/api/v1/observations?area=CRI,SLV&indicator=detected_victims,offences_rate&format=sdmx"
SEX, AGE = {"total": "_T", "female": "F", "male": "M"}, {"total": "_T", "0-17": "Y0T17", "18+": "Y_GE18"}
STATUS = {"exact": "A", "masked": "Q", "conflicting": "O", "suspect": "O"}


def test_sdmx_reads_the_rows_of_a_question(server):
    """The rows are those of the table in the snapshot's own file, by their keys."""
    found, said = faults("sdmx", server + QUESTION, f"{server}/sdmx.json")
    assert found == []
    table = pq.read_table(Path(store.snapshot().root) / "observations.parquet").to_pylist()
    wanted = {
        (one["indicator"], one["area"], str(one["year"]), SEX.get(one["sex"]), AGE.get(one["age"]), one["source"]): one
        for one in table
        if one["area"] in {"CRI", "SLV"} and one["indicator"] in {"detected_victims", "offences_rate"}
        if one["form"] == "total"
    }
    keys = ("INDICATOR", "REF_AREA", "TIME_PERIOD", "SEX", "AGE", "SOURCE")
    read = {tuple(row[key] for key in keys): row for row in json.loads(said[said.index("[{") :]) if row["FORM"] == "_T"}
    compared = {key: row for key, row in read.items() if row["SEX"] in SEX.values() and row["AGE"] in AGE.values()}
    assert set(compared) == {key for key in wanted if None not in key}
    for key, row in compared.items():
        one = wanted[key]
        exact = one["low"] if one["status"] == "exact" else None
        assert (row["OBS_VALUE"], row["LOW"], row["HIGH"]) == (exact, one["low"], one["high"])
        assert (row["OBS_STATUS"], row["RELEASE"]) == (STATUS[one["status"]], one["release"])
    assert {row["OBS_STATUS"] for row in compared.values()} >= {"A", "Q"}


def test_sdmx_reads_migrants_by_origin_and_destination(server):
    asked = f"{server}/api/v1/migrant_stock?destination=CRI&format=sdmx"
    found, said = faults("sdmx", asked, f"{server}/sdmx.json")
    assert found == []
    read = {(row["ORIGIN"], row["TIME_PERIOD"]): row["OBS_VALUE"] for row in json.loads(said[said.index("[{") :])}
    table = pq.read_table(Path(store.snapshot().root) / "migrant_stock.parquet").to_pylist()
    assert read == {(one["origin"], str(one["year"])): one["persons"] for one in table if one["destination"] == "CRI"}


@pytest.mark.parametrize(
    "change",
    [
        ("STRUCTURE_ID", "DATAFLOW"),
        ("ATALAYA:OBSERVATIONS(1.0.0)", "ATALAYA:NOTHING(1.0.0)"),
        ("OBS_STATUS", "STATUS"),
        (",F,", ",female,"),
        (",_T,_T,_T,", ",_T,,_T,"),
        (",A,PS,", ",A,persons,"),
        ("\ndataflow,", "\ndataflow,ATALAYA"),
    ],
)
def test_sdmx_finds_damaged_rows(server, httpserver, change):
    content = requests.get(server + QUESTION, timeout=LONGEST).text
    assert change[0] in content
    worse = content.replace(*change, 1)
    httpserver.expect_request("/rows").respond_with_data(worse)
    assert faults("sdmx", httpserver.url_for("/rows"), f"{server}/sdmx.json")[0]


def test_sdmx_finds_a_row_twice(server, httpserver):
    content = requests.get(server + QUESTION, timeout=LONGEST).text
    httpserver.expect_request("/rows").respond_with_data(content + content.splitlines()[-1] + "\n")
    assert faults("sdmx", httpserver.url_for("/rows"), f"{server}/sdmx.json")[0]


@pytest.mark.parametrize("change", [('"dimensionList"', '"dimension"'), ('"id": "F"', '"id": "G"')])
def test_sdmx_finds_a_damaged_structure(server, httpserver, change):
    address = damaged(server, "/sdmx.json", httpserver, lambda text: text.replace(*change, 1))
    assert faults("sdmx", server + QUESTION, address)[0]


def asked_at_random(server: str, description: str, folder: Path, paths: str, examples: int) -> tuple[int, str]:
    """Status and words of schemathesis, which asks what a description allows, and what it does not."""
    words = [str(PYTHON.with_name("schemathesis")), "run", description, "--url", f"{server}/api/v1"]
    words += ["--include-path-regex", f"^/({paths})", "--max-examples", str(examples)]
    words += ["--checks", "not_a_server_error,content_type_conformance,response_schema_conformance"]
    words += ["--phases", "examples,coverage,fuzzing", "--seed", "1", "--no-color"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=LONGEST, check=False, cwd=folder)
    return done.returncode, done.stdout


def test_random_questions_get_answers_as_described(server, tmp_path):
    paths = "observations|flows|migrant_stock|movements|$"
    status, said = asked_at_random(server, f"{server}/api/v1/openapi.json", tmp_path, paths, 40)
    assert status == 0, said[-4000:]


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (('"rows"', '"lines"'), '"lines" is a required property'),
        (('"application/json":', '"application/xml":'), "Undocumented Content-Type"),
    ],
)
def test_random_questions_find_a_description_of_other_answers(server, tmp_path, httpserver, damage, says):
    address = damaged(server, "/api/v1/openapi.json", httpserver, lambda text: text.replace(*damage))
    status, said = asked_at_random(server, address, tmp_path, "movements$", 2)
    assert (status, says in said) == (1, True), said[-4000:]
