"""Keeps the session's own agenda in the browser, so that it survives a reload, a typed address and a lost server.

On every page a component without a look stores the agenda (localStorage). A session that has none yet gets it back.
"""

import streamlit as st

from dashboard import static
from dashboard.present import agenda, links
from data import meeting
from data.meeting import MeetingError

KEY = "agenda.kept"
_PART = st.components.v2.component("atalaya_agenda", html="<span></span>\n", js=static.loader("kept_agenda.js"))


def keep() -> None:
    """Let the browser store the session's own agenda, or send the one that it has."""
    if static.served():
        _PART(key=KEY, data={"own": written()}, on_kept_change=_take)


def written() -> str | None:
    """The session's own agenda as the text of a file, empty if it has no scenes; None before there was one."""
    if agenda.OWN_AGENDA.name not in st.session_state:
        return None
    return meeting.written(agenda.own()) if agenda.own().scenes else ""


def _take() -> None:
    """Take the agenda that the browser sent; one that can no longer be read stays in the browser as it is."""
    text = st.session_state[KEY].get("kept")
    if isinstance(text, str):
        restore(text)


def restore(text: str) -> bool:
    """Replace the session's own agenda by the one in a text; whether that could be read."""
    try:
        agenda.take(meeting.read(text.encode("utf-8", "replace"), "", links.check))
    except MeetingError:
        return False
    return True
