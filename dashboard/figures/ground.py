"""What lies under every map's figures: neutral lands, disputed areas, the frame of the inset; and the disclaimer."""

from collections.abc import Mapping

from dashboard.figures.basemap import Basemap
from dashboard.figures.key import Item
from dashboard.figures.palette import INVISIBLE, Palette, pattern
from dashboard.figures.panels import Panel
from dashboard.figures.traces import Trace, area, lines, marks, words
from dashboard.figures.windows import CARIBBEAN, Coordinates, Outline
from data.disputed import disputed_areas
from data.i18n import Language

# Pixels around the middle of a land in which it says its name.
NAMED = 18
# Pixels right and down of the upper left corner of an enlargement at which its caption begins.
CAPTION = (8, 16)


def outlines(basemap: Basemap, panel: Panel) -> Mapping[str, Outline]:
    """The outlines that a panel draws, by key."""
    if panel.main:
        return basemap.main
    return {key: outline for key, outline in basemap.inset.items() if outline.extent.meets(panel.window)}


def neutral_lands(basemap: Basemap, panel: Panel, palette: Palette, lang: Language) -> list[Trace]:
    """Dependencies and lands outside the region: grey, without any figure, each with its name at its middle."""
    held = basemap.together("neutral", main=panel.main)
    keys = [key for kind in ("dependency", "outside") for key in basemap.of_kind(kind)]
    land = area(panel.axis, held, palette.land, line=(palette.edge(palette.land), 0.6))
    return [land, _names(basemap, panel, {key: lang.country(key) for key in keys})]


def disputed(basemap: Basemap, panel: Panel, palette: Palette, lang: Language) -> list[Trace]:
    """Disputed areas over everything: a neutral hatch on a neutral ground, so that no figure colours them."""
    held = basemap.together("disputed", main=panel.main)
    hatch = pattern("\\", palette.frame, palette.land, 5, 0.22)
    land = area(panel.axis, held, palette.land, line=(palette.frame, 0.6), fillpattern=hatch)
    return [land, _names(basemap, panel, {key: disputed_name(key, lang) for key in basemap.of_kind("disputed")})]


def _names(basemap: Basemap, panel: Panel, names: Mapping[str, str]) -> Trace:
    """Unseen marks that answer with a name; one trace of many lands is drawn much faster than many."""
    drawn = outlines(basemap, panel)
    keys = [key for key in names if key in drawn]
    x: Coordinates = [basemap.points[key][0] for key in keys]
    y: Coordinates = [basemap.points[key][1] for key in keys]
    marker = {"size": NAMED, "color": INVISIBLE, "line": {"width": 0}}
    return marks(panel.axis, x, y, marker, hovertext=[names[key] for key in keys])


def disputed_name(key: str, lang: Language) -> str:
    """The names of a disputed area in a language, and who its parties are."""
    listed = disputed_areas().get(key)
    if listed is None:
        return key
    parties = lang.listing(lang.country(party) for party in listed.parties)
    return lang.text("<b>{name}</b><br>Disputed: {parties}", name=listed.names[lang.code], parties=parties)


def frame(panel: Panel, palette: Palette, lang: Language, *, narrow: bool) -> Trace:
    """On the main map the dotted rectangle that is enlarged beside it; on an enlargement its caption."""
    if panel.main:
        x, y = CARIBBEAN.outline
        return lines(panel.axis, x, y, colour=palette.frame, width=1 if narrow else 1.3, dash="dot")
    left, top = panel.window.left + CAPTION[0] * panel.scale, panel.window.top - CAPTION[1] * panel.scale
    told = words(panel.axis, [left], [top], [caption(panel, lang, narrow=narrow)], "right", palette=palette, size=13)
    # It may lie over land of any fill: an edge of the sea's own colour, not a glow.
    edge = ", ".join(f"{x}px {y}px 1px {palette.sea}" for x in (-2, 0, 2) for y in (-2, 0, 2))
    return told | {"textfont": told["textfont"] | {"shadow": edge}}


def caption(panel: Panel, lang: Language, *, narrow: bool) -> str:
    """What an enlargement shows."""
    if not narrow:
        return lang.text("Central America and the Caribbean")
    if panel.axis == "2":
        # On stage its place is the Bahamas' label's; the frame on the map of the region says what is enlarged.
        return "" if panel.staged else lang.text("Central America and Greater Antilles")
    return lang.text("Lesser Antilles")


def key_items(palette: Palette, lang: Language) -> list[Item]:
    """The entries of the key that every map has."""
    hatch = {"fillpattern": pattern("\\", palette.frame, palette.land, 5, 0.22)}
    return [
        Item(lang.text("Territory, no figures"), palette.land, (palette.edge(palette.land), 0.6)),
        Item(lang.text("Disputed area"), palette.land, (palette.frame, 0.6), extra=hatch),
    ]


def disclaimer(lang: Language) -> str:
    """What every map says of its boundaries."""
    return lang.text("Boundaries and names are no position on any territory's status; disputed areas are hatched.")
