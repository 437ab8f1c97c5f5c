"""Streamlit's own words: they are the ones it has, and each is told in every language."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from starlette.requests import Request
from streamlit import file_util

from dashboard import controls
from dashboard.control_words import WORDS
from data.i18n import LANGUAGES, language


@cache
def scripts() -> str:
    return "".join(path.read_text("utf-8") for path in Path(file_util.get_static_dir()).rglob("*.js"))


@pytest.mark.parametrize("word", WORDS)
def test_streamlit_has_the_word(word):
    """A word that a later Streamlit writes otherwise would stay English unseen."""
    # A plural is put together from its parts.
    fixed = [part.strip(" .,—1") for part in re.split(r"\{\w+\}|(?=available)", word) if part and len(part) > 3]
    assert fixed
    assert all(part in scripts() for part in fixed)


def answer(address):
    (way,) = controls.routes()
    version, code = address.removeprefix("./words/").split("/")
    return way.endpoint(Request({"type": "http", "path_params": {"version": version, "code": code}}))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_words_of_a_language_are_answered_for(code):
    address = controls.address(language(code))
    given = answer(address)
    assert given.status_code == 200
    assert "immutable" in given.headers["cache-control"]
    assert json.loads(given.body) == controls.words(language(code))
    assert answer(address.replace("/words/", "/words/0")).status_code == 404
    assert answer(f"{address}x").status_code == 404


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_what_stands_in_braces_is_kept(code):
    told = controls.words(language(code))["words"]
    places = re.compile(r"\{\w+\}")
    assert all(places.findall(word) == places.findall(ours) for word, ours in told.items())
    assert told["No results"] not in {"", "No results"}


def test_in_english_streamlit_keeps_its_words():
    assert controls.words(language("en"))["words"] == {}
