"""Human Trafficking Indicators (R. Frank): roles of countries in the narratives of the US report, 2001-2011.

Only the four role flags are read; tiers, laws and treatment of victims in the same file are not.
"""

import re

import polars as pl

from data.columns import ROLE
from etl.errors import SourceError
from etl.parsed import Parsed
from etl.tabular import read_table

SOURCE = "hti"
RELEASE = "2013.1"
# The file was saved on a Macintosh; its dates end in a byte that is not UTF-8.
ENCODING = "mac_roman"
HEADER = (
    "country ccode year tier minstand efforts TRAFFICKING_FLOWS source source_order transit transit_order destination "
    "destination_order internal TRAFFICKING_TYPES psource ptransit pdest pinternal lsource ltransit ldest linternal "
    "dsource dtransit ddest dinternal dssource dstransit dsdest dsinternal cpsource cptransit cpdest cpinternal "
    "clsource cltransit cldest clinternal cssource cstransit csdest csinternal PROSECUTION domesticlaws enforcement "
    "convictinfo prosnum PROTECTION protectprogress victimid victimservices victimpunish PREVENTION preventprogress "
    "INTERNATIONAL_LAWS UNP_sign UNP_rat ILO182 ILO29 ILO105 CEDAW_sign CEDAW_rat UNCRC_sign UNCRC_rat conflict_sign "
    "conflict_rat"
)
COLUMNS = tuple(HEADER.split())
ROLE_COLUMNS = dict(zip(("source", "transit", "destination", "internal"), ROLE, strict=True))
WORDS = {"Yes": "yes", "No": "no", "No mention": "no_mention"}
# The reports of the frozen version; other years mean another version.
YEAR = re.compile(r"200[0-9]|201[01]")
CODE = re.compile(r"[0-9]{1,3}")
SCHEMA = {
    "label": pl.String,
    "ccode": pl.Int16,
    "year": pl.Int16,
    "role": pl.String,
    "stated": pl.String,
    "locator": pl.String,
}


def parse(content: bytes, file: str) -> Parsed:
    """Parse the table of countries and report years.

    Returns:
        four rows a record: `label` (country as printed), `ccode` (Correlates of War number), `year` (the report's),
        `role` {origin, transit, destination, internal}, `stated` {yes, no, no_mention}, `locator`.
        `read` and `kept` count the file's records.

    Raises:
        SourceError: not this file's form, an unknown word or year (names row and column), or a
            country and year that occur twice.
    """
    records = read_table(content, COLUMNS, encoding=ENCODING, source=SOURCE, file=file)
    _refuse_repeats(records, file)
    rows = [row for number, record in records for row in _roles(number, record, file)]
    return Parsed(
        rows=pl.DataFrame(rows, schema=SCHEMA, orient="row"),
        release=RELEASE,
        release_basis="version as the author names it",
        read=len(records),
        kept=len(records),
    )


def _refuse_repeats(records: list[tuple[int, dict[str, str]]], file: str) -> None:
    # By number, as the author spells some countries in two ways.
    first: dict[tuple[str, str], int] = {}
    for number, record in records:
        key = record["ccode"], record["year"]
        if key in first:
            problem = (
                f"{record['country']} {record['year']} is already in row {first[key]}; check the file with its author"
            )
            raise SourceError(problem, source=SOURCE, file=file, row=number)
        first[key] = number


def _roles(number: int, record: dict[str, str], file: str) -> list[tuple[str, int, int, str, str, str]]:
    """One record's four roles."""
    for column, form in (("year", YEAR), ("ccode", CODE), ("country", re.compile(".+"))):
        if not form.fullmatch(record[column]):
            raise _unknown(column, record[column], number, file)
    for column in ROLE_COLUMNS:
        if record[column] not in WORDS:
            raise _unknown(column, record[column], number, file)
    fixed = record["country"], int(record["ccode"]), int(record["year"])
    return [(*fixed, role, WORDS[record[column]], f"row {number}") for column, role in ROLE_COLUMNS.items()]


def _unknown(column: str, cell: str, number: int, file: str) -> SourceError:
    shown = f"is {cell!r}, which is not a known value" if cell else "is blank"
    problem = f"column {column} {shown}; check the file with its author"
    return SourceError(problem, source=SOURCE, file=file, row=number)
