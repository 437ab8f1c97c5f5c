"""Whether bytes are a workbook that may be opened: its size, its parts and their text, before any library reads it."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

from data.report import markup
from data.report.faults import Fault, fault

MEGABYTE = 1_000_000
# A filled workbook has a tenth of a megabyte.
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = MEGABYTE, 40 * MEGABYTE, 200
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
DRAWING, ANCHOR = re.compile(r"xl/drawings/\w+\.xml"), b"Anchor"
# What has a name of its own in a fault.
KNOWN = (
    ("macros", re.compile(r"vbaProject|vbaData|xl/macrosheets/|xl/dialogsheets/", re.IGNORECASE)),
    ("links", re.compile(r"xl/externalLinks/", re.IGNORECASE)),
    ("comments", re.compile(r"xl/(?:threadedC|c)omments", re.IGNORECASE)),
    ("connections", re.compile(r"xl/(?:connections|queryTables|pivot|model|customData|slicer)", re.IGNORECASE)),
    ("objects", re.compile(r"xl/(?:media|drawings|charts|chartsheets|embeddings|activeX|ctrlProps)", re.IGNORECASE)),
)


@dataclass(frozen=True)
class Parts:
    """The parts of a workbook by their names, or the faults for which it is not opened."""

    held: Mapping[str, bytes]
    faults: tuple[Fault, ...] = ()

    def packed(self) -> bytes:
        """The same as a workbook that holds what was looked at, and nothing else."""
        # Of the bytes that were sent, another reader may see more: the sizes that they declare may be a lie.
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.held.items():
                archive.writestr(name, content)
        return stream.getvalue()


def parts(content: bytes, clock: Callable[[], float] = monotonic) -> Parts:
    """Unpack a workbook as far as it may be.

    Args:
        clock: seconds, for the longest time that reading may take.
    """
    if kind := _kind(content):
        return Parts({}, (kind,))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if found := _listed(archive.infolist()):
                return Parts({}, (found,))
            held = {one.filename: _read(archive, one) for one in archive.infolist() if not one.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return Parts({}, (fault("damaged"),))
    return Parts(held, tuple(_unexpected(held)) or tuple(markup.faults(held, clock)))


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    # A number of bytes, so that no more than declared is ever unpacked.
    with archive.open(part) as file:
        return file.read(part.file_size + 1)


def too_large() -> Fault:
    """The fault of a file of more bytes than are read; it need not be read to be refused."""
    return fault("too_large", most=MOST_BYTES // MEGABYTE)


def _kind(content: bytes) -> Fault | None:
    """What bytes are that are no workbook, or too many."""
    if len(content) > MOST_BYTES:
        return too_large()
    if not content:
        return fault("empty_file")
    if content.startswith(OLE):
        return fault("old_or_locked")
    return None if content.startswith(ZIP) else fault("no_workbook")


def _listed(listed: Sequence[zipfile.ZipInfo]) -> Fault | None:
    """What is wrong with the list of parts: how many, how large, how packed."""
    if len(listed) > MOST_PARTS:
        return fault("too_many_parts")
    if sum(part.file_size for part in listed) > MOST_UNPACKED:
        return fault("unpacks_too_large")
    if any(part.flag_bits & ENCRYPTED for part in listed):
        return fault("old_or_locked")
    twice = len({part.filename.casefold() for part in listed}) < len(listed)
    return fault("damaged") if twice or any(part.compress_type not in METHODS for part in listed) else None


def _unexpected(held: Mapping[str, bytes]) -> Iterator[Fault]:
    """What no workbook of texts holds, each kind once."""
    if TYPES not in held:
        yield fault("no_workbook")
        return
    told = dict(_named(held))
    for code, name in told.items():
        yield fault(code, part=name)
    for name in held:
        if not any(form.search(name) for _, form in KNOWN) and not EXPECTED.fullmatch(name):
            yield fault("odd_part", part=name)
    if MACRO in held[TYPES] and "macros" not in told:
        yield fault("macros", part=TYPES)
    elif MAIN not in held[TYPES] and not told:
        yield fault("no_workbook")


def _named(held: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for name, content in held.items():
        code = next((code for code, form in KNOWN if form.search(name)), "")
        # Some programs give every sheet a drawing in which nothing is drawn.
        if code and not (DRAWING.fullmatch(name) and ANCHOR not in content):
            yield code, name
