"""Disks in meeting rooms: one that cannot be written to, one that is full, one that runs no programs."""

import os
import subprocess

import pytest

from tests.offline import samples

pytestmark = pytest.mark.usefixtures("downloaded")
MOUNTING = [["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]]


@pytest.fixture(scope="module")
def apart():
    """The command that runs another one with mounts of its own."""
    for command in MOUNTING:
        trial = [*command, "mount", "-t", "tmpfs", "none", "/mnt"]
        if not subprocess.run(trial, capture_output=True, check=False).returncode:
            return command
    pytest.skip("this machine does not let a test mount anything (unshare)")


@pytest.fixture
def start(apart, tmp_path):
    """Start a folder after a shell command that mounts something; returns the exit status and both outputs."""

    def run(mounting, root):
        script = f'{mounting} && cd "$1/program" && shift && exec "$@"'
        command = [*apart, "sh", "-c", script, "sh", root, samples.python(), "-m", "offline.laptop", "--silent"]
        variables = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "LANG": "C.UTF-8"}
        return subprocess.run(command, env=variables, capture_output=True, text=True, check=False)

    return run


@pytest.mark.parametrize("kind", ["ro", "noexec"])
def test_libraries_go_to_the_user_when_the_disk_cannot_hold_them(start, tmp_path, kind):
    root = samples.folder(tmp_path / "stick")
    mounting = 'mount --bind "$1" "$1" && mount -o remount,bind,' + kind + ' "$1"'
    ended = start(mounting, root)
    assert (ended.returncode, ended.stderr) == (0, "")
    place = tmp_path / "cache" / "stick"
    assert (
        f"cannot be installed in this folder (it is read-only or on a USB stick), so they are in {place}"
        in ended.stdout
    )
    assert not list((root / "env").glob("*")) if kind == "noexec" else not (root / "env").exists()
    assert len(list(place.rglob("demo.py"))) == 1
    # The second start finds them there.
    again = start(mounting, root)
    assert again.returncode == 0
    assert "Installing" not in again.stdout


def test_a_full_disk_is_reported_before_anything_is_installed(start, tmp_path):
    root = samples.folder(tmp_path / "stick", unpacked=5_000_000)
    ended = start('mkdir -p "$1/env" && mount -t tmpfs -o size=3m none "$1/env"', root)
    assert ended.returncode == 1
    assert ended.stderr == (
        f"atalaya: The disk of {root / 'env'} is too full: 125 MB are needed and 3 MB are free. "
        "Make room and start again.\n"
    )


def test_a_disk_that_fills_up_during_the_installation_is_one_sentence(start, tmp_path):
    """Another program fills the disk after the check of its free space: here the check does not ask for any."""
    root = samples.folder(tmp_path / "stick")
    place = root / "program" / "offline" / "laptop" / "place.py"
    place.write_text(place.read_text("utf-8").replace("EXTRA = 120 * MEGABYTE", "EXTRA = 0"))
    samples.sealed(root)
    ended = start('mkdir -p "$1/env" && mount -t tmpfs -o size=16k none "$1/env"', root)
    assert ended.returncode == 1
    assert ended.stderr.startswith("atalaya: The ")
    assert "Traceback" not in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_an_error_if_neither_the_folder_nor_the_cache_is_writable(start, tmp_path):
    root = samples.folder(tmp_path / "stick")
    (tmp_path / "cache").write_text("no folder")
    ended = start('mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"', root)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"atalaya: Neither this folder nor {tmp_path / 'cache' / 'stick'} can be written to")
