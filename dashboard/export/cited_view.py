"""A view as files, as a citation and as code: bytes and texts, whoever shows them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlencode

import polars as pl

from dashboard import menu, site, store
from dashboard.export import archive, citation, formats, scripts, workbook
from dashboard.export.metadata import Metadata, metadata, open_rows
from dashboard.subjects import api_addresses
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.corrections import words as corrections_words
from dashboard.views.page import Page
from dashboard.views.rows import Rows
from dashboard.words import served
from dashboard.words.source_facts import withheld
from data.i18n import Language
from data.number_states import with_states

# The folder of the pages of snapshots, by their ids.
KEPT = "s"
# What may stand in an address as it is.
SAFE = ",:"
FileWriter = Callable[[pl.DataFrame, Metadata], bytes]
# By ending: what the button says, the media type, and what writes the file.
FORMATS: dict[str, tuple[str, str, FileWriter]] = {
    "csv": ("CSV", "text/csv", lambda rows, of_rows: formats.csv(rows, of_rows.snapshot)),
    "parquet": ("Parquet", "application/vnd.apache.parquet", formats.parquet),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook.xlsx),
    "json": ("JSON", "application/json", formats.as_json),
    "zip": ("ZIP", "application/zip", archive.archive),
}
# By language: the lines that read the rows of a view from its Parquet file.
READERS = {
    "python": 'import pandas as pd\n\nrows = pd.read_parquet("{file}")\n',
    "r": 'library(arrow)\n\nrows <- read_parquet("{file}")\n',
}


class ReadingCode(NamedTuple):
    """A sentence, and code by its language."""

    sentence: str
    code: Sequence[tuple[str, str]]


def rows_of(view: Rows) -> pl.DataFrame:
    """The rows of a view that may be passed on, each with the state of its figure."""
    return with_states(open_rows(view.rows().lazy(), withheld(store.snapshot().manifest))).collect()


def cited(view: Rows, rows: pl.DataFrame, address: str) -> citation.Cited:
    """The parts of a view's citation.

    Args:
        address: the public link that opens the view again; may be empty.
    """
    manifest = store.snapshot().manifest
    sources = citation.cited_sources(rows, manifest, view.sources)
    return citation.Cited(view.name, view.title, address, store.snapshot().id, manifest["created"], sources)


def file_of(view: Rows, ending: str, lang: Language, address: str, filters: list[tuple[str, str]]) -> bytes:
    """A view as a file of one of `FORMATS`; `filters` are its filters in words."""
    rows = rows_of(view)
    of_view = cited(view, rows, address)
    releases = served.lines(lang, releases_of(view, rows))
    named = [(lang.text("Releases of these rows"), line) for line in releases]
    of_rows = metadata(
        lang, store.snapshot(), of_view, rows.columns, [*named, *filters], corrections_tables.within(rows)
    )
    code = scripts.scripts(view.code, view.name, store.snapshot().id, tables_address()) if view.code else {}
    return FORMATS[ending][2](rows, replace(of_rows, scripts=code))


def address(lang: Language, page: Page, texts: Mapping[str, str], public: str | None = None) -> str:
    """The public address of a view at its snapshot, for citations; empty if the site has none.

    Args:
        texts: of all filters of the view, because defaults may change.
        public: the public address of the site; by default as set.
    """
    root = site.public_address() if public is None else public.rstrip("/")
    in_path = {spec.name for spec in page.path}
    query = {name: text for name, text in texts.items() if name not in in_path}
    filters = f"?{urlencode(query, safe=SAFE)}" if query else ""
    return f"{root}/{KEPT}/{store.snapshot().id}/{lang.code}/{menu.path(page, texts)}{filters}" if root else ""


def tables_address() -> str:
    """The public address of the tables; empty if none is set."""
    root = site.public_address()
    return f"{root}{api_addresses.ROOT}" if root else ""


def releases_of(view: Rows, rows: pl.DataFrame) -> tuple[served.Served, ...]:
    """The releases that the rows of a view come from; none for rows without a release."""
    cells = view.cells() if view.cells else rows
    return served.served(cells) if {"source", "release"} <= set(cells.columns) else ()


def readers(view: Rows) -> dict[str, str]:
    """By language: lines that read the Parquet file of a view, in the folder where it was saved."""
    return {language: lines.format(file=file_name(view.name, "parquet")) for language, lines in READERS.items()}


def file_name(name: str, ending: str) -> str:
    """The name of a saved file, which includes the snapshot."""
    return f"atalaya_{name}_{store.snapshot().id}.{ending}"


def refusal(lang: Language, excess: dict[str, int]) -> str:
    """Why a view does not fit into a workbook (`dashboard.export.workbook.too_much`)."""
    if "rows" in excess:
        return lang.text(
            "The view has {n} rows; an Excel sheet takes at most {most}. Use CSV or Parquet.",
            n=lang.number(excess["rows"]),
            most=lang.number(workbook.MOST_ROWS),
        )
    return lang.text(
        "A text has {n} characters; an Excel cell takes at most {most}. Use CSV or Parquet.",
        n=lang.number(excess["characters"]),
        most=lang.number(workbook.LONGEST),
    )


def remarks(lang: Language, rows: pl.DataFrame) -> list[str]:
    """What is to be known of the files of some rows: the corrections in them."""
    return corrections_words.enclosed(lang, corrections_tables.within(rows).height)


def citations(lang: Language, of_view: citation.Cited) -> dict[str, str]:
    """How to cite a view, by the name of the form."""
    return {
        lang.text("As text"): citation.text(lang, of_view),
        "BibTeX": citation.bibtex(lang, of_view),
        "RIS": citation.ris(lang, of_view),
        "CSL-JSON": citation.csl(lang, of_view),
    }


def code(lang: Language, view: Rows) -> tuple[ReadingCode, ...]:
    """How programs read the rows of a view: from the tables, and from its own file."""
    from_tables = lang.text(
        "This code reads the rows of this view, or the rows behind it, from the tables on the page “{page}”. "
        "In the ZIP file it is a script that also compares them with the rows of this view.",
        page=menu.title(lang, "sources"),
    )
    tables = store.snapshot().id, tables_address()
    lines = [("python", view.code.polars(*tables)), ("r", view.code.r(*tables))] if view.code else []
    from_file = lang.text(
        "In pandas or in R, read the Parquet file under “{button}”: it has the rows of this view.",
        button=lang.text("Download these rows"),
    )
    return ReadingCode(from_tables, lines), ReadingCode(from_file, list(readers(view).items()))
