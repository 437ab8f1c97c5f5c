import os
import re
from collections import Counter
from pathlib import Path

import pytest

from etl.errors import SourceError
from etl.sources.unodc_glotip import parse
from tests.etl.cells import cells
from tests.etl.samples import (
    CITIZENSHIP,
    CONVICTED,
    FORM,
    GLOTIP_HEADER,
    citizens,
    glotip,
    glotip_row,
    workbook,
)


def test_a_row_has_the_printed_value_and_its_place():
    content = glotip(
        [glotip_row("BOL", 2017, "1,282"), glotip_row("BOL", 2018, "9", sex="Female", age="0 to 17 years")]
    )
    parsed = parse(content, "a.xlsx")
    assert (parsed.release, parsed.read, parsed.kept, parsed.findings) == ("2025-04-14", 2, 2, [])
    assert parsed.rows.select("area", "year", "low", "high", "status", "locator").rows() == [
        ("BOL", 2017, 1282.0, 1282.0, "exact", "data_glotip_1!4"),
        ("BOL", 2018, 9.0, 9.0, "exact", "data_glotip_1!5"),
    ]
    assert parsed.rows.select("indicator", "dimension", "form", "sex", "age").row(1) == (
        "detected_victims",
        "total",
        "total",
        "female",
        "0-17",
    )


@pytest.mark.parametrize(("other", "low"), [("7", 0.0), ("0", 1.0)])
def test_a_mask_reaches_down_to_zero_only_where_the_release_prints_no_zero(other, low):
    parsed = parse(glotip([glotip_row("CRI", 2019, "<5"), glotip_row("ARG", 2019, other)]), "a.xlsx")
    assert parsed.rows.select("low", "high", "status").row(0) == (low, 4.0, "masked")


@pytest.mark.parametrize(
    ("masks", "zeros", "low", "expected"),
    [
        (100, 1, 1.0, []),
        (101, 1, 0.0, [("few_zeros", "<5 in 101 cells", 1, "data_glotip_1!4", True)]),
        (201, 2, 0.0, [("few_zeros", "<5 in 201 cells", 2, "data_glotip_1!4", True)]),
        (201, 3, 1.0, []),
    ],
)
def test_a_few_zeros_do_not_decide_what_a_whole_release_masks(masks, zeros, low, expected):
    parsed = parse(
        glotip([*[glotip_row("ARG", 2019, "0")] * zeros, *[glotip_row("CRI", 2019, "<5")] * masks]), "a.xlsx"
    )
    assert set(parsed.rows.filter(parsed.rows["printed"] == "<5")["low"]) == {low}
    findings = [(f.reason, f.detail, f.rows, f.first, f.unexpected) for f in parsed.findings]
    assert findings == expected
    assert not any(finding.set_aside for finding in parsed.findings)
    # The zero itself is what is printed.
    assert set(parsed.rows.filter(parsed.rows["printed"] == "0")["high"]) == {0.0}


def test_numbers_may_be_stored_as_numbers_and_columns_in_any_order():
    header = GLOTIP_HEADER[::-1]
    row = (*glotip_row("CRI", 2019, "12")[:9], 2019, "Counts", 12, "GLOTIP")[::-1]
    parsed = parse(glotip([row], header=header, released="2026-05-01"), "a.xlsx")
    assert parsed.release == "2026-05-01"
    assert parsed.rows.select("year", "low").row(0) == (2019, 12.0)


def test_another_sheet_name_and_a_cover_sheet_are_accepted():
    table = [("UNODC",), ("01/02/2027",), GLOTIP_HEADER, glotip_row("CRI", 2019, "12")]
    parsed = parse(workbook({"About": [("Read me",)], "figures": table}), "a.xlsx")
    assert (parsed.release, parsed.rows["locator"].item()) == ("2027-02-01", "figures!4")


def test_new_words_in_known_columns_are_set_aside_and_listed():
    rows = [
        glotip_row("CRI", 2019, "12"),
        glotip_row("CRI", 2019, "12", indicator="Persons investigated"),
        glotip_row("CRI", 2019, "12", dimension="by age of offender"),
        glotip_row("CRI", 2019, "12", dimension=FORM, category="Begging"),
        glotip_row("CRI", 2019, "12", category=None),
        (*glotip_row("CRI", 2019, "12")[:10], "Rate", "12", "GLOTIP"),
    ]
    parsed = parse(glotip(rows), "a.xlsx")
    assert (parsed.read, parsed.kept) == (6, 1)
    assert [(f.reason, f.detail, f.rows, f.unexpected) for f in parsed.findings] == [
        ("unknown_indicator", "Persons investigated", 1, True),
        ("unknown_dimension", "by age of offender", 1, True),
        ("unknown_unit", "Rate", 1, True),
        ("unknown_category", "(blank)", 1, True),
        ("unknown_category", "Begging", 1, True),
    ]


def test_a_blank_citizenship_stays_a_row():
    parsed = parse(glotip([citizens("BOL", 2012, None, "7")]), "a.xlsx")
    assert parsed.rows.select("dimension", "category", "low").row(0) == ("citizenship", None, 7.0)


def placed(code: str | None, country: str | None, value: str = "5", **more: str) -> tuple[str | None, ...]:
    """A row of a place; regions and other groups have no country, region or sub-region."""
    return (code, country, *glotip_row("CRI", 2010, value, **more)[2:])


def seen(parsed) -> list[tuple[str, str, int, bool, bool]]:
    """What a person is told: reason, detail, rows, set aside, unexpected."""
    return [(f.reason, f.detail, f.rows, f.set_aside, f.unexpected) for f in parsed.findings]


KNOWN_GROUPS = ("Aruba/Curacao", "CAR", "CAS", "EEU", "MCA", "MCN", "SAF", "SAM")


def test_rows_of_groups_are_set_aside_and_counted():
    rows = [placed(code, None, "2,000") for code in KNOWN_GROUPS for _ in range(2)]
    parsed = parse(glotip([glotip_row("CRI", 2010, "5"), *rows]), "a.xlsx")
    assert (parsed.read, parsed.kept, parsed.rows["area"].to_list()) == (17, 1, ["CRI"])
    assert seen(parsed) == [("not_a_country", code, 2, True, False) for code in KNOWN_GROUPS]
    assert parsed.findings[0].first == "data_glotip_1!5"


@pytest.mark.parametrize(
    ("code", "country", "finding"),
    [
        ("LCN", None, ("not_a_country", "LCN")),
        ("ARG/URY", None, ("not_a_country", "ARG/URY")),
        ("SAS", "Southern Asia", ("unknown_iso_code", "SAS")),
        (None, "Southern Asia", ("no_iso_code", "Southern Asia")),
        (None, None, ("not_a_country", "(blank)")),
        # A code of a region may be that of a country, here Namibia.
        ("NAM", None, ("not_a_country", "NAM")),
        (None, "Kosovo under UNSCR 1244", ("no_iso_code", "Kosovo under UNSCR 1244")),
        ("XKX", "Kosovo under UNSCR 1244", ("unknown_iso_code", "XKX")),
        ("Note: figures of 2026 are provisional.", None, ("not_a_country", "Note: figures of 2026 are provisional.")),
    ],
)
def test_a_group_or_place_never_seen_is_set_aside_for_a_person_to_look_at(code, country, finding):
    # What cannot be read in a row that is set aside stops nothing.
    parsed = parse(glotip([glotip_row("CRI", 2010, "5"), placed(code, country, "n/a")]), "a.xlsx")
    assert (parsed.read, parsed.kept) == (2, 1)
    assert seen(parsed) == [(*finding, 1, True, True)]


def test_a_place_without_an_iso_code_is_counted_and_a_country_is_read_by_its_name():
    parsed = parse(glotip([placed(None, "Sark"), placed(None, "Chile", "7")]), "a.xlsx")
    assert parsed.rows.select("area", "country", "low").rows() == [("CHL", "Chile", 7.0)]
    assert seen(parsed) == [
        ("read_by_country_name", "Chile", 1, False, True),
        ("no_iso_code", "Sark", 1, True, False),
    ]


@pytest.mark.parametrize(
    ("code", "country", "cells"),
    [
        ("BLV", "Bolivia (Plurinational State of)", "Iso3_code is 'BLV' and column Country is 'Bolivia (Pluri"),
        ("Bolivia", None, "Iso3_code is 'Bolivia' and column Country is blank"),
        ("BOL", None, "Iso3_code is 'BOL' and column Country is blank"),
        ("BOL", "Belize", "Iso3_code is 'BOL' and column Country is 'Belize'"),
        ("ESP", "Bolivia", "Iso3_code is 'ESP' and column Country is 'Bolivia'"),
        ("SAM", "Suriname", "Iso3_code is 'SAM' and column Country is 'Suriname'"),
    ],
)
def test_a_row_that_may_be_of_one_of_the_35_states_is_never_set_aside(code, country, cells):
    with pytest.raises(SourceError, match=r"row 5: column " + re.escape(cells)) as caught:
        parse(glotip([glotip_row("CRI", 2010, "5"), placed(code, country)]), "a.xlsx")
    assert "expected the code and the name of one country; check the file" in str(caught.value)


@pytest.mark.parametrize(
    ("code", "country"), [("BOL", "Estado Andino de Bolivia"), ("bol", "Bolivia"), ("ESP", "Kingdom of Spain")]
)
def test_a_country_may_be_renamed_and_its_code_be_in_small_letters(code, country):
    parsed = parse(glotip([placed(code, country)]), "a.xlsx")
    assert (parsed.rows["area"].item(), parsed.findings) == (code.upper(), [])


@pytest.mark.parametrize(
    ("cell", "detail"),
    [
        ((11, "n/a"), "txtVALUE: n/a"),
        ((11, None), "txtVALUE: (blank)"),
        ((7, "Men"), "Sex: Men"),
        ((8, "0-14"), "Age: 0-14"),
        ((9, "2019/20"), "Year: 2019/20"),
    ],
)
def test_what_cannot_be_read_outside_the_region_is_set_aside(cell, detail):
    row = list(glotip_row("ESP", 2010, "5"))
    row[cell[0]] = cell[1]
    parsed = parse(glotip([glotip_row("CRI", 2010, "5"), tuple(row)]), "a.xlsx")
    assert parsed.rows["area"].to_list() == ["CRI"]
    assert seen(parsed) == [("unreadable_cell", detail, 1, True, True)]


def test_words_and_headings_may_be_in_any_case():
    header = tuple(name.upper().replace("_", " ") for name in GLOTIP_HEADER)
    upper = tuple(cell and cell.upper() for cell in glotip_row("CRI", 2010, "5", sex="Female", age="0 to 17 years"))
    form = (*glotip_row("CRI", 2010, "6")[:5], "By form of  exploitation", "Removal of Organs", *upper[7:11], "6", "")
    parsed = parse(glotip([upper, form], header=header), "a.xlsx")
    assert parsed.findings == []
    assert parsed.rows.select("indicator", "dimension", "form", "sex", "age", "low").rows() == [
        ("detected_victims", "total", "total", "female", "0-17", 5.0),
        ("detected_victims", "form", "organ_removal", "female", "0-17", 6.0),
    ]


def test_columns_that_no_figure_needs_may_be_missing_and_figures_be_named_as_in_other_workbooks():
    keep = [index for index, name in enumerate(GLOTIP_HEADER) if name not in {"Region", "Subregion", "Source"}]
    header = tuple({"txtVALUE": "VALUE"}.get(GLOTIP_HEADER[index], GLOTIP_HEADER[index]) for index in keep)
    parsed = parse(glotip([tuple(glotip_row("CRI", 2010, "5")[index] for index in keep)], header=header), "a.xlsx")
    assert (parsed.rows["low"].item(), parsed.findings) == (5.0, [])


def test_a_new_column_is_told_where_it_divides_no_figure_and_refused_where_it_may():
    rows = [
        (*glotip_row("CRI", 2010, "5"), "188", "provisional", "urban"),
        (*glotip_row("CRI", 2011, "6"), "188", None, "rural"),
        (*glotip_row("ARG", 2011, "7"), "032", None, "urban"),
    ]
    header = (*GLOTIP_HEADER, "M49", "Foot-note", "Area")
    parsed = parse(glotip([row[:-1] for row in rows], header=header[:-1]), "a.xlsx")
    assert parsed.rows["low"].to_list() == [5.0, 6.0, 7.0]
    assert seen(parsed) == [("unknown_column", name, 3, False, True) for name in ("M49", "Foot-note")]
    with pytest.raises(SourceError, match=r"row 3: unknown column\(s\): Area"):
        parse(glotip(rows, header=header), "a.xlsx")


def test_of_swapped_columns_no_row_is_kept_and_a_person_is_told():
    header = list(GLOTIP_HEADER)
    header[4], header[5] = header[5], header[4]
    parsed = parse(glotip([glotip_row("CRI", 2010, "5")], header=tuple(header)), "a.xlsx")
    assert (parsed.read, parsed.kept) == (1, 0)
    assert seen(parsed) == [("unknown_indicator", "Total", 1, True, True)]


def test_a_long_banner_is_read_past():
    table = [("UNODC", "unodc_ddds@un.org"), *[("",), ("Please cite as follows.",)] * 8, ("30/05/2023",)]
    content = workbook({"data": [*table, GLOTIP_HEADER, glotip_row("CRI", 2019, "12")]})
    parsed = parse(content, "a.xlsx")
    assert (parsed.release, parsed.rows["locator"].item()) == ("2023-05-30", "data!20")


BAD_CELLS = {
    "value": ((11, "about 12"), "column txtVALUE is 'about 12'"),
    "negative": ((11, "-1"), "column txtVALUE is '-1'"),
    "other mask": ((11, "<10"), "column txtVALUE is '<10'"),
    "blank value": ((11, None), "column txtVALUE is blank"),
    "sex": ((7, "Men"), "column Sex is 'Men'"),
    "age": ((8, "0-14"), "column Age is '0-14'"),
    "year": ((9, "2019/20"), "column Year is '2019/20'"),
    "country": ((0, "Costa Rica"), "column Iso3_code is 'Costa Rica'"),
}


@pytest.mark.parametrize(("cell", "expected"), BAD_CELLS.values(), ids=BAD_CELLS)
def test_a_cell_that_cannot_be_read_stops_with_its_place(cell, expected):
    row = list(glotip_row("CRI", 2019, "12"))
    row[cell[0]] = cell[1]
    with pytest.raises(SourceError) as caught:
        parse(glotip([glotip_row("ARG", 2019, "3"), tuple(row)]), "release.xlsx")
    text = str(caught.value)
    assert text.startswith("source unodc_glotip, file release.xlsx, sheet data_glotip_1, row 5: ")
    assert expected in text


def test_a_renamed_column_is_named_both_ways():
    header = ("ISO3", *GLOTIP_HEADER[1:])
    with pytest.raises(SourceError, match=r"row 3: missing column\(s\): Iso3_code; unknown column\(s\): ISO3"):
        parse(glotip([glotip_row("CRI", 2019, "12")], header=header), "a.xlsx")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<!DOCTYPE html><html>Sign in</html>", "not an XLSX workbook"),
        (b"", "not an XLSX workbook"),
        (glotip([glotip_row("CRI", 2019, "12")])[:3000], "cut short or damaged"),
        (workbook({"Sheet1": [("nothing", "here")]}), "no header row with Iso3_code"),
        (glotip([]), "the table has no rows"),
        (glotip([glotip_row("CRI", 2019, "12")], released="soon"), "no release date"),
        (glotip([glotip_row("CRI", 2019, "12")], released="14/04/25"), "no release date"),
        (glotip([glotip_row("CRI", 2019, "12")], released="31/02/2025"), "is not a date"),
    ],
    ids=["html", "empty", "truncated", "other sheet", "no rows", "no date", "short year", "bad date"],
)
def test_a_file_that_is_not_the_workbook_is_refused(content, expected):
    with pytest.raises(SourceError, match=expected):
        parse(content, "a.xlsx")


def _real_files() -> list[Path]:
    mirror = os.environ.get("ATALAYA_MIRROR")
    if not mirror:
        pytest.skip("ATALAYA_MIRROR does not name a folder of the publishers' files")
    return sorted(Path(mirror).glob("unodc_glotip/*.xlsx"))


@pytest.mark.real
def test_the_real_releases_are_read_cell_by_cell():
    for path in _real_files():
        parsed = parse(path.read_bytes(), path.name)
        printed = cells(path)[3:]
        assert parsed.read == len(printed)
        by_openpyxl = Counter((row[0], row[4], str(row[9]), str(row[11])) for row in printed if row[0])
        names = {"detected_victims": "Detected trafficking victims", "persons_convicted": CONVICTED}
        rows = parsed.rows.filter(parsed.rows["indicator"].is_in(list(names)))
        ours = Counter(
            (area, names[indicator], str(year), printed)
            for area, indicator, year, printed in rows.select("area", "indicator", "year", "printed").iter_rows()
        )
        assert ours == Counter({key: n for key, n in by_openpyxl.items() if key[1] in names.values()})


@pytest.mark.real
def test_the_leaked_code_of_the_real_releases_is_read_as_printed():
    for path in _real_files():
        rows = parse(path.read_bytes(), path.name).rows
        leaked = rows.filter((rows["area"] == "SLV") & (rows["high"] > 1_000_000))
        assert leaked.select("year", "dimension", "printed").rows() == [(2021, "citizenship", "6,112,019")]


def test_the_sample_writer_agrees_with_the_header():
    assert len(glotip_row("CRI", 2019, "1")) == len(GLOTIP_HEADER)
    assert CITIZENSHIP in citizens("CRI", 2019, "Costa Rica", "1")


def test_a_repeated_column_is_named():
    header = (*GLOTIP_HEADER, "Sex")
    with pytest.raises(SourceError, match=r"row 3: repeated column\(s\): Sex"):
        parse(glotip([(*glotip_row("CRI", 2019, "12"), "Total")], header=header), "a.xlsx")


@pytest.mark.parametrize("cover", [[], [tuple("abcdefgh"), tuple("12345678")]], ids=["empty", "wide"])
def test_no_cover_sheet_is_taken_for_the_table(cover):
    table = [("UNODC",), ("01/02/2027",), GLOTIP_HEADER, glotip_row("CRI", 2019, "12")]
    assert parse(workbook({"Codebook": cover, "figures": table}), "a.xlsx").rows["locator"].item() == "figures!4"


def test_a_year_after_the_release_is_refused():
    assert parse(glotip([glotip_row("CRI", 2025, "12")]), "a.xlsx").kept == 1
    with pytest.raises(SourceError, match="row 4: column Year is '2026'"):
        parse(glotip([glotip_row("CRI", 2026, "12")]), "a.xlsx")


def test_a_code_missing_in_iso_3166_is_set_aside_and_listed():
    parsed = parse(glotip([glotip_row("MEX", 2021, "4"), glotip_row("MXE", 2021, "9")]), "a.xlsx")
    assert parsed.rows["area"].to_list() == ["MEX"]
    assert [(f.reason, f.detail, f.rows, f.unexpected, f.first) for f in parsed.findings] == [
        ("unknown_iso_code", "MXE", 1, True, "data_glotip_1!5")
    ]


@pytest.mark.parametrize("part", [{"sex": "Female"}, {"age": "0 to 17 years"}])
def test_citizenships_by_sex_or_age_are_no_totals(part):
    listed = glotip_row("MEX", 2021, "9", dimension=CITIZENSHIP, category="Honduras")
    women = glotip_row("MEX", 2021, "4", dimension=CITIZENSHIP, category="Honduras", **part)
    parsed = parse(glotip([listed, women]), "a.xlsx")
    assert parsed.rows["low"].to_list() == [9.0]
    assert [(f.reason, f.rows, f.unexpected) for f in parsed.findings] == [("citizenship_by_sex_or_age", 1, True)]


def test_two_sheets_with_a_table_are_refused():
    table = [("UNODC",), ("14/04/2025",), GLOTIP_HEADER, glotip_row("MEX", 2021, "4")]
    with pytest.raises(SourceError, match=r"sheet data, copy: more than one sheet has a table"):
        parse(workbook({"data": table, "copy": table}), "a.xlsx")


def test_a_cell_under_a_blank_heading_is_not_dropped():
    with pytest.raises(SourceError, match=r"row 4: 'stray' is in a column without a heading"):
        parse(glotip([(*glotip_row("MEX", 2021, "4"), "stray")]), "a.xlsx")


def test_a_note_right_of_the_table_and_above_its_rows_is_no_column():
    banner = ("UNODC", *[None] * len(GLOTIP_HEADER), "a note")
    table = [banner, ("14/04/2025",), GLOTIP_HEADER, glotip_row("MEX", 2021, "4")]
    assert parse(workbook({"data": table}), "a.xlsx").rows.select("area", "low").rows() == [("MEX", 4.0)]


@pytest.mark.parametrize(("column", "text"), [(9, "٢٠٢١"), (11, "٤")])
def test_digits_of_other_scripts_are_refused(column, text):
    row = list(glotip_row("MEX", 2021, "4"))
    row[column] = text
    with pytest.raises(SourceError, match=f"row 4: column .* is '{text}'"):
        parse(glotip([tuple(row)]), "a.xlsx")


@pytest.mark.parametrize(
    ("banner", "release"),
    [
        ("Data as of 31/12/2024; published 15/04/2026", "2026-04-15"),
        ("15.04.2026", "2026-04-15"),
        ("Last update: 5-4-2026", "2026-04-05"),
        ("15 April 2026", "2026-04-15"),
        ("Updated 15 APR 2026", "2026-04-15"),
        ("15-Apr-2026", "2026-04-15"),
        ("April 15, 2026", "2026-04-15"),
        ("Data of May 2025. Released: 5 May 2026", "2026-05-05"),
        ("2026-04-15 00:00:00", "2026-04-15"),
    ],
)
def test_the_latest_date_of_the_banner_is_the_release(banner, release):
    assert parse(glotip([glotip_row("MEX", 2021, "4")], released=banner), "a.xlsx").release == release


def test_three_decimals_may_mean_thousands_and_are_refused():
    with pytest.raises(SourceError, match=r"column txtVALUE is '1\.000'"):
        parse(glotip([glotip_row("MEX", 2021, "1.000")]), "a.xlsx")
