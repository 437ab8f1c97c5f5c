"""The pages: one script each, named by a number (its place in the menu) and a slug (its address).

Title and purpose of a page are in its declaration (`dashboard.views.page`), or in the constants `TITLE` and `PURPOSE`
of its script, read without running it.
"""

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import catalog, static
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


class Words(NamedTuple):
    """The title and the purpose of a page in English: messages of the catalogues."""

    title: str
    purpose: str


@cache
def scripts(folder: Path = PAGES) -> dict[str, Path]:
    """Slug to script, in the order of the numbers, e.g. `region` to `.../1_region.py`."""
    found = [(name, path) for path in folder.iterdir() if (name := _NUMBERED.fullmatch(path.name))]
    return {name[2]: path for name, path in sorted(found, key=lambda pair: int(pair[0][1]))}


@cache
def words(script: Path) -> Words:
    """The `TITLE` and the `PURPOSE` of a page's script, each `N_("...")`; ValueError if it lacks one of them."""
    found = {}
    for node in ast.parse(script.read_text("utf-8")).body:
        match node:
            case ast.Assign([ast.Name(name)], ast.Call(ast.Name("N_"), [ast.Constant(str(text))])):
                found[name] = text
    if missing := {"TITLE", "PURPOSE"} - found.keys():
        raise ValueError(f'{script.name} needs {", ".join(sorted(missing))} = N_("...")')
    return Words(found["TITLE"], found["PURPOSE"])


def title(lang: Language, slug: str) -> str:
    """The title of a page; KeyError if there is no such page."""
    return lang.text(_words(slug).title)


def purpose(lang: Language, slug: str) -> str:
    """The purpose of a page, in one sentence; KeyError if there is no such page."""
    return lang.text(_words(slug).purpose)


def _words(slug: str) -> Words:
    script, declared = scripts()[slug], catalog.pages().get(slug)
    return Words(declared.title, declared.purpose) if declared else words(script)


def pages(lang: Language) -> dict[str, StreamlitPage]:
    """Slug to page, titled in `lang`; an address without a path opens the first. Documents are not among them."""
    return {slug: page(slug, lang) for slug in scripts() if not is_document(slug)}


def is_document(slug: str) -> bool:
    """Whether this process shows a page as a document; on the desk every page is one of Streamlit's."""
    return static.served() and slug in catalog.pages()


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


def paths(slug: str) -> tuple[str, ...]:
    """The last parts of the addresses of a page; the first page is also at the root."""
    return ("", slug) if slug == next(iter(scripts())) else (slug,)
