"""The row that an address names: every page of the desk shows its passport."""

from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.menu import scripts
from tests.dashboard.test_app import ENTRY


def arrived(slug, address):
    app = AppTest.from_file(ENTRY, default_timeout=60)
    if slug != "home":
        app.switch_page(str(scripts()[slug]))
    for name, text in address.items():
        app.query_params[name] = text
    app.run()
    assert not app.exception
    return app


def cited(app):
    return [code.value for code in app.code if "Seen in: Atalaya, data version" in code.value]


def test_a_row_that_does_not_exist_is_said():
    app = arrived("coverage", {"lang": "en", "cell": "ARG.1950"})
    assert "The item in this link is not in this table." in [box.value.replace("\\", "") for box in app.info]


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ("region?of=BRA&year=2019", ["Detected victims per 100,000 population, Brazil, 2019"]),
        ("region?of=BRA&year=2019&measure=count", ["Detected victims, Brazil, 2019"]),
        ("routes?arrow=GTM.MEX.direct.", ["Guatemala → Mexico, "]),
        ("routes?role=CRI.transit.hti&years=2007-2010", ["Costa Rica, transit"]),
        (
            "routes?listed=ARG.2015",
            ["Victims whose citizenship UNODC lists, Arg", "Detected victims, Argentina, 2015"],
        ),
        ("country?area=COL&figures=persons_convicted", ["Persons convicted, Colombia"]),
        ("country?area=COL&figure=detected_victims.2019.female.18%2B.total", ["Detected victims, Colombia, 2019, Fem"]),
        ("country?area=CRI&counted_arrow=NIC.CRI.direct.", ["Nicaragua → Costa Rica, "]),
        ("country?area=CRI&stated_arrow=NIC.CRI.direct.", ["Nicaragua → Costa Rica, "]),
        ("country?area=CRI&role=CRI.origin.cia_factbook", ["Costa Rica, origin"]),
        ("coverage?cells=ARG&cell=ARG.2019", ["Detected victims, Argentina", "Detected victims, Argentina, 2019"]),
        ("coverage?changed=BRA.revised", ["Detected victims, Brazil: revised"]),
        (
            "sources?differing=ARG.2017",
            ["Detected victims, SDG database, Argentina, 2017", "Detected victims, Arg"],
        ),
    ],
)
def test_every_page_restores_what_its_address_names(address, titles):
    slug, _, query = address.partition("?")
    filters = dict(parse_qsl(query))
    app = arrived(slug, filters)
    headings = [title.value.replace("\\", "") for title in app.subheader]
    assert [title for title in titles if not any(heading.startswith(title) for heading in headings)] == [], headings
    assert {name: app.query_params[name] for name in filters} == filters
    # A list of figures or changes has no citation of its own, but a row for each.
    assert cited(app) or {"figures", "changed"} & filters.keys()


def test_a_passport_does_not_survive_a_change_of_page():
    app = arrived("country", {"area": "BRA", "figure": "detected_victims.2019"})
    assert cited(app)
    app.switch_page(str(scripts()["coverage"])).run()
    app.switch_page(str(scripts()["country"])).run()
    assert not app.exception
    assert not cited(app)
    assert (app.query_params["area"], "figure" in app.query_params) == ("BRA", False)
