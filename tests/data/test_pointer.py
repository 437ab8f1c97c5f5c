"""The pointer of a place: which snapshot is shown now, which one waits, and what was done before."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import pointer

FIRST, SECOND, THIRD = "1" * 12, "2" * 12, "3" * 12
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
SECOND_BEFORE = NOON - timedelta(seconds=1)


@pytest.fixture
def place(tmp_path: Path) -> str:
    pointer.turn(str(tmp_path), FIRST, "A. Person")
    return str(tmp_path)


def test_the_pointer_is_a_file_with_the_id_alone(place: str):
    assert (Path(place) / "current").read_bytes() == FIRST.encode() + b"\n"
    assert pointer.pointer(place) == (FIRST, None)
    assert [tuple(one)[1:] for one in pointer.history(place)] == [(FIRST, "published", "A. Person")]


def test_an_embargo_ends_at_its_second(place: str):
    pointer.wait(place, SECOND, NOON)
    known = pointer.pointer(place)
    assert [known.at(moment) for moment in (SECOND_BEFORE, NOON)] == [FIRST, SECOND]
    # Another zone, the same moment.
    assert (Path(place) / "next").read_text() == f"{FIRST} {SECOND} 2026-12-01T12:00:00Z\n"


def test_an_embargo_counts_only_after_the_snapshot_that_it_follows(place: str):
    pointer.wait(place, SECOND, NOON)
    left = (Path(place) / "next").read_bytes()
    pointer.turn(place, THIRD)
    assert not (Path(place) / "next").exists()
    # As if the build had been killed between the two files.
    (Path(place) / "next").write_bytes(left)
    assert pointer.pointer(place).at(NOON) == THIRD


def test_what_is_shown_after_an_embargo_becomes_the_current_one(place: str):
    pointer.wait(place, SECOND, NOON)
    pointer.settle(place, SECOND_BEFORE)
    assert pointer.pointer(place).current == FIRST
    pointer.settle(place, NOON)
    assert pointer.pointer(place) == (SECOND, None)
    pointer.wait(place, THIRD, NOON)
    pointer.cancel(place)
    assert pointer.pointer(place) == (SECOND, None)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"1 2", b"111111111111 ../x 2026-12-01T12:00:00Z", b"111111111111 2 tomorrow", b"1 2 3 4"],
)
def test_a_damaged_file_about_an_embargo_counts_as_none(place: str, content: bytes):
    (Path(place) / "next").write_bytes(content)
    assert pointer.pointer(place) == (FIRST, None)


@pytest.mark.parametrize("content", [b"", b"\n", b"../x", b"a b", b"\xff\0"])
def test_a_pointer_without_an_id_is_refused(place: str, content: bytes):
    (Path(place) / "current").write_bytes(content)
    with pytest.raises(ValueError, match="current has no id"):
        pointer.pointer(place)


def test_a_withdrawal_is_in_the_history_until_the_snapshot_is_published_again(place: str):
    pointer.turn(place, SECOND)
    pointer.turn(place, FIRST, "A.\tPerson\n", withdrawn=SECOND)
    assert pointer.withdrawn_ids(pointer.history(place)) == {SECOND}
    assert pointer.history(place)[-1].by == "A. Person"
    pointer.turn(place, SECOND)
    assert pointer.withdrawn_ids(pointer.history(place)) == set()
