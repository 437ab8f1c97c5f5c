"""Mexico, victims in the investigation files of the states' prosecutors (common jurisdiction): by year and sex.

The file has one row for each state, month, offense, sex and age. Only trafficking in persons is read, and only national
sums are kept (`etl.registers`). The files of the federal prosecutor are not in it.
"""

import bz2
import csv
from io import BytesIO, TextIOWrapper

import polars as pl

from etl.errors import SourceError
from etl.parsed import Parsed
from etl.registers import RECORD, Register, national
from etl.tabular import expect_columns

SOURCE = "national_mexico"
COMPRESSED = b"BZh"
YEAR = "n_year"
MONTH = "n_month"
OFFENSE = "tipo_de_delito"
SEX = "genero"
VICTIMS = "n_victimas"
COLUMNS = (
    *("date_year_month", YEAR, MONTH, "cve_ent", "nombre_estado", "bien_juridico_afectado", OFFENSE),
    *("subtipo_de_delito", "modalidad", SEX, "rango_de_edad", VICTIMS),
)
TRAFFICKING = "Trata de personas"
SEXES = {"Mujer": "female", "Hombre": "male", "No identificado": "unknown"}
DAMAGED = (csv.Error, UnicodeDecodeError, OSError, EOFError, ValueError)


def parse(content: bytes, file: str) -> Parsed:
    """Parse the register, compressed or not.

    Returns:
        as `etl.registers.national`; `read` counts all records of the file, those of other offenses too.

    Raises:
        SourceError: a damaged file, other columns, or what `etl.registers.national` refuses.
    """
    stream = bz2.BZ2File(BytesIO(content)) if content.startswith(COMPRESSED) else BytesIO(content)
    try:
        # Record by record: the whole file has more than 100 MB.
        mine, others = _records(TextIOWrapper(stream, "utf-8", newline=""), file)
    except DAMAGED as error:
        problem = f"the file is damaged or cut short ({error}); download it again from the publisher"
        raise SourceError(problem, source=SOURCE, file=file) from error
    schema = dict.fromkeys(RECORD, pl.String) | {"row": pl.Int64}
    register = Register(SOURCE, file, "MEX", SEXES, f"{TRAFFICKING}, ", {"other_offence": others})
    return national(pl.DataFrame(mine, schema=schema, orient="row"), register)


def _records(text: TextIOWrapper, file: str) -> tuple[list[tuple[object, ...]], int]:
    """The records of trafficking in persons (`RECORD`), and the number of the others."""
    reader = csv.reader(text, strict=True)
    header = next(reader, [])
    expect_columns(header, COLUMNS, source=SOURCE, file=file, sheet="", row=1)
    offense, places = header.index(OFFENSE), [header.index(name) for name in (YEAR, MONTH, SEX, VICTIMS)]
    mine: list[tuple[object, ...]] = []
    others = 0
    for row, cells in enumerate(reader, start=2):
        if len(cells) != len(header):
            raise ValueError(f"row {row} has {len(cells)} cells, the header {len(header)}")
        if cells[offense] == TRAFFICKING:
            mine.append((row, *(cells[place] for place in places)))
        else:
            others += 1
    return mine, others
