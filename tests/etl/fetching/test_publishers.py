"""Which files are fetched from each kind of publisher, and what is stored of them."""

import json
from dataclasses import replace

import pytest
from werkzeug import Response

from etl.errors import FetchError
from etl.fetching.fetch import fetch
from etl.fetching.publishers import Body, Publisher
from etl.sources.unodc_glotip.api import LONGEST_LIST
from tests.etl.publishers import API, IMPATIENT, LEGACY, LISTING, WORKBOOK, item, list_files, page, refusal


def test_the_workbook_changed_last_is_the_one(httpserver, unodc, tmp_path):
    list_files(
        httpserver,
        item("/sites/2025-04/data_glotip.xlsx", "2025-04-14T10:00:00+00:00"),
        # Noon in New York is later than three in the afternoon in Vienna.
        item("/sites/2025-10/data%20glotip_0.xlsx", "2025-10-28T12:00:00-04:00"),
        item("/sites/2025-10/data_glotip.xlsx", "2025-10-28T15:00:00+01:00"),
        item("/sites/2026-01/data_glotip.pdf", "2026-01-01T00:00:00+00:00"),
        query_string="filter=data_glotip",
    )
    httpserver.expect_request("/sites/2025-10/data glotip_0.xlsx").respond_with_data(WORKBOOK)
    (file,) = fetch(unodc, None, raw=tmp_path, limits=IMPATIENT).files
    assert (file.source, file.content) == ("unodc_glotip", WORKBOOK)
    assert file.name == f"data glotip_0-{file.sha256[:12]}.xlsx"
    assert file.address == httpserver.url_for("/sites/2025-10/data%20glotip_0.xlsx")
    assert (tmp_path / "unodc_glotip" / file.name).read_bytes() == WORKBOOK


def test_the_list_is_read_to_its_last_page(httpserver, unodc, tmp_path):
    first = {"data": [item("/sites/old.xlsx", "2024-01-01T00:00:00+00:00")], "links": {"next": {"href": "?page=2"}}}
    second = {"data": [item("/sites/new.xlsx", "2025-01-01T00:00:00+00:00")], "links": {}}
    httpserver.expect_request(LISTING, query_string="filter=data_glotip").respond_with_json(first)
    httpserver.expect_request(LISTING, query_string="page=2").respond_with_json(second)
    httpserver.expect_request("/sites/new.xlsx").respond_with_data(WORKBOOK)
    assert fetch(unodc, None, raw=tmp_path, limits=IMPATIENT).files[0].address.endswith("/sites/new.xlsx")


@pytest.mark.parametrize(
    "listing",
    [
        '{"data": []}',
        '{"errors": ["gone"]}',
        "[]",
        "<html>moved</html>",
        "",
        '{"data": [{"attributes": {"uri": {"url": "/a.xlsx"}, "changed": "yesterday"}}]}',
    ],
)
def test_without_a_usable_list_the_legacy_address_is_used(httpserver, unodc, tmp_path, listing):
    httpserver.expect_request(LISTING).respond_with_data(listing)
    httpserver.expect_request(LEGACY).respond_with_data(WORKBOOK)
    (file,) = fetch(unodc, None, raw=tmp_path, limits=IMPATIENT).files
    assert (file.content, file.address) == (WORKBOOK, httpserver.url_for(LEGACY))


def test_both_addresses_are_named_when_both_fail(httpserver, unodc, tmp_path):
    httpserver.expect_request(LISTING).respond_with_data("gone", status=410)
    httpserver.expect_request(LEGACY).respond_with_data("no", status=404)
    problem = refusal(unodc, tmp_path)
    assert "HTTP 410" in problem
    assert "HTTP 404" in problem
    assert f"source unodc_glotip, {httpserver.url_for(LEGACY)}" in problem
    assert "--mirror" in problem
    assert list(tmp_path.iterdir()) == []


def test_earlier_releases_are_returned_with_the_new_one(httpserver, unodc, tmp_path):
    list_files(httpserver, item("/sites/data_glotip.xlsx", "2025-10-28T09:00:00+00:00"))
    contents = iter([WORKBOOK, WORKBOOK + b"2", WORKBOOK + b"2"])
    httpserver.expect_request("/sites/data_glotip.xlsx").respond_with_handler(lambda _: Response(next(contents)))
    assert [len(fetch(unodc, None, raw=tmp_path, limits=IMPATIENT).files) for _ in range(3)] == [1, 2, 2]
    assert {f.content for f in fetch_stored(unodc, tmp_path)} == {WORKBOOK, WORKBOOK + b"2"}


def fetch_stored(source, raw):
    """The files that a build has without a request to the publisher."""
    return fetch(replace(source, fetch="frozen"), None, raw=raw).files


def test_every_page_of_the_indicator_is_read(httpserver, worldbank, tmp_path):
    rows = [{"date": str(year)} for year in range(2020, 2025)]
    for number, part in enumerate((rows[:2], rows[2:4], rows[4:]), start=1):
        query = "format=json" if number == 1 else f"format=json&page={number}"
        answer = page(part, number, pages=3, total=5)
        httpserver.expect_request(API, query_string=query).respond_with_json(answer)
    (file,) = fetch(worldbank, None, raw=tmp_path, limits=IMPATIENT).files
    meta, records = json.loads(file.content)
    assert records == rows
    assert (meta["pages"], meta["total"], meta["lastupdated"]) == (1, 5, "2025-07-01")
    assert file.name.startswith("worldbank_population_2025-07-01-")


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (page([{}], 2, 2, 3, updated="2025-08-01"), "updated the figures between two pages"),
        (page([], 2, 2, 3), "2 rows came, but 3 were announced"),
        (page([{}, {}], 2, 2, 3), "page 2 repeats the one before it"),
        (page([{}], 2, 2, 4), "updated the figures between two pages"),
        ([{"message": [{"id": "175", "value": "The indicator was not found"}]}], "error 175: The indicator"),
    ],
)
def test_pages_that_do_not_fit_together_are_refused(httpserver, worldbank, tmp_path, second, expected):
    first = page([{}, {}], 1, 2, 3)
    httpserver.expect_request(API, query_string="format=json").respond_with_json(first)
    httpserver.expect_request(API, query_string="format=json&page=2").respond_with_json(second)
    assert expected in refusal(worldbank, tmp_path)


@pytest.mark.parametrize(
    ("total", "expected"),
    [(2, "1,000,000 pages for 2 rows"), ("2000000", "at most 500 pages are requested")],
)
def test_too_many_pages_are_not_requested(httpserver, worldbank, tmp_path, total, expected):
    httpserver.expect_request(API).respond_with_json(page([{}, {}], 1, 10**6, total))
    assert expected in refusal(worldbank, tmp_path)
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ([{"message": [{"id": "120", "key": "Invalid value", "value": "not valid"}]}], "error 120: not valid"),
        ([{"page": 1, "pages": 1, "total": 0}, None], "the answer has no rows"),
        ([{"page": 1}, []], "does not have the form [meta, rows]"),
        ({"page": 1}, "does not have the form [meta, rows]"),
    ],
)
def test_an_error_in_a_successful_answer_is_refused(httpserver, worldbank, tmp_path, answer, expected):
    httpserver.expect_request(API).respond_with_json(answer)
    problem = refusal(worldbank, tmp_path)
    assert problem.startswith(f"source worldbank_population, {worldbank.addresses[0]}: ")
    assert expected in problem


def test_an_answer_may_begin_with_a_byte_order_mark(httpserver, worldbank, tmp_path):
    body = b"\xef\xbb\xbf" + json.dumps(page([{"date": "2020"}])).encode()
    httpserver.expect_request(API).respond_with_data(body)
    assert json.loads(fetch(worldbank, None, raw=tmp_path, limits=IMPATIENT).files[0].content)[1] == [{"date": "2020"}]


def test_a_publisher_reads_the_answers_of_its_getter():
    bodies = {"https://example.org/a%20b.csv?x=1": b"1", "https://example.org/j": b"{"}
    publisher = Publisher("sample", lambda address, _: Body(bodies[address]))
    file = publisher.file("https://example.org/a%20b.csv?x=1")
    assert (file.source, file.name, file.content) == ("sample", "a b.csv", b"1")
    with pytest.raises(FetchError, match=r"source sample, https://example\.org/j: the answer is not JSON"):
        publisher.json("https://example.org/j")


def test_an_unchanged_file_that_was_never_downloaded_is_refused():
    publisher = Publisher("sample", lambda *_: None)
    with pytest.raises(FetchError, match=r"source sample, https://example\.org/a\.csv: .* no earlier download"):
        publisher.file("https://example.org/a.csv")


@pytest.mark.parametrize("earlier", [False, True])
def test_a_download_that_the_declaration_does_not_name_is_reported(httpserver, worldbank, tmp_path, earlier):
    source, folder = replace(worldbank, mirror=("worldbank/figures*.json",)), tmp_path / worldbank.id
    httpserver.expect_request(API).respond_with_json(page([{"date": "2020"}]))
    expected = "source worldbank_population: no pattern of `mirror` matches worldbank_population_2025-07-01-"
    if not earlier:
        problem = refusal(source, tmp_path)
    else:
        folder.mkdir()
        (folder / "figures_2024.json").write_bytes(b"earlier")
        result = fetch(source, None, raw=tmp_path, limits=IMPATIENT)
        assert ([file.name for file in result.files], result.status) == (["figures_2024.json"], "stale")
        problem = result.problem
    assert problem.startswith(expected)
    assert problem.endswith("; add one to its declaration")


def test_a_list_without_an_end_is_read_in_part(httpserver, unodc, tmp_path):
    endless = {"data": [item("/sites/a.xlsx", "2025-01-01T00:00:00+00:00")], "links": {"next": {"href": "?page=2"}}}
    httpserver.expect_request(LISTING).respond_with_json(endless)
    httpserver.expect_request("/sites/a.xlsx").respond_with_data(WORKBOOK)
    assert fetch(unodc, None, raw=tmp_path, limits=IMPATIENT).files[0].content == WORKBOOK
    assert [request.path for request, _ in httpserver.log] == [LISTING] * LONGEST_LIST + ["/sites/a.xlsx"]
