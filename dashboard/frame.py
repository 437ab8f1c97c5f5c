"""What surrounds a page: the document's language, and whether the screen is narrow or dark, told by the browser."""

from pathlib import Path
from typing import NamedTuple

import streamlit as st

from dashboard.i18n import Language

_ASSETS = Path(__file__).parent / "assets"
_KEY = "frame"
_FRAME = st.components.v2.component(
    "atalaya_frame", html="<span></span>\n", js=(_ASSETS / "frame.js").read_text("utf-8")
)


class View(NamedTuple):
    """How the reader looks at the page: `narrow` is a phone's width (640 px or less), `dark` the theme."""

    narrow: bool
    dark: bool


def view() -> View:
    """What the browser last told; before it has spoken, a guess from the device and the theme."""
    told = st.session_state.get(_KEY, {}).get("view")
    if told:
        width, theme = told.split()
        return View(width == "narrow", theme == "dark")
    return View("Mobi" in (st.context.headers.get("User-Agent") or ""), st.context.theme.type == "dark")


def mount(lang: Language) -> None:
    """Set the document's language and listen to the browser; it answers only when `view` is wrong."""
    narrow, dark = view()
    held = f"{'narrow' if narrow else 'wide'} {'dark' if dark else 'light'}"
    _FRAME(key=_KEY, data={"lang": lang.code, "view": held, "labels": _labels(lang)}, on_view_change=_heard)


def _labels(lang: Language) -> dict[str, str]:
    """Names for Streamlit's own controls, which it has in English only, by their selectors."""
    return {
        "[data-testid=stTopNav]": lang.text("Pages"),
        "[data-testid=stSidebarNav]": lang.text("Pages"),
        "button:has(.stLogo)": lang.text("To the first page"),
        "[data-testid=stExpandSidebarButton]": lang.text("Open the menu"),
        "[data-testid=stSidebarCollapseButton] button": lang.text("Close the menu"),
    }


def _heard() -> None:
    """Nothing to do: the new view is read on the run that follows."""
