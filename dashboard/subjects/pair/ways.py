"""The ways to the page of two states, from any other page."""

from collections.abc import Mapping

from dashboard.store import areas
from dashboard.subjects.compare.filters import ONE
from dashboard.subjects.pair.filters import OTHER
from dashboard.views.page import Chooser, Link
from data.i18n import Language


def both_states(one: str, other: str) -> Mapping[str, str]:
    """The parameters of the address of two states, whatever their order."""
    return dict(zip((ONE.name, OTHER.name), sorted((one, other)), strict=True))


def chooser(lang: Language, area: str = "") -> Chooser:
    """A list of the states to meet with a state, or of the first of two states."""
    options = tuple((one, lang.country(one)) for one in lang.sorted_countries(areas()) if one != area)
    if not area:
        return Chooser(lang.text("The first of two states"), ONE, options, "pair")
    # Translators: two states side by side: what is recorded between them.
    return Chooser(lang.text("Meet with"), OTHER, options, "pair", given={ONE.name: area})


def to_pairs(lang: Language) -> Link:
    """A link to the choice of two states."""
    return Link("pair", lang.text("Two states side by side"))
