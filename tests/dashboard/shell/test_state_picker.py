"""The list of states: what the browser is sent, what is done with its answer, and Streamlit's own list in its place."""

import json

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from dashboard import static, store
from dashboard.shell import answers, state_picker
from dashboard.subjects.routes.filters import STATED_FORMS
from data.i18n import LANGUAGES, language


@pytest.fixture
def _served(monkeypatch):
    monkeypatch.setattr(static, "_SERVED", [True])


def script():
    import streamlit as st

    from dashboard.shell import filters, state_picker
    from dashboard.subjects.ledger.filters import ACTOR
    from dashboard.subjects.shared import AREA, STATES

    lang = filters.begin()
    filters.arrive("one")
    filters.use(AREA, STATES, ACTOR)
    filters.choose(AREA, alphabetical=True)
    filters.choose_many(STATES, lang.text("All states"), alphabetical=True)
    filters.choose(ACTOR)
    state_picker.search(lang, "search", lambda area: st.session_state.update(found=area))
    filters.finish()


def form():
    from dashboard.shell import filters
    from dashboard.views.filters import One

    filters.begin()
    filters.arrive("one")
    filters.ask(One("form.area", ("ARG", "HTI", "OAS-GS"), "HTI"), "State or body", lambda code: code)
    filters.finish()


def groups():
    from dashboard.shell import filters
    from dashboard.subjects.explore.filters import SEXES
    from dashboard.subjects.routes.filters import FORMS

    filters.begin()
    filters.arrive("one")
    filters.use(FORMS, SEXES)
    filters.choose_many(FORMS, "All forms")
    filters.choose_many(SEXES, "Total and all groups")
    filters.finish()


@pytest.mark.usefixtures("_served")
def test_several_options_that_are_no_states_come_in_one_list_and_in_their_order():
    app = AppTest.from_function(groups)
    app.query_params["form"] = "forced_labour,child_soldiers"
    app.run()
    assert not app.exception
    forms, sexes = sent(app)
    assert [code for code, *_ in forms["before"]] == list(STATED_FORMS)
    assert (forms["after"], forms["only"], forms["many"], forms["name"]) == ([], [], True, "form")
    assert [code for code, _ in forms["chosen"]] == ["forced_labour", "child_soldiers"]
    # Only a list that is empty by default has a button that empties it.
    assert (forms["every"], sexes["every"]) == ("All forms", "")
    assert sexes["chosen"] == [["total", "Total"]]


@pytest.mark.usefixtures("_served")
def test_a_form_may_list_some_of_the_states_and_is_not_in_the_address():
    app = AppTest.from_function(form).run()
    assert not app.exception
    (listed,) = sent(app)
    assert listed["only"] == ["ARG", "HTI"]
    assert [code for code, *_ in listed["after"]] == ["OAS-GS"]
    assert listed["chosen"] == [["HTI", "HTI"]]
    assert "form.area" not in app.query_params


def opened(**address):
    app = AppTest.from_function(script)
    for name, text in address.items():
        app.query_params[name] = text
    app.run()
    assert not app.exception
    return app


def sent(app):
    return [json.loads(one.proto.json) for one in app.get("bidi_component")]


@pytest.mark.usefixtures("_served")
def test_the_browser_is_sent_the_choice_and_where_the_names_are():
    area, states, actor, search = sent(opened(lang="es", area="HND", state="PER,MEX"))
    assert area["chosen"] == [["HND", "Honduras"]]
    assert (area["many"], area["before"], area["after"], area["only"]) == (False, [], [], None)
    assert states["chosen"] == [["PER", "Perú"], ["MEX", "México"]]
    assert (states["many"], states["every"]) == (True, language("es").text("All states"))
    assert [code for code, *_ in actor["before"]] == ["all"]
    assert [code for code, *_ in actor["after"]] == ["OAS-GS", "COLLECTIVE"]
    assert search["large"]
    assert search["goes"]
    assert {one["source"] for one in (area, states, actor, search)} == {state_picker.TEXTS.address(language("es"))}


@pytest.mark.parametrize(("options", "answer", "many", "taken"), [
    (("PER", "MEX"), {"chosen": ["MEX"], "n": 1}, False, ["MEX"]),
    (("PER", "MEX"), {"chosen": ["MEX", "PER", "MEX"], "n": 1}, True, ["MEX", "PER"]),
    (("PER", "MEX"), {"chosen": [], "n": 1}, True, []),
    (("PER", "MEX"), {"chosen": [], "n": 1}, False, None),
    (("PER", "MEX"), {"chosen": ["MEX", "PER"], "n": 1}, False, None),
    (("PER", "MEX"), {"chosen": ["<b>"], "n": 1}, True, None),
    (("PER", "MEX"), {"chosen": "PER", "n": 1}, True, None),
    (("PER", "MEX"), ["PER"], True, None),
    (("PER", "MEX"), None, True, None),
])  # fmt: skip
def test_an_answer_of_the_browser_counts_only_if_it_is_a_choice(monkeypatch, options, answer, many, taken):
    found = []
    monkeypatch.setattr(answers.st, "session_state", {"key": {"choice": answer}})
    answers.take("key", options, found.append, many=many)
    assert found == ([] if taken is None else [taken])


def test_without_our_server_the_lists_are_streamlits_own_and_carry_all_names():
    app = opened(lang="en")
    assert app.get("bidi_component") == []
    area, actor, search = app.selectbox
    assert next(one for one in area.options if one.startswith("Brazil")).startswith("Brazil (BRA, BR, brasil")
    assert len(area.options) == len(search.options) == 35
    assert actor.options[0] == "All states and bodies"
    app.multiselect(key="state").set_value(["PER"]).run()
    assert app.query_params["state"] == "PER"
    search.select("HTI").run()
    assert app.session_state["found"] == "HTI"


def answer(version, code):
    way = state_picker.TEXTS.route()
    return way.endpoint(Request({"type": "http", "path_params": {"version": version, "code": code}}))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_names_of_a_language_are_served_at_their_address(code):
    version, language_code = state_picker.TEXTS.address(language(code)).removeprefix("./states/").split("/")
    response = answer(version, language_code)
    assert response.headers["cache-control"] == static.FOREVER
    body = json.loads(response.body)
    assert [one[0] for one in body["states"]] == language(code).sorted_countries(store.areas())
    assert body["texts"]["counts"][1] != body["texts"]["counts"][2]
    assert answer(version, "xx").status_code == 404
    assert answer(version[:-1], code).status_code == 404
