"""Inter-American treaties: signatures and deposits, typed by one person from the pages of the OAS depositary.

Each treaty ends with the newest deposit on its page, as the pages do not say when they were last changed.
`party_without_date.csv` has parties of which no day was found.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from etl.depositary import MONTHS, StatusTable, participants
from etl.errors import SourceError
from etl.parsed import Parsed
from etl.tabular import read_table

SOURCE = "oas_treaties"
ACTS = "oas_treaty_acts_transcribed.csv"
PARTIES = "party_without_date.csv"
INSTRUMENTS = {
    "A-35": "extradition",
    "A-55": "mutual_assistance",
    "A-59": "mutual_assistance_protocol",
    "A-61": "belem_do_para",
    "B-57": "traffic_in_minors",
}
COLUMNS = {
    ACTS: (
        *("instrument", "title", "iso3", "signature", "ratification_or_accession", "deposit", "deposit_kind"),
        *("as_printed", "page", "completeness", "paragraph"),
    ),
    PARTIES: ("instrument", "title", "iso3", "status", "evidence", "page", "as_of", "paragraph"),
}
KINDS = {"RA": "ratification", "AD": "accession"}
STATUSES = ("party", "not a party")
NEWEST = re.compile(r"newest deposit in it ([0-9]{1,2}) ([A-Z][a-z]{2}) ([0-9]{4})")
YEAR = re.compile(r"[0-9]{4}(?:-[0-9]{2}-[0-9]{2})?")
SCHEMA = {
    "area": pl.String,
    "instrument": pl.String,
    "action": pl.String,
    "date": pl.Date,
    "date_precision": pl.String,
    "transcribed": pl.Boolean,
    "locator": pl.String,
}
Records = list[tuple[int, dict[str, str]]]


def parse(content: bytes, file: str) -> list[Parsed]:
    """Parse the acts, or the parties without a date: one `Parsed` for each treaty, each with its own release.

    Returns:
        rows with `area` (ISO3), `instrument`, `action` (data.columns.ACTION), `date` (null for a party without one),
        `date_precision`, `transcribed` (true), `locator`; `read` and `kept` count states.

    Raises:
        SourceError: a file's name is not known, or a cell is not a day, a form of deposit or a status.
    """
    if file not in COLUMNS:
        raise SourceError(f"expected {' or '.join(COLUMNS)}; rename the file", source=SOURCE, file=file)
    treaties: dict[tuple[str, str], Records] = {}
    for number, record in read_table(content, COLUMNS[file], source=SOURCE, file=file):
        part = INSTRUMENTS.get(record["instrument"], record["instrument"])
        treaties.setdefault((part, record["as_of"] if file == PARTIES else ""), []).append((number, record))
    return [_treaty(part, records, file) for (part, _), records in treaties.items()]


def _treaty(part: str, records: Records, file: str) -> Parsed:
    acts = [
        (number, [(record["iso3"], part, *act, True) for act in _read(number, record, file)])
        for number, record in records
    ]
    table = StatusTable(SOURCE, file, part, *_release([act for _, mine in acts for act in mine], records, file))
    if part in INSTRUMENTS.values():
        return participants(table, acts, SCHEMA)
    return participants(table, [(number, []) for number, _ in acts], SCHEMA, "treaty_not_declared")


def _read(number: int, record: dict[str, str], file: str) -> Iterator[tuple[str, date | None, str]]:
    """The acts of a state: action, day, and how exact it is."""
    if file == PARTIES:
        if record["status"] not in STATUSES:
            raise _wrong("status", record, number, file, " or ".join(STATUSES))
        if record["status"] == STATUSES[0]:
            yield "participation", None, "none"
        return
    if record["signature"]:
        yield "signature", _day("signature", number, record, file), "day"
    if bool(record["deposit"]) != (record["deposit_kind"] in KINDS):
        raise _wrong("deposit_kind", record, number, file, f"{' or '.join(KINDS)} beside a deposit")
    if record["deposit"]:
        yield KINDS[record["deposit_kind"]], _day("deposit", number, record, file), "day"


def _day(column: str, number: int, record: dict[str, str], file: str) -> date:
    try:
        return date.fromisoformat(record[column])
    except ValueError as error:
        raise _wrong(column, record, number, file, "a day as 2006-11-10") from error


def _wrong(column: str, record: dict[str, str], number: int, file: str, expected: str) -> SourceError:
    problem = f"column {column} is {record[column]!r}, expected {expected}; compare it with the page"
    return SourceError(problem, source=SOURCE, file=file, row=number)


def _release(rows: Sequence[tuple[object, ...]], records: Records, file: str) -> tuple[str, str]:
    """The last day of a treaty's page, as far as it is known, and where it was found."""
    number, record = records[0]
    if file == PARTIES:
        said = YEAR.match(record["as_of"])
        if said is None:
            raise _wrong("as_of", record, number, file, "a year or a day")
        return said[0], "in the file"
    said = NEWEST.search(record["completeness"])
    if said and said[2] in MONTHS:
        return f"{said[3]}-{MONTHS.index(said[2]) + 1:02d}-{int(said[1]):02d}", "newest deposit on the page"
    days = [str(row[3]) for row in rows]
    if not days:
        raise _wrong("completeness", record, number, file, "the newest deposit, as the treaty has no act")
    return max(days), "newest act on the page"
