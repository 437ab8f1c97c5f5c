"""What the browser answers from a control of our own: the ids chosen, and the number of that choice.

The number lets the browser tell the server's answer to its latest choice from the answer to an earlier one.
"""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

OnChoose = Callable[[list[str]], None]
# The key of the page's frame, which reports that a lost connection is there again.
FRAME = "frame"


def number(key: str) -> int:
    """The number of the last choice that the control with this key has sent; 0 before the first."""
    answer = st.session_state.get(key, {}).get("choice")
    return int(answer["n"]) if isinstance(answer, Mapping) else 0


def returns() -> int:
    """How often the connection was lost and is there again: with a new number the browser sends late choices again."""
    return int(st.session_state.get(FRAME, {}).get("returns") or 0)


def take(key: str, options: Sequence[str] | None, on_choose: OnChoose, *, many: bool = False) -> None:
    """Pass on what was chosen, if these are options, each once; in a control of one id, exactly one.

    Without `options` any texts are passed on.
    """
    answer = st.session_state[key].get("choice")
    ids = answer.get("chosen") if isinstance(answer, Mapping) else None
    if not isinstance(ids, list) or not (many or len(ids) == 1):
        return
    if all(isinstance(one, str) if options is None else one in options for one in ids):
        on_choose(list(dict.fromkeys(ids)))
