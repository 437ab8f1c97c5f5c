"""What a page offers to take away: rows as files, their citation and code, and a briefing."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dashboard.briefing import formats
from dashboard.export import cited_view, workbook
from dashboard.export.citation import Cited
from dashboard.export.snapshot_files import shelf
from dashboard.forms.html.making import Making
from dashboard.views.page import BriefingFiles, Code, Everything, Files
from dashboard.words import terms
from data.snapshot import BOUNDARIES

# The columns that say what rows are about.
DESCRIBED = ("indicator", "area", "year")


class Address(NamedTuple):
    """A file: its address and words, and the media type of rows."""

    address: str
    words: str
    kind: str = ""


class Offer(NamedTuple):
    """The rows of a view.

    Attributes:
        files: their addresses; sentences: what is to be known of them.
        cited: the parts of their citation; citations: how to cite them.
        codes: what the rows have of the columns of `DESCRIBED`.
        code: sentences, each with code that reads them.
    """

    files: Sequence[Address]
    sentences: Sequence[str]
    cited: Cited
    citations: Sequence[Code]
    codes: Mapping[str, Sequence[Any]]
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
    """The rows of a view as files, as a citation and as code; the document keeps it, for its head."""
    lang, view = making.lang, block.rows
    rows = cited_view.rows_of(view)
    excess = workbook.too_much(rows)
    endings = making.addresses.rows
    files = [
        Address(making.addresses.file(view.block, ending), *cited_view.FORMATS[ending][:2])
        for ending in endings
        if ending != "xlsx" or not excess
    ]
    sentences = [lang.plural("{n} row", "{n} rows", rows.height), *cited_view.remarks(lang, rows)]
    cited = cited_view.cited(view, rows, making.addresses.cited(view.specs))
    code = cited_view.code(lang, view) if view.code else ()
    # The last part reads the Parquet file of the view.
    code = code if "parquet" in endings else code[:-1]
    offered = Offer(
        files,
        [*sentences, *([cited_view.refusal(lang, excess)] if excess else [])],
        cited,
        [Code(label, text) for label, text in cited_view.citations(lang, cited).items()],
        {name: rows[name].drop_nulls().unique().sort().to_list() for name in DESCRIBED if name in rows.columns},
        [(part.sentence, [Code("", text, language) for language, text in part.code]) for part in code],
    )
    making.offers.append(offered)
    return offered


def everything(making: Making, block: Everything) -> All:
    """All data as files; the rows of a table are read when its file is made."""
    lang, addresses = making.lang, making.addresses
    package = Address(addresses.file(block.rows.block, "zip"), lang.text("Everything (ZIP)"))
    outlines = Address(addresses.file(BOUNDARIES, "parquet"), f"{terms.term(lang, 'table', BOUNDARIES)} (GeoParquet)")
    tables = [
        (label, [Address(addresses.file(view.block, one), cited_view.FORMATS[one][0]) for one in addresses.tables])
        for label, view in block.tables
    ]
    cited = cited_view.cited(block.rows, cited_view.rows_of(block.rows), addresses.cited(block.rows.specs))
    return All(
        [package, *([outlines] if BOUNDARIES in shelf().names else [])],
        tables,
        [Code(label, text) for label, text in cited_view.citations(lang, cited).items()],
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
