"""Random questions to the API: answered or refused with a sentence, never an error of the server, nothing that acts.

`make prove` asks 2,000 (`ATALAYA_PROVE_ADDRESSES`).
"""

import gzip
import json
import random
from collections.abc import Sequence

import pytest

from data.i18n import LANGUAGES
from tests.attacks import addresses
from tests.attacks.test_addresses import MANY, smallest
from tests.attacks.texts import HIDDEN, MARK, TEXTS
from tests.dashboard.server.test_api import Answer, fetch

QUICK = 50
ACCEPTED = ("gzip", "identity", "*;q=0, gzip;q=nan", *TEXTS[:20])


def asked(number: int, path: str, parameters: Sequence[str]) -> Answer:
    """The answer to a question, with headers that belong to its number."""
    chance = random.Random(number)  # noqa: S311
    written = [text for text in (*LANGUAGES, *TEXTS) if text.isprintable() and len(text) < 500]
    headers = {"accept_language": chance.choice(written), "if_none_match": chance.choice(("", *TEXTS[:20]))}
    return fetch(path, "&".join(parameters), accept_encoding=chance.choice(ACCEPTED), **headers)


def faults(answer: Answer) -> list[str]:
    """What is wrong with an answer."""
    if answer.status not in {200, 304, 400, 404, 414}:
        return [f"status {answer.status}"]
    named = [name for name, value in answer.headers.items() if MARK in value]
    if answer.status == 200:
        # Rows are of known values only.
        packed = answer.headers.get("content-encoding") == "gzip"
        body = gzip.decompress(answer.body) if packed else answer.body
        return named + [MARK] * (MARK.encode() in body)
    # Below a name with a slash there is nothing of the API: the answer is our page.
    if answer.status == 404 and answer.headers["content-type"].startswith("text/html"):
        return named + [MARK] * (MARK.encode() in answer.body)
    # Paths with dots are refused by Streamlit itself.
    if answer.status in {400, 404} and answer.body != b"Bad Request":
        named += [] if answer.headers["content-type"] == "application/json" else [answer.headers["content-type"]]
        named += [] if answer.headers["x-content-type-options"] == "nosniff" else ["a guess of the type"]
        sentence = json.loads(answer.body)["error"]
        named += HIDDEN.findall(sentence) + ["too long"] * (len(sentence) > 2000)
    return named


def ask(numbers: range) -> None:
    failures = {}
    for number in numbers:
        path, parameters = addresses.api(number)

        def wrong(some: list[str], number: int = number, path: str = path) -> list[str]:
            return faults(asked(number, path, some))

        if failure := smallest(parameters, wrong):
            failures[number] = f"{path}?{failure}"
    assert failures == {}


def test_some_questions():
    ask(range(QUICK))


@pytest.mark.long
def test_many_questions():
    ask(range(MANY))


def test_the_questions_differ_and_a_third_is_answered():
    every = [addresses.api(number) for number in range(60)]
    assert len({(path, *parameters) for path, parameters in every}) > 50
    statuses = [asked(number, *question).status for number, question in enumerate(every)]
    assert statuses.count(200) >= 20
    assert statuses.count(400) >= 10
