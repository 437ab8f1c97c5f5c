"""A briefing as a tagged PDF for paper and for screen readers (PDF/UA-1 and PDF/A-2a), set by Typst.

The layout is `briefing.typ`; the words go to it as JSON, never as a part of its text. The same briefing gives the same
bytes: nothing of the clock or of the machine gets into the file.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

import orjson
import segno
import typst

from dashboard.briefing import fonts, svg
from dashboard.briefing.content import Briefing, Chart, Part, Table
from dashboard.briefing.fitted import fitted
from dashboard.briefing.plot import plot
from dashboard.briefing.shapes import Drawing, Marker, Shape, drawing
from dashboard.figures.palette import OKABE_ITO
from data.i18n import Language

TEMPLATE = Path(__file__).with_name("briefing.typ")
LOGO = Path(__file__).parents[1] / "assets" / "logo.svg"
STANDARDS = ["a-2a", "ua-1"]
# The state whose usage the numbers and words follow; Spanish is of no single state.
REGIONS = {"en": "GB", "pt": "BR", "fr": "FR"}
# Points: across a table, beside a cell's words, and of a letter. Letters: the least that a word and the most that a
# word and a cell of a column are given room for.
WIDE, INSET, LETTER = 510.0, 13.0, 4.6
SHORTEST, LONGEST, WIDEST = 4, 20, 60
_NUMBER = re.compile(r"<?[\d.,\s]*\d(–[\d.,\s]*\d)?")

Held = dict[str, Any]


def write(briefing: Briefing) -> bytes:
    """The PDF.

    Raises:
        typst.TypstError: the layout cannot be set; the text says where.
    """
    return compiled(briefing)[0]


def compiled(briefing: Briefing) -> tuple[bytes, list[str]]:
    """The PDF, and what Typst warns of."""
    files = Files()
    held = _held(briefing, files)
    # Several files are given as a dictionary; its types do not say so.
    made, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]
        files.held
        | {"main.typ": TEMPLATE.read_bytes(), "briefing.json": orjson.dumps(_drawable(held))}
        | {"logo.svg": LOGO.read_bytes()},
        font_paths=[str(fonts.unpacked().folder)],
        ignore_system_fonts=True,
        pdf_standards=STANDARDS,
        timestamp=datetime.fromisoformat(briefing.created).replace(tzinfo=UTC),
    )
    return bytes(made), [str(warning.message) for warning in warnings]


@dataclass(frozen=True)
class Files:
    """The pictures that a document shows, by the name under which it asks for them."""

    held: dict[str, bytes] = field(default_factory=dict)

    def add(self, content: bytes) -> str:
        """Keep a picture; returns its name."""
        name = f"picture{len(self.held)}.svg"
        self.held[name] = content
        return name


def _held(briefing: Briefing, files: Files) -> Held:
    """What `briefing.typ` asks for."""
    lang, first, created = briefing.lang, briefing.parts[0], datetime.fromisoformat(briefing.created)
    if briefing.address:
        files.held["qr.svg"] = _code(briefing.address)
    return {
        "lang": lang.code,
        "region": REGIONS.get(lang.code),
        "fonts": {"title": [fonts.SERIF, fonts.SANS, fonts.FALLBACK], "text": [fonts.SANS, fonts.FALLBACK]},
        "created": {"year": created.year, "month": created.month, "day": created.day},
        **{name: getattr(briefing, name) for name in ("title", "subtitle", "as_of", "stale", "address")},
        "old": lang.text("More than a year old"),
        "open": lang.text("Open this view"),
        "qr": lang.text("QR code that opens this view: {address}", address=briefing.address),
        "page": lang.text("Page {n} of {all}"),
        "lead": first.lead,
        "remarks": first.remarks,
        "parts": [
            _part(part, after, lang, files) for part, after in zip_longest(briefing.parts[1:], briefing.parts[2:])
        ],
    }


def _part(part: Part, after: Part | None, lang: Language, files: Files) -> Held:
    shown = _map(part)
    return {
        "title": part.title,
        "lead": part.lead,
        # Before a map, which begins a page, figures have room.
        "large": bool(after and after.picture and not (part.tables or part.annex)),
        "facts": [{"label": fact.label, "figure": fact.figure, "note": fact.note} for fact in part.facts],
        "picture": shown and part.picture and {"file": files.add(svg.picture(shown)), "alt": part.picture.alt},
        "chart": part.chart and _chart(part.chart, part.title, lang, files),
        "tables": [_table(table, part.title) for table in (*part.tables, *part.annex)],
        "remarks": part.remarks,
    }


def _map(part: Part) -> Drawing | None:
    """The map of a part; routes of which none is drawn, and no role told, have none: their words say so."""
    if not part.picture:
        return None
    drawn = drawing(part.picture.spec)
    told = any(shape.layer == "arrow" or _badge(shape) for shape in drawn.shapes)
    return fitted(drawn) if told or part.kind != "routes" else None


def _badge(shape: Shape) -> bool:
    return isinstance(shape, Marker) and shape.layer == "mark" and shape.fill.colour in OKABE_ITO.values()


def _chart(chart: Chart, above: str, lang: Language, files: Files) -> Held:
    file = files.add(svg.picture(plot(chart, lang)))
    titled = chart.title != above
    return {"title": chart.title, "titled": titled, "file": file, "alt": chart.alt, "remarks": chart.remarks}


def _table(table: Table, above: str) -> Held:
    # A column without a word would only take room from the others.
    columns = [column for column in zip(table.head, *table.rows, strict=True) if any(column[1:]) or not table.rows]
    return {
        "head": [column[0] for column in columns],
        "rows": list(zip(*(column[1:] for column in columns), strict=True)),
        "alt": table.alt,
        "titled": table.alt != above,
        "columns": _widths(columns),
        "numeric": [_numeric(column[1:]) for column in columns],
    }


def _numeric(cells: Sequence[str]) -> bool:
    """Whether a column holds figures; lists of years are words."""
    return all(_NUMBER.fullmatch(one) and ", " not in one for one in cells if one)


def _widths(columns: Sequence[Sequence[str]]) -> list[float]:
    """The points of each column: its longest word has room, and what is left goes to those with longer cells.

    A heading counts by half: it may stand on two lines.
    """
    words = [max(len(word) for one in column for word in one.split() or [""]) for column in columns]
    least = [INSET + LETTER * min(max(word, SHORTEST), LONGEST) for word in words]
    cells = [max(len(column[0]) / 2, *map(len, column[1:]), 0) for column in columns]
    wished = [INSET + LETTER * min(cell, WIDEST) for cell in cells]
    more = [max(wish - room, 0.0) for wish, room in zip(wished, least, strict=True)]
    left, shares = WIDE - sum(least), more if any(more) else least
    return [round(room + left * share / sum(shares), 2) for room, share in zip(least, shares, strict=True)]


def _code(address: str) -> bytes:
    """A QR code as SVG; a fifth of it may be lost in print and it still reads."""
    held = io.BytesIO()
    segno.make(address, error="q", micro=False).save(held, kind="svg", border=1, xmldecl=True, svgns=True)
    return held.getvalue()


def _drawable(held: Any) -> Any:  # noqa: ANN401 - JSON: words at any depth
    """The same with words that the fonts can draw."""
    if isinstance(held, str):
        return fonts.drawable(held)
    if isinstance(held, dict):
        return {key: _drawable(value) for key, value in held.items()}
    return [_drawable(value) for value in held] if isinstance(held, list | tuple) else held
