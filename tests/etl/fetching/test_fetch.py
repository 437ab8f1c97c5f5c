"""Requests to a publisher, and what happens without one."""

import gzip
import json
import time
from dataclasses import replace

import pytest
from rich.progress import Progress
from werkzeug import Response

from etl.errors import FetchError
from etl.fetching.download import user_agent
from etl.fetching.fetch import fetch
from etl.source_declaration import declarations
from tests.etl.publishers import API, IMPATIENT, WORKBOOK, only_workbook, page, refusal


def test_a_busy_publisher_is_tried_again_after_the_pause_it_names(httpserver, worldbank, tmp_path):
    httpserver.expect_ordered_request(API).respond_with_data("slow down", status=429, headers={"Retry-After": "1"})
    httpserver.expect_ordered_request(API).respond_with_json(page([{"date": "2020"}]))
    begun = time.monotonic()
    assert len(fetch(worldbank, None, raw=tmp_path, limits=IMPATIENT).files) == 1
    assert time.monotonic() - begun >= 1


def test_a_pause_of_hours_is_not_waited_for(httpserver, worldbank, tmp_path):
    httpserver.expect_ordered_request(API).respond_with_data("", status=429, headers={"Retry-After": "7200"})
    httpserver.expect_ordered_request(API).respond_with_json(page([{"date": "2020"}]))
    begun = time.monotonic()
    assert fetch(worldbank, None, raw=tmp_path, limits=IMPATIENT).files
    assert time.monotonic() - begun < 5


def test_a_failing_server_is_tried_again(httpserver, worldbank, tmp_path):
    httpserver.expect_ordered_request(API).respond_with_data("oops", status=500)
    httpserver.expect_ordered_request(API).respond_with_data("oops", status=503)
    httpserver.expect_ordered_request(API).respond_with_json(page([{"date": "2020"}]))
    assert len(fetch(worldbank, None, raw=tmp_path, limits=IMPATIENT).files) == 1


def test_a_server_that_keeps_failing_is_given_up(httpserver, worldbank, tmp_path):
    httpserver.expect_request(API).respond_with_data("oops", status=500)
    assert "HTTP 500" in refusal(worldbank, tmp_path)
    assert len(httpserver.log) == 3


def test_an_address_without_a_server_is_refused(worldbank, tmp_path):
    address = "http://127.0.0.1:9/v2"
    assert f"{address}: no complete answer" in refusal(replace(worldbank, addresses=(address,)), tmp_path)


def test_requests_have_the_user_agent_of_the_project(httpserver, worldbank, tmp_path):
    httpserver.expect_request(API, headers={"User-Agent": user_agent()}).respond_with_json(page([{}]))
    assert len(fetch(worldbank, None, raw=tmp_path, limits=IMPATIENT).files) == 1


def test_a_redirect_is_followed_and_gzip_is_unpacked(httpserver, unodc, tmp_path):
    only_workbook(httpserver, lambda _: Response(status=302, headers={"Location": "/moved.xlsx"}))
    httpserver.expect_request("/moved.xlsx").respond_with_data(
        gzip.compress(WORKBOOK * 500), headers={"Content-Encoding": "gzip"}
    )
    (file,) = fetch(unodc, None, raw=tmp_path, limits=IMPATIENT).files
    assert file.content == WORKBOOK * 500


def test_a_slow_drip_ends_at_the_deadline(httpserver, unodc, tmp_path):
    def drip(_):
        def parts():
            for _ in range(100):
                time.sleep(0.05)
                yield b"PK"

        return Response(parts())

    only_workbook(httpserver, drip)
    begun = time.monotonic()
    assert "took longer than 0.5 seconds" in refusal(unodc, tmp_path)
    assert time.monotonic() - begun < 3


def test_a_silent_server_ends_at_the_read_limit(httpserver, unodc, tmp_path):
    def silent(_):
        time.sleep(0.6)
        return Response(WORKBOOK)

    only_workbook(httpserver, silent)
    assert "no complete answer" in refusal(unodc, tmp_path, replace(IMPATIENT, read=0.1, retries=0))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Response("\n<!DOCTYPE html><title>Sign in</title>"), "an HTML page instead of the file"),
        (Response(""), "the answer is empty"),
        # A generator, since the test server corrects the length of a body that it knows.
        (Response((part for part in [WORKBOOK]), headers={"Content-Length": "5000"}), "no complete answer"),
        (Response(b"not gzip", headers={"Content-Encoding": "gzip"}), "no complete answer"),
        (Response(WORKBOOK * 10_000), "larger than 100,000 bytes"),
        (Response("no", status=403), "HTTP 403"),
    ],
)
def test_an_incomplete_or_wrong_file_is_refused_and_not_stored(httpserver, unodc, tmp_path, answer, expected):
    only_workbook(httpserver, lambda _: answer)
    problem = refusal(unodc, tmp_path)
    assert problem.startswith(f"source unodc_glotip, {httpserver.url_for('/sites/data_glotip.xlsx')}: ")
    assert expected in problem
    assert list(tmp_path.iterdir()) == []


def test_the_progress_bar_moves_with_the_bytes(httpserver, worldbank, tmp_path):
    body = json.dumps(page([{"date": "2020"}])).encode()
    httpserver.expect_request(API).respond_with_data(body)
    progress = Progress(disable=True)
    fetch(worldbank, None, raw=tmp_path, progress=progress, limits=IMPATIENT)
    assert [(task.description, task.completed, task.total) for task in progress.tasks] == [
        ("worldbank_population", len(body), len(body))
    ]


# ---------------------------------------------------------------- without a publisher


def test_a_mirror_stands_in_for_the_publisher(httpserver, worldbank, tmp_path):
    mirror, raw = tmp_path / "mirror", tmp_path / "raw"
    (mirror / "worldbank").mkdir(parents=True)
    (mirror / "worldbank" / "worldbank_population_2025-03.csv").write_bytes(b"figures")
    (file,) = fetch(worldbank, mirror, raw=raw).files
    assert (file.name, file.content, file.retrieved) == ("worldbank_population_2025-03.csv", b"figures", None)
    assert not raw.exists()
    assert httpserver.log == []


def test_a_mirror_without_the_file_is_refused(worldbank, tmp_path):
    with pytest.raises(FetchError, match=r"source worldbank_population: no file matches worldbank/\*population\*"):
        fetch(worldbank, tmp_path, raw=tmp_path)


def test_a_frozen_source_is_read_from_its_raw_folder(tmp_path):
    source = declarations()["hti"]
    with pytest.raises(FetchError) as caught:
        fetch(source, None, raw=tmp_path)
    for part in ("source hti", "HTI*.csv", "Richard W. Frank", str(tmp_path / "hti"), "--mirror"):
        assert part in str(caught.value)
    (tmp_path / "hti").mkdir()
    (tmp_path / "hti" / "HTI.csv").write_bytes(b"country")
    assert [file.content for file in fetch(source, None, raw=tmp_path).files] == [b"country"]
