"""Buttons of a choice, switches and numbers: what the browser is sent, and its answer; else Streamlit's own."""

import json
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import static
from dashboard.shell import answers, filters
from dashboard.subjects.routes.filters import MINIMUM


def script():
    from dashboard.shell import filters
    from dashboard.subjects.routes.filters import MINIMUM
    from dashboard.subjects.states.filters import LATEST, MEASURE

    filters.begin()
    filters.arrive("one")
    filters.use(MEASURE, LATEST, MINIMUM)
    filters.choose(MEASURE, segments=True)
    filters.toggle(LATEST)
    filters.number(MINIMUM)
    filters.finish()


def opened(**address):
    app = AppTest.from_function(script)
    for name, text in ({"lang": "en"} | address).items():
        app.query_params[name] = text
    app.run()
    assert not app.exception
    return app


def test_the_browser_is_sent_the_words_and_the_choice(monkeypatch):
    monkeypatch.setattr(static, "_SERVED", [True])
    app = opened(measure="count", latest="1", minimum="25")
    measure, latest, minimum = (json.loads(one.proto.json) for one in app.get("bidi_component"))
    assert measure["label"] == "Measure"
    assert measure["options"] == [["rate", "Per 100,000 population"], ["count", "Count"]]
    assert (measure["name"], measure["chosen"], measure["n"], measure["kind"]) == ("measure", ["count"], 0, "buttons")
    assert (latest["name"], latest["chosen"], latest["kind"]) == ("latest", ["1"], "switch")
    assert latest["label"] == "Latest figure for each state"
    assert (minimum["name"], minimum["chosen"], minimum["kind"]) == ("minimum", ["25"], "number")
    assert minimum["number"] == {"low": 1, "high": 10_000, "less": "Decrease", "more": "Increase"}


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("10000", 10_000), ("10001", 25), ("0", 25), ("-1", 25), ("7.5", 25), ("", 25), (7, 25)],
)
def test_a_number_of_the_browser_counts_only_if_it_is_in_range(monkeypatch, text, number):
    state = {"pick.minimum": {"choice": {"chosen": [text], "n": 1}}, "minimum": 25}
    monkeypatch.setattr(answers.st, "session_state", state)
    monkeypatch.setattr(filters.st, "session_state", state)
    answers.take("pick.minimum", None, partial(filters._put_text, MINIMUM))
    assert state["minimum"] == number


def test_without_our_server_the_controls_are_streamlits_own():
    app = opened()
    assert app.get("bidi_component") == []
    app.toggle(key="latest").set_value(True).run()
    app.number_input(key="minimum").set_value(7).run()
    assert (app.query_params["latest"], app.query_params["minimum"]) == ("1", "7")


@pytest.mark.parametrize(("state", "number"), [({}, 0), ({"key": {}}, 0), ({"key": {"choice": {"n": 7}}}, 7)])
def test_a_choice_has_the_number_of_the_browser(monkeypatch, state, number):
    monkeypatch.setattr(answers.st, "session_state", state)
    assert answers.number("key") == number
