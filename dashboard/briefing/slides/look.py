"""The look of the slides: colors, fonts, and positions on 13.33 by 7.5 inches."""

from typing import Any

from pptx.dml.color import RGBColor

from dashboard.charts.colors import THEMES
from dashboard.charts.render.slide import Box

# Every Office has Arial; LibreOffice brings Liberation Sans, whose letters are as wide, and takes it for Arial.
FONT = "Arial"
WIDTH = 960.0
HEIGHT = 540.0
BAND = "0b3346"
ON_BAND = "ffffff"
BEAM = "f0b429"
INK = "0d1b26"
FAINT = "43525f"
PRIMARY = "0b5570"
RULE = "b9c6cf"
PALE = "edf2f5"
# The colors of counted and of described figures: those of the product's maps.
COUNTED, DESCRIBED = (THEMES["light"].arrows[kind].removeprefix("#") for kind in ("counted", "stated"))
MARGIN = 36.0
INNER = WIDTH - 2 * MARGIN
# The band with the title, and the logo at its right.
BAND_HEIGHT = 76.0
TITLE = Box(MARGIN, 5, 776, 66)
LOGO = Box(836, 20, 100, 36)
LEAD = Box(MARGIN, 88, INNER, 36)
# The content, above the foot; the warning, if there is one, takes its lower end.
BODY = Box(MARGIN, 88, INNER, 404)
# A map on the right; at its left its lead, its table and remarks.
ASIDE = Box(MARGIN, 88, 270, 404)
PICTURE = Box(WIDTH - MARGIN - 600, 88, 600, 404)
# The releases of the rows, and the number of the slide.
FOOT = Box(MARGIN, 508, 820, 18)
NUMBER = Box(WIDTH - MARGIN - 60, 508, 60, 18)
# Font sizes: no letter of a slide is smaller than TEXT.
TITLE_SIZES = (26.0, 24.0, 22.0, 20.0, 18.0, 16.0)
TEXT = 12.0
# A table beside sentences has letters of at least this size, else it takes the whole width.
LEGIBLE = 14.0
LEAD_SIZES = (16.0, 15.0, 14.0, 13.0, TEXT)
POINTS = (18.0, 17.0, 16.0, 15.0, 14.0, 13.0, TEXT)
REMARKS = (13.0, TEXT)
LARGE = (40.0, 34.0, 28.0, 24.0, 20.0, 17.0)


def rgb(color: str) -> Any:  # noqa: ANN401 - a color of python-pptx
    """A color as python-pptx takes it, from six digits with or without `#`."""
    return RGBColor.from_string(color.removeprefix("#").upper())  # type: ignore[no-untyped-call]
