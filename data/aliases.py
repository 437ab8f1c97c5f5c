"""The file of other names by which readers look for a state, beyond its names in our languages and its ISO codes."""

import unicodedata

import dataframely as dy
import polars as pl

from data import columns
from data.reviewed import Reviewed

# Marks inside a word that readers write or leave out: "U.S.A.", "Côte d'Azur".
INSIDE = frozenset(".'’`")


def fold(text: str) -> str:
    """A name as it is compared: lower case, no accents, words of letters and digits with one space between them."""
    letters = (one for one in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(one))
    return " ".join("".join(one if one.isalnum() else " " for one in letters if one not in INSIDE).split())


class Aliases(Reviewed):
    """One other name of a state, with the reason where it is not plain."""

    FILE = "aliases.csv"
    area = columns.country(key=True)
    alias = dy.String(
        primary_key=True, nullable=False, regex=r"^\S(.{0,58}\S)?$", description="a name of 1 to 60 signs"
    )
    note = columns.text(nullable=True)

    @dy.rule()
    def of_one_state(cls) -> pl.Expr:
        """A name is listed once, ignoring case, accents and punctuation."""
        return pl.col("alias").map_elements(fold, return_dtype=pl.String).is_first_distinct()
