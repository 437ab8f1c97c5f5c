"""The options that all figures have in common: title, notes, and arrangement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from dashboard.charts.drawing import Board
from dashboard.charts.panels import WIDE, Sheet, sheet
from data.i18n import Language


class Framing(TypedDict, total=False):
    """The fields of `Options` as optional keyword arguments."""

    title: str
    notes: Sequence[str]
    narrow: bool
    stacked: bool
    size: tuple[float, float]
    width: float


@dataclass(frozen=True)
class Options:
    """The options of a figure, with their defaults.

    Attributes:
        title, notes: text above and below the figure ("as of" ...).
        narrow: use the arrangement for phones.
        stacked: whether a map that is not narrow has its enlargement and its key below it.
        size: width and height of the wide arrangement in pixels.
        width: its width, in figures whose height follows from their rows.
    """

    title: str = ""
    notes: Sequence[str] = ()
    narrow: bool = False
    stacked: bool = False
    size: tuple[float, float] = WIDE
    width: float = WIDE[0]

    def board(self, lang: Language) -> Board:
        """The board that the parts of a chart share."""
        return Board(lang, self.narrow, self.size)

    def sheet(self, states: Iterable[str]) -> Sheet:
        """The arrangement of a map of these states with their names, without notes."""
        every = frozenset(states)
        stacked = every if self.stacked else None
        return sheet(every, narrow=self.narrow, notes=0, size=self.size, stacked=stacked, named=True)
