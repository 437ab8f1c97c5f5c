"""What surrounds a page: the document's language, and how wide and how dark its screen is, told by the browser."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import streamlit as st

from dashboard import controls, filters, static
from data.i18n import Language

_ASSETS = Path(__file__).parent / "assets"
_KEY = "frame"
_SPAN = "<span></span>\n"
_FRAME = st.components.v2.component("atalaya_frame", html=_SPAN, js=static.loader("frame.js"))
# Where this process does not answer for our files, the script goes with each run.
_WHOLE = st.components.v2.component("atalaya_frame_whole", html=_SPAN, js=(_ASSETS / "frame.js").read_text("utf-8"))

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
        """The colours of the figures."""
        return "dark" if self.dark else "light"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels of a wide map: as much as fits on the first screen."""
        return float(self.width), float(self.stage) or min(max(self.width * 0.575 - 196, 520.0), 770.0)


def view() -> View:
    """What the browser last told; before it has spoken, a guess from the device and the theme."""
    told = st.session_state.get(_KEY, {}).get("view")
    if told:
        width, theme = told.split()
        return View(int(width), theme == "dark")
    phone = "Mobi" in (st.context.headers.get("User-Agent") or "")
    return View(PHONE if phone else USUAL, st.context.theme.type == "dark")


def history_step() -> filters.HistoryStep | None:
    """The last Back or Forward within a page, as the browser reported it."""
    step = st.session_state.get(_KEY, {}).get("history")
    return filters.HistoryStep(int(step["number"]), str(step["query"])) if step else None


def mount(lang: Language, paths: Sequence[str] = ()) -> None:
    """Set the document's language and listen to the browser: its width and theme where `view` is wrong, and its steps.

    `paths` are the last parts of the address of the page shown: a step to another page is none of this page's.
    """
    # The stage looks for itself; only Streamlit's plain charts need to be told of the screen.
    held = None if static.served() else f"{view().width} {view().palette}"
    words = controls.address(lang) if static.served() else controls.words(lang)
    part = _FRAME if static.served() else _WHOLE
    data = {"lang": lang.code, "view": held, "words": words, "paths": list(paths)}
    part(key=_KEY, data=data, on_view_change=_reported, on_history_change=_reported)


def _reported() -> None:
    """Nothing to do: what the browser reports is read on the run that follows."""
