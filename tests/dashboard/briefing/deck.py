"""A written briefing read back with python-pptx, and the snapshot's own files: the two ends that tests compare."""

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polars as pl
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard import store
from dashboard.briefing import formats
from dashboard.briefing.slides.template import LAYOUTS

ROOT = "https://atalaya.example.org"
THOUSANDS = {"en": ",", "es": ",", "pt": ".", "fr": "\u202f"}
WHOLE = [pl.col(name) == "total" for name in ("sex", "age", "form")]
REPORTED = pl.col("status").is_in(["exact", "masked"])


@cache
def written(code="en", area=None, other=None, root=ROOT):
    """The file of a briefing."""
    from data.i18n import language

    return formats.made("pptx", language(code), area, other, root)


@cache
def opened(code="en", area=None, other=None):
    """A briefing as python-pptx reads it, for tests that change nothing."""
    return Presentation(io.BytesIO(written(code, area, other)))


@cache
def snapshot_table(name):
    """A table of the snapshot, read from its file."""
    return pl.read_parquet(Path(store.snapshot().root) / f"{name}.parquet")


def every(shapes) -> Iterator:
    """All shapes, those inside of groups as well."""
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every(shape.shapes)


def title(slide) -> str:
    """The title of a slide."""
    return slide.shapes.title.text_frame.text


def of_kind(deck, kind) -> list:
    """The slides of a kind of part, in order."""
    return [slide for slide in deck.slides if slide.slide_layout.name == LAYOUTS[kind]]


def on_slide(slide) -> str:
    """All text that a slide shows, without its notes; lines of one text are joined."""
    texts = [shape.text_frame.text for shape in every(slide.shapes) if shape.has_text_frame]
    cells = [cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return "\n".join(text.replace("\n", " ") for text in (*texts, *cells))


def cards(slide) -> list[tuple[str, str, str]]:
    """Label, figure and note of each card, in the order in which they are read."""
    shapes = [shape for shape in slide.shapes if shape.name.split(":")[0] in {"label", "figure", "note"}]
    texts = [shape.text_frame.text for shape in shapes]
    return list(zip(texts[::3], texts[1::3], texts[2::3], strict=True))


def rows(slides) -> list[list[str]]:
    """The rows of the tables of slides, without their headings."""
    tables = [shape.table for one in slides for shape in one.shapes if shape.has_table]
    return [[cell.text for cell in row.cells] for table in tables for row in list(table.rows)[1:]]


def charts(slides):
    return [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]


def number(value, code="en"):
    """A whole figure as a language writes it."""
    return f"{value:,.0f}".replace(",", THOUSANDS[code])


def interval(low, high, code="en"):
    return number(low, code) if low == high else f"{number(low, code)}–{number(high, code)}"


def slide_text(slide) -> str:
    """All text of a slide and its notes."""
    texts = [shape.text_frame.text for shape in every(slide.shapes) if shape.has_text_frame]
    cells = [cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return "\n".join([*texts, *cells, slide.notes_slide.notes_text_frame.text])
