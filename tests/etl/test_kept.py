import json

from etl.kept import held, keep
from etl.rawfile import RawFile
from tests.etl.declared import SOURCE


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
    assert list(json.loads((tmp_path / "receipts.json").read_text())) == ["data-6b86b273ff34.csv"]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert held(SOURCE, tmp_path / "never") == []
