"""The sentence below the heading of Region: it is on the chosen year."""

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.states.region_page import REGION_PAGE
from dashboard.views.address import read
from data.i18n import language
from tests.dashboard.subjects.states.test_certainty import may_be

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
    counts = {row["area"]: row["high"] for row in totals(year).iter_rows(named=True)}
    # A contradicted total may be as large as the sum of its parts.
    most = {
        row["area"]: row["high"] * may_be("detected_victims", row["area"], year)[1] / counts[row["area"]]
        if row["contradicted"]
        else row["high"]
        for row in rates.iter_rows(named=True)
    }
    few, more = sum(rate <= 1 for rate in most.values()), rates.filter(pl.col("low") > 1).height
    assert any(rates["contradicted"])
    unsure = len(most) - few - more
    either = f" For {unsure} of them, the figures allow both." if unsure else ""
    assert lead(year=str(year)) == (
        f"For {year}, UNODC has a total of detected victims for {totals(year).height} of the 35 states. In "
        f"{few} of them the rate is at most 1 per 100,000 population, in {more} it is above 1; the highest is "
        f"{rates['high'].max():.2f}.{either}"
    )


@pytest.mark.parametrize("year", [2012, 2022, 2023])
def test_it_counts_the_states_by_their_totals_where_the_map_counts(year):
    counts = totals(year)
    most = [
        may_be("detected_victims", row["area"], year)[1] if row["contradicted"] else row["high"]
        for row in counts.iter_rows(named=True)
    ]
    few, more = sum(total <= 100 for total in most), counts.filter(pl.col("low") > 100).height
    assert lead(year=str(year), measure="count") == (
        f"For {year}, UNODC has a total of detected victims for {counts.height} of the 35 states. In {few} of them it "
        f"is at most 100, in {more} it is above 100; the highest is {counts['high'].max():,.0f}."
    )


def test_of_other_indicators_the_title_of_the_map_is_enough():
    assert lead(indicator="persons_convicted") == ""


def test_it_says_that_a_year_has_no_total():
    assert totals(2003).height == 0
    assert lead(year="2003") == "For 2003, UNODC’s data have no total of detected victims for any of the states."


def test_the_latest_figures_of_each_state_have_no_one_year():
    assert lead(latest="1") == lead()
