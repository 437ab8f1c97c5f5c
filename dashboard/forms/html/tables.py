"""What a table of a page shows."""

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.forms.html.addresses import WHOLE
from dashboard.forms.html.making import Making
from dashboard.views.page import Passport, Table

# Rows of a table at first, and at most: a document with more is slow to come and of no use to a reader.
FIRST = 100
MOST = 5000


class Line(NamedTuple):
    """A row: its words, the address that it opens, and whether what it opens is open."""

    cells: Sequence[str]
    address: str
    here: bool


class Grid(NamedTuple):
    """A table.

    Attributes:
        id: of its element.
        columns: their headings, and whether they have figures.
        lines: its rows, or the first of them; cut: in words how many these are, or empty.
        all: a link to all of them: its address and words.
    """

    id: str
    columns: Sequence[tuple[str, bool]]
    lines: Sequence[Line]
    cut: str = ""
    all: tuple[str, str] | None = None


def grid(making: Making, block: Table) -> Grid:
    """A table; one that is long has its first rows only, and all of them at an address of its own."""
    lang, rows, whole = making.lang, block.sheet.rows, making.addresses.kept.get(WHOLE) == block.name
    shown = rows.slice(0, MOST if whole else FIRST)
    cells = zip(*(map(str, column.to_pylist()) for column in shown.columns), strict=True)
    marks = [*block.marks, *[""] * (shown.num_rows - len(block.marks))]
    lines = [_line(making, block, words, mark) for words, mark in zip(cells, marks, strict=False)]
    if block.links:
        lines = [
            line._replace(address=making.addresses.link(link)) for line, link in zip(lines, block.links, strict=False)
        ]
    columns = [(heading, heading in block.sheet.figures) for heading in rows.column_names]
    made = Grid(making.id(f"table-{block.name}"), columns, lines)
    if shown.num_rows == rows.num_rows:
        return made
    first, every = lang.number(shown.num_rows), lang.number(rows.num_rows)
    link = (f"{making.addresses.view({WHOLE: block.name})}#{made.id}", lang.text("All {n} rows", n=every))
    cut = lang.text("The first {n} of {every} rows", n=first, every=every)
    return made._replace(cut=cut, all=link if not whole and rows.num_rows <= MOST else None)


def _line(making: Making, block: Table, cells: Sequence[str], mark: str) -> Line:
    if block.key is None or not mark:
        return Line(cells, "", here=False)
    anchor = Passport(block.key, "", ()).anchor
    return Line(
        cells, f"{making.addresses.view({block.key.name: mark})}#{anchor}", making.values[block.key.name] == mark
    )
