"""What Excel and Google Sheets save of a filled workbook is accepted, and says what was filled in."""

import io
import zipfile
from dataclasses import replace

import pytest

from data.i18n import LANGUAGES, language
from data.report.order import KINDS
from data.report.reading import read
from tests.data.report.programs import Shape, written
from tests.data.report.workbooks import DAY, GOOD, KNOWN, TODAY, answering, filled, opened, order

EXCEL, GOOGLE = Shape(), Shape(google=True)
SHAPES = {
    "Excel": EXCEL,
    "Excel, with absolute targets": replace(EXCEL, absolute=True),
    "Excel, with days from 1904": replace(EXCEL, mac_dates=True),
    "Excel, with a bold word": replace(EXCEL, rich=True),
    "Excel, with texts in their cells": replace(EXCEL, inline=True),
    "Google Sheets": GOOGLE,
    "Google Sheets, with absolute targets": replace(GOOGLE, absolute=True),
    "Google Sheets, with texts in their cells": replace(GOOGLE, inline=True),
}
SPACED = '  Un texto con <5, comillas "dobles" y\nuna segunda línea & más '
FIGURE = {"indicator": "detected_victims", "year": 2019, "sex": "total", "age": "total", "form": "total"}


def names(content: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_report_says_what_was_filled_in(shape, code):
    values = GOOD | {"status": None}
    ours = filled(order(lang=code), {12: values, 26: {"finding": SPACED}})
    report = read(written(opened(ours), shape), TODAY, KNOWN)
    assert [fault.line(language("en")) for fault in report.faults] == []
    assert report.order is not None
    assert (report.order.kind, report.order.area, report.order.period, report.language.code) == (
        "report",
        "CRI",
        "2018",
        code,
    )
    first, second = sorted(report.entries, key=lambda entry: entry.paragraph)
    assert (first.finding, first.document, first.dated, first.line) == (
        GOOD["finding"],
        GOOD["document"],
        DAY,
        GOOD["line"],
    )
    assert (first.period_from, first.period_to) == (GOOD["period_from"], GOOD["period_to"])
    assert second.finding == " ".join(SPACED.split())


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_reply_and_a_correction_say_what_was_filled_in(shape):
    reply = answering(order("reply"), [{"replies_to": "law:CRI", "finding": "La ley es de 2012."}])
    (entry,) = read(written(opened(reply), shape), TODAY, KNOWN).entries
    assert (entry.replies_to, entry.paragraph) == ("law:CRI", 23)
    correction = answering(order("correction"), [FIGURE | {"value": 52, "finding": "Se contaron expedientes."}])
    (entry,) = read(written(opened(correction), shape), TODAY, KNOWN).entries
    assert (entry.value, entry.replies_to) == (52.0, "figure:detected_victims:CRI:2019:total:total:total")


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_has_no_faults_but_the_missing_entries(shape, kind):
    content = written(
        opened(filled(order(kind), {}, lambda book: book.worksheets[0]["D10"].__setattr__("value", None))), shape
    )
    assert {fault.code for fault in read(content, TODAY, KNOWN).faults} == {"cover_blank", "nothing"}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_faults_are_found_in_the_files_of_every_program(shape):
    wrong = filled(order(), {12: GOOD | {"date": "ayer", "url": "ftp://x.org"}})
    codes = [fault.code for fault in read(written(opened(wrong), shape), TODAY, KNOWN).faults]
    assert codes == ["date_as_text", "scheme"]


def test_the_samples_have_the_parts_by_which_the_programs_are_known():
    ours = opened(filled(order(), {12: GOOD}))
    excel, google = (names(written(ours, shape)) for shape in (EXCEL, GOOGLE))
    assert {"docProps/app.xml", "xl/theme/theme1.xml", "xl/printerSettings/printerSettings1.bin"} <= excel
    assert not any("theme" in name or name.startswith("docProps") for name in google)
    assert "xl/drawings/drawing1.xml" in google
    assert "xl/sharedStrings.xml" not in names(written(ours, replace(EXCEL, inline=True)))
