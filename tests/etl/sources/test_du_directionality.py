import re
from collections import Counter
from pathlib import Path

import pytest

from etl.errors import SourceError
from etl.parsed import Finding
from etl.sources.du_directionality import parse
from tests.etl.cells import sheets
from tests.etl.directionality_samples import coding, coding_workbook, header, statement

FILE = "Directionality Coding.xlsx"


def one_sheet(*rows, name="2016", head=None):
    return coding_workbook({name: [head or header(2016), *rows]})


def refusal(content):
    with pytest.raises(SourceError) as caught:
        parse(content, FILE)
    return str(caught.value)


@pytest.fixture(scope="module")
def parsed():
    return parse(coding_workbook(), FILE)


def test_every_statement_is_read_once_with_its_place(parsed):
    assert parsed.rows.select("year", "origin_label", "transit_label", "destination_label", "locator").rows() == [
        (2009, None, "Mexico", None, "2009 RECODE!2"),
        (2012, "South Asia", None, "Malawi", "2012!2"),
        (2012, "Bolivia", None, "Argentina", "2012!3"),
        (2012, "South Asia", None, "Peru", "2012!4"),
        (2016, "Nicaragua", "Costa Rica", "Panama", "2016!2"),
        (2016, "Nicaragua", "Costa Rica", "Panama", "2016!3"),
        (2016, "Nicaragua", "Costa Rica", "Panama", "2016!4"),
    ]


def test_rows_set_aside_are_counted_by_reason(parsed):
    assert (parsed.read, parsed.kept) == (15, 7)
    assert parsed.findings == [
        Finding("du_directionality", "undated", "child_sex_tourism", "2009 RECODE", 1),
        Finding("du_directionality", "undated", "child_sex_tourism", "2016", 1),
        Finding("du_directionality", "undated", "no_place", "2016", 1),
        Finding("du_directionality", "undated", "sheet_repeats_another", "Sheet1 repeats 2016", 5),
    ]


def test_codes_become_ids_however_the_cell_lists_them(parsed):
    assert parsed.rows.select("form", "profile").rows()[:3] == [
        (["other_or_unspecified"], ["transgender"]),
        (["forced_labour"], ["girls", "boys"]),
        (["forced_labour", "forced_marriage"], ["women"]),
    ]
    assert parsed.rows.select("form", "profile").rows()[-1] == ([], [])


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        ("1, 2", ["sexual_exploitation", "forced_labour"]),
        ("2,,10", ["forced_labour", "forced_marriage"]),
        ("2,6,3", ["forced_labour", "domestic_servitude", "forced_begging"]),
        ("7,8", ["child_soldiers", "forced_criminal_activity"]),
        ("9", ["child_sexual_exploitation"]),
        (5.6, ["forced_drug_trafficking", "forced_begging"]),
        ("1,1", ["sexual_exploitation"]),
    ],
)
def test_lists_of_codes(cell, ids):
    assert parse(one_sheet(statement("Peru", None, "Chile", form=cell)), FILE).rows["form"].to_list() == [ids]


def test_a_flag_may_be_in_a_column_without_a_name(parsed):
    assert parsed.rows["flagged"].to_list() == [False, True, False, True, False, False, False]


def test_an_equal_row_names_the_first_and_one_other_cell_makes_another_statement(parsed):
    assert parsed.rows["repeat_of"].to_list()[-3:] == [None, "2016!2", None]
    notes = [statement("Peru", None, "Chile", notes=note) for note in ("in mines", "at sea")]
    assert parse(one_sheet(*notes), FILE).rows["repeat_of"].to_list() == [None, None]


def test_equal_rows_of_two_years_are_two_statements():
    row = statement("Peru", None, "Chile", year=None)
    both = parse(coding_workbook({"2016": [header(2016), row], "2015": [header(2015), row]}), FILE)
    assert both.rows.select("year", "repeat_of").rows() == [(2015, None), (2016, None)]


def test_notes_and_other_codings_are_not_kept(parsed):
    assert parsed.rows.columns == [
        "year",
        "origin_label",
        "transit_label",
        "destination_label",
        "form",
        "profile",
        "flagged",
        "repeat_of",
        "locator",
    ]


def test_the_doubled_sheet_is_found_by_content_whatever_its_name_and_place():
    sheets = coding()
    renamed = {"2017": sheets["Sheet1"], "2016": sheets["2016"]}
    result = parse(coding_workbook(renamed), FILE)
    assert set(result.rows["year"]) == {2016}
    assert [(f.detail, f.rows) for f in result.findings if f.reason == "sheet_repeats_another"] == [
        ("2017 repeats 2016", 5)
    ]


def test_a_sheet_without_a_year_that_repeats_nothing_is_refused():
    sheets = coding()
    sheets["Sheet1"] = [*sheets["Sheet1"], statement("Peru", None, "Chile")]
    assert "sheet Sheet1: the sheet's name has no year" in refusal(coding_workbook(sheets))


def test_two_sheets_of_one_year_with_other_rows_are_refused():
    sheets = {"2016": [header(2016), statement("Peru", None, "Chile")]}
    sheets["2016 RECODE"] = [header(2016), statement("Peru", None, "Brazil")]
    assert "sheet 2016 RECODE: sheet 2016 has other rows" in refusal(coding_workbook(sheets))


def test_a_header_of_another_year_is_refused():
    problem = refusal(one_sheet(statement("Peru", None, "Chile"), name="2014"))
    assert "sheet 2014: its header says 2016, but its name 2014" in problem


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (statement("Peru", None, "Chile", form="labour"), "type of trafficking is 'labour'"),
        (statement("Peru", None, "Chile", profile="1;2"), "victim profile is '1;2'"),
        (statement("Peru", None, "Chile", flag="?"), "flagged is '?'"),
        (statement("Peru", None, "Chile", year="n/a"), "year is 'n/a'"),
        ((*statement("Peru", None, "Chile"), "see below"), "unnamed_11 is 'see below'"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(row, column):
    head = (*header(2016), None)
    good = (*statement("Peru", None, "Chile"), "x")
    problem = refusal(one_sheet(good, row, head=head))
    assert problem.startswith(f"source du_directionality, file {FILE}, sheet 2016, row 3: column {column}")


@pytest.mark.parametrize(
    ("row", "reason", "detail"),
    [
        (statement("Peru", None, "Chile", form="1,12"), "unknown_form_code", "2016: type of trafficking 1,12"),
        (statement("Peru", None, "Chile", profile=6), "unknown_profile_code", "2016: victim profile 6"),
        (statement("Peru", None, "Chile", year=2014), "year_differs_from_sheet", "2016: year 2014"),
    ],
)
def test_unknown_codes_are_set_aside_and_listed(row, reason, detail):
    result = parse(one_sheet(row, statement("Peru", None, "Brazil")), FILE)
    assert result.rows["destination_label"].to_list() == ["Brazil"]
    assert result.findings == [
        Finding("du_directionality", "undated", reason, detail, 1, unexpected=True, first="2016!2")
    ]


def test_a_renamed_column_is_refused():
    head = tuple("Via" if cell == "(Transit Country)" else cell for cell in header(2016))
    problem = refusal(one_sheet(statement("Peru", None, "Chile"), head=head))
    assert "sheet 2016, row 1" in problem
    assert "missing column(s): transit country" in problem
    assert "unknown column(s): via" in problem


def test_a_sheet_without_rows_is_refused_and_an_empty_one_is_ignored():
    assert "sheet 2016: the sheet has a header and no rows" in refusal(one_sheet())
    sheets = {"2016": [header(2016), statement("Peru", None, "Chile")], "Sheet2": []}
    assert parse(coding_workbook(sheets), FILE).read == 1
    assert "no sheet has rows" in refusal(coding_workbook({"2016": []}))


def test_a_page_or_a_cut_file_is_refused():
    assert "is not an XLSX workbook" in refusal(b"<!DOCTYPE html><title>Sign in</title>")
    assert "cut short or damaged" in refusal(coding_workbook()[:3000])


# ---------------------------------------------------------------- the publisher's own file


@pytest.fixture(scope="module")
def real(mirror):
    content = next(Path(mirror, "du_directionality").glob("Directionality Coding*.xlsx")).read_bytes()
    return parse(content, "real.xlsx"), content


def filled_rows(content):
    """Per sheet, its number of rows below the header with any cell filled; and its rows without child sex tourism."""
    for title, printed in sheets(content).items():
        rows = [r for r in printed[1:] if any(str(c or "").strip() for c in r)]
        places = [r for r in rows if any(r[1:4])]
        yield title, len(rows), sum("4" not in re.findall(r"\d+", str(r[5])) for r in places)


@pytest.mark.real
def test_each_year_has_the_rows_that_another_reader_counts(real):
    parsed, content = real
    counted = list(filled_rows(content))
    assert parsed.read == sum(rows for _, rows, _ in counted) == 24_218
    expected = {int(re.search(r"\d{4}", name).group()): count for name, _, count in counted if name != "Sheet1"}
    assert len(expected) == 9
    assert Counter(parsed.rows["year"]) == expected
    assert parsed.kept + sum(finding.rows for finding in parsed.findings) == parsed.read


@pytest.mark.real
def test_the_doubled_sheet_of_the_real_file_is_counted_once(real):
    repeats = [finding for finding in real[0].findings if finding.reason == "sheet_repeats_another"]
    assert [(finding.detail, finding.rows) for finding in repeats] == [("Sheet1 repeats 2016", 1978)]
    assert not any(finding.unexpected for finding in real[0].findings)


@pytest.mark.real
def test_nicaragua_to_panama_via_costa_rica_is_in_three_reports(real):
    rows = real[0].rows.select("origin_label", "transit_label", "destination_label", "year", "locator").rows()
    statements = [(year, place) for *points, year, place in rows if points == ["Nicaragua", "Costa Rica", "Panama"]]
    assert {year for year, _ in statements} == {2014, 2015, 2016}
    for _, place in statements:
        sheet, row = place.split("!")
        assert [sheets(real[1])[sheet][int(row) - 1][column] for column in (1, 3)] == ["Nicaragua", "Panama"]


@pytest.mark.real
def test_code_eleven_is_other_or_unspecified_in_the_real_file(real):
    forms = [form for forms in real[0].rows["form"] for form in forms]
    assert Counter(forms)["other_or_unspecified"] == 41
    assert "child_sex_tourism" not in forms
