"""Shows a page on the desk: its declaration with Streamlit's own widgets."""

import streamlit as st

from dashboard import catalog
from dashboard.forms.desk import shown
from dashboard.shell import filters, layout
from dashboard.views.figure import Values


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
        shown.every(lang, section.blocks)
