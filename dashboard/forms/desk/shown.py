"""How each block of a page is shown on the desk: a function for each class of `dashboard.views.page.Block`.

A filter is set before a run, from a callback; the page then declares its blocks anew for all values.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial, singledispatch
from itertools import groupby

import polars as pl
import pyarrow as pa
import streamlit as st

from dashboard.briefing import button
from dashboard.export import downloads
from dashboard.forms.desk import figures, workbooks
from dashboard.present import board
from dashboard.shell import blocks, filters, layout, state_names
from dashboard.views import page
from dashboard.views.filters import Form, NamedFilter
from dashboard.views.page import Block, Link
from data.i18n import Language

# The rows of a table that is all in sight.
FEW = 40
# Blocks that stand on one line with others of these classes.
SMALL = (page.Link, page.BriefingFiles, page.Terms, page.Chooser)
CHOOSER = 320
LARGE = 720
FACT = 280
# The indent of a nested list in Markdown.
INDENT = "    "


def plain(words: str) -> str:
    """Words of a declaration, which are never Markdown; however long, they are not cut."""
    return layout.plain(words, len(words))


def every(lang: Language, listed: Sequence[Block], beside: int = 1) -> None:
    """Show blocks one below the other; small ones beside each other.

    Args:
        beside: how many columns share the width of the page.
    """
    for small, group in groupby(listed, _small):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium") if small else nullcontext():
            for block in group:
                if isinstance(block, page.Graphic):
                    _graphic(block, lang, beside)
                else:
                    _show(block, lang)


def _small(block: Block) -> bool:
    return isinstance(block, SMALL) and not (isinstance(block, page.Chooser) and block.large)


@singledispatch
def _show(block: Block, _lang: Language) -> None:
    raise TypeError(block)


@_show.register
def _remarks(block: page.Remarks, _lang: Language) -> None:
    item = "- " if len(block.lines) > 1 else ""
    if block.lines:
        st.markdown("\n".join(f"{item}{plain(line)}" for line in block.lines))


@_show.register
def _text(block: page.Text, _lang: Language) -> None:
    kinds: dict[str, Callable[[str], object]] = {"plain": st.markdown, "small": st.caption, "notice": st.info}
    if block.paragraphs:
        kinds[block.kind]("\n\n".join(map(plain, block.paragraphs)))


@_show.register
def _heading(block: page.Heading, _lang: Language) -> None:
    st.subheader(plain(block.words), anchor=False)


@_show.register
def _links(block: page.Links, lang: Language) -> None:
    if all(map(_within, block.links)):
        st.markdown(" · ".join(map(_anchored, block.links)))
        return
    with st.container(horizontal=True, gap="medium"):
        for link in block.links:
            _link(link, lang)


def _within(link: Link) -> bool:
    """Whether a link leads to a place on the page as it is."""
    return bool(link.anchor) and not link.page and not link.filters


def _anchored(link: Link) -> str:
    return f"[{plain(link.words)}](#{link.anchor})"


@_show.register
def _link(block: Link, lang: Language) -> None:
    if _within(block):
        st.markdown(_anchored(block))
    elif block.page in {"", filters.session().page}:
        key, follow = filters.key("link"), partial(filters.put_texts, block.filters)
        st.button(plain(block.words), key=key, on_click=follow, type="tertiary")
    else:
        layout.link(lang, block.page, block.words, **block.filters)


def _follow(lang: Language, link: Link) -> None:
    """Go to where a link leads, from a callback."""
    if link.page in {"", filters.session().page}:
        filters.put_texts(link.filters)
    else:
        layout.go(lang, link.page, **link.filters)


@_show.register
def _pairs(block: page.Pairs, lang: Language) -> None:
    address = layout.outside(block.address)
    if address and block.rows:
        blocks.facts(lang, block.rows, address, plain(block.words))
    elif address:
        st.markdown(f"[{plain(block.words)}]({address})")
    elif block.rows:
        blocks.pairs(lang, block.rows)


@_show.register
def _entries(block: page.Entries, _lang: Language) -> None:
    links = {one.address: f" [{plain(block.words)}]({one.address})" for one in block.entries if one.address}
    lines = (f"{INDENT * one.depth}- {plain(one.words)}{links.get(one.address, '')}" for one in block.entries)
    st.caption(plain(block.label))
    st.markdown("\n".join(lines))


@_show.register
def _code(block: page.Code, _lang: Language) -> None:
    st.caption(plain(block.label))
    st.code(block.text, language=block.language or None, wrap_lines=True)


@_show.register
def _key_figures(block: page.KeyFigures, lang: Language) -> None:
    with st.container(horizontal=True):
        for one in block.figures:
            with st.container(border=True, gap=None, width=FACT):
                st.markdown(f"**{plain(one.figure)}**")
                if one.link and one.linked:
                    # A link of Streamlit's is cut where its place ends; a button is wrapped.
                    key, follow = filters.key("fact"), partial(_follow, lang, one.link)
                    st.button(plain(one.label), key=key, on_click=follow, type="tertiary", wrap=True)
                else:
                    st.markdown(plain(one.label))
                if one.lines:
                    st.caption("  \n".join(map(plain, one.lines)))
                if one.link and not one.linked:
                    _link(one.link, lang)


@_show.register
def _controls(block: page.Controls, lang: Language) -> None:
    visit = filters.session()
    with st.container(key=filters.key("controls"), horizontal=True, vertical_alignment="bottom", gap="medium"):
        _each_control(block, block.filters)
        visit.passports = visit.passports or st.container(width="content")
    if block.more:
        with st.expander(lang.text("More filters"), key=filters.key("more")):
            _each_control(block, block.more)


def _each_control(block: page.Controls, specs: Sequence[NamedFilter]) -> None:
    for spec in specs:
        filters.control(spec, buttons=spec.name in block.buttons, alphabetical=spec.name in block.alphabetical)


@_show.register
def _graphic(block: page.Graphic, lang: Language, beside: int = 1) -> None:
    opens = block.opens

    def opened(mark: str) -> None:
        if opens and (link := opens(mark)):
            _follow(lang, link)

    key, on_open = filters.key(f"figure.{block.name}"), opened if opens else None
    figures.show(lang, block.name, block.values, key=key, years=block.years, on_open=on_open, beside=beside)


@_show.register
def _preview(block: page.Preview, lang: Language) -> None:
    if layout.medium().narrow:
        return
    _link(block.link, lang)
    shown, opens = block.graphic, block.graphic.opens

    def opened(mark: str) -> None:
        if opens and (link := opens(mark)):
            _follow(lang, link)

    key = filters.key(f"preview.{shown.name}")
    figures.preview(lang, shown.name, shown.values, key=key, on_open=opened if opens else None)


@_show.register
def _beside(block: page.Beside, lang: Language) -> None:
    columns = [column for column in block.columns if column]
    if not columns:
        return
    for place, column in zip(st.columns(len(columns), gap="medium"), columns, strict=True):
        with place:
            every(lang, column, len(columns))


@_show.register
def _table(block: page.Table, lang: Language) -> None:
    if not block.sheet.rows.num_rows:
        return
    spec, key = block.key, f"table.{block.name}"
    if block.wrapped and not (spec or block.searched) and block.sheet.rows.num_rows <= FEW:
        # Streamlit reads the cells of such a table as Markdown.
        cells = {
            plain(name): [plain(str(cell)) for cell in column] for name, column in block.sheet.rows.to_pydict().items()
        }
        st.table(pa.table(cells), hide_index=True, alt=block.title)
        return
    if spec:
        st.caption(lang.text("Select a row to see its source (keyboard: Shift + space bar)."))
    marks = pl.DataFrame({"mark": list(block.marks) if spec else [""] * block.sheet.rows.num_rows})
    sheet, found = blocks.narrowed(lang, block.sheet, marks, key, searched=block.searched)
    on_choice = partial(_selected, spec, key, found["mark"].to_list()) if spec else None
    blocks.choice(lang, sheet, block.title, key, on_choice, wrapped=block.wrapped)


def _selected(spec: Form, key: str, marks: Sequence[str]) -> None:
    """Open the passport of the selected row; deselecting a row closes only its own."""
    row = next(iter(st.session_state[key].selection.rows), None)
    if row is not None and row < len(marks):
        filters.put(spec, marks[row])
    elif filters.value(spec) in marks:
        filters.put(spec, spec.default)


@_show.register
def _passport(block: page.Passport, lang: Language) -> None:
    if above := filters.session().passports:
        above.markdown(f"[{plain(block.heading)}](#{block.anchor})")
    with st.container(border=True, key=f"opened.{block.key.name}"):
        st.header(plain(block.heading), anchor=block.anchor)
        every(lang, block.blocks)
        if not block.blocks:
            st.info(lang.text("The item in this link is not in this table."))
        close = partial(filters.put, block.key, block.key.default)
        st.button(lang.text("Close"), key=f"close.{block.key.name}", on_click=close)


@_show.register
def _files(block: page.Files, lang: Language) -> None:
    downloads.view(lang, block.rows)


@_show.register
def _everything(block: page.Everything, lang: Language) -> None:
    with st.container(horizontal=True):
        downloads.snapshot(lang)
        views = {view.name: view for _, view in block.tables}
        # One button for all tables: sixteen buttons took a tenth of the time of a rerun.
        labels = {view.name: label for label, view in block.tables}
        downloads.one_of(lang, lang.text("One table as a file"), labels, views.__getitem__)
    downloads.citation_of(lang, block.rows, lang.text("Cite this data version"))


@_show.register
def _briefing(block: page.BriefingFiles, lang: Language) -> None:
    button.briefing(lang, block.area or None, block.other or None)
    if not block.other:
        button.page(lang, block.area or None)


@_show.register
def _terms(block: page.Terms, lang: Language) -> None:
    with st.popover(plain(block.label), type="tertiary", key=filters.key("meanings")):
        _remarks(page.Remarks(block.lines), lang)


@_show.register
def _fold(block: page.Fold, lang: Language) -> None:
    with blocks.folded(plain(block.title), block.name) as opened:
        if opened:
            every(lang, block.blocks())


@_show.register
def _workbooks(block: page.Workbooks, lang: Language) -> None:
    workbooks.offer(block, lang)


@_show.register
def _workbook_check(_block: page.WorkbookCheck, lang: Language) -> None:
    workbooks.check(lang)


@_show.register
def _chooser(block: page.Chooser, lang: Language) -> None:
    key, words = filters.key(f"go.{block.page}.{block.filter.name}"), dict(block.options)
    st.selectbox(
        block.label,
        list(words),
        index=None,
        format_func=partial(state_names.in_list, words.__getitem__),
        key=key,
        placeholder=lang.text("Choose an option"),
        on_change=partial(_chosen, lang, block, key),
        width=LARGE if block.large else CHOOSER,
    )


def _chosen(lang: Language, block: page.Chooser, key: str) -> None:
    """Go on with the chosen option; nothing stays chosen in the list."""
    if option := st.session_state[key]:
        filters.keep(key, None)
        _follow(lang, Link(block.page, block.label, {**block.given, block.filter.name: option}))


@_show.register
def _show_of_scenes(block: page.Show, lang: Language) -> None:
    board.show(lang, block, figures.show)
