"""Write a briefing as a tagged PDF for paper and for screen readers (PDF/UA-1 and PDF/A-2a), with Typst.

The layout is `briefing.typ`; the words are given to it as JSON, never as Typst source. Equal briefings give equal
bytes: neither the clock nor the machine affects the file.
"""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from typing import Any

import orjson
import segno
import typst

from dashboard.briefing import drawn, fonts, pages, words
from dashboard.briefing.content import Briefing
from dashboard.charts.medium import PAPER, PAPER_MAP, Medium
from dashboard.charts.render.shapes import VectorDrawing
from dashboard.charts.render.svg import svg
from dashboard.views.figure import Drawn
from dashboard.views.page import Part, Table
from data.i18n import Language

TEMPLATE = files("dashboard.briefing") / "briefing.typ"
LOGO = files("dashboard") / "assets" / "logo.svg"
STANDARDS = ["a-2a", "ua-1"]
# In points: the width of a table, the margins of a cell, the width of a character. In characters: the least and the
# most for a column's longest word, and the most for its longest cell.
WIDE = 510.0
INSET = 13.0
LETTER = 4.6
SHORTEST = 4
LONGEST = 20
WIDEST = 60
# Of a table whose two halves stand beside each other the most columns, the most characters of a cell, and the width of
# a half in points. The most rows of a part that stays on one page.
FEW = 3
HALF = 48
HALF_WIDE = 248.0
WHOLE = 40
# Of a page in points: the room between its margins, by how much its cover is above them, and the gap between parts.
ROOM = 746.0
ABOVE = 14.0
GAP = 15.0
# A pixel of a figure in points; the highest figure in points, and the lowest map of a single page in pixels.
PIXEL = WIDE / PAPER.width
HIGH = 540.0
LOW_MAP = 280
FONTS: dict[str, Any] = {"font_paths": fonts.fonts(), "ignore_system_fonts": True}
_NUMBER = re.compile(r"<?[\d.,\s]*\d([–-][\d.,\s]*\d)?")

Data = dict[str, Any]


def write(briefing: Briefing) -> bytes:
    """The PDF.

    Raises:
        typst.TypstError: Typst cannot compile the layout; the text says where.
    """
    return compiled(briefing)[0]


def compiled(briefing: Briefing) -> tuple[bytes, list[str]]:
    """The PDF, and Typst's warnings."""
    shown = [_figures(briefing, part) for part in briefing.parts]
    files = _files(briefing, shown, [], measuring=True)
    # Several files can be passed as a dictionary, but the types do not say so.
    found = typst.query(files, "<tall>", field="value", **FONTS)
    cover, *tall = orjson.loads(found)
    parts = [pages.Sized(height, sum(one.more for one in figures)) for height, figures in zip(tall, shown, strict=True)]
    top = cover + GAP - ABOVE
    if briefing.single:
        free = ROOM - top - sum(tall) - GAP * (len(tall) - 1)
        planned = [pages.Leaf(0, len(parts), pages.gains(parts, free))]
    else:
        planned = pages.leaves(parts, ROOM, GAP, cover=top)
    made, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]
        _files(briefing, shown, planned),
        **FONTS,
        pdf_standards=STANDARDS,
        timestamp=datetime.fromisoformat(briefing.created).replace(tzinfo=UTC),
    )
    return bytes(made), [str(warning.message) for warning in warnings]


@dataclass(frozen=True)
class _PaperFigure:
    """A figure of a part, still without a height.

    Attributes:
        draw: draws it in a medium of a height.
        least, more: the height of its medium where it is lowest, in pixels; by how many points it may be higher.
    """

    draw: Callable[[int], Drawn]
    medium: Medium
    least: int
    more: float

    def picture(self, gained: float) -> tuple[VectorDrawing, str]:
        """The figure, higher by some points, and its alternative text."""
        made = self.draw(self.least + round(gained / PIXEL))
        return drawn.shapes(made, self.medium), made.description


def _figures(briefing: Briefing, part: Part) -> list[_PaperFigure]:
    """The map of a part and its charts."""
    lang, found = briefing.lang, []
    if redrawn := part.redrawn:
        low = LOW_MAP if briefing.single else PAPER_MAP.height
        more = 0.0 if part.low else HIGH - low * PIXEL
        found = [_PaperFigure(lambda height: redrawn(PAPER_MAP._replace(height=height)), PAPER_MAP, low, more)]
    for graphic in part.figures:
        draw = partial(drawn.on_paper, lang, graphic)
        # Bars are as high as they need to be, and some charts are never higher.
        lowest, highest = (drawn.shapes(draw(height), PAPER).height for height in (0, round(HIGH / PIXEL)))
        least = drawn.least(lang, graphic) or round(lowest)
        found.append(_PaperFigure(draw, PAPER, least, max(highest - lowest, 0.0) * PIXEL))
    return found


@dataclass(frozen=True)
class Pictures:
    """The pictures of a document, by the name that it uses; none while it is measured."""

    measuring: bool
    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, shapes: VectorDrawing) -> str:
        """Add a picture; returns its name."""
        name = f"picture{len(self.files)}.svg"
        if not self.measuring:
            self.files[name] = svg(shapes.spelled(fonts.drawable), font=fonts.SANS).encode()
        return name


def _files(
    briefing: Briefing,
    shown: Sequence[Sequence[_PaperFigure]],
    planned: Sequence[pages.Leaf],
    *,
    measuring: bool = False,
) -> dict[str, bytes]:
    """The files of the document: its layout, its words and its pictures.

    Args:
        shown: the figures of each part; planned: the pages, none while it is measured.
    """
    pictures = Pictures(measuring)
    gained = dict(enumerate(more for leaf in planned for more in leaf.gained))
    begin = {leaf.first for leaf in planned[1:]}
    data = _data(briefing, pictures) | {"measuring": measuring, "gap": GAP}
    data["parts"] = [
        _part(part, pictures, figures, gained.get(place, 0.0)) | {"begins": place in begin}
        for place, (part, figures) in enumerate(zip(briefing.parts, shown, strict=True))
    ]
    words_of = {"main.typ": TEMPLATE.read_bytes(), "briefing.json": orjson.dumps(_drawable(data))}
    return pictures.files | words_of | {"logo.svg": LOGO.read_bytes()}


def _data(briefing: Briefing, pictures: Pictures) -> Data:
    """The data for `briefing.typ` on all but the parts."""
    lang, created = briefing.lang, datetime.fromisoformat(briefing.created)
    if briefing.address:
        pictures.files["qr.svg"] = _code(briefing.address)
    return {
        "lang": lang.code,
        "region": _region(lang),
        "fonts": {"title": [fonts.SERIF, fonts.SANS, fonts.FALLBACK], "text": [fonts.SANS, fonts.FALLBACK]},
        "created": {"year": created.year, "month": created.month, "day": created.day},
        **{name: getattr(briefing, name) for name in ("title", "subtitle", "as_of", "address")},
        "open": lang.text("Open this view"),
        "qr": lang.text("QR code that opens this view: {address}", address=briefing.address),
        "page": lang.text("Page {n} of {all}"),
        "single": briefing.single,
    }


def _part(part: Part, pictures: Pictures, figures: Sequence[_PaperFigure], gained: float) -> Data:
    """A part, whose figures are higher by `gained` points in all."""
    most = sum(one.more for one in figures) or 1.0
    made = [one.picture(gained * one.more / most) for one in figures]
    return {
        "title": part.title,
        "lead": part.lead,
        "facts": [{"label": one.label, "figure": one.figure, "note": " ".join(one.lines)} for one in part.key_figures],
        "pictures": [
            {"file": pictures.add(shapes), "height": shapes.height * WIDE / shapes.width, "alt": alt}
            for shapes, alt in made
        ],
        "tables": [_table(one, titled=len(part.tables) > 1) for one in part.tables],
        "whole": sum(len(one.sheet.cells) for one in part.tables) <= WHOLE,
        "points": part.points,
        "remarks": part.remarks,
        "releases": part.releases,
    }


def _region(lang: Language) -> str | None:
    """The country whose usage the words follow; None for Spanish, which follows no single country."""
    territory = words.territory(lang)
    return territory if territory.isalpha() else None


def _table(table: Table, *, titled: bool) -> Data:
    head, rows = table.sheet.head, table.sheet.cells
    # Leave out empty columns.
    columns = [column for column in zip(head, *rows, strict=True) if any(column[1:]) or not rows]
    return {
        "head": [column[0] for column in columns],
        "rows": list(zip(*(column[1:] for column in columns), strict=True)),
        "alt": table.title,
        "titled": titled,
        "short": _short(columns),
        "columns": _widths(columns),
        "numeric": [_numeric(column[1:]) for column in columns],
    }


def _short(columns: Sequence[Sequence[str]]) -> bool:
    """Whether two halves of a table have room beside each other: its first column has lines, the others have none."""
    if len(columns) > FEW or any(len(cell) > HALF for column in columns for cell in column[1:]):
        return False
    first, *others = columns
    longest = max(len(word) for cell in first for word in cell.split() or [""])
    room = [longest, *(max(map(len, column)) for column in others)]
    return sum(INSET + LETTER * characters for characters in room) <= HALF_WIDE


def _numeric(cells: Sequence[str]) -> bool:
    """Whether a column has figures; lists of years are text."""
    return all(_NUMBER.fullmatch(one) and ", " not in one for one in cells if one)


def _widths(columns: Sequence[Sequence[str]]) -> list[float]:
    """The widths of the columns in points: room for the longest word, and the rest shared by columns with longer cells.

    Of a heading two thirds count, as it may have two lines.
    """
    words = [max(len(word) for one in column for word in one.split() or [""]) for column in columns]
    least = [INSET + LETTER * min(max(word, SHORTEST), LONGEST) for word in words]
    cells = [max(len(column[0]) / 1.5, *map(len, column[1:]), 0) for column in columns]
    wished = [INSET + LETTER * min(cell, WIDEST) for cell in cells]
    more = [max(wish - room, 0.0) for wish, room in zip(wished, least, strict=True)]
    left, shares = WIDE - sum(least), more if any(more) else least
    return [round(room + left * share / sum(shares), 2) for room, share in zip(least, shares, strict=True)]


def _code(address: str) -> bytes:
    """A QR code as SVG, with enough error correction for poor print."""
    file = io.BytesIO()
    segno.make(address, error="q", micro=False).save(file, kind="svg", border=1, xmldecl=True, svgns=True)
    return file.getvalue()


def _drawable(value: Any) -> Any:  # noqa: ANN401 - JSON: words at any depth
    """The data, with all texts reduced to characters that the fonts have."""
    if isinstance(value, str):
        return fonts.drawable(value)
    if isinstance(value, dict):
        return {key: _drawable(one) for key, one in value.items()}
    return [_drawable(one) for one in value] if isinstance(value, list | tuple) else value
