"""The registers of Peru and Mexico: samples of the same shape, and the real files counted by other readers."""

import bz2
import csv
import re
from collections import Counter
from io import BytesIO, TextIOWrapper
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from data.snapshot import Snapshot
from etl.errors import SourceError
from etl.source_declaration import declarations
from etl.sources import national_mexico, national_peru
from tests.etl.cells import cells

RECORDED = Path(__file__).parents[1] / "recorded"
PERU = (RECORDED / "national_peru" / "complaints_sample.xlsx").read_bytes()
MEXICO = (RECORDED / "national_mexico" / "victims_sample.csv").read_bytes()
FIGURES = ["year", "sex", "low", "records"]


def refusal(parser, content):
    with pytest.raises(SourceError) as caught:
        parser.parse(content, "file")
    return str(caught.value)


def aside(parsed):
    return {one.reason: (one.rows, one.detail) for one in parsed.findings}


def changed(cell, value, title=national_peru.SHEET):
    book = openpyxl.load_workbook(BytesIO(PERU))
    book.active[cell] = value
    book.active.title = title
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_peru_has_totals_by_year_and_sex():
    parsed = national_peru.parse(PERU, "file")
    assert parsed.rows.select(FIGURES).rows() == [
        (2021, "female", 15, 3),
        (2021, "male", 3, 3),
        (2021, "total", 18, 3),
        (2022, "female", 8, 2),
        (2022, "male", 3, 2),
        (2022, "total", 11, 2),
    ]
    assert parsed.rows["locator"][2] == "BD_CONSOLIDADO_TRATA!2021, F1_TOTAL"
    assert (parsed.release, parsed.read, parsed.kept) == ("2023-03", 35, 6)
    assert aside(parsed) == {
        "other_breakdown": (14, ""),
        "only_in_national_totals": (9, ""),
        "part_of_a_year": (6, "2023-01/2023-03: 7"),
    }


def test_mexico_has_totals_by_year_and_sex_compressed_or_not():
    parsed = national_mexico.parse(MEXICO, "file")
    assert parsed.rows.select(FIGURES).rows() == [
        (2020, "female", 18, 4),
        (2020, "male", 4, 4),
        (2020, "total", 25, 12),
        (2020, "unknown", 3, 4),
        (2021, "female", 21, 4),
        (2021, "male", 4, 4),
        (2021, "total", 27, 12),
        (2021, "unknown", 2, 4),
    ]
    assert parsed.rows["locator"].to_list()[1:3] == ["Trata de personas, 2020, Hombre", "Trata de personas, 2020"]
    assert (parsed.release, parsed.read, parsed.kept) == ("2022-02", 42, 8)
    assert aside(parsed) == {
        "other_offence": (6, ""),
        "only_in_national_totals": (16, ""),
        "part_of_a_year": (12, "2022-01/2022-02: 6"),
    }
    assert national_mexico.parse(bz2.compress(MEXICO), "file").rows.equals(parsed.rows)


@pytest.mark.parametrize("parser", [national_peru, national_mexico])
def test_nothing_below_the_nation_the_year_and_the_sex_leaves_the_parser(parser):
    parsed = parser.parse(PERU if parser is national_peru else MEXICO, "file")
    assert parsed.rows.columns == ["year", "sex", "low", "records", "locator", "area"]
    assert declarations()[parser.SOURCE].redistribute == "derived"


def test_other_workbooks_and_columns_are_refused():
    assert "it has no sheet BD_CONSOLIDADO_TRATA" in refusal(national_peru, changed("A1", "AÑO", "Hoja1"))
    assert "missing column(s): AÑO; unknown column(s): ANIO" in refusal(national_peru, changed("A1", "ANIO"))
    assert "row 2: persons is 'x'" in refusal(national_peru, changed("J2", "x"))
    assert "is not an XLSX workbook" in refusal(national_peru, b"<html>")


def test_other_tables_and_damaged_ones_are_refused():
    assert "missing column(s): genero; unknown column(s): sexo" in refusal(
        national_mexico, MEXICO.replace(b"genero", b"sexo")
    )
    assert "group is 'Otro'" in refusal(national_mexico, MEXICO.replace(b"Hombre", b"Otro"))
    assert "damaged or cut short" in refusal(national_mexico, bz2.compress(MEXICO)[:-9])
    assert "damaged or cut short (row 43 has" in refusal(national_mexico, MEXICO[:-8])
    assert "missing column(s)" in refusal(national_mexico, b"")


# ---------------------------------------------------------------- the publishers' own files

# As the files add up; the last year of each is nine and six months.
COMPLAINTS = dict(zip(range(2017, 2026), (725, 734, 509, 372, 535, 631, 583, 669, 384), strict=True))
IN_FILES = dict(zip(range(2015, 2026), (1171, 782, 537, 584, 682, 681, 753, 942, 936, 790, 392), strict=True))


def file_of(mirror, source):
    (path,) = (path for glob in declarations()[source].mirror for one in glob.split("|") for path in mirror.glob(one))
    return path


def totals(parsed):
    return dict(parsed.rows.filter(pl.col("sex") == "total").select("year", "low").iter_rows())


def part(parsed):
    (detail,) = (one.detail for one in parsed.findings if one.reason == "part_of_a_year")
    return re.fullmatch(r"(\d{4}-\d\d)/(\d{4}-\d\d): (\d+)", detail).groups()


@pytest.fixture(scope="module")
def complaints(mirror):
    """Peru's register: parsed, and its sums by year and heading, as another library reads the workbook."""
    path = file_of(mirror, "national_peru")
    header, *rows = cells(path)
    year, heading, value = map(header.index, ("AÑO", "Denuncias por comisión", "Valor"))
    sums = Counter()
    for row in rows:
        # A row ends with its last cell that is not blank.
        sums[int(row[year]), row[heading]] += int(row[value] or 0) if len(row) > value else 0
    return national_peru.parse(path.read_bytes(), path.name), sums, len(rows)


@pytest.mark.real
def test_peru_adds_up_to_the_nine_totals(complaints):
    parsed, sums, rows = complaints
    assert {year: sums[year, "F1_TOTAL"] for year in COMPLAINTS} == COMPLAINTS
    *whole, last = COMPLAINTS.items()
    assert totals(parsed) == dict(whole)
    assert part(parsed) == ("2025-01", "2025-09", str(last[1]))
    for year, sex, low in parsed.rows.select("year", "sex", "low").iter_rows():
        heading = {"total": "F1_TOTAL", "female": "EF_SUB TOTAL", "male": "EM_SUB TOTAL"}[sex]
        assert low == sums[year, heading], (year, sex)
    assert parsed.read == rows == parsed.kept + sum(one.rows for one in parsed.findings)


@pytest.mark.real
def test_mexico_adds_up_to_the_eleven_totals(mirror):
    path = file_of(mirror, "national_mexico")
    sums, rows = Counter(), 0
    with TextIOWrapper(bz2.open(path), "utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows += 1
            if row["tipo_de_delito"] == "Trata de personas":
                sums[int(row["n_year"]), row["genero"]] += int(row["n_victimas"])
    by_year = Counter()
    for (year, _), n in sums.items():
        by_year[year] += n
    assert dict(by_year) == IN_FILES
    parsed = national_mexico.parse(path.read_bytes(), path.name)
    *whole, last = IN_FILES.items()
    assert totals(parsed) == dict(whole)
    assert part(parsed) == ("2025-01", "2025-06", str(last[1]))
    words = {"female": "Mujer", "male": "Hombre", "unknown": "No identificado"}
    for year, sex, low in parsed.rows.filter(pl.col("sex") != "total").select("year", "sex", "low").iter_rows():
        assert low == sums[year, words[sex]], (year, sex)
    assert parsed.read == rows == parsed.kept + sum(one.rows for one in parsed.findings)


def unodc(mirror, iso3, category="Total", dimension="Total"):
    """UNODC's printed totals of detected victims by year, from the newest workbook, read as XML rows."""
    path = max((mirror / "unodc_glotip").glob("data_glotip_*.xlsx"))
    _, _, head, *rows = cells(path)
    named = (dict(zip(head, row, strict=True)) for row in rows)
    return {
        int(row["Year"]): row["txtVALUE"]
        for row in named
        if row["Iso3_code"] == iso3
        and row["Indicator"] == "Detected trafficking victims"
        and (row["Dimension"], row["Category"], row["Sex"], row["Age"]) == (dimension, category, "Total", "Total")
    }


@pytest.mark.real
def test_peru_equals_unodc_in_six_years_and_then_differs(mirror):
    printed = unodc(mirror, "PER")
    same = [year for year, n in COMPLAINTS.items() if printed.get(year) == f"{n:,}" or printed.get(year) == str(n)]
    assert same == [2017, 2018, 2019, 2020, 2021, 2022]
    assert printed[2023] == "308"
    assert max(printed) == 2023


@pytest.mark.real
def test_mexico_and_unodc_go_opposite_ways_after_2020(mirror):
    printed = {year: int(text.replace(",", "")) for year, text in unodc(mirror, "MEX").items() if text != "<5"}
    assert {year: printed.get(year) for year in range(2015, 2024)} == {
        **dict(zip(range(2015, 2019), (2015, 986, 970, 731), strict=True)),
        2019: None,
        **dict(zip(range(2020, 2024), (824, 115, 247, 226), strict=True)),
    }
    later = (2021, 2022, 2023)
    assert all(printed[year] < printed[2020] and IN_FILES[year] > IN_FILES[2020] for year in later)


def test_the_published_snapshot_has_national_totals_only():
    figures = Snapshot.open().table("observations").filter(pl.col("indicator").str.starts_with("register_")).collect()
    assert set(figures["age"]) == set(figures["form"]) == {"total"}
    assert figures.height == len(figures.unique(["area", "year", "sex"]))
    assert figures["low"].min() >= 5
