"""The folder of a killed process is removed by the next one; those of running processes or other users are kept."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from dashboard.export.snapshot_files import remove_leftovers, temporary_folder

HOLDER = """
import sys, time
from dashboard.export.snapshot_files import temporary_folder
class Owner: pass
owner = Owner()
folder = temporary_folder(owner)
(folder / "rows.parquet").write_bytes(b"rows")
print(folder, flush=True)
time.sleep(600)
"""


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


@pytest.fixture
def holder(temporary):
    assert not list(temporary.iterdir())
    process = subprocess.Popen([sys.executable, "-c", HOLDER], stdout=subprocess.PIPE, text=True)
    folder = Path(process.stdout.readline().strip())
    yield process, folder
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_running_process_keeps_its_folder_and_a_killed_one_loses_it(holder, temporary):
    process, folder = holder
    assert folder.parent == temporary
    assert remove_leftovers() == []
    assert (folder / "rows.parquet").exists()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert folder.exists()
    assert remove_leftovers() == [folder]
    assert not folder.exists()


def test_a_terminated_process_removes_its_folder(holder):
    process, folder = holder
    process.send_signal(signal.SIGINT)
    process.wait()
    assert not folder.exists()


def test_unknown_folders_are_not_removed(temporary, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "lock").touch()
    (temporary / "atalaya-link").symlink_to(elsewhere)
    (temporary / "atalaya-other").mkdir()
    (temporary / "atalaya-file").touch()
    linked = temporary / "atalaya-linked"
    linked.mkdir()
    (linked / "lock").symlink_to(elsewhere / "lock")
    assert remove_leftovers() == []
    assert (elsewhere / "lock").exists()
    assert len(list(temporary.iterdir())) == 4


def test_another_user_s_folder_is_not_touched(temporary, monkeypatch):
    (temporary / "atalaya-theirs").mkdir()
    (temporary / "atalaya-theirs" / "lock").touch()
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert remove_leftovers() == []
    monkeypatch.undo()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert [path.name for path in remove_leftovers()] == ["atalaya-theirs"]


def test_a_folder_goes_with_its_owner(temporary):
    class Owner:
        pass

    owner = Owner()
    folder = temporary_folder(owner)
    assert folder.parent == temporary
    assert folder.stat().st_mode & 0o077 == 0
    del owner
    assert not folder.exists()
