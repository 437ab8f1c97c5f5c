"""Check that bytes are a workbook that is safe to open: size, parts and XML, before a library reads it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser
from openpyxl.utils.cell import range_boundaries

from data.report.faults import Fault, fault

MEGABYTE = 1_000_000
# Megabytes that a browser may send; the server reads only as much as a workbook can have.
UPLOAD_MEGABYTES = 100
# A filled workbook has a tenth of a megabyte, and about six times as much unpacked. A parser's time grows with the
# square of the length of one text or tag, so a larger file could stop the server.
MAX_BYTES = MEGABYTE
MAX_UNPACKED = 5 * MEGABYTE
MAX_RATIO = 200
MAX_PARTS = 200
MAX_CELLS = 60_000
MAX_ELEMENTS = 400_000
MAX_DEPTH = 64
# openpyxl creates every cell in a range of these elements.
RANGES = ("mergeCell", "hyperlink")
MAX_RANGE_CELLS = 10_000
# Faults that are reported only once for all parts.
OF_ALL_PARTS = ("too_many_cells", "ranges_too_large")
# Excel workbooks older than 2007, and any workbook with a password.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
TYPES = "[Content_Types].xml"
MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO = b"macroEnabled"
ENCRYPTED = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
XML = re.compile(r"\.(?:xml|rels|vml)$")
# The parts that spreadsheet programs write for a workbook of texts.
EXPECTED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/[\w.]+\.(?:xml|wmf|emf|jpeg|png)|docMetadata/\w+\.xml|customXml/.*"
    r"|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/(?:styles|sharedStrings|calcChain|metadata)\.xml"
    r"|xl/theme/\w+\.xml|xl/worksheets/sheet\d+\.xml|xl/worksheets/_rels/sheet\d+\.xml\.rels"
    r"|xl/printerSettings/\w+\.bin|xl/persons/\w+\.xml|xl/namedSheetViews/\w+\.xml"
)
# Parts that are refused by name; the codes are those of `faults.FAULTS`.
REFUSED = {
    "macros": re.compile(r"vbaProject|vbaData|xl/macrosheets/|xl/dialogsheets/", re.IGNORECASE),
    "links": re.compile(r"xl/externalLinks/", re.IGNORECASE),
    "comments": re.compile(r"xl/(?:threadedC|c)omments", re.IGNORECASE),
    "connections": re.compile(r"xl/(?:connections|queryTables|pivot|model|customData|slicer)", re.IGNORECASE),
    "objects": re.compile(r"xl/(?:media|drawings|charts|chartsheets|embeddings|activeX|ctrlProps)", re.IGNORECASE),
}
DRAWING = re.compile(r"xl/drawings/\w+\.xml")
ANCHOR = b"Anchor"


@dataclass(frozen=True)
class Package:
    """The parts of a workbook by name, or the faults that prevent opening it."""

    parts: Mapping[str, bytes]
    faults: tuple[Fault, ...] = ()

    def packed(self) -> bytes:
        """A workbook file of the checked parts, and nothing else."""
        # The bytes as sent may declare false sizes, and contain more than was checked.
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return stream.getvalue()


def unpack(content: bytes) -> Package:
    """Unpack a workbook and check its parts; if it is not safe to open, the result has faults."""
    if problem := _kind_fault(content):
        return Package({}, (problem,))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if problem := _directory_fault(archive.infolist(), len(content)):
                return Package({}, (problem,))
            parts = {part.filename: _read(archive, part) for part in archive.infolist() if not _is_folder(part)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return Package({}, (fault("damaged"),))
    return Package(parts, tuple(_name_faults(parts)) or tuple(_xml_faults(parts)))


def too_large() -> Fault:
    """The fault of a file that is too large; it can be refused without reading it."""
    return fault("too_large", most=MAX_BYTES // MEGABYTE)


def _is_folder(part: zipfile.ZipInfo) -> bool:
    # `ZipInfo.is_dir` fails on an empty name.
    return part.filename.endswith("/")


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    # The limit keeps a part from unpacking to more than the directory declares.
    with archive.open(part) as file:
        return file.read(part.file_size + 1)


def _kind_fault(content: bytes) -> Fault | None:
    if len(content) > MAX_BYTES:
        return too_large()
    if not content:
        return fault("empty_file")
    if content.startswith(OLE):
        return fault("old_or_locked")
    return None if content.startswith(ZIP) else fault("no_workbook")


def _directory_fault(listed: Sequence[zipfile.ZipInfo], size: int) -> Fault | None:
    """The first fault in the archive's directory: number of parts, sizes, compression."""
    unpacked = sum(part.file_size for part in listed)
    if len(listed) > MAX_PARTS:
        return fault("too_many_parts")
    if unpacked > min(MAX_UNPACKED, size * MAX_RATIO):
        return fault("unpacks_too_large")
    if any(part.flag_bits & ENCRYPTED for part in listed):
        return fault("old_or_locked")
    twice = len({part.filename.casefold() for part in listed}) < len(listed)
    return fault("damaged") if twice or any(part.compress_type not in METHODS for part in listed) else None


def _name_faults(parts: Mapping[str, bytes]) -> Iterator[Fault]:
    """Faults of parts that do not belong in a workbook of texts; each kind once."""
    if TYPES not in parts:
        yield fault("no_workbook")
        return
    refused = {code: name for name, content in parts.items() if (code := _refused(name, content))}
    for code, name in refused.items():
        yield fault(code, part=name)
    for name in parts:
        if not any(pattern.search(name) for pattern in REFUSED.values()) and not EXPECTED.fullmatch(name):
            yield fault("odd_part", part=name)
    if MACRO in parts[TYPES] and "macros" not in refused:
        yield fault("macros", part=TYPES)
    elif MAIN not in parts[TYPES] and not refused:
        yield fault("no_workbook")


def _refused(name: str, content: bytes) -> str:
    # Google Sheets gives every sheet an empty drawing.
    if DRAWING.fullmatch(name) and ANCHOR not in content:
        return ""
    return next((code for code, pattern in REFUSED.items() if pattern.search(name)), "")


def _xml_faults(parts: Mapping[str, bytes]) -> Iterator[Fault]:
    """The first fault of each XML part; the limits on cells and ranges hold for all parts together."""
    limits = _Limits()
    for name, content in parts.items():
        if XML.search(name) and (problem := _xml_fault(name, content, limits)):
            yield problem
            if problem.code in OF_ALL_PARTS:
                return


def _xml_fault(name: str, content: bytes, limits: "_Limits") -> Fault | None:
    limits.depth = 0
    parser = XMLParser(target=limits, forbid_dtd=True)
    try:
        content.decode("utf-8")
        parser.feed(content)
        parser.close()
    except (UnicodeDecodeError, LookupError):
        # The bytes are not UTF-8, or the part names an encoding that does not exist.
        return fault("odd_part", part=name)
    except _LimitError as error:
        return fault(str(error), most=MAX_CELLS, part=name)
    except DefusedXmlException:
        return fault("entities", part=name)
    except (ParseError, ValueError):
        return fault("damaged")
    return None


class _LimitError(Exception):
    """A limit is exceeded; the text is the code of its fault."""


class _Limits:
    """A parser target that counts the elements of all parts."""

    def __init__(self) -> None:
        self.elements = self.cells = self.range_cells = self.depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Count an element.

        Raises:
            _LimitError: a limit is exceeded.
        """
        name = tag.rpartition("}")[2]
        self.depth += 1
        self.elements += 1
        self.cells += name == "c"
        self.range_cells += _range_cells(attributes.get("ref", "A1")) if name in RANGES else 0
        if self.depth > MAX_DEPTH:
            raise _LimitError("too_deep")
        if self.range_cells > MAX_RANGE_CELLS:
            raise _LimitError("ranges_too_large")
        if self.cells > MAX_CELLS or self.elements > MAX_ELEMENTS:
            raise _LimitError("too_many_cells")

    def end(self, _tag: str) -> None:
        """Leave an element."""
        self.depth -= 1

    def close(self) -> None:
        """End a part; the counts continue with the next one."""


def _range_cells(cells: str) -> int:
    left, top, right, bottom = range_boundaries(cells)
    # A range of whole rows or columns has open ends.
    if left is None or top is None or right is None or bottom is None:
        return MAX_RANGE_CELLS + 1
    return (right - left + 1) * (bottom - top + 1)
