"""The frame around a page: one component in the browser that sets the document's language and reports to the server.

It reports what Streamlit does not: how wide a figure may be (https://github.com/streamlit/streamlit/issues/10987), and
a press of Back or Forward within a page. With it come the scripts of `dashboard.shell.upstream` and their words, which
have an address of their own, so that no run has to send them.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Literal, NamedTuple

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import static
from dashboard.shell import filters
from dashboard.shell.upstream import connection, controls, printing
from data.i18n import LANGUAGES, Language, language

_KEY = "frame"
_SPAN = "<span></span>\n"
_FRAME = st.components.v2.component("atalaya_frame", html=_SPAN, js=static.loader("frame.js"))
# Where this process does not answer for our files, the script goes with each run.
_WHOLE = st.components.v2.component("atalaya_frame_whole", html=_SPAN, js=static.file("frame.js").content.decode())

PHONE, USUAL = 640, 1680


class View(NamedTuple):
    """How the reader looks at a figure: the pixels it may be wide, whether the theme is dark, and on stage how tall."""

    width: int
    dark: bool
    stage: int = 0

    @property
    def narrow(self) -> bool:
        """Whether it is a phone's width."""
        return self.width <= PHONE

    @property
    def close(self) -> bool:
        """Whether the maps of a figure are the phone's: on a phone, and on stage, where letters are large."""
        return self.narrow or self.stage > 0

    @property
    def palette(self) -> Literal["light", "dark"]:
        """The colors of the figures."""
        return "dark" if self.dark else "light"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels of a wide map: as much as fits on the first screen."""
        return float(self.width), float(self.stage) or min(max(self.width * 0.575 - 196, 520.0), 770.0)


def view() -> View:
    """What the browser last reported; before it has, a guess from the device and the theme."""
    report = st.session_state.get(_KEY, {}).get("view")
    if report:
        width, theme = report.split()
        return View(int(width), theme == "dark")
    phone = "Mobi" in (st.context.headers.get("User-Agent") or "")
    return View(PHONE if phone else USUAL, st.context.theme.type == "dark")


def history_step() -> filters.HistoryStep | None:
    """The last Back or Forward within a page, as the browser reported it."""
    step = st.session_state.get(_KEY, {}).get("history")
    return filters.HistoryStep(int(step["number"]), str(step["query"])) if step else None


def mount(lang: Language, paths: Sequence[str] = ()) -> None:
    """Set the document's language, and listen to the browser.

    Args:
        lang: the reader's language.
        paths: the last parts of the page's addresses: a step to another page is not reported.
    """
    # The stage looks for itself; only Streamlit's plain charts need to know the screen.
    screen = None if static.served() else f"{view().width} {view().palette}"
    source = address(lang) if static.served() else words(lang)
    data = {"lang": lang.code, "view": screen, "words": source, "paths": list(paths)}
    part = _FRAME if static.served() else _WHOLE
    part(key=_KEY, data=data, on_view_change=_reported, on_history_change=_reported)


def words(lang: Language) -> dict[str, Mapping[str, str]]:
    """The words of the frame and of what it overrides, by module."""
    return {
        "labels": controls.labels(lang),
        "words": controls.words(lang),
        "lost": connection.words(lang),
        "paper": printing.words(lang),
    }


def address(lang: Language) -> str:
    """Where the words of a language are answered for, seen from any document of ours."""
    return f"./words/{_version(lang)}/{lang.code}"


def routes() -> list[Route]:
    """The addresses of the words."""
    return [Route("/words/{version}/{code}", _answer)]


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


def _reported() -> None:
    """Nothing to do: what the browser reports is read on the run that follows."""
