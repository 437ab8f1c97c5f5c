import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import SourceError
from etl.parsed import Finding
from etl.sources.undesa_migrant_stock import parse

FILE = "migrant_stock_2019_sample.csv"
SAMPLE = (Path(__file__).parents[1] / "recorded" / "undesa_migrant_stock" / FILE).read_bytes()


def refusal(content, file=FILE):
    with pytest.raises(SourceError) as caught:
        parse(content, file)
    return str(caught.value)


def changed(row, column, cell):
    records = list(csv.reader(io.StringIO(SAMPLE.decode("utf-8"))))
    records[row - 1][records[0].index(column)] = cell
    out = io.StringIO()
    csv.writer(out).writerows(records)
    return out.getvalue().encode("utf-8")


def test_each_cell_above_zero_is_a_row():
    parsed = parse(SAMPLE, FILE)
    assert (parsed.release, parsed.release_basis) == ("2019", "file name")
    assert parsed.rows.columns == ["origin", "destination", "year", "persons", "locator"]
    assert (parsed.read, parsed.kept, parsed.rows.height) == (50, 23, 23)
    rows = parsed.rows.filter(origin="Mexico").rows()
    assert rows[0] == ("Mexico", "Argentina", 2015, 7, "row 2, column Mexico")
    assert rows[-1] == ("Mexico", "United States of America", 2019, 3_000_000, "row 10, column Mexico")


def test_zero_and_unknown_are_not_distinguished_and_no_mark_becomes_a_figure():
    assert parse(SAMPLE, FILE).findings == [
        Finding("undesa_migrant_stock", "2019", "no_value", "", 5),
        Finding("undesa_migrant_stock", "2019", "zero_or_unknown", "", 22),
    ]


@pytest.mark.parametrize("cell", ["12.5", "1,300", "-5", "NaN", "1e3", "many", "12345678901", "٣"])
def test_a_figure_that_is_no_whole_number_is_refused_with_its_place(cell):
    problem = refusal(changed(3, "France", cell))
    assert problem.startswith(f"source undesa_migrant_stock, file {FILE}, row 3: column France is {cell!r}")


@pytest.mark.parametrize(
    ("row", "column", "cell", "expected"),
    [
        (1, "Mexico", "France", "row 1: expected columns Year, Dest and the origins, each once"),
        (1, "Mexico", "", "row 1: expected columns Year, Dest and the origins, each once"),
        (1, "Dest", "Destination", "row 1: expected columns Year, Dest and the origins, each once"),
        (3, "Year", "15", "row 3: year '15' and destination 'South America' are blank"),
        (3, "Dest", "", "row 3: year '2015' and destination '' are blank"),
        (
            4,
            "Dest",
            "Argentina",
            "row 4: year '2015' and destination 'Argentina' are blank, invalid or repeated",
        ),
    ],
)
def test_a_malformed_table_is_refused_with_its_place(row, column, cell, expected):
    assert f"source undesa_migrant_stock, file {FILE}, {expected}" in refusal(changed(row, column, cell))


@pytest.mark.parametrize(
    ("file", "says"), [("stock.csv", "no year"), ("stock_2020.csv", "2020"), ("2019_2020.csv", "2019, 2020")]
)
def test_the_release_is_the_year_in_the_files_name_and_its_newest_figures(file, says):
    assert f"the file's name says {says}, its newest figures 2019" in refusal(SAMPLE, file)


def test_a_cut_file_and_one_without_rows_are_refused():
    assert "row 11: 5 cells, but the header has 7" in refusal(SAMPLE[:-5])
    assert "the table has no rows" in refusal(SAMPLE[: SAMPLE.index(b"\n") + 1])


@pytest.mark.parametrize("content", [b"<!DOCTYPE html><html></html>", b"", b",,\n"])
def test_a_page_or_nothing_in_place_of_the_file_is_refused(content):
    assert "this is not a CSV file" in refusal(content)


def reads_or_refuses(content):
    try:
        parsed = parse(content, FILE)
    except SourceError:
        return True
    aside = sum(finding.rows for finding in parsed.findings)
    return (
        parsed.read == parsed.kept + aside and parsed.rows.height == parsed.kept and (parsed.rows["persons"] > 0).all()
    )


@given(st.one_of(st.binary(max_size=300), st.text(',"\n\tYearDst2019- 0', max_size=80).map(str.encode)))
def test_any_bytes_raise_nothing_but_a_source_error(content):
    assert reads_or_refuses(content)


@given(st.integers(0, len(SAMPLE)), st.integers(0, 12), st.text('0159,.-\n" aé', max_size=8))
def test_a_damaged_file_is_read_or_refused(start, length, put):
    assert reads_or_refuses(SAMPLE[:start] + put.encode() + SAMPLE[start + length :])


# ---------------------------------------------------------------- the publisher's own file


@pytest.fixture(scope="module")
def real(mirror):
    path = next(Path(mirror, "undesa_migrant_stock").glob("*.csv"))
    content = path.read_bytes()
    return parse(content, path.name), list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


@pytest.mark.real
def test_the_real_file_gives_what_another_reader_counts(real):
    parsed, (_, *records) = real
    cells = [cell for record in records for cell in record[2:]]
    above = [int(cell) for cell in cells if cell.isdecimal() and int(cell)]
    assert (parsed.read, parsed.kept) == (len(cells), len(above)) == (384_888, 79_622)
    assert parsed.rows["persons"].sum() == sum(above)
    assert {finding.reason: finding.rows for finding in parsed.findings} == {
        "no_value": sum(cell in {"", "..", "-"} for cell in cells),
        "zero_or_unknown": sum(cell == "0" for cell in cells),
    }
    assert parsed.release == "2019"


@pytest.mark.real
def test_a_locator_leads_to_the_exact_cell(real):
    parsed, records = real
    for origin, place, year, persons, locator in parsed.rows.rows()[::4001]:
        row, column = re.fullmatch(r"row (\d+), column (.+)", locator).groups()
        record = records[int(row) - 1]
        assert (record[0], record[1], column) == (str(year), place, origin)
        assert record[records[0].index(column)] == str(persons)
