"""The button of a phone's page that shows and hides its controls, and names the choices in force.

On a wider screen the controls are always there, and so they are without our own server: the style sheet (`theme.css`)
hides them only on a narrow page with this button.
"""

from collections.abc import Sequence

import streamlit as st

from dashboard import static
from dashboard.shell import filters
from data.i18n import Language

KEY = "filters-place"
_BUTTON = st.components.v2.component(
    "atalaya_filters", html="<div></div>\n", js=static.loader("filters_button.js"), isolate_styles=False
)


def reserve() -> None:
    """Reserve the button's place under the title; its words are known when the page's controls have been made."""
    if static.served():
        filters.reserve(st.container(key=KEY))


def show(lang: Language) -> None:
    """Fill the place, if the page has controls."""
    place, chosen = filters.reserved(), filters.in_force()
    if place is not None:
        with place:
            _BUTTON(key="filters", data={"label": label(lang, chosen)})


def label(lang: Language, chosen: Sequence[str]) -> str:
    """The words on the button; `chosen` are those of the choices in force."""
    filters = lang.text("Filters")
    return lang.labelled(filters, " · ".join(chosen)) if chosen else filters
