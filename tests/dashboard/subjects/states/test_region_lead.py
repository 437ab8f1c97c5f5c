"""The sentence below the heading of Region: it is on the chosen year."""

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.states.region_page import REGION_PAGE
from dashboard.views.address import read
from data.i18n import language

GROUPS = ("sex", "age", "form")


def lead(**texts):
    given = {name: (text,) for name, text in texts.items()}
    return REGION_PAGE.lead(language("en"), read(REGION_PAGE.filters, given).values)


def totals(year, indicator="detected_victims"):
    rows = (
        store.tables()
        .observations()
        .filter(
            pl.col("indicator") == indicator,
            pl.col("year") == year,
            pl.col("low").is_not_null(),
            *(pl.col(name) == "total" for name in GROUPS),
        )
    )
    return rows.collect()


@pytest.mark.parametrize("year", [2012, 2023])
def test_it_counts_the_states_of_the_chosen_year(year):
    rates = totals(year, "detected_victims_rate")
    few = [row["contradicted"] for row in rates.iter_rows(named=True) if row["high"] <= 1]
    more = [row["contradicted"] for row in rates.iter_rows(named=True) if row["low"] > 1]
    marked = [f"{len(some)}*" if any(some) else f"{len(some)}" for some in (few, more)]
    assert lead(year=str(year)) == (
        f"For {year}, UNODC has a total of detected victims for {totals(year).height} of the 35 states. In "
        f"{marked[0]} of them the rate is at most 1 per 100,000 population, in {marked[1]} it is above 1; the highest "
        f"is {rates['high'].max():.2f}."
    )
    # A rate or a count on the map changes nothing.
    assert lead(year=str(year), measure="count") == lead(year=str(year))


def test_it_says_that_a_year_has_no_total():
    assert totals(2003).height == 0
    assert lead(year="2003") == "For 2003, UNODC’s data have no total of detected victims for any of the states."


def test_the_latest_figures_of_each_state_have_no_one_year():
    assert lead(latest="1") == lead()
