"""The commands on published snapshots: list, rollback, cancel; embargo and two names, from the command line."""

import json
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import pointer
from data.place import HERE
from data.pointer import POINTER
from data.snapshot import Snapshot
from data.verified import open_whole
from etl.__main__ import FAILED, OK, main
from etl.approval import TWO_NAMES
from etl.errors import PublishError
from etl.lock import locked
from etl.snapshots import kept, seed
from tests.data.damages import EARLIER, flip, make_place
from tests.etl.samples import glotip_row
from tests.etl.test_pipeline import OCTOBER, sample
from tests.sealing import seal

# Seconds that a way back may take.
LIMIT = 60
NEW = glotip_row("MEX", 2022, "4,100")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A place whose current snapshot is the one without Brazil."""
    make_place(tmp_path)
    for name in ((HERE / POINTER).read_text().strip(), EARLIER):
        pointer.turn(str(tmp_path), name, "A. Person")
    return tmp_path


@pytest.fixture
def name() -> str:
    return (HERE / POINTER).read_text().strip()


def run(*words: str) -> int:
    return main(list(words))


def line(capsys: pytest.CaptureFixture[str]) -> str:
    # The display of progress leaves a blank line.
    (only,) = filter(None, capsys.readouterr().err.splitlines())
    return only


def test_an_empty_place_gets_the_snapshot_of_the_repository_and_one_with_a_snapshot_stays(tmp_path: Path, name, capsys):
    place = tmp_path / "new" / "place"
    assert run("snapshots", "seed", "--snapshot", str(place)) == OK
    assert line(capsys) == f"snapshot {name} is published in {place}"
    assert open_whole(str(place)).manifest["id"] == name
    assert kept(str(place))[0][:1] == (name,)
    written = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    assert {path.relative_to(place): content for path, content in written.items() if path.parent != place} == {
        path.relative_to(HERE): path.read_bytes() for path in (HERE / name).rglob("*") if path.is_file()
    }
    assert run("snapshots", "seed", "--snapshot", str(place)) == OK
    assert line(capsys) == f"{place} has a snapshot; nothing was published"
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == written


def test_a_damaged_snapshot_of_the_repository_is_published_nowhere(home: Path, tmp_path: Path):
    flip(home / EARLIER / "observations.parquet", 100)
    with pytest.raises(PublishError, match=r"observations\.parquet.*nothing was published"):
        seed(str(tmp_path / "new"), home)
    assert not (tmp_path / "new").exists()


def test_the_snapshots_of_a_place_are_listed_with_their_state(home: Path, name: str, capsys):
    rows = kept(str(home))
    assert [(row.id, row.state, row.by) for row in rows] == [
        (EARLIER, "current", "A. Person"),
        (name, "earlier", "A. Person"),
    ]
    assert rows[0].built == "2026-01-02"
    assert run("snapshots", "list", "--snapshot", str(home)) == OK
    listed = capsys.readouterr().out
    assert EARLIER in listed
    assert name in listed


def test_the_way_back_is_short_and_written_down(home: Path, name: str, capsys):
    begun = time.monotonic()
    assert run("snapshots", "rollback", name, "--by", "B. Person", "--snapshot", str(home)) == OK
    assert open_whole(str(home)).id == name
    assert time.monotonic() - begun < LIMIT
    assert f"snapshot {name} is shown again instead of {EARLIER}" in line(capsys)
    assert (home / POINTER).read_text() == f"{name}\n"
    assert [(row.id, row.state, row.by) for row in kept(str(home))] == [
        (name, "current", "B. Person"),
        (EARLIER, "withdrawn", "B. Person"),
    ]


def test_nothing_damaged_is_gone_back_to(home: Path, name: str, capsys):
    flip(home / name / "flows.parquet", 5000)
    assert run("snapshots", "rollback", name, "--by", "B. Person", "--snapshot", str(home)) == FAILED
    assert f"the file {name}/flows.parquet is damaged; snapshot {EARLIER} is still the current one" in line(capsys)
    assert (home / POINTER).read_text() == f"{EARLIER}\n"


@pytest.mark.parametrize(
    ("wanted", "problem"), [("f" * 12, "there is no snapshot 'ffffffffffff'"), (EARLIER, "is the current one already")]
)
def test_an_id_that_cannot_be_gone_back_to_is_refused_in_one_line(home: Path, wanted: str, problem: str, capsys):
    assert run("snapshots", "rollback", wanted, "--by", "B. Person", "--snapshot", str(home)) == FAILED
    assert problem in line(capsys)


def test_there_is_no_way_back_during_a_build(home: Path, name: str, capsys):
    with locked([home]):
        assert run("snapshots", "rollback", name, "--by", "B. Person", "--snapshot", str(home)) == FAILED
    assert "another build is running" in line(capsys)


def test_a_snapshot_under_embargo_is_neither_gone_back_to_nor_forgotten_by_accident(home: Path, name: str, capsys):
    far = datetime.now(UTC) + timedelta(days=1)
    seal(home / name, not_before=pointer.timestamp(far))
    pointer.wait(str(home), name, far, "A. Person")
    assert kept(str(home))[1].state == f"waits until {pointer.timestamp(far)}"
    assert run("snapshots", "rollback", name, "--by", "B. Person", "--snapshot", str(home)) == FAILED
    assert "is under embargo" in line(capsys)
    assert run("snapshots", "cancel", "--snapshot", str(home)) == OK
    assert line(capsys) == f"snapshot {name} no longer waits"
    assert run("snapshots", "cancel", "--snapshot", str(home)) == FAILED
    assert "no snapshot waits" in line(capsys)


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[str]]:
    """A published sample, and the command that builds from files with one more figure."""
    monkeypatch.delenv("ATALAYA_MIRROR", raising=False)
    monkeypatch.delenv("ATALAYA_SNAPSHOT", raising=False)
    home = tmp_path / "snapshots"
    first = sample(tmp_path / "first", october=[*OCTOBER, glotip_row("ESP", 2021, "90")])
    second = sample(tmp_path / "second", october=[*OCTOBER, glotip_row("MEX", 2022, "90")])
    assert run("build", "--mirror", str(first), "--snapshot", str(home)) == OK
    return home, [
        "build",
        "--mirror",
        str(second),
        "--snapshot",
        str(home),
        "--accept",
        "a sample",
        "--by",
        "A. Person",
    ]


def test_a_build_under_embargo_is_shown_from_its_moment_on(built: tuple[Path, list[str]], capsys):
    home, command = built
    before = Snapshot.open(str(home)).id
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=2)
    assert run(*command, "--not-before", at.isoformat()) == OK
    assert f"it is shown from {pointer.timestamp(at)} on" in capsys.readouterr().err
    known = pointer.pointer(str(home))
    assert (known.current, Snapshot.open(str(home)).id) == (before, before)
    assert known.at(at - timedelta(seconds=1)) == before
    manifest = json.loads((home / known.at(at) / "datapackage.json").read_text())
    assert (manifest["id"], manifest["not_before"]) == (known.waiting.id, pointer.timestamp(at))
    # The next ordinary build would show its figures too early.
    assert run(*command) == FAILED
    assert f"snapshot {known.waiting.id} waits until {pointer.timestamp(at)}, nothing was published" in line(capsys)
    assert pointer.pointer(str(home)) == known


def test_a_build_without_anything_new_cannot_wait(built: tuple[Path, list[str]], capsys):
    home, command = built
    assert run(*command) == OK
    manifest = (home / Snapshot.open(str(home)).id / "datapackage.json").read_bytes()
    capsys.readouterr()
    assert run(*command, "--not-before", "2999-01-01T00:00:00Z") == FAILED
    assert "nothing was published: the published snapshot" in line(capsys)
    assert (home / Snapshot.open(str(home)).id / "datapackage.json").read_bytes() == manifest


def test_the_first_snapshot_of_a_place_cannot_wait(built: tuple[Path, list[str]], capsys):
    home, command = built
    shutil.rmtree(home)
    capsys.readouterr()
    assert run(*command, "--not-before", "2999-01-01T00:00:00Z") == FAILED
    assert "no snapshot is published that could be shown until then" in line(capsys)


@pytest.mark.parametrize(
    ("moment", "problem"),
    [
        ("tomorrow", "give a moment such as"),
        ("2999-01-01T00:00:00", "without a time zone"),
        ("2020-01-01T00:00:00Z", "which has passed"),
    ],
)
def test_a_moment_that_is_none_is_refused_in_one_line(built: tuple[Path, list[str]], moment: str, problem: str, capsys):
    capsys.readouterr()
    assert run(*built[1], "--not-before", moment) == FAILED
    assert problem in line(capsys)


def test_two_names_are_in_the_data_package_where_the_operator_wants_two(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.delenv("ATALAYA_MIRROR", raising=False)
    home = tmp_path / "snapshots"
    first = sample(tmp_path / "first", october=[*OCTOBER, glotip_row("ESP", 2021, "90")])
    second = sample(tmp_path / "second", october=[*OCTOBER, NEW])
    assert run("build", "--mirror", str(first), "--snapshot", str(home)) == OK
    monkeypatch.setenv(TWO_NAMES, "1")
    command = ["build", "--mirror", str(second), "--snapshot", str(home), "--accept", "the ministry confirmed it"]
    capsys.readouterr()
    assert run(*command, "--by", "A. Person") == FAILED
    assert "asks for two names" in line(capsys)
    assert run(*command, "--by", "A. Person", "--approved-by", "B. Person") == OK
    manifest = Snapshot.open(str(home)).manifest
    assert (manifest["accepted_by"], manifest["approved_by"]) == ("A. Person", "B. Person")
    assert "A. Person and B. Person accepted the others: the ministry confirmed it" in (
        (home / manifest["id"] / "build.md").read_text()
    )
