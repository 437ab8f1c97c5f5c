from hashlib import sha256
from pathlib import Path

import pytest

from etl.errors import FetchError
from etl.fetching.raw import RawFile, mirrored
from tests.etl.declared import SOURCE


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "folder").mkdir()
    for name, content in {"b.csv": "2", "a.csv": "1", "copy of a.csv": "1", "extra.bin": "3"}.items():
        (tmp_path / "folder" / name).write_text(content)
    return tmp_path


def names(files):
    return [file.name for file in files]


def test_a_mirror_gives_the_files_of_every_glob_each_content_once(folder):
    files = mirrored(SOURCE, folder)
    assert [(file.name, file.content) for file in files] == [("a.csv", b"1"), ("b.csv", b"2"), ("extra.bin", b"3")]
    assert {(file.source, file.address, file.retrieved) for file in files} == {("sample", "", None)}


def test_hidden_and_lock_files_are_no_files_of_a_source(folder):
    for name in (".a.csv.part", "~$a.csv"):
        (folder / "folder" / name).write_text("x")
    (folder / "folder" / ".#a.csv").symlink_to("nobody@nowhere")
    assert names(mirrored(SOURCE, folder)) == ["a.csv", "b.csv", "extra.bin"]


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("gone.csv")], ids=["folder", "broken link"])
def test_a_folder_or_broken_link_with_a_file_s_name_is_not_ignored(folder, make):
    make(folder / "folder" / "old.csv")
    with pytest.raises(FetchError, match=r"source sample: .*old\.csv is not a readable file"):
        mirrored(SOURCE, folder)


def test_a_file_name_that_would_break_a_locator_is_reported(folder):
    (folder / "folder" / "two\nlines.csv").write_text("x")
    with pytest.raises(FetchError, match=r"source sample: the file name .*two\\nlines\.csv' is not one line"):
        mirrored(SOURCE, folder)


def test_a_glob_without_a_file_is_named_with_its_folder(folder):
    (folder / "folder" / "extra.bin").unlink()
    with pytest.raises(FetchError) as caught:
        mirrored(SOURCE, folder)
    assert str(caught.value).startswith(f"source sample: no file matches folder/extra* in the mirror folder {folder};")


def test_the_hash_is_of_the_content():
    assert RawFile("sample", "a.csv", b"abc").sha256 == sha256(b"abc").hexdigest()
