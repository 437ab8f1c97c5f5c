"""The glossary: one term for each concept in each language, its source, words not to use, and what it means.

The screens explain the terms that have a meaning in `glossary.csv`; `tests/data/test_glossary.py` finds words that are
not to be used.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import dataframely as dy
import polars as pl

from data import columns
from data.i18n import LANGUAGES
from data.reviewed import FileColumns, Reviewed, read

SEPARATOR = "; "


class Glossary(Reviewed):
    """One concept a row. Several terms, or several words to avoid, are separated by semicolons.

    `where_en` limits the words to avoid to translations of messages with this English word; blank: all texts.
    """

    FILE = "glossary.csv"
    concept = dy.String(nullable=False, primary_key=True, regex="^[a-z_]+$", description="an id of a-z and _")
    source = columns.text()
    where_en = columns.text(nullable=True)

    @classmethod
    def of_language(cls, code: str) -> FileColumns:
        """The terms, the words to avoid, and the meaning."""
        optional = {f"{kind}_{code}": columns.text(nullable=True) for kind in ("avoid", "meaning")}
        return {code: columns.text(), **optional}

    @dy.rule()
    def meant_in_all_languages(cls) -> pl.Expr:
        """A meaning is given in all languages of the file or in none."""
        given = [pl.col(name).is_not_null() for name in cls.column_names() if name.startswith("meaning_")]
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
    # A language that the file does not cover has its own catalogue only.
    terms = {code: tuple(row[code].split(SEPARATOR)) for code in LANGUAGES if code in row}
    return Concept(terms, {code: row.get(f"meaning_{code}") or "" for code in terms})
