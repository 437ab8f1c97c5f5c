"""A comma-separated file as numbered records of text, with errors a person can act on."""

import csv
import io
from typing import NamedTuple

from etl.errors import SourceError
from etl.sheets import refuse_row_limit


class Record(NamedTuple):
    """One record: `row` as a spreadsheet shows it (from 1), and its cells without blanks around them."""

    row: int
    cells: list[str]


def read_records(content: bytes, *, encoding: str, source: str, file: str) -> list[Record]:
    """Every record that is not wholly blank, headers included.

    Raises:
        SourceError: an HTML page or nothing in place of the file, another encoding, a quotation never closed, as many
            rows as a spreadsheet can hold.
    """
    if not content.strip(b", \r\n") or content.lstrip().startswith(b"<"):
        shown = content.lstrip()[:40].decode("ascii", "replace") or "nothing"
        problem = f"this is not a CSV file (it begins with {shown!r}); download it again from the publisher"
        raise SourceError(problem, source=source, file=file)
    try:
        # Strict, or a quotation never closed would swallow the rest of the file unseen.
        reader = csv.reader(io.StringIO(content.decode(encoding), newline=""), strict=True)
        records = [Record(row, [cell.strip() for cell in cells]) for row, cells in enumerate(reader, start=1)]
    except (UnicodeDecodeError, csv.Error) as error:
        problem = f"the file is damaged or cut short ({error}); download it again from the publisher"
        raise SourceError(problem, source=source, file=file) from error
    # Many a CSV file was a spreadsheet before.
    refuse_row_limit(len(records), source=source, file=file)
    filled = [record for record in records if any(record.cells)]
    if not filled:
        raise SourceError("every cell is blank; download it again from the publisher", source=source, file=file)
    return filled


def named(header: Record, records: list[Record], *, source: str, file: str) -> list[tuple[int, dict[str, str]]]:
    """Each record's row and its cells by column name.

    Raises:
        SourceError: a record has more or fewer cells than the header, as the last one of a cut file has.
    """
    for row, cells in records:
        if len(cells) != len(header.cells):
            problem = f"{len(cells)} cells where the header has {len(header.cells)}; the file is cut short or damaged"
            raise SourceError(problem, source=source, file=file, row=row)
    return [(row, dict(zip(header.cells, cells, strict=True))) for row, cells in records]
