"""Keeps the session's own agenda in the browser, so that it survives a reload, a typed address and a lost server.

On every page a component without a look stores the agenda as JSON (localStorage). A session that has none yet gets it
back.
"""

import streamlit as st

from dashboard import static
from dashboard.present import agenda, reading
from dashboard.shell import filters
from data import meeting
from data.meeting import LARGEST, MeetingError

KEY = "agenda.kept"
# How often the browser was asked to send what it keeps once more, as too many were read at once.
AGAIN = "agenda.again"
_PART = st.components.v2.component("atalaya_agenda", html="<span></span>\n", js=static.loader("kept_agenda.js"))


def keep() -> None:
    """Let the browser store the session's own agenda, or send the one that it has."""
    if static.served():
        _PART(key=KEY, data={"own": written(), "again": st.session_state.get(AGAIN, 0)}, on_kept_change=_take)


def written() -> str | None:
    """The session's own agenda as JSON, empty if it has no scenes; None before there was one."""
    if agenda.OWN_AGENDA.name not in st.session_state:
        return None
    return meeting.kept(agenda.own()) if agenda.own().scenes else ""


def waits() -> bool:
    """Whether the browser keeps an agenda that is still to be read."""
    return written() is None and AGAIN in st.session_state


def _take() -> None:
    """Take the agenda that the browser sent; one that can no longer be read stays in the browser as it is."""
    text = st.session_state[KEY].get("kept")
    if isinstance(text, str):
        restore(text)


def restore(text: str) -> bool:
    """Replace the session's own agenda by the one in a text; whether that could be read."""
    content = text.encode("utf-8", "replace")
    # More than this was never kept, and is not worth a place in the queue.
    if len(content) > LARGEST:
        return False
    try:
        # What earlier versions kept is TOML.
        found = reading.agenda("kept agenda" if text.startswith("{") else "agenda", content)
    except reading.NotNowError:
        filters.keep(AGAIN, st.session_state.get(AGAIN, 0) + 1)
        return False
    except MeetingError:
        filters.take(AGAIN)
        return False
    filters.take(AGAIN)
    return agenda.take(found)
