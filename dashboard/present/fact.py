"""A key figure of a scene."""

from typing import NamedTuple

from data.i18n import Language


class Fact(NamedTuple):
    """A label, the figure as the language writes it (an interval where it is one), and what must be known of it."""

    label: str
    figure: str
    note: str = ""


def share(lang: Language, n: int, every: int) -> str:
    """How many of how many."""
    return lang.text("{n} of {all}", n=lang.number(n), all=lang.number(every))
