"""The pages found beside the dashboard: one numbered script each, the number is the order, the rest is its address."""

import re
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.words import terms
from data.i18n import Language

ROOT = "home"
PAGES = Path(__file__).parents[2] / "pages"
_NUMBERED = re.compile(r"(\d+)_([a-z][a-z0-9_]*)\.py")


@cache
def scripts(folder: Path = PAGES) -> dict[str, Path]:
    """Slug to script, in the order of the numbers, e.g. `region` to `.../1_region.py`."""
    found = [(name, path) for path in folder.iterdir() if (name := _NUMBERED.fullmatch(path.name))]
    return {name[2]: path for name, path in sorted(found, key=lambda pair: int(pair[0][1]))}


def pages(lang: Language) -> dict[str, StreamlitPage]:
    """Slug to page, titled in `lang`; the first is the one an address without a path opens."""
    return {slug: page(slug, lang) for slug in scripts()}


def page(slug: str, lang: Language) -> StreamlitPage:
    """The page of a slug, to link to; KeyError if there is no such script."""
    first = slug == next(iter(scripts()))
    # Streamlit opens its default page at the root only; its own name belongs to the alias.
    return st.Page(
        scripts()[slug], title=terms.term(lang, "page", slug), url_path=ROOT if first else slug, default=first
    )


def alias(lang: Language) -> StreamlitPage:
    """The first page under its own name as well (`/region`), kept out of the menu."""
    slug, path = next(iter(scripts().items()))
    return st.Page(path, title=terms.term(lang, "page", slug), url_path=slug, visibility="hidden")


def paths(slug: str) -> tuple[str, ...]:
    """The last parts of the addresses of a page; the first page is at the root as well."""
    return ("", slug) if slug == next(iter(scripts())) else (slug,)
