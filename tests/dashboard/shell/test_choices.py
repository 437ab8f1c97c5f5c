"""The choices of each page on the published snapshot."""

import re

import pytest

from dashboard import store
from dashboard.shell import choices, ledger_choices
from dashboard.shell.filter_types import One, option
from dashboard.subjects.states import query as states_query
from data.i18n import language


def test_the_states_are_thirty_five():
    assert len(store.areas()) == 35
    assert choices.AREA.default in store.areas()


def test_the_years_are_those_with_figures():
    first, last = choices.observed_years()
    every = [year for code in states_query.COUNTS for year in states_query.years(code)]
    assert (first, last) == (min(every), max(every))


@pytest.mark.parametrize("indicator", states_query.COUNTS)
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
    assert choices.default_year(indicator) == max(enough)


def test_a_year_of_the_address_is_a_year_of_the_range():
    assert choices.YEAR.parse("2019") == 2019
    assert choices.YEAR.write(2019) == "2019"
    assert choices.YEAR.allows(2019)
    for text in ("3000", "2019.5", "<script>", ""):
        with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
            choices.YEAR.parse(text)


def test_no_two_filters_share_a_name_with_another_meaning():
    named = {}
    for spec in (*choices.REGION, *choices.ROUTES, *choices.COUNTRY, *choices.COVERAGE):
        assert named.setdefault(spec.name, spec) is spec


@pytest.mark.parametrize(
    ("spec", "code", "words"),
    [
        (choices.SEXES, "total", "Total"),
        (choices.SEXES, "female", "Female"),
        (choices.OTHER, "region", "The whole region"),
        (choices.OTHER, "CRI", "Costa Rica"),
        (choices.REVISIONS_STATE, "all", "All states"),
        (choices.EDITION, "newest", "Newest release"),
        (choices.EDITION, "2025-04-14", "14 April 2025"),
        (ledger_choices.PARAGRAPH, "all", "All paragraphs"),
        (ledger_choices.ACTOR, "COLLECTIVE", "States together"),
        (choices.AREA, "BRA", "Brazil"),
    ],
)
def test_an_option_of_a_filter_has_its_word(spec, code, words):
    assert option(language("en"), spec, code) == words


def test_a_filter_s_own_labels_are_translated():
    spec = One("leg", ("direct", "other"), "direct", words={"direct": "Routes"})
    assert option(language("es"), spec, "direct") == "Rutas"
    assert option(language("es"), spec, "other") == "other"
