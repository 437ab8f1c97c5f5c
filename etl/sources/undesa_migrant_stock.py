"""UN DESA, bilateral migrant stock: people who live in one country and were born in (or are citizens of) another.

A wide table of estimates, one column an origin. Context for a route, never trafficking.
"""

import re

import polars as pl

from etl.errors import SourceError
from etl.parsed import Finding, Parsed
from etl.tabular import Record, read_records

SOURCE = "undesa_migrant_stock"
# Files saved by a spreadsheet begin with a byte-order mark.
ENCODING = "utf-8-sig"
KEYS = ("Year", "Dest")
RELEASE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
YEAR = r"^(19|20)[0-9]{2}$"
PERSONS = r"^[0-9]{1,10}$"
NO_VALUE = ("", "..", "-")
OUTPUT = ("origin", "destination", "year", "persons", "locator")


def parse(content: bytes, file: str) -> Parsed:
    """Parse all cells of the table.

    Returns:
        one row a cell above zero: `origin`, `destination` (labels as printed; a destination may be a region),
        `year`, `persons` (whole), `locator` (`row 12, column Mexico`). `read` counts the cells; those without a
        value are set aside, and so are zeros, since a zero and an unknown figure are printed alike.

    Raises:
        SourceError: not this file's form, a figure that is not a whole number (names row and column), a year and
            destination that occur twice, a file whose name and newest year differ.
    """
    records = read_records(content, encoding=ENCODING, source=SOURCE, file=file)
    if not records[1:]:
        raise SourceError("the table has no rows; download it again", source=SOURCE, file=file)
    table = _table(records[0], records[1:], file)
    release = _release(table, file)
    cells = _cells(table, file)
    stocks = cells.filter(pl.col("persons") > 0)
    aside = {
        "no_value": cells["persons"].null_count(),
        "zero_or_unknown": cells.filter(pl.col("persons") == 0).height,
    }
    return Parsed(
        rows=stocks.with_columns(locator=pl.format("row {}, column {}", "row", "origin")).select(OUTPUT),
        release=release,
        release_basis="file name",
        read=cells.height,
        kept=stocks.height,
        findings=[Finding(SOURCE, release, reason, "", n) for reason, n in aside.items() if n],
    )


def _table(header: Record, body: list[Record], file: str) -> pl.DataFrame:
    """The records by column name, with `row`."""
    names = ["row", *header.cells]
    if tuple(header.cells[:2]) != KEYS or not header.cells[2:] or not all(names) or len({*names}) < len(names):
        problem = "expected columns Year, Dest and the origins, each once; adapt the parser"
        raise SourceError(problem, source=SOURCE, file=file, row=header.row)
    for row, cells in body:
        if len(cells) != len(header.cells):
            problem = (
                f"{len(cells)} cells, but the header has {len(header.cells)}: cut short or damaged; download it again"
            )
            raise SourceError(problem, source=SOURCE, file=file, row=row)
    rows = [(record.row, *record.cells) for record in body]
    table = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String) | {"row": pl.Int64}, orient="row")
    _refuse_unclear_keys(table, file)
    return table


def _refuse_unclear_keys(table: pl.DataFrame, file: str) -> None:
    sound = pl.col("Year").str.contains(YEAR) & (pl.col("Dest") != "") & pl.struct(KEYS).is_first_distinct()
    for row, year, place in table.filter(~sound).select("row", *KEYS).iter_rows():
        problem = f"year {year!r} and destination {place!r} are blank, invalid or repeated; check the file"
        raise SourceError(problem, source=SOURCE, file=file, row=row)


def _release(table: pl.DataFrame, file: str) -> str:
    """The year in the file's name, which must match its newest figures."""
    named, newest = RELEASE.findall(file), str(table["Year"].max())
    if named != [newest]:
        problem = f"the file's name says {', '.join(named) or 'no year'}, its newest figures {newest}; rename it"
        raise SourceError(problem, source=SOURCE, file=file)
    return newest


def _cells(table: pl.DataFrame, file: str) -> pl.DataFrame:
    """One row for each cell; `persons` is null if no value is printed."""
    cells = table.unpivot(index=["row", *KEYS], variable_name="origin", value_name="printed")
    known = pl.col("printed").is_in(NO_VALUE) | pl.col("printed").str.contains(PERSONS)
    for row, origin, printed in cells.filter(~known).select("row", "origin", "printed").iter_rows():
        problem = f"column {origin} is {printed!r}, not a whole number of persons; check the file"
        raise SourceError(problem, source=SOURCE, file=file, row=row)
    return cells.select(
        "row",
        "origin",
        destination="Dest",
        year=pl.col("Year").cast(pl.Int16),
        persons=pl.col("printed").replace(dict.fromkeys(NO_VALUE)).cast(pl.Int64),
    )
