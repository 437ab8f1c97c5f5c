"""Wheels: the right ones for a foreign system, only with the hashes of the lock, and missing ones by name."""

import pytest

from offline import needed, wheels
from offline.targets import Target
from tests.offline.samples import entry, wheel

WINDOWS, LINUX = Target("windows-amd64", "3.12"), Target("linux-x86_64", "3.12")


@pytest.fixture(autouse=True)
def _no_index(monkeypatch):
    """Nothing is asked outside: the folder is all there is."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")


@pytest.fixture
def kept(tmp_path):
    wheel(tmp_path, "plain")
    wheel(tmp_path, "native", "cp312-cp312-win_amd64")
    wheel(tmp_path, "native", "cp312-cp312-manylinux_2_28_x86_64")
    wheel(tmp_path, "narrow", "cp312-cp312-manylinux_2_17_x86_64")
    return tmp_path


def locked(kept, name):
    hashes = [entry(path, name).splitlines()[1] for path in sorted(kept.glob(f"{name}-*.whl"))]
    return needed.locked(f"{name}==1.0 \\\n" + " \\\n".join(hashes) + "\n")[0]


@pytest.mark.parametrize(("target", "tag"), [(WINDOWS, "win_amd64"), (LINUX, "manylinux_2_28_x86_64")])
def test_a_foreign_system_gets_its_own(kept, target, tag):
    found = wheels.fetch(target, [locked(kept, "plain"), locked(kept, "native")], kept)
    assert [file.name for file in found.files] == [f"native-1.0-cp312-cp312-{tag}.whl", "plain-1.0-py3-none-any.whl"]
    assert found.missing == ()
    assert all(file.parent == kept for file in found.files)


def test_what_has_no_wheel_is_named_and_the_rest_is_there(kept):
    entries = [locked(kept, name) for name in ("narrow", "plain", "native")]
    found = wheels.fetch(WINDOWS, entries, kept)
    assert found.missing == ("narrow",)
    assert len(found.files) == 2
    assert wheels.fetch(LINUX, entries, kept).missing == ()


def test_a_marker_of_another_system_does_not_hide_a_package(kept):
    path = next(kept.glob("plain-*.whl"))
    marked = needed.locked(entry(path, "plain", " ; sys_platform == 'win32'"))
    assert len(wheels.fetch(WINDOWS, marked, kept).files) == 1


def test_a_wheel_with_another_hash_is_refused(kept):
    entries = [locked(kept, "plain")]
    wheel(kept, "plain", body="WORD = 'altered'\n")
    with pytest.raises(wheels.WheelError, match=r"(?i)hash"):
        wheels.fetch(LINUX, entries, kept)


def test_the_room_that_wheels_take_is_that_of_their_files(kept):
    found = wheels.fetch(LINUX, [locked(kept, "plain")], kept)
    lines = len("WORD = 'hello'\n")
    assert lines < found.unpacked < 1000


def test_no_draft_is_left(kept):
    before = sorted(kept.iterdir())
    wheels.fetch(LINUX, [locked(kept, "plain")], kept)
    assert sorted(kept.iterdir()) == before
