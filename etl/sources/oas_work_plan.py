"""The work plan's lines of action and indicators, loaded by a person from the official text; empty until then."""

import polars as pl

from data import reviewed
from data.reviewed import ReviewedError
from data.workplan import Lines
from etl.errors import SourceError
from etl.parsed import Parsed

SOURCE = "oas_work_plan"
UNDATED = "undated"


def parse(content: bytes, file: str) -> Parsed:
    """Parse `workplan_lines.csv` (`data.workplan.Lines`).

    Returns:
        one row a line: `number`, `kind`, `objective`, `actor`, `text_<language>` for each language of the file,
        `locator` (the file's row, then where the line is in the document). The release is the document's date, or
        `undated` if no line is loaded.

    Raises:
        SourceError: the file breaks its schema; the text names row and column.
    """
    try:
        rows = reviewed.parse(content, Lines)
    except ReviewedError as error:
        raise SourceError(error.problem, source=SOURCE, file=file, row=error.row) from error
    return Parsed(
        rows=rows.with_columns(locator=pl.format("row {} ({})", "row", "locator")).drop("row", "release"),
        release=UNDATED if rows.is_empty() else rows["release"][0],
        release_basis="no line is loaded" if rows.is_empty() else "date of the document, in the file",
        read=rows.height,
        kept=rows.height,
    )
