"""Damaged folders of raw files: an error of one line names the place, and nothing is ignored."""

import os

import pytest

from etl.errors import FetchError
from etl.fetching.raw import RawFile
from etl.fetching.store import keep, stored_files
from tests.etl.declared import SOURCE

RECEIPTS = [
    *("[]", "null", "1", "", "{", "[" * 100_000, '{"a":' * 10_000, '{"mine.csv": []}', '{"mine.csv": {"etag": 5}}'),
    *('{"mine.csv": {"address": null}}', '{"mine.csv": {"sha256": []}}', '{"mine.csv": {"retrieved": "yesterday"}}'),
]


@pytest.mark.parametrize("text", RECEIPTS)
def test_malformed_receipts_are_reported(tmp_path, text):
    (tmp_path / "mine.csv").write_bytes(b"1")
    (tmp_path / "receipts.json").write_text(text)
    with pytest.raises(FetchError, match=rf"^{tmp_path}/receipts\.json .*repair it, or delete it and lose the times"):
        stored_files(SOURCE, tmp_path)


ODD = {
    "a folder": lambda path: path.mkdir(),
    "a file": lambda path: path.write_bytes(b"\xff"),
    "a link to nowhere": lambda path: path.symlink_to("gone"),
    "a link to itself": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("kind", ODD)
def test_unreadable_receipts_are_reported(tmp_path, kind):
    ODD[kind](tmp_path / "receipts.json")
    with pytest.raises(FetchError, match=rf"^{tmp_path}/receipts\.json cannot be read"):
        stored_files(SOURCE, tmp_path)


@pytest.mark.parametrize("kind", ["a file", "a link to nowhere", "a link to itself"])
def test_a_file_in_place_of_the_raw_folder_is_reported(tmp_path, kind):
    ODD[kind](tmp_path / "sample")
    with pytest.raises(FetchError, match=rf"^{tmp_path}/sample.* cannot be read .*repair or remove it"):
        stored_files(SOURCE, tmp_path / "sample")


@pytest.mark.parametrize("kind", ["a folder", "a link to nowhere", "a link to itself"])
def test_a_folder_or_broken_link_with_a_file_s_name_is_not_ignored(tmp_path, kind):
    ODD[kind](tmp_path / "old.csv")
    with pytest.raises(FetchError, match=r"^source sample: .*old\.csv is not a readable file"):
        stored_files(SOURCE, tmp_path)


@pytest.mark.parametrize("name", [b"\xff.csv", b"two\nlines.csv", b"\xe2\x80\xa8.csv"])
def test_a_file_name_that_would_break_a_locator_is_reported(tmp_path, name):
    (tmp_path / os.fsdecode(name)).write_bytes(b"1")
    with pytest.raises(FetchError, match=r"^source sample: the file name .* is not one line of UTF-8 text") as caught:
        stored_files(SOURCE, tmp_path)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a\0b.csv", "x" * 400, "é" * 120, "../a.csv", "a\ud800.csv", "a\nb.csv"]
)
def test_a_download_with_an_impossible_file_name_is_refused(tmp_path, name):
    with pytest.raises(FetchError, match=r"^source sample, https://example\.org/a: .* cannot be a file's name"):
        keep(RawFile("sample", name, b"1", "https://example.org/a"), tmp_path / "sample")
    assert list(tmp_path.iterdir()) == []


def test_the_longest_name_is_kept_and_read_again(tmp_path):
    file = keep(RawFile("sample", "x" * 216 + ".csv", b"1", "https://example.org/a"), tmp_path)
    assert stored_files(SOURCE, tmp_path) == [file]
