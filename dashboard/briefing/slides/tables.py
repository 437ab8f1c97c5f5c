"""Put tables on slides: measure columns and rows, and use as many slides as needed."""

from collections.abc import Iterator, Sequence
from typing import Any

from pptx.oxml import parse_xml
from pptx.util import Pt

from dashboard.briefing.content import Table
from dashboard.briefing.slides import look
from dashboard.briefing.slides.page import ALIGNED, Page, Type, describe, write
from dashboard.charts.render import metrics
from dashboard.charts.render.slide import EMU, SPACES, Box
from dashboard.words.tables import NONE, NUMBER, YEARS

# Points between the text of a cell and its sides; above and below it, by font size.
SIDE = 5.0
# Points after a table.
GAP = 8.0
ABOVE = {12.0: 2.5, 11.0: 0.9}
# PowerPoint's id for "no style": every cell has its own look.
PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
# Steps of the search for the widest column.
STEPS = 40


def widths(content: Table, room: float, size: float) -> list[float]:
    """Column widths in points: every cell on one line if that fits, else the widest columns are narrowed."""
    wished, least = [], []
    for place, heading in enumerate(content.head):
        cells = [row[place] for row in content.rows]
        longest = max([metrics.width(heading, size, bold=True), *(metrics.width(cell, size) for cell in cells)])
        words = [word for text in (heading, *cells) for word in text.split(" ")]
        least.append(max(metrics.width(word, size, bold=True) for word in words) + 2 * SIDE + 1)
        wished.append(longest + 2 * SIDE + 1)
    total = sum(wished)
    if total <= room:
        return [wide + (room - total) * wide / total for wide in wished]
    return _narrowed(wished, least, room)


def _narrowed(wished: list[float], least: list[float], room: float) -> list[float]:
    """Limit the width of columns to the largest value that fits; none is narrower than its longest word."""
    low, high = 0.0, max(wished)
    for _ in range(STEPS):
        limit = (low + high) / 2
        fits = sum(max(min(wide, limit), narrow) for wide, narrow in zip(wished, least, strict=True)) <= room
        low, high = (limit, high) if fits else (low, limit)
    widths_found = [max(min(wide, low), narrow) for wide, narrow in zip(wished, least, strict=True)]
    return [wide * room / sum(widths_found) for wide in widths_found]


def tall(row: tuple[str, ...], columns: list[float], size: float, *, bold: bool = False) -> float:
    """The height of a row in points."""
    cells = zip(row, columns, strict=True)
    return max(metrics.height(cell, wide - 2 * SIDE, size, bold=bold) for cell, wide in cells) + 2 * ABOVE[size]


def plan(every: Sequence[Table], size: float, first: float, others: float) -> list[tuple[list[Table], float]]:
    """Distribute tables, or parts of them, over slides; with the points of height that each slide needs.

    Args:
        first, others: points of height free on the first slide, and on each further one.
    """
    slides: list[tuple[list[Table], float]] = []
    for content in every:
        columns = widths(content, look.INNER, size)
        whole = height(content, columns, size) + GAP
        free = first if len(slides) < 2 else others  # noqa: PLR2004 - the first slide
        if slides and slides[-1][1] + whole <= free:
            slides[-1] = ([*slides[-1][0], content], slides[-1][1] + whole)
            continue
        parts = [*pages(content, columns, size, others if slides else first, others)]
        slides += [([piece], height(piece, columns, size) + GAP) for piece in parts]
    return slides


def pages(content: Table, columns: list[float], size: float, first: float, others: float) -> Iterator[Table]:
    """Split a table into parts that fit: `first` points are free for the first one, `others` for each further one."""
    head = tall(content.head, columns, size, bold=True)
    rows: list[tuple[str, ...]] = []
    used, room = head, first
    for row in content.rows:
        needed = tall(row, columns, size)
        if rows and used + needed > room:
            yield Table(content.head, tuple(rows), content.alt)
            rows, used, room = [], head, others
        rows.append(row)
        used += needed
    if rows:
        yield Table(content.head, tuple(rows), content.alt)


def height(content: Table, columns: list[float], size: float) -> float:
    """The height of the whole table in points."""
    return tall(content.head, columns, size, bold=True) + sum(tall(row, columns, size) for row in content.rows)


def put(page: Page, content: Table, box: Box, columns: list[float], size: float) -> None:
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
    cell.margin_top = cell.margin_bottom = Pt(ABOVE[size])
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
