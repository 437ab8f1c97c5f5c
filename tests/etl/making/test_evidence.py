"""Entries of the ledger that follow from declared questions: their contents, their paragraphs, their grades."""

import csv
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.contract import Evidence, Instruments
from data.reviewed import REFERENCE
from etl.making import evidence
from etl.source_declaration import declarations
from etl.sources import reference
from tests.etl.cells import cells

KNOWN = declarations()


LAWS = """area,title,year,date,citation,transcribed
MEX,An Act,2001,,host.example; host.example/.../cut; host.example/whole/page.html (a note); later.example/b,2020-01-02
CAN,Another Act,,,https://sub.host.example/a?b=c,2020-01-02
ARG,A Third Act,2002,2002-03-04,host.example (no path); a.bcd,2020-01-02
"""


def laws():
    return evidence.laws(reference.parse(LAWS.encode(), "laws.csv"), "reference")


def test_a_law_is_on_paragraph_23_and_says_nothing_of_progress():
    table = Evidence.validate(laws())
    assert table["id"].to_list() == ["law:ARG", "law:CAN", "law:MEX"]
    assert table.select("year", "date").rows() == [(2002, date(2002, 3, 4)), (None, None), (2001, None)]
    assert table.row(2, named=True) == {
        "id": "law:MEX",
        "version": 1,
        "replies_to": None,
        "paragraph": 23,
        "line": None,
        "actor": "MEX",
        "period_from": None,
        "period_to": None,
        "grade": "background",
        "kind": "law",
        "finding": "law_named",
        "status": None,
        "title": "An Act",
        "issuer": "MEX",
        "date": None,
        "year": 2001,
        "url": "https://host.example/whole/page.html",
        "locator": "row 2",
        "source": "reference",
        "release": "2020-01-02",
        "note": None,
    }


def test_the_first_complete_address_is_given_and_a_host_alone_is_not():
    assert laws()["url"].to_list() == [None, "https://sub.host.example/a?b=c", "https://host.example/whole/page.html"]


def test_rows_of_several_sources_can_be_combined():
    assert pl.concat([Evidence.create_empty(), laws(), laws()]).height == 6


def test_the_projects_laws_keep_the_contract():
    parsed = reference.parse((REFERENCE / "laws.csv").read_bytes(), "laws.csv")
    table = Evidence.validate(evidence.laws(parsed, "reference"))
    assert table.height == parsed.kept == 31
    assert table.filter(pl.col("url").is_null())["actor"].to_list() == ["MEX"]
    assert table["url"].drop_nulls().str.contains(r"^https://[a-z0-9.-]+\.[a-z]{2,4}/[^\s;]+$").all()
    # Uruguay's law was passed after the declaration, in the same year.
    assert table.filter(actor="URY").select("date", "grade").rows() == [(date(2018, 7, 20), "public_document")]


def dated_law(year, day):
    lines = f"area,title,year,date,citation,transcribed\nCRI,An Act,{year},{day},a.example/b,2020-01-02\n"
    return reference.parse(lines.encode(), "laws.csv")


@pytest.mark.parametrize(
    ("year", "day", "grade"),
    [
        ("", "", "background"),
        (2017, "", "background"),
        (2017, "2017-12-31", "background"),
        (2018, "2018-03-06", "background"),
        (2018, "2018-03-07", "public_document"),
        (2018, "2018-07-20", "public_document"),
        (2019, "", "public_document"),
        (2019, "2019-01-01", "public_document"),
    ],
)
def test_a_law_not_proven_to_be_after_the_declaration_is_background(year, day, grade):
    table = evidence.laws(dated_law(year, day), "reference")
    assert Evidence.validate(table)["grade"].to_list() == [grade]


def test_the_year_of_the_declaration_alone_proves_nothing():
    # The file may not leave this day out; if it did, the law would be background.
    dated = dated_law(2018, "2018-07-20")
    undated = replace(dated, rows=dated.rows.with_columns(date=pl.lit(None, dtype=pl.Date)))
    table = Evidence.validate(evidence.laws(undated, "reference"))
    assert table.select("year", "date", "grade").rows() == [(2018, None, "background")]


# ---------------------------------------------------------------- treaties

ACTS = """area,instrument,action,date,derived,basis,citation,transcribed
BRB,untoc,ratification,2014-11-11,true,deposited_with_palermo_protocol: 2014-11-11,no address; b.example/page,2020-01-02
"""


def treaties(*acts):
    cells = ("area", "instrument", "action", "date", "derived", "source", "note")
    table = pl.DataFrame([dict(zip(cells, act, strict=True)) for act in acts])
    table = table.with_columns(
        release=pl.lit("2014-07-10"),
        locator=pl.format("t.csv#{}", "area"),
        date_precision=pl.lit("day"),
        reservation=pl.lit(None, dtype=pl.String),
        transcribed=pl.lit(value=False),
        inputs=pl.lit([], dtype=Instruments.columns()["inputs"].dtype),
    )
    table = Instruments.cast(table)
    return Evidence.validate(evidence.treaties(table, reference.parse(ACTS.encode(), "instruments.csv"), KNOWN))


def test_an_act_is_an_entry_of_each_paragraph_that_names_the_treaty():
    table = treaties(
        ("CRI", "palermo_protocol", "accession", date(2003, 9, 9), False, "untc", None),
        ("CRI", "untoc", "signature", date(2001, 3, 16), False, "untc", None),
        # No paragraph names the protocol on smuggling.
        ("CRI", "smuggling_protocol", "accession", date(2003, 8, 7), False, "untc", None),
    )
    assert table.select("id", "paragraph", "finding", "date", "grade").rows() == [
        ("treaty:palermo_protocol:accession:CRI:3", 3, "treaty_action:accession", date(2003, 9, 9), "background"),
        ("treaty:palermo_protocol:accession:CRI:30", 30, "treaty_action:accession", date(2003, 9, 9), "background"),
        ("treaty:untoc:signature:CRI:22", 22, "treaty_action:signature", date(2001, 3, 16), "background"),
        ("treaty:untoc:signature:CRI:30", 30, "treaty_action:signature", date(2001, 3, 16), "background"),
    ]
    assert table["url"].str.extract("mtdsg_no=([^&]+)").to_list() == ["XVIII-12-a"] * 2 + ["XVIII-12"] * 2
    assert table.select("title", "locator", "source", "release", "status").row(2) == (
        *("untoc", "t.csv#CRI", "untc", "2014-07-10", None),
    )


def test_a_derived_day_has_a_note_and_a_link_to_its_basis():
    note = "deposited_with_palermo_protocol: 2014-11-11"
    table = treaties(("BRB", "untoc", "ratification", date(2014, 11, 11), True, "reference", note))
    table = table.filter(paragraph=30)
    assert table.select("note", "url", "issuer").rows() == [(note, "https://b.example/page", "Atalaya")]


@pytest.mark.parametrize(("day", "grade"), [(date(2018, 3, 6), "background"), (date(2018, 3, 7), "public_document")])
def test_an_act_is_graded_by_its_day(day, grade):
    assert set(treaties(("CRI", "untoc", "signature", day, False, "untc", None))["grade"]) == {grade}


# ---------------------------------------------------------------- figures


def figures(*values, source="unodc_glotip"):
    cells = ("indicator", "area", "year", "sex", "age", "form", "status", "low", "high", "derived")
    rows = pl.DataFrame([dict(zip(cells, row, strict=True)) for row in values])
    table = rows.with_columns(
        year=pl.col("year").cast(pl.Int16),
        source=pl.lit(source),
        release=pl.lit("2025-10-28"),
        locator=pl.format("w.xlsx#s!{}", pl.int_range(pl.len())),
    )
    return Evidence.validate(evidence.statistics(table, KNOWN))


T = ("total", "total", "total")


def test_a_figure_is_an_entry_of_each_of_its_paragraphs_and_is_never_printed():
    table = figures(("detected_victims", "CRI", 2019, *T, "exact", 17.0, 17.0, False))
    assert table["id"].to_list() == ["statistic:detected_victims:CRI:2019:13", "statistic:detected_victims:CRI:2019:26"]
    row = table.row(1, named=True)
    assert (row["paragraph"], row["period_from"], row["period_to"]) == (26, date(2019, 1, 1), date(2019, 12, 31))
    assert (row["finding"], row["title"], row["status"], row["date"]) == (
        "figure_reported",
        "detected_victims",
        None,
        None,
    )
    assert (row["locator"], row["url"]) == ("w.xlsx#s!0", KNOWN["unodc_glotip"].landing_page)
    assert "17" not in "".join(str(row[name]) for name in ("finding", "title", "note", "issuer"))


def test_masked_figures_are_entries_and_zeros_missing_figures_and_parts_are_not():
    table = figures(
        ("persons_convicted", "CRI", 2019, *T, "exact", 0.0, 0.0, False),
        ("persons_convicted", "CRI", 2020, *T, "masked", 1.0, 4.0, False),
        ("persons_convicted", "CRI", 2021, *T, "suspect", None, None, False),
        ("persons_convicted", "CRI", 2022, *T, "conflicting", None, None, False),
        ("persons_convicted", "CRI", 2023, "female", "total", "total", "exact", 3.0, 3.0, False),
        ("persons_convicted", "CRI", 2024, "total", "0-17", "total", "exact", 3.0, 3.0, False),
        ("persons_convicted", "CRI", 2018, "total", "total", "forced_labour", "exact", 3.0, 3.0, False),
        ("persons_convicted_rate", "CRI", 2017, *T, "exact", 3.0, 3.0, True),
    )
    assert table["grade"].unique().to_list() == ["figure"]
    assert table.select("year", "paragraph").sort("year", "paragraph").rows() == [(2020, 1), (2020, 26)]


def test_a_survey_of_some_ages_is_an_entry_with_a_note_of_the_ages():
    table = figures(
        ("child_labour_economic", "BLZ", 2013, "total", "5-17", "total", "exact", 2.2, 2.2, False),
        ("child_labour_economic", "BLZ", 2013, "female", "5-17", "total", "exact", 1.1, 1.1, False),
        source="unsd_sdg",
    )
    assert table.select("id", "note", "locator").rows() == [
        ("statistic:child_labour_economic:BLZ:2013:4", "age: 5-17", "w.xlsx#s!0")
    ]


def test_a_year_is_dated_by_its_end():
    table = figures(*(("persons_formal_contact", "CRI", year, *T, "exact", 1.0, 1.0, False) for year in (2017, 2018)))
    assert table.select("year", "grade").rows() == [(2017, "background"), (2018, "figure")]


# ---------------------------------------------------------------- the real files


@pytest.fixture(scope="module")
def entries(real_snapshot):
    return real_snapshot.table("evidence").collect()


@pytest.mark.real
def test_the_states_that_deposited_are_those_of_the_collection_and_barbados(entries, mirror):
    (path,) = Path(mirror, "untc").glob("untc_XVIII-12-a_*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        printed = {row["Participant"]: row for row in csv.DictReader(file)}
    column = next(name for name in printed["Costa Rica"] if name.startswith("Ratification"))
    acts = entries.filter(pl.col("paragraph") == 30, pl.col("title") == "palermo_protocol")
    deposits = acts.filter(pl.col("finding") != "treaty_action:signature").select("actor", "date", "note")
    days = dict(deposits.select("actor", "date").rows())
    # The collection prints 34 of the 35; a day for Barbados follows from another document.
    assert len(days) == deposits.height == 35
    # A doubt about the one, how the day of the other was found.
    assert deposits.drop_nulls("note")["actor"].to_list() == ["ATG", "BRB"]
    assert not printed["Barbados"][column]
    for code, label in {
        "CRI": "Costa Rica",
        "MEX": "Mexico",
        "LCA": "St. Lucia",
        "BOL": "Bolivia (Plurinational State of)",
    }.items():
        day, month, year = printed[label][column].split()[:3]
        assert f"{day} {month} {year}" == f"{days[code]:%-d %b %Y}"


@pytest.mark.real
def test_the_years_with_convictions_are_those_that_the_workbook_prints(entries, mirror):
    printed = defaultdict(dict)
    rows = cells(Path(mirror, "unodc_glotip", "data_glotip_2025-10-28.xlsx"))
    for row in (row for row in rows if len(row) > 9):
        iso3, indicator, dimension, sex, age, year = row[0], row[4], row[5], row[7], row[8], row[9]
        whole = (indicator, dimension, sex, age) == ("Persons convicted", "Total", "Total", "Total")
        if whole and iso3 in {"CRI", "JAM", "PER"}:
            printed[iso3][int(year)] = row[11]
    assert len(printed) == 3
    for state, values in printed.items():
        # A zero alone is evidence of nothing.
        years = sorted(year for year, value in values.items() if value != "0")
        for paragraph in (1, 26):
            published = entries.filter(actor=state, paragraph=paragraph, title="persons_convicted")["year"].to_list()
            assert sorted(published) == years
    assert "0" in printed["JAM"].values()


@pytest.mark.real
def test_no_entry_rests_on_a_zero_alone_and_no_figure_is_a_document(entries, mirror):
    """St Lucia and the paragraph on stronger prosecution: by the review of November 2026, read from the workbook."""
    printed = defaultdict(set)
    for row in (row for row in cells(Path(mirror, "unodc_glotip", "data_glotip_2025-10-28.xlsx")) if len(row) > 11):
        if (row[5], row[7], row[8]) == ("Total", "Total", "Total"):
            printed[row[0], row[4]].add(row[11])
    ours = {
        "detected_victims": "Detected trafficking victims",
        "persons_prosecuted": "Persons prosecuted",
        "persons_convicted": "Persons convicted",
    }
    figures = entries.filter(kind="statistic", source="unodc_glotip")
    states = set(figures["actor"])
    for indicator, name in ours.items():
        above_zero = {state for state in states | {"LCA"} if printed[state, name] - {"0"}}
        assert set(figures.filter(title=indicator)["actor"]) == above_zero
    assert "LCA" not in states
    assert {value for name in ours.values() for value in printed["LCA", name]} == {"0"}
    assert set(figures["paragraph"]) == {1, 13, 26}
    assert set(figures["grade"]) == {"background", "figure"}
    assert set(entries.filter(grade="figure")["kind"]) == {"statistic"}
    documents = entries.filter(grade="public_document")
    # Suriname joined the protocol on children in armed conflict in 2021, by the list of 2022.
    assert documents.filter(kind="treaty")["id"].to_list() == ["treaty:children_in_conflict:participation:SUR:4"]
    assert set(documents["kind"]) == {"law", "treaty"}


@pytest.mark.real
def test_laws_and_surveys_are_graded_by_the_days_and_years_that_their_files_print(entries, mirror):
    law = entries.filter(kind="law")
    with (REFERENCE / "laws.csv").open(encoding="utf-8", newline="") as file:
        # A year alone may be its first day.
        days = {row["area"]: row["date"] or f"{row['year']}-01-01" for row in csv.DictReader(file)}
    late = {area for area, day in days.items() if day >= "2018-03-07"}
    assert set(law.filter(grade="public_document")["actor"]) == late == {"GUY", "URY"}
    assert len(days) == law.height
    with (REFERENCE / "areas.csv").open(encoding="utf-8", newline="") as file:
        codes = {int(row["m49"]) for row in csv.DictReader(file)}
    years = []
    for path in Path(mirror, "unsd_sdg").glob("unsdg_ddf_*_sl_tlf_chlde?.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["sex"] == "bothsex"]
        years += [int(row["year"]) for row in rows if int(row["geo_area"]) in codes]
    surveys = entries.filter(paragraph=4, kind="statistic")
    assert sorted(surveys["year"]) == sorted(years)
    assert surveys.filter(grade="figure").height == sum(year >= 2018 for year in years)
    assert entries.filter(kind="narrative_coding")["grade"].unique().to_list() == ["background"]
