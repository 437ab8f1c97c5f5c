"""Where a figure is shown: its size, its theme, its letters. All sizes of figures and of their letters are here."""

import math
from typing import NamedTuple

from dashboard.charts.colors import Theme

# The number of a card is the one larger thing; a long one is smaller.
NUMBERS = (48, 32)
# Five sizes of letters in pixels: of the title of a picture, of titles in figures, of keys and subtitles, of the words
# in a figure, of its notes. Where a drawing is enlarged, so are the words around it: notes are the smallest everywhere.
HEADLINE = 24
TITLE = 18
LEAD = 15
TEXT = 14
NOTE = 13
# The notes below a picture, which has no other small words.
FOOT = 12
# In pixels: the widest figure of a phone, and the width in which all of them are drawn.
PHONE_MOST = 640
NARROW = 358.0
# The greatest width of a map with its enlargement below it: half of a wide screen, or a tablet.
HALF = 1000
# A stage lower than this share of its width has the parts of a map in a row.
LOW = 0.5
# The highest stage.
HIGHEST = 1080


class Medium(NamedTuple):
    """A place for a figure, in pixels.

    `height` is that of a stage or a slide; elsewhere it is 0, and a figure is as high as it needs to be. On a `slide`
    of a briefing maps have few and large letters, and a table beside them. A `card` has bars alone.
    """

    width: int
    height: int = 0
    dark: bool = False
    slide: bool = False
    card: bool = False

    @classmethod
    def picture(cls, width: int, height: int) -> "Medium":
        """A part of a picture: a stage whose maps have their parts in a row or, if it is wide, a page."""
        low = height if width <= PHONE_MOST else min(height, math.ceil(LOW * width) - 1)
        return cls(width, min(low, HIGHEST) if width <= PICTURE_ROW else 0)

    @property
    def narrow(self) -> bool:
        """Whether the width is that of a phone."""
        return self.width <= PHONE_MOST and not self.card

    @property
    def staged(self) -> bool:
        """Whether it is a stage or a picture, whose height is given and whose title and notes are elsewhere."""
        return self.height > 0 and not self.slide

    @property
    def close(self) -> bool:
        """Whether maps use the phone's view: on a phone, and on stage, where text is large."""
        return self.narrow or self.staged

    @property
    def half(self) -> bool:
        """Whether maps have their enlargement and key below them: on half of a wide screen, or on a tablet."""
        return not self.close and not self.slide and self.width <= HALF

    @property
    def low(self) -> bool:
        """Whether the parts of a map are in a row: on a low stage."""
        return self.staged and self.height < LOW * self.width

    @property
    def upright(self) -> bool:
        """Whether the enlargements are in a column beside the map of the region: in a tall picture."""
        return self.staged and not self.low and not self.narrow and self.width <= HALF

    @property
    def across(self) -> float:
        """The width in which a chart is drawn."""
        return NARROW if self.narrow else float(self.width)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a wide map.

        On a page it fits, with its title, its key and its source, on the first screen of a laptop, or of a wide screen.
        """
        high = 0.575 * self.width - 246 if self.width >= WIDE.width else max(0.53 * self.width - 40, 480)
        return float(self.width), float(self.height or min(high, 720))

    @property
    def theme(self) -> Theme:
        """The theme of the page."""
        return "dark" if self.dark else "light"


# On pages: the drawings of a document; on the desk a screen whose width is not known is that of a laptop.
PHONE = Medium(PHONE_MOST)
TABLET = Medium(720)
LAPTOP = Medium(1200)
WIDE = Medium(1280)
WALL = Medium(1680)
# On pages of other sites, beside that for phones; so low that maps are side by side.
EMBED = Medium(930, 404)
# On stage, drawn at half of the screen's size and shown twice as large; the heights are what titles usually leave.
STAGE = Medium(930, 392)
STAGE_WITH_FACTS = Medium(930, 364)
# For the notes alone: on stage no line of theirs is broken, and at this width none of a chart's.
BROAD = Medium(2560, 760)
# In a briefing. On a slide a pixel is 0.923 points, so that the smallest letters of a map have 12 points.
SLIDE = Medium(650, 378, slide=True)
# On paper 510 points wide: bars, and a map as low as it may be. Bars on slides.
PAPER = Medium(760)
PAPER_MAP = Medium(760, 350, slide=True)
# In a picture the widths that are tried for the largest letters (those of 14 pixels are 12 points if 1060 fill a
# slide): in a picture higher than wide, and in one wider than high, where few bars may be narrower. Up to the width
# `PICTURE_ROW` the parts of a map are in a row.
PICTURE_UPRIGHT = (360, 860, 1280, 1680)
PICTURE_ACROSS = (1060, 1280, 1680)
PICTURE_BARS = 860
PICTURE_ROW = 1060
# On a card of 1200 pixels, seen 500 wide in a message: its smallest letters then have 11.5.
CARD = Medium(540, card=True)
# A map of the states in a tall picture, and its least height.
PICTURE_MAP = Medium(700, 600)
