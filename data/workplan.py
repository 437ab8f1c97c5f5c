"""The file of the Second Work Plan's lines of action and indicators, loaded by a person from the official text.

We write none of these lines: the file is empty until a person loads the text (`python -m etl workplan load`).
"""

import dataframely as dy
import polars as pl

from data import columns, official_text
from data.columns import OBJECTIVES
from data.i18n import LANGUAGES
from data.reviewed import REFERENCE, Reviewed

LINES = "workplan_lines.csv"
NUMBER = r"^[0-9A-Za-z]([0-9A-Za-z.()/-]{0,18}[0-9A-Za-z)])?$"


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
        description="the number in the text: at most 20 letters, digits and . ( ) / -",
    )
    kind = columns.code(columns.LINE_KIND)
    objective = dy.Int8(
        nullable=True, min=1, max=OBJECTIVES, description=f"an objective, 1 to {OBJECTIVES}, or a blank cell"
    )
    actor = columns.code(columns.LINE_ACTOR)
    # A column for each language: the namespace of a class is written through `vars`.
    vars().update({name: official_text.words("the line's text", nullable=True) for name in TEXTS})
    release = official_text.release()
    locator = official_text.place("where the line is: the document's number and page")

    @dy.rule()
    def in_some_language(cls) -> pl.Expr:
        """A line has its text in at least one language."""
        return pl.any_horizontal(*(pl.col(name).is_not_null() for name in TEXTS))

    @dy.rule()
    def of_one_document(cls) -> pl.Expr:
        """All lines are from one document, with one date."""
        return pl.col("release") == pl.col("release").first()
