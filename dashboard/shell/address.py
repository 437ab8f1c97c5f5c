"""A component in the browser that completes the address of a page that was opened without parameters."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from dashboard import static
from dashboard.shell import filters

_KEY = "address"
_PART = st.components.v2.component("atalaya_address", html="<span></span>\n", js=static.loader("address.js"))


def complete(paths: Sequence[str]) -> None:
    """Let the browser complete the address, at the end of a run; without our own server `filters` has written it.

    Args:
        paths: the last parts of the page's addresses.
    """
    if static.served():
        _PART(key=_KEY, data={"paths": list(paths), "query": urlencode(filters.wanted(), safe=",")})
