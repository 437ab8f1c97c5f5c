"""Find the workbook's table, and name its columns: releases differ in sheets, banner, case and order."""

import re

import polars as pl

from etl.parsed import Finding
from etl.sources.unodc_glotip.banner import release_date
from etl.sources.unodc_glotip.sheet import SOURCE, WorkbookSheet
from etl.tabular import expect_columns, open_workbook, read_grid

COLUMNS = (
    "Iso3_code",
    "Country",
    "Indicator",
    "Dimension",
    "Category",
    "Sex",
    "Age",
    "Year",
    "Unit of measurement",
    "txtVALUE",
)
# Nothing here is made from these, so a release may leave them out.
UNUSED = ("Region", "Subregion", "Source")
# How UNODC's other workbooks name the column of figures.
OTHER_NAMES = {"value": "txtVALUE"}
REMARKS = re.compile(r"(foot)?notes?|comments?|remarks?")
# A row above the table has a few cells, the header ten or more.
BANNER_ROWS = 30
HEADER_CELLS = 6


def find_table(content: bytes, file: str) -> tuple[WorkbookSheet, pl.DataFrame, int]:
    """The one sheet with a row of known headings near its top: (sheet, grid, index of that row).

    Raises:
        SourceError: not a workbook; no such sheet, or several; no release date above the table.
    """
    book = open_workbook(content, source=SOURCE, file=file)
    grids = ((sheet, read_grid(book, sheet, source=SOURCE, file=file)) for sheet in book.sheet_names)
    tables = [(sheet, grid, row) for sheet, grid in grids if (row := _header_row(grid)) is not None]
    if len(tables) == 1:
        name, grid, header = tables[0]
        return (
            WorkbookSheet(file, name, release_date(grid.head(header), source=SOURCE, file=file, sheet=name)),
            grid,
            header,
        )
    sheets = ", ".join([sheet for sheet, _, _ in tables] or book.sheet_names)
    problem = (
        "more than one sheet has a table; keep the one that counts"
        if tables
        else f"no header row with {COLUMNS[0]}, {COLUMNS[1]} ... among the first rows; adapt the parser"
    )
    raise WorkbookSheet(file, sheets).error(problem)


def _header_row(grid: pl.DataFrame) -> int | None:
    top = ({*_headings(row[1:])} & {*COLUMNS} for row in grid.head(BANNER_ROWS).iter_rows())
    return next((index for index, headings in enumerate(top) if len(headings) >= HEADER_CELLS), None)


def _headings(cells: tuple[str | None, ...]) -> list[str | None]:
    """The cells of a header row, those of known columns as in `COLUMNS`: case, blanks and signs may differ."""
    known = {_plain(name): name for name in (*COLUMNS, *UNUSED)}
    plain = [None if cell is None else _plain(cell) for cell in cells]
    known |= {} if _plain("txtVALUE") in plain else OTHER_NAMES
    return [cell if cell is None else known.get(_plain(cell), cell) for cell in cells]


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def named(grid: pl.DataFrame, header: int, sheet: WorkbookSheet) -> tuple[pl.DataFrame, list[Finding]]:
    """The rows below the header with the publisher's column names, without blank rows and columns.

    The findings are about columns that no release had so far.

    Raises:
        SourceError: a column is missing or repeated, or a new one may divide the figures; no rows.
    """
    names = _headings(grid.row(header)[1:])
    keep = [(f"column_{index}", name) for index, name in enumerate(names) if name is not None]
    body = grid.slice(header + 1)
    for column in (name for name in grid.columns[1:] if name not in dict(keep)):
        for row, cell in body.drop_nulls(column).select("row", column).head(1).iter_rows():
            problem = f"{cell!r} is in a column without a heading; the publisher changed the columns, adapt the parser"
            raise sheet.error(problem, row)
    spare = _spare(body, keep)
    found = [name for _, name in keep if name not in (*UNUSED, *spare)]
    expect_columns(found, COLUMNS, source=SOURCE, file=sheet.file, sheet=sheet.name, row=header + 1)
    body = body.select("row", **{name: column for column, name in keep if name in COLUMNS})
    body = body.filter(pl.any_horizontal(pl.col(*COLUMNS).is_not_null()))
    if body.is_empty():
        raise sheet.error("the table has no rows; download it again")
    new = [
        Finding(SOURCE, sheet.release, "unknown_column", name, body.height, set_aside=False, unexpected=True)
        for name in spare
    ]
    return body, new


def _spare(body: pl.DataFrame, keep: list[tuple[str, str]]) -> list[str]:
    """New columns that divide no figure: remarks, and what is the same in all rows of a country, e.g. another code."""
    code = next((column for column, name in keep if name == "Iso3_code"), None)
    new = [(column, name) for column, name in keep if name not in (*COLUMNS, *UNUSED)]
    if code is None:
        return []
    return [
        name
        for column, name in new
        if REMARKS.fullmatch(_plain(name)) or body.group_by(code).agg(pl.col(column).n_unique())[column].max() == 1
    ]
