"""The World Factbook: roles of American countries, coded from dated versions of its text on trafficking.

Only roles and dates are read; the text, its sentences and the tiers in the same file are not. It covers only
countries of low rank and keeps old text for years: evidence of what was stated, and when.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import polars as pl
import pycountry

from data.columns import ROLE
from etl.errors import SourceError
from etl.parsed import Finding, Parsed
from etl.tabular import read_table

SOURCE = "cia_factbook"
# Files saved by a spreadsheet begin with a byte-order mark.
ENCODING = "utf-8-sig"
HEADER = (
    "iso3 first_seen last_seen commit path tier source transit destination explicit_phrase mentions_transit "
    "text_chars opening transit_sentence tier_text full_text"
)
COLUMNS = tuple(HEADER.split())
ROLE_COLUMNS = dict(zip(("source", "transit", "destination"), ROLE, strict=False))
# A coded text that does not name a role does not deny it.
WORDS = {"Y": "yes", "N": "no_mention"}
ISO3 = frozenset(country.alpha_3 for country in pycountry.countries)
SCHEMA = {
    "area": pl.String,
    "year": pl.Int16,
    "first_seen": pl.Date,
    "last_seen": pl.Date,
    "role": pl.String,
    "stated": pl.String,
    "locator": pl.String,
}


class Version(NamedTuple):
    """One record: a version of a country's text, the days it was first and last seen, and its coded roles."""

    row: int
    area: str
    first: date
    last: date
    roles: dict[str, str]


def parse(content: bytes, file: str) -> Parsed:
    """Read the versions of the text.

    Returns:
        three rows a coded version: `area` (ISO3), `year` (of `first_seen`), `first_seen`, `last_seen` (days of the
        archive), `role` {origin, transit, destination}, `stated` {yes, no_mention}, `locator`. `read` and `kept`
        count the file's records; a version without codes is set aside.

    Raises:
        SourceError: not this file's form, an unknown code or country, an invalid day (names row and column), a version
            that is coded in part, a country and day that are listed twice.
    """
    records = read_table(content, COLUMNS, encoding=ENCODING, source=SOURCE, file=file)
    versions = [_version(row, record, file) for row, record in records]
    _refuse_repeats(versions, file)
    coded = [version for version in versions if version.roles]
    release = max(version.last for version in versions).isoformat()
    uncoded = len(versions) - len(coded)
    return Parsed(
        rows=_rows(coded),
        release=release,
        release_basis="latest day seen in the file",
        read=len(versions),
        kept=len(coded),
        findings=[Finding(SOURCE, release, "not_coded", "", uncoded)] if uncoded else [],
    )


def _version(row: int, record: dict[str, str], file: str) -> Version:
    first, last = (_day(column, record[column], row, file) for column in ("first_seen", "last_seen"))
    if record["iso3"] not in ISO3:
        raise _unknown("iso3", record["iso3"], row, file)
    if last < first:
        problem = f"last_seen {last} is before first_seen {first}; check the file"
        raise SourceError(problem, source=SOURCE, file=file, row=row)
    printed = {column: record[column] for column in ROLE_COLUMNS}
    for column, cell in printed.items():
        # A blank is valid only if the whole version is uncoded.
        if any(printed.values()) and cell not in WORDS:
            raise _unknown(column, cell, row, file)
    roles = {ROLE_COLUMNS[column]: WORDS[cell] for column, cell in printed.items() if cell}
    return Version(row, record["iso3"], first, last, roles)


def _day(column: str, cell: str, row: int, file: str) -> date:
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        raise _unknown(column, cell, row, file) from None
    # Other notations of ISO 8601 do not occur in this file.
    if day.isoformat() != cell:
        raise _unknown(column, cell, row, file)
    return day


def _refuse_repeats(versions: Iterable[Version], file: str) -> None:
    holder: dict[tuple[str, date], int] = {}
    for version in versions:
        key = version.area, version.first
        if key in holder:
            problem = f"{version.area} {version.first} is already in row {holder[key]}; check the file"
            raise SourceError(problem, source=SOURCE, file=file, row=version.row)
        holder[key] = version.row


def _rows(coded: Iterable[Version]) -> pl.DataFrame:
    rows = [
        (version.area, version.first.year, version.first, version.last, role, stated, f"row {version.row}")
        for version in coded
        for role, stated in version.roles.items()
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _unknown(column: str, cell: str, row: int, file: str) -> SourceError:
    shown = f"is {cell!r}, which is not a known value" if cell else "is blank"
    problem = f"column {column} {shown}; check the file"
    return SourceError(problem, source=SOURCE, file=file, row=row)
