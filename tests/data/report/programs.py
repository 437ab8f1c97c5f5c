"""A filled workbook as spreadsheet programs write it: the parts by hand, in the shape of Excel and of Google Sheets.

What they write is specified by ECMA-376 and by Microsoft's [MS-XLSX] (namespaces, `mc:Ignorable`, `x14ac:dyDescent`,
`xr:uid`, `x15ac:absPath`, extension lists); that Google gives every sheet an empty drawing is known from the libraries
that met it.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
OPEN = "http://schemas.openxmlformats.org"
MAIN, OFFICE = f"{OPEN}/spreadsheetml/2006/main", f"{OPEN}/officeDocument/2006/relationships"
PACKAGE, TYPES = f"{OPEN}/package/2006/relationships", f"{OPEN}/package/2006/content-types"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MICROSOFT = "http://schemas.microsoft.com/office"
EXCEL_SPACES = (
    f'xmlns:mc="{OPEN}/markup-compatibility/2006" mc:Ignorable="x14ac xr xr2 xr3" '
    f'xmlns:x14ac="{MICROSOFT}/spreadsheetml/2009/9/ac" xmlns:xr="{MICROSOFT}/spreadsheetml/2014/revision" '
    f'xmlns:xr2="{MICROSOFT}/spreadsheetml/2015/revision2" xmlns:xr3="{MICROSOFT}/spreadsheetml/2016/revision3"'
)
GOOGLE_SPACES = (
    f'xmlns:mx="{MICROSOFT}/mac/excel/2008/main" xmlns:mc="{OPEN}/markup-compatibility/2006" '
    f'xmlns:mv="urn:schemas-microsoft-com:mac:vml" xmlns:x14="{MICROSOFT}/spreadsheetml/2009/9/main" '
    f'xmlns:x15="{MICROSOFT}/spreadsheetml/2010/11/main" xmlns:x14ac="{MICROSOFT}/spreadsheetml/2009/9/ac" '
    f'xmlns:xm="{MICROSOFT}/excel/2006/main"'
)
# Days are counted from 1900, as if that had been a leap year, or from 1904.
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


@dataclass(frozen=True)
class Shape:
    """How a program writes: `google` or as Excel does, and what may differ between its versions."""

    google: bool = False
    inline: bool = False
    absolute: bool = False
    mac_dates: bool = False
    rich: bool = False


def written(book: Workbook, shape: Shape) -> bytes:
    """A workbook as a program writes it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in _Writer(book, shape).parts():
            archive.writestr(name, part.encode() if isinstance(part, str) else part)
    return stream.getvalue()


class _Writer:
    def __init__(self, book: Workbook, shape: Shape) -> None:
        self.book, self.shape = book, shape
        self.strings: dict[str, int] = {}
        self.numbers = range(1, len(book.worksheets) + 1)

    def parts(self) -> Iterator[tuple[str, str | bytes]]:
        sheets = [(f"xl/worksheets/sheet{n}.xml", self.sheet(n)) for n in self.numbers]
        yield "[Content_Types].xml", self.types()
        yield "_rels/.rels", self.package()
        yield "xl/workbook.xml", self.workbook()
        yield "xl/_rels/workbook.xml.rels", self.relations()
        yield from sheets
        yield "xl/styles.xml", self.styles()
        if not self.shape.inline:
            yield "xl/sharedStrings.xml", self.shared()
        if self.shape.google:
            yield from self.drawings()
        else:
            yield from self.of_excel()

    def types(self) -> str:
        over = [("/xl/workbook.xml", f"{SHEET}.sheet.main+xml"), ("/xl/styles.xml", f"{SHEET}.styles+xml")]
        over += [(f"/xl/worksheets/sheet{n}.xml", f"{SHEET}.worksheet+xml") for n in self.numbers]
        over += [] if self.shape.inline else [("/xl/sharedStrings.xml", f"{SHEET}.sharedStrings+xml")]
        if self.shape.google:
            drawing = "application/vnd.openxmlformats-officedocument.drawing+xml"
            over += [(f"/xl/drawings/drawing{n}.xml", drawing) for n in self.numbers]
        else:
            over += [("/xl/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml")]
            over += [("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")]
            over += [("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml")]
        defaults = [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml")]
        defaults += [("bin", "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings")]
        entries = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults)
        entries += "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in over)
        return f'{HEAD}<Types xmlns="{TYPES}">{entries}</Types>'

    def package(self) -> str:
        links = [(f"{OFFICE}/officeDocument", "xl/workbook.xml")]
        if not self.shape.google:
            links += [(f"{PACKAGE}/metadata/core-properties", "docProps/core.xml")]
            links += [(f"{OFFICE}/extended-properties", "docProps/app.xml")]
        return _relations(links)

    def relations(self) -> str:
        at = "/xl/" if self.shape.absolute else ""
        links = [(f"{OFFICE}/worksheet", f"{at}worksheets/sheet{n}.xml") for n in self.numbers]
        links += [(f"{OFFICE}/styles", f"{at}styles.xml")]
        links += [] if self.shape.inline else [(f"{OFFICE}/sharedStrings", f"{at}sharedStrings.xml")]
        links += [] if self.shape.google else [(f"{OFFICE}/theme", f"{at}theme/theme1.xml")]
        return _relations(links)

    def workbook(self) -> str:
        state = ' state="visible"' if self.shape.google else ""
        sheets = "".join(
            f'<sheet{state} name={quoteattr(sheet.title)} sheetId="{n}" r:id="rId{n}"/>'
            for n, sheet in zip(self.numbers, self.book.worksheets, strict=True)
        )
        if self.shape.google:
            body = f"<workbookPr/><sheets>{sheets}</sheets><definedNames/><calcPr/>"
            return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}" {GOOGLE_SPACES}>{body}</workbook>'
        dates = ' date1904="1"' if self.shape.mac_dates else ""
        body = (
            '<fileVersion appName="xl" lastEdited="7" lowestEdited="7" rupBuild="22527"/>'
            f'<workbookPr{dates} defaultThemeVersion="166925"/>'
            '<mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Informes\\" '
            f'xmlns:x15ac="{MICROSOFT}/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>'
            '<xr:revisionPtr revIDLastSave="0" documentId="13_ncr:1_{0B1C2D3E-4F50-4162-8374-95A6B7C8D9E0}" '
            'xr6:coauthVersionLast="47" xr6:coauthVersionMax="47" '
            'xr10:uidLastSave="{00000000-0000-0000-0000-000000000000}"/>'
            '<workbookProtection lockStructure="1"/>'
            '<bookViews><workbookView xWindow="-108" yWindow="-108" windowWidth="23256" windowHeight="12456" '
            'activeTab="2" xr2:uid="{11111111-2222-3333-4444-555555555555}"/></bookViews>'
            f'<sheets>{sheets}</sheets><calcPr calcId="191029"/>'
            '<extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}" '
            f'xmlns:x15="{MICROSOFT}/spreadsheetml/2010/11/main"><x15:workbookPr chartTrackingRefBase="1"/></ext>'
            "</extLst>"
        )
        spaces = EXCEL_SPACES.replace("x14ac xr xr2 xr3", "x15 xr xr6 xr10 xr2") + (
            f' xmlns:x15="{MICROSOFT}/spreadsheetml/2010/11/main" xmlns:xr6="{MICROSOFT}/spreadsheetml/2016/revision6"'
            f' xmlns:xr10="{MICROSOFT}/spreadsheetml/2016/revision10"'
        )
        return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}" {spaces}>{body}</workbook>'

    def styles(self) -> str:
        """Style 0 for words and numbers, 1 for days."""
        spaces = "" if self.shape.google else f" {EXCEL_SPACES}"
        fonts = '<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
        patterns = "".join(f'<fill><patternFill patternType="{kind}"/></fill>' for kind in ("none", "gray125"))
        fills = f'<fills count="2">{patterns}</fills>'
        borders = '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        base = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        forms = '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        body = (
            f'<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>{fonts}{fills}{borders}'
            f'<cellStyleXfs count="1">{base}</cellStyleXfs><cellXfs count="2">{base}{forms}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="0"/>'
        )
        return f'{HEAD}<styleSheet xmlns="{MAIN}"{spaces}>{body}</styleSheet>'

    def shared(self) -> str:
        items = "".join(f"<si>{self.text(text)}</si>" for text in self.strings)
        return f'{HEAD}<sst xmlns="{MAIN}" count="{len(self.strings)}" uniqueCount="{len(self.strings)}">{items}</sst>'

    def text(self, text: str) -> str:
        if not self.shape.rich or len(text) < 2:
            return f'<t xml:space="preserve">{escape(text)}</t>'
        # A bold word is a separate run.
        runs = (text[:1], text[1:])
        bold = '<rPr><b/><sz val="11"/><rFont val="Calibri"/><family val="2"/></rPr>'
        return "".join(
            f'<r>{bold * (not n)}<t xml:space="preserve">{escape(run)}</t></r>' for n, run in enumerate(runs)
        )

    def sheet(self, number: int) -> str:
        sheet = self.book.worksheets[number - 1]
        columns = "".join(
            f'<col min="{column.min}" max="{column.max}" width="{column.width}" customWidth="1" '
            f'hidden="{int(column.hidden)}"/>'
            for column in sheet.column_dimensions.values()
        )
        rows = "".join(filter(None, (self.row(sheet, row) for row in range(1, sheet.max_row + 1))))
        cols = f"<cols>{columns}</cols>" if columns else ""
        if self.shape.google:
            body = (
                '<sheetPr><outlinePr summaryBelow="0" summaryRight="0"/></sheetPr><sheetViews>'
                '<sheetView workbookViewId="0"/></sheetViews><sheetFormatPr customHeight="1" defaultColWidth="12.63" '
                f'defaultRowHeight="15.75"/>{cols}<sheetData>{rows}</sheetData><drawing r:id="rId1"/>'
            )
            return f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}" {GOOGLE_SPACES}>{body}</worksheet>'
        body = (
            f'<dimension ref="A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"/><sheetViews>'
            '<sheetView showGridLines="0" workbookViewId="0"><selection activeCell="C4" sqref="C4"/></sheetView>'
            '</sheetViews><sheetFormatPr defaultRowHeight="14.4" x14ac:dyDescent="0.3"/>'
            f'{cols}<sheetData>{rows}</sheetData><sheetProtection sheet="1" objects="1" scenarios="1"/>'
            '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
            f'<pageSetup paperSize="9" orientation="landscape" r:id="rId1"/>{self.listed(number)}'
        )
        mark = f'xr:uid="{{00000000-0001-0000-{number:04d}-000000000000}}"'
        return f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}" {EXCEL_SPACES} {mark}>{body}</worksheet>'

    def listed(self, number: int) -> str:
        """A drop-down whose words are on another sheet: in the list of extensions, as in Excel."""
        if number < 3:
            return ""
        name = self.book.worksheets[1].title
        return (
            '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
            f'xmlns:x14="{MICROSOFT}/spreadsheetml/2009/9/main"><x14:dataValidations count="1" '
            f'xmlns:xm="{MICROSOFT}/excel/2006/main">'
            '<x14:dataValidation type="list" allowBlank="1" showErrorMessage="1" '
            'xr:uid="{22222222-0000-0000-0000-000000000000}"><x14:formula1>'
            f"<xm:f>{escape(repr(name))}!$D$2:$D$5</xm:f></x14:formula1><xm:sqref>D4:D9</xm:sqref></x14:dataValidation>"
            "</x14:dataValidations></ext></extLst>"
        )

    def row(self, sheet: Any, row: int) -> str:
        cells = [sheet.cell(row, column) for column in range(1, sheet.max_column + 1)]
        body = "".join(self.cell(cell.coordinate, cell.value) for cell in cells)
        hidden = ' hidden="1"' * bool(sheet.row_dimensions[row].hidden)
        descent = "" if self.shape.google else f' spans="1:{sheet.max_column}" x14ac:dyDescent="0.3"'
        return f'<row r="{row}"{descent}{hidden}>{body}</row>'

    def cell(self, place: str, value: Any) -> str:
        if value is None:
            return f'<c r="{place}" s="0"/>'
        if isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            serial = (day - (EPOCH_1904 if self.shape.mac_dates else EPOCH)).days
            return f'<c r="{place}" s="1"><v>{serial}</v></c>'
        if isinstance(value, int | float):
            return f'<c r="{place}" s="0"><v>{float(value) if self.shape.google else value}</v></c>'
        if self.shape.inline:
            return f'<c r="{place}" s="0" t="inlineStr"><is>{self.text(value)}</is></c>'
        return f'<c r="{place}" s="0" t="s"><v>{self.strings.setdefault(value, len(self.strings))}</v></c>'

    def drawings(self) -> Iterator[tuple[str, str]]:
        spaces = f'xmlns:xdr="{OPEN}/drawingml/2006/spreadsheetDrawing" xmlns:a="{OPEN}/drawingml/2006/main"'
        for n in self.numbers:
            yield f"xl/drawings/drawing{n}.xml", f"{HEAD}<xdr:wsDr {spaces}/>"
            way = _relations([(f"{OFFICE}/drawing", f"../drawings/drawing{n}.xml")])
            yield f"xl/worksheets/_rels/sheet{n}.xml.rels", way

    def of_excel(self) -> Iterator[tuple[str, str | bytes]]:
        yield "xl/theme/theme1.xml", f'{HEAD}<a:theme xmlns:a="{OPEN}/drawingml/2006/main" name="Tema de Office"/>'
        core = f"{OPEN}/package/2006/metadata/core-properties"
        yield (
            "docProps/core.xml",
            f'{HEAD}<cp:coreProperties xmlns:cp="{core}"><cp:version>1</cp:version></cp:coreProperties>',
        )
        app = f"{OPEN}/officeDocument/2006/extended-properties"
        yield (
            "docProps/app.xml",
            f'{HEAD}<Properties xmlns="{app}"><Application>Microsoft Excel</Application></Properties>',
        )
        for n in self.numbers:
            yield f"xl/printerSettings/printerSettings{n}.bin", b"\x00" * 64
            way = _relations([(f"{OFFICE}/printerSettings", f"../printerSettings/printerSettings{n}.bin")])
            yield f"xl/worksheets/_rels/sheet{n}.xml.rels", way


def _relations(links: list[tuple[str, str]]) -> str:
    each = "".join(f'<Relationship Id="rId{n}" Type="{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(links, 1))
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{each}</Relationships>'
