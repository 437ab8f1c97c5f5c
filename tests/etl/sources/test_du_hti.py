import csv
import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.columns import PARAGRAPHS
from data.reviewed import REFERENCE
from etl.errors import SourceError
from etl.parsed import Finding
from etl.source_declaration import declarations
from etl.sources.du_hti import measures, parse

FILE = "Human Trafficking Index sample.xlsx"
SAMPLE = (Path(__file__).parents[1] / "recorded" / "du_hti" / FILE).read_bytes()
ROWS, MEASURES = 6, 39
# Where the sample has its columns: A year, B country, then two that are not read.
FIRST = 5


def refusal(content):
    with pytest.raises(SourceError) as caught:
        parse(content, FILE)
    return str(caught.value)


def saved(book):
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(cell, value):
    book = openpyxl.load_workbook(BytesIO(SAMPLE))
    book["2008"][cell] = value
    return saved(book)


def declared():
    with (REFERENCE / "hti_measures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_cell_that_states_a_measure_is_a_row():
    parsed = parse(SAMPLE, FILE)
    assert (parsed.release, parsed.release_basis) == ("2008", "sheet name")
    assert (parsed.read, parsed.kept) == (ROWS * MEASURES, 13)
    assert parsed.rows.columns == ["label", "measure", "paragraph", "stated", "printed", "differs", "locator"]
    assert parsed.rows.row(0) == ("Argentina", "comprehensive_act", 23, "yes", "1", False, "2008!2, column E")


def test_unspecified_measures_are_marked():
    rows = parse(SAMPLE, FILE).rows.filter(label="Argentina", measure="hotline")
    assert rows.select("stated", "printed", "locator").rows() == [("unspecified", "3", "2008!2, column AK")]


def test_zero_and_blank_are_set_aside_and_the_account_is_exact():
    parsed = parse(SAMPLE, FILE)
    assert parsed.findings == [Finding("du_hti", "2008", "not_stated", "", ROWS * MEASURES - 13)]
    assert "national_plan" not in parsed.rows.filter(label="Argentina")["measure"].to_list()


def test_contradicting_rows_of_a_country_are_marked():
    rows = parse(SAMPLE, FILE).rows.filter(label="Panama").select("measure", "printed", "differs").rows()
    # A blank or a 0 beside a 1 is a contradiction too.
    assert rows == [
        ("legal_aid", "3", True),
        ("task_force", "1", False),
        ("hotline", "1", True),
        ("legal_aid", "1", True),
        ("task_force", "1", False),
    ]


def test_an_unknown_code_is_set_aside_and_listed():
    parsed = parse(changed("E3", 2), FILE)
    assert Finding(
        "du_hti", "2008", "unknown_code", "comprehensive_act: 2", 1, unexpected=True, first="2008!3, column E"
    ) in (parsed.findings)
    assert parsed.read == parsed.kept + sum(finding.rows for finding in parsed.findings)


def test_columns_that_are_not_declared_may_hold_anything():
    assert parse(changed("D2", "anything"), FILE).rows.equals(parse(SAMPLE, FILE).rows)


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("E1", "Renamed", "row 1: missing column(s): Countries that have a comprehensive anti-trafficking act"),
        ("D1", "Country", "row 1: repeated column(s): Country"),
        ("A3", 2009, "row 3: year 2009 and country Panama"),
        ("A3", None, "row 3: year blank and country Panama"),
        ("B3", None, "row 3: year 2008 and country blank"),
        ("E9", 1, "row 9: year blank and country blank"),
    ],
)
def test_a_malformed_row_or_column_is_refused_with_its_place(cell, value, expected):
    assert f"source du_hti, file {FILE}, sheet 2008, {expected}" in refusal(changed(cell, value))


def test_another_sheet_an_empty_one_and_one_without_rows_are_refused():
    book = openpyxl.load_workbook(BytesIO(SAMPLE))
    book.create_sheet("2009")
    assert "expected one sheet named 2008, found 2008, 2009" in refusal(saved(book))
    del book["2009"]
    book["2008"].delete_rows(2, 30)
    assert "sheet 2008: the table has no rows" in refusal(saved(book))
    book["2008"].delete_rows(1)
    assert "sheet 2008: the sheet is empty" in refusal(saved(book))


def test_a_page_or_a_cut_file_is_refused():
    assert "is not an XLSX workbook" in refusal(b"<!DOCTYPE html>")
    assert "cut short or damaged" in refusal(SAMPLE[:3000])


def test_the_declared_measures_are_well_formed():
    table = declared()
    assert list(table[0]) == ["column", "measure", "paragraph", "reason"]
    for name in ("column", "measure"):
        assert max(Counter(row[name] for row in table).values()) == 1
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", row["measure"]) for row in table)
    assert all(1 <= int(row["paragraph"]) <= PARAGRAPHS for row in table)
    assert measures().height == len(table) == MEASURES


def test_no_declared_column_is_about_conduct_failures_or_victims():
    other = (
        r"\b(no|not|non|neither|without|lack\w*|inadequate\w*|fail\w*|insufficient|limited|only|some|un\w+ed|corrupt\w*|"
        r"complicit|allegations|abuse|punish\w*|deport\w*|origin|transit|destination|internally|tier|men|women|girls|"
        r"boys|recruited|reported)\b"
    )
    # An alternative to deportation is a measure; deportation itself is conduct, which other columns have.
    measure = "legal alternatives are implemented in deportation and repatriation of individuals"
    columns = {row["column"].lower() for row in declared()}
    assert {column for column in columns if re.search(other, column)} == {measure}


def test_the_two_workbooks_of_one_folder_are_distinguished(tmp_path):
    known = declarations()
    folder = tmp_path / "du_directionality"
    folder.mkdir()
    for name in ("Human Trafficking Index Dataset.xlsx", "Directionality Coding 2008-2016.xlsx"):
        (folder / name).touch()
    matches = {source: [p.name for g in known[source].mirror for p in tmp_path.glob(g)] for source in known}
    assert matches["du_hti"] == ["Human Trafficking Index Dataset.xlsx"]
    assert matches["du_directionality"] == ["Directionality Coding 2008-2016.xlsx"]


def reads_or_refuses(content):
    try:
        parsed = parse(content, FILE)
    except SourceError:
        return True
    return parsed.read == parsed.kept + sum(finding.rows for finding in parsed.findings) and parsed.kept == len(
        parsed.rows
    )


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(b"PK\x03\x04".__add__)))
def test_any_bytes_raise_nothing_but_a_source_error(content):
    assert reads_or_refuses(content)


@given(st.integers(0, len(SAMPLE)), st.integers(0, 40), st.binary(max_size=40))
def test_a_damaged_workbook_is_read_or_refused(start, length, put):
    assert reads_or_refuses(SAMPLE[:start] + put + SAMPLE[start + length :])


CELLS = st.one_of(
    st.none(), st.integers(-5, 2010), st.floats(allow_nan=False, allow_infinity=False), st.text("01ab é<", max_size=4)
)


@given(st.integers(1, 9), st.integers(1, FIRST + MEASURES), CELLS)
def test_any_value_of_a_cell_is_read_or_refused(row, column, value):
    book = openpyxl.load_workbook(BytesIO(SAMPLE))
    book["2008"].cell(row, column).value = value
    assert reads_or_refuses(saved(book))


# ---------------------------------------------------------------- the publisher's own file


@pytest.fixture(scope="module")
def real(mirror):
    content = next(Path(mirror, "du_directionality").glob("Human Trafficking Index*.xlsx")).read_bytes()
    sheet = openpyxl.load_workbook(BytesIO(content), data_only=True)["2008"]
    return parse(content, "real.xlsx"), list(sheet.iter_rows(values_only=True))


@pytest.mark.real
def test_each_measure_has_the_cells_that_another_reader_counts(real):
    parsed, (header, *rows) = real
    countries = [row for row in rows if row[1]]
    assert parsed.read == len(countries) * MEASURES == 185 * MEASURES
    counted = {
        declaration["measure"]: sum(str(row[header.index(declaration["column"])]) in {"1", "3"} for row in countries)
        for declaration in declared()
    }
    assert Counter(parsed.rows["measure"]) == counted
    assert [(finding.reason, finding.rows) for finding in parsed.findings] == [
        ("not_stated", parsed.read - sum(counted.values()))
    ]


@pytest.mark.real
def test_a_locator_leads_to_the_exact_cell(real):
    parsed, rows = real
    for label, measure, printed, locator in parsed.rows.select("label", "measure", "printed", "locator").rows()[::50]:
        row, letters = re.fullmatch(r"2008!(\d+), column ([A-Z]+)", locator).groups()
        column = openpyxl.utils.column_index_from_string(letters)
        heading = next(entry["column"] for entry in declared() if entry["measure"] == measure)
        cells = rows[int(row) - 1]
        assert (rows[0][column - 1], cells[1], str(cells[column - 1])) == (heading, label, printed)


# The paragraphs for which the coding was searched, and the one on which it says nothing.
NAMED, SILENT = {5, 8, 10, 11, 12, 13, 15, 16, 17, 18, 19, 21, 23}, {21}


def test_every_paragraph_that_the_coding_covers_has_a_measure():
    assert {int(row["paragraph"]) for row in declared()} & NAMED == NAMED - SILENT


@pytest.mark.real
def test_no_heading_of_the_sheet_is_about_survivors_reintegration_or_employment(real):
    """Paragraph 21 asks for policies made with survivors, for reintegration and employment."""
    _, (header, *_) = real
    spoken = re.compile(r"surviv|reintegrat|rehabilitat|employ|vocation|livelihood|re-?entry|\binput\b|\bjobs?\b")
    assert [heading for heading in header if heading and spoken.search(heading.lower())] == [
        "Countries where employment agencies are complicit in human trafficking",
        "Countries in which systematic procedures are employed to identify trafficking victims",
    ]


@pytest.mark.real
@pytest.mark.parametrize(
    ("measure", "paragraph", "locator", "label"),
    [
        ("codes_of_conduct", 8, "2008!37, column EP", "Costa Rica"),
        ("legal_alternatives", 16, "2008!116, column BW", "Nicaragua"),
        ("referral_to_ngos", 10, "2008!46, column CZ", "Ecuador"),
        ("taught_in_schools", 17, "2008!48, column EL", "El Salvador"),
    ],
)
def test_cells_found_by_eye_are_read(real, measure, paragraph, locator, label):
    rows = real[0].rows.filter(measure=measure, label=label).select("paragraph", "stated", "locator").rows()
    assert rows == [(paragraph, "yes", locator)]
