import csv
import io
from collections import Counter
from pathlib import Path

import pytest

from etl.errors import SourceError
from etl.sources.hti import parse

SAMPLE = (Path(__file__).parents[1] / "recorded" / "hti" / "HTI_sample.csv").read_bytes()


def refusal(content):
    with pytest.raises(SourceError) as caught:
        parse(content, "HTI.csv")
    return str(caught.value)


def test_each_record_states_four_roles():
    parsed = parse(SAMPLE, "HTI.csv")
    assert (parsed.release, parsed.read, parsed.kept, parsed.findings) == ("2013.1", 5, 5, [])
    assert parsed.rows.height == 20
    assert parsed.rows.rows()[4:8] == [
        ("Bahamas, The", 31, 2011, "origin", "no_mention", "row 3"),
        ("Bahamas, The", 31, 2011, "transit", "yes", "row 3"),
        ("Bahamas, The", 31, 2011, "destination", "yes", "row 3"),
        ("Bahamas, The", 31, 2011, "internal", "no", "row 3"),
    ]


def test_no_tier_law_or_treatment_leaves_the_file():
    assert parse(SAMPLE, "HTI.csv").rows.columns == ["label", "ccode", "year", "role", "stated", "locator"]


def test_the_file_is_not_utf8_and_is_still_read():
    with pytest.raises(UnicodeDecodeError):
        SAMPLE.decode("utf-8")
    assert parse(SAMPLE, "HTI.csv").rows["label"].unique().sort().to_list() == [
        "Bahamas, The",
        "Cote d'Ivoire",
        "Mexico",
        "St. Lucia",
    ]


def changed(row, column, cell):
    records = list(csv.reader(io.StringIO(SAMPLE.decode("mac_roman"))))
    records[row - 1][records[0].index(column)] = cell
    out = io.StringIO()
    csv.writer(out).writerows(records)
    return out.getvalue().encode("mac_roman")


@pytest.mark.parametrize(
    ("column", "cell", "shown"),
    [
        ("source", "Perhaps", "'Perhaps'"),
        ("internal", "", "blank"),
        ("transit", "yes", "'yes'"),
        ("year", "20x1", "'20x1'"),
        ("ccode", "MEX", "'MEX'"),
        ("country", " ", "blank"),
    ],
)
def test_an_unknown_word_is_refused_with_its_place(column, cell, shown):
    problem = refusal(changed(4, column, cell))
    assert problem.startswith(f"source hti, file HTI.csv, row 4: column {column} is {shown}")


def test_a_country_and_year_may_occur_once():
    assert "row 3: Bahamas, The 2010 is already in row 2" in refusal(changed(3, "year", "2010"))


def test_a_renamed_column_is_refused():
    problem = refusal(SAMPLE.replace(b",internal,", b",domestic,", 1))
    assert "row 1: missing column(s): internal; unknown column(s): domestic" in problem


def test_a_cut_file_and_one_without_rows_are_refused():
    assert "row 6: " in (problem := refusal(SAMPLE[:-150]))
    assert "cut short" in problem
    assert "the table has no rows" in refusal(SAMPLE[: SAMPLE.index(b"\n") + 1])


@pytest.mark.parametrize("content", [b"<!DOCTYPE html><html></html>", b"", b",,\n"])
def test_a_page_or_nothing_in_place_of_the_file_is_refused(content):
    assert "source hti, file HTI.csv: this is not a CSV file" in refusal(content)


@pytest.mark.real
def test_the_real_file_gives_what_another_reader_counts(mirror):
    content = next(Path(mirror, "hti").glob("HTI*.csv")).read_bytes()
    parsed = parse(content, "real.csv")
    records = list(csv.DictReader(io.StringIO(content.decode("latin-1"))))
    assert parsed.read == parsed.kept == len(records) == 1587
    columns = {"origin": "source", "transit": "transit", "destination": "destination", "internal": "internal"}
    words = {"yes": "Yes", "no": "No", "no_mention": "No mention"}
    for role, column in columns.items():
        stated = parsed.rows.filter(role=role)["stated"]
        assert Counter(words[word] for word in stated) == Counter(record[column] for record in records)
    assert Counter(parsed.rows["year"]) == {int(y): 4 * n for y, n in Counter(r["year"] for r in records).items()}
