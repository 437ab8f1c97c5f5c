"""A table of the snapshot whole, in the shape of a file that every program reads: no lists of cells within cells."""

import polars as pl


def whole(table: pl.LazyFrame) -> pl.DataFrame:
    """Every row and column; each cell that a derived figure was made from becomes one text."""
    schema = table.collect_schema()
    cells = [name for name, kind in schema.items() if isinstance(kind, pl.List) and isinstance(kind.inner, pl.Struct)]
    told = pl.concat_str(pl.element().struct.unnest(), separator=" ")
    return table.with_columns(pl.col(cells).list.eval(told) if cells else []).collect()
