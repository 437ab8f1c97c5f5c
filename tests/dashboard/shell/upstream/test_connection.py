"""The note of a lost connection: its words are there before it is needed, and Streamlit still needs it."""

import pytest

from dashboard.shell.upstream import connection
from data.i18n import LANGUAGES, language


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_has_its_words_in_every_language(code):
    words = connection.words(language(code))
    assert set(words) == {"title", "advice", "again"}
    assert all(words.values())
    assert code == "en" or words["title"] != connection.words(language("en"))["title"]


def test_streamlit_tells_of_its_connection_in_the_attribute_that_is_watched(streamlit_scripts):
    assert "data-test-connection-state" in streamlit_scripts


def test_streamlit_still_says_it_in_english(streamlit_scripts):
    """When it says it otherwise, or not at all, look whether the note can go: issue 12661."""
    assert "Connection error" in streamlit_scripts
