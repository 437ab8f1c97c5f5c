"""Snapshots in an object store: SeaweedFS, its loss, its damage, and builds into it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import copies, pointer
from data.place import files, names, read, write
from data.pointer import POINTER
from data.snapshot import MANIFEST
from etl.signing import SigningPlace, SigningRoles, keys, make_key
from etl.verifying import verify
from tests import threads
from tests.data.damages import EARLIER
from tests.etl.samples import glotip_row
from tests.etl.test_killed_builds import SHORT
from tests.etl.test_pipeline import OCTOBER, sample
from tests.faults.processes import LEAN, ROOT, ended, make_home, s3, served, until
from tests.load.clients import got
from tests.load.crowd import Crowd, crowd
from tests.load.readers import Waits, late, probed, spread

pytestmark = pytest.mark.long
PLACE = "s3://atalaya/snapshots"
# Of a table, one that every page of a state needs.
TABLE = "observations.parquet"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[bytes]]:
    """An S3 server for this process and those that it starts; a cache of their own."""
    with s3(tmp_path) as (process, settings):
        for name, value in {**settings, "ATALAYA_CACHE": str(tmp_path / "cache")}.items():
            monkeypatch.setenv(name, value)
        yield process


@pytest.fixture
def name(store: subprocess.Popen[bytes], tmp_path: Path) -> str:  # noqa: ARG001 - it has to run
    """The id of the current snapshot of the store, which has the one without Brazil too."""
    return filled(tmp_path / "place")


def filled(folder: Path) -> str:
    """Put two snapshots into the store, by way of a folder; the id of the current one."""
    found = make_home(folder)
    for file in files(str(folder)):
        if "/read/" not in file:
            write(f"{PLACE}/{file}", (folder / file).read_bytes())
    return found


@pytest.mark.usefixtures("store")
def test_files_are_written_listed_and_read_back():
    content = os.urandom(3_000_000)
    write(f"{PLACE}/abc/a.parquet", content)
    write(f"{PLACE}/abc/read/b.parquet", b"b")
    write(f"{PLACE}/current", b"abc\n")
    assert read(f"{PLACE}/abc/a.parquet") == content
    assert sorted(names(PLACE)) == ["abc", "current"]
    assert files(f"{PLACE}/abc") == ["a.parquet", "read/b.parquet"]
    with pytest.raises(FileNotFoundError):
        read(f"{PLACE}/nothing")


@pytest.mark.usefixtures("store")
def test_a_server_copies_checks_and_follows_a_store(name: str, tmp_path: Path):
    with served(PLACE, tmp_path / "log") as server:
        assert server.ready()["snapshot"] == name
        copy = Path(copies.folder(PLACE))
        assert {path.name for path in (copy / name).iterdir()} == set(files(f"{PLACE}/{name}")) - {"build.md"}
        pointer.turn(PLACE, EARLIER)
        until(lambda: server.ready()["snapshot"] == EARLIER)
        # A bit of the next one flips on its way.
        damaged = bytearray(read(f"{PLACE}/{name}/{TABLE}"))
        damaged[5000] ^= 1
        write(f"{PLACE}/{name}/{TABLE}", bytes(damaged))
        for file in (copy / name).iterdir():
            file.unlink()
        pointer.turn(PLACE, name)
        until(lambda: server.ready()["problem"] == f"the file {name}/{TABLE} is damaged")
        assert server.ready()["snapshot"] == EARLIER
        damaged[5000] ^= 1
        write(f"{PLACE}/{name}/{TABLE}", bytes(damaged))
        until(lambda: server.ready()["snapshot"] == name)
        assert server.ready()["problem"] is None


def test_a_store_that_is_lost_in_the_middle_changes_nothing_but_the_alarm(
    store: subprocess.Popen[bytes], name: str, tmp_path: Path
):
    with served(PLACE, tmp_path / "log") as server:
        store.kill()
        store.wait(30)
        until(lambda: server.ready()["problem"] == "the file current is unreadable", 120)
        assert server.ready()["snapshot"] == name
        assert server.get("/api/v1/observations.csv")[0] == 200
        assert server.get("/region?lang=en")[0] == 200
    # Started again without its store, from the copies on this machine.
    with served(PLACE, tmp_path / "log") as server:
        ready = server.ready()
        assert (ready["snapshot"], ready["fallback"]) == (name, True)
        assert ready["problem"] == "the file current is unreadable"


async def _documents(port: int, asking: Crowd, waits: Waits) -> None:
    """Fetch a document again and again, beside those who ask for snapshots."""
    asking.begin()
    await probed(lambda: got(port, "/en/region"), asking.over, waits)


@pytest.mark.usefixtures("name")
def test_while_a_store_hangs_readers_do_not_wait_for_who_asks_for_unknown_snapshots(
    store: subprocess.Popen[bytes], tmp_path: Path
):
    """Sixty connections ask for snapshots that there are not, of a store that answers and of one that does not."""
    waits, answers = [Waits(), Waits()], []
    with served(PLACE, tmp_path / "log") as server:
        threads.run(got(server.port, "/en/region"))
        try:
            for seen in waits:
                with crowd("unknown", port=server.port, connections=60, seconds=10) as asking:
                    threads.run(_documents(server.port, asking, seen))
                    answers.append(asking.answers()["statuses"])
                # It accepts connections from now on, and does not answer.
                store.send_signal(signal.SIGSTOP)
        finally:
            store.send_signal(signal.SIGCONT)
    with_answers, without = (seen.between() for seen in waits)
    sys.stdout.write(f"\na store that answers: {spread(with_answers)}; one that hangs: {spread(without)}; {answers}\n")
    assert [seen.failed for seen in waits] == [[], []]
    assert [set(one) for one in answers] == [{"404"}, {"404"}]
    assert late(without) < 3 * late(with_answers)


def test_without_store_and_copy_a_server_ends_with_one_line(store: subprocess.Popen[bytes], tmp_path: Path):
    store.kill()
    store.wait(30)
    status, line = ended(PLACE, ATALAYA_CACHE=str(tmp_path / "nothing"))
    assert (status, line.count("\n")) == (1, 1), line
    assert line.startswith(f"atalaya: no whole snapshot in {PLACE} (the file current is unreadable)")


@pytest.mark.usefixtures("store")
def test_an_empty_store_ends_with_one_line():
    status, line = ended(PLACE)
    assert (status, line.count("\n")) == (1, 1), line
    assert line.startswith(f"atalaya: no whole snapshot in {PLACE} (the file current is missing)")


def etl(*words: str) -> tuple[int, str]:
    """Exit status and messages of a command of the ETL, with the counts of the small samples."""
    accepted = ("--accept", "a sample") if words[0] == "build" else ()
    command = [sys.executable, "-c", SHORT, *words, *accepted]
    environment = {name: value for name, value in os.environ.items() if name != "ATALAYA_MIRROR"} | LEAN
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=180)
    return done.returncode, done.stderr + done.stdout


def test_builds_publish_into_the_store_and_go_back_in_it(
    store: subprocess.Popen[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ATALAYA_SNAPSHOT", PLACE)
    first = sample(tmp_path / "first", october=[*OCTOBER, glotip_row("ESP", 2021, "90")])
    second = sample(tmp_path / "second", october=[*OCTOBER, glotip_row("MEX", 2022, "90")])
    ids = []
    for mirror in (first, second):
        status, text = etl("build", "--mirror", str(mirror), "--by", "A. Person")
        assert status == 0, text
        ids.append(read(f"{PLACE}/{POINTER}").decode().strip())
        assert "build.md" in files(f"{PLACE}/{ids[-1]}")
    assert len(set(ids)) == 2
    status, text = etl("check")
    assert (status, "FAIL" in text) == (0, False), text
    status, text = etl("snapshots", "rollback", ids[0], "--by", "B. Person")
    assert status == 0, text
    assert pointer.pointer(PLACE).current == ids[0]
    status, text = etl("snapshots", "list")
    assert "withdrawn" in text
    # Under embargo, and from another machine: an empty folder to work in.
    monkeypatch.setenv("ATALAYA_CACHE", str(tmp_path / "another"))
    status, text = etl("build", "--mirror", str(second), "--by", "A. Person", "--not-before", "2999-01-01T00:00:00Z")
    assert status == 0, text
    assert pointer.pointer(PLACE) == (ids[0], pointer.Waiting(ids[0], ids[1], pointer.pointer(PLACE).waiting.at))
    status, text = etl("build", "--mirror", str(first), "--by", "A. Person")
    assert (status, "waits until 2999-01-01T00:00:00Z" in text) == (1, True), text
    store.kill()
    store.wait(30)
    status, text = etl("build", "--mirror", str(first), "--by", "A. Person")
    assert (status, text.count("error: ")) == (1, 1), text


def test_with_a_stolen_key_of_a_store_nothing_unsigned_is_shown_also_after_its_loss(
    store: subprocess.Popen[bytes], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    key, root = tmp_path / "key", tmp_path / "root.json"
    roles = SigningRoles([make_key(key, "")], tmp_path / "key.pub")
    SigningPlace(PLACE, b"", keys([str(key)], "")).appoint(roles)
    root.write_bytes(read(f"{PLACE}/metadata/1.root.json"))
    pointer.turn(PLACE, EARLIER)
    SigningPlace(PLACE, root.read_bytes(), keys([str(key)], "")).publish(EARLIER, read(f"{PLACE}/{EARLIER}/{MANIFEST}"))
    assert verify(PLACE, root.read_bytes()).whole
    monkeypatch.setenv("ATALAYA_TRUST", str(root))
    with served(PLACE, tmp_path / "log") as server:
        assert (server.ready()["snapshot"], server.ready()["problem"]) == (EARLIER, None)
        pointer.turn(PLACE, name)
        until(lambda: server.ready()["problem"] == "the file current is not signed")
        assert server.ready()["snapshot"] == EARLIER
    store.kill()
    store.wait(30)
    with served(PLACE, tmp_path / "log") as server:
        ready = server.ready()
        assert (ready["snapshot"], ready["fallback"]) == (EARLIER, True)
        assert ready["problem"] == "the file metadata/timestamp.json is unreadable"
