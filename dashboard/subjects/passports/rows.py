"""Tables whose rows open passports, and the passport that an address names."""

from collections.abc import Callable, Sequence

import polars as pl

from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.passports.query import marks
from dashboard.views.filters import Form
from dashboard.views.page import Block, Passport, Remarks, Table, Text
from dashboard.words.tables import Sheet
from data.i18n import Language


def passport(
    lang: Language, key: Form, mark: str, show: Callable[[str], Sequence[Block]], heading: str = ""
) -> tuple[Passport, ...]:
    """The passport of the row that an address names, or a notice that there is no such row; nothing without a mark.

    Args:
        key: the filter that names the row; mark: its value.
        show: the blocks of a mark, none if there is no such row.
        heading: above it, if not the usual one.
    """
    if not mark:
        return ()
    missing = Text([lang.text("The item in this link is not in this table.")], "notice")
    return (Passport(key, heading or lang.text("Details of your selection"), show(mark) or (missing,)),)


def row_table(
    lang: Language,
    name: str,
    title: str,
    sheet: Sheet,
    rows: pl.DataFrame,
    key: Form,
    *,
    of: corrections_tables.Common = None,
    searched: bool = False,
) -> tuple[Block, ...]:
    """A table whose rows open passports, with the corrections of states; nothing without rows.

    Args:
        name, title, sheet, searched: as in `Table`.
        rows: the data of the sheet in the same order, with the columns of the mark.
        key: the filter that names a row.
        of: columns that all rows share and omit (`indicator`, `area`), to find corrections of figures.
    """
    if rows.is_empty():
        return ()
    sheet = corrections_tables.with_corrections(lang, sheet, rows, of)
    sentences = corrections_tables.sentences(lang, rows, of)
    table = Table(name, title, sheet, key, marks(rows, key.columns), searched)
    return (table, Remarks(sentences)) if sentences else (table,)
