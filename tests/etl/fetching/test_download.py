"""How a file is requested again, in part or not at all, and with which pauses."""

import time
from dataclasses import replace

import pytest
from werkzeug import Response

from etl.errors import FetchError
from etl.fetching.download import Server, open_session, user_agent
from etl.fetching.fetch import fetch
from tests.etl.publishers import IMPATIENT, WORKBOOK, only_workbook, refusal

BODY = WORKBOOK * 300


def server(limits=IMPATIENT):
    return Server("sample", open_session(limits, user_agent({})), limits)


class Cutting:
    """A publisher's file whose connection breaks in the first answers; records the headers of each request."""

    def __init__(self, cuts, *, ranges=True, tags=('"a"',)):
        self.cuts, self.ranges, self.tags, self.requests = cuts, ranges, list(tags), []
        self.shifted = 0

    def __call__(self, request):
        self.requests.append(dict(request.headers))
        tag = self.tags[min(len(self.requests), len(self.tags)) - 1]
        marks = {"ETag": tag, **({"Accept-Ranges": "bytes"} if self.ranges else {})}
        start, status = 0, 200
        if self.ranges and "Range" in request.headers and request.headers.get("If-Range") == tag:
            start, status = int(request.headers["Range"].removeprefix("bytes=").rstrip("-")), 206
        rest = BODY[start:]
        sent = rest[: len(rest) // 2] if len(self.requests) <= self.cuts else rest
        if status == 206:
            marks["Content-Range"] = f"bytes {start + self.shifted}-{len(BODY) - 1}/{len(BODY)}"
        return Response((part for part in [sent]), status, headers={"Content-Length": str(len(rest)), **marks})


def test_a_download_that_breaks_off_resumes_where_it_stopped(httpserver):
    publisher = Cutting(2)
    httpserver.expect_request("/file").respond_with_handler(publisher)
    body = server().get(httpserver.url_for("/file"), {})
    assert body.content == BODY
    assert [headers.get("Range") for headers in publisher.requests] == [
        None,
        f"bytes={len(BODY) // 2}-",
        f"bytes={len(BODY) // 2 + (len(BODY) - len(BODY) // 2) // 2}-",
    ]


def test_a_partial_answer_to_a_request_for_the_whole_file_is_refused(httpserver):
    httpserver.expect_request("/file").respond_with_data(BODY[:100], status=206)
    with pytest.raises(FetchError, match="HTTP 206: a part of the file, though the whole file was requested"):
        server().get(httpserver.url_for("/file"), {})


def test_a_rest_from_another_byte_is_refused(httpserver):
    publisher = Cutting(1)
    publisher.shifted = 7
    httpserver.expect_request("/file").respond_with_handler(publisher)
    begins = len(BODY) // 2
    with pytest.raises(FetchError, match=f"expected the rest from byte {begins}, got bytes {begins + 7}-"):
        server().get(httpserver.url_for("/file"), {})
    assert len(publisher.requests) == 2


def test_a_file_that_changed_meanwhile_is_downloaded_from_its_beginning(httpserver):
    publisher = Cutting(1, tags=('"a"', '"b"'))
    httpserver.expect_request("/file").respond_with_handler(publisher)
    assert server().get(httpserver.url_for("/file"), {}).content == BODY
    assert publisher.requests[1]["If-Range"] == '"a"'


@pytest.mark.parametrize("publisher", [Cutting(1, ranges=False), Cutting(1, tags=('W/"a"',))], ids=["none", "weak"])
def test_the_whole_file_is_requested_where_parts_are_not_possible(httpserver, publisher):
    httpserver.expect_request("/file").respond_with_handler(publisher)
    assert server().get(httpserver.url_for("/file"), {}).content == BODY
    assert "Range" not in publisher.requests[1]


def test_a_connection_that_always_breaks_is_given_up(httpserver):
    publisher = Cutting(99)
    httpserver.expect_request("/file").respond_with_handler(publisher)
    with pytest.raises(FetchError, match="no complete answer"):
        server().get(httpserver.url_for("/file"), {})
    assert len(publisher.requests) == IMPATIENT.retries + 1


def test_an_unchanged_file_is_not_sent_again(httpserver, unodc, tmp_path):
    requests = []

    def answer(request):
        requests.append(dict(request.headers))
        if request.headers.get("If-None-Match") == '"oct"':
            return Response(status=304)
        return Response(WORKBOOK, headers={"ETag": '"oct"', "Last-Modified": "Tue, 28 Oct 2025 09:00:00 GMT"})

    only_workbook(httpserver, answer)
    first, second = (fetch(unodc, None, raw=tmp_path, limits=IMPATIENT) for _ in range(2))
    assert first.files == second.files
    assert (first.status, second.status) == ("fresh", "fresh")
    assert (len(first.new), len(second.new)) == (1, 0)
    assert requests[1]["If-Modified-Since"] == "Tue, 28 Oct 2025 09:00:00 GMT"


def test_identical_bytes_with_a_newer_date_are_no_new_release(httpserver, unodc, tmp_path):
    days = iter(["Tue, 28 Oct 2025 09:00:00 GMT", "Sat, 01 Aug 2026 09:00:00 GMT"])
    only_workbook(httpserver, lambda _: Response(WORKBOOK, headers={"Last-Modified": next(days)}))
    first, second = (fetch(unodc, None, raw=tmp_path, limits=IMPATIENT) for _ in range(2))
    assert second.new == frozenset()
    assert [file.retrieved for file in second.files] == [file.retrieved for file in first.files]
    assert len(second.files) == 1


def test_not_modified_without_a_stored_file_is_an_error(httpserver, unodc, tmp_path):
    only_workbook(httpserver, lambda _: Response(status=304))
    assert "HTTP 304" in refusal(unodc, tmp_path)


def test_there_is_a_pause_between_two_requests_to_a_server(httpserver):
    httpserver.expect_request("/file").respond_with_data(BODY)
    polite = server(replace(IMPATIENT, pause=0.2))
    begun = time.monotonic()
    for _ in range(3):
        polite.get(httpserver.url_for("/file"), {})
    assert time.monotonic() - begun >= 0.4


def test_the_user_agent_has_the_contact_of_whoever_runs_it():
    agent = user_agent({"ATALAYA_CONTACT": " data@example.org\r\nX: 1"})
    assert agent.startswith("Atalaya/")
    assert "contact: data@example.org X: 1)" in agent
    assert "contact" not in user_agent({})
