"""The template: a master, and a layout for each kind of part, with placeholders for title, text, date and page.

Made once per process from python-pptx's default file, whose look is replaced completely.
"""

import io
from functools import cache
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.util import Pt

from dashboard.briefing.slides import look
from dashboard.briefing.slides.marks import Rings, freeform, placeholder, rectangle
from dashboard.charts.render.slide import SPACES, Box

# The kinds of parts, in the order of the layouts, with the names that an editor of slides shows.
LAYOUTS = {
    "title": "Atalaya: opening",
    "victims": "Atalaya: victims",
    "map": "Atalaya: map",
    "time": "Atalaya: in time",
    "record": "Atalaya: record",
    "sources": "Atalaya: sources",
}
# Indexes of the placeholders: lead, remarks, warning, foot, page number.
LEAD = 13
REMARKS = 14
FOOT = 16
NUMBER = 17
# On the first slide: the kind of document beside the logo, the name of the subject, and the finding.
KIND = Box(look.MARGIN + 164, 20, 400, 54)
SUBJECT = Box(look.MARGIN, 80, 700, 48)
OPENING = Box(look.MARGIN, 146, 700, 118)


@cache
def empty() -> bytes:
    """The template as a file without slides."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(look.WIDTH), Pt(look.HEIGHT)
    master = deck.slide_masters[0]
    for layout in list(deck.slide_layouts)[len(LAYOUTS) :]:
        deck.slide_layouts.remove(layout)
    theme = master.part.part_related_by(RT.THEME)
    theme._blob = _theme(theme.blob)  # noqa: SLF001 - python-pptx has no other way to a theme
    _dress(master, _master(), dark=False)
    _styles(master.element)
    for layout, (kind, name) in zip(deck.slide_layouts, LAYOUTS.items(), strict=True):
        layout.name = name
        _dress(layout, _title() if kind == "title" else _content(kind), dark=kind == "title")
        layout.element.set("showMasterSp", "0" if kind == "title" else "1")
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _theme(blob: bytes) -> bytes:
    """Set the theme's colors and its two fonts."""
    tree = parse_xml(blob)
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    tree.set("name", "Atalaya")
    colors = {
        "dk1": look.INK, "lt1": "ffffff", "dk2": look.BAND, "lt2": look.PALE, "accent1": look.COUNTED,
        "accent2": look.DESCRIBED, "accent3": look.PRIMARY, "accent4": look.BEAM, "accent5": "8030f0",
        "accent6": "8f765c", "hlink": "0b4f94", "folHlink": look.FAINT,
    }  # fmt: skip
    for name, value in colors.items():
        (slot,) = tree.iterfind(f".//a:clrScheme/a:{name}", space)
        slot[:] = [parse_xml(f'<a:srgbClr {SPACES} val="{value}"/>')]
    for font in tree.iterfind(".//a:fontScheme/*/a:latin", space):
        font.set("typeface", look.FONT)
    return serialize_part_xml(tree)


def _dress(part: Any, shapes: list[str], *, dark: bool) -> None:  # noqa: ANN401 - a master or a layout of python-pptx
    """Replace the background and the shapes of a master or layout."""
    tree = part.element.cSld.spTree
    for shape in list(tree)[2:]:
        tree.remove(shape)
    for shape in shapes:
        tree.append(parse_xml(shape))
    for old in part.element.cSld.findall("{*}bg"):
        part.element.cSld.remove(old)
    ground = look.BAND if dark else "ffffff"
    fill = f'<p:bgPr><a:solidFill><a:srgbClr val="{ground}"/></a:solidFill><a:effectLst/></p:bgPr>'
    part.element.cSld.insert(0, parse_xml(f"<p:bg {SPACES}>{fill}</p:bg>"))


def _styles(master: Any) -> None:  # noqa: ANN401 - lxml
    """Set the styles of titles and of other text; no bullets, as lists bring their own."""
    (styles,) = master.iterfind("{*}txStyles")
    body = "".join(
        f'<a:lvl{level}pPr marL="0" indent="0"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="1400"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        '<a:latin typeface="+mn-lt"/></a:defRPr>'
        f"</a:lvl{level}pPr>"
        for level in range(1, 6)
    )
    title = (
        '<a:lvl1pPr algn="l"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/><a:defRPr sz="2600" b="1"><a:solidFill>'
        '<a:schemeClr val="bg1"/></a:solidFill><a:latin typeface="+mj-lt"/></a:defRPr></a:lvl1pPr>'
    )
    new = parse_xml(
        f"<p:txStyles {SPACES}><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{body}</p:bodyStyle>"
        f"<p:otherStyle>{body}</p:otherStyle></p:txStyles>"
    )
    master.replace(styles, new)


def _master() -> list[str]:
    band = rectangle(2, "Band", Box(0, 0, look.WIDTH, look.BAND_HEIGHT), look.BAND)
    beam = rectangle(3, "Beam", Box(0, look.BAND_HEIGHT, look.WIDTH, 3), look.BEAM)
    rule = rectangle(4, "Rule", Box(look.MARGIN, 497, look.INNER, 0.75), look.RULE)
    return [band, beam, rule, *_logo(look.LOGO, 5), *_placeholders(look.LEAD)]


def _content(kind: str) -> list[str]:
    """A layout for a part that shows something: maps have their words beside them, others over what they show."""
    aside = look.ASIDE
    lead = Box(aside.left, aside.top, aside.width, 120) if kind == "map" else look.LEAD
    left, wide = (aside.left, aside.width) if kind == "map" else (look.MARGIN, look.INNER)
    remarks = Box(left, 412, wide, 80)
    return [*_placeholders(lead), placeholder(25, "Remarks", "body", REMARKS, remarks, look.TEXT, look.FAINT)]


def _placeholders(lead: Box) -> list[str]:
    return [
        placeholder(20, "Title", "title", None, look.TITLE, look.TITLE_SIZES[0], look.ON_BAND, anchor="ctr"),
        placeholder(21, "Lead", "body", LEAD, lead, look.LEAD_SIZES[0], look.INK),
        placeholder(23, "As of", "ftr", FOOT, look.FOOT, look.TEXT, look.FAINT, anchor="ctr"),
        placeholder(24, "Page", "sldNum", NUMBER, look.NUMBER, look.TEXT, look.FAINT, anchor="ctr", align="r"),
    ]


def _title() -> list[str]:
    """The first slide: all of it in the color of the band."""
    beam = rectangle(2, "Beam", Box(look.MARGIN, 134, 120, 4), look.BEAM)
    return [
        beam,
        *_logo(Box(look.MARGIN, 20, 150, 54), 3),
        placeholder(20, "Title", "title", None, OPENING, 28, look.ON_BAND),
        placeholder(21, "Subject", "body", LEAD, SUBJECT, 40, look.ON_BAND, anchor="b"),
        placeholder(25, "Remarks", "body", REMARKS, Box(look.MARGIN, 420, look.INNER, 72), 14, "dbe6ec"),
        placeholder(23, "As of", "ftr", FOOT, look.FOOT, look.TEXT, look.ON_BAND, anchor="ctr"),
        placeholder(24, "Page", "sldNum", NUMBER, look.NUMBER, look.TEXT, look.ON_BAND, anchor="ctr", align="r"),
    ]


def _logo(box: Box, first: int) -> list[str]:
    """The lighthouse of the product's own sign (a square of 40), and the name."""
    scale = box.height / 40
    tower: Rings = [
        [(20, 1), (27.5, 7), (12.5, 7)],
        [(12.5, 14), (27.5, 14), (27.5, 16.5), (12.5, 16.5)],
        [(15.5, 18), (24.5, 18), (25.7, 26), (14.3, 26)],
        [(14, 28), (26, 28), (27.4, 37), (12.6, 37)],
    ]
    beams: Rings = [
        [(25, 10.5), (40, 4), (40, 17)],
        [(15, 10.5), (0, 6.5), (0, 14.5)],
        [(17.5, 8), (22.5, 8), (22.5, 13), (17.5, 13)],
    ]
    mark = Box(box.left, box.top, 40 * scale, box.height)
    words = Box(box.left + 44 * scale, box.top, box.width - 40 * scale, box.height)
    return [
        freeform(first, "Lighthouse", mark, tower, look.ON_BAND),
        freeform(first + 1, "Beams of light", mark, beams, look.BEAM),
        placeholder(
            first + 2, "Atalaya", "", None, words, 15 * scale / 0.9, look.ON_BAND, anchor="ctr", text="Atalaya"
        ),
    ]
