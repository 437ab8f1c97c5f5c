"""Shows a page with Streamlit's own widgets."""

from collections.abc import Sequence
from functools import singledispatch

import streamlit as st

from dashboard.catalog import pages
from dashboard.shell import blocks as shell_blocks
from dashboard.shell import filters, layout
from dashboard.views.figure import Values
from dashboard.views.page import Block, Code, Entries, Heading, Link, Pairs, Remarks, Table, Text
from data.i18n import Language

# The indent of a nested list in Markdown.
INDENT = "    "


def show(slug: str) -> None:
    """Show a page by its slug: the whole script of a page of the desk."""
    lang = filters.spoken()
    filters.use()
    layout.header(lang, slug)
    for section in pages()[slug].sections(lang, Values(())):
        if section.heading:
            st.header(section.heading, anchor=section.anchor)
        blocks(lang, section.blocks)


def blocks(lang: Language, blocks: Sequence[Block]) -> None:
    """Show blocks in order."""
    for block in blocks:
        _show(block, lang)


@singledispatch
def _show(block: Block, _lang: Language) -> None:
    raise TypeError(block)


@_show.register
def _remarks(block: Remarks, _lang: Language) -> None:
    shell_blocks.remarks(block.lines)


@_show.register
def _link(block: Link, lang: Language) -> None:
    layout.link(lang, block.page, block.words, **block.filters)


@_show.register
def _heading(block: Heading, _lang: Language) -> None:
    st.subheader(block.words, anchor=False)


@_show.register
def _text(block: Text, _lang: Language) -> None:
    words = "\n\n".join(block.paragraphs)
    if block.kind == "small":
        st.caption(words)
    elif block.kind == "notice":
        st.info(words)
    else:
        st.markdown(words)


@_show.register
def _pairs(block: Pairs, lang: Language) -> None:
    if block.rows:
        shell_blocks.pairs(lang, block.rows)
    if block.address:
        st.markdown(f"[{block.words}]({block.address})")


@_show.register
def _code(block: Code, _lang: Language) -> None:
    st.caption(block.label)
    st.code(block.text, language=block.language or None, wrap_lines=True)


@_show.register
def _entries(block: Entries, _lang: Language) -> None:
    links = {one.address: f" [{block.words}]({one.address})" for one in block.entries if one.address}
    st.caption(block.label)
    st.markdown(
        "\n".join(
            f"{INDENT * one.depth}- {layout.plain(one.words, 600)}{links.get(one.address, '')}" for one in block.entries
        )
    )


@_show.register
def _table(block: Table, _lang: Language) -> None:
    shell_blocks.table(block.sheet, block.title, block.name, wrapped=block.wrapped)
