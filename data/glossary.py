"""The glossary: one term for each concept in each language, its source, words not to use, and what it means.

The screens explain the terms that have a meaning in `glossary.csv`; a test finds words that are not to be used.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import dataframely as dy
import polars as pl

from data import columns
from data.i18n import LANGUAGES
from data.reviewed import Reviewed, read

SEPARATOR = "; "
# The names of values in a message, which readers do not see.
PLACEHOLDER = re.compile(r"\{[a-z_]*\}")


class Glossary(Reviewed):
    """One concept a row. Several terms, or several words to avoid, are separated by semicolons.

    `where_en` limits the words to avoid to translations of messages with this English word; blank: all texts.
    """

    FILE = "glossary.csv"
    concept = dy.String(nullable=False, primary_key=True, regex="^[a-z_]+$", description="an id of a-z and _")
    en = columns.text()
    es = columns.text()
    pt = columns.text()
    fr = columns.text()
    source = columns.text()
    where_en = columns.text(nullable=True)
    avoid_en = columns.text(nullable=True)
    avoid_es = columns.text(nullable=True)
    avoid_pt = columns.text(nullable=True)
    avoid_fr = columns.text(nullable=True)
    meaning_en = columns.text(nullable=True)
    meaning_es = columns.text(nullable=True)
    meaning_pt = columns.text(nullable=True)
    meaning_fr = columns.text(nullable=True)

    @dy.rule()
    def meant_in_all_languages(cls) -> pl.Expr:
        """A meaning is given in all languages or in none."""
        given = [pl.col(f"meaning_{code}").is_not_null() for code in ("en", "es", "pt", "fr")]
        return pl.sum_horizontal(given).is_in([0, len(given)])


class Concept(NamedTuple):
    """A concept: its terms and its meaning (empty if it needs none) by language."""

    terms: Mapping[str, tuple[str, ...]]
    meaning: Mapping[str, str]


@cache
def glossary() -> Mapping[str, Concept]:
    """The concepts by id, in the order of the file.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    return {row["concept"]: _concept(row) for row in read(Glossary).iter_rows(named=True)}


def _concept(row: Mapping[str, str]) -> Concept:
    terms = {code: tuple(row[code].split(SEPARATOR)) for code in _codes(row)}
    return Concept(terms, {code: row[f"meaning_{code}"] or "" for code in terms})


def _codes(row: Mapping[str, object]) -> list[str]:
    """The languages that the file covers; a language added later has its own catalogue only."""
    return [code for code in LANGUAGES if code in row]


def avoided(code: str, text: str, english: str = "") -> Iterator[tuple[str, str]]:
    """The words of a text that are not to be used, each with its concept.

    Args:
        code: the language of the text.
        english: the English message that it translates; empty for other texts.
    """
    shown = PLACEHOLDER.sub("", text.lower())
    for concept, where, pattern in _patterns(code):
        if (not where or where in english.lower()) and (found := pattern.search(shown)):
            yield concept, found[0]


@cache
def _patterns(code: str) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    rows = read(Glossary).filter(pl.col(f"avoid_{code}").is_not_null()).iter_rows(named=True)
    return tuple(
        (row["concept"], row["where_en"] or "", re.compile(rf"\b({'|'.join(row[f'avoid_{code}'].split(SEPARATOR))})\b"))
        for row in rows
    )
