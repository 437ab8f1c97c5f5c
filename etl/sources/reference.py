"""Facts that this project transcribed itself, each with where it stands: laws by name, and derived treaty dates."""

import re
from datetime import date

import polars as pl

from data.columns import ACTION
from etl.delimited import named, read_records
from etl.errors import SourceError
from etl.parsed import Parsed
from etl.sheets import expect_columns

SOURCE = "reference"
INSTRUMENTS = ("palermo_protocol", "untoc", "smuggling_protocol")
# How a day that nobody printed was found; a screen says it in any language.
BASES = ("thirty_days_before_entry_into_force", "deposited_with_palermo_protocol")
AREA = re.compile("[A-Z]{3}")
TEXT = re.compile(".+")
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Blank where the text that names the law does not date it.
YEAR = re.compile("(?:(?:19|20)[0-9]{2})?")
CITED = {"citation": TEXT, "transcribed": DAY}
FORMS = {
    "laws": {"area": AREA, "title": TEXT, "year": YEAR, **CITED},
    "instruments": {
        "area": AREA,
        "instrument": re.compile("|".join(INSTRUMENTS)),
        "action": re.compile("|".join(ACTION)),
        "date": DAY,
        "derived": re.compile("true|false"),
        "basis": re.compile(f"(?:{'|'.join(BASES)}): .+"),
        **CITED,
    },
}
KEYS = {"laws": ("area",), "instruments": ("area", "instrument", "action")}
TYPED = {
    "year": pl.col("year").replace("", None).cast(pl.Int16),
    "date": pl.col("date").str.to_date("%Y-%m-%d"),
    "derived": pl.col("derived") == "true",
}


def parse(content: bytes, file: str) -> Parsed:
    """Read `laws.csv` or `instruments.csv`; the name decides, and is the `part`.

    Returns:
        laws: one row a state: `area` (ISO3), `title`, `year` (null where not known), `citation`, `locator`;
        instruments: `area`, `instrument`, `action` (data.columns.ACTION), `date`, `derived`, `basis` (a stable code
        and what was printed), `citation`, `locator`.

    Raises:
        SourceError: another file, another form, a cell that is not of its column's form (names row and column), or
            a row whose key stands there already.
    """
    part = file.removesuffix(".csv")
    if part not in FORMS or part == file:
        problem = f"no such file of facts is known; name it {' or '.join(f'{name}.csv' for name in FORMS)}"
        raise SourceError(problem, source=SOURCE, file=file)
    records = _records(content, part, file)
    # Every cell is checked by now, so that none can fail here.
    cells = pl.DataFrame([{**record, "locator": f"row {number}"} for number, record in records])
    typed = {name: form for name, form in TYPED.items() if name in cells.columns}
    return Parsed(
        rows=cells.drop("transcribed").with_columns(**typed),
        release=max(record["transcribed"] for _, record in records),
        release_basis="day of transcription, in the file",
        read=len(records),
        kept=len(records),
        part=part,
    )


def _records(content: bytes, part: str, file: str) -> list[tuple[int, dict[str, str]]]:
    """Each record's row and cells by column name, all of their columns' forms and with a key of their own."""
    held = read_records(content, encoding="utf-8", source=SOURCE, file=file)
    if not held[1:]:
        raise SourceError("the table has no rows; write them or take the file away", source=SOURCE, file=file)
    header, *body = held
    expect_columns(header.cells, tuple(FORMS[part]), source=SOURCE, file=file, sheet="", row=header.row)
    records = named(header, body, source=SOURCE, file=file)
    first: dict[tuple[str, ...], int] = {}
    for number, record in records:
        _refuse_unknown(record, FORMS[part], number, file)
        key = tuple(record[name] for name in KEYS[part])
        if key in first:
            problem = f"{' '.join(key)} stands in row {first[key]} already; keep one of them"
            raise SourceError(problem, source=SOURCE, file=file, row=number)
        first[key] = number
    return records


def _refuse_unknown(record: dict[str, str], forms: dict[str, re.Pattern[str]], number: int, file: str) -> None:
    for column, form in forms.items():
        cell = record[column]
        if not form.fullmatch(cell) or (form is DAY and not _is_day(cell)):
            shown = repr(cell) if cell else "a blank cell"
            problem = f"column {column} holds {shown}, which is not of its form; correct it"
            raise SourceError(problem, source=SOURCE, file=file, row=number)


def _is_day(cell: str) -> bool:
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return True
