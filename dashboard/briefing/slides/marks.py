"""The shapes of the template as XML: placeholders, and decorative rectangles and freeforms."""

from xml.sax.saxutils import escape

from dashboard.charts.render.slide import DECORATIVE, SPACES, Box, drawn_path

Rings = list[list[tuple[float, float]]]


def rectangle(number: int, name: str, box: Box, fill: str) -> str:
    """A decorative filled rectangle."""
    return freeform(number, name, box, [[(0, 0), (40, 0), (40, 40), (0, 40)]], fill)


def freeform(number: int, name: str, box: Box, rings: Rings, fill: str) -> str:
    """A decorative shape of closed rings in a square of 40."""
    left, top, width, height = box.emu()
    path = "".join(drawn_path(ring, Box(0, 0, 40, 40), closed=True) for ring in rings)
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="{escape(name)}">{DECORATIVE}</p:cNvPr><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" '
        f'cy="{height}"/></a:xfrm><a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>'
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="4000" h="4000">{path}</a:path></a:pathLst>'
        f'</a:custGeom><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


def placeholder(
    number: int,
    name: str,
    kind: str,
    index: int | None,
    box: Box,
    size: float,
    color: str,
    *,
    anchor: str = "t",
    align: str = "l",
    text: str = "",
) -> str:
    """A placeholder of a master or layout; if `kind` is empty, plain text.

    Text that is too long because a program lacks the font becomes smaller.
    """
    left, top, width, height = box.emu()
    at = f' idx="{index}"' if index is not None else ""
    of = f'<p:ph type="{kind}"{at}/>' if kind else ""
    bold = ' b="1"' if kind in {"title", ""} else ' b="0"'
    inked = f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'
    look_of = f'<a:defRPr sz="{round(size * 100)}"{bold}>{inked}</a:defRPr>'
    run = f'<a:rPr lang="en-GB" sz="{round(size * 100)}"{bold}>{inked}</a:rPr>'
    fit = "<a:noAutofit/>" if kind in {"ftr", "sldNum"} else "<a:normAutofit/>"
    content = page_number("en-GB") if kind == "sldNum" else f"<a:r>{run}<a:t>{escape(text or name)}</a:t></a:r>"
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="{escape(name)}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f"</p:cNvSpPr><p:nvPr{'' if kind else ' userDrawn=' + chr(34) + '1' + chr(34)}>{of}</p:nvPr></p:nvSpPr><p:spPr>"
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect">'
        f'<a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" '
        f'anchor="{anchor}" wrap="square">{fit}</a:bodyPr><a:lstStyle><a:lvl1pPr marL="0" indent="0" '
        f'algn="{align}"><a:buNone/>{look_of}</a:lvl1pPr></a:lstStyle><a:p>{content}</a:p></p:txBody></p:sp>'
    )


def page_number(tag: str) -> str:
    """The field that shows the number of its slide."""
    return (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        f'<a:rPr lang="{tag}"/><a:t>‹#›</a:t></a:fld>'
    )
