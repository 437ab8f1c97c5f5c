"""Names of the ledger that need more than a lookup by id: titles, short actors, grades, findings."""

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
    """A short label of an actor for narrow columns: the ISO code of a state, an abbreviation of a body."""
    short = {"OAS-GS": lang.text("OAS-GS"), "COLLECTIVE": lang.text("All states")}
    return short.get(code, code)


def graded(lang: Language, row: Mapping[str, Any]) -> str:
    """The word for an entry's grade; a treaty act under a paragraph of facts is a fact, whatever its date."""
    is_fact = row["kind"] == "treaty" and row["paragraph"] in _facts()
    return terms.term(lang, "cell", "fact" if is_fact else row["grade"])


def finding(lang: Language, code: str) -> str:
    """The words for a finding's code; quotes from reports, reviews and replies are returned unchanged."""
    head, _, act = code.partition(":")
    if head == "treaty_action":
        return terms.term(lang, "action", act) if act else terms.term(lang, "column", "action")
    return terms.term(lang, "finding", code)


@cache
def _facts() -> frozenset[int]:
    return frozenset(commitments().filter(pl.col("kind") == "fact")["paragraph"])
