"""The pages of the desk: one script each, named by a number (its place in the menu) and a slug (its address)."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import catalog
from data.i18n import Language

# The name that Streamlit wants for the first page, which it serves at the root.
ROOT = "root"
# Slugs that pages had before, and the parameters of page Region when it was at the root.
MOVED = {"ledger": "declaration"}
# Pages that the menu does not list: the foot of every page links to them.
UNLISTED = frozenset({"about"})
AT_ROOT = frozenset({"indicator", "measure", "year", "latest", "edition", "of"})
PAGES = Path(__file__).parents[2] / "pages"
_NUMBERED = re.compile(r"(\d+)_([a-z][a-z0-9_]*)\.py")


@cache
def scripts(folder: Path = PAGES) -> dict[str, Path]:
    """Slug to script, in the order of the numbers, e.g. `region` to `.../1_region.py`."""
    found = [(name, path) for path in folder.iterdir() if (name := _NUMBERED.fullmatch(path.name))]
    return {name[2]: path for name, path in sorted(found, key=lambda pair: int(pair[0][1]))}


def title(lang: Language, slug: str) -> str:
    """The title of a page; KeyError if there is no such page."""
    return lang.text(catalog.pages()[slug].title)


def purpose(lang: Language, slug: str) -> str:
    """The purpose of a page, in one sentence; KeyError if there is no such page."""
    return lang.text(catalog.pages()[slug].purpose)


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


def current(path: str, parameters: Iterable[str] = ()) -> str:
    """The slug of the page at an address: `region` for `/?indicator=...`; an unknown path as it is.

    Args:
        path: without the slash; empty at the root.
        parameters: the names of the parameters.
    """
    if path:
        return MOVED.get(path, path)
    return "region" if AT_ROOT.intersection(parameters) else next(iter(scripts()))
