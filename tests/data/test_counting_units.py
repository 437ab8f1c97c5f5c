"""What a state counts: not stated unless the reviewed list names a document."""

import polars as pl
import pytest

from data import manifest
from data.counting_units import NOT_STATED, UNITS, by_year, counting_units, with_units
from tests.etl.cells import cells

SCHEMA = {"area": pl.String, "indicator": pl.String, "year_from": pl.Int16, "year_to": pl.Int16, "unit": pl.String}
CASES = pl.DataFrame([("PER", "offences", 2010, 2011, "cases")], schema=SCHEMA, orient="row")
FIGURES = pl.LazyFrame(
    {
        "indicator": ["offences", "offences_rate", "offences", "detected_victims", "population"],
        "area": ["PER", "PER", "PER", "PER", "PER"],
        "year": [2010, 2011, 2012, 2010, 2010],
    },
    schema_overrides={"year": pl.Int16},
)


def test_a_count_and_its_rate_have_the_unit_of_the_list_and_others_none():
    found = with_units(FIGURES, CASES, dict.fromkeys(("offences", "detected_victims"), NOT_STATED)).collect()
    assert found.columns == [*FIGURES.collect_schema().names(), "counting_unit"]
    assert found["counting_unit"].to_list() == ["cases", "cases", NOT_STATED, NOT_STATED, None]


def test_a_count_of_the_list_has_its_unit_wherever_it_is_shown():
    found = with_units(FIGURES, CASES, {}).collect()
    assert found["counting_unit"].to_list() == ["cases", "cases", None, None, None]


def test_a_span_is_one_row_a_year():
    assert by_year(CASES)["year"].to_list() == [2010, 2011]


def test_not_stated_is_no_unit_that_a_document_could_show():
    assert NOT_STATED not in UNITS


@pytest.mark.real
def test_the_publisher_states_no_unit_and_neither_does_the_list(mirror):
    """The workbooks print the same word for every figure; only states' own registers say what they count."""
    for file in sorted((mirror / "unodc_glotip").glob("data_glotip_*.xlsx")):
        head, *rows = cells(file)[2:]
        assert {row[head.index("Unit of measurement")] for row in rows} == {"Counts"}
    assert set(counting_units()["indicator"]) <= {*manifest.registers()}
    counts = pl.LazyFrame({"indicator": manifest.counts(), "area": ["CRI"] * 5, "year": [2022] * 5})
    units = with_units(counts.cast({"year": pl.Int16}), counting_units(), manifest.usual_units()).collect()[
        "counting_unit"
    ]
    assert set(units) == {NOT_STATED}
