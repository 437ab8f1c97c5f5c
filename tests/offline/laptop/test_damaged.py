"""A damaged file is found and named; a file that is not listed is ignored."""

import pytest

from offline.laptop import contents
from tests.offline.samples import sealed


@pytest.fixture
def root(tmp_path):
    (tmp_path / "wheels").mkdir()
    for name in ("a.txt", "wheels/b.whl", "ñ.txt"):
        (tmp_path / name).write_text(name)
    sealed(tmp_path)
    return tmp_path


def every(_name):
    return True


def test_a_whole_folder_has_no_fault(root):
    (root / "besides.txt").write_text("of the user")
    assert contents.damaged(root, every) == []


def test_an_altered_file_and_a_lost_one_are_named(root):
    (root / "a.txt").write_bytes(b"a.txT")
    (root / "ñ.txt").unlink()
    assert contents.damaged(root, every) == ["a.txt", "ñ.txt"]


def test_only_the_requested_files_are_checked(root):
    (root / "wheels" / "b.whl").write_text("")
    assert contents.damaged(root, lambda name: name == "a.txt") == []
    assert contents.damaged(root, lambda name: name.startswith("wheels/")) == ["wheels/b.whl"]


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00"])
def test_a_list_that_cannot_be_read_is_itself_the_damage(root, content):
    (root / contents.SUMS).unlink()
    if content is not None:
        (root / contents.SUMS).write_bytes(content)
    assert contents.damaged(root, every) == [contents.SUMS]
