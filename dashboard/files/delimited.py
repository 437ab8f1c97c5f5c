"""Rows as comma-separated values that every program reads, and that no spreadsheet runs."""

import io
from pathlib import Path

import polars as pl

# What opens a formula in a spreadsheet (OWASP, "CSV injection"), full-width signs included.
FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"


def flat(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The rows with no list in a cell: its parts joined with `;`, a part that names a cell as one text."""
    schema = rows.collect_schema()
    lists = {name: kind.inner for name, kind in schema.items() if isinstance(kind, pl.List)}
    cells = [name for name, inner in lists.items() if isinstance(inner, pl.Struct)]
    told = pl.concat_str(pl.element().struct.unnest(), separator=" ")
    texts = rows.with_columns(pl.col(cells).list.eval(told) if cells else [])
    return texts.with_columns(pl.col(list(lists)).cast(pl.List(pl.String)).list.join(";"))


def csv(frame: pl.DataFrame, snapshot: str) -> bytes:
    """A frame as UTF-8 CSV with a byte-order mark (spreadsheets then read the accents), the snapshot in each row.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    buffer = io.BytesIO()
    _harmless(frame.lazy(), snapshot).collect().write_csv(buffer, include_bom=True)
    return buffer.getvalue()


def write(rows: pl.LazyFrame, snapshot: str, path: Path) -> None:
    """The same into a file, row by row: a table need not fit into memory."""
    _harmless(rows, snapshot).sink_csv(path, include_bom=True)


def _harmless(rows: pl.LazyFrame, snapshot: str) -> pl.LazyFrame:
    told = flat(rows).with_columns(snapshot=pl.lit(snapshot))
    text = pl.col(pl.String)
    return told.with_columns(pl.when(text.str.contains(FORMULA)).then("'" + text).otherwise(text).name.keep())
