"""Reads a PDF with other programs: its tag tree with pikepdf, its words and their boxes with poppler."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pikepdf
import pytest

poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed (pdftotext)")
SPACES = re.compile(r"[\s\u00a0\u202f\u00ad]+")


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    """Every element of the tag tree in reading order."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if "/S" in element:
            yield str(element.S).lstrip("/"), element
        kids = element.get("/K", [])
        children = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in reversed(children) if isinstance(kid, pikepdf.Dictionary)]


def names(pdf: pikepdf.Pdf) -> list[str]:
    return [name for name, _ in elements(pdf)]


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    """Level and words of each bookmark, in order; they follow the headings."""
    entries: list[tuple[int, str]] = []

    def walk(items: list[pikepdf.OutlineItem], level: int) -> None:
        for item in items:
            entries.append((level, SPACES.sub(" ", item.title)))
            walk(item.children, level + 1)

    with pdf.open_outline() as outline:
        walk(list(outline.root), 1)
    return entries


def holes(pdf: pikepdf.Pdf) -> int:
    """How many letters are drawn without a glyph: the glyph 0 of a font, in pages and in the pictures on them."""
    return sum(_holes(page.obj, page.obj.get("/Resources", {})) for page in pdf.pages)


def _holes(stream: pikepdf.Object, resources: pikepdf.Object) -> int:
    missing = 0
    for operands, operator in pikepdf.parse_content_stream(stream):
        if str(operator) in {"Tj", "TJ", "'", '"'}:
            texts = operands[-1] if str(operator) == "TJ" else operands
            codes = b"".join(bytes(item) for item in texts if isinstance(item, pikepdf.String))
            missing += sum(codes[at : at + 2] == b"\0\0" for at in range(0, len(codes), 2))
    inner = [item for item in resources.get("/XObject", {}).values() if item.get("/Subtype") == "/Form"]
    return missing + sum(_holes(item, item.get("/Resources", resources)) for item in inner)


def text(content: bytes, *, body: bool = False) -> str:
    """All words in reading order, any white space one space; the body is what heads and feet of pages do not part."""
    cut = ["-r", "72", "-x", "0", "-y", "46", "-W", "596", "-H", "750"] if body else []
    command = ["pdftotext", *cut, "-raw", "-", "-"]
    return SPACES.sub(" ", subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode())


@dataclass(frozen=True)
class Word:
    """A word and its box, in points from the upper left corner of its page."""

    page: int
    words: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: "Word") -> bool:
        """Whether a good part of both is in one place."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 1 and down > 0.45 * min(self.bottom - self.top, other.bottom - other.top)


def words(content: bytes) -> list[Word]:
    command = ["pdftotext", "-bbox", "-", "-"]
    output = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    pages = ET.fromstring(output).iter("{http://www.w3.org/1999/xhtml}page")  # noqa: S314 - what poppler just wrote
    return [
        Word(number, word.text or "", *(float(word.get(edge, "")) for edge in ("xMin", "yMin", "xMax", "yMax")))
        for number, page in enumerate(pages)
        for word in page
    ]


def pictures(pdf: pikepdf.Pdf) -> list[Word]:
    """Where pictures lie."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    boxes = []
    for name, element in elements(pdf):
        if name == "Figure":
            attributes = (
                element.A if isinstance(element.A, pikepdf.Dictionary) else next(a for a in element.A if "/BBox" in a)
            )
            left, bottom, right, top = map(float, attributes.BBox)
            number = pages[element.Pg.objgen]
            height = float(pdf.pages[number].mediabox[3])
            boxes.append(Word(number, str(element.Alt), left, height - top, right, height - bottom))
    return boxes
