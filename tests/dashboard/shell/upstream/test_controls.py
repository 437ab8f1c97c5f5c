"""Streamlit's own texts are unchanged, and each has a translation."""

import re

import pytest

from dashboard.shell.upstream import controls
from dashboard.shell.upstream.controls import WORDS
from data.i18n import LANGUAGES, language


@pytest.mark.parametrize("word", WORDS)
def test_streamlit_has_the_word(word, streamlit_scripts):
    """A text that a later Streamlit changes would silently stay English."""
    # A plural is put together from its parts.
    fixed = [part.strip(" .,—1") for part in re.split(r"\{\w+\}|(?=available)", word) if part and len(part) > 3]
    assert fixed
    assert all(part in streamlit_scripts for part in fixed)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_placeholders_in_braces_are_kept(code):
    translations = controls.words(language(code))
    places = re.compile(r"\{\w+\}")
    assert all(places.findall(word) == places.findall(ours) for word, ours in translations.items())
    assert translations["No results"] not in {"", "No results"}


def test_in_english_streamlit_keeps_its_words():
    assert controls.words(language("en")) == {}
