"""Streamlit's HTML document in the reader's language, with our title, and what to load and paint first.

Streamlit serves one fixed English document for all pages and offers no way to change it:
https://github.com/streamlit/streamlit/issues/15726 (its language) and
https://github.com/streamlit/streamlit/issues/9058 (its title and head).
On every page but the first its script also looks for the server at `/page/_stcore/`, in vain, before `/_stcore/`:
https://github.com/streamlit/streamlit/issues/7074. A setting that it has for documents like ours says where it is.
"""

import html
import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from data.i18n import Language

SCRIPT = '<script type="module" crossorigin src="'
SCRIPT_END = '"></script>'
REFUSAL, REFUSAL_END = "<noscript>", "</noscript>"
# Our pages stand side by side, right under the path of the server.
SERVER = '<script>window.__streamlit = { BACKEND_BASE_URL: new URL(".", location).href }</script>'
# What Streamlit's document loads: its script, the parts of it, a font and a style sheet.
LOADED = re.compile(r'\s*<link\s+rel="(?:preload|modulepreload|stylesheet)"[^>]*>')
# The font is not used: the theme names ours.
FONT = re.compile(r'\s*<link\s+rel="preload"[^>]*?as="font"[^>]*>')


class DocumentError(Exception):
    """Streamlit's document has an unexpected form in this version."""


class First(NamedTuple):
    """What a document shows before Streamlit starts.

    Attributes:
        body: HTML at the beginning of the body; style: its style sheet.
        script: adds the content of the template `later` to the body, which starts Streamlit.
    """

    body: str
    style: str
    script: str


def document(lang: Language, *, head: str, foot: str, first: First | None = None, about: str = "") -> str:
    """Streamlit's document for a language.

    Args:
        head: HTML before the script that starts Streamlit.
        foot: HTML at the end of the body, after everything that Streamlit puts into the head.
        first: what to show before Streamlit starts; by default nothing.
        about: HTML beside the title: what the document is about.

    Raises:
        DocumentError: this version of Streamlit serves a document of unexpected form.
    """
    page, script = FONT.sub("", _streamlit()), f"{SCRIPT}{script_address()}{SCRIPT_END}"
    head = f"{SERVER}{head}"
    words = html.escape(lang.text("Atalaya needs JavaScript, which this browser does not run."))
    refusal = f'{REFUSAL}<p lang="{lang.code}">{words}</p>{REFUSAL_END}'
    changes = {
        "<body>": f"<body>{first.body if first else ''}",
        '<html lang="en">': f'<html lang="{lang.code}">',
        "<title>Streamlit</title>": f"<title>Atalaya</title>{about}",
        f"{REFUSAL}{_between(page, REFUSAL, REFUSAL_END)}{REFUSAL_END}": "" if first else refusal,
    }
    if first:
        # A browser takes nothing from a template until a script puts it into the document.
        later = "".join([*LOADED.findall(page), head, script, foot])
        page = LOADED.sub("", page)
        changes |= {script: f"<style>{first.style}</style>"}
        foot = f'<template id="later">{later}</template>\n<script type="module">{first.script}</script>'
    else:
        changes |= {script: f"{head}{script}"}
    for old, new in (changes | {"</body>": f"{foot}</body>"}).items():
        page = _replace(page, old, new)
    return page


def script_address() -> str:
    """The address of the script that starts Streamlit."""
    return _between(_streamlit(), SCRIPT, SCRIPT_END)


def addresses() -> list[str]:
    """The addresses of the files that Streamlit's document loads."""
    return re.findall(r'(?:src|href)="(\./static/[^"]+)"', _streamlit())


@cache
def _streamlit() -> str:
    return resources.files("streamlit").joinpath("static", "index.html").read_text("utf-8")


def _replace(page: str, old: str, new: str) -> str:
    _check(page, old)
    return page.replace(old, new)


def _between(page: str, before: str, after: str) -> str:
    """The text between two marks; the first one must occur exactly once."""
    _check(page, before)
    return page.partition(before)[2].partition(after)[0]


def _check(page: str, mark: str) -> None:
    if page.count(mark) != 1:
        raise DocumentError(f"Streamlit's document has {page.count(mark)} of {mark[:60]!r}, not one: see {__name__}")
