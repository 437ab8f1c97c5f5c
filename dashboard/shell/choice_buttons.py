"""A choice among a few options as buttons in a row, a switch, or a whole number; a component in the browser.

Without our own server (a bare `streamlit run`, AppTest) these controls are Streamlit's own.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

import streamlit as st

from dashboard import static
from dashboard.shell import answers
from data.i18n import Language

_BUTTONS = st.components.v2.component(
    "atalaya_choice", html="<div></div>\n", js=static.loader("choice_buttons.js"), isolate_styles=False
)


def choose(
    label: str, options: Mapping[str, str], *, name: str, key: str, chosen: str, on_choose: answers.OnChoose
) -> None:
    """Buttons, one for each option.

    Args:
        label: the name of the choice.
        options: the words of each id, in the order shown.
        name: the filter, in the address of the figures that follow it.
        key: unique on the page.
        chosen: the id chosen now.
        on_choose: called with the id chosen, before the run that follows.
    """
    look = {"label": label, "name": name, "options": list(options.items())}
    _show("buttons", look, key, chosen, partial(answers.take, key, tuple(options), on_choose))


def switch(label: str, *, name: str, key: str, chosen: str, on_choose: answers.OnChoose) -> None:
    """A switch; its ids are `0` and `1`, as in an address. The arguments are those of `choose`."""
    ids = ("0", "1")
    look = {"label": label, "name": name, "options": [[one, ""] for one in ids]}
    _show("switch", look, key, chosen, partial(answers.take, key, ids, on_choose))


def number(
    lang: Language, label: str, limits: range, *, name: str, key: str, chosen: str, on_choose: answers.OnChoose
) -> None:
    """A field for a whole number, with buttons for one less and one more. The other arguments are those of `choose`.

    Args:
        limits: the numbers allowed.
        chosen: the number now, as in an address.
        on_choose: called with what was entered, as a text that need not be a number.
    """
    words = {"less": lang.text("Decrease"), "more": lang.text("Increase")}
    numbers = {"low": limits[0], "high": limits[-1], **words}
    look = {"label": label, "name": name, "options": [], "number": numbers}
    _show("number", look, key, chosen, partial(answers.take, key, None, on_choose))


def _show(
    kind: Literal["buttons", "switch", "number"],
    look: Mapping[str, Any],
    key: str,
    chosen: str,
    on_change: Callable[[], None],
) -> None:
    data = {"kind": kind, "chosen": [chosen], "n": answers.number(key), "returns": answers.returns(), **look}
    _BUTTONS(key=key, data=data, width="content", on_choice_change=on_change)
