"""Lists of states in Streamlit's own widgets, which find only what they show: each state with its codes and names."""

from collections.abc import Callable, Sequence
from functools import partial

from dashboard import store
from dashboard.shell import state_names

InWords = Callable[[str], str]


def holds_states(options: Sequence[str]) -> bool:
    """Whether states are among the options, alone or with others."""
    return not set(store.areas()).isdisjoint(options)


def described(options: Sequence[str], show: InWords) -> InWords:
    """The words of options in Streamlit's own list, which matches only what it shows: states with all their names."""
    return partial(_described, show) if holds_states(options) else show


def _described(show: InWords, code: str) -> str:
    return state_names.described(code, show(code))
