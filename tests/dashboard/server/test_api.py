"""The static addresses, requested through the whole server: guard, documents, routes."""

import csv
import gzip
import io
import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from dashboard import static, store
from dashboard.export import formats
from dashboard.export.snapshot_files import Shelf, shelf
from dashboard.server import api, serve
from dashboard.server.documents import Documents
from dashboard.server.guard import Guard
from dashboard.subjects import api_addresses, question
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore.query import Selection
from data.number_states import with_states
from data.ratios import ratios
from tests import threads
from tests.dashboard.conftest import WITHHELD
from tests.dashboard.subjects.corrections import samples

ID = store.snapshot().id
SERVER = Guard(Documents(serve.application()))


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.body.decode("utf-8-sig"), newline="")))


def fetch(path: str, query: str = "", method: str = "GET", **headers: str) -> Answer:
    messages: list[dict[str, Any]] = []

    async def send(message):
        messages.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    raw_headers = [
        (name.replace("_", "-").encode(), text.encode()) for name, text in ({"host": "localhost"} | headers).items()
    ]
    scope = {
        **{"type": "http", "http_version": "1.1", "asgi": {"version": "3.0", "spec_version": "2.4"}, "method": method},
        **{"scheme": "http", "path": path, "raw_path": path.encode(), "root_path": "", "query_string": query.encode()},
        **{"headers": raw_headers, "client": ("192.0.2.1", 1), "server": ("localhost", 80)},
    }
    threads.run(SERVER(scope, receive, send))
    start, *rest = messages
    named = {name.decode(): text.decode() for name, text in start["headers"]}
    return Answer(start["status"], named, b"".join(message.get("body", b"") for message in rest))


@pytest.mark.parametrize("name", [name for name in shelf().names if name != "boundaries"])
def test_every_table_is_a_file_of_its_rows(name):
    rows = with_states(store.tables().table(name)).collect()
    parquet, csv_file = fetch(f"/api/v1/{name}.parquet"), fetch(f"/api/v1/{name}.csv")
    assert_frame_equal(pl.read_parquet(io.BytesIO(parquet.body)), rows)
    assert csv_file.body == formats.csv(rows, ID)
    for ending, answered in (("parquet", parquet), ("csv", csv_file)):
        assert answered.status == 200
        assert answered.headers["content-disposition"] == f'attachment; filename="atalaya_{name}_{ID}.{ending}"'
        assert answered.headers["access-control-allow-origin"] == "*"
        assert answered.headers["x-content-type-options"] == "nosniff"
        assert answered.headers["atalaya-snapshot"] == ID
        assert "atalaya-withheld" not in answered.headers


def test_the_package_describes_the_files():
    package = fetch("/api/v1/datapackage.json").json
    for resource in package["resources"]:
        body = fetch(f"/api/v1/{resource['path']}").body
        assert resource["hash"] == f"sha256:{sha256(body).hexdigest()}"
        assert resource["size"] == len(body)
    assert {resource["name"] for resource in package["resources"]} == set(shelf().names)


QUERY = "indicator=detected_victims,offences&area=CRI&area=PAN&from=2015&to=2019"


def expected() -> pl.DataFrame:
    rows = store.tables().table("observations").collect()
    selected = [
        row for row in rows.iter_rows(named=True) if row["area"] in {"CRI", "PAN"} and 2015 <= row["year"] <= 2019
    ]
    selected = [row for row in selected if row["indicator"] in {"detected_victims", "offences"}]
    return pl.DataFrame(selected, schema=rows.schema)


def test_a_question_is_answered_as_json_and_as_csv():
    response = fetch("/api/v1/observations", QUERY)
    expected_rows = expected()
    assert response.status == 200
    assert response.headers["content-type"] == "application/json"
    assert response.json["count"] == len(response.json["rows"]) == expected_rows.height > 0
    key = ("indicator", "area", "year", "sex", "age", "form")
    figures = {tuple(row[name] for name in key): (row["low"], row["high"]) for row in response.json["rows"]}
    assert figures == {tuple(row[name] for name in key): (row["low"], row["high"]) for row in expected_rows.to_dicts()}
    assert [source["name"] for source in response.json["sources"]] == expected_rows["source"].unique().to_list()
    assert response.json["withheld"] == []
    rows = fetch("/api/v1/observations", f"{QUERY}&format=csv").rows
    assert [tuple(row[name] for name in key) for row in rows] == [
        tuple(str(row[name]) for name in key) for row in response.json["rows"]
    ]


def test_observations_say_what_a_state_counts_and_flows_do_not(monkeypatch):
    """The reviewed file says what a state counts; for all other counts and rates it is not stated."""
    known = pl.DataFrame(
        {"area": ["CRI"], "indicator": ["offences"], "year_from": [2019], "year_to": [2020], "unit": ["cases"]}
    )
    monkeypatch.setattr(api, "counting_units", lambda: known)
    query = "indicator=offences,offences_rate,population&area=CRI,PAN&from=2018&to=2021"
    in_json = fetch("/api/v1/observations", query).json["rows"]
    in_csv = fetch("/api/v1/observations", f"{query}&format=csv").rows
    assert len(in_json) == len(in_csv) > 0
    for row in (*in_json, *in_csv):
        counted = row["indicator"] != "population"
        cases = row["area"] == "CRI" and int(row["year"]) in {2019, 2020}
        assert (row["counting_unit"] or "") == ("cases" if cases else "not_stated") * counted
    assert "counting_unit" not in fetch("/api/v1/flows", "destination=USA&from=2019&to=2019").json["rows"][0]


def test_an_answer_has_the_bytes_of_the_file_of_the_same_rows():
    """One order of columns for a view's file and for the API."""
    selection = Selection(("detected_victims", "persons_convicted_rate"), ("ARG", "CRI"), 2015, 2019)
    query = "indicator=detected_victims,persons_convicted_rate&area=ARG,CRI&from=2015&to=2019"
    whole = f"{query}&sex=total&age=total&form=total&format=csv"
    rows = with_states(explore_query.rows(selection).lazy()).collect()
    assert rows.columns[-1] == "state"
    assert fetch("/api/v1/observations", whole).body == formats.csv(rows, ID)


def test_flows_are_answered_like_observations():
    content = fetch("/api/v1/flows", "evidence=stated&destination=CRI&from=2010&to=2012").json
    rows = store.tables().table("flows").filter(evidence="stated", destination="CRI").collect()
    assert content["count"] == rows.filter(pl.col("year").is_between(2010, 2012)).height > 0
    assert {row["destination"] for row in content["rows"]} == {"CRI"}


def test_an_answer_may_be_empty():
    response = fetch("/api/v1/observations", "indicator=offences&area=DMA&from=1960&to=1961")
    assert (response.status, response.json["rows"], response.json["count"]) == (200, [], 0)


@pytest.mark.parametrize(
    ("path", "query", "status", "words"),
    [
        ("observations", "area=XXX", 400, ["area", "XXX", "ARG", "VEN"]),
        ("observations", "nothing=1", 400, ["nothing", "indicator", "format"]),
        ("observations", "from=2020&to=2010", 400, ["from", "2020", "2010"]),
        ("flows", "evidence=guessed", 400, ["evidence", "guessed", "counted", "stated"]),
        ("nothing.parquet", "", 404, ["nothing.parquet", "observations", "datapackage.json"]),
        ("boundaries.csv", "", 404, ["boundaries.csv"]),
        ("observations.xml", "", 404, ["observations"]),
        ("..%2fpyproject.toml", "", 404, ["observations"]),
        ("000000000000/observations.csv", "", 404, ["000000000000", ID]),
        ("a/b/c", "", 404, ["observations"]),
    ],
)
def test_unknown_paths_and_values_are_explained_in_one_sentence(path, query, status, words):
    response = fetch(f"/api/v1/{path}", query)
    assert response.status == status
    assert set(response.json) == {"error"}
    assert all(word in response.json["error"] for word in words)
    assert response.json["error"].count("\n") == 0
    assert response.headers["cache-control"] == "no-store"


def test_responses_are_cacheable_for_minutes_or_forever():
    headers = fetch("/api/v1/observations", QUERY).headers
    for path in (f"/api/v1/{ID}/observations.csv", f"/api/v1/{ID}/observations"):
        assert fetch(path).headers["cache-control"] == static.FOREVER
    assert headers["cache-control"] == f"public, max-age={api_addresses.MINUTES * 60}"
    revalidated = fetch("/api/v1/observations", QUERY, if_none_match=headers["etag"])
    assert (revalidated.status, revalidated.body) == (304, b"")
    assert fetch("/api/v1/observations", "area=CRI", if_none_match=headers["etag"]).status == 200


@pytest.mark.parametrize("path", ["observations.csv", "observations", "datapackage.json"])
def test_text_is_compressed_for_clients_that_accept_it(path):
    plain, packed = fetch(f"/api/v1/{path}"), fetch(f"/api/v1/{path}", accept_encoding="gzip, br")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 4


def test_head_is_answered_and_other_methods_are_refused():
    response = fetch("/api/v1/observations.parquet", method="HEAD")
    assert (response.status, response.body) == (200, b"")
    assert int(response.headers["content-length"]) > 0
    assert fetch("/api/v1/observations", method="POST").status == 405
    assert fetch("/api/v1/observations", host="evil.example").status == 421


def test_restricted_rows_are_left_out_and_the_response_says_so(guarded: Shelf, monkeypatch):
    monkeypatch.setattr(api, "shelf", lambda: guarded)
    for path in ("observations", "observations.csv", "observations.parquet", "datapackage.json"):
        assert fetch(f"/api/v1/{path}").headers["atalaya-withheld"] == WITHHELD
    content = fetch("/api/v1/observations").json
    assert content["withheld"] == [WITHHELD]
    assert WITHHELD not in {row["source"] for row in content["rows"]}
    assert not [row for row in content["rows"] if row["derived"]]
    assert WITHHELD not in fetch("/api/v1/observations.csv").body.decode()
    assert fetch("/api/v1/observations", "indicator=population").status == 400


def test_a_query_with_too_many_rows_is_refused(monkeypatch):
    monkeypatch.setattr(api_addresses, "MOST_ROWS", 10)
    response = fetch("/api/v1/observations")
    assert response.status == 400
    assert "more than 10" in response.json["error"]
    assert "observations.parquet" in response.json["error"]


def test_a_full_disk_gives_a_503_in_one_sentence(monkeypatch):
    def full(_shelf: Shelf, _name: str):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Shelf, "csv", full)
    response = fetch("/api/v1/observations.csv")
    assert response.status == 503
    assert "space" not in response.json["error"]


def test_the_advertised_addresses_answer():
    addresses = api_addresses.addresses("")
    assert f"{api_addresses.ROOT}/datapackage.json" in addresses
    assert {line.partition("?")[0] for line in addresses if "?" in line} == {
        f"{api_addresses.ROOT}/{name}" for name in question.COLUMNS
    }
    path, _, query = api_addresses.example("").partition("?")
    assert len(fetch(path, query).rows) > 10


@pytest.fixture
def disputed(monkeypatch):
    """The files of the snapshot with corrections of a sample report in its ledger."""
    original, more = Shelf.rows, samples.evidence(samples.ENTRIES).lazy()
    monkeypatch.setattr(Shelf, "rows", lambda self, name: more if name == "evidence" else original(self, name))


@pytest.mark.usefixtures("disputed")
def test_a_state_s_correction_comes_with_the_rows_it_concerns():
    content = fetch("/api/v1/observations", "indicator=detected_victims&area=CRI,PAN&from=2018&to=2019").json
    (correction,) = content["corrections"]
    assert (correction["id"], correction["version"], correction["actor"]) == ("correction:CRI:1", 2, "CRI")
    assert (correction["finding"], correction["date"]) == (samples.FINDING, "2024-05-02")
    assert (correction["replies_to"], correction["of_count"]) == (samples.TOTAL, False)
    (row,) = (content["rows"][place] for place in correction["rows"])
    assert [row[name] for name in ("area", "year", "sex", "age", "form")] == ["CRI", 2019, "total", "total", "total"]


@pytest.mark.usefixtures("disputed")
def test_a_correction_of_a_count_comes_with_its_rate_and_one_of_a_flow_with_the_flow():
    content = fetch("/api/v1/observations", "indicator=detected_victims_rate&area=CRI&from=2019&to=2019").json
    assert [correction["of_count"] for correction in content["corrections"]] == [True]
    content = fetch("/api/v1/flows", "evidence=counted&origin=NIC&destination=CRI").json
    (correction,) = content["corrections"]
    assert correction["finding"] == samples.FLOW_FINDING
    assert {content["rows"][place]["year"] for place in correction["rows"]} == {2019}


@pytest.mark.usefixtures("disputed")
def test_undisputed_rows_have_no_correction():
    assert fetch("/api/v1/observations", "indicator=detected_victims&area=PAN").json["corrections"] == []
    assert fetch("/api/v1/flows", "evidence=stated&destination=CRI").json["corrections"] == []


def test_without_a_correction_the_list_is_empty():
    assert fetch("/api/v1/observations", QUERY).json["corrections"] == []


@pytest.mark.parametrize(
    ("accepted", "expected_start"),
    [
        ("de", "area: “XXX” is not known; use "),
        ("es-CR,es;q=0.9", "area: no se reconoce «XXX»; use "),
        ("pt-BR", "area: “XXX” não é reconhecido; use "),
        ("fr;q=0.8,de", "area\u202f: «\u202fXXX\u202f» n’est pas connu ici\u202f; sont admis "),
    ],
)
def test_errors_are_in_the_accepted_language(accepted, expected_start):
    refused = fetch("/api/v1/observations", "area=XXX", accept_language=accepted)
    assert refused.status == 400
    assert refused.json["error"].startswith(expected_start)
    absent = fetch("/api/v1/nothing.csv", accept_language=accepted)
    assert absent.status == 404
    assert "datapackage.json" in absent.json["error"]
    assert ("does not exist" in absent.json["error"]) is (accepted == "de")


def test_the_index_lists_every_table_and_question_and_each_address_answers():
    index = fetch("/api/v1/")
    assert (index.status, index.headers["content-type"]) == (200, "application/json")
    assert index.json == fetch("/api/v1").json
    assert index.json["snapshot"] == ID
    assert index.json["tables"].keys() == {*shelf().names}
    assert index.json["questions"].keys() == question.COLUMNS.keys()
    addresses = [address for some in index.json["tables"].values() for address in some]
    assert len(addresses) > len(shelf().names)
    for address in (index.json["package"], *addresses):
        assert fetch(f"/api/v1/{address}").status == 200
    for table, address in index.json["questions"].items():
        names = [part.split("=")[0] for part in address.removeprefix(f"{table}?").split("&")]
        joined = [question.JOINED] * (table == "observations")
        assert names == [*question.COLUMNS[table], question.FROM, question.TO, *joined, question.FORMAT]
    assert fetch("/api/v2/").status == 404


@pytest.mark.parametrize("area", ["COL", "013", "CRI-HND-PAN"])
def test_computed_rows_are_those_of_the_page_explore(area):
    codes = ("detected_victims", "share_of_children", "convicted_per_prosecuted")
    groups = "sex=total&age=total&form=total"
    query = f"indicator={','.join(codes)}&area={area}&from=2019&to=2022&{groups}"
    columns = ["indicator", "year", "low", "high", "note", "area_name"]
    shown = explore_query.rows(Selection(codes, (area,), 2019, 2022)).select(columns).sort("indicator", "year")
    assert (
        pl.DataFrame(fetch("/api/v1/observations", query).json["rows"]).select(columns).sort("indicator", "year").rows()
        == shown.rows()
    )
    beside = fetch("/api/v1/observations", f"{query}&joined=1").json
    assert beside["count"] == len(beside["rows"]) == shown["year"].n_unique()
    for row in beside["rows"]:
        for code in codes:
            mine = shown.filter(indicator=code, year=row["year"]).select("low", "high").rows()
            assert [(row[f"{code}_low"], row[f"{code}_high"])] == (mine or [(None, None)])


def test_computed_rows_are_in_no_answer_that_does_not_name_them():
    answer = fetch("/api/v1/observations", "area=COL&from=2022&to=2022").json["rows"]
    assert not {row["indicator"] for row in answer} & set(ratios())
    assert fetch("/api/v1/observations", "area=COL-XXX").status == 400
