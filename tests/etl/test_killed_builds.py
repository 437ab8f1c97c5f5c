"""A build that is killed at any moment leaves a whole snapshot, and identical files give one id anywhere."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data.snapshot import Snapshot
from etl.checking import published
from tests.etl.samples import glotip_row
from tests.etl.test_pipeline import OCTOBER, ROOT, sample

KILLS = 20
# Sets the numbers of records of the small samples in a process of its own.
SHORT = (
    "import sys; from etl import source_declaration; from etl.__main__ import main;"
    "from tests.etl.declared import SHORT, with_records;"
    "known = with_records(SHORT); source_declaration._declarations = lambda folder: known; sys.exit(main(sys.argv[1:]))"
)


def command(mirror: Path, home: Path, *more: str) -> list[str]:
    return [
        sys.executable,
        "-c",
        SHORT,
        "build",
        "--mirror",
        str(mirror),
        "--snapshot",
        str(home),
        "--accept",
        "a sample changes",
        "--by",
        "A. Person",
        *more,
    ]


def run(mirror: Path, home: Path, **environment: str) -> str:
    """The id of a build in a process of its own."""
    settings = {**os.environ, **environment}
    subprocess.run(command(mirror, home), cwd=ROOT, env=settings, check=True, capture_output=True)
    return Snapshot.open(str(home)).id


@pytest.fixture
def mirrors(tmp_path: Path) -> list[Path]:
    """Two folders of files whose snapshots differ."""
    return [
        sample(tmp_path / "first" / "mirror"),
        sample(tmp_path / "second" / "mirror", october=[*OCTOBER[1:], glotip_row("MEX", 2021, "42")]),
    ]


@pytest.mark.long
def test_a_build_killed_at_any_moment_leaves_a_whole_snapshot(tmp_path, mirrors):
    home = tmp_path / "snapshots"
    begun = time.monotonic()
    ids = [run(mirror, home) for mirror in mirrors]
    longest = (time.monotonic() - begun) / 2
    assert len(set(ids)) == 2
    moments, cut = random.Random(20181210), 0  # noqa: S311 - not for secrets
    for turn in range(4 * KILLS):
        started = time.monotonic()
        process = subprocess.Popen(
            command(mirrors[turn % 2], home), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        # Most of the time goes into reading files; half of the kills fall where the tables are written.
        least = longest * 0.7 if turn % 2 else 0.0
        try:
            process.wait(moments.uniform(least, longest))
            # The build ended before it was killed: builds take less time than expected.
            longest = min(longest, time.monotonic() - started)
        except subprocess.TimeoutExpired:
            cut += 1
        process.kill()
        process.wait(20)
        snapshot = Snapshot.open(str(home))
        assert snapshot.id in ids
        assert [result for result in published.run(str(home)) if not result.passed] == []
        if cut == KILLS:
            break
    assert cut == KILLS


SETTINGS = {
    "one thread": {"POLARS_MAX_THREADS": "1", "PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Tokyo"},
    "two threads": {"POLARS_MAX_THREADS": "2", "PYTHONHASHSEED": "2", "LC_ALL": "tr_TR.UTF-8", "TZ": "America/Lima"},
    "as it is": {"PYTHONHASHSEED": "3"},
}


@pytest.mark.long
def test_the_same_files_give_the_same_id_on_any_machine(tmp_path, mirrors):
    ids = {name: run(mirrors[0], tmp_path / name, **settings) for name, settings in SETTINGS.items()}
    assert len(set(ids.values())) == 1
    # Files in another folder, in another order of writing, under the same names.
    moved = tmp_path / "moved"
    for path in sorted(mirrors[0].rglob("*"), reverse=True):
        if path.is_file():
            (moved / path.relative_to(mirrors[0])).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, moved / path.relative_to(mirrors[0]))
    assert run(moved, tmp_path / "again") == ids["as it is"]


@pytest.mark.long
@pytest.mark.real
def test_the_real_files_give_the_same_id_under_other_settings(mirror, tmp_path, real_snapshot):
    for name, settings in list(SETTINGS.items())[:2]:
        arguments = [sys.executable, "-m", "etl", "build", "--mirror", str(mirror), "--snapshot", str(tmp_path / name)]
        done = subprocess.run(arguments, cwd=ROOT, env={**os.environ, **settings}, check=False, capture_output=True)
        assert done.returncode in {0, 2}
        assert Snapshot.open(str(tmp_path / name)).id == real_snapshot.id
