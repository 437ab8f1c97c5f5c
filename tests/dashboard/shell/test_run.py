"""A run of a page waits for its turn, gives it back, and is repeated once after a failure of Streamlit's state."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import turns


def script():
    import streamlit as st

    from dashboard.shell import run

    with run.turn():
        st.session_state["runs"] = st.session_state.get("runs", 0) + 1
        failures = st.session_state.get("failures", 0)
        if st.session_state["runs"] <= failures:
            raise RuntimeError(st.session_state["words"])
        st.text("done")


def started(failures=0, words="dictionary changed size during iteration"):
    app = AppTest.from_function(script)
    app.session_state["failures"], app.session_state["words"] = failures, words
    return app.run()


@pytest.mark.parametrize("failures", [0, 1])
def test_a_run_that_fails_by_the_race_is_repeated_once(failures):
    app = started(failures)
    assert [text.value for text in app.text] == ["done"]
    assert not app.exception
    assert app.session_state["runs"] == 1 + failures
    # The next run may be repeated again.
    app.session_state["failures"] = app.session_state["runs"] + failures
    assert [text.value for text in app.run().text] == ["done"]


def test_a_run_that_fails_twice_is_a_failure():
    assert len(started(2).exception) == 1


def test_another_failure_is_not_repeated():
    app = started(1, "another reason")
    assert len(app.exception) == 1
    assert app.session_state["runs"] == 1


@pytest.mark.parametrize("failures", [0, 1, 2])
def test_the_turn_is_given_back(failures):
    started(failures)
    assert turns.RUNS.working == 0
