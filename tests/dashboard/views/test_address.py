"""What an address says of the filters of a page, by the page's names or by those of the API."""

import pytest

from dashboard.subjects.explore.filters import EXPLORE, INDICATORS, PERIOD, SUMS, selection
from dashboard.subjects.ledger.filters import YEARS as DATED
from dashboard.subjects.routes.filters import FORMS, YEARS
from dashboard.subjects.shared import AREA, STATES
from dashboard.views.address import Notice, own_names, read
from dashboard.views.filters import Year


def given(**texts):
    return {name.rstrip("_"): [text] for name, text in texts.items()}


def test_explore_takes_the_names_of_the_api():
    mine = given(indicators="offences", state="BRA,CRI", period="2012-2019", exploitation="forced_labour")
    theirs = given(indicator="offences", area="BRA,CRI", from_="2012", to="2019", form="forced_labour")
    assert read(EXPLORE, theirs) == read(EXPLORE, mine)
    assert read(EXPLORE, theirs).notices == ()


@pytest.mark.parametrize("spec", [PERIOD, YEARS, DATED])
def test_a_span_without_one_end_begins_or_ends_with_the_data(spec):
    year = str(spec.high - 1)
    assert read((spec,), given(from_=year)).values.value(spec) == (spec.high - 1, spec.high)
    assert read((spec,), given(to=year)).values.value(spec) == (spec.low, spec.high - 1)


def test_the_own_name_of_a_filter_wins():
    found = read((PERIOD,), given(period="2012-2013", from_="2019"))
    assert found.values.value(PERIOD) == (2012, 2013)
    assert found.notices == ()


@pytest.mark.parametrize(("first", "last"), [("2019", "2012"), ("x", "2012"), ("2012", "9999")])
def test_years_that_are_none_are_said(first, last):
    found = read((PERIOD,), given(from_=first, to=last))
    assert found.values.value(PERIOD) == PERIOD.default
    assert found.notices == (Notice("period", f"{first}-{last}"),)


def test_a_page_with_one_year_knows_a_period_of_one_year():
    year = Year("year", (2010, 2020), 2015)
    found = read((year,), given(from_="2012", to="2012"))
    assert (found.values.value(year), found.notices) == (2012, ())
    # Of several years it shows none of them, and says that it does not know these names.
    found = read((year,), given(from_="2012", to="2019"))
    assert found.values.value(year) == 2015
    assert {one.name for one in found.notices} == {"from", "to"}
    assert not any(one.known for one in found.notices)
    assert read((year,), given(year="2011", from_="2012", to="2012")).values.value(year) == 2011


def test_a_page_with_such_filters_of_its_own_keeps_them():
    """Where `area` or `form` is a filter of the page, it means that filter."""
    specs = (AREA, STATES, FORMS)
    texts = given(area="BRA", form="forced_labour")
    assert own_names(specs, texts) == texts
    assert own_names((AREA,), given(from_="2012")) == given(from_="2012")


@pytest.mark.parametrize(
    ("texts", "areas"),
    [
        ({"sum": "013"}, ("013",)),
        ({"sum": "013", "state": "MEX"}, ("MEX", "013")),
        ({"sum": "chosen", "state": "PAN,CRI"}, ("CRI-PAN",)),
        ({"sum": "chosen,029", "state": "PAN,CRI"}, ("CRI-PAN", "029")),
        ({"sum": "chosen"}, ("019",)),
        ({"state": "MEX"}, ("MEX",)),
    ],
)
def test_sums_are_areas_of_the_selection(texts, areas):
    specs = (*EXPLORE,)
    assert INDICATORS in specs
    assert SUMS in specs
    assert selection(read(specs, given(**texts)).values.value).areas == areas
