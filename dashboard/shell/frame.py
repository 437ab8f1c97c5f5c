"""The frame around a page: a component in the browser that sets the document's language and reports to the server.

It reports what Streamlit does not: the width of figures (https://github.com/streamlit/streamlit/issues/10987), and Back
and Forward within a page. It also runs the scripts of `dashboard.shell.upstream`. Their texts have their own address,
so they are not sent with every run.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import static
from dashboard.charts.medium import PHONE, USUAL, Medium
from dashboard.shell import answers, filters
from dashboard.shell.served_texts import ServedTexts
from dashboard.shell.upstream import connection, controls, printing
from data.i18n import Language

_KEY = answers.FRAME
_SPAN = "<span></span>\n"
_FRAME = st.components.v2.component("atalaya_frame", html=_SPAN, js=static.loader("frame.js"))
# For a process that does not serve our files: the script is sent with each run.
_WHOLE = st.components.v2.component("atalaya_frame_whole", html=_SPAN, js=static.file("frame.js").body.decode())


def view() -> Medium:
    """The view last reported by the browser; before the first report a guess from device and theme."""
    report = st.session_state.get(_KEY, {}).get("view")
    if report:
        width, theme = report.split()
        return Medium(int(width), theme == "dark")
    phone = "Mobi" in (st.context.headers.get("User-Agent") or "")
    return Medium(PHONE if phone else USUAL, st.context.theme.type == "dark")


def history_step() -> filters.HistoryStep | None:
    """The last Back or Forward within a page reported by the browser, or None."""
    step = st.session_state.get(_KEY, {}).get("history")
    return filters.HistoryStep(int(step["number"]), str(step["query"])) if step else None


def mount(lang: Language, paths: Sequence[str] = ()) -> None:
    """Put the frame on the page: it sets the document's language and reports to the server.

    Args:
        lang: the reader's language.
        paths: the last parts of the page's addresses; the frame does not report steps to other pages.
    """
    # The stage measures the screen itself; only Streamlit's plain charts need the report.
    screen = None if static.served() else f"{view().width} {view().theme}"
    source = TEXTS.address(lang) if static.served() else words(lang)
    data = {"lang": lang.code, "view": screen, "words": source, "paths": list(paths)}
    component = _FRAME if static.served() else _WHOLE
    component(key=_KEY, data=data, on_view_change=_reported, on_history_change=_reported, on_returns_change=_reported)


def words(lang: Language) -> dict[str, Mapping[str, str]]:
    """The texts of the frame and of the upstream scripts, by module."""
    return {
        "labels": controls.labels(lang),
        "words": controls.words(lang),
        "lost": connection.words(lang),
        "paper": printing.words(lang),
    }


TEXTS = ServedTexts("words", words)


def _reported() -> None:
    """Do nothing: the next run reads what the browser reported."""
