"""The note about a lost connection: its text is ready in advance, and Streamlit still needs it."""

import pytest

from dashboard.shell.upstream import connection
from data.i18n import LANGUAGES, language


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_note_is_translated(code):
    words = connection.words(language(code))
    assert set(words) == {"title", "advice", "again"}
    assert all(words.values())
    assert code == "en" or words["title"] != connection.words(language("en"))["title"]


def test_streamlit_reports_its_connection_in_the_watched_attribute(streamlit_scripts):
    assert "data-test-connection-state" in streamlit_scripts


def test_streamlit_still_says_it_in_english(streamlit_scripts):
    """When Streamlit changes this text, check whether the note can go: issue 12661."""
    assert "Connection error" in streamlit_scripts
