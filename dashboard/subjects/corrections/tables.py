"""What states say against figures, beside them: a column of their tables, sentences, rows for files.

Where the ledger holds no correction nothing is added anywhere.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

import polars as pl
import pyarrow as pa

from dashboard.subjects.corrections import query, words
from dashboard.words import tables
from data.i18n import Language

# So many sentences stand under a table; its column has them all.
MOST_TOLD = 12
Common = Mapping[str, str] | None


def concerning(rows: pl.DataFrame, of: Common = None) -> pl.DataFrame:
    """The corrections that concern rows (`dashboard.subjects.corrections.query.concerning`).

    Args:
        of: columns that all rows have in common and leave out.
    """
    every = query.every()
    if every.is_empty():
        return query.nothing()
    common = {name: pl.lit(value) for name, value in (of or {}).items()}
    return query.concerning(every, rows.with_columns(**common))


def within(rows: pl.DataFrame) -> pl.DataFrame:
    """Each correction that concerns any of the rows, once, for their files."""
    found = concerning(rows)["id"].unique()
    return query.every().filter(pl.col("id").is_in(found.implode()))


def told(lang: Language, rows: pl.DataFrame, of: Common = None) -> list[str]:
    """What states say against figures, each once and with the name of the figure."""
    found = concerning(rows, of)
    if found.is_empty():
        return []
    found = found.unique(["id", "of_count"], maintain_order=True)
    return [words.named(lang, row) for row in found.head(MOST_TOLD).iter_rows(named=True)]


def beside(lang: Language, sheet: tables.Sheet, rows: pl.DataFrame, of: Common = None) -> tables.Sheet:
    """A table with a column of what states say, and a mark after each disputed figure; as it was where none is.

    Args:
        sheet: the table, in the order of `rows`.
        rows, of: as those of `concerning`.
    """
    found = concerning(rows, of)
    if found.is_empty():
        return sheet
    said: dict[int, list[str]] = {}
    # A row of all years is no figure: its sentence names the one that is disputed.
    one = bool({"year", "origin"} & set(rows.columns))
    for row in found.iter_rows(named=True):
        said.setdefault(row["row"], []).append((words.sentence if one else words.named)(lang, row))
    marked = _marked(sheet.rows, lang.text("Figure"), said.keys()) if one else sheet.rows
    cells = [f"{words.MARK} {' '.join(said[row])}" if row in said else "" for row in range(rows.height)]
    column = tables.sheet(pl.DataFrame({words.heading(lang): cells}))
    held = marked.append_column(words.heading(lang), column.rows.column(0))
    return replace(sheet, rows=held, widths={**sheet.widths, **column.widths})


def _marked(held: pa.Table, heading: str, rows: Collection[int]) -> pa.Table:
    """The same with a mark after the figure of some rows; as it is where it has no column of figures."""
    if heading not in held.column_names:
        return held
    cells = held.column(heading).to_pylist()
    marked = [f"{cell} {words.MARK}" if row in rows else cell for row, cell in enumerate(cells)]
    return held.set_column(held.column_names.index(heading), heading, pa.array(marked, pa.large_string()))
