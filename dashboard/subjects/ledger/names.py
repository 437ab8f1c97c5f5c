"""The words of the ledger that are more than the word of an id."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import polars as pl

from dashboard.words import terms
from data.declaration import TITLES, commitments
from data.i18n import Language


def title(lang: Language, paragraph: int) -> str:
    """A paragraph's short title."""
    return lang.text(TITLES[paragraph])


def short_actor(lang: Language, code: str) -> str:
    """Who answers for a paragraph, where there is little room: a state's ISO code, a few letters of a body."""
    short = {"OAS-GS": lang.text("OAS-GS"), "COLLECTIVE": lang.text("Together")}
    return short.get(code, code)


def graded(lang: Language, row: Mapping[str, Any]) -> str:
    """An entry's grade; a treaty act under a paragraph of facts is a fact, whatever its date."""
    fact = row["kind"] == "treaty" and row["paragraph"] in _facts()
    return terms.term(lang, "cell", "fact" if fact else row["grade"])


def finding(lang: Language, code: str) -> str:
    """What was found; the words of reports, reviews and replies stay as they are."""
    head, _, act = code.partition(":")
    if head == "treaty_action":
        return terms.term(lang, "action", act) if act else terms.term(lang, "column", "action")
    return terms.term(lang, "finding", code)


@cache
def _facts() -> frozenset[int]:
    return frozenset(commitments().filter(pl.col("kind") == "fact")["paragraph"])
