"""A choice among a few options as buttons in a row, or a switch; a component in the browser.

Without our own server (a bare `streamlit run`, AppTest) these controls are Streamlit's own.
"""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from dashboard import static
from dashboard.shell import answers

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
    _show(label, options, name, key, chosen, on_choose, switch=False)


def switch(label: str, *, name: str, key: str, chosen: str, on_choose: answers.OnChoose) -> None:
    """A switch; its ids are `0` and `1`, as in an address. The arguments are those of `choose`."""
    _show(label, {"0": "", "1": ""}, name, key, chosen, on_choose, switch=True)


def _show(
    label: str,
    options: Mapping[str, str],
    name: str,
    key: str,
    chosen: str,
    on_choose: answers.OnChoose,
    *,
    switch: bool,
) -> None:
    data = {
        "label": label,
        "options": list(options.items()),
        "switch": switch,
        "name": name,
        "chosen": [chosen],
        "n": answers.number(key),
        "returns": answers.returns(),
    }
    on_change = partial(answers.take, key, tuple(options), on_choose)
    _BUTTONS(key=key, data=data, width="content", on_choice_change=on_change)
