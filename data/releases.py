"""Releases as publishers name them, and their order in time.

A release is named by a day (`2025-10-28`), month, quarter (`2025.Q4.G.01`), year or version of a year (`2013.1`), or
is `undated`. Sorted as texts they would be out of order.
"""

import re
from collections.abc import Iterable
from datetime import date

import polars as pl

# Year, quarter, month, day: the last one present says how exact a name is.
NAME = re.compile(r"([0-9]{4})(?:\.Q([1-4])|-([0-9]{2})(?:-([0-9]{2}))?)?(?:\.[0-9A-Za-z]+)*")
DIGITS = 9


def first_day(release: str) -> date | None:
    """The first possible day of a release; None if its name has no date.

    Raises:
        ValueError: the name looks like a date that the calendar does not have.
    """
    named = NAME.fullmatch(release)
    if named is None:
        return None
    year, quarter, month, day = named.groups()
    return date(int(year), int(month or 3 * int(quarter or 1) - 2), int(day or 1))


def moment(release: str) -> str:
    """A sort key: keys in text order put releases in time order.

    A release counts from its first possible day; on one day the less exactly dated comes first. Undated ones come
    before all others. Versions are compared as numbers: G.2 comes before G.10.
    """
    named, day = NAME.fullmatch(release), first_day(release)
    exactness = named.lastindex if named else 0
    numbered = re.sub("[0-9]+", lambda number: number[0].zfill(DIGITS), release)
    return f"{day or ''} {exactness} {numbered} {release}"


def ordered(releases: Iterable[str]) -> list[str]:
    """The distinct releases, oldest first."""
    return sorted(set(releases), key=moment)


def order(column: str = "release") -> pl.Expr:
    """The sort keys of a column of releases."""
    return pl.col(column).map_batches(_moments, return_dtype=pl.String, is_elementwise=True)


def _moments(releases: pl.Series) -> pl.Series:
    known = {release: moment(release) for release in releases.drop_nulls().unique()}
    return releases.replace_strict(known, default=None, return_dtype=pl.String)


def latest(column: str = "release") -> pl.Expr:
    """The newest release of a group."""
    return pl.col(column).sort_by(order(column)).last()
