import pytest

from etl.errors import SourceError
from etl.tabular import Record, named, read_records


def read(content, encoding="utf-8"):
    return read_records(content, encoding=encoding, source="sample", file="a.csv")


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    content = b'a,b\r\n\r\n" x, y ",\r\n'
    assert read(content) == [Record(1, ["a", "b"]), Record(3, ["x, y", ""])]


def test_the_encoding_is_the_sources():
    assert read(b"caf\x8e,1\n", "mac_roman") == [Record(1, ["café", "1"])]
    assert read(b"\xef\xbb\xbfa,b\n", "utf-8-sig") == [Record(1, ["a", "b"])]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "begins with 'nothing'"),
        (b",,\n", "not a CSV file"),
        (b"  <html>", "begins with '<html>'"),
        (b"caf\x8e,1\n", "damaged or cut short"),
        (b'a,b\n"x,1\n', "damaged or cut short"),
    ],
)
def test_a_file_that_is_not_csv_is_refused(content, expected):
    with pytest.raises(SourceError, match=r"^source sample, file a\.csv: ") as caught:
        read(content)
    assert expected in str(caught.value)


def test_cells_get_the_names_of_their_columns():
    header, *body = read(b"a,b\n1,2\n3,\n")
    assert named(header, body, source="sample", file="a.csv") == [(2, {"a": "1", "b": "2"}), (3, {"a": "3", "b": ""})]


@pytest.mark.parametrize("line", [b"1\n", b"1,2,3\n"])
def test_a_record_of_another_length_is_refused(line):
    header, *body = read(b"a,b\n1,2\n" + line)
    with pytest.raises(SourceError, match=r"row 3: \d cells, but the header has 2"):
        named(header, body, source="sample", file="a.csv")
