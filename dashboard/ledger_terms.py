"""The words for ids of the ledger, in the reader's language. An id without a word shows itself."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import polars as pl

from dashboard import ledger_words, measure_words, terms
from data.columns import BODIES
from data.declaration import OBJECTIVES, THEMES, TITLES, commitments
from data.i18n import Language


def title(lang: Language, paragraph: int) -> str:
    """A paragraph's short title."""
    return lang.text(TITLES[paragraph])


def theme(lang: Language, code: str) -> str:
    """The name of a theme."""
    return _word(lang, THEMES, code)


def objective(lang: Language, number: str) -> str:
    """An objective of the work plan, with its number."""
    return f"{number}. {lang.text(OBJECTIVES[int(number)])}"


def actor(lang: Language, code: str) -> str:
    """Who answers for a paragraph: a state's name, or a body's."""
    return _word(lang, ledger_words.ADDRESSED, code) if code in BODIES else lang.country(code)


def every_actor(lang: Language, code: str) -> str:
    """The same, or the word for all of them."""
    return lang.text("All states and bodies") if code == "all" else actor(lang, code)


def short_actor(lang: Language, code: str) -> str:
    """The same where there is little room: a state's ISO code, a few letters of a body."""
    short = {"OAS-GS": lang.text("OAS-GS"), "COLLECTIVE": lang.text("Together")}
    return short.get(code, code)


def addressed(lang: Language, code: str) -> str:
    """Whom a paragraph addresses."""
    return _word(lang, ledger_words.ADDRESSED, code)


def cell(lang: Language, code: str) -> str:
    """What a cell of the ledger is, or an entry's grade."""
    return _word(lang, ledger_words.CELL, code)


def graded(lang: Language, row: Mapping[str, Any]) -> str:
    """An entry's grade; a treaty act under a paragraph of facts is a fact, whatever its date."""
    fact = row["kind"] == "treaty" and row["paragraph"] in _facts()
    return cell(lang, "fact" if fact else row["grade"])


def kind(lang: Language, code: str) -> str:
    """The kind of an entry."""
    return _word(lang, ledger_words.KIND, code)


def status(lang: Language, code: str) -> str:
    """What a cited document says was done."""
    return _word(lang, ledger_words.STATUS, code)


def measure(lang: Language, code: str) -> str:
    """A measure of the 2008 coding."""
    return _word(lang, measure_words.MEASURE, code)


def finding(lang: Language, code: str) -> str:
    """What was found; the words of reports, reviews and replies stay as they are."""
    head, _, act = code.partition(":")
    if head == "treaty_action":
        return terms.action(lang, act) if act else terms.column(lang, "action")
    return _word(lang, ledger_words.FINDING | measure_words.MEASURE, code)


def paragraph(lang: Language, number: str) -> str:
    """A paragraph with its number, or the word for all of them."""
    return lang.text("All paragraphs") if number == "all" else f"{number}. {title(lang, int(number))}"


@cache
def _facts() -> frozenset[int]:
    return frozenset(commitments().filter(pl.col("kind") == "fact")["paragraph"])


def _word(lang: Language, table: dict[str, str], code: str) -> str:
    return lang.text(table[code]) if code in table else code
