"""What a table of a page shows."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import parse_qsl

import pyarrow as pa

from dashboard.forms.html.addresses import FIND, WHOLE
from dashboard.forms.html.making import Making
from dashboard.views.page import Passport, Table
from dashboard.words.tables import holding

# Rows of a table at first, and at most: a document with more is slow to come and of no use to a reader.
FIRST = 100
MOST = 5000
# Characters of a text that is searched.
LONGEST = 100


class TableRow(NamedTuple):
    """A row: its words, the address that it opens, whether what it opens is open, and addresses of other cells."""

    cells: Sequence[str]
    address: str
    here: bool
    others: Mapping[int, str] = MappingProxyType({})


class Search(NamedTuple):
    """A search in a table of which a document has the first rows only, as a form.

    Attributes:
        address: to which it leads; hidden: the other parameters.
        name: of the parameter with the text; text: the one that is searched, or empty.
    """

    address: str
    hidden: Mapping[str, str]
    name: str
    text: str


class Grid(NamedTuple):
    """A table.

    Attributes:
        search: None for a table that is not searched, or all in sight.
        id: of its element.
        columns: their headings, and whether they have figures.
        lines: its rows, or the first of them; cut: in words how many these are, or empty.
        all: a link to all of them: its address and words.
    """

    id: str
    columns: Sequence[tuple[str, bool]]
    lines: Sequence[TableRow]
    cut: str = ""
    all: tuple[str, str] | None = None
    search: Search | None = None


def grid(making: Making, block: Table) -> Grid:
    """A table; one that is long has its first rows only, and all of them at an address of its own."""
    rows, kept = block.sheet.rows, making.addresses.kept
    whole = kept.get(WHOLE) == block.name
    text = kept.get(FIND, "").strip()[:LONGEST] if whole and block.searched else ""
    found = holding(rows, text) if text else list(range(rows.num_rows))
    numbers = found[: MOST if whole else FIRST]
    columns = [(heading, heading in block.sheet.figures) for heading in rows.column_names]
    made = Grid(making.id(f"table-{block.name}"), columns, _lines(making, block, numbers))
    if len(numbers) == rows.num_rows:
        return made
    made = made._replace(cut=_cut(making, len(numbers), len(found), text))
    if making.addresses.files:
        return made
    search = _search(making, block, made.id, text) if block.searched else None
    return made._replace(all=_all(making, block, made.id), search=search)


def _lines(making: Making, block: Table, numbers: Sequence[int]) -> list[TableRow]:
    """The rows of a table with some numbers."""
    shown = block.sheet.rows.take(pa.array(numbers, pa.int64()))
    cells = zip(*(map(str, column.to_pylist()) for column in shown.columns), strict=True)
    marks = [block.marks[number] if number < len(block.marks) else "" for number in numbers]
    lines = [_line(making, block, words, mark) for words, mark in zip(cells, marks, strict=True)]
    return [_linked(making, block, line, number) for line, number in zip(lines, numbers, strict=True)]


def _linked(making: Making, block: Table, line: TableRow, number: int) -> TableRow:
    """A row with the links of its cells, which a table may have for its first rows only."""
    links = {column: every[number] for column, every in {0: block.links, **block.others}.items() if number < len(every)}
    found = {column: making.addresses.link(link) for column, link in links.items() if link}
    return line._replace(address=found.pop(0, line.address), others=found) if found else line


def _cut(making: Making, shown: int, found: int, text: str) -> str:
    """How many rows are shown, of all or of those with a text."""
    lang = making.lang
    if shown < found:
        return lang.text("The first {n} of {every} rows", n=lang.number(shown), every=lang.number(found))
    return lang.plural("{n} row with “{text}”", "{n} rows with “{text}”", found, text=text)


def _all(making: Making, block: Table, anchor: str) -> tuple[str, str] | None:
    """The link to all rows; None where they are too many, or all are shown."""
    kept, every = making.addresses.kept, block.sheet.rows.num_rows
    if every > MOST or (kept.get(WHOLE) == block.name and not kept.get(FIND)):
        return None
    address = making.addresses.view({WHOLE: block.name, FIND: ""})
    return f"{address}#{anchor}", making.lang.text("All {n} rows", n=making.lang.number(every))


def _search(making: Making, block: Table, anchor: str, text: str) -> Search:
    """The form that searches all rows of a table."""
    path, _, query = making.addresses.view({WHOLE: block.name, FIND: ""}).partition("?")
    # The field of the search, so that it is in sight above what is found.
    return Search(f"{path}#{anchor}-find", dict(parse_qsl(query)), FIND, text)


def _line(making: Making, block: Table, cells: Sequence[str], mark: str) -> TableRow:
    if block.key is None or not mark:
        return TableRow(cells, "", here=False)
    anchor = Passport(block.key, "", ()).anchor
    return TableRow(
        cells, f"{making.addresses.view({block.key.name: mark})}#{anchor}", making.values[block.key.name] == mark
    )
