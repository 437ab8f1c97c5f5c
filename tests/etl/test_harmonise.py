import polars as pl
import pytest

from data.contract import Observations, Vintages
from etl import harmonise, population
from etl.parsed import Parsed
from etl.sources.unodc_glotip import parse
from tests.etl.samples import FORM, citizens, glotip, glotip_row

STATES = ("ARG", "BOL", "CRI", "USA")


def people(*rows: tuple[str, int, float]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema={"area": pl.String, "year": pl.Int16, "population": pl.Float64}, orient="row")
    return frame.with_columns(locator=pl.format("population.csv#{}", pl.int_range(pl.len())), release=pl.lit("2026-03"))


PEOPLE = people(("BOL", 2017, 11_000_000.0), ("CRI", 2019, 5_000_000.0), ("CRI", 2020, 5_100_000.0))


def vintage(rows: list[tuple[object, ...]], released: str = "14/04/2025") -> pl.DataFrame:
    return harmonise.vintage(parse(glotip(rows, released=released), "a.xlsx"), "unodc_glotip", STATES, PEOPLE)


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


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("6,112,019", "questionnaire_code"),
        ("783,140,380", "questionnaire_code"),
        # 0.5 % of 5,000,000 is 25,000: the first that is above it.
        ("25,001", "above_population_share"),
    ],
)
@pytest.mark.parametrize("sex", ["Total", "Female"])
def test_a_leaked_code_is_no_figure_in_a_total_or_a_part(value, code, sex):
    frame = vintage([glotip_row("CRI", 2019, value, sex=sex)])
    assert frame.select("low", "high", "status", "note").rows() == [(None, None, "suspect", f"{code}: {value}")]
    finding = harmonise.unusable_findings(frame)
    assert [(f.reason, f.rows, f.set_aside) for f in finding] == [(code, 1, False)]


def test_a_figure_at_the_limit_is_believed_and_a_year_without_population_uses_the_greatest():
    frame = vintage(
        [glotip_row("CRI", 2019, "25,000"), glotip_row("CRI", 2021, "25,500"), glotip_row("CRI", 2022, "25,501")]
    )
    assert frame.sort("year")["status"].to_list() == ["exact", "exact", "suspect"]


def test_the_newest_release_that_covers_a_year_decides():
    april = vintage([glotip_row("CRI", 2019, "12"), glotip_row("BOL", 2017, "5"), glotip_row("BOL", 2016, "6")])
    october = vintage([glotip_row("CRI", 2019, "13"), glotip_row("CRI", 2017, "8")], released="28/10/2025")
    covered = {"2025-04-14": {2019, 2017, 2016}, "2025-10-28": {2019, 2017}}
    best = harmonise.current(pl.concat([april, october]), covered).sort("year", "area")
    # BOL 2017 is withdrawn: the newer file covers 2017 and does not print it. Only April covers 2016.
    assert best.select("area", "year", "low", "release").rows() == [
        ("BOL", 2016, 6.0, "2025-04-14"),
        ("CRI", 2017, 8.0, "2025-10-28"),
        ("CRI", 2019, 13.0, "2025-10-28"),
    ]


def test_rates_are_intervals_and_name_both_cells():
    counts = vintage(
        [
            glotip_row("CRI", 2019, "12"),
            glotip_row("CRI", 2020, "<5"),
            glotip_row("CRI", 2021, "9"),
            glotip_row("CRI", 2019, "6", sex="Female"),
        ]
    )
    rates = population.rates(counts, PEOPLE, "worldbank_population").sort("year")
    assert Observations.is_valid(rates, cast=True)
    # 12 / 5,000,000 * 100,000 = 0.24; 4 / 5,100,000 * 100,000 = 0.078431...; 2021 has no population.
    assert rates.select("indicator", "year", "low", "high", "status", "derived").rows() == [
        ("detected_victims_rate", 2019, 0.24, 0.24, "exact", True),
        ("detected_victims_rate", 2020, 0.0, 0.078431, "masked", True),
    ]
    assert [cell["locator"] for cell in rates["inputs"][0]] == ["data_glotip_1!4", "population.csv#1"]


def test_a_figure_without_a_value_gives_no_rate():
    assert population.rates(vintage([glotip_row("CRI", 2019, "6,112,019")]), PEOPLE, "worldbank_population").is_empty()


def test_populations_become_observations_of_the_states_alone():
    frame = population.population_rows(people(("CRI", 2019, 5e6), ("ESP", 2019, 47e6)), "worldbank_population", STATES)
    assert Observations.is_valid(frame, cast=True)
    assert frame.select("indicator", "area", "low", "unit").rows() == [("population", "CRI", 5e6, "persons")]


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
    findings = harmonise.unused_rows(parse(glotip(rows), "a.xlsx"), "unodc_glotip", STATES)
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
    roles, findings = harmonise.roles(parsed, "hti", STATES)
    assert roles.select("area", "role", "stated", "year_basis").rows() == [
        ("CRI", "transit", "yes", "report"),
        ("CRI", "origin", "no_mention", "report"),
    ]
    assert [(f.reason, f.detail, f.rows, f.unexpected) for f in findings] == [
        ("unrecognised_label", "Atlantis", 1, True),
        ("outside_the_region", "", 1, False),
    ]
