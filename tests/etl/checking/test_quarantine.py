"""What a failed check was about is kept out of use, and lost to nobody."""

import json

import pytest

from data.snapshot import Snapshot
from etl.__main__ import FAILED, OK, UNEXPECTED
from tests.etl.fetching.test_freshness import serve, status, told
from tests.etl.publishers import LEGACY, LISTING
from tests.etl.samples import glotip, glotip_row
from tests.etl.test_pipeline import OCTOBER

AUGUST, NOVEMBER = "2026-08-01", "2026-11-01"
# Mexico's 41 became a hundred times as many.
WRONG = glotip([*OCTOBER[:2], glotip_row("MEX", 2022, "4,100")], released="01/08/2026")
RIGHT = glotip([*OCTOBER[:2], glotip_row("MEX", 2022, "44")], released="01/11/2026")


@pytest.fixture
def waiting(live, httpserver, capsys):
    """A build that was held: what was published before, the one file that waits, and what was said."""
    assert status(live, "hti") == OK
    capsys.readouterr()
    serve(httpserver, WRONG)
    assert status(live) == FAILED
    (file,) = (live / "raw" / "unodc_glotip" / "held").iterdir()
    return live, file, capsys.readouterr().err.strip()


def releases(place):
    return [held["release"] for held in told(Snapshot.open(str(place / "snapshots")))["releases"]]


def down(httpserver):
    httpserver.clear()
    for path in (LISTING, LEGACY):
        httpserver.expect_request(path).respond_with_data("down", status=503)


def test_the_new_file_is_named_and_the_next_build_says_the_same(waiting, capsys):
    place, file, said = waiting
    assert f"compare the new unodc_glotip/{file.name} with the publisher" in said
    assert f"the new downloads are in {file.parent} and not used" in said
    assert '--accept "why they are right"' in said
    assert len(said.splitlines()) == 1
    assert file.read_bytes() == WRONG
    assert status(place) == FAILED
    assert capsys.readouterr().err.strip() == said
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


def test_a_file_that_nothing_can_be_published_of_waits_too(unfit, httpserver, capsys):
    place, said = unfit
    (file,) = (place / "raw" / "unodc_glotip" / "held").iterdir()
    assert "labels.csv" in said
    assert f"the new downloads are in {file.parent} and not used" in said
    # Another source is built as if it had never come; its own publisher is asked for it again.
    assert status(place, "hti") == OK
    assert AUGUST not in releases(place)
    assert status(place) == FAILED
    assert "and not used" in capsys.readouterr().err
    assert file.exists()
    httpserver.clear()
    serve(httpserver, RIGHT)
    assert status(place) == OK
    assert NOVEMBER in releases(place)


def test_a_build_of_another_source_goes_on_without_it(waiting):
    place, file, _ = waiting
    assert status(place, "hti") == OK
    assert AUGUST not in releases(place)
    assert file.exists()


@pytest.mark.parametrize("reached", [True, False])
def test_a_word_brings_it_into_use_whether_or_not_the_publisher_answers(waiting, httpserver, reached):
    place, file, _ = waiting
    if not reached:
        down(httpserver)
    assert status(place, "--accept", "the ministry confirmed it") == (OK if reached else UNEXPECTED)
    assert releases(place)[-1] == AUGUST
    assert not file.exists()
    receipts = json.loads((file.parents[1] / "receipts.json").read_text())
    assert receipts[file.name]["address"].endswith("/sites/data_glotip.xlsx")
    assert status(place, "hti") == OK


def test_what_the_publisher_took_back_stays_out_of_use(waiting, httpserver):
    place, file, _ = waiting
    httpserver.clear()
    serve(httpserver, RIGHT)
    assert status(place) == OK
    assert releases(place) == ["2025-04-14", "2025-10-28", NOVEMBER]
    assert file.exists()


def test_files_put_there_by_hand_are_named_and_stay(live, capsys):
    assert status(live, "hti") == OK
    mine = live / "raw" / "unodc_glotip" / "mine.xlsx"
    mine.write_bytes(WRONG)
    assert status(live, "hti") == FAILED
    assert "compare the new unodc_glotip/mine.xlsx with the publisher" in capsys.readouterr().err
    assert mine.exists()
    assert not (mine.parent / "held").exists()
