"""The look of the slides: colors, fonts, and positions on 13.33 by 7.5 inches."""

from typing import Any

from pptx.dml.color import RGBColor

from dashboard.charts.render.slide import Box

FONT = "Calibri"
WIDTH, HEIGHT = 960.0, 540.0
BAND, ON_BAND, BEAM = "0b3346", "ffffff", "f0b429"
INK, FAINT, PRIMARY, RULE, PALE = "0d1b26", "43525f", "0b5570", "b9c6cf", "edf2f5"
WARNING, ON_WARNING = "fff4d6", "5c4000"
# A first color for figures, a second for masked ones: those of the product's charts.
FIGURE, MASKED = "0066a8", "c24e00"
MARGIN = 36.0
INNER = WIDTH - 2 * MARGIN
TITLE = Box(MARGIN, 5, 770, 50)
LOGO = Box(836, 12, 100, 36)
LEAD = Box(MARGIN, 70, INNER, 40)
# The content, above the foot; the warning, if there is one, takes its lower end.
BODY = Box(MARGIN, 74, INNER, 430)
STALE = Box(MARGIN, 487, INNER, 20)
# A map on the left, its lead and remarks on the right.
PICTURE = Box(MARGIN, 76, 614, 428)
ASIDE = Box(672, 76, WIDTH - MARGIN - 672, 428)
FOOT = Box(MARGIN, 513, 760, 18)
NUMBER = Box(WIDTH - MARGIN - 80, 513, 80, 18)
# Font sizes.
TITLE_SIZES = (26.0, 23.0, 20.0, 18.0, 16.0)
LEAD_SIZE, TEXT, SMALL, FOOT_SIZE = 15.0, 12.0, 11.0, 10.5
# For remarks under the content, and beside a map: the largest in which all of them fit is used.
UNDER, BESIDE = (13.0, 12.0, 11.0, 10.5), (15.0, 14.0, 13.0, 12.0, 11.0)


def rgb(color: str) -> Any:  # noqa: ANN401 - a color of python-pptx
    """A color as python-pptx takes it, from six digits with or without `#`."""
    return RGBColor.from_string(color.removeprefix("#").upper())  # type: ignore[no-untyped-call]
