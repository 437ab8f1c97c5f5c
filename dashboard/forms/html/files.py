"""What a page offers to take away: rows as files, their citation and code, and a briefing."""

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.briefing import formats
from dashboard.export import cited_view, workbook
from dashboard.export.snapshot_files import shelf
from dashboard.forms.html.making import Making
from dashboard.views.page import BriefingFiles, Code, Everything, Files
from dashboard.words import terms
from data.snapshot import BOUNDARIES


class Address(NamedTuple):
    """A file: its address and words."""

    address: str
    words: str


class Offer(NamedTuple):
    """The rows of a view.

    Attributes:
        files: their addresses; sentences: what is to be known of them.
        citations: how to cite them.
        code: sentences, each with code that reads them.
    """

    files: Sequence[Address]
    sentences: Sequence[str]
    citations: Sequence[Code]
    code: Sequence[tuple[str, Sequence[Code]]]


class All(NamedTuple):
    """All data.

    Attributes:
        files: those of everything; tables: those of each table, by its words.
        citations: how to cite all of it.
    """

    files: Sequence[Address]
    tables: Sequence[tuple[str, Sequence[Address]]]
    citations: Sequence[Code]


class Papers(NamedTuple):
    """A briefing: its files, and its one page to print, if it has one."""

    files: Sequence[Address]
    page: Address | None


def offer(making: Making, block: Files) -> Offer:
    """The rows of a view as files, as a citation and as code."""
    lang, view = making.lang, block.rows
    rows = cited_view.rows_of(view)
    excess = workbook.too_much(rows)
    endings = {ending: cited_view.FORMATS[ending][0] for ending in making.addresses.rows}
    files = [
        Address(making.addresses.file(view.block, ending), label)
        for ending, label in endings.items()
        if ending != "xlsx" or not excess
    ]
    sentences = [lang.plural("{n} row", "{n} rows", rows.height), *cited_view.remarks(lang, rows)]
    citations = cited_view.citations(lang, view, making.addresses.cited(view.specs))
    code = cited_view.code(lang, view) if view.code else ()
    # The last part reads the Parquet file of the view.
    code = code if "parquet" in endings else code[:-1]
    return Offer(
        files,
        [*sentences, *([cited_view.refusal(lang, excess)] if excess else [])],
        [Code(label, text) for label, text in citations.items()],
        [(part.sentence, [Code("", text, language) for language, text in part.code]) for part in code],
    )


def everything(making: Making, block: Everything) -> All:
    """All data as files; the rows of a table are read when its file is made."""
    lang, addresses = making.lang, making.addresses
    package = Address(addresses.file(block.rows.block, "zip"), lang.text("Everything (ZIP)"))
    outlines = Address(addresses.file(BOUNDARIES, "parquet"), f"{terms.term(lang, 'table', BOUNDARIES)} (GeoParquet)")
    tables = [
        (label, [Address(addresses.file(view.block, one), cited_view.FORMATS[one][0]) for one in addresses.tables])
        for label, view in block.tables
    ]
    citations = cited_view.citations(lang, block.rows, addresses.cited(block.rows.specs))
    return All(
        [package, *([outlines] if BOUNDARIES in shelf().names else [])],
        tables,
        [Code(label, text) for label, text in citations.items()],
    )


def papers(making: Making, block: BriefingFiles) -> Papers:
    """A briefing in its forms."""
    made = {
        form: Address(address, making.lang.text(formats.FORMS[form][0]))
        for form in formats.offered(block.other or None)
        if (address := making.addresses.briefing(form))
    }
    page = made.pop("page", None)
    return Papers(list(made.values()), page)
