"""Peru, the police register of complaints of trafficking in persons: victims by year and sex.

The file has one row for each station, month and heading. Headings count different things, so only those of victims and
of their sex are read, and only national sums are kept (`etl.registers`).
"""

import polars as pl

from etl.errors import SourceError
from etl.parsed import Parsed
from etl.registers import RECORD, Register, national
from etl.tabular import expect_columns, open_workbook, read_grid

SOURCE = "national_peru"
SHEET = "BD_CONSOLIDADO_TRATA"
YEAR = "AÑO"
MONTH = "MES"
HEADING = "Denuncias por comisión"
VICTIMS = "Valor"
COLUMNS = (YEAR, MONTH, "CCDD", "lugar", "PROVINCIA", "DISTRITO", "COMISARÍA", "categoría", HEADING, VICTIMS)
# Victims (by the purpose of the crime), women and girls, men and boys. Other totals lack some of the victims.
SEXES = {"F1_TOTAL": "total", "EF_SUB TOTAL": "female", "EM_SUB TOTAL": "male"}


def parse(content: bytes, file: str) -> Parsed:
    """Parse the register.

    Returns:
        as `etl.registers.national`; `read` counts all rows of the sheet.

    Raises:
        SourceError: no workbook, another sheet, other columns, or what `etl.registers.national` refuses.
    """
    book = open_workbook(content, source=SOURCE, file=file)
    if SHEET not in book.sheet_names:
        raise SourceError(f"it has no sheet {SHEET}; check the file", source=SOURCE, file=file)
    rows = _rows(read_grid(book, SHEET, source=SOURCE, file=file), file)
    mine = rows.filter(pl.col(HEADING).is_in([*SEXES])).select("row", YEAR, MONTH, HEADING, VICTIMS)
    others = {"other_breakdown": rows.height - mine.height}
    register = Register(SOURCE, file, "PER", SEXES, f"{SHEET}!", others)
    return national(mine.rename(dict(zip(mine.columns, RECORD, strict=True))), register)


def _rows(grid: pl.DataFrame, file: str) -> pl.DataFrame:
    """The rows of the sheet, columns under their headings."""
    if grid.is_empty():
        raise SourceError("the sheet is empty; download it again", source=SOURCE, file=file, sheet=SHEET)
    row, *header = grid.row(0)
    expect_columns([name or "" for name in header], COLUMNS, source=SOURCE, file=file, sheet=SHEET, row=row)
    names = {f"column_{place}": name for place, name in enumerate(header)}
    return grid.slice(1).rename(names).filter(pl.any_horizontal(pl.col(*COLUMNS).is_not_null()))
