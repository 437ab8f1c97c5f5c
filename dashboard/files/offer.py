"""What stands under a view: its rows as files, how to cite it, and the code that reads them from the tables."""

from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import urlencode, urlsplit

import polars as pl
import streamlit as st

from dashboard import api, blocks, citation, corrected, filters, navigation, store, terms
from dashboard.describe import corrections
from dashboard.describe.asked import asked
from dashboard.describe.enclosed import enclosed
from dashboard.files import archive, delimited, parquet, rights, views, workbook
from dashboard.files.enclosed import Enclosed
from dashboard.files.shelf import shelf
from dashboard.files.views import View
from data.i18n import Language
from data.snapshot import BOUNDARIES

Made = Callable[[pl.DataFrame, Enclosed], bytes]
# Ending, what the button says, media type, and who makes it.
FORMS: dict[str, tuple[str, str, Made]] = {
    "csv": ("CSV", "text/csv", lambda rows, told: delimited.csv(rows, told.snapshot)),
    "parquet": ("Parquet", "application/vnd.apache.parquet", parquet.parquet),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook.xlsx),
    "zip": ("ZIP", "application/zip", archive.archive),
}


def view(lang: Language, wanted: View) -> None:
    """The files of a view, its citation and its code, on one line; each is made when it is asked for."""
    with st.container(horizontal=True, gap="small"):
        files(lang, wanted)
        _folded(lang.text("Cite this view"), f"cite.{wanted.block}", lambda: _cite(lang, wanted))
        if wanted.code:
            _folded(lang.text("This view as code"), f"code.{wanted.block}", lambda: _code(lang, wanted))


def _folded(label: str, key: str, show: Callable[[], None]) -> None:
    part = st.popover(label, key=key, on_change="rerun")
    with part:
        if part.open:
            show()


def citation_of(lang: Language, wanted: View, label: str) -> None:
    """How to cite a view, to copy."""
    with blocks.folded(label, f"cite.{wanted.block}") as opened:
        if opened:
            _cite(lang, wanted)


def snapshot(lang: Language) -> None:
    """Buttons for everything: the data package, and the polygons, which are no rows of cells."""
    held = shelf()
    _button(lang.text("Everything (ZIP)"), partial(held.archive, lang), "snapshot", "zip")
    if BOUNDARIES in held.names:
        label = f"{terms.table(lang, BOUNDARIES)} (GeoParquet)"
        _button(label, lambda: held.parquet(BOUNDARIES).read_bytes(), BOUNDARIES, "parquet")


def files(lang: Language, view: View, label: str = "") -> None:
    """One button that opens to the formats of a file."""
    part = st.popover(label or lang.text("Download these rows"), key=f"files.{view.block}", on_change="rerun")
    with part:
        if part.open:
            _forms(lang, view)


def one_of(lang: Language, label: str, held: Mapping[str, str], view: Callable[[str], View]) -> None:
    """One button that opens to a choice among several views, by name and in words, and to the formats of the chosen."""
    part = st.popover(label, key="files.one", on_change="rerun")
    with part:
        if part.open:
            name = st.selectbox(lang.text("Table"), list(held), format_func=held.__getitem__, key="files.one.table")
            _forms(lang, view(name))


def rows_of(view: View) -> pl.DataFrame:
    """The rows of a view that may be passed on."""
    return rights.passed_on(view.rows().lazy(), rights.withheld(store.snapshot().manifest)).collect()


def cited(view: View, rows: pl.DataFrame, address: str) -> citation.Cited:
    """What the citation of a view is made of."""
    manifest = store.snapshot().manifest
    found = citation.rests(rows, manifest, view.sources)
    return citation.Cited(view.name, view.title, address, store.snapshot().id, manifest["created"], found)


def made(form: str, lang: Language, view: View, address: str, told: list[tuple[str, str]]) -> bytes:
    """A view as a file of one of `FORMS`."""
    rows = rows_of(view)
    said = corrected.within(rows)
    account = enclosed(lang, store.snapshot(), cited(view, rows, address), rows.columns, told, said)
    return FORMS[form][2](rows, account)


def root() -> str:
    """Where the reader's browser found this server, e.g. `https://example.org`; empty where it does not say."""
    scheme, place, path, *_ = urlsplit(st.context.url or "")
    way = path.strip("/").split("/")
    above = way[:-1] if way[-1] in {*navigation.scripts(), navigation.ROOT} else way
    return "/".join([f"{scheme}://{place}", *filter(None, above)]) if place else ""


def address(view: View) -> str:
    """The link that opens the view again."""
    return f"{root()}/{view.page}?{urlencode(views.link(view), safe=',')}"


def _forms(lang: Language, view: View) -> None:
    rows = rows_of(view)
    st.caption(lang.plural("{n} row, snapshot {id}", "{n} rows, snapshot {id}", rows.height, id=store.snapshot().id))
    for said in corrections.enclosed(lang, corrected.within(rows).height):
        st.caption(said)
    excess = workbook.too_much(rows)
    told = asked(lang, view.specs, filters.values(*view.specs))
    with st.container(horizontal=True, gap="small"):
        for form, (label, _, _) in FORMS.items():
            data = partial(made, form, lang, view, address(view), told)
            _button(label, data, view.name, form, view.block, disabled=form == "xlsx" and bool(excess))
    if excess:
        st.caption(_refusal(lang, excess))


def _button(
    label: str, data: Callable[[], bytes], name: str, form: str, block: str = "", *, disabled: bool = False
) -> None:
    """A file that is made on the click; its name says what it holds and of which snapshot."""
    st.download_button(
        label,
        data,
        file_name=f"atalaya_{name}_{store.snapshot().id}.{form}",
        mime=FORMS[form][1],
        key=f"download.{block or name}.{form}",
        on_click="ignore",
        disabled=disabled,
    )


def _refusal(lang: Language, excess: dict[str, int]) -> str:
    if "rows" in excess:
        return lang.text(
            "No Excel sheet can hold these {n} rows: it ends at {most}. Take CSV or Parquet.",
            n=lang.number(excess["rows"]),
            most=lang.number(workbook.MOST_ROWS),
        )
    return lang.text(
        "No Excel cell can hold a text of {n} characters: it ends at {most}. Take CSV or Parquet.",
        n=lang.number(excess["characters"]),
        most=lang.number(workbook.LONGEST),
    )


def _cite(lang: Language, view: View) -> None:
    told = cited(view, rows_of(view), address(view))
    said = {
        lang.text("As text"): citation.text(lang, told),
        "BibTeX": citation.bibtex(lang, told),
        "CSL-JSON": citation.csl(lang, told),
    }
    for label, text in said.items():
        st.caption(label)
        st.code(text, language=None, wrap_lines=True)


def _code(lang: Language, view: View) -> None:
    said = lang.text(
        "These lines give the rows of this view, or those it is made of, from the tables that the page {page} offers.",
        page=terms.page(lang, "sources"),
    )
    st.markdown(said)
    at = f"{root()}{api.ROOT}" if root() else ""
    if view.code:
        st.code(view.code.text(store.snapshot().id, at), language="python", wrap_lines=True)
