"""A download that fails a check is not used, but stored."""

import json

import pytest

from data.snapshot import Snapshot
from etl.__main__ import FAILED, OK, UNEXPECTED
from tests.etl.fetching.test_freshness import serve, source_entry, status
from tests.etl.publishers import LEGACY, LISTING
from tests.etl.samples import glotip, glotip_row
from tests.etl.test_pipeline import OCTOBER

AUGUST, NOVEMBER = "2026-08-01", "2026-11-01"
# Mexico's 41 became a hundred times as large.
WRONG = glotip([*OCTOBER[:2], glotip_row("MEX", 2022, "4,100")], released="01/08/2026")
RIGHT = glotip([glotip_row("MEX", 2021, "42"), *OCTOBER[1:]], released="01/11/2026")


@pytest.fixture
def waiting(live, httpserver, capsys):
    """A held build: its folder, the one file that waits, and the message."""
    assert status(live, "hti") == OK
    capsys.readouterr()
    serve(httpserver, WRONG)
    assert status(live) == FAILED
    (file,) = (live / "raw" / "unodc_glotip" / "held").iterdir()
    return live, file, capsys.readouterr().err.strip()


def releases(place):
    return [release["release"] for release in source_entry(Snapshot.open(str(place / "snapshots")))["releases"]]


def fail_requests(httpserver):
    httpserver.clear()
    for path in (LISTING, LEGACY):
        httpserver.expect_request(path).respond_with_data("down", status=503)


def test_the_new_file_is_named_and_the_next_build_repeats_the_message(waiting, capsys):
    place, file, message = waiting
    assert f"compare the new unodc_glotip/{file.name} with the publisher" in message
    assert f"the new downloads are in {file.parent} and not used" in message
    assert '--accept "why they are right" --by NAME' in message
    assert len(message.splitlines()) == 1
    assert file.read_bytes() == WRONG
    assert status(place) == FAILED
    assert capsys.readouterr().err.strip() == message
    assert releases(place) == ["2025-04-14", "2025-10-28"]


@pytest.fixture
def unfit(live, httpserver, capsys):
    """A build whose new file makes tables that break the contract: a state's own code, and more labels than any."""
    assert status(live, "hti") == OK
    capsys.readouterr()
    labels = [glotip_row("MEX", 2022, "2", dimension="by citizenship", category=f"Nowhere {n}") for n in range(60)]
    serve(httpserver, glotip([*OCTOBER, *labels], released="01/08/2026"))
    assert status(live) == FAILED
    return live, capsys.readouterr().err.strip()


def test_a_file_that_breaks_the_contract_waits_too(unfit, httpserver, capsys):
    place, message = unfit
    (file,) = (place / "raw" / "unodc_glotip" / "held").iterdir()
    assert "labels.csv" in message
    assert f"the new downloads are in {file.parent} and not used" in message
    # A build of another source ignores it; a build of its own source downloads it again.
    assert status(place, "hti") == OK
    assert AUGUST not in releases(place)
    assert status(place) == FAILED
    assert "and not used" in capsys.readouterr().err
    assert file.exists()
    httpserver.clear()
    serve(httpserver, RIGHT)
    assert status(place) == OK
    assert NOVEMBER in releases(place)


def test_a_build_of_another_source_ignores_the_waiting_file(waiting):
    place, file, _ = waiting
    assert status(place, "hti") == OK
    assert AUGUST not in releases(place)
    assert file.exists()


@pytest.mark.parametrize("reached", [True, False])
def test_a_reason_brings_the_file_into_use_whether_or_not_the_publisher_answers(waiting, httpserver, reached):
    place, file, _ = waiting
    if not reached:
        fail_requests(httpserver)
    assert status(place, "--accept", "the ministry confirmed it", "--by", "A. Person") == (
        OK if reached else UNEXPECTED
    )
    assert releases(place)[-1] == AUGUST
    assert not file.exists()
    receipts = json.loads((file.parents[1] / "receipts.json").read_text())
    assert receipts[file.name]["address"].endswith("/sites/data_glotip.xlsx")
    assert status(place, "hti") == OK


def test_a_file_that_the_publisher_withdrew_stays_unused(waiting, httpserver):
    place, file, _ = waiting
    httpserver.clear()
    serve(httpserver, RIGHT)
    assert status(place) == OK
    assert releases(place) == ["2025-04-14", "2025-10-28", NOVEMBER]
    assert file.exists()


def test_files_added_by_hand_are_named_and_stay(live, capsys):
    assert status(live, "hti") == OK
    mine = live / "raw" / "unodc_glotip" / "mine.xlsx"
    mine.write_bytes(WRONG)
    # Another source's build leaves it alone; its own uses it, though the publisher does not answer.
    assert status(live, "hti") == OK
    capsys.readouterr()
    assert status(live, "unodc_glotip") == FAILED
    assert "compare the new unodc_glotip/mine.xlsx with the publisher" in capsys.readouterr().err
    assert mine.exists()
    assert not (mine.parent / "held").exists()
