"""Shows a page with Streamlit's own widgets."""

from functools import singledispatch

import streamlit as st

from dashboard.catalog import pages
from dashboard.shell import blocks, filters, layout
from dashboard.views.figure import Values
from dashboard.views.page import Block, Link, Remarks
from data.i18n import Language


def show(slug: str) -> None:
    """Show a page by its slug: the whole script of a page of the desk."""
    lang = filters.spoken()
    filters.use()
    layout.header(lang, slug)
    for section in pages()[slug].sections(lang, Values(())):
        if section.heading:
            st.header(section.heading, anchor=section.anchor)
        for block in section.blocks:
            _show(block, lang)


@singledispatch
def _show(block: Block, _lang: Language) -> None:
    raise TypeError(block)


@_show.register
def _remarks(block: Remarks, _lang: Language) -> None:
    blocks.remarks(block.lines)


@_show.register
def _link(block: Link, lang: Language) -> None:
    layout.link(lang, block.page, block.words, **block.filters)
