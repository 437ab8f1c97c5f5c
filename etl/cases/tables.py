"""The tables that are counted from case records, and the columns of their cells.

A cell is named by `KEY`; a dimension that a table does not have is `total` there, and so are its sums. The same cell in
two tables is the same number: the victims of a year, for one, are in all of them.
"""

from dataclasses import dataclass

TOTAL = "total"
# Not recorded although it was asked, and not asked at all: two values of a dimension like any other.
UNKNOWN = "unknown"
NOT_ASKED = "not_asked"
# `origin` is the citizenship and `destination` the country of exploitation, both ISO 3166-1 alpha-3.
DIMENSIONS = ("sex", "age", "form", "origin", "destination")
KEY = ("indicator", "year", *DIMENSIONS)
COUNT = "count"
# A published number: `low` and `high` are equal for an exact one.
EXACT = "exact"
MASKED = "masked"
PUBLISHED = (*KEY, "low", "high", "status")
# One person can be exploited in several forms: the cells of such a dimension do not add up to their total. Each is at
# most the total, and together they are at least the total.
OVERLAPPING = frozenset({"form"})


@dataclass(frozen=True)
class CaseTable:
    """A table: the persons of each year by its dimensions, with the sums over each of them.

    Attributes:
        name: the name of its file.
        dimensions: those of `DIMENSIONS` that it has.
    """

    name: str
    dimensions: tuple[str, ...]


TABLES = (
    CaseTable("by_form", ("form",)),
    CaseTable("by_sex_and_age", ("sex", "age")),
    CaseTable("by_citizenship", ("origin",)),
    CaseTable("by_citizenship_and_country", ("origin", "destination")),
)
