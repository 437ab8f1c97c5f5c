"""Answers that no publisher should give: each is an error that names the address, and nothing is stored."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.progress import Progress
from werkzeug import Response

from etl.errors import FetchError
from etl.fetching.fetch import fetch
from etl.fetching.publishers import Body, Publisher
from etl.source_declaration import declarations
from tests.etl.publishers import API, IMPATIENT, WORKBOOK, item, list_files, page, refusal


class Verbatim(Response):
    """An answer whose headers are sent as they are."""

    def get_wsgi_headers(self, _environ):
        return self.headers


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("count", ["", "²", "٣", " 1", "1.5", "-1", "1e3", None, True, [], {}, 1.0, "9" * 5000])
@pytest.mark.parametrize("name", ["pages", "total"])
def test_an_invalid_count_is_refused(httpserver, worldbank, tmp_path, name, count):
    meta, rows = page([{"date": "2020"}])
    httpserver.expect_request(API).respond_with_json([{**meta, name: count}, rows])
    problem = refusal(worldbank, tmp_path)
    assert problem.startswith(
        f"source worldbank_population, {worldbank.addresses[0]}: the answer does not have the form"
    )
    assert files(tmp_path) == []


@pytest.mark.parametrize("text", ["[" * 90_000, '{"a":' * 10_000, f'[{{"pages": 1, "total": {"9" * 5000}}}, []]'])
def test_unreadable_json_is_refused(httpserver, worldbank, tmp_path, text):
    httpserver.expect_request(API).respond_with_data(text)
    assert f"{worldbank.addresses[0]}: the answer is not JSON (" in refusal(worldbank, tmp_path)


def test_a_lone_surrogate_is_refused(httpserver, worldbank, tmp_path):
    httpserver.expect_request(API).respond_with_data(json.dumps(page([{"date": "2020", "country": "\ud800"}])))
    problem = refusal(worldbank, tmp_path)
    assert "a character that cannot be encoded" in problem
    assert problem.encode()


@pytest.mark.parametrize("updated", ["2025-07-01\0", "x" * 400, "../../2025", "\ud800", "two\nlines"])
def test_a_date_that_cannot_be_in_a_file_name_is_refused(httpserver, worldbank, tmp_path, updated):
    httpserver.expect_request(API).respond_with_json(page([{"date": "2020"}], updated=updated))
    problem = refusal(worldbank, tmp_path)
    assert problem.startswith("source worldbank_population, ")
    assert len(problem.splitlines()) == 1
    assert files(tmp_path) == []


@pytest.mark.parametrize("name", ["a%00b.xlsx", f"{'x' * 400}.xlsx", "a%0Ab.xlsx", "a%2F..xlsx/%C2%85.xlsx"])
def test_a_workbook_without_a_usable_name_gives_way_to_the_one_before(httpserver, unodc, tmp_path, name):
    list_files(
        httpserver,
        item(f"/sites/{name}", "2025-10-28T10:00:00+00:00"),
        item("/sites/data_glotip.xlsx", "2025-04-14T10:00:00+00:00"),
    )
    httpserver.expect_request("/sites/data_glotip.xlsx").respond_with_data(WORKBOOK)
    result = fetch(unodc, None, raw=tmp_path, limits=IMPATIENT)
    assert [file.content for file in result.files] == [WORKBOOK]
    assert result.status == "stale"
    assert "cannot be a file's name" in result.problem


@pytest.mark.parametrize(
    "location",
    [
        "http://[",
        "//[",
        "http://a:99999/",
        "http://a:b/",
        "http://u:p@[x]/",
        "ftp://x/",
        "file:///etc/hosts",
        "http://",
    ],
)
def test_a_redirect_to_an_invalid_address_is_refused(httpserver, worldbank, tmp_path, location):
    httpserver.expect_request(API).respond_with_response(Verbatim(status=302, headers={"Location": location}))
    assert f"source worldbank_population, {worldbank.addresses[0]}: no complete answer (" in refusal(
        worldbank, tmp_path
    )


@pytest.mark.parametrize("pause", ["9" * 5000, "Sun, 31 Dec 9999999999 23:59:59 GMT", "²", "-5", "soon"])
def test_an_invalid_pause_is_refused(httpserver, worldbank, tmp_path, pause):
    busy = Verbatim(status=503, headers={"Retry-After": pause})
    httpserver.expect_request(API).respond_with_response(busy)
    assert refusal(worldbank, tmp_path).startswith(f"source worldbank_population, {worldbank.addresses[0]}: ")


def test_an_invalid_length_does_not_mislead_the_progress_bar(httpserver, worldbank, tmp_path):
    body = json.dumps(page([{"date": "2020"}])).encode()
    answer = Verbatim(body)
    answer.headers["Content-Length"] = "²"
    httpserver.expect_request(API).respond_with_response(answer)
    with Progress(disable=True) as progress:
        assert fetch(worldbank, None, raw=tmp_path, limits=IMPATIENT, progress=progress).status == "fresh"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


def like(**parts):
    """JSON of a known form, any part of which may be something else."""
    return st.fixed_dictionaries({name: JSON | strategy for name, strategy in parts.items()}) | JSON


COUNT = st.integers(0, 3)
META = like(pages=COUNT, total=COUNT, lastupdated=st.just("2025-07-01"))
CHANGED = st.sampled_from(["2025-01-01T00:00:00", "2025-01-01T00:00:00+01:00"])
WORKBOOKS = like(attributes=like(uri=like(url=st.sampled_from(["/a.xlsx", "//[x.xlsx"])), changed=CHANGED))
SERIES = like(code=st.just("VC_HTF_DETV"), release=st.just("2025.Q1.G.01"))
PAGE = like(size=COUNT, totalElements=COUNT, totalPages=COUNT, pageNumber=COUNT, data=st.lists(JSON, max_size=2))
ANSWERS = {
    "worldbank_population": JSON | st.tuples(META, JSON | st.lists(JSON, max_size=3)),
    "unodc_glotip": JSON | like(data=st.lists(WORKBOOKS, max_size=3), links=like(next=like(href=st.just("?b")))),
    "unsd_sdg": st.lists(SERIES, max_size=3) | PAGE,
}


@pytest.mark.parametrize("kind", sorted(ANSWERS))
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_json_is_read_or_refused(kind, data):
    def get(_address, _headers):
        answer = data.draw(ANSWERS[kind])
        return Body(json.dumps(answer).encode())

    source = declarations()[kind]
    try:
        outcome = [source.module.fetch(Publisher(source.id, get), source).files]
    except FetchError as error:
        outcome = str(error)
        assert outcome.startswith(f"source {source.id}, ")
    assert outcome
