"""Whether the text of a workbook's parts may be parsed: no entities, nothing endless, nothing nested or wide."""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import range_boundaries

from data.report.faults import Fault, fault

MOST_CELLS, MOST_ELEMENTS, DEEPEST, LONGEST = 60_000, 400_000, 64, 20.0
# Libraries make a cell of every place in such ranges.
MOST_PLACES = 10_000
RANGES = ("mergeCell", "hyperlink")
# What is told once, of all parts.
OF_ALL = ("too_many_cells", "too_slow", "ranges_too_large")
TEXT = re.compile(r"\.(?:xml|rels|vml)$")
# A part that says otherwise hides its declarations from whoever looks for them.
ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-8|us-ascii)", re.IGNORECASE)
UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


class _Limits:
    """What all parts together may hold, and how long they may take."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock, self.until = clock, clock() + LONGEST
        self.cells = self.elements = self.places = 0

    def passed(self, element: Element) -> str:
        """The code of the fault of one element too many, or nothing."""
        tag = element.tag.rpartition("}")[2]
        self.elements += 1
        self.cells += tag == "c"
        self.places += _places(element) if tag in RANGES else 0
        if self.places > MOST_PLACES:
            return "ranges_too_large"
        if self.cells > MOST_CELLS or self.elements > MOST_ELEMENTS:
            return "too_many_cells"
        return "too_slow" if self.clock() > self.until else ""


def faults(parts: Mapping[str, bytes], clock: Callable[[], float]) -> Iterator[Fault]:
    """The first fault of each part; none where all may be read.

    Args:
        clock: seconds.
    """
    limits = _Limits(clock)
    for name, content in parts.items():
        found = _part(name, content, limits) if TEXT.search(name) else None
        if found:
            yield found
        if found and found.code in OF_ALL:
            return


def _part(name: str, content: bytes, limits: _Limits) -> Fault | None:
    if content.startswith(UTF_16) or ENCODING.match(content.lstrip(b"\xef\xbb\xbf \r\n\t")):
        return fault("odd_part", part=name)
    try:
        return _walked(name, content, limits)
    except DefusedXmlException:
        return fault("entities", part=name)
    except (ParseError, ValueError):
        return fault("damaged")


def _walked(name: str, content: bytes, limits: _Limits) -> Fault | None:
    depth = 0
    for event, element in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
        if event == "end":
            depth -= 1
            element.clear()
            continue
        depth += 1
        code = "too_deep" if depth > DEEPEST else limits.passed(element)
        if code:
            return fault(code, most=MOST_CELLS, part=name)
    return None


def _places(element: Element) -> int:
    left, top, right, bottom = range_boundaries(element.get("ref", "A1"))
    # A range of whole rows or columns has no ends.
    if left is None or top is None or right is None or bottom is None:
        return MOST_PLACES + 1
    return (right - left + 1) * (bottom - top + 1)
