import csv
import json
from pathlib import Path

import pytest

from etl.errors import SourceError
from etl.parsed import Finding
from etl.sources.worldbank_population import parse

RECORDED = Path(__file__).parents[1] / "recorded" / "worldbank_population"
LONG, WIDE, API = (
    (RECORDED / name).read_bytes()
    for name in ("worldbank_population_2025-03.csv", "API_SP.POP.TOTL_DS2_en_csv.csv", "v2_answer.json")
)
STATES = """
    ATG ARG BHS BRB BLZ BOL BRA CAN CHL COL CRI CUB DMA DOM ECU SLV GRD GTM GUY HTI HND JAM MEX NIC PAN PRY PER KNA
    LCA VCT SUR TTO USA URY VEN
"""


def refusal(content, file="population.csv"):
    with pytest.raises(SourceError) as caught:
        parse(content, file)
    return str(caught.value)


def figures(parsed):
    return {(area, year): (low, high) for area, year, low, high, _ in parsed.rows.rows()}


def test_the_bulk_form_has_one_row_for_each_figure():
    parsed = parse(LONG, "worldbank_population_2025-03.csv")
    assert parsed.rows.rows()[1:4] == [
        ("BLZ", 2020, 394921.0, 394921.0, "row 3"),
        ("BLZ", 2021, 400031.0, 400031.0, "row 4"),
        ("BHS", 2020, 406471.0, 406471.0, "row 5"),
    ]
    assert (parsed.release, parsed.release_basis) == ("2025-03", "file name")
    assert (parsed.read, parsed.kept) == (7, 5)
    assert parsed.findings == [
        Finding("worldbank_population", "2025-03", "no_value", "", 1),
        Finding("worldbank_population", "2025-03", "repeated_row", "", 1),
    ]


def test_the_publishers_download_has_one_column_for_each_year():
    parsed = parse(WIDE, "API_SP.POP.TOTL_DS2_en_csv.csv")
    assert parsed.release == "2025-07-01"
    assert figures(parsed) == {
        ("BLZ", 2020): (394921, 394921),
        ("BLZ", 2021): (400031, 400031),
        ("BLZ", 2022): (405272, 405272),
        ("BHS", 2020): (406471, 406471),
        ("BHS", 2022): (410001, 410001),
    }
    assert parsed.rows["locator"].to_list()[-1] == "row 7, column 2022"
    assert (parsed.read, parsed.kept, [(f.reason, f.rows) for f in parsed.findings]) == (6, 5, [("no_value", 1)])


def test_the_answer_of_the_api():
    parsed = parse(API, "answer.json")
    assert (parsed.release, parsed.release_basis) == ("2025-07-01", "lastupdated of the answer")
    assert parsed.rows.rows() == [
        ("BLZ", 2021, 400031.0, 400031.0, "record BLZ 2021"),
        ("BLZ", 2020, 394921.0, 394921.0, "record BLZ 2020"),
        ("ARB", 2021, 460000000.0, 460000000.0, "record ARB 2021"),
    ]
    assert parsed.read == 5
    assert [(f.reason, f.rows) for f in parsed.findings] == [("no_iso_code", 1), ("no_value", 1)]


@pytest.mark.parametrize(
    ("name", "release"),
    [
        ("population_2025-03.csv", "2025-03"),
        ("population_2025-03-09.csv", "2025-03-09"),
        ("population_2025-13.csv", "undated"),
        ("population.csv", "undated"),
    ],
)
def test_the_release_of_the_bulk_form_is_in_its_name_or_nowhere(name, release):
    assert parse(LONG, name).release == release


def test_two_figures_for_one_area_and_year_cannot_be_read():
    problem = refusal(LONG.replace(b"Mexico,MEX,2021,127648148", b"Mexico,MEX,2021,1001"))
    assert "row 8: MEX 2021 is 1.27648148E8 (row 7) and 1001" in problem


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (b"2020,394921", b"2020,about 400000", "row 3: Value is 'about 400000'"),
        (b"2020,394921", b"2020,-5", "row 3: Value is '-5'"),
        (b"2020,394921", b"2020,0", "row 3: Value is '0' (BLZ 2020), not a population"),
        (b"2020,394921", b"2020,1", "row 3: Value is '1' (BLZ 2020), not a population"),
        (b"2020,394921", b"2020,1e99", "row 3: Value is '1e99' (BLZ 2020), not a population"),
        (b"2020,394921", b"2020,1e400", "row 3: Value is '1e400'"),
        (b"2020,394921", "2020,٣٩٤٩٢١".encode(), "row 3: Value is '٣٩٤٩٢١'"),
        (b"BLZ,2020", b"BLZ,20", "row 3: Year is '20'"),
        (b"BLZ,2020", b"BLZ,", "row 3: Year is ''"),
        (b"BLZ,2020", b"blz,2020", "row 3: Country Code is 'blz'"),
        (b"Year", b"Jahr", "row 1: missing column(s): Year; unknown column(s): Jahr"),
        (b"Country Name", b"Land", "no header row"),
        (b"Mexico,MEX,2021,127648148", b"Mexico,ME", "row 8: 2 cells, but the header has 4"),
        (b'"Bahamas, The",BHS,2021', b'"Bahamas, The,BHS,2021', "damaged or cut short"),
    ],
)
def test_an_unreadable_cell_is_named(before, after, expected):
    problem = refusal(LONG.replace(before, after))
    assert problem.startswith("source worldbank_population, file population.csv")
    assert expected in problem


def test_another_indicator_is_refused_in_every_form():
    assert "row 6: indicator 'NY.GDP', expected SP.POP.TOTL" in refusal(WIDE.replace(b"SP.POP.TOTL", b"NY.GDP"))
    assert "indicator NY.GDP, expected SP.POP.TOTL" in refusal(API.replace(b"SP.POP.TOTL", b"NY.GDP"), "a.json")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ('[{"message":[{"id":"120","key":"Invalid value","value":"not valid"}]}]', "'id': '120'"),
        ('[{"page":1,"pages":1,"total":0,"lastupdated":"2025-07-01"},null]', "no rows"),
        ('[{"page":1,"pages":3,"total":9,"lastupdated":"2025-07-01"},[]]', "0 of 9 rows"),
        ('[{"page":1,"pages":1,"total":0},null]', "does not have the form"),
        ('{"page":1}', "does not have the form"),
        ('[{"page":1', "damaged or cut short"),
        ("<html>busy</html>", "not a CSV file"),
    ],
)
def test_an_answer_without_figures_is_refused(answer, expected):
    assert expected in refusal(answer.encode(), "answer.json")


@pytest.mark.parametrize(
    ("change", "expected"),
    [({"value": "many"}, "Value is 'many'"), ({"value": True}, "Value is 'True'"), ({"date": 2021}, "form")],
)
def test_a_record_that_cannot_be_read_is_named(change, expected):
    meta, rows = json.loads(API.decode("utf-8-sig"))
    rows[1] |= change
    problem = refusal(json.dumps([meta, rows]).encode(), "answer.json")
    assert expected in problem
    assert "BLZ" in problem


@pytest.mark.real
def test_all_35_states_have_every_year_since_2000(mirror):
    path = next(Path(mirror, "worldbank").glob("*population*.csv"))
    parsed = parse(path.read_bytes(), path.name)
    population = figures(parsed)
    with path.open(newline="", encoding="utf-8") as lines:
        printed = {(r["Country Code"], int(r["Year"])): float(r["Value"]) for r in csv.DictReader(lines)}
    assert {key: low for key, (low, high) in population.items() if low == high} == printed
    cells = [(state, year) for state in STATES.split() for year in range(2000, 2025)]
    assert len(cells) == 875
    assert all(population[cell][0] > 0 for cell in cells)


@pytest.mark.real
def test_the_recorded_answers_of_the_api(mirror):
    folder = Path(mirror, "worldbank")
    usa = parse(next(folder.glob("*USA_2022-2023.json")).read_bytes(), "usa.json")
    assert figures(usa) == {("USA", 2023): (336755052, 336755052), ("USA", 2022): (333996304, 333996304)}
    assert "'id': '120'" in refusal(next(folder.glob("*error_120.json")).read_bytes())
    assert "NY.GDP.MKTP.CD, expected SP.POP.TOTL" in refusal(next(folder.glob("*success_multi.json")).read_bytes())
