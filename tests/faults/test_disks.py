"""Full and read-only file systems (real ones: small `tmpfs` mounts, which root may make); a clock that is set back."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data import pointer, verified
from data.place import HERE
from data.pointer import POINTER
from tests.data.damages import EARLIER, make_place
from tests.etl.samples import glotip_row
from tests.etl.test_killed_builds import SHORT
from tests.etl.test_pipeline import OCTOBER, sample
from tests.faults.processes import LEAN, ROOT, make_home, served, until

pytestmark = pytest.mark.long
CURRENT = (HERE / POINTER).read_text().strip()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mounts a file system of some size in memory, and unmounts it at the end."""
    mounted: list[Path] = []

    def mount(size: str) -> Path:
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        if subprocess.run(words, check=False, capture_output=True).returncode:
            pytest.skip("only root may mount a small disk")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def build(mirror: Path, home: Path) -> tuple[int, str]:
    """Exit status and messages of a build from a mirror of small samples."""
    words = ["build", "--mirror", str(mirror), "--snapshot", str(home), "--accept", "a sample", "--by", "A. Person"]
    done = subprocess.run(
        [sys.executable, "-c", SHORT, *words],
        cwd=ROOT,
        env=os.environ | LEAN,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    return done.returncode, done.stderr


def mirrors(tmp_path: Path) -> tuple[Path, Path]:
    return (
        sample(tmp_path / "first", october=[*OCTOBER, glotip_row("ESP", 2021, "90")]),
        sample(tmp_path / "second", october=[*OCTOBER, glotip_row("MEX", 2022, "90")]),
    )


def fill(folder: Path, left: int) -> None:
    """Fill a disk but for some bytes."""
    free = shutil.disk_usage(folder).free
    (folder / "filler").write_bytes(bytes(max(0, free - left)))


@pytest.mark.parametrize("left", [0, 4096, 40_960])
def test_a_full_disk_leaves_the_published_snapshot(disk: Callable[..., Path], tmp_path: Path, left: int):
    home = disk("8m") / "place"
    first, second = mirrors(tmp_path)
    assert build(first, home)[0] == 0
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    name = pointer.pointer(str(home)).current
    fill(home.parent, left)
    status, text = build(second, home)
    errors = [line for line in text.splitlines() if line.startswith("error: ")]
    assert (status, len(errors), "Traceback" in text) == (1, 1, False), text
    assert pointer.pointer(str(home)).current == name
    assert verified.verified(str(home), name).id == name
    # `held.md`, the page of the build, may be new.
    after = {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and path.suffix != ".md"}
    assert after == {path: content for path, content in before.items() if path.suffix != ".md"}
    (home.parent / "filler").unlink()
    assert build(second, home)[0] == 0
    assert pointer.pointer(str(home)).current != name


def test_a_full_disk_while_a_snapshot_is_fetched_is_no_reason_to_stop(disk: Callable[..., Path], tmp_path: Path):
    place = tmp_path / "place"
    name = make_home(place)
    cache = disk("256k")
    with served(place.as_uri(), tmp_path / "log", ATALAYA_CACHE=str(cache)) as server:
        assert server.ready()["snapshot"] == name
        pointer.turn(str(place), EARLIER)
        until(lambda: server.ready()["snapshot"] == EARLIER)
        assert server.ready()["problem"] is None
        assert server.get("/api/v1/observations.csv")[0] == 200
    log = (tmp_path / "log").read_text()
    assert f"snapshot {name} is shown, but no copy of it can be kept in {cache}" in log
    assert "Traceback" not in log
    # Nothing half is left in the way of what else is on the disk.
    assert list(cache.rglob("*.parquet")) == []


def test_a_read_only_place_is_served_and_not_built_in(disk: Callable[..., Path], tmp_path: Path):
    home = disk("16m") / "place"
    mirror, _ = mirrors(tmp_path)
    home.mkdir()
    make_place(home)
    subprocess.run(["mount", "-o", "remount,ro", str(home.parent)], check=True)
    with served(str(home), tmp_path / "log") as server:
        assert (server.ready()["snapshot"], server.ready()["problem"]) == (CURRENT, None)
    assert (tmp_path / "log").read_text() == ""
    status, text = build(mirror, home)
    assert (status, text.count("error: "), "Traceback" in text) == (1, 1, False), text
    words = ["snapshots", "rollback", EARLIER, "--by", "A. Person", "--snapshot", str(home)]
    done = subprocess.run([sys.executable, "-m", "etl", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stderr.splitlines()), "Traceback" in done.stderr) == (1, 1, False), done.stderr


def test_a_clock_that_is_set_back_is_no_reason_not_to_start(tmp_path: Path):
    libraries = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    if not libraries:
        pytest.skip("faketime is missing: apt-get install faketime")
    home = tmp_path / "place"
    name = make_home(home)
    # How a process with such a clock follows its place is in tests/data/test_shown.py: the library disturbs waiting.
    clock = {"LD_PRELOAD": str(libraries[0]), "FAKETIME": "-400d", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    with served(str(home), tmp_path / "log", **clock) as server:
        ready = server.ready()
        assert (ready["ready"], ready["snapshot"], ready["problem"]) == (True, name, None)
        assert ready["age_days"] < 0
        assert server.get("/region?lang=en")[0] == 200
