"""Words for Streamlit's own controls, which it has in English only: the frame in the browser puts them in their place.

They are answered for under an address of their own, so that no run of a script has to send them.
"""

import json
from functools import cache
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import static
from dashboard.control_words import WORDS
from data.i18n import LANGUAGES, Language, language


def words(lang: Language) -> dict[str, dict[str, str]]:
    """Streamlit's words and ours for them (`words`), names of what has none of its own, by selector (`labels`).

    Also what is said while the server does not answer (`lost`), and on paper alone (`paper`).
    """
    said = {word: lang.text(word) for word in WORDS}
    rows = lang.text("{n} of {all} rows are printed here; the file of these rows has all.", n="{n}", all="{all}")
    paper = {"rows": rows}
    changed = {word: ours for word, ours in said.items() if word != ours}
    return {"labels": _labels(lang), "words": changed, "lost": _lost(lang), "paper": paper}


def address(lang: Language) -> str:
    """Where the words of a language are answered for, seen from any document of ours."""
    return f"./words/{_version(lang)}/{lang.code}"


def routes() -> list[Route]:
    """The addresses of the words."""
    return [Route("/words/{version}/{code}", _answer)]


def _labels(lang: Language) -> dict[str, str]:
    return {
        "[data-testid=stTopNav]": lang.text("Pages"),
        "[data-testid=stSidebarNav]": lang.text("Pages"),
        "button:has(.stLogo)": lang.text("To the first page"),
        "[data-testid=stExpandSidebarButton]": lang.text("Open the menu"),
        "[data-testid=stSidebarCollapseButton] button": lang.text("Close the menu"),
        "[data-testid=stFileUploaderDropzone] > span button": lang.text("Choose a file"),
        "[data-testid=stFileUploaderDropzoneInput]": lang.text("Choose a file"),
        "[data-testid=stFileChips] button[kind=borderlessIcon]": lang.text("Choose a file"),
        "[data-testid=stFileChipDeleteBtn] button": lang.text("Take the file away"),
    }


def _lost(lang: Language) -> dict[str, str]:
    return {
        "title": lang.text("The connection to the server is lost."),
        "advice": lang.text(
            "What you see stays on the screen. The connection is tried again automatically; if that takes long, load "
            "the page again."
        ),
        "again": lang.text("Load the page again"),
    }


@cache
def _body(lang: Language) -> bytes:
    return json.dumps(words(lang), ensure_ascii=False).encode()


@cache
def _version(lang: Language) -> str:
    return sha256(_body(lang)).hexdigest()[:12]


def _answer(request: Request) -> Response:
    code = request.path_params["code"]
    if code not in LANGUAGES or request.path_params["version"] != _version(language(code)):
        return Response("no such words\n", 404, media_type="text/plain")
    return Response(_body(language(code)), headers={"Cache-Control": static.FOREVER}, media_type="application/json")
