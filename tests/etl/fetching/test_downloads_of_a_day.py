"""Two downloads of one release are ordered by the second, whatever their names and hashes."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count

import pytest
from werkzeug import Response

from data.snapshot import Snapshot
from etl.__main__ import OK, UNEXPECTED, main
from etl.fetching.fetch import fetch
from etl.fetching.raw import RawFile
from etl.fetching.store import RECEIPTS, keep, stored_files
from tests.etl.declared import parsed_files
from tests.etl.publishers import IMPATIENT, only_workbook
from tests.etl.samples import glotip, glotip_row

MORNING, NOON = "2025-10-28T08:00:00+00:00", "2025-10-28T12:00:01+00:00"


def workbook(value: int, retrieved: str) -> RawFile:
    content = glotip([glotip_row("MEX", 2021, str(value))], released="28/10/2025")
    return RawFile("unodc_glotip", "data_glotip.xlsx", content, "https://example.org/", retrieved)


def counts(files):
    """Mexico's victims in the file that is used, and the name of the one that is not."""
    (read,) = parsed_files(files, date(2025, 11, 1))
    return read.parsed.rows["low"].item(), [finding.detail for finding in read.parsed.findings]


@pytest.fixture(params=["one", "other"])
def pair(request) -> list[RawFile]:
    """Two downloads of a day, the earlier first: sorted by name, which has the hash, it is the first or the last."""
    files = sorted((workbook(41, ""), workbook(42, "")), key=lambda file: file.sha256, reverse=request.param == "other")
    return [replace(file, retrieved=at) for file, at in zip(files, (MORNING, NOON), strict=True)]


def victims(file: RawFile) -> float:
    return counts([file])[0]


def test_the_later_download_is_used_whatever_its_hash(tmp_path, unodc, pair):
    earlier, later = (keep(file, tmp_path) for file in pair)
    assert counts(stored_files(unodc, tmp_path)) == (victims(later), [earlier.name])


def test_an_old_receipt_with_only_a_day_comes_before_the_times_of_that_day(tmp_path, unodc, pair):
    earlier, later = (keep(file, tmp_path) for file in pair)
    receipts = json.loads((tmp_path / RECEIPTS).read_text())
    receipts[earlier.name]["retrieved"] = "2025-10-28"
    (tmp_path / RECEIPTS).write_text(json.dumps(receipts))
    assert sorted(file.retrieved for file in stored_files(unodc, tmp_path)) == ["2025-10-28", NOON]
    assert counts(stored_files(unodc, tmp_path)) == (victims(later), [earlier.name])


def test_the_time_of_a_download_is_recorded_to_the_second(httpserver, unodc, tmp_path):
    turn = count(41)
    only_workbook(httpserver, lambda _: Response(workbook(next(turn), "").content))
    begun = datetime.now(UTC).replace(microsecond=0)
    (file,) = fetch(unodc, None, raw=tmp_path, limits=IMPATIENT).files
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", file.retrieved)
    assert begun <= datetime.fromisoformat(file.retrieved) <= datetime.now(UTC)
    assert json.loads((tmp_path / "unodc_glotip" / RECEIPTS).read_text())[file.name]["retrieved"] == file.retrieved


def test_the_manifest_has_the_day_of_a_download(httpserver, live):
    only_workbook(httpserver, lambda _: Response(workbook(41, "").content))
    arguments = [
        "build",
        "--snapshot",
        str(live / "snapshots"),
        "--raw",
        str(live / "raw"),
        "--accept",
        "a sample",
        "--by",
        "A. Person",
    ]
    assert main(arguments) in {OK, UNEXPECTED}
    sources = {source["name"]: source for source in Snapshot.open(str(live / "snapshots")).manifest["sources"]}
    days = {release["retrieved"] for release in sources["unodc_glotip"]["releases"]}
    assert len(days) == 2
    assert all(day is None or date.fromisoformat(day) for day in days)
