"""What a page offers under a view: its rows as files, its citation, and the code that reads them from the tables."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from dashboard import catalog, store, turns
from dashboard.export import cited_view, workbook
from dashboard.export.cited_view import (
    FORMATS,
    citations,
    cited,
    code,
    file_name,
    file_of,
    refusal,
    remarks,
    rows_of,
)
from dashboard.export.metadata import filters_in_words
from dashboard.export.snapshot_files import shelf
from dashboard.shell import blocks, filters, run
from dashboard.views.rows import Rows
from dashboard.words import terms
from data.i18n import Language
from data.snapshot import BOUNDARIES
from data.verified import Verified


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


def files(lang: Language, view: Rows) -> None:
    """One button that opens to the formats of a view's files."""
    _popover(lang.text("Download these rows"), f"files.{view.block}", lambda: _formats(lang, view))


def one_of(lang: Language, label: str, tables: Mapping[str, str], view: Callable[[str], Rows]) -> None:
    """One button that opens to a choice of tables, by name and in words, and to the formats of the chosen one."""

    def show() -> None:
        name = st.selectbox(lang.text("Table"), list(tables), format_func=tables.__getitem__, key="files.one.table")
        _formats(lang, view(name))

    _popover(label, "files.one", show)


def address(lang: Language, view: Rows) -> str:
    """The public link that opens the view again as a document; empty if no public address is configured."""
    texts = {spec.name: spec.write(filters.value(spec)) for spec in view.specs}
    return cited_view.address(lang, catalog.pages()[view.page], texts)


def _formats(lang: Language, view: Rows) -> None:
    rows = rows_of(view)
    st.caption(lang.plural("{n} row", "{n} rows", rows.height))
    for sentence in remarks(lang, rows):
        st.caption(sentence)
    excess = workbook.too_much(rows)
    words = filters_in_words(lang, view.specs, filters.values(*view.specs))
    with st.container(horizontal=True, gap="small"):
        for ending, (label, _, _) in FORMATS.items():
            data = partial(file_of, view, ending, lang, address(lang, view), words)
            _button(label, data, view.name, ending, view.block, disabled=ending == "xlsx" and bool(excess))
    if excess:
        st.caption(refusal(lang, excess))


def _button(
    label: str, data: Callable[[], bytes], name: str, ending: str, block: str = "", *, disabled: bool = False
) -> None:
    """A download button; the file is made on the click, and its name includes the snapshot."""
    st.download_button(
        label,
        partial(_made, store.snapshot(), run.names(), data),
        file_name=file_name(name, ending),
        mime=FORMATS[ending][1],
        key=f"download.{block or name}.{ending}",
        on_click="ignore",
        disabled=disabled,
    )


def _made(snapshot: Verified, names: tuple[str, ...], data: Callable[[], bytes]) -> bytes:
    """A file of the snapshot on the reader's page, in its turn; another may be shown since the page was made."""
    with turns.FILES.taken(*names), store.reading(snapshot):
        return data()


def _cite(lang: Language, view: Rows) -> None:
    for label, text in citations(lang, cited(view, rows_of(view), address(lang, view))).items():
        st.caption(label)
        st.code(text, language=None, wrap_lines=True)


def _code(lang: Language, view: Rows) -> None:
    for part in code(lang, view):
        st.markdown(part.sentence)
        for language, lines in part.code:
            st.code(lines, language=language, wrap_lines=True)
