"""The addresses of scenes: only the filters of their page, and the figure that represents a page on stage."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import catalog, menu
from dashboard.desk import ENTRY
from dashboard.present import links, own_agenda
from dashboard.stage import request
from dashboard.subjects.meetings import agendas
from data import meeting
from data.i18n import LANGUAGES, language
from data.meeting import Meeting, Scene

EN = language("en")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/region", []),
        ("/region?indicator=offences&year=2015&of=CRI", []),
        ("/routes?years=2010-2015&state=CRI,MEX", []),
        ("/sources", []),
        ("region", [("no_link", "region")]),
        ("https://example.org/region", [("no_link", "https://example.org/region")]),
        ("//example.org/region", [("no_link", "//example.org/region")]),
        ("javascript:alert(1)", [("no_link", "javascript:alert(1)")]),
        ("http://[", [("no_link", "http://[")]),
        ("/region#map", [("no_link", "/region#map")]),
        ("/home#victims", []),
        ("/home#foot", [("no_link", "/home#foot")]),
        ("/country", []),
        ("", [("no_link", "")]),
        ("/nowhere", [("no_page", "nowhere")]),
        ("/present", [("no_page", "present")]),
        ("/?year=2015", []),
        ("/?area=CRI", [("no_filter", "area")]),
        ("/ledger?paragraph=26", []),
        ("/ledger?paragraph=99", [("no_value", "paragraph=99")]),
        ("/region?lang=de", [("no_language", "de")]),
        ("/region?lang=es", [("no_language", "es")]),
        ("/region?area=CRI", [("no_filter", "area")]),
        ("/region?go=1", [("no_filter", "go")]),
        ("/region?indicator=prevalence", [("no_value", "indicator=prevalence")]),
        ("/region?year=1066", [("no_value", "year=1066")]),
        ("/region?year=", [("no_value", "year=")]),
        ("/region?latest=1&latest=0", [("no_value", "latest=0")]),
        ("/country?area=ESP&edition=1999-01-01", [("no_value", "area=ESP"), ("no_value", "edition=1999-01-01")]),
        ("/region?" + "&".join(f"a{n}=1" for n in range(80)), [("no_link", "/region?a0=1&a1=1&a2=1&a3=1&a4=1")]),
    ],
)
def test_problems_of_an_address_are_reported(address, expected):
    problems = [*links.check(address)]
    assert [code for code, _ in problems] == [code for code, _ in expected]
    assert all(detail.startswith(part) for (_, detail), (_, part) in zip(problems, expected, strict=True))


@pytest.mark.parametrize("page", own_agenda.pages())
def test_a_page_has_the_filters_that_it_declares_itself(page):
    """The page is run and reports the filters it uses."""
    shown = AppTest.from_file(ENTRY, default_timeout=60)
    shown.switch_page(str(menu.scripts()[page])).run()
    assert set(shown.session_state["filters.visit"].values) == {spec.name for spec in catalog.filters_of(page)}


def test_every_page_except_the_stage_can_be_a_scene():
    assert set(own_agenda.pages()) == set(menu.scripts()) - {links.PRESENT}


@pytest.mark.parametrize(
    ("address", "name", "expected"),
    [
        ("/region?year=2015&measure=count", "region", {"year": 2015, "measure": "count"}),
        ("/routes?evidence=stated&state=CRI", "routes", {"evidence": "stated", "state": ("CRI",)}),
        ("/country?area=TTO", "series", {"area": "TTO"}),
        ("/home", "region_change", {}),
        ("/home#change", "region_change", {}),
        ("/home#victims", "region_victims", {}),
        ("/home#convictions", "region_convictions", {}),
        ("/country?area=MEX&stated_arrow=GTM.MEX.direct.", "state_routes", {"area": "MEX", "evidence": "stated"}),
        ("/country?area=MEX&counted_arrow=GTM.MEX.direct.", "state_routes", {"area": "MEX", "evidence": "counted"}),
        ("/explore?reading=lines", "explore", {"reading": "lines"}),
        ("/explore?desk=compare&one=BOL&other=ARG", "compare", {"one": "BOL", "other": "ARG"}),
        ("/declaration?paragraph=26", "ledger_map", {"paragraph": "26"}),
        # Old addresses of agendas.
        ("/ledger?paragraph=26", "ledger_map", {"paragraph": "26"}),
        ("/?year=2015&measure=count", "region", {"year": 2015, "measure": "count"}),
        ("/instruments?treaty=untoc", "parties_map", {"treaty": "untoc"}),
        ("/coverage?reported=offences", "coverage_map", {"reported": "offences"}),
    ],
)
def test_the_figure_of_a_scene_is_that_of_its_page(address, name, expected):
    picture = links.glance(EN, address).figure
    assert picture.name == name
    assert set(picture.values) == {spec.name for spec in request.filters_of(name)}
    assert {key: picture.values[key] for key in expected} == expected


def agenda_of(address):
    words = dict.fromkeys(LANGUAGES, "")
    return Meeting(words, (Scene(address, words, words),))


@pytest.mark.parametrize("name", meeting.delivered())
def test_every_address_of_the_delivered_agendas_is_one_of_a_scene(name):
    addresses = [scene.address for scene in agendas.delivered(name).scenes if scene.address not in meeting.BARE]
    assert [fault for address in addresses for fault in links.check(address)] == []


def test_a_country_scene_without_a_state_shows_the_chosen_one():
    assert agendas.open_to_choice(agenda_of("/country?edition=newest"))
    assert links.completed("/country?edition=newest", "CRI") == "/country?area=CRI&edition=newest"
    assert links.completed("/country?area=MEX", "CRI") == "/country?area=MEX"
    for address in ("/country?area=MEX", "/region", "opening", "closing"):
        assert not agendas.open_to_choice(agenda_of(address))
    assert links.completed("/country", "") == "/country"
    assert links.glance(EN, "/country").figure is None


@pytest.mark.parametrize("address", ["/declaration", "/declaration?paragraph=31", "/sources"])
def test_pages_unreadable_from_a_distance_have_no_figure(address):
    assert links.glance(EN, address).figure is None
