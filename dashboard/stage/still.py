"""The figure of a page as SVG inside its document: painted before any script, and all that readers without them have.

A style sheet (`stage.css`) shows the drawing that fits the window, in the colors of the page's theme.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from dashboard.charts.medium import EMBED, PHONE, TABLET, WALL, WIDE, Medium
from dashboard.charts.render.inline import Looks, inline
from dashboard.charts.render.model import drawing
from dashboard.stage.drawn import uncolored
from dashboard.stage.request import parse, query, shown
from dashboard.views.figure import Drawn
from data.i18n import Language

# By the class of a drawing: what it is made for.
WIDTHS = {"phone": PHONE, "tablet": TABLET, "desk": WIDE, "wall": WALL}
# No phone has a wider window, in whichever direction it is held, and half of a screen is not much wider.
SMALL = ("phone", "tablet")
# The class of the one drawing of a preview.
SINGLE = "single"


class Still(NamedTuple):
    """A figure in HTML.

    Attributes:
        drawn: the figure, whose words are the same in each width; drawings: an `svg` element of each class.
    """

    drawn: Drawn
    drawings: str


def still(
    lang: Language,
    name: str,
    values: Mapping[str, Any],
    link: Callable[[str], str],
    looks: Looks,
    *,
    small: bool = False,
    wanted: Collection[str] = (),
    prefix: str = "",
) -> Still:
    """The figure of some values.

    Args:
        name: of `dashboard.catalog`.
        values: of its filters, by name.
        link: the address of what a click opens; empty if it has none.
        looks: of the page, to which those of the figure are added.
        small: whether the place is never wider than a phone or half of a screen.
        wanted: the classes of the drawings that are enough; by default all.
        prefix: begins every id, unlike those of other figures of the page; by default the first letter of the name.
    """
    texts = query(name, values, lang.code)
    kinds = dict.fromkeys(kind if kind in SMALL or not small else SMALL[-1] for kind in wanted or WIDTHS)
    drawn = {kind: _drawn(name, texts, WIDTHS[kind]) for kind in kinds}
    drawings = (
        _svg(one, WIDTHS[kind], link, looks, kind, f"{prefix or name[0]}{kind[0]}") for kind, one in drawn.items()
    )
    return Still(next(iter(drawn.values())), "".join(drawings))


def preview(
    lang: Language, name: str, values: Mapping[str, Any], link: Callable[[str], str], looks: Looks, prefix: str
) -> tuple[Drawn, str]:
    """The figure as on pages of other sites, and its `svg` element; its words stand around it.

    Args:
        name, values, link, looks, prefix: as those of `still`.
    """
    drawn = _drawn(name, query(name, values, lang.code), EMBED)
    return drawn, _svg(drawn, EMBED, link, looks, SINGLE, prefix)


def _svg(drawn: Drawn, medium: Medium, link: Callable[[str], str], looks: Looks, kind: str, prefix: str) -> str:
    shapes = drawing(drawn.spec, medium.across, alt=drawn.alt, targets=True, theme=None)
    return inline(shapes, looks, link, kind=kind, prefix=prefix)


def _drawn(name: str, texts: Mapping[str, str], medium: Medium) -> Drawn:
    """A figure in names of colors."""
    return uncolored(parse(name, {**texts, **shown(medium)}))
