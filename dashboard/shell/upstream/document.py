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

from data.i18n import Language

SCRIPT = '<script type="module" crossorigin src="'
SCRIPT_END = '"></script>'
REFUSAL, REFUSAL_END = "<noscript>", "</noscript>"
# Our pages stand side by side, right under the path of the server.
SERVER = '<script>window.__streamlit = { BACKEND_BASE_URL: new URL(".", location).href }</script>'
# The parts of Streamlit's script, which a browser is told to fetch and compile at once.
PRELOADED = re.compile(r'\s*<link rel="modulepreload" crossorigin href="[^"]*">')


class DocumentError(Exception):
    """Streamlit's document has an unexpected form in this version."""


def document(lang: Language, *, head: str, foot: str, top: str = "", start: str = "") -> str:
    """Streamlit's document for a language.

    Args:
        head: HTML before the script that starts Streamlit.
        foot: HTML at the end of the body, after everything that Streamlit puts into the head.
        top: HTML at the beginning of the body.
        start: HTML instead of the script that starts Streamlit; if empty, that script. With it, the parts of that
            script are not loaded ahead: they would keep the processor from what `start` paints first.

    Raises:
        DocumentError: this version of Streamlit serves a document of unexpected form.
    """
    page, script = _streamlit(), f"{SCRIPT}{script_address()}{SCRIPT_END}"
    page = PRELOADED.sub("", page) if start else page
    words = html.escape(lang.text("Atalaya needs JavaScript, which this browser does not run."))
    english = f"{REFUSAL}{_between(page, REFUSAL, REFUSAL_END)}{REFUSAL_END}"
    for old, new in (
        ('<html lang="en">', f'<html lang="{lang.code}">'),
        ("<title>Streamlit</title>", "<title>Atalaya</title>"),
        (script, f"{SERVER}{head}{start or script}"),
        (english, f'{REFUSAL}<p lang="{lang.code}">{words}</p>{REFUSAL_END}'),
        ("<body>", f"<body>{top}"),
        ("</body>", f"{foot}</body>"),
    ):
        page = _replace(page, old, new)
    return page


def script_address() -> str:
    """The address of the script that starts Streamlit."""
    return _between(_streamlit(), SCRIPT, SCRIPT_END)


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
