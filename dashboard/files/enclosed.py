"""What goes with the rows of a file, already in the reader's words."""

from dataclasses import dataclass, field

import polars as pl


@dataclass(frozen=True)
class Enclosed:
    """The account that a file gives of its rows.

    Attributes:
        name: what the rows are, in letters that every file system takes.
        title: the heading of the view.
        snapshot, created: id and day (ISO 8601) of the snapshot.
        address: the link that opens the view; empty where it has none.
        citation: the view as a text to paste.
        notes: label and sentence: as of, filters asked, how to read a figure, what is left out, the disclaimer.
        sources: whose figures they are, and under which licence, one row a source, headings as the reader reads them.
        licences: for other programs: `title` and `path` of each licence.
        columns: what each column of the rows is called on the screens.
        sheets: what the three sheets of a workbook are called: rows, sources, notes.
        account: the same as a text, `README.md` of an archive.
        disputed: what states say against figures of the rows, in words; no row where nothing is said.
        disputed_name: what its sheet is called.
    """

    name: str
    title: str
    snapshot: str
    created: str
    address: str = ""
    citation: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    sources: pl.DataFrame = field(default_factory=pl.DataFrame)
    licences: tuple[dict[str, str], ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    sheets: tuple[str, str, str] = ("Rows", "Sources", "Notes")
    account: str = ""
    disputed: pl.DataFrame = field(default_factory=pl.DataFrame)
    disputed_name: str = "Disputed"
