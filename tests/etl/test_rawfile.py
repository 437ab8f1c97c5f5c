import json
from hashlib import sha256

import pytest

from etl.declaration import Declaration
from etl.errors import FetchError
from etl.kept import held, keep
from etl.rawfile import RawFile, mirrored

SOURCE = Declaration(
    id="sample",
    title="A sample",
    publisher="Somebody",
    landing_page="https://example.org/",
    addresses=(),
    licence="CC BY 4.0",
    licence_page="",
    redistribute="rows",
    citation="Somebody. A sample.",
    indicators=(),
    tables=("roles",),
    mirror=("folder/*.csv", "folder/extra*"),
    fetch="frozen",
)


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


def test_hidden_and_lock_files_and_folders_are_no_files_of_a_source(folder):
    for name in (".a.csv.part", "~$a.csv"):
        (folder / "folder" / name).write_text("x")
    (folder / "folder" / "old.csv").mkdir()
    assert names(mirrored(SOURCE, folder)) == ["a.csv", "b.csv", "extra.bin"]


def test_a_glob_without_a_file_is_said_with_its_folder(folder):
    (folder / "folder" / "extra.bin").unlink()
    with pytest.raises(FetchError) as caught:
        mirrored(SOURCE, folder)
    assert str(caught.value).startswith(f"source sample: no file matches folder/extra* in the mirror folder {folder};")


def test_the_hash_is_of_the_content():
    assert RawFile("sample", "a.csv", b"abc").sha256 == sha256(b"abc").hexdigest()


def test_a_release_stays_beside_the_next(tmp_path):
    first = RawFile("sample", "data.csv", b"1", "https://example.org/data.csv", "2025-01-02")
    second = RawFile("sample", "data.csv", b"2", "https://example.org/data.csv", "2025-03-04")
    kept = [keep(file, tmp_path) for file in (first, second)]
    assert len({file.name for file in kept}) == 2
    assert sorted(held(SOURCE, tmp_path), key=lambda file: file.content) == kept


def test_the_same_content_again_keeps_its_first_day_and_name(tmp_path):
    first = RawFile("sample", "data.csv", b"1", "https://example.org/data.csv", "2025-01-02")
    keep(first, tmp_path)
    keep(RawFile("sample", "data.csv", b"1", "https://example.org/data.csv", "2025-05-06"), tmp_path)
    (file,) = held(SOURCE, tmp_path)
    assert file.name == f"data-{first.sha256[:12]}.csv"
    assert (file.address, file.retrieved) == ("https://example.org/data.csv", "2025-01-02")


def test_a_file_put_there_by_hand_has_no_day(tmp_path):
    (tmp_path / "mine.csv").write_bytes(b"1")
    (tmp_path / "readme.txt").write_bytes(b"not of this source")
    assert held(SOURCE, tmp_path) == [RawFile("sample", "mine.csv", b"1")]


def test_nothing_half_written_is_left(tmp_path):
    keep(RawFile("sample", "data.csv", b"1", "", "2025-01-02"), tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert list(json.loads((tmp_path / "provenance.json").read_text())) == ["data-6b86b273ff34.csv"]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert held(SOURCE, tmp_path / "never") == []
