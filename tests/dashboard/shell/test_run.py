"""A run of a page waits for its turn, gives it back, and is repeated once after a failure of Streamlit's state."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import turns
from dashboard.metrics import REGISTRY


def script():
    import streamlit as st

    from dashboard.shell import run

    with run.turn() as running:
        running.page = "test"
        st.session_state["runs"] = st.session_state.get("runs", 0) + 1
        failures = st.session_state.get("failures", 0)
        if st.session_state["runs"] <= failures:
            raise RuntimeError(st.session_state["words"])
        st.text("done")


def started(failures=0, words="dictionary changed size during iteration"):
    app = AppTest.from_function(script)
    app.session_state["failures"], app.session_state["words"] = failures, words
    return app.run()


def repeats():
    return REGISTRY.get_sample_value("atalaya_repeated_runs_total") or 0


@pytest.mark.parametrize("failures", [0, 1])
def test_a_run_that_fails_by_the_race_is_repeated_once(failures):
    before = repeats()
    app = started(failures)
    assert [text.value for text in app.text] == ["done"]
    assert not app.exception
    assert repeats() == before + failures
    # The next run may be repeated again.
    app.session_state["failures"] = app.session_state["runs"] + failures
    assert [text.value for text in app.run().text] == ["done"]


def test_a_run_that_fails_twice_is_a_failure():
    assert len(started(2).exception) == 1


def test_another_failure_is_not_repeated():
    before = repeats()
    assert len(started(1, "another reason").exception) == 1
    assert repeats() == before


@pytest.mark.parametrize("failures", [0, 1, 2])
def test_the_turn_is_given_back_and_the_page_is_measured(failures):
    name = ("atalaya_run_seconds_count", {"page": "test"})
    before = REGISTRY.get_sample_value(*name) or 0
    started(failures)
    assert turns.RUNS.working == 0
    assert REGISTRY.get_sample_value(*name) > before
