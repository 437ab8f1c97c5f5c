import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import SourceError
from etl.parsed import Finding
from etl.sources.cia_factbook import parse

FILE = "factbook_sample.csv"
SAMPLE = (Path(__file__).parents[1] / "recorded" / "cia_factbook" / FILE).read_bytes()


def refusal(content):
    with pytest.raises(SourceError) as caught:
        parse(content, FILE)
    return str(caught.value)


def changed(row, **cells):
    records = list(csv.reader(io.StringIO(SAMPLE.decode("utf-8"))))
    for column, cell in cells.items():
        records[row - 1][records[0].index(column)] = cell
    out = io.StringIO()
    csv.writer(out).writerows(records)
    return out.getvalue().encode("utf-8")


def test_each_coded_version_states_three_roles():
    parsed = parse(SAMPLE, FILE)
    assert (parsed.release, parsed.release_basis) == ("2022-03-01", "latest day seen in the file")
    assert (parsed.read, parsed.kept, parsed.rows.height) == (7, 6, 18)
    days = date(2015, 10, 26), date(2015, 11, 29)
    assert parsed.rows.rows()[:3] == [
        ("CUB", 2015, *days, "origin", "yes", "row 2"),
        ("CUB", 2015, *days, "transit", "no_mention", "row 2"),
        ("CUB", 2015, *days, "destination", "no_mention", "row 2"),
    ]


def test_a_version_without_codes_is_set_aside():
    parsed = parse(SAMPLE, FILE)
    assert parsed.findings == [Finding("cia_factbook", "2022-03-01", "not_coded", "", 1)]
    assert parsed.rows.filter(locator="row 3").is_empty()


def test_silence_is_never_a_no():
    assert set(parse(SAMPLE, FILE).rows["stated"]) == {"yes", "no_mention"}


def test_no_text_or_tier_leaves_the_file():
    rows = parse(SAMPLE, FILE).rows
    assert rows.columns == ["area", "year", "first_seen", "last_seen", "role", "stated", "locator"]
    assert "words" not in rows.write_csv()
    assert "Rank" not in rows.write_csv()


def test_a_text_of_several_lines_is_one_row_and_a_byte_order_mark_is_ignored():
    assert parse(SAMPLE, FILE).rows["locator"].unique(maintain_order=True).to_list() == [
        "row 2",
        "row 4",
        "row 5",
        "row 6",
        "row 7",
        "row 8",
    ]
    assert parse(b"\xef\xbb\xbf" + SAMPLE, FILE).rows.equals(parse(SAMPLE, FILE).rows)


def test_the_release_is_the_latest_day_of_any_version_coded_or_not():
    assert parse(changed(3, last_seen="2024-02-29"), FILE).release == "2024-02-29"


@pytest.mark.parametrize(
    ("column", "cell", "shown"),
    [
        ("source", "Maybe", "'Maybe'"),
        ("transit", "", "blank"),
        ("destination", "y", "'y'"),
        ("iso3", "ZZZ", "'ZZZ'"),
        ("iso3", "pan", "'pan'"),
        ("first_seen", "20151026", "'20151026'"),
        ("first_seen", "2015-02-30", "'2015-02-30'"),
        ("last_seen", "", "blank"),
    ],
)
def test_an_unknown_word_is_refused_with_its_place(column, cell, shown):
    problem = refusal(changed(4, **{column: cell}))
    assert problem.startswith(f"source cia_factbook, file {FILE}, row 4: column {column} is {shown}")


def test_a_version_ends_after_it_begins_and_occurs_once():
    assert "row 4: last_seen 2014-01-01 is before first_seen 2015-10-26" in refusal(changed(4, last_seen="2014-01-01"))
    assert "row 5: PAN 2015-10-26 is already in row 4" in refusal(changed(5, first_seen="2015-10-26"))


def test_a_renamed_column_is_refused():
    problem = refusal(SAMPLE.replace(b",transit,", b",via,", 1))
    assert "row 1: missing column(s): transit; unknown column(s): via" in problem


def test_a_cut_file_and_one_without_rows_are_refused():
    assert "cut short" in refusal(SAMPLE[:-60])
    assert "the table has no rows" in refusal(SAMPLE[: SAMPLE.index(b"\n") + 1])


@pytest.mark.parametrize("content", [b"<!DOCTYPE html><html></html>", b"", b",,\n"])
def test_a_page_or_nothing_in_place_of_the_file_is_refused(content):
    assert f"source cia_factbook, file {FILE}: this is not a CSV file" in refusal(content)


def reads_or_refuses(content):
    try:
        parsed = parse(content, FILE)
    except SourceError:
        return True
    aside = sum(finding.rows for finding in parsed.findings)
    return parsed.read == parsed.kept + aside and parsed.rows.height == 3 * parsed.kept


@given(st.one_of(st.binary(max_size=300), st.text(',"\n\tY- 0', max_size=60).map(str.encode)))
def test_any_bytes_raise_nothing_but_a_source_error(content):
    assert reads_or_refuses(content)


@given(st.integers(0, len(SAMPLE)), st.integers(0, 30), st.binary(max_size=30))
def test_a_damaged_file_is_read_or_refused(start, length, put):
    assert reads_or_refuses(SAMPLE[:start] + put + SAMPLE[start + length :])


# ---------------------------------------------------------------- the publisher's own file


@pytest.mark.real
def test_the_real_file_gives_what_another_reader_counts(mirror):
    content = next(Path(mirror, "cia_factbook").glob("*.csv")).read_bytes()
    parsed = parse(content, "real.csv")
    records = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))
    coded = [record for record in records if record["source"]]
    assert (parsed.read, parsed.kept) == (len(records), len(coded)) == (100, 35)
    assert [(finding.reason, finding.rows) for finding in parsed.findings] == [("not_coded", 65)]
    for role, column in {"origin": "source", "transit": "transit", "destination": "destination"}.items():
        stated = Counter(parsed.rows.filter(role=role)["stated"])
        assert stated == Counter({"Y": "yes", "N": "no_mention"}[record[column]] for record in coded)
    assert parsed.release == max(record["last_seen"] for record in records) == "2026-01-22"
