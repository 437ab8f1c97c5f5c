"""The key of the route map: what the widths and looks of arrows, the rings and the badges mean."""

from dashboard import terms
from dashboard.figures import ground
from dashboard.figures.badges import SHAPES, SIZE, Role
from dashboard.figures.key import Item, headings
from dashboard.figures.key_arrows import Meaning, looks, widths
from dashboard.figures.palette import Palette
from dashboard.figures.panels import Sheet
from data.i18n import Language


def _roles(held: dict[str, list[Role]], palette: Palette, lang: Language) -> list[Item]:
    """The entries of the key for the roles that occur."""
    found = {one.role for roles in held.values() for one in roles}
    line = {"width": 1, "color": palette.ink}
    return [
        Item(
            terms.term(lang, "role", role),
            marker={"symbol": shape, "color": palette.roles[role], "size": SIZE[False] + 3, "line": line, "opacity": 1},
        )
        for role, shape in SHAPES.items()
        if role in found
    ]


def chosen_border(palette: Palette) -> tuple[str, float]:
    """Colour and width of the border of a state that was asked for."""
    return palette.ink, 1.8


def entries(meaning: Meaning, place: Sheet, palette: Palette, lang: Language) -> list[Item]:
    """The entries, in the order they are printed; only looks and roles that occur."""
    said = {
        "counted": lang.text("from the country of citizenship to the state that detected the victims"),
        "stated": lang.text("from origin to destination, through transit states, as reports state it"),
    }
    heading = lang.labelled(terms.term(lang, "evidence", meaning.evidence), said[meaning.evidence])
    return [
        *headings(heading, place),
        *widths(meaning, palette, lang, narrow=place.narrow),
        *looks(meaning, palette, lang),
        *_roles(meaning.roles, palette, lang),
        *([Item(lang.text("Chosen state"), palette.tint, chosen_border(palette))] if meaning.chosen else []),
        *ground.key_items(palette, lang),
    ]
