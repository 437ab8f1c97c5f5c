"""The addresses of links: without what a page shows anyway, also where its default depends on other filters."""

import pytest

from dashboard.catalog import pages
from dashboard.forms.html.addresses import Addresses
from dashboard.subjects.explore.filters import EXPLORE
from dashboard.views.address import read
from data.i18n import language


@pytest.fixture
def addresses():
    page = pages()["about"]
    return Addresses(language("en"), page, read(page.filters, {}).values)


def test_a_link_names_no_filter_at_its_default(addresses):
    figure = {"area": "HTI", "figure": "detected_victims.2019", "edition": "newest"}
    assert addresses.of("country", figure) == "country/HTI?figure=detected_victims.2019"
    earlier = addresses.of("country", figure | {"edition": "2025-04-14"})
    assert earlier == "country/HTI?figure=detected_victims.2019&edition=2025-04-14"
    assert addresses.of("coverage", {"reported": "detected_victims", "masking": "0"}) == "coverage"


def test_a_default_follows_filters_that_the_link_names_and_those_that_it_does_not_name(addresses):
    usual = {reading: read(EXPLORE, {"reading": [reading]}).values.given for reading in ("two_years", "lines")}
    for reading, given in usual.items():
        first, last = dict(given)["period"]
        address = addresses.of("explore", {"reading": reading, "period": f"{first}-{last}"})
        assert "period" not in address
        assert "period" in addresses.of("explore", {"reading": reading, "period": f"{first + 1}-{last}"})
    assert dict(usual["two_years"])["period"] != dict(usual["lines"])["period"]


@pytest.mark.parametrize(
    ("slug", "given", "leads"),
    [
        ("country", {"area": "HTI"}, {"routes": "../routes?state=HTI", "explore": "../explore?state=HTI&one=HTI"}),
        ("country", {"area": "HTI"}, {"coverage": "../coverage?revised=HTI", "present": "../present?area=HTI"}),
        ("country", {"area": "HTI"}, {"declaration": "../declaration?area=HTI&scope=state"}),
        # A page without such a filter, and the list of states from the page of one.
        ("country", {"area": "HTI"}, {"region": "../region", "about": "../about", "country": "../country"}),
        ("routes", {"state": "HTI"}, {"country": "country/HTI", "routes": "routes"}),
        # The first state is what many filters have by themselves.
        ("routes", {"state": "ARG"}, {"country": "country/ARG", "declaration": "declaration?scope=state"}),
        ("declaration", {"scope": "state", "area": "ARG"}, {"routes": "routes?state=ARG"}),
        ("declaration", {"scope": "region"}, {"routes": "routes", "country": "country"}),
        # Two states, and filters that are no states.
        ("explore", {"state": "HTI,CRI"}, {"routes": "routes", "country": "country"}),
        ("pair", {"one": "HTI", "other": "USA"}, {"routes": "../../routes", "explore": "../../explore"}),
        ("region", {"edition": "2025-04-14", "of": "HTI"}, {"coverage": "coverage", "routes": "routes"}),
    ],
)
def test_the_menu_keeps_the_one_state_that_is_chosen(slug, given, leads):
    page = pages()[slug]
    arrival = read(page.filters, {name: (text,) for name, text in given.items()})
    assert arrival.notices == ()
    addresses = Addresses(language("en"), page, arrival.values)
    assert {name: addresses.onward(name) for name in leads} == leads
