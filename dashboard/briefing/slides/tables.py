"""Put tables on slides: measure columns and rows."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pptx.oxml import parse_xml
from pptx.util import Pt

from dashboard.briefing.slides import letters, look
from dashboard.briefing.slides.page import ALIGNED, BriefingSlide, Type, describe, write
from dashboard.charts.render.metrics import LEADING
from dashboard.charts.render.slide import EMU, SPACES, Box
from dashboard.views import page as blocks
from dashboard.words.tables import NONE, NUMBER, YEARS

# Points between the text of a cell and its sides, and after a table; above and below the text as a share of its size.
SIDE = 5.0
GAP = 10.0
ABOVE = 0.34
SIZES = (20.0, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0)
FEW = 2
# PowerPoint's id for "no style": every cell has its own look.
PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
# Points less in a cell of several lines: programs differ in where a line ends.
SPARE = 4.0
# How much wider than Arial another font may be.
WIDER = 1.16
# Steps in which the width of a table is shared by its columns.
STEPS = 24


class SlideTable(NamedTuple):
    """Rows of text under headings; `alt` describes the table."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alt: str


def of(block: blocks.Table) -> SlideTable:
    """The words of a table."""
    return SlideTable(block.sheet.head, block.sheet.cells, block.title)


def widths(content: SlideTable, room: float, size: float) -> list[float]:
    """Column widths in points: every cell on one line if that fits, else as few lines as the room allows."""
    wished, least = [], []
    for place, heading in enumerate(content.head):
        cells = [row[place] for row in content.rows]
        longest = max([letters.width(heading, size, bold=True), *(letters.width(cell, size) for cell in cells)])
        words = [word for text in (heading, *cells) for word in text.split(" ")]
        least.append(max(letters.width(word, size, bold=True) for word in words) + 2 * SIDE + 1)
        wished.append(longest + 2 * SIDE + 1)
    total = sum(wished)
    if total <= room:
        return [wide + (room - total) * wide / total for wide in wished]
    return _shared(content, least, room, size)


def _shared(content: SlideTable, least: list[float], room: float, size: float) -> list[float]:
    """Share the room that longest words leave, step by step: to the column that makes most rows high."""
    found, step = list(least), max(room - sum(least), 0.0) / STEPS
    columns = [*zip(content.head, *content.rows, strict=True)]
    lines = [[_lines(cell, wide, size) for cell in column] for column, wide in zip(columns, found, strict=True)]
    for _ in range(STEPS):
        highest = [max(row) for row in zip(*lines, strict=True)]
        needs = [sum(many for many, most in zip(column, highest, strict=True) if many == most > 1) for column in lines]
        place = needs.index(max(needs))
        found[place] += step
        lines[place] = [_lines(cell, found[place], size) for cell in columns[place]]
    return [wide * room / sum(found) for wide in found]


def tall(row: tuple[str, ...], columns: list[float], size: float, *, bold: bool = False) -> float:
    """The height of a row in points."""
    cells = zip(row, columns, strict=True)
    return max(_lines(cell, wide, size, bold=bold) for cell, wide in cells) * LEADING * size + 2 * ABOVE * size


def _lines(cell: str, wide: float, size: float, *, bold: bool = False) -> int:
    """The lines of a cell: where it needs several, runs of years break after their dash, too."""
    lines = len(letters.wrapped(cell, wide - 2 * SIDE, size, bold=bold))
    parts, room = re.sub("(?<=[0-9])([–-])", r"\1 ", cell), wide - 2 * SIDE - SPARE
    return lines if lines == 1 else len(letters.wrapped(parts, room, size, bold=bold))


def height(content: SlideTable, columns: list[float], size: float) -> float:
    """The height of the whole table in points."""
    return tall(content.head, columns, size, bold=True) + sum(tall(row, columns, size) for row in content.rows)


def grown(content: SlideTable, columns: list[float], size: float) -> float:
    """The height of the whole table in points where there is no font as narrow as Arial."""
    return height(content, [wide / WIDER for wide in columns], size)


def together(every: Iterable[SlideTable], wide: float, size: float) -> float:
    """The height of tables one under another in points, each with the gap after it."""
    return sum(height(one, widths(one, wide, size), size) + GAP for one in every)


def largest(every: Sequence[SlideTable], wide: float, room: float) -> float:
    """The largest size at which tables one under another fit into `room` points, with few lines in a cell if possible.

    If they do not fit in any, the smallest.
    """
    fitting = [size for size in SIZES if together(every, wide, size) <= room] or [SIZES[-1]]
    return next((size for size in fitting if short(every, wide, size)), fitting[0])


def short(every: Iterable[SlideTable], wide: float, size: float) -> bool:
    """Whether no cell has more than two lines."""
    each = [(row, widths(one, wide, size)) for one in every for row in one.rows]
    return all(
        _lines(cell, room, size) <= FEW for row, columns in each for cell, room in zip(row, columns, strict=True)
    )


def put(page: BriefingSlide, content: SlideTable, box: Box, columns: list[float], size: float) -> None:
    """Put a table at the top of a box."""
    lines = [content.head, *content.rows]
    frame = page.slide.shapes.add_table(len(lines), len(columns), *box.emu())
    frame.name = content.alt
    describe(frame, content.alt)
    table = frame.table
    next(frame.element.iter("{*}tableStyleId")).text = PLAIN
    table.first_row, table.horz_banding = True, False
    for column, wide in zip(table.columns, columns, strict=True):
        column.width = round(wide * EMU)
    right = [_figures([row[place] for row in content.rows]) for place in range(len(columns))]
    elements = frame.element.iter("{*}tc")
    for number, line in enumerate(lines):
        table.rows[number].height = round(tall(line, columns, size, bold=number == 0) * EMU)
        for place, text in enumerate(line):
            align = "right" if right[place] else "left"
            _cell(table.cell(number, place), next(elements), text or NONE, size, align, head=number == 0)


def _figures(cells: list[str]) -> bool:
    """Whether a column has figures; years are not figures."""
    return all(map(NUMBER.fullmatch, cells)) and not all(map(YEARS.fullmatch, cells))


def _cell(cell: Any, element: Any, text: str, size: float, align: str, *, head: bool) -> None:  # noqa: ANN401 - python-pptx
    cell.margin_left = cell.margin_right = Pt(SIDE)
    cell.margin_top = cell.margin_bottom = Pt(ABOVE * size)
    color = look.ON_BAND if head else look.INK
    write(cell.text_frame, [text], Type(size, color, bold=head, align=align))
    cell.text_frame.paragraphs[0].alignment = ALIGNED[align]
    # python-pptx has no name for borders.
    properties = element.get_or_add_tcPr()
    line = f'<a:solidFill><a:srgbClr val="{look.RULE}"/></a:solidFill>'
    properties.append(parse_xml(f'<a:lnB {SPACES} w="9525">{line}</a:lnB>'))
    if head:
        cell.fill.solid()
        cell.fill.fore_color.rgb = look.rgb(look.PRIMARY)
    else:
        cell.fill.background()
