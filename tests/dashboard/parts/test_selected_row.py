"""The row that an address names: where its passport is shown, what appears if it is missing, how it is closed."""

from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.shell.navigation import scripts
from tests.dashboard.test_app import ENTRY


def script():
    import polars as pl
    import streamlit as st

    from dashboard.parts import selected_row
    from dashboard.shell import filters
    from dashboard.views.filters import Form
    from dashboard.words import tables
    from data.i18n import language

    def show(mark):
        st.subheader(mark)
        return mark != "ZZZ"

    spec = Form("of", "[A-Z]{3}", ("area",))
    filters.begin()
    filters.arrive("region")
    filters.use(spec)
    selected = selected_row.SelectedRow(language("en"), spec, show, st.container())
    rows = pl.DataFrame({"area": ["ARG", "BRA"]})
    selected.table(tables.sheet(rows), "two states", "states", rows)
    selected.finish()
    filters.finish()


def shown(of, *rows):
    app = AppTest.from_function(script)
    app.query_params["of"] = of
    app.session_state["states"] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    app.run()
    assert not app.exception
    return app


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


def kinds(app):
    return [element.type for element in app.main if element.type in {"subheader", "dataframe", "button"}]


def test_a_passport_from_the_address_has_its_place_and_can_be_closed():
    app = shown("BRA")
    assert kinds(app) == ["subheader", "button", "dataframe"]
    assert app.subheader[0].value == "BRA"
    assert app.markdown[0].value == "[Details of your selection](#passport-of)"
    app.button(key="close.of").click().run()
    assert kinds(app) == ["dataframe"]
    assert "of" not in app.query_params


def test_a_passport_of_a_table_row_is_under_the_table():
    assert kinds(shown("BRA", 1)) == ["dataframe", "subheader"]


def test_a_row_other_than_the_one_in_the_address_is_not_selected():
    assert kinds(shown("BRA", 0)) == ["subheader", "button", "dataframe"]
    assert kinds(shown("BRA", 7)) == ["subheader", "button", "dataframe"]


def test_a_missing_row_is_reported():
    assert [box.value for box in shown("ZZZ").info] == ["The item in this link is not in this table."]
    assert not shown("BRA").info


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
