"""State and address in real runs of a script: links restore, bad parameters fall back, key presses count."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.shell import filters
from data.i18n import language


def script():
    import streamlit as st

    from dashboard.shell import filters
    from dashboard.views.filters import Flag, Many, One, Span, Whole
    from data import i18n

    indicator = One("indicator", ("victims", "offences"), "victims", words={"victims": "Map", "offences": "Matrix"})
    areas = Many("areas", ("MEX", "ARG", "BOL"))
    year = Whole("year", (2007, 2023), 2019)
    years = Span("years", (2007, 2023), (2007, 2023))
    evidence = One("evidence", ("counted", "stated"), "counted", words={"counted": "Map", "stated": "Matrix"})
    minimum = Whole("minimum", (1, 100), 5)
    latest = Flag("latest")
    lang = filters.begin()
    filters.arrive(st.session_state.get("page", "one"))
    filters.choose_language("Language")
    if st.session_state.get("page", "one") == "one":
        filters.use(indicator, areas, year, years, evidence, minimum, latest)
        filters.slider(year, "Year")
        for spec in (indicator, areas, years, evidence, minimum, latest):
            filters.control(spec, buttons=spec is evidence, alphabetical=spec is areas)
        specs = (indicator, areas, year, years, evidence, minimum, latest)
        st.json(
            {**filters.values(*specs), "lang": lang.code, "notices": [[n.name, n.given] for n in filters.notices()]}
        )
    filters.finish()
    assert isinstance(lang, i18n.Language)


def single_year():
    import streamlit as st

    from dashboard.shell import filters
    from dashboard.views.filters import Span, Whole

    year, years = Whole("year", (2020, 2020)), Span("years", (2020, 2020), (2020, 2020))
    filters.begin()
    filters.arrive("one")
    filters.use(year, years)
    filters.slider(year, "Year")
    filters.slider(years, "Years")
    st.json(filters.values(year, years))
    filters.finish()


# Before 1.67 Streamlit's test gives a script no locale.
with_locale = pytest.mark.skipif(
    not hasattr(AppTest.from_string(""), "context"), reason="this Streamlit's AppTest has no context"
)
DEFAULTS = {
    "indicator": "victims",
    "areas": [],
    "year": 2019,
    "years": [2007, 2023],
    "evidence": "counted",
    "minimum": 5,
    "latest": False,
}


def opened(locale="en-GB", **address):
    app = AppTest.from_function(script)
    app.context = {"locale": locale}
    for name, text in address.items():
        app.query_params[name] = text
    app.run()
    assert not app.exception
    return app


def shown(app):
    return json.loads(app.json[0].value)


def chosen(app):
    return {name: shown(app)[name] for name in DEFAULTS}


def address(app):
    return dict(app.query_params)


@with_locale
def test_a_bare_address_shows_the_defaults_and_names_the_language():
    app = opened("pt-BR")
    assert chosen(app) == DEFAULTS
    assert address(app) == {"lang": "pt"}


@with_locale
@pytest.mark.parametrize(("locale", "code"), [("es-MX", "es"), ("de-DE", "en"), (None, "en")])
def test_the_browsers_language_is_used_if_the_address_has_none(locale, code):
    assert shown(opened(locale))["lang"] == code


LINK = {
    "lang": "fr",
    "indicator": "offences",
    "areas": "BOL,MEX",
    "year": "2011",
    "years": "2010-2012",
    "evidence": "stated",
    "minimum": "7",
    "latest": "1",
}


def test_a_link_restores_the_whole_view():
    app = opened("en-GB", **LINK)
    assert shown(app) == {
        "lang": "fr",
        "indicator": "offences",
        "areas": ["BOL", "MEX"],
        "year": 2011,
        "years": [2010, 2012],
        "evidence": "stated",
        "minimum": 7,
        "latest": True,
        "notices": [],
    }
    assert address(app) == LINK


def test_choices_go_to_the_address_as_ids_and_defaults_leave_it():
    app = opened(lang="fr")
    app.selectbox(key="indicator").select("offences").run()
    app.multiselect[0].select("BOL").run()
    app.slider[0].set_value(2012).run()
    assert address(app) == {"lang": "fr", "indicator": "offences", "areas": "BOL", "year": "2012"}
    app.slider[0].set_value(2019).run()
    app.selectbox(key="indicator").select("victims").run()
    assert address(app) == {"lang": "fr", "areas": "BOL"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("year", "3000"),
        ("year", "1e3"),
        ("indicator", "<script>alert(1)</script>"),
        ("areas", "ARG,ZZZ"),
        ("years", "2020-2010"),
        ("minimum", "-4"),
        ("latest", "maybe"),
    ],
)
def test_a_bad_parameter_falls_back_and_is_reported(name, text):
    app = opened(lang="en", **{name: text})
    assert chosen(app) == DEFAULTS
    assert shown(app)["notices"] == [[name, text]]
    assert address(app) == {"lang": "en"}


@with_locale
def test_a_bad_language_falls_back_to_the_browsers():
    app = opened("es-PE", lang="xx")
    assert shown(app)["lang"] == "es"
    assert shown(app)["notices"] == [["lang", "xx"]]


def test_good_parameters_survive_bad_ones():
    app = opened(lang="en", year="2011", indicator="nothing")
    assert chosen(app) == DEFAULTS | {"year": 2011}


def test_a_parameter_that_the_page_does_not_have_is_named():
    app = opened(lang="en", state="HND", utm_source="mail", embed="true", snapshot="x")
    assert sorted(name for name, _ in shown(app)["notices"]) == ["snapshot", "state"]


def test_a_notice_stays_until_its_filter_is_changed():
    app = opened(lang="en", year="3000")
    app.number_input[0].set_value(9).run()
    assert shown(app)["notices"] == [["year", "3000"]]
    app.slider[0].set_value(2012).run()
    assert shown(app)["notices"] == []


def test_changing_the_language_changes_no_choice():
    app = opened(lang="en", indicator="offences", areas="BOL", evidence="stated")
    app.selectbox(key="lang").set_value("fr").run()
    assert shown(app)["lang"] == "fr"
    assert chosen(app) == DEFAULTS | {"indicator": "offences", "areas": ["BOL"], "evidence": "stated"}
    assert app.selectbox(key="indicator").options == ["Carte", language("fr").text("Matrix")]
    assert address(app) == {"lang": "fr", "indicator": "offences", "areas": "BOL", "evidence": "stated"}


def test_an_address_older_than_the_widgets_is_ignored():
    """A key press that is faster than the last answer arrives with the browser's old address."""
    app = opened(lang="en")
    app.slider[0].set_value(2020).run()
    app.slider[0].set_value(2021)
    app.query_params["year"] = "2019"
    app.run()
    assert chosen(app)["year"] == 2021
    assert address(app) == {"lang": "en", "year": "2021"}


@pytest.fixture
def waited(monkeypatch):
    """The browser has had the time that it may need for our addresses."""
    monkeypatch.setattr(filters, "LAG", -1.0)


def moved(app, **parameters):
    """As the browser does on Back: a run for an address of its history."""
    app.query_params.clear()
    for name, text in parameters.items():
        app.query_params[name] = text
    return app.run()


@pytest.mark.usefixtures("waited")
def test_back_restores_what_its_address_says():
    app = opened(lang="en", indicator="offences", year="2011")
    app.slider[0].set_value(2012).run()
    moved(app, lang="en", indicator="offences", year="2011")
    assert chosen(app) == DEFAULTS | {"indicator": "offences", "year": 2011}
    moved(app, lang="en")
    assert chosen(app) == DEFAULTS
    # Choices made after it count.
    app.slider[0].set_value(2013).run()
    assert chosen(app) == DEFAULTS | {"year": 2013}
    assert address(app) == {"lang": "en", "year": "2013"}
    moved(app, lang="fr")
    assert shown(app)["lang"] == "fr"


def test_a_run_soon_after_a_change_leaves_an_older_address_alone():
    """The browser may not have the new address yet."""
    app = opened(lang="en")
    app.slider[0].set_value(2012).run()
    moved(app, lang="en", year="2011")
    assert chosen(app)["year"] == 2012
    assert address(app) == {"lang": "en", "year": "2011"}


def test_language_and_choices_survive_a_change_of_page():
    app = opened(lang="es", year="2011")
    app.session_state["page"] = "two"
    for name in list(app.query_params):
        del app.query_params[name]
    app.run()
    assert address(app) == {"lang": "es"}
    app.session_state["page"] = "one"
    app.run()
    assert chosen(app) == DEFAULTS | {"year": 2011}
    assert address(app) == {"lang": "es", "year": "2011"}


def test_states_are_listed_by_their_names():
    options = opened(lang="en").multiselect[0].options
    assert [option.partition(" (")[0] for option in options] == ["Argentina", "Bolivia", "Mexico"]


def test_a_forged_widget_value_is_not_shown():
    app = opened(lang="en")
    app.session_state["year"] = 3000
    app.run()
    assert not app.exception
    assert 2007 <= chosen(app)["year"] <= 2023


def test_a_single_year_is_shown_and_cannot_be_changed():
    app = AppTest.from_function(single_year, default_timeout=30).run()
    assert not app.exception
    assert json.loads(app.json[0].value) == {"year": 2020, "years": [2020, 2020]}
    assert len(app.slider) == 0
    shown = [(select.label, select.value, select.disabled) for select in app.selectbox]
    assert shown == [("Year", "2020", True), ("Years", "2020", True)]


def with_states():
    import streamlit as st

    from dashboard.shell import filters
    from dashboard.views.filters import Many, One

    area = One("area", ("ARG", "BOL", "MEX"), "ARG", carried=True)
    states = Many("state", ("ARG", "BOL", "MEX"), carried=True)
    page = st.session_state.get("page", "profile")
    filters.begin()
    filters.arrive(page)
    filters.use(*{"profile": (area,), "map": (states,), "list": (states,), "other": ()}[page])
    filters.finish()
    if page == "profile":
        filters.control(area)
    elif page != "other":
        filters.control(states)


def turned(app, page, **address):
    """As the menu does: another page, with an address without parameters unless given."""
    app.session_state["page"] = page
    app.query_params.clear()
    for name, text in address.items():
        app.query_params[name] = text
    app.run()
    assert not app.exception
    return {name: text for name, text in dict(app.query_params).items() if name != "lang"}


def profile(**parameters):
    app = AppTest.from_function(with_states)
    for name, text in parameters.items():
        app.query_params[name] = text
    return app.run()


def test_the_chosen_state_is_chosen_on_the_next_pages():
    app = profile()
    # Nobody chose the first state of the list.
    assert turned(app, "map") == {}
    turned(app, "profile")
    app.selectbox(key="area").select("BOL").run()
    assert turned(app, "map") == {"state": "BOL"}
    assert app.multiselect(key="state").value == ["BOL"]
    assert turned(app, "other") == {}
    assert turned(app, "list") == {"state": "BOL"}
    app.multiselect(key="state").set_value(["MEX"]).run()
    assert turned(app, "profile") == {"area": "MEX"}
    assert turned(app, "map") == {"state": "MEX"}


def test_an_address_sets_the_state_and_wins_over_the_chosen_one():
    app = profile(area="MEX")
    assert turned(app, "map") == {"state": "MEX"}
    assert turned(app, "list", state="BOL") == {"state": "BOL"}
    assert turned(app, "profile") == {"area": "BOL"}
    assert turned(app, "map", state="none") == {}
    assert turned(app, "list") == {}


def test_several_states_or_none_leave_the_profile_as_it_is():
    app = profile(area="MEX")
    turned(app, "map")
    app.multiselect(key="state").set_value(["MEX", "BOL"]).run()
    assert turned(app, "profile") == {"area": "MEX"}
    assert turned(app, "list") == {"state": "MEX,BOL"}
    app.multiselect(key="state").set_value([]).run()
    assert turned(app, "profile") == {"area": "MEX"}
    assert turned(app, "map") == {}
