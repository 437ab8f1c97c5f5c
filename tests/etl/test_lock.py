"""Two builds never work in one folder, and a killed one does not block the next."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from etl.__main__ import FAILED, OK, main
from etl.errors import BusyError, FetchError
from etl.lock import HOLDER, locked
from tests.etl.test_pipeline import ROOT, build, sample

HOLD = (
    "import sys; from pathlib import Path; from etl.lock import locked\n"
    "with locked([Path(sys.argv[1])]): print(flush=True); input()"
)


def test_a_second_build_is_refused_in_one_line_that_names_the_first(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("ATALAYA_MIRROR", raising=False)
    folder, home = sample(tmp_path / "mirror"), tmp_path / "snapshots"
    arguments = ["build", "--mirror", str(folder), "--snapshot", str(home)]
    with locked([home]):
        assert main(arguments) == FAILED
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert f"another build is running in {home} (process {os.getpid()} since 20" in line
    assert "wait until it ends and build again" in line
    assert not (home / "current").exists()
    assert main(arguments) == OK


def test_one_build_at_a_time_downloads_and_a_build_from_a_mirror_needs_no_lock(tmp_path):
    folder = sample(tmp_path / "mirror")
    with locked([tmp_path / "raw"]):
        with pytest.raises(BusyError, match="raw"):
            build(folder, sources=("hti",))
        build(folder)


def test_a_process_that_is_killed_leaves_no_lock(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        with pytest.raises(BusyError, match=f"process {process.pid} since"), locked([tmp_path]):
            pass
        process.kill()
    with locked([tmp_path]):
        pass


@pytest.mark.parametrize("change", [lambda path: path.write_text(""), Path.unlink], ids=["empty", "missing"])
def test_a_build_that_has_not_yet_written_its_process_id_is_still_alone(tmp_path, change):
    with locked([tmp_path]):
        change(tmp_path / HOLDER)
        expected = r"is running in .* \(its process id is not known yet\); wait until it ends"
        with pytest.raises(BusyError, match=expected), locked([tmp_path]):
            pass


def test_a_lock_ends_with_its_block_and_two_names_of_a_folder_are_one(tmp_path: Path):
    (tmp_path / "link").symlink_to(tmp_path / "home")
    for _ in range(2):
        with suppress(FetchError), locked([tmp_path / "home", tmp_path / "link", tmp_path / "home" / ".."]):
            with pytest.raises(BusyError, match=f"process {os.getpid()} since"), locked([tmp_path / "home"]):
                pass
            raise FetchError("a fault inside the block")


def test_the_remains_of_a_killed_build_are_deleted(tmp_path):
    folder, home, raw = sample(tmp_path / "mirror"), tmp_path / "snapshots", tmp_path / "raw"
    for path in (
        home / ".staging-0123-7" / "flows.parquet",
        home / ".staging-current-7",
        raw / "hti" / ".HTI.csv.part",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    build(folder, sources=("hti",))
    assert {path.name for path in home.glob(".*")} <= {".lock"}
    assert list((raw / "hti").iterdir()) == []
