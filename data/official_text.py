"""Columns of files with an official text, which a person loads: this project writes no line of such a text itself."""

from collections.abc import Callable

import dataframely as dy
import polars as pl

LONGEST_TEXT = 5000
# A tag or an entity; a lone "<" is allowed.
MARKUP = r"(?i)<[a-z/!?][^>]*>|&(#[0-9]+|#x[0-9a-f]+|[a-z][a-z0-9]*);"
# The first character of a formula in a spreadsheet program.
FORMULA = r"^[=+@|%-]"
# Invisible characters that turn or hide letters; and traces of a wrong encoding: U+FFFD, "Ã³" instead of "ó".
UNSEEN = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
MISREAD = "\ufffd|[\u00c2\u00c3][\u0080-\u009f\u00a1-\u00ba\u00bc-\u00bf]"
NO_LETTER = r"^[^\p{L}]*$"
REFUSED = {"markup": MARKUP, "formula": FORMULA, "unseen": UNSEEN, "misread": MISREAD, "no_letter": NO_LETTER}
DATE = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
PLACE = "^[^#;=+@<>-][^#;<>]*$"


def words(what: str, *, nullable: bool = False) -> dy.String:
    """A column for a pasted text: no HTML, formula, invisible characters or wrong encoding; `what` names it."""
    description = (
        f"only {what}, at most {LONGEST_TEXT:,} letters in UTF-8, without HTML or invisible marks and with no "
        "= + - @ | % at its start"
    )
    checks = {name: _without(pattern) for name, pattern in REFUSED.items()}
    return dy.String(nullable=nullable, max_length=LONGEST_TEXT, check=checks, description=description)


def release() -> dy.String:
    """A column for the date of the document."""
    return dy.String(nullable=False, regex=DATE, description="the date of the document, as 2014-12-05 or 2014-12")


def place(what: str) -> dy.String:
    """A column for a number or a page of the document; `what` says which."""
    return dy.String(nullable=False, max_length=200, regex=PLACE, description=f"{what}, without # ; < >")


def _without(pattern: str) -> Callable[[pl.Expr], pl.Expr]:
    return lambda text: ~text.str.contains(pattern)
