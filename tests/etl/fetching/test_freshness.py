"""If a publisher fails, stored files are used, and the exit status, the manifest and the messages say so."""

import json

import pytest

from data.snapshot import Snapshot
from etl.__main__ import FAILED, OK, UNEXPECTED, main
from etl.errors import FetchError, PublishError
from etl.fetching.download import DownloadLimits
from tests.etl.publishers import LEGACY, LISTING, item, list_files
from tests.etl.samples import glotip, glotip_row
from tests.etl.test_pipeline import OCTOBER, build

NEWER = glotip([*OCTOBER, glotip_row("MEX", 2022, "44")], released="01/08/2026")


def source_entry(snapshot, source="unodc_glotip"):
    return next(entry for entry in snapshot.manifest["sources"] if entry["name"] == source)


def status(place, *more):
    return main(["build", "--snapshot", str(place / "snapshots"), "--raw", str(place / "raw"), *more])


def serve(httpserver, content):
    list_files(httpserver, item("/sites/data_glotip.xlsx", "2026-08-01T09:00:00+00:00"))
    httpserver.expect_request("/sites/data_glotip.xlsx").respond_with_data(content)


def test_a_publisher_that_answers_gives_a_new_release_and_status_zero(httpserver, live):
    serve(httpserver, NEWER)
    assert status(live) == OK
    snapshot = Snapshot.open(str(live / "snapshots"))
    source = source_entry(snapshot)
    assert source["status"] == "fresh"
    assert source["tried"].endswith("+00:00")
    assert [release["release"] for release in source["releases"]] == ["2025-04-14", "2025-10-28", "2026-08-01"]
    assert [source_entry(snapshot, name)["status"] for name in ("hti", "reference")] == ["frozen", "reference"]


def test_stored_files_are_used_when_the_publisher_cannot_be_reached(httpserver, live, capsys):
    httpserver.expect_request(LISTING).respond_with_data("down", status=503)
    httpserver.expect_request(LEGACY).respond_with_data("down", status=503)
    assert status(live) == UNEXPECTED
    source = source_entry(Snapshot.open(str(live / "snapshots")))
    assert source["status"] == "stale"
    assert "HTTP 503" in source["problem"]
    assert [release["release"] for release in source["releases"]] == ["2025-04-14", "2025-10-28"]
    assert "stale: unodc_glotip, files of an earlier download were used" in capsys.readouterr().err


def test_under_strict_a_stale_source_publishes_nothing(httpserver, live, capsys):
    httpserver.expect_request(LISTING).respond_with_data("down", status=503)
    httpserver.expect_request(LEGACY).respond_with_data("down", status=503)
    assert status(live, "--strict") == FAILED
    assert "--strict: 1 source(s) are stale, nothing was published" in capsys.readouterr().err
    assert not (live / "snapshots" / "current").exists()


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 half a workbook", glotip([glotip_row("MEX", 2022, "many")], released="01/08/2026")],
    ids=["damaged", "a word for a figure"],
)
def test_an_unreadable_new_file_is_put_aside_and_the_last_good_one_is_used(httpserver, live, content):
    serve(httpserver, content)
    for _ in range(2):
        assert status(live) == UNEXPECTED
        source = source_entry(Snapshot.open(str(live / "snapshots")))
        assert source["status"] == "stale"
        assert source["problem"].startswith("source unodc_glotip, file data_glotip-")
        assert [release["release"] for release in source["releases"]] == ["2025-04-14", "2025-10-28"]
    # The file at the legacy address may be older than the stored one.
    assert LEGACY not in {request.path for request, _ in httpserver.log}
    (refused,) = (live / "raw" / "unodc_glotip" / "refused").iterdir()
    assert refused.read_bytes() == content
    receipts = json.loads((live / "raw" / "unodc_glotip" / "receipts.json").read_text())
    assert refused.name not in receipts


def test_the_next_newest_workbook_is_used_when_the_newest_cannot_be_read(httpserver, live):
    newer = item("/sites/newer.xlsx", "2026-08-01T09:00:00+00:00")
    broken = item("/sites/newest.xlsx", "2026-11-01T09:00:00+00:00")
    list_files(httpserver, newer, broken)
    httpserver.expect_request("/sites/newer.xlsx").respond_with_data(NEWER)
    httpserver.expect_request("/sites/newest.xlsx").respond_with_data(b"PK\x03\x04 half a workbook")
    for _ in range(2):
        assert status(live) == UNEXPECTED
        source = source_entry(Snapshot.open(str(live / "snapshots")))
        assert source["status"] == "stale"
        assert source["problem"].startswith("source unodc_glotip, file newest-")
        assert [release["release"] for release in source["releases"]] == ["2025-04-14", "2025-10-28", "2026-08-01"]


def test_no_workbook_older_than_the_stored_one_is_downloaded(httpserver, live):
    serve(httpserver, NEWER)
    assert status(live) == OK
    httpserver.clear()
    list_files(
        httpserver,
        item("/sites/older.xlsx", "2026-02-01T09:00:00+00:00"),
        item("/sites/data_glotip.xlsx", "2026-08-01T09:00:00+00:00"),
        item("/sites/newest.xlsx", "2026-11-01T09:00:00+00:00"),
    )
    assert status(live) == UNEXPECTED
    source = source_entry(Snapshot.open(str(live / "snapshots")))
    assert all(f"/sites/{name}.xlsx: HTTP 500" in source["problem"] for name in ("newest", "data_glotip"))
    assert not [request for request, _ in httpserver.log if request.path in {"/sites/older.xlsx", LEGACY}]


def test_a_source_that_is_not_named_is_not_fetched(httpserver, live):
    assert status(live, "hti") == OK
    assert httpserver.log == []
    snapshot = Snapshot.open(str(live / "snapshots"))
    assert source_entry(snapshot)["status"] == "not_asked"
    assert "tried" not in source_entry(snapshot)


def test_an_unknown_source_is_refused_with_the_list_of_known_ones(live, capsys):
    assert status(live, "unodc") == FAILED
    message = capsys.readouterr().err
    assert "there is no source 'unodc'" in message
    assert "unodc_glotip" in message


def test_a_failing_publisher_stops_the_build_when_no_file_is_stored(httpserver, live):
    for path in (live / "raw" / "unodc_glotip").iterdir():
        path.unlink()
    httpserver.expect_request(LISTING).respond_with_data("down", status=503)
    httpserver.expect_request(LEGACY).respond_with_data("down", status=503)
    with pytest.raises(FetchError, match="HTTP 503"):
        build(None, place=live)
    httpserver.clear()
    serve(httpserver, b"PK\x03\x04 half a workbook")
    with pytest.raises(FetchError, match="cut short or damaged"):
        build(None, place=live)


def test_strict_lists_what_is_new(live, httpserver):
    serve(httpserver, glotip([*OCTOBER, glotip_row("MEX", 2022, "44", indicator="Rumours")], released="01/08/2026"))
    with pytest.raises(PublishError, match=r"--strict: 1 kind\(s\) of rows were not recognized"):
        build(None, place=live, strict=True)


def test_the_usual_limits_are_patient():
    assert DownloadLimits().pause > 0
    assert DownloadLimits().retries > 0
