"""Wheels: the right ones for a foreign system, only with the hashes of the lock, and missing ones by name."""

import pytest

from offline import wheels
from offline.targets import Target
from tests.offline.samples import entry, wheel

WINDOWS, LINUX = Target("windows-amd64", "3.12"), Target("linux-x86_64", "3.12")


@pytest.fixture(autouse=True)
def _no_index(monkeypatch):
    """No package index is used: the folder has all the wheels."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")


@pytest.fixture
def folder(tmp_path):
    wheel(tmp_path, "plain")
    wheel(tmp_path, "native", "cp312-cp312-win_amd64")
    wheel(tmp_path, "native", "cp312-cp312-manylinux_2_28_x86_64")
    wheel(tmp_path, "narrow", "cp312-cp312-manylinux_2_17_x86_64")
    return tmp_path


def locked(folder, name):
    hashes = [entry(path, name).splitlines()[1] for path in sorted(folder.glob(f"{name}-*.whl"))]
    return wheels.LockedPackage(f"{name}==1.0 \\\n" + " \\\n".join(hashes) + "\n")


@pytest.mark.parametrize(("target", "tag"), [(WINDOWS, "win_amd64"), (LINUX, "manylinux_2_28_x86_64")])
def test_a_foreign_system_gets_its_own(folder, target, tag):
    result = wheels.download(target, [locked(folder, "plain"), locked(folder, "native")], folder)
    assert [file.name for file in result.files] == [f"native-1.0-cp312-cp312-{tag}.whl", "plain-1.0-py3-none-any.whl"]
    assert result.missing == ()
    assert all(file.parent == folder for file in result.files)


def test_a_missing_wheel_is_named_and_the_rest_is_there(folder):
    entries = [locked(folder, name) for name in ("narrow", "plain", "native")]
    result = wheels.download(WINDOWS, entries, folder)
    assert result.missing == ("narrow",)
    assert len(result.files) == 2
    assert wheels.download(LINUX, entries, folder).missing == ()


def test_a_marker_counts_for_the_target_and_not_for_this_machine(folder):
    marked = wheels.LockedPackage(entry(next(folder.glob("plain-*.whl")), "plain", " ; sys_platform == 'win32'"))
    native = locked(folder, "native")
    assert len(wheels.download(WINDOWS, [marked, native], folder).files) == 2
    assert len(wheels.download(LINUX, [marked, native], folder).files) == 1


def test_an_entry_without_a_hash_is_refused(folder):
    with pytest.raises(wheels.WheelError, match=r"(?i)hash"):
        wheels.download(LINUX, [wheels.LockedPackage("plain==1.0\n")], folder)


def test_a_wheel_with_another_hash_is_refused(folder):
    entries = [locked(folder, "plain")]
    wheel(folder, "plain", body="WORD = 'altered'\n")
    with pytest.raises(wheels.WheelError, match=r"(?i)hash"):
        wheels.download(LINUX, entries, folder)


def test_the_space_that_wheels_take_is_that_of_their_files(folder):
    result = wheels.download(LINUX, [locked(folder, "plain")], folder)
    lines = len("WORD = 'hello'\n")
    assert lines < result.unpacked < 1000


def test_no_temporary_file_is_left(folder):
    before = sorted(folder.iterdir())
    wheels.download(LINUX, [locked(folder, "plain")], folder)
    assert sorted(folder.iterdir()) == before
