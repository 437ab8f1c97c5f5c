"""Buttons of a choice and switches: what the browser is sent and what is done with its answer; else Streamlit's own."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import static
from dashboard.shell import answers


def script():
    from dashboard.shell import filters
    from dashboard.shell.choices import LATEST, MEASURE

    filters.begin()
    filters.arrive("one")
    filters.use(MEASURE, LATEST)
    filters.choose(MEASURE, segments=True)
    filters.toggle(LATEST)
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
    app = opened(measure="count", latest="1")
    measure, latest = (json.loads(one.proto.json) for one in app.get("bidi_component"))
    assert measure["label"] == "Measure"
    assert measure["options"] == [["rate", "Per 100,000 population"], ["count", "Count"]]
    assert (measure["name"], measure["chosen"], measure["n"], measure["switch"]) == ("measure", ["count"], 0, False)
    assert (latest["name"], latest["chosen"], latest["switch"]) == ("latest", ["1"], True)
    assert latest["label"] == "Latest figure of each state"


def test_without_our_server_the_controls_are_streamlits_own():
    app = opened()
    assert app.get("bidi_component") == []
    app.toggle(key="latest").set_value(True).run()
    assert app.query_params["latest"] == "1"


@pytest.mark.parametrize(("state", "number"), [({}, 0), ({"key": {}}, 0), ({"key": {"choice": {"n": 7}}}, 7)])
def test_a_choice_has_the_number_of_the_browser(monkeypatch, state, number):
    monkeypatch.setattr(answers.st, "session_state", state)
    assert answers.number("key") == number
