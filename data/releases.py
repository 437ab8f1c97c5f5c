"""Releases as publishers name them: in what order they came, and of which parts of an indicator they speak.

A release is named by a day (`2025-10-28`), month, quarter (`2025.Q4.G.01`), year or version of a year (`2013.1`), or
is `undated`. As texts they have no order.
"""

import re
from collections.abc import Iterable
from datetime import date

import polars as pl

# Year, quarter, month, day: the last one that is there says how exact a name is.
NAME = re.compile(r"([0-9]{4})(?:\.Q([1-4])|-([0-9]{2})(?:-([0-9]{2}))?)?(?:\.[0-9A-Za-z]+)*")
DIGITS = 9
# Their forms of exploitation are series of their own, each updated by itself; elsewhere a release holds all forms.
FORMS_APART = ("unsd_sdg",)


def first_day(release: str) -> date | None:
    """The first day of which a release may be; None where its name tells no time.

    Raises:
        ValueError: it reads like a date, and the calendar has none such.
    """
    named = NAME.fullmatch(release)
    if named is None:
        return None
    year, quarter, month, day = named.groups()
    return date(int(year), int(month or 3 * int(quarter or 1) - 2), int(day or 1))


def moment(release: str) -> str:
    """A text that sorts as the releases came.

    A release counts from the first day of which it may be, the less exactly dated before the others of that day, and
    from no day at all where its name tells none. Versions go by number: G.2 comes before G.10.
    """
    named, day = NAME.fullmatch(release), first_day(release)
    exactness = named.lastindex if named else 0
    numbered = re.sub("[0-9]+", lambda number: number[0].zfill(DIGITS), release)
    return f"{day or ''} {exactness} {numbered} {release}"


def ordered(releases: Iterable[str]) -> list[str]:
    """Each release once, the oldest first."""
    return sorted(set(releases), key=moment)


def order(column: str = "release") -> pl.Expr:
    """The moments of a column of releases: what it is sorted and compared by."""
    return pl.col(column).map_batches(_moments, return_dtype=pl.String, is_elementwise=True)


def _moments(releases: pl.Series) -> pl.Series:
    known = {release: moment(release) for release in releases.drop_nulls().unique()}
    return releases.replace_strict(known, default=None, return_dtype=pl.String)


def latest(column: str = "release") -> pl.Expr:
    """The newest release of a group."""
    return pl.col(column).sort_by(order(column)).last()


def part() -> pl.Expr:
    """What of an indicator a release can hold or lack by itself: one form where they come apart, else all (empty)."""
    return pl.when(pl.col("source").is_in(FORMS_APART)).then("form").otherwise(pl.lit("")).alias("part")
