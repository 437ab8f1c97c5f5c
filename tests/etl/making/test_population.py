import pytest

from data.contract import Observations
from etl.making import figures, rates
from etl.parsed import Parsed
from etl.source_declaration import declarations
from tests.etl.figure_samples import PEOPLE, STATES, people, vintage
from tests.etl.samples import glotip_row


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
    finding = figures.noted(frame)
    assert [(f.reason, f.rows, f.set_aside) for f in finding] == [(code, 1, False)]


def test_a_figure_at_the_limit_is_believed_and_a_year_without_population_uses_the_greatest():
    frame = vintage(
        [glotip_row("CRI", 2019, "25,000"), glotip_row("CRI", 2021, "25,500"), glotip_row("CRI", 2022, "25,501")]
    )
    assert frame.sort("year")["status"].to_list() == ["exact", "exact", "suspect"]


def test_rates_are_intervals_and_name_both_cells():
    counts = vintage(
        [
            glotip_row("CRI", 2019, "12"),
            glotip_row("CRI", 2020, "<5"),
            glotip_row("CRI", 2021, "9"),
            glotip_row("CRI", 2019, "6", sex="Female"),
        ]
    )
    table = rates.rates(counts, PEOPLE, "worldbank_population").sort("year")
    assert Observations.is_valid(table, cast=True)
    # 12 / 5,000,000 * 100,000 = 0.24; 4 / 5,100,000 * 100,000 = 0.0784313...; 2021 has no population.
    assert table.select("indicator", "year", "low", "high", "status", "derived").rows() == [
        ("detected_victims_rate", 2019, 0.24, 0.24, "exact", True),
        ("detected_victims_rate", 2020, 0.0, 0.078432, "masked", True),
    ]
    assert [cell["locator"] for cell in table["inputs"][0]] == ["data_glotip_1!4", "population.csv#1"]


def test_a_figure_without_a_value_gives_no_rate():
    assert rates.rates(vintage([glotip_row("CRI", 2019, "6,112,019")]), PEOPLE, "worldbank_population").is_empty()


def test_populations_become_observations_of_the_states_alone():
    rows = people(("CRI", 2019, 5e6), ("ESP", 2019, 47e6)).select("area", "year", "locator", low="population")
    parsed = Parsed(rows, "2026-03", "made up", read=2, kept=2)
    frame, aside = figures.vintage(parsed, declarations()["worldbank_population"], STATES)
    assert [(finding.reason, finding.rows) for finding in aside] == [("outside_the_region", 1)]
    assert Observations.is_valid(frame, cast=True)
    assert frame.select("indicator", "area", "low", "unit").rows() == [("population", "CRI", 5e6, "persons")]
