import polars as pl
import pytest

from dashboard.store import Tables
from dashboard.subjects.states import query as states_query

SCHEMA = {
    "indicator": pl.String,
    "area": pl.String,
    "year": pl.Int16,
    "low": pl.Float64,
    "high": pl.Float64,
    "status": pl.String,
    "sex": pl.String,
}
ROWS = [
    ("detected_victims", "ARG", 2018, 10.0, 10.0, "exact", "total"),
    ("detected_victims", "BOL", 2018, 0.0, 0.0, "exact", "total"),
    ("detected_victims", "CRI", 2018, 1.0, 4.0, "masked", "total"),
    ("detected_victims", "ARG", 2019, 12.0, 12.0, "exact", "total"),
    ("detected_victims", "BOL", 2019, None, None, "suspect", "total"),
    ("detected_victims", "ARG", 2019, 7.0, 7.0, "exact", "female"),
    ("persons_convicted", "ARG", 2021, 3.0, 3.0, "exact", "total"),
]
FILLED = {
    "age": "total",
    "form": "total",
    "unit": "persons",
    "source": "unodc_glotip",
    "release": "2025-10-28",
    "locator": "a.xlsx#s!4",
    "note": None,
}


@pytest.fixture
def observations() -> pl.LazyFrame:
    fixed = {name: pl.lit(value, dtype=pl.String) for name, value in FILLED.items()}
    fixed["inputs"] = pl.lit([], dtype=pl.List(pl.String))
    fixed["contradicted"] = pl.lit(value=False)
    return pl.LazyFrame(ROWS, schema=SCHEMA, orient="row").with_columns(**fixed)


@pytest.fixture
def snap(observations) -> Tables:
    return tables(observations)


def tables(observations: pl.LazyFrame) -> Tables:
    return Tables({"observations": observations, "areas": pl.LazyFrame({"area": ["ARG", "BOL", "CRI", "USA"]})})


def test_the_region_has_a_row_for_every_state_with_its_status(snap):
    rows = states_query.region.of(snap, "detected_victims", 2018)
    assert rows.select("area", "low", "high", "status").rows() == [
        ("ARG", 10.0, 10.0, "exact"),
        ("BOL", 0.0, 0.0, "exact"),
        ("CRI", 1.0, 4.0, "masked"),
        ("USA", None, None, "not_reported"),
    ]


def test_the_latest_figure_of_each_state_carries_its_own_year(snap):
    rows = states_query.region.of(snap, "detected_victims", None)
    # Bolivia's latest figure is suspect; the year before must not replace it.
    assert rows.select("area", "year", "low", "status").rows() == [
        ("ARG", 2019, 12.0, "exact"),
        ("BOL", 2019, None, "suspect"),
        ("CRI", 2018, 1.0, "masked"),
        ("USA", None, None, "not_reported"),
    ]


def test_subtotals_are_not_added_to_a_total(snap):
    rows = states_query.region.of(snap, "detected_victims", 2019)
    assert rows["low"].sum() == 12.0


def test_a_total_is_an_interval(snap):
    total = states_query.total(states_query.region.of(snap, "detected_victims", 2018))
    assert (total.low, total.high, total.exact, total.masked, total.reported) == (11.0, 14.0, 2, 1, 3)
    assert (total.masked_low, total.masked_high) == (1.0, 4.0)


def test_the_default_year_is_the_latest_in_which_two_thirds_of_those_who_ever_reported_did(snap):
    # ARG, BOL and CRI have ever reported; in 2018 all three did, in 2019 only ARG has a usable figure.
    assert states_query.well_reported_year.of(snap, "detected_victims") == 2018
    assert states_query.well_reported_year.of(snap, "persons_convicted") == 2021
    assert states_query.well_reported_year.of(snap, "offences") is None


def test_a_series_has_gaps_where_others_reported(snap):
    rows = states_query.series.of(snap, "CRI", "detected_victims")
    assert rows.select("year", "high", "status").rows() == [(2018, 4.0, "masked"), (2019, None, "not_reported")]


def test_rates_on_few_inhabitants_are_named(observations):
    people = [
        ("population", "ARG", 2018, 4.5e7, 4.5e7, "exact", "total"),
        ("population", "BOL", 2018, 9.0e4, 9.0e4, "exact", "total"),
    ]
    fixed = {name: pl.lit(value, dtype=pl.String) for name, value in FILLED.items()}
    fixed["inputs"] = pl.lit([], dtype=pl.List(pl.String))
    fixed["contradicted"] = pl.lit(value=False)
    both = pl.concat(
        [
            observations,
            pl.LazyFrame(people, schema=SCHEMA, orient="row").with_columns(**fixed),
        ]
    )
    rows, small = states_query.region.of(tables(both), "detected_victims", 2018), states_query.small.of(tables(both))
    assert states_query.tiny(rows, small) == ["BOL"]
    assert states_query.tiny(rows.filter(pl.col("area") == "ARG"), small) == []


def test_the_years_are_those_in_which_any_state_reports(snap):
    assert states_query.years.of(snap, "detected_victims") == [2018, 2019]


def test_the_id_of_a_measure():
    assert states_query.measured("offences", "rate") == "offences_rate"
    assert states_query.measured("offences", "count") == "offences"
