"""The file of the Second Work Plan's lines of action and indicators, loaded by a person from the official text.

This project writes no line itself: the file is empty until somebody loads the text (`python -m etl workplan load`).
"""

from collections.abc import Callable

import dataframely as dy
import polars as pl

from data import columns
from data.columns import OBJECTIVES
from data.i18n import LANGUAGES
from data.reviewed import REFERENCE, Reviewed

LINES = "workplan_lines.csv"
LONGEST_TEXT = 5000
# A tag or an entity; a lone "<" is allowed.
MARKUP = r"(?i)<[a-z/!?][^>]*>|&(#[0-9]+|#x[0-9a-f]+|[a-z][a-z0-9]*);"
# The first character of a formula in a spreadsheet program.
FORMULA = r"^[=+@|%-]"
# Invisible characters that turn or hide letters; and traces of a wrong encoding: U+FFFD, "Ã³" instead of "ó".
UNSEEN = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
MISREAD = "\ufffd|[\u00c2\u00c3][\u0080-\u009f\u00a1-\u00ba\u00bc-\u00bf]"
NO_LETTER = r"^[^\p{L}]*$"
TEXT_DESCRIPTION = (
    f"only the line's text, at most {LONGEST_TEXT:,} letters in UTF-8, without HTML or invisible marks and with no "
    "= + - @ | % at its start"
)
NUMBER = r"^[0-9A-Za-z]([0-9A-Za-z.()/-]{0,18}[0-9A-Za-z)])?$"
DATE = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


def _line(*, nullable: bool = False) -> dy.String:
    """A column for a pasted text: no HTML, formula, invisible characters or wrong encoding."""
    refused = {
        "markup": MARKUP,
        "formula": FORMULA,
        "unseen": UNSEEN,
        "misread": MISREAD,
        "no_letter": NO_LETTER,
    }
    checks = {name: _without(pattern) for name, pattern in refused.items()}
    return dy.String(nullable=nullable, max_length=LONGEST_TEXT, check=checks, description=TEXT_DESCRIPTION)


def _without(pattern: str) -> Callable[[pl.Expr], pl.Expr]:
    return lambda text: ~text.str.contains(pattern)


def _text_languages() -> tuple[str, ...]:
    """The languages for which the file has a text column; the work plan may not exist in all of ours."""
    try:
        header = (REFERENCE / LINES).read_text("utf-8-sig").partition("\n")[0].strip().split(",")
    except (OSError, UnicodeDecodeError):
        # `data.reviewed.read` says what is wrong with the file.
        header = []
    return tuple(code for code in LANGUAGES if f"text_{code}" in header) or tuple(LANGUAGES)


TEXT_LANGUAGES = _text_languages()
TEXTS = tuple(f"text_{code}" for code in TEXT_LANGUAGES)


class Lines(Reviewed):
    """The file's schema: a row is a line of action or a suggested indicator."""

    FILE = LINES
    MAY_BE_EMPTY = True
    number = dy.String(
        nullable=False,
        primary_key=True,
        regex=NUMBER,
        description="the number as the text prints it: at most 20 letters, digits and . ( ) / -",
    )
    kind = columns.code(columns.LINE_KIND)
    objective = dy.Int8(
        nullable=True, min=1, max=OBJECTIVES, description=f"an objective, 1 to {OBJECTIVES}, or a blank cell"
    )
    actor = columns.code(columns.LINE_ACTOR)
    # A column for each language: the namespace of a class is written through `vars`.
    vars().update({name: _line(nullable=True) for name in TEXTS})
    release = dy.String(nullable=False, regex=DATE, description="the date of the document, as 2014-12-05 or 2014-12")
    locator = dy.String(
        nullable=False,
        max_length=200,
        regex="^[^#;=+@<>-][^#;<>]*$",
        description="where the line is: the document's number and page, without # ; < >",
    )

    @dy.rule()
    def in_some_language(cls) -> pl.Expr:
        """A line has its text in at least one language."""
        return pl.any_horizontal(*(pl.col(name).is_not_null() for name in TEXTS))

    @dy.rule()
    def of_one_document(cls) -> pl.Expr:
        """All lines are from one document, with one date."""
        return pl.col("release") == pl.col("release").first()
