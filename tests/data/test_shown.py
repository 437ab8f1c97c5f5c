"""A process that follows its place: new snapshots are shown whole or not at all, and a run reads one of them."""

import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path

import pytest

from data import pointer, shown, verified
from data.place import HERE
from data.pointer import POINTER
from data.shown import Shown
from data.snapshot import SnapshotError
from tests.data.damages import DAMAGES, EARLIER, flip, halve, make_place
from tests.sealing import seal

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verified, "PAUSE", 0)
    monkeypatch.setattr(shown, "FRESH", 0)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two snapshots, of which the one without Brazil is current."""
    make_place(tmp_path)
    pointer.turn(str(tmp_path), EARLIER)
    return tmp_path


@pytest.fixture
def name() -> str:
    return (HERE / POINTER).read_text().strip()


def test_a_new_snapshot_takes_the_place_of_the_one_before(home: Path, name: str):
    one = Shown(str(home))
    one.check()
    assert (one.current.id, one.state().changes, one.state().error) == (EARLIER, 0, "")
    pointer.turn(str(home), name)
    warmed: list[str] = []
    # Nobody sees it before it is ready.
    one.check(lambda new: warmed.append(f"{new.id} while {one.current.id}"))
    assert warmed == [f"{name} while {EARLIER}"]
    assert (one.current.id, one.state().id, one.state().changes) == (name, name, 1)


def test_while_a_new_snapshot_is_prepared_who_asks_for_it_does_not_wait(home: Path, name: str):
    one, found = Shown(str(home)), []

    def warm(_new: object) -> None:
        asking = threading.Thread(target=lambda: found.append(one.named(name)), daemon=True)
        asking.start()
        asking.join(30)
        found.append(one.current.id)

    pointer.turn(str(home), name)
    one.check(warm)
    assert [getattr(each, "id", each) for each in found] == [name, EARLIER]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_new_snapshot_changes_nothing_but_the_alarm(
    home: Path, name: str, damage: str, caplog: pytest.LogCaptureFixture
):
    one = Shown(str(home))
    pointer.turn(str(home), name)
    DAMAGES[damage].do(home, name)
    for _ in range(3):
        one.check()
    assert one.current.id == EARLIER
    state = one.state()
    assert (state.id, state.failures, state.changes) == (EARLIER, 3, 0)
    assert state.error == str(DAMAGES[damage].fault(name))
    # One line, not one a minute.
    assert [EARLIER in line for line in caplog.messages] == [True]


def test_after_the_damage_is_mended_the_new_snapshot_is_shown(home: Path, name: str):
    one = Shown(str(home))
    pointer.turn(str(home), name)
    flip(home / name / "flows.parquet", 5000)
    one.check()
    flip(home / name / "flows.parquet", 5000)
    one.check()
    assert (one.current.id, one.state().error, one.state().failures) == (name, "", 1)


def test_a_place_that_is_gone_changes_nothing_but_the_alarm(home: Path):
    one = Shown(str(home))
    shutil.move(home, home.with_name("away"))
    one.check()
    assert (one.current.id, one.state().error) == (EARLIER, "the file current is missing")
    shutil.move(home.with_name("away"), home)
    one.check()
    assert one.state().error == ""


def test_whatever_goes_wrong_while_a_snapshot_is_prepared_the_one_before_is_shown(home: Path, name: str):
    one = Shown(str(home))
    pointer.turn(str(home), name)

    def warm(_new: object) -> None:
        raise MemoryError("no memory is left")

    one.check(warm)
    assert (one.current.id, one.state().error) == (EARLIER, "MemoryError: no memory is left")
    one.check()
    assert one.current.id == name


def test_a_start_from_an_earlier_snapshot_ends_when_the_current_one_is_whole(home: Path, name: str):
    pointer.turn(str(home), name)
    whole = (home / name / "roles.parquet").read_bytes()
    halve(home / name / "roles.parquet")
    one = Shown(str(home))
    assert (one.current.id, one.state().fallback) == (EARLIER, True)
    (home / name / "roles.parquet").write_bytes(whole)
    one.check()
    assert (one.current.id, one.state().fallback) == (name, False)


def test_another_account_of_the_same_rows_is_shown_too(home: Path):
    one = Shown(str(home))
    seal(home / EARLIER, id=EARLIER, created="2026-02-02T00:00:00Z")
    one.check()
    assert one.current.manifest["created"] == "2026-02-02T00:00:00Z"
    one.check()
    assert one.state().changes == 1


def test_a_run_reads_one_snapshot_from_start_to_end(home: Path, name: str, monkeypatch: pytest.MonkeyPatch):
    one = Shown(str(home))
    monkeypatch.setattr(shown, "shown", lambda: one)
    read: list[str] = []

    def run() -> None:
        shown.begin()
        read.append(shown.opened().id)
        pointer.turn(str(home), name)
        one.check()
        read.append(shown.opened().id)
        # The next run in the same thread.
        shown.begin()
        read.append(shown.opened().id)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    assert read == [EARLIER, EARLIER, name]
    with shown.reading(one.named(EARLIER)):
        assert shown.opened().id == EARLIER
    assert shown.opened().id == name


def test_the_current_and_earlier_snapshots_answer_by_their_ids(home: Path, name: str):
    one = Shown(str(home))
    # Another process has noticed the new snapshot first.
    pointer.turn(str(home), name)
    assert one.named(name).id == one.current.id == name
    assert one.named(EARLIER).id == EARLIER
    # One that has never shown the earlier one reads it.
    assert Shown(str(home)).named(EARLIER).id == EARLIER
    for wrong in ("0" * 11, "../" + name, "", "current", "history"):
        assert one.named(wrong) is None


def test_a_damaged_earlier_snapshot_is_not_answered(home: Path, name: str):
    pointer.turn(str(home), name)
    flip(home / EARLIER / "flows.parquet", 5000)
    assert Shown(str(home)).named(EARLIER) is None


def test_strange_ids_do_not_make_the_place_busy(home: Path, monkeypatch: pytest.MonkeyPatch):
    one = Shown(str(home))
    monkeypatch.setattr(shown, "FRESH", 60)
    looks: list[str] = []
    monkeypatch.setattr(shown, "names", lambda place: looks.append(place) or [])
    for number in range(1, 51):
        assert one.named(f"{number:012}") is None
    assert looks == [one.place]


class Clock:
    """A clock that a test sets."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def waiting(home: Path, name: str) -> tuple[Shown, Clock]:
    """A process before noon, when the snapshot with Brazil is to be shown."""
    clock = Clock(NOON - timedelta(seconds=1))
    seal(home / name, not_before="2026-12-01T12:00:00Z")
    pointer.wait(str(home), name, NOON)
    one = Shown(str(home), clock)
    one.check()
    return one, clock


def test_an_embargo_ends_at_its_second_without_another_look_at_the_place(
    waiting: tuple[Shown, Clock], home: Path, name: str
):
    one, clock = waiting
    assert (one.state().waiting, one.state().turns) == (name, NOON)
    one.turn()
    assert one.current.id == EARLIER
    # The place is gone; the snapshot was read ahead.
    shutil.rmtree(home)
    clock.at = NOON
    one.turn()
    assert (one.current.id, one.state().waiting) == (name, "")


def test_a_clock_that_is_set_back_takes_nothing_back(waiting: tuple[Shown, Clock], name: str):
    one, clock = waiting
    clock.at = NOON
    one.turn()
    clock.at = NOON - timedelta(days=400)
    one.check()
    one.turn()
    assert (one.current.id, one.state().error) == (name, "")
    # What is published under such a clock is shown.
    pointer.turn(one.place, EARLIER)
    one.check()
    assert one.current.id == EARLIER


def test_before_the_end_of_its_embargo_nobody_gets_it_by_its_id(home: Path, name: str):
    # On the clock of this machine: the address of a figure is answered by `named`.
    far = datetime.now(UTC) + timedelta(days=1)
    seal(home / name, not_before=pointer.timestamp(far))
    pointer.wait(str(home), name, far)
    one = Shown(str(home))
    one.check()
    assert one.state().waiting == name
    assert one.named(name) is None


def test_a_cancelled_embargo_is_forgotten(waiting: tuple[Shown, Clock], home: Path):
    one, clock = waiting
    pointer.cancel(str(home))
    one.check()
    clock.at = NOON + timedelta(days=1)
    one.turn()
    assert (one.current.id, one.state().waiting) == (EARLIER, "")


def test_a_thread_follows_the_place_until_it_is_stopped(home: Path, name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ATALAYA_POLL", "0.02")
    one, stop, seen = Shown(str(home)), threading.Event(), threading.Event()
    monkeypatch.setattr(one, "_show", followed(one._show, seen))
    thread = threading.Thread(target=one.follow, args=(None, stop))
    thread.start()
    pointer.turn(str(home), name)
    try:
        assert seen.wait(60)
        assert one.current.id == name
    finally:
        stop.set()
        thread.join(60)
    assert not thread.is_alive()


def followed(function: Callable[..., object], done: threading.Event) -> Callable[..., None]:
    def call(*arguments: object) -> None:
        with suppress(Exception):
            function(*arguments)
        done.set()

    return call


@pytest.mark.parametrize("value", ["0", "-1", "soon", "nan", "inf"])
def test_a_wrong_interval_is_refused_in_one_line(value: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ATALAYA_POLL", value)
    with pytest.raises(SnapshotError, match=r"ATALAYA_POLL is .*; give the seconds"):
        shown.interval()


def test_an_id_that_is_unknown_stays_unknown_for_a_while(home: Path, name: str, monkeypatch: pytest.MonkeyPatch):
    one, looks = Shown(str(home)), []
    listed = shown.names
    monkeypatch.setattr(shown, "names", lambda place: looks.append(place) or listed(place))
    for _ in range(10):
        assert one.named("a" * 12) is None
    assert looks == [one.place]
    monkeypatch.setattr(shown, "UNKNOWN", 0.0)
    assert one.named("b" * 12) is None
    assert one.named("b" * 12) is None
    assert len(looks) == 3
    # Whatever was said before, what is shown is known.
    one._unknown[name] = one._unknown[EARLIER] = inf
    pointer.turn(str(home), name)
    one.check()
    assert one.named(name).id == name
    assert one.named(EARLIER).id == EARLIER


def test_of_a_place_that_cannot_be_read_no_id_is_called_unknown(home: Path, name: str, monkeypatch: pytest.MonkeyPatch):
    one, listed, gone = Shown(str(home)), shown.names, [True]

    def names(place):
        if gone[0]:
            raise OSError
        return listed(place)

    monkeypatch.setattr(shown, "names", names)
    assert one.named(name) is None
    gone[0] = False
    assert one.named(name).id == name


def test_readers_do_not_queue_up_for_a_place_that_answers_late(home: Path, monkeypatch: pytest.MonkeyPatch):
    one = Shown(str(home))
    monkeypatch.setattr(shown, "PATIENCE", 0.01)
    monkeypatch.setattr(one, "check", lambda: pytest.fail("the place is looked at twice at once"))
    with one._opening:
        assert one.named("f" * 12) is None
        assert one.named(EARLIER).id == EARLIER
