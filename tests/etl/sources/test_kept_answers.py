"""Stored answers of publishers' servers with any part replaced by something else are read or refused."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import SourceError
from etl.fetching.raw import RawFile
from tests.etl.declared import parsed_files

RECORDED = Path(__file__).parents[1] / "recorded"
ANSWERS = {
    "worldbank_population": RECORDED / "worldbank_population" / "v2_answer.json",
    "unsd_sdg": RECORDED / "unsd_sdg" / "unsd_sdg_SL_TLF_CHLDEC_2024.Q2.G.01.json",
}
NUMBERS = [0, -1, 1.5, 10**400, float("nan"), float("inf"), "²", "٣", "1e400", "9" * 5000, "2021-02-30"]
JUNK = st.sampled_from([None, True, [], {}, [[]], "", "\0", "\ud800", "two\nlines", "a#b;c", "x" * 5000, *NUMBERS])


def places(document, at=()):
    steps = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    return [place for step, inner in steps for place in ((*at, step), *places(inner, (*at, step)))]


def read(source: str, text: str) -> str:
    """The error for an answer; an empty text if it is read."""
    try:
        parsed_files([RawFile(source, ANSWERS[source].name, text.encode())], date(2026, 1, 1))
    except SourceError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("source", ANSWERS)
@settings(max_examples=150)
@given(data=st.data())
def test_any_stored_answer_is_read_or_refused_in_one_line(source, data):
    document = json.loads(ANSWERS[source].read_bytes())
    *path, last = data.draw(st.sampled_from(places(document)))
    part = document
    for step in path:
        part = part[step]
    part[last] = data.draw(JUNK)
    problem = read(source, json.dumps(document))
    assert len(problem.splitlines()) <= 1
    assert len(problem) < 2200
    assert problem.encode() == problem.encode("utf-8", "replace")


@pytest.mark.parametrize("depth", [*range(100, 1000, 100), *range(900, 1000, 7), 100_000])
@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ("worldbank_population", '[{"total": 1, "lastupdated": "2025-07-01"}, [%s]]'),
        ("worldbank_population", '[{"message": [%s]}]'),
        ("unsd_sdg", '{"series": "VC_HTF_DETV", "release": "2025.Q1.G.01", "data": [%s]}'),
    ],
)
def test_an_answer_nested_too_deeply_is_refused(source, answer, depth):
    assert read(source, answer % ("[" * depth + "]" * depth)).startswith(f"source {source}, file ")
