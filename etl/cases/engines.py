"""Engines: where the files of a register are read and its records are counted.

What a cell means and what is counted is written once, in Narwhals (`records.py`, `counting.py`). An engine reads the
files, gives the different cells of a column, and takes the small tables that say what each of these means.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import fastexcel
import narwhals.stable.v2 as nw
import polars as pl

from etl.cases.counting import PERSON
from etl.cases.layout import CaseLayout
from etl.errors import CasesError

# The address of a Spark cluster begins with it.
SPARK = "spark://"
ROW = "row"
# Columns of a file are renamed to these while it is read; the others of a layout are its fields.
DATE = "date"
# A typed date, as the library of workbooks writes it as text.
TYPED = "%Y-%m-%d 00:00:00"


class Engine(Protocol):
    """Reads the records of a register."""

    def cells(self, path: Path, layout: CaseLayout) -> nw.LazyFrame[Any]:
        """The cells of a file: for each field of the layout a column of text without null, and `ROW` (Int64).

        Raises:
            CasesError: another kind of file, or a column is missing.
        """

    def distinct(self, cells: nw.LazyFrame[Any], names: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """By column its different cells."""

    def joined(self, cells: nw.LazyFrame[Any], meanings: pl.DataFrame, name: str) -> nw.LazyFrame[Any]:
        """The cells with what those of a column mean: a small table of ours with a row for each different cell."""


class PolarsEngine:
    """Reads in this process, with Polars.

    Args:
        seen: is given the number of records of each batch that is read, for a progress line.
    """

    def __init__(self, seen: Callable[[int], None] | None = None) -> None:
        self._seen = seen

    def cells(self, path: Path, layout: CaseLayout) -> nw.LazyFrame[Any]:
        """As `Engine.cells`."""
        frame = opened(path, layout)
        if self._seen:
            frame = frame.select(ROW, *layout.columns).map_batches(self._batch, streamable=True)
        text = [pl.col(column).fill_null("").alias(name) for name, column in columns(layout).items()]
        return nw.from_native(frame.select(pl.col(ROW).cast(pl.Int64), *text))

    def _batch(self, records: pl.DataFrame) -> pl.DataFrame:
        if self._seen:
            self._seen(records.height)
        return records

    def distinct(self, cells: nw.LazyFrame[Any], names: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """As `Engine.distinct`, of all columns in one pass."""
        native: pl.LazyFrame = cells.to_native()
        # `unique` of several columns in one `select` would hold the whole file in memory.
        found = native.select(*names).unpivot().unique().collect(engine="streaming")
        return {name: found.filter(pl.col("variable") == name)["value"].to_list() for name in names}

    def joined(self, cells: nw.LazyFrame[Any], meanings: pl.DataFrame, name: str) -> nw.LazyFrame[Any]:
        """As `Engine.joined`."""
        native: pl.LazyFrame = cells.to_native()
        # "m:1" would hold the whole file in memory; `distinct` gives each cell once.
        return nw.from_native(native.join(meanings.lazy(), on=name, how="left", validate="m:m"))


def columns(layout: CaseLayout) -> dict[str, str]:
    """By name in our frames the column of a file; no other one is read."""
    names = {DATE: layout.date} | {name: field.column for name, field in layout.fields.items()}
    return names | ({PERSON: layout.person} if layout.person else {})


def opened(path: Path, layout: CaseLayout) -> pl.LazyFrame:
    """A file as it is, its cells as text, with `ROW`.

    Raises:
        CasesError: another kind of file, or a column is missing.
    """
    readers = {".csv": _csv, ".parquet": _parquet, ".xlsx": _workbook}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise CasesError(f"{path.name} is no {', '.join(readers)} file; export the records as one of these")
    return reader(path, layout)


def _expect(path: Path, layout: CaseLayout, found: Sequence[str]) -> None:
    """Refuse a file without a column. What it has is not named: a file without headings begins with a record."""
    if missing := [column for column in layout.columns if column not in found]:
        raise CasesError(f"{path.name} has no column {', '.join(missing)}; correct the file, or the layout")
    if twice := [column for column in layout.columns if f"{column}_duplicated_0" in found]:
        raise CasesError(f"{path.name} has two columns {', '.join(twice)}; give them different names")


def _csv(path: Path, layout: CaseLayout) -> pl.LazyFrame:
    with path.open("rb") as file:
        # A shorter last row would only lack cells, which may be blank.
        if file.seek(0, os.SEEK_END) and file.seek(-1, os.SEEK_END) and file.read(1) != b"\n":
            raise CasesError(f"{path.name} ends within a row; it may be cut short, export it again")
    frame = pl.scan_csv(
        path,
        separator=layout.delimiter,
        infer_schema=False,
        skip_rows_after_header=layout.skip,
        row_index_name=ROW,
        row_index_offset=2 + layout.skip,
        glob=False,
    )
    _expect(path, layout, frame.collect_schema().names())
    return frame


def _parquet(path: Path, layout: CaseLayout) -> pl.LazyFrame:
    frame = pl.scan_parquet(path, row_index_name=ROW, row_index_offset=1, glob=False)
    kinds = frame.collect_schema()
    _expect(path, layout, kinds.names())
    return frame.with_columns(
        pl.col(name).dt.strftime(TYPED) if kinds[name] in {pl.Date, pl.Datetime} else pl.col(name).cast(pl.String)
        for name in layout.columns
    )


def _workbook(path: Path, layout: CaseLayout) -> pl.LazyFrame:
    book = fastexcel.read_excel(path)
    if layout.sheet and layout.sheet not in book.sheet_names:
        raise CasesError(f"{path.name} has no sheet {layout.sheet}; correct the file, or the layout")
    sheet = layout.sheet or 0
    headings = book.load_sheet(sheet, n_rows=0).available_columns()
    _expect(path, layout, [heading.name for heading in headings])
    # No row is skipped, so that a row of ours is one of the file; dtypes: a guessed type would lose cells.
    cells = book.load_sheet(sheet, use_columns=[*layout.columns], skip_rows=0, dtypes="string").to_polars()
    numbered = cells.with_row_index(ROW, offset=2).slice(layout.skip)
    filled = pl.any_horizontal(pl.col(*layout.columns).str.strip_chars().fill_null("") != "")
    return numbered.filter(filled).lazy()
