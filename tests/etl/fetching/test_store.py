import errno
import json
from pathlib import Path

import pytest

from etl.errors import FetchError
from etl.fetching.raw import RawFile
from etl.fetching.store import hold_back, keep, stored_files
from tests.etl.declared import SOURCE


def test_a_release_stays_beside_the_next(tmp_path):
    first = RawFile("sample", "data.csv", b"1", "https://example.org/data.csv", "2025-01-02")
    second = RawFile("sample", "data.csv", b"2", "https://example.org/data.csv", "2025-03-04")
    files = [keep(file, tmp_path) for file in (first, second)]
    assert len({file.name for file in files}) == 2
    assert sorted(stored_files(SOURCE, tmp_path), key=lambda file: file.content) == files


def test_the_same_content_again_keeps_its_first_day_and_name(tmp_path):
    first = RawFile("sample", "data.csv", b"1", "https://example.org/data.csv", "2025-01-02")
    keep(first, tmp_path)
    keep(RawFile("sample", "data.csv", b"1", "https://example.org/data.csv", "2025-05-06"), tmp_path)
    (file,) = stored_files(SOURCE, tmp_path)
    assert file.name == f"data-{first.sha256[:12]}.csv"
    assert (file.address, file.retrieved) == ("https://example.org/data.csv", "2025-01-02")


def test_a_file_added_by_hand_has_no_date(tmp_path):
    (tmp_path / "mine.csv").write_bytes(b"1")
    (tmp_path / "readme.txt").write_bytes(b"not of this source")
    assert stored_files(SOURCE, tmp_path) == [RawFile("sample", "mine.csv", b"1")]


def test_nothing_half_written_is_left(tmp_path):
    keep(RawFile("sample", "data.csv", b"1", "", "2025-01-02"), tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert list(json.loads((tmp_path / "receipts.json").read_text())) == ["data-6b86b273ff34.csv"]


def test_a_receipt_that_a_killed_build_did_not_write_is_written_by_the_next(tmp_path):
    file = RawFile("sample", "data.csv", b"1", "https://example.org/data.csv", "2025-01-02")
    name = keep(file, tmp_path).name
    (tmp_path / "receipts.json").unlink()
    assert stored_files(SOURCE, tmp_path) == [RawFile("sample", name, b"1")]
    again = keep(file, tmp_path)
    assert stored_files(SOURCE, tmp_path) == [again]


def test_a_held_back_file_that_is_downloaded_again_keeps_its_first_day(tmp_path):
    name = keep(RawFile("sample", "data.csv", b"1", "https://example.org/data.csv", "2025-01-02"), tmp_path).name
    aside = hold_back(tmp_path, [name])
    assert stored_files(SOURCE, tmp_path) == []
    keep(RawFile("sample", "data.csv", b"1", "https://example.org/data.csv", "2025-05-06"), tmp_path)
    assert [file.retrieved for file in stored_files(SOURCE, tmp_path)] == ["2025-01-02"]
    assert list(aside.iterdir()) == []


def test_a_full_disk_leaves_no_half_written_file(tmp_path, monkeypatch):
    def full(path, _):
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match=r"No space left on device: '.*data-6b86b273ff34.csv'"):
        keep(RawFile("sample", "data.csv", b"1", "", "2025-01-02"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_changed_in_the_store_is_refused(tmp_path):
    file = keep(RawFile("sample", "data.csv", b"1", "https://example.org/data.csv", "2025-01-02"), tmp_path)
    (tmp_path / file.name).write_bytes(b"2")
    problem = rf"^source sample: {tmp_path / file.name} has changed since its download; delete it"
    with pytest.raises(FetchError, match=problem):
        stored_files(SOURCE, tmp_path)


def test_a_missing_folder_has_no_files(tmp_path):
    assert stored_files(SOURCE, tmp_path / "never") == []
