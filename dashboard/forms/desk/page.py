"""Shows a page on the desk: its declaration with Streamlit's own widgets."""

from collections.abc import Sequence

import streamlit as st

from dashboard import catalog
from dashboard.forms.desk import shown
from dashboard.shell import filters, layout
from dashboard.views.figure import Values
from dashboard.views.page import Block
from data.i18n import Language


def show(slug: str) -> None:
    """Show a page by its slug: the whole script of a page of the desk."""
    lang, page = filters.spoken(), catalog.pages()[slug]
    filters.use(*page.filters, implied=page.implied)
    values = Values.of(filters.values(*page.filters, *page.brought))
    lead = "  \n".join(map(shown.plain, page.lead(lang, values).splitlines()))
    layout.header(lang, slug, shown.plain(page.heading(lang, values)), lead)
    for section in page.sections(lang, values):
        if section.heading:
            st.header(shown.plain(section.heading), anchor=section.anchor or False)
        blocks(lang, section.blocks)


def blocks(lang: Language, listed: Sequence[Block]) -> None:
    """Show blocks one below the other."""
    shown.every(lang, listed)
