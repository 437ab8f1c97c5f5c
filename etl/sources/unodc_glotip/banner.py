"""Read the release date in the rows above the workbook's table."""

import re
from collections.abc import Iterator
from datetime import datetime

import polars as pl

from etl.errors import SourceError

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
SHORT = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
# With any of the usual signs between day, month and year. 01/02/03 is left out: it could be several days.
RELEASE_DATES = (
    (r"(?<![0-9])[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}(?![0-9])", "%d-%m-%Y"),
    (r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])", "%Y-%m-%d"),
    (rf"(?<![0-9])[0-9]{{1,2}}[ -]{MONTH}[ -][0-9]{{4}}(?![0-9])", "%d-%B-%Y"),
    (rf"(?<![0-9])[0-9]{{1,2}}[ -]{SHORT}[ -][0-9]{{4}}(?![0-9])", "%d-%b-%Y"),
    (rf"\b{MONTH} [0-9]{{1,2}}, [0-9]{{4}}(?![0-9])", "%B-%d,-%Y"),
)


def release_date(banner: pl.DataFrame, *, source: str, file: str, sheet: str) -> str:
    """The latest date of the rows (ISO 8601): a workbook may also say how far its figures reach.

    Raises:
        SourceError: there is no date, or an invalid one.
    """
    dates = [
        _iso_date(match.group(), layout, source=source, file=file, sheet=sheet)
        for text in _texts(banner)
        for pattern, layout in RELEASE_DATES
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]
    if not dates:
        problem = "no release date above the table (expected DD/MM/YYYY); check the file with the publisher"
        raise SourceError(problem, source=source, file=file, sheet=sheet, row=banner.height)
    return max(dates)


def _iso_date(text: str, layout: str, *, source: str, file: str, sheet: str) -> str:
    try:
        return datetime.strptime(re.sub("[./ ]", "-", text), layout).date().isoformat()  # noqa: DTZ007 - no time zone
    except ValueError as error:
        raise SourceError(
            f"the release date {text!r} is not a date; check the file with the publisher",
            source=source,
            file=file,
            sheet=sheet,
        ) from error


def _texts(banner: pl.DataFrame) -> Iterator[str]:
    for row in banner.drop("row").iter_rows():
        yield from (cell for cell in row if cell)
