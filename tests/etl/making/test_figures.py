import polars as pl
import pytest

from data.contract import Vintages
from etl.making import figures, victim_counts
from etl.making.figures import part
from etl.making.roles import roles as roles_of
from etl.parsed import Parsed
from etl.source_declaration import declarations
from etl.sources.unodc_glotip import parse
from tests.etl.figure_samples import STATES, vintage
from tests.etl.samples import FORM, citizens, glotip, glotip_row


def test_the_shape_is_the_contract():
    frame = vintage([glotip_row("BOL", 2017, "62"), glotip_row("ESP", 2017, "9"), citizens("BOL", 2017, "Peru", "9")])
    assert Vintages.is_valid(frame, cast=True)
    assert frame.select("area", "indicator", "unit", "low", "release").rows() == [
        ("BOL", "detected_victims", "persons", 62.0, "2025-04-14")
    ]


def test_offences_are_counted_in_offences():
    frame = vintage([glotip_row("BOL", 2017, "62", indicator="Offences of trafficking in persons")])
    assert frame["unit"].item() == "offences"


def test_equal_keys_with_one_value_are_one_figure_in_two_places():
    frame = vintage([glotip_row("BOL", 2017, "62", sex="Female"), glotip_row("BOL", 2017, "62", sex="Female")])
    assert frame.select("low", "status", "locator", "note").rows() == [
        (62.0, "exact", "data_glotip_1!4; data_glotip_1!5", None)
    ]


@pytest.mark.parametrize("second", ["43", "<5"])
def test_equal_keys_with_different_values_conflict(second):
    frame = vintage([glotip_row("BOL", 2017, "62", sex="Female"), glotip_row("BOL", 2017, second, sex="Female")])
    assert frame.select("low", "high", "status", "note").rows() == [
        (None, None, "conflicting", f"several_values: 62; {second}")
    ]


def test_repeated_other_forms_conflict_even_when_equal():
    row = glotip_row("BOL", 2017, "7", dimension=FORM, category="Other forms of exploitation")
    frame = vintage([row, row])
    assert frame.select("form", "status", "note").rows() == [("other", "conflicting", "unlabelled_categories: 7; 7")]


def test_a_figure_that_is_a_sum_says_of_how_many_records():
    rows = pl.DataFrame(
        {"area": ["PER", "MEX"], "year": [2021, 2021], "low": [18, 25], "records": [3, 1], "locator": ["2021", "row 2"]}
    )
    parsed = Parsed(rows, "2023-03", "file name", 4, 2)
    source = declarations()["worldbank_population"]
    found, _ = figures.vintage(parsed, source, ("MEX", "PER"))
    assert found.select("area", "low", "status", "note").rows() == [
        ("PER", 18.0, "exact", "added_up: 3"),
        ("MEX", 25.0, "exact", None),
    ]
    assert figures.noted(found) == []


def test_the_newest_release_that_covers_a_year_is_used():
    april = vintage([glotip_row("CRI", 2019, "12"), glotip_row("BOL", 2017, "5"), glotip_row("BOL", 2016, "6")])
    october = vintage([glotip_row("CRI", 2019, "13"), glotip_row("CRI", 2017, "8")], released="28/10/2025")
    both = pl.concat([april, october])
    covered = both.select("release", "indicator", part(), "year").unique()
    best = figures.current(both, covered).sort("year", "area")
    # BOL 2017 is withdrawn: the newer file covers 2017 and does not print it. Only April covers 2016.
    assert best.select("area", "year", "low", "release").rows() == [
        ("BOL", 2016, 6.0, "2025-04-14"),
        ("CRI", 2017, 8.0, "2025-10-28"),
        ("CRI", 2019, 13.0, "2025-10-28"),
    ]


def test_rows_that_feed_no_table_are_counted_by_reason():
    rows = [
        glotip_row("CRI", 2019, "12"),
        glotip_row("ESP", 2019, "12"),
        glotip_row("CRI", 2019, "3", dimension="by country of repatriation", category="Nicaragua"),
        glotip_row("CRI", 2019, "3", indicator="Persons convicted", dimension="by citizenship", category="Nationals"),
        glotip_row(
            "SLV", 2021, "6,112,019", indicator="Persons convicted", dimension="by citizenship", category="Nationals"
        ),
    ]
    findings = victim_counts.unused_rows(parse(glotip(rows), "a.xlsx"), "unodc_glotip", STATES)
    assert {f.reason: f.rows for f in findings} == {
        "outside_the_region": 1,
        "repatriation_has_no_direction": 1,
        "offenders_by_citizenship": 1,
        "questionnaire_code": 1,
    }


def test_roles_follow_the_label_and_the_account_balances():
    rows = pl.DataFrame(
        {
            "label": ["Costa Rica", "Costa Rica", "Spain", "Atlantis"],
            "year": [2004, 2004, 2004, 2004],
            "role": ["transit", "origin", "origin", "origin"],
            "stated": ["yes", "no_mention", "yes", "yes"],
            "locator": ["2", "2", "3", "4"],
        },
        schema_overrides={"year": pl.Int16},
    )
    parsed = Parsed(rows, "2013.1", "file", read=3, kept=3)
    roles, findings = roles_of(parsed, "hti", STATES)
    assert roles.select("area", "role", "stated", "year_basis").rows() == [
        ("CRI", "transit", "yes", "report"),
        ("CRI", "origin", "no_mention", "report"),
    ]
    assert [(f.reason, f.detail, f.rows, f.unexpected) for f in findings] == [
        ("unrecognised_label", "Atlantis", 1, True),
        ("outside_the_region", "", 1, False),
    ]


def test_one_number_printed_in_two_ways_is_one_figure():
    rows = vintage([glotip_row("BOL", 2017, "1,282"), glotip_row("BOL", 2017, "1282.0")])
    assert rows.select("low", "status").rows() == [(1282.0, "exact")]
