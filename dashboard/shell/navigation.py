"""The pages of the desk, as Streamlit knows them."""

from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.menu import MOVED, UNLISTED, scripts, title
from data.i18n import Language

# The name that Streamlit wants for the first page, which it serves at the root.
ROOT = "root"


def page(slug: str, lang: Language) -> StreamlitPage:
    """The page of a slug, to link to; KeyError if there is no such script."""
    first = slug == next(iter(scripts()))
    shown: Literal["visible", "hidden"] = "hidden" if slug in UNLISTED else "visible"
    # Streamlit serves its default page only at the root; the alias serves it under its slug.
    path = ROOT if first else slug
    return st.Page(scripts()[slug], title=title(lang, slug), url_path=path, default=first, visibility=shown)


def aliases(lang: Language) -> list[StreamlitPage]:
    """Pages at a second address, hidden from the menu: the first page under its slug, and moved ones."""
    first = next(iter(scripts()))
    every = {first: first} | MOVED
    return [
        st.Page(scripts()[slug], title=title(lang, slug), url_path=path, visibility="hidden")
        for path, slug in every.items()
    ]
