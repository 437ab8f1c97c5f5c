"""The state of a number by its row; the expected words are those of the table in the rules of honesty."""

import polars as pl
import pytest

from data.number_states import STATES, with_states

PRINTED = {"derived": False, "unit": "persons"}
SUM = {"unit": "persons"}
ROWS = [
    ({"low": 12.0, "high": 12.0, "status": "exact", **PRINTED}, "exact"),
    ({"low": 0.0, "high": 0.0, "status": "exact", **PRINTED}, "zero"),
    ({"low": 1.0, "high": 4.0, "status": "masked", **PRINTED}, "fewer_than_n"),
    ({"low": 0.0, "high": 4.0, "status": "masked", **PRINTED}, "fewer_than_n"),
    ({"low": 1.0, "high": 10.0, "status": "masked", **PRINTED}, "fewer_than_n"),
    # A register's protected cell, a rate of a masked count, and sums.
    ({"low": 5.0, "high": 9.0, "status": "masked", **PRINTED}, "range"),
    ({"low": 0.2, "high": 0.6, "status": "masked", "derived": True, "unit": "per_100000_population"}, "range"),
    ({"low": 0.0, "high": 8.0, "status": "masked", "records": 2, **SUM}, "range"),
    ({"low": 0.0, "high": 4.0, "status": "masked", "records": 1, **SUM}, "fewer_than_n"),
    ({"low": 1.0, "high": 3.0, "status": "interval", **SUM}, "range"),
    # A question is a mark and no state.
    ({"low": 700.0, "high": 700.0, "status": "questioned", **SUM}, "exact"),
    ({"low": 0.0, "high": 4.0, "status": "questioned", **SUM}, "fewer_than_n"),
    ({"low": None, "high": None, "status": "not_reported", "derived": None, "unit": None}, "no_figure"),
    ({"low": None, "high": None, "status": "conflicting", **PRINTED}, "no_usable_figure"),
    ({"low": None, "high": None, "status": "suspect", **PRINTED}, "no_usable_figure"),
]


@pytest.mark.parametrize(("row", "state"), ROWS)
def test_each_row_has_one_state_in_its_last_column(row, state):
    found = with_states(pl.LazyFrame([row], schema_overrides={"low": pl.Float64, "high": pl.Float64})).collect()
    assert found.columns == [*row, "state"]
    assert found["state"].to_list() == [state]
    # Once more changes nothing.
    assert with_states(found.lazy()).collect().equals(found)


def test_every_state_is_one_of_the_list():
    assert {state for _, state in ROWS} == set(STATES)


def test_a_row_with_two_figures_has_two_states():
    row = {
        "low_from": None,
        "high_from": None,
        "low_to": 0.0,
        "high_to": 0.0,
        "status_from": None,
        "status_to": "exact",
    }
    found = with_states(pl.LazyFrame([row], schema_overrides={"low_from": pl.Float64, "high_from": pl.Float64}))
    assert found.collect().select("state_from", "state_to").rows() == [("no_figure", "zero")]


@pytest.mark.parametrize(
    ("low", "high", "state"),
    [(186, 186, "exact"), (0, 0, "zero"), (1, 4, "fewer_than_n"), (0, 4, "fewer_than_n"), (None, None, "no_figure")],
)
def test_the_state_beside_a_list_of_citizenships_is_that_of_the_total(low, high, state):
    """A list that has nobody is no zero."""
    row = {"area": "ARG", "total_low": low, "total_high": high, "listed": 0.0, "listed_high": 0.0}
    found = with_states(pl.LazyFrame([row], schema_overrides={"total_low": pl.Float64, "total_high": pl.Float64}))
    assert found.collect().columns == [*row, "state"]
    assert found.collect()["state"].to_list() == [state]


def test_rows_without_a_figure_are_as_they_were():
    rows = pl.DataFrame({"area": ["ARG"], "stated": ["yes"]})
    assert with_states(rows.lazy()).collect().equals(rows)
