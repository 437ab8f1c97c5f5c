"""What surrounds a page: the document's language, and how wide and how dark its screen is, told by the browser."""

from pathlib import Path
from typing import Literal, NamedTuple

import streamlit as st

from dashboard import static
from data.i18n import Language

_ASSETS = Path(__file__).parent / "assets"
_KEY = "frame"
_FRAME = st.components.v2.component(
    "atalaya_frame", html="<span></span>\n", js=(_ASSETS / "frame.js").read_text("utf-8")
)


PHONE, USUAL = 640, 1680


class View(NamedTuple):
    """How the reader looks at the page: the pixels a figure may be wide, and whether the theme is dark."""

    width: int
    dark: bool

    @property
    def narrow(self) -> bool:
        """Whether it is a phone's width."""
        return self.width <= PHONE

    @property
    def palette(self) -> Literal["light", "dark"]:
        """The colours of the figures."""
        return "dark" if self.dark else "light"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels of a wide map: as much as fits on the first screen."""
        return float(self.width), min(max(self.width * 0.46, 520.0), 770.0)


def view() -> View:
    """What the browser last told; before it has spoken, a guess from the device and the theme."""
    told = st.session_state.get(_KEY, {}).get("view")
    if told:
        width, theme = told.split()
        return View(int(width), theme == "dark")
    phone = "Mobi" in (st.context.headers.get("User-Agent") or "")
    return View(PHONE if phone else USUAL, st.context.theme.type == "dark")


def mount(lang: Language) -> None:
    """Set the document's language and listen to the browser; it answers only when `view` is wrong."""
    # The stage looks for itself; only Streamlit's plain charts need to be told of the screen.
    held = None if static.served() else f"{view().width} {view().palette}"
    _FRAME(key=_KEY, data={"lang": lang.code, "view": held, "labels": _labels(lang)}, on_view_change=_heard)


def _labels(lang: Language) -> dict[str, str]:
    """Names for Streamlit's own controls, which it has in English only, by their selectors."""
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


def _heard() -> None:
    """Nothing to do: the new view is read on the run that follows."""
