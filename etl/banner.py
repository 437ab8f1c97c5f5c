"""Of which day a file is: the rows above a workbook's table say it; and of none to come."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import polars as pl

from data.releases import first_day
from etl.errors import SourceError
from etl.parsed import Parsed
from etl.rawfile import RawFile

# The publisher's clock may be in another time zone.
SLACK = timedelta(days=1)
# Files of our own, which are reviewed line by line.
OWN = "reference"
# With any of the usual signs between day, month and year.
RELEASE_DATES = (
    (r"(?<![0-9])[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}(?![0-9])", "%d-%m-%Y"),
    (r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])", "%Y-%m-%d"),
    (r"(?<![0-9])[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}(?![0-9])", "%d %B %Y"),
)


def release_date(banner: pl.DataFrame, *, source: str, file: str, sheet: str) -> str:
    """The latest date of the rows (ISO 8601): a workbook may also say how far its figures reach.

    Raises:
        SourceError: there is no date, or what looks like one is none.
    """
    found = [
        _iso_date(match.group(), layout, source=source, file=file, sheet=sheet)
        for text in _texts(banner)
        for pattern, layout in RELEASE_DATES
        for match in re.finditer(pattern, text)
    ]
    if not found:
        problem = "no release date above the table (DD/MM/YYYY expected)"
        raise SourceError(problem, source=source, file=file, sheet=sheet, row=banner.height)
    return max(found)


def _iso_date(text: str, layout: str, *, source: str, file: str, sheet: str) -> str:
    try:
        return datetime.strptime(re.sub("[./-]", "-", text), layout).date().isoformat()  # noqa: DTZ007 - no time zone
    except ValueError as error:
        raise SourceError(f"the release date {text!r} is no date", source=source, file=file, sheet=sheet) from error


def refuse_to_come(parsed: Parsed, file: RawFile, today: date) -> None:
    """Stop at a release of a day to come: it would serve in the place of every true one.

    Args:
        today: the day of the build (UTC).

    Raises:
        SourceError: names the release, and where it was read.
    """
    told = f"the release {parsed.release} ({parsed.release_basis})"
    try:
        day = first_day(parsed.release)
    except ValueError as error:
        problem = f"{told} is no date ({error}); compare the file with its publisher's"
        raise SourceError(problem, source=file.source, file=file.name) from error
    if day and day > today + SLACK and file.source != OWN:
        problem = f"{told} lies after today, {today}; compare the file with its publisher's, or mend the clock"
        raise SourceError(problem, source=file.source, file=file.name)


def _texts(banner: pl.DataFrame) -> Iterator[str]:
    for row in banner.drop("row").iter_rows():
        yield from (cell for cell in row if cell)
