"""Where a figure is shown: its size, its theme, and how much room its words have."""

from typing import NamedTuple

from dashboard.charts.colors import Theme

# The widest figure of a phone, in pixels, and the one of a screen whose width is not known: that of a laptop.
PHONE, USUAL = 640, 1200
# The greatest width of a map with its enlargement below it: half of a wide screen, or a tablet.
HALF = 1000


class Medium(NamedTuple):
    """A place for a figure: width in pixels, whether the theme is dark, and height in pixels on stage (else 0)."""

    width: int
    dark: bool = False
    stage: int = 0

    @property
    def narrow(self) -> bool:
        """Whether the width is that of a phone."""
        return self.width <= PHONE

    @property
    def close(self) -> bool:
        """Whether maps use the phone's view: on a phone, and on stage, where text is large."""
        return self.narrow or self.stage > 0

    @property
    def theme(self) -> Theme:
        """The theme of the page."""
        return "dark" if self.dark else "light"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels of a wide map, so that the whole of it fits on a screen."""
        return float(self.width), float(self.stage) or min(max(self.width * 0.53, 520.0), 760.0)

    @property
    def half(self) -> bool:
        """Whether maps have their enlargement and key below them: on half of a wide screen, or on a tablet."""
        return not self.close and self.width <= HALF
