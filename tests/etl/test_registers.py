"""National totals of a register: what is added up, and what is left out."""

import polars as pl
import pytest

from etl.errors import SourceError
from etl.parsed import Finding
from etl.registers import RECORD, Register, national

SEXES = {"women": "female", "men": "male"}
# Two years that begin and end, a year that is booked in one month, and one that ends in March.
RECORDS = [
    (2, "2020", "1", "women", "4"),
    (3, "2020", "01", "women", "1"),
    (4, "2020", "12", "men", "2"),
    (5, "2020", "12", "men", "0"),
    (6, "2021", "1", "women", "9"),
    (7, "2021", "1", "women", "8"),
    (8, "2021", "1", "men", "7"),
    (9, "2022", "1", "women", "30"),
    (10, "2022", "3", "men", "12"),
]


def records(*rows):
    schema = dict.fromkeys(RECORD, pl.String) | {"row": pl.Int64}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def register(**more):
    return Register("sample", "table.csv", "PER", SEXES, **more)


def refusal(*rows):
    with pytest.raises(SourceError) as caught:
        national(records(*rows), register())
    return str(caught.value)


def test_records_become_totals_by_year_and_sex():
    parsed = national(records(*RECORDS), register(place="Sheet!", others={"other_breakdown": 5, "no_value": 0}))
    columns = ["area", "year", "sex", "low", "records", "locator"]
    assert parsed.rows.select(columns).rows() == [
        ("PER", 2020, "female", 5, 2, "Sheet!2020, women"),
        ("PER", 2020, "male", 2, 2, "Sheet!2020, men"),
        ("PER", 2020, "total", 7, 4, "Sheet!2020"),
        ("PER", 2021, "female", 17, 2, "Sheet!2021, women"),
        ("PER", 2021, "male", 7, 1, "Sheet!2021, men"),
        ("PER", 2021, "total", 24, 3, "Sheet!2021"),
    ]
    assert (parsed.release, parsed.release_basis) == ("2022-03", "last month of the records")


def test_a_part_of_a_year_is_left_out_and_every_row_is_accounted_for():
    parsed = national(records(*RECORDS), register(others={"other_breakdown": 5}))
    assert parsed.findings == [
        Finding("sample", "2022-03", "other_breakdown", "", 5),
        Finding("sample", "2022-03", "only_in_national_totals", "", 1),
        Finding("sample", "2022-03", "part_of_a_year", "2022-01/2022-03: 42", 2),
    ]
    assert parsed.read == len(RECORDS) + 5 == parsed.kept + sum(one.rows for one in parsed.findings)


def test_a_year_that_begins_late_is_a_part_too():
    late = [(row, year, "7" if year == "2020" else month, *rest) for row, year, month, *rest in RECORDS]
    parsed = national(records(*late), register())
    assert parsed.rows["year"].unique().to_list() == [2021]
    assert [one.detail for one in parsed.findings if one.reason == "part_of_a_year"] == [
        "2020-07/2020-07: 7",
        "2022-01/2022-03: 42",
    ]


def test_a_printed_total_is_read_and_not_made():
    sexes = {"all": "total", "women": "female"}
    rows = [(2, "2020", "1", "all", "9"), (3, "2020", "12", "all", "1"), (4, "2020", "12", "women", "6")]
    parsed = national(records(*rows), Register("sample", "table.csv", "PER", sexes))
    assert parsed.rows.select("sex", "low").rows() == [("female", 6), ("total", 10)]


@pytest.mark.parametrize(
    ("place", "cell", "expected"),
    [
        (1, "20x0", "row 3: year is '20x0'"),
        (2, "13", "row 3: month is '13'"),
        (3, "others", "row 3: group is 'others'"),
        (4, "-1", "row 3: persons is '-1'"),
        (4, "1.5", "row 3: persons is '1.5'"),
        (4, None, "row 3: persons is 'blank'"),
    ],
)
def test_a_cell_of_another_kind_is_refused_with_its_row(place, cell, expected):
    odd = [list(row) for row in RECORDS]
    odd[1][place] = cell
    assert f"source sample, file table.csv, {expected}" in refusal(*odd)


def test_a_file_without_a_whole_year_is_refused():
    assert "no record" in refusal()
    assert "0 records of whole years are too few" in refusal(RECORDS[-1])
    assert "1 records of whole years are too few for 2 figures" in refusal(RECORDS[0], *RECORDS[-2:])
