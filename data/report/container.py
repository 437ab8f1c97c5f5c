"""Whether bytes are a workbook that may be opened: its size, its parts and their text, before any library reads it."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from time import monotonic

from data.report import markup
from data.report.faults import Fault, fault

MEGABYTE = 1_000_000
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 5 * MEGABYTE, 40 * MEGABYTE, 200
# Old binary workbooks, and what programs make of a workbook with a password.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP, TYPES = b"PK\x03\x04", "[Content_Types].xml"
MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO = b"macroEnabled"
ENCRYPTED = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What spreadsheet programs write of a workbook of texts.
EXPECTED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/[\w.]+\.(?:xml|wmf|emf|jpeg|png)|docMetadata/\w+\.xml|customXml/.*"
    r"|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/(?:styles|sharedStrings|calcChain|metadata)\.xml"
    r"|xl/theme/\w+\.xml|xl/worksheets/sheet\d+\.xml|xl/worksheets/_rels/sheet\d+\.xml\.rels"
    r"|xl/printerSettings/\w+\.bin|xl/persons/\w+\.xml|xl/namedSheetViews/\w+\.xml"
)
# What has a name of its own in a fault.
KNOWN = (
    ("macros", re.compile(r"vbaProject|vbaData|xl/macrosheets/|xl/dialogsheets/", re.IGNORECASE)),
    ("links", re.compile(r"xl/externalLinks/", re.IGNORECASE)),
    ("comments", re.compile(r"xl/(?:threadedC|c)omments", re.IGNORECASE)),
    ("connections", re.compile(r"xl/(?:connections|queryTables|pivot|model|customData|slicer)", re.IGNORECASE)),
    ("objects", re.compile(r"xl/(?:media|drawings|charts|chartsheets|embeddings|activeX|ctrlProps)", re.IGNORECASE)),
)


def faults(content: bytes, clock: Callable[[], float] = monotonic) -> list[Fault]:
    """Why a workbook is not opened; nothing where it may be.

    Args:
        clock: seconds, for the longest time that reading may take.
    """
    if kind := _kind(content):
        return [kind]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return list(_parts(archive) or markup.faults(archive, clock))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return [fault("damaged")]


def too_large(size: int) -> Fault:
    """The fault of a file of so many bytes, which need not be read to be refused."""
    return fault("too_large", size=-(-size // MEGABYTE), most=MOST_BYTES // MEGABYTE)


def _kind(content: bytes) -> Fault | None:
    """What bytes are that are no workbook, or too many."""
    if len(content) > MOST_BYTES:
        return too_large(len(content))
    if not content:
        return fault("empty_file")
    if content.startswith(OLE):
        return fault("old_or_locked")
    return None if content.startswith(ZIP) else fault("no_workbook")


def _parts(archive: zipfile.ZipFile) -> list[Fault]:
    """What is wrong with the list of parts: how many, how large, which."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS:
        return [fault("too_many_parts")]
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        return [fault("unpacks_too_large")]
    if any(part.flag_bits & ENCRYPTED for part in parts):
        return [fault("old_or_locked")]
    if any(part.compress_type not in METHODS for part in parts) or len({*names}) < len(names):
        return [fault("damaged")]
    if TYPES not in names:
        return [fault("no_workbook")]
    types = archive.read(TYPES)
    found = list(_unexpected(name for name in names if not name.endswith("/")))
    if MACRO in types and not any(one.code == "macros" for one in found):
        found.append(fault("macros", part=TYPES))
    return found or ([] if MAIN in types else [fault("no_workbook")])


def _unexpected(names: Iterator[str]) -> Iterator[Fault]:
    told = set()
    for name in names:
        code = next((code for code, form in KNOWN if form.search(name)), "")
        # A picture comes in several parts, and is one thing to take out.
        if code and code not in told:
            told.add(code)
            yield fault(code, part=name)
        elif not code and not EXPECTED.fullmatch(name):
            yield fault("odd_part", part=name)
