"""How the data of this process are, for metrics, logs and monitors: plain values, at no cost."""

from data import shown
from data.shown import State


def state() -> State:
    """Id and age of the snapshot that is shown, the last look at its place, and what that found wrong."""
    return shown.shown().state()
