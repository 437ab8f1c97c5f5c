"""The choices of each page on the published snapshot."""

import re

import pytest

from dashboard import store
from dashboard.subjects import shared
from dashboard.subjects.compare import filters as compare_filters
from dashboard.subjects.coverage import filters as coverage_filters
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.ledger import filters as ledger_filters
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.states import filters as states_filters
from dashboard.subjects.states import query as states_query
from dashboard.views.filters import One, option
from data import manifest
from data.i18n import language


def test_the_states_are_thirty_five():
    assert len(store.areas()) == 35
    assert shared.AREA.default in store.areas()


def test_the_years_are_those_with_figures():
    first, last = shared.observed_years()
    every = [year for code in manifest.counts() for year in states_query.years(code)]
    assert (first, last) == (min(every), max(every))


@pytest.mark.parametrize("indicator", manifest.counts())
def test_the_default_year_is_covered_by_two_thirds_of_those_who_ever_reported(indicator):
    """Counted here without the query's code."""
    rows = store.tables().table("observations").collect()
    totals = [
        row
        for row in rows.iter_rows(named=True)
        if row["indicator"] == indicator
        and {row["sex"], row["age"], row["form"]} == {"total"}
        and row["status"] in {"exact", "masked"}
    ]
    reporting = {row["area"] for row in totals}
    by_year = {year: {row["area"] for row in totals if row["year"] == year} for year in {row["year"] for row in totals}}
    enough = [year for year, areas in by_year.items() if 3 * len(areas) >= 2 * len(reporting)]
    assert states_filters.default_year(indicator) == max(enough)


def test_a_year_of_the_address_is_a_year_of_the_range():
    assert states_filters.YEAR.parse("2019") == 2019
    assert states_filters.YEAR.write(2019) == "2019"
    assert states_filters.YEAR.allows(2019)
    for text in ("3000", "2019.5", "<script>", ""):
        with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
            states_filters.YEAR.parse(text)


def test_no_two_filters_share_a_name_with_another_meaning():
    named = {}
    for spec in (*states_filters.REGION, *routes_filters.ROUTES, *states_filters.COUNTRY, *coverage_filters.COVERAGE):
        assert named.setdefault(spec.name, spec) is spec


@pytest.mark.parametrize(
    ("spec", "code", "words"),
    [
        (explore_filters.SEXES, "total", "Total"),
        (explore_filters.SEXES, "female", "Female"),
        (compare_filters.OTHER, "region", "The whole region"),
        (compare_filters.OTHER, "CRI", "Costa Rica"),
        (coverage_filters.REVISIONS_STATE, "all", "All states"),
        (shared.EDITION, "newest", "Newest release"),
        (shared.EDITION, "2025-04-14", "14 April 2025"),
        (ledger_filters.PARAGRAPH, "all", "All paragraphs"),
        (ledger_filters.ACTOR, "COLLECTIVE", "States together"),
        (shared.AREA, "BRA", "Brazil"),
    ],
)
def test_an_option_of_a_filter_has_its_word(spec, code, words):
    assert option(language("en"), spec, code) == words


def test_a_filter_s_own_labels_are_translated():
    spec = One("leg", ("direct", "other"), "direct", words={"direct": "Routes"})
    assert option(language("es"), spec, "direct") == "Rutas"
    assert option(language("es"), spec, "other") == "other"
