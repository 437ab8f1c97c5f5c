"""Where libraries can live: writable, with links, with room; else with the user; else one clear sentence."""

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from offline.laptop import place
from offline.laptop.contents import Trouble

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def root(tmp_path):
    (tmp_path / "atalaya-room-1").mkdir()
    return tmp_path / "atalaya-room-1"


def no_links(path, target):
    raise PermissionError(1, "no links here", str(path), None, str(target))


def test_libraries_go_into_a_usual_folder(root, home):
    assert place.chosen(root, 0) == root / "env"
    assert not home.exists()
    assert list((root / "env").iterdir()) == []


def test_libraries_go_to_the_user_when_the_stick_has_no_links(root, home, monkeypatch):
    real = Path.symlink_to
    monkeypatch.setattr(Path, "symlink_to", lambda path, to: (no_links if root in path.parents else real)(path, to))
    assert place.chosen(root, 0) == home / "atalaya-room-1"


def test_a_disk_that_runs_no_programs_does_not_suit(root, monkeypatch):
    monkeypatch.setattr(place, "NOEXEC", -1)
    assert not place.suits(root / "env")


def test_no_place_at_all_is_one_sentence(root, home, monkeypatch):
    monkeypatch.setattr(Path, "symlink_to", no_links)
    with pytest.raises(Trouble) as trouble:
        place.chosen(root, 700_000_000)
    assert trouble.value.key == "nowhere"
    assert trouble.value.fields == {"place": home / "atalaya-room-1", "needed": 820}


def test_a_full_disk_is_reported_with_both_figures(root, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, 5_000_000))
    with pytest.raises(Trouble) as trouble:
        place.chosen(root, 700_000_000)
    assert trouble.value.key == "full"
    assert trouble.value.fields == {"place": root / "env", "needed": 820, "free": 5}
