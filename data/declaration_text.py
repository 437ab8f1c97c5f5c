"""The official words of the declaration's paragraphs, loaded by a person, and the document that has them.

We write none of these words: the file is empty until a person loads them (`python -m etl declaration load`).
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import dataframely as dy
import polars as pl

from data import columns, official_text
from data.columns import PARAGRAPHS
from data.i18n import LANGUAGES, N_
from data.reviewed import Reviewed, read

TITLE = N_("Hemispheric Efforts against Trafficking in Persons (Declaration of Mexico)")
NUMBER = "OEA/Ser.G CSH/GT/RTP V-4/17 rev. 6"
DATE = "2018-03-07"


class Paragraphs(Reviewed):
    """The file's schema: a row is the official words of a paragraph in one language."""

    FILE = "declaration_text.csv"
    MAY_BE_EMPTY = True
    paragraph = dy.Int8(
        nullable=False,
        primary_key=True,
        min=1,
        max=PARAGRAPHS,
        description=f"a paragraph of the declaration, 1 to {PARAGRAPHS}",
    )
    language = columns.code(tuple(LANGUAGES), key=True)
    text = official_text.words("the paragraph's words", nullable=False)
    document = official_text.place("the number of the document")
    release = official_text.release()
    locator = official_text.place("where the paragraph is: the page")

    @dy.rule()
    def of_one_document(cls) -> pl.Expr:
        """All paragraphs of a language are from one document, with one date."""
        document, release = pl.col("document"), pl.col("release")
        return ((document == document.first()) & (release == release.first())).over("language")


class Official(NamedTuple):
    """The official words of a paragraph: their language, the document's number and date, the page."""

    text: str
    language: str
    document: str
    release: str
    locator: str


@cache
def paragraphs(path: Path | None = None) -> pl.DataFrame:
    """The loaded rows: paragraph, language, text, document, release and locator.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    return read(Paragraphs, path).drop("row")


def official(number: int, code: str) -> Official | None:
    """The official words of a paragraph in a language, or else in the first of ours that has them; None without any."""
    rows = {row["language"]: row for row in paragraphs().filter(paragraph=number).iter_rows(named=True)}
    found = next((rows[near] for near in (code, *LANGUAGES) if near in rows), None)
    return Official(**{name: found[name] for name in Official._fields}) if found else None
