"""The look of the slides: colours of the product, type, and where things stand on 13.33 by 7.5 inches."""

from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor

FONT = "Calibri"
WIDTH, HEIGHT = 960.0, 540.0
EMU = 12_700
BAND, ON_BAND, BEAM = "0b3346", "ffffff", "f0b429"
INK, FAINT, PRIMARY, RULE, PALE = "0d1b26", "43525f", "0b5570", "b9c6cf", "edf2f5"
WARNING, ON_WARNING = "fff4d6", "5c4000"
# A first colour for figures, a second for masked ones: those of the product's charts.
FIGURE, MASKED = "0066a8", "c24e00"


@dataclass(frozen=True)
class Box:
    """A rectangle of a slide, in points from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def emu(self) -> tuple[int, int, int, int]:
        """Left, top, width and height as the file has them."""
        left, top, width, height = (round(value * EMU) for value in (self.left, self.top, self.width, self.height))
        return left, top, width, height


MARGIN = 36.0
INNER = WIDTH - 2 * MARGIN
TITLE = Box(MARGIN, 5, 770, 50)
LOGO = Box(836, 12, 100, 36)
LEAD = Box(MARGIN, 70, INNER, 40)
# What a slide shows stands here, and under it the foot; the warning, where there is one, takes the end of it.
BODY = Box(MARGIN, 74, INNER, 430)
STALE = Box(MARGIN, 487, INNER, 20)
# A map stands on the left, what must be said of it on the right.
PICTURE = Box(MARGIN, 76, 614, 428)
ASIDE = Box(672, 76, WIDTH - MARGIN - 672, 428)
FOOT = Box(MARGIN, 513, 760, 18)
NUMBER = Box(WIDTH - MARGIN - 80, 513, 80, 18)
# Sizes of type.
TITLE_SIZES = (26.0, 23.0, 20.0, 18.0, 16.0)
LEAD_SIZE, TEXT, SMALL, FOOT_SIZE = 15.0, 12.0, 11.0, 10.5
# Of remarks under what is shown, and beside a map: the largest in which all of them fit.
UNDER, BESIDE = (13.0, 12.0, 11.0, 10.5), (15.0, 14.0, 13.0, 12.0, 11.0)


def rgb(colour: str) -> Any:  # noqa: ANN401 - a colour of python-pptx
    """A colour as python-pptx takes it, from its six digits."""
    return RGBColor.from_string(colour.upper())  # type: ignore[no-untyped-call]
