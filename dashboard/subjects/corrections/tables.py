"""Adds corrections to tables of figures: a column, sentences under the table, rows for files.

Without corrections in the ledger nothing is added.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

import polars as pl
import pyarrow as pa

from dashboard.subjects.corrections import query, words
from dashboard.words import tables
from data.i18n import Language

# The most sentences under a table; its column has all of them.
MAX_SENTENCES = 12
Common = Mapping[str, str] | None


def concerning(rows: pl.DataFrame, of: Common = None) -> pl.DataFrame:
    """The corrections that concern rows (`dashboard.subjects.corrections.query.concerning`).

    Args:
        of: values of columns that all rows share and therefore omit.
    """
    corrections = query.every()
    if corrections.is_empty():
        return query.nothing()
    common = {name: pl.lit(value) for name, value in (of or {}).items()}
    return query.concerning(corrections, rows.with_columns(**common))


def within(rows: pl.DataFrame) -> pl.DataFrame:
    """The corrections that concern any of the rows, each once, for their files."""
    ids = concerning(rows)["id"].unique()
    return query.every().filter(pl.col("id").is_in(ids.implode()))


def sentences(lang: Language, rows: pl.DataFrame, of: Common = None) -> list[str]:
    """A sentence with the name of the figure for each correction that concerns the rows."""
    corrections = concerning(rows, of)
    if corrections.is_empty():
        return []
    corrections = corrections.unique(["id", "of_count"], maintain_order=True)
    return [words.named(lang, row) for row in corrections.head(MAX_SENTENCES).iter_rows(named=True)]


def with_corrections(lang: Language, sheet: tables.Sheet, rows: pl.DataFrame, of: Common = None) -> tables.Sheet:
    """A table with a column of corrections and a mark after each disputed figure; unchanged if none is disputed.

    Args:
        sheet: the table, in the order of `rows`.
        rows, of: as in `concerning`.
    """
    corrections = concerning(rows, of)
    if corrections.is_empty():
        return sheet
    by_row: dict[int, list[str]] = {}
    # A row of several years is not one figure: its sentence names the disputed one.
    by_year = bool({"year", "origin"} & set(rows.columns))
    for row in corrections.iter_rows(named=True):
        by_row.setdefault(row["row"], []).append((words.sentence if by_year else words.named)(lang, row))
    marked = _marked(sheet.rows, lang.text("Figure"), by_row.keys()) if by_year else sheet.rows
    cells = [f"{words.MARK} {' '.join(by_row[row])}" if row in by_row else "" for row in range(rows.height)]
    column = tables.sheet(pl.DataFrame({words.heading(lang): cells}))
    extended = marked.append_column(words.heading(lang), column.rows.column(0))
    return replace(sheet, rows=extended, widths={**sheet.widths, **column.widths})


def _marked(table: pa.Table, heading: str, rows: Collection[int]) -> pa.Table:
    """A table with a mark after the figure of some rows; unchanged without a column of figures."""
    if heading not in table.column_names:
        return table
    cells = table.column(heading).to_pylist()
    marked = [f"{cell} {words.MARK}" if row in rows else cell for row, cell in enumerate(cells)]
    return table.set_column(table.column_names.index(heading), heading, pa.array(marked, pa.large_string()))
