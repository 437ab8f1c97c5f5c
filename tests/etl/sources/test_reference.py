from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reviewed import REFERENCE
from etl.areas import state_codes
from etl.errors import SourceError
from etl.source_declaration import declarations
from etl.sources.reference import parse

LAWS = b"""area,title,year,date,citation,transcribed
MEX,First Act,2001,2001-06-07,example.org/first; second.example,2020-01-02
CAN,"Second Act, No. 7",,,third.example (a note),2020-03-04
"""
ACTS = b"""area,instrument,action,date,derived,basis,citation,transcribed
MEX,untoc,ratification,2001-02-03,true,thirty_days_before_entry_into_force: 2001-03-05,example.org/a,2020-01-02
MEX,palermo_protocol,accession,2002-02-03,false,deposited_with_palermo_protocol: 2002-02-03,example.org/b,2020-01-02
"""


def refusal(content, file="laws.csv"):
    with pytest.raises(SourceError) as caught:
        parse(content, file)
    return str(caught.value)


def split(problem):
    """The parts of a problem that each name a column."""
    return problem.partition("row 2: ")[2].partition(";")[0].split(", ")


def test_laws_are_read_with_year_and_day_only_where_they_are_known():
    parsed = parse(LAWS, "laws.csv")
    assert (parsed.part, parsed.read, parsed.kept, parsed.findings) == ("laws", 2, 2, [])
    assert (parsed.release, parsed.release_basis) == ("2020-03-04", "day of transcription, in the file")
    assert parsed.rows.columns == ["area", "title", "year", "date", "citation", "locator"]
    assert parsed.rows.rows() == [
        ("MEX", "First Act", 2001, date(2001, 6, 7), "example.org/first; second.example", "row 2"),
        ("CAN", "Second Act, No. 7", None, None, "third.example (a note)", "row 3"),
    ]
    assert (parsed.rows["year"].dtype, parsed.rows["date"].dtype) == (pl.Int16, pl.Date)


def test_derived_acts_say_how_they_were_found():
    parsed = parse(ACTS, "instruments.csv")
    assert (parsed.part, parsed.release, parsed.read) == ("instruments", "2020-01-02", 2)
    assert parsed.rows.columns == [
        "area",
        "instrument",
        "action",
        "date",
        "derived",
        "basis",
        "citation",
        "transcribed",
        "locator",
        "in_force",
    ]
    assert parsed.rows.select("date", "derived", "basis", "in_force", "transcribed").rows() == [
        (date(2001, 2, 3), True, "thirty_days_before_entry_into_force: 2001-03-05", date(2001, 3, 5), True),
        (date(2002, 2, 3), False, "deposited_with_palermo_protocol: 2002-02-03", None, True),
    ]


@pytest.mark.parametrize("file", ["membership.csv", "laws", "laws.csv.csv", "Laws.csv", "", "areas.csv"])
def test_another_file_is_refused(file):
    assert "name it laws.csv or instruments.csv" in refusal(LAWS, file)


@pytest.mark.parametrize(
    ("content", "file", "old", "new", "place"),
    [
        (LAWS, "laws.csv", b"MEX", b"Mexico", "row 2: column area is 'Mexico'"),
        (LAWS, "laws.csv", b"First Act", b"", "row 2: column title is blank"),
        (LAWS, "laws.csv", b",2001,", b",99,", "row 2: column year is '99'"),
        (LAWS, "laws.csv", b",2001,", b",-1,", "row 2: column year is '-1'"),
        (LAWS, "laws.csv", b"2001-06-07", b"2001-06-31", "row 2: column date is '2001-06-31'"),
        (LAWS, "laws.csv", b"2001-06-07", b"2001", "row 2: column date is '2001'"),
        (LAWS, "laws.csv", b"2020-03-04", b"2020-02-30", "row 3: column transcribed is '2020-02-30'"),
        (LAWS, "laws.csv", b"2020-03-04", b"20200304", "row 3: column transcribed is '20200304'"),
        (LAWS, "laws.csv", b"CAN", b"MEX", "row 3: MEX is already in row 2"),
        (LAWS, "laws.csv", b"title", b"name", "row 1: its columns are area,name,year,date,citation,transcribed; "),
        (ACTS, "instruments.csv", b"untoc", b"unctoc", "row 2: column instrument is 'unctoc'"),
        (ACTS, "instruments.csv", b"accession", b"acceded", "row 3: column action is 'acceded'"),
        (ACTS, "instruments.csv", b",true,", b",yes,", "row 2: column derived is 'yes'"),
        (ACTS, "instruments.csv", b"thirty_days", b"sixty_days", "row 2: column basis is 'sixty_days"),
        (ACTS, "instruments.csv", b"2001-02-03", b"", "row 2: column date is blank"),
    ],
)
def test_a_malformed_cell_is_refused_with_its_place(content, file, old, new, place):
    assert f"source reference, file {file}, {place}" in refusal(content.replace(old, new, 1), file)


MEXICO = b"2001,2001-06-07"


@pytest.mark.parametrize("day", ["2000-12-31", "2002-01-01"])
def test_the_day_of_a_law_is_in_its_year(day):
    problem = refusal(LAWS.replace(MEXICO, f"2001,{day}".encode()))
    assert problem.startswith("source reference, file laws.csv, row 2: column ")
    assert {f"column date is '{day}'", "column year is '2001'"} <= set(split(problem))
    assert problem.endswith(
        "expected: The day of a law is in its year, and not after the day on which it was transcribed"
    )
    for inside in ("2001-01-01", "2001-12-31"):
        assert parse(LAWS.replace(MEXICO, f"2001,{inside}".encode()), "laws.csv").rows["date"][0].isoformat() == inside


def test_a_law_of_the_year_of_the_declaration_has_its_day():
    problem = refusal(LAWS.replace(MEXICO, b"2018,"))
    assert problem.startswith("source reference, file laws.csv, row 2: column ")
    assert {"column year is '2018'", "column date is blank"} <= set(split(problem))
    assert problem.endswith("expected: A law of the year of the declaration has its day")
    dated = parse(LAWS.replace(MEXICO, b"2018,2018-07-20"), "laws.csv").rows
    assert dated.select("year", "date").row(0) == (2018, date(2018, 7, 20))


@pytest.mark.parametrize("year", [2017, 2019])
def test_a_law_of_another_year_may_be_without_its_day(year):
    rows = parse(LAWS.replace(MEXICO, f"{year},".encode()), "laws.csv").rows
    assert rows.select("year", "date").row(0) == (year, None)


def test_an_act_may_not_occur_twice():
    twice = ACTS.replace(b"palermo_protocol,accession", b"untoc,ratification")
    assert "row 3: MEX untoc ratification is already in row 2" in refusal(twice, "instruments.csv")


@pytest.mark.parametrize("content", [b"", b'""', b"<html>", LAWS[: LAWS.index(b"\n")], LAWS[:-12]])
def test_an_empty_or_cut_file_is_refused(content):
    assert refusal(content).startswith("source reference, file laws.csv")


MUTATED = st.builds(
    lambda text, at, new: text[:at] + new + text[at + len(new) :],
    st.sampled_from([LAWS, ACTS]),
    st.integers(0, len(ACTS)),
    st.binary(max_size=4),
)


@given(st.one_of(st.binary(max_size=200), MUTATED), st.sampled_from(["laws.csv", "instruments.csv", "x"]))
def test_any_bytes_are_read_whole_or_refused(content, file):
    try:
        parsed = parse(content, file)
    except SourceError:
        return
    assert parsed.read == parsed.kept == parsed.rows.height


def parse_reference(name):
    return parse((REFERENCE / name).read_bytes(), name)


def test_the_projects_laws_are_of_31_states():
    laws = parse_reference("laws.csv").rows
    assert set(state_codes()) - set(laws["area"]) == {"BLZ", "CUB", "DMA", "VEN"}
    assert set(laws["area"]) <= set(state_codes())
    assert laws["year"].null_count() == 0
    days = dict(laws.drop_nulls("date").select("area", "date").rows())
    assert days == {"CAN": date(2005, 11, 25), "URY": date(2018, 7, 20)}
    assert (laws["year"].min(), laws["year"].max()) == (2000, 2023)


def test_the_projects_derived_days_follow_from_what_was_printed():
    rows = parse_reference("instruments.csv").rows
    acts = rows.select("area", "instrument", "action", "date", "derived").rows()
    deposit = date(2014, 11, 11)
    assert acts == [
        ("BRB", "palermo_protocol", "ratification", deposit, True),
        ("BRB", "untoc", "ratification", deposit, True),
    ]
    # Article 17 of the protocol: in force on the thirtieth day after the deposit.
    in_force = date.fromisoformat(rows["basis"][0].partition(": ")[2])
    assert in_force - timedelta(days=30) == deposit
    assert rows["basis"][1] == f"deposited_with_palermo_protocol: {deposit}"


def test_the_declaration_names_the_projects_own_files():
    declared = declarations()["reference"]
    assert (declared.fetch, declared.tables) == ("reference", ("instruments", "evidence"))
    assert all(Path(REFERENCE, name).is_file() for name in declared.mirror)
