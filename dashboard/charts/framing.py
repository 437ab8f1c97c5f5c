"""What stands around a figure, and how it is arranged: what all figures can be asked for alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

from dashboard.charts.drawing import Board
from dashboard.charts.look import PALETTES, Palette
from dashboard.charts.panels import WIDE
from data.i18n import Language


class Framing(TypedDict, total=False):
    """`Around` as it is asked for: by name, each part or none."""

    title: str
    notes: Sequence[str]
    palette: Literal["light", "dark"]
    narrow: bool
    size: tuple[float, float]
    width: float


@dataclass(frozen=True)
class Around:
    """The same, whole.

    Attributes:
        title, notes: words over and under the figure ("as of" ...).
        palette, narrow: the colors, and the arrangement for a phone.
        size: the pixels of the wide arrangement; width: the same where the rows decide how high it is.
    """

    title: str = ""
    notes: Sequence[str] = ()
    palette: Literal["light", "dark"] = "light"
    narrow: bool = False
    size: tuple[float, float] = WIDE
    width: float = WIDE[0]

    @property
    def colors(self) -> Palette:
        """The colors of the figure."""
        return PALETTES[self.palette]

    def board(self, lang: Language) -> Board:
        """What the panels of a chart are drawn on."""
        return Board(lang, self.colors, self.narrow, self.size)
