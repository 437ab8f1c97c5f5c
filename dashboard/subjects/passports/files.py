"""The row of a passport as a file."""

import polars as pl

from dashboard.subjects.passports import keys
from dashboard.views.code import Snippet, has
from dashboard.views.rows import Rows, file_name


def row(title: str, table: str, rows: pl.DataFrame) -> Rows:
    """The one row of a table that `rows` has."""
    found = rows.row(0, named=True)
    texts = keys.texts(table, found)
    conditions = tuple(has(name, found[name]) for name in keys.KEYS[table])
    return Rows(
        file_name(*texts.values()),
        title,
        keys.PAGE,
        lambda: rows,
        (keys.TABLE, *(keys.PARTS[name] for name in texts if name in keys.PARTS)),
        Snippet(table, conditions),
        key=keys.PAGE,
    )
