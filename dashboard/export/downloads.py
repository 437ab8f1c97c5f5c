"""What a page offers under a view: its rows as files, its citation, and the code that reads them from the tables."""

from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from dashboard import site, store, turns
from dashboard.export import api_addresses, archive, citation, formats, workbook
from dashboard.export.metadata import Metadata, filters_in_words, metadata, open_rows
from dashboard.export.snapshot_files import shelf
from dashboard.shell import blocks, filters, navigation, run
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.corrections import words as corrections_words
from dashboard.views.address import CITED
from dashboard.views.filters import LANGUAGE
from dashboard.views.rows import Rows
from dashboard.words import served, terms
from dashboard.words.source_facts import withheld
from data.i18n import Language
from data.snapshot import BOUNDARIES
from data.verified import Verified

Writer = Callable[[pl.DataFrame, Metadata], bytes]
# By ending: what the button says, the media type, and what writes the file.
FORMATS: dict[str, tuple[str, str, Writer]] = {
    "csv": ("CSV", "text/csv", lambda rows, of_rows: formats.csv(rows, of_rows.snapshot)),
    "parquet": ("Parquet", "application/vnd.apache.parquet", formats.parquet),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook.xlsx),
    "zip": ("ZIP", "application/zip", archive.archive),
}
# By language: the lines that read the rows of a view from its Parquet file.
READERS = {
    "python": 'import pandas as pd\n\nrows = pd.read_parquet("{file}")\n',
    "r": 'library(arrow)\n\nrows <- read_parquet("{file}")\n',
}


def view(lang: Language, view: Rows) -> None:
    """Buttons for the files of a view, its citation and its code, on one line; each is made when it is opened."""
    with st.container(horizontal=True, gap="small"):
        files(lang, view)
        _popover(lang.text("Cite this view"), f"cite.{view.block}", lambda: _cite(lang, view))
        if view.code:
            _popover(lang.text("This view as code"), f"code.{view.block}", lambda: _code(lang, view))


def _popover(label: str, key: str, show: Callable[[], None]) -> None:
    part = st.popover(label, key=key, on_change="rerun")
    with part:
        if part.open:
            show()


def citation_of(lang: Language, view: Rows, label: str) -> None:
    """How to cite a view, in a part that opens."""
    with blocks.folded(label, f"cite.{view.block}") as opened:
        if opened:
            _cite(lang, view)


def snapshot(lang: Language) -> None:
    """Buttons for the data package of everything, and for the polygons."""
    every = shelf()
    _button(lang.text("Everything (ZIP)"), partial(every.archive, lang), "snapshot", "zip")
    if BOUNDARIES in every.names:
        label = f"{terms.term(lang, 'table', BOUNDARIES)} (GeoParquet)"
        _button(label, lambda: every.parquet(BOUNDARIES).read_bytes(), BOUNDARIES, "parquet")


def files(lang: Language, view: Rows, label: str = "") -> None:
    """One button that opens to the formats of a view's files."""
    _popover(label or lang.text("Download these rows"), f"files.{view.block}", lambda: _formats(lang, view))


def one_of(lang: Language, label: str, tables: Mapping[str, str], view: Callable[[str], Rows]) -> None:
    """One button that opens to a choice of tables, by name and in words, and to the formats of the chosen one."""

    def show() -> None:
        name = st.selectbox(lang.text("Table"), list(tables), format_func=tables.__getitem__, key="files.one.table")
        _formats(lang, view(name))

    _popover(label, "files.one", show)


def rows_of(view: Rows) -> pl.DataFrame:
    """The rows of a view that may be passed on."""
    return open_rows(view.rows().lazy(), withheld(store.snapshot().manifest)).collect()


def cited(view: Rows, rows: pl.DataFrame, address: str) -> citation.Cited:
    """The parts of a view's citation."""
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
    return FORMATS[ending][2](rows, of_rows)


def releases_of(view: Rows, rows: pl.DataFrame) -> tuple[served.Served, ...]:
    """The releases that the rows of a view come from; none for rows without a release."""
    cells = view.cells() if view.cells else rows
    return served.served(cells) if {"source", "release"} <= set(cells.columns) else ()


def address(view: Rows) -> str:
    """The public link that opens the view again; empty if no public address is configured."""
    root = site.public_address()
    return f"{root}/{view.page}?{urlencode(link(view), safe=',')}" if root else ""


def link(view: Rows) -> dict[str, str]:
    """The parameters of the view's address, with all values (defaults may change) and the snapshot."""
    parameters = {spec.name: spec.write(filters.value(spec)) for spec in view.specs}
    return {LANGUAGE.name: filters.spoken().code} | parameters | {CITED: store.snapshot().id}


def _formats(lang: Language, view: Rows) -> None:
    rows = rows_of(view)
    st.caption(lang.plural("{n} row", "{n} rows", rows.height))
    for sentence in corrections_words.enclosed(lang, corrections_tables.within(rows).height):
        st.caption(sentence)
    excess = workbook.too_much(rows)
    words = filters_in_words(lang, view.specs, filters.values(*view.specs))
    with st.container(horizontal=True, gap="small"):
        for ending, (label, _, _) in FORMATS.items():
            data = partial(file_of, view, ending, lang, address(view), words)
            _button(label, data, view.name, ending, view.block, disabled=ending == "xlsx" and bool(excess))
    if excess:
        st.caption(_refusal(lang, excess))


def _button(
    label: str, data: Callable[[], bytes], name: str, ending: str, block: str = "", *, disabled: bool = False
) -> None:
    """A download button; the file is made on the click, and its name includes the snapshot."""
    st.download_button(
        label,
        partial(_made, store.snapshot(), run.names(), data),
        file_name=_file_name(name, ending),
        mime=FORMATS[ending][1],
        key=f"download.{block or name}.{ending}",
        on_click="ignore",
        disabled=disabled,
    )


def readers(view: Rows) -> dict[str, str]:
    """By language: lines that read the Parquet file of a view, in the folder where it was saved."""
    return {language: lines.format(file=_file_name(view.name, "parquet")) for language, lines in READERS.items()}


def _file_name(name: str, ending: str) -> str:
    return f"atalaya_{name}_{store.snapshot().id}.{ending}"


def _made(snapshot: Verified, names: tuple[str, ...], data: Callable[[], bytes]) -> bytes:
    """A file of the snapshot on the reader's page, in its turn; another may be shown since the page was made."""
    with turns.FILES.taken(*names), store.reading(snapshot):
        return data()


def _refusal(lang: Language, excess: dict[str, int]) -> str:
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


def _cite(lang: Language, view: Rows) -> None:
    of_view = cited(view, rows_of(view), address(view))
    citations = {
        lang.text("As text"): citation.text(lang, of_view),
        "BibTeX": citation.bibtex(lang, of_view),
        "CSL-JSON": citation.csl(lang, of_view),
    }
    for label, text in citations.items():
        st.caption(label)
        st.code(text, language=None, wrap_lines=True)


def _code(lang: Language, view: Rows) -> None:
    sentence = lang.text(
        "This code reads the rows of this view, or the rows behind it, from the tables on the page “{page}”.",
        page=navigation.title(lang, "sources"),
    )
    st.markdown(sentence)
    root = site.public_address()
    at = f"{root}{api_addresses.ROOT}" if root else ""
    if view.code:
        st.code(view.code.text(store.snapshot().id, at), language="python", wrap_lines=True)
    sentence = lang.text(
        "In pandas or in R, read the Parquet file under “{button}”: it has the rows of this view.",
        button=lang.text("Download these rows"),
    )
    st.markdown(sentence)
    for language, lines in readers(view).items():
        st.code(lines, language=language, wrap_lines=True)
