"""Any workbook is read as a whole or refused with every fault; most cases are in `invalid.py`."""

import io
import os
import random
import tracemalloc
import zipfile
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from data.i18n import LANGUAGES, Language, language
from data.report import package
from data.report.faults import FAULTS, fault, summary
from data.report.reading import UNCHECKED, Reading, read
from data.report.targets import Targets
from tests.data.report.invalid import CASES, Case
from tests.data.report.workbooks import (
    FIRST,
    GOOD,
    ISSUER,
    KNOWN,
    TODAY,
    answering,
    blank,
    column,
    filled,
    line_of,
    opened,
    order,
    repacked,
    saved,
    signed,
    write,
)

# The content that the last test damages, made once.
SAMPLE: list[bytes] = []


def reading(content: bytes) -> Reading:
    return read(content, TODAY, KNOWN)


def test_there_are_at_least_sixty_different_cases():
    assert len({case.name for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_names_its_sheet_and_cell_and_nothing_is_accepted(case: Case):
    content = case.content()
    report = reading(content)
    assert report.entries == ()
    assert report.faults
    places = {(problem.code, problem.sheet, problem.cell) for problem in report.faults}
    sheets = load_workbook(io.BytesIO(content), read_only=True).sheetnames if isinstance(case.sheet, int) else []
    if case.sheet is None:
        assert (case.code, "", "") in places
    elif isinstance(case.sheet, int):
        assert (case.code, sheets[case.sheet], case.cell) in places
    else:
        assert any(code == case.code and sheet.startswith(case.sheet) and not cell for code, sheet, cell in places)
    lines = summary(report.faults, report.language or language("en"))
    assert len(lines) == len(report.faults) + 1
    assert all("\n" not in line and "{" not in line and len(line) < 600 for line in lines)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Menos de <5 personas; tasa > 3", "Menos de <5 personas; tasa > 3"),
        ("  dos\nlíneas\t y  un hueco ", "dos líneas y un hueco"),
        ("una_x000D_\notra", "una otra"),
        ("R&D, A&B", "R&D, A&B"),
        ("- empieza con un guion", "- empieza con un guion"),
        ("ñandú, São Tomé, Côte d’Ivoire", "ñandú, São Tomé, Côte d’Ivoire"),
    ],
)
def test_a_sound_text_is_read_as_one_line(written, read_as):
    report = reading(filled(order(), {12: {**GOOD, "finding": written}}))
    assert report.faults == ()
    (entry,) = report.entries
    assert entry.finding == read_as


@pytest.mark.parametrize("value", [3, "3", "3.2", "12.4.1b"])
def test_a_line_of_action_may_be_a_number(value):
    (entry,) = reading(filled(order(), {12: {**GOOD, "line": value}})).entries
    assert entry.line == str(value)


LOADED = replace(KNOWN, lines=frozenset({"3.2", "7", "I-1", "II(4)"}))


@pytest.mark.parametrize("value", ["3.2", "7", 7, "I-1", "II(4)"])
def test_a_loaded_line_of_the_work_plan_may_have_any_form_of_number(value):
    report = read(filled(order(), {12: {**GOOD, "line": value}}), TODAY, LOADED)
    assert report.faults == ()
    assert report.entries[0].line == str(value)
    assert report.remarks == ()


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_unknown_line_of_the_work_plan_is_a_fault_in_the_workbook_s_language(code):
    content = filled(order(lang=code), {12: {**GOOD, "status": None, "line": "3.3"}})
    report = read(content, TODAY, LOADED)
    (fault,) = report.faults
    book = opened(content)
    sheet, row = line_of(book, 12)
    assert (fault.code, fault.sheet, fault.cell) == (
        "unknown_line",
        sheet.title,
        sheet.cell(row, column(sheet, "line")).coordinate,
    )
    lang = language(code)
    assert lang.text("The work plan has no line “{found}”.", found="3.3") in fault.line(report.language)
    assert report.entries == ()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_remark_says_that_lines_are_not_checked_while_no_work_plan_is_loaded(code):
    lang = language(code)
    values = {**GOOD, "status": None}
    report = reading(filled(order(lang=code), {12: values}))
    assert report.faults == ()
    assert report.remarks == (lang.text(UNCHECKED),)
    # There is no remark if the workbook names no line.
    assert reading(filled(order(lang=code), {12: {**values, "line": None}})).remarks == ()


def test_a_link_that_a_program_made_of_an_address_is_the_address():
    def linked(book):
        sheet, row = line_of(book, 12)
        sheet.cell(row, column(sheet, "url")).hyperlink = GOOD["url"]

    report = reading(filled(order(), {12: GOOD}, linked))
    assert report.faults == ()
    assert report.entries[0].url == GOOD["url"]


def test_all_faults_are_reported_at_once_in_the_order_of_the_sheets():
    def more(book):
        book.worksheets[0][ISSUER] = 7
        book.create_sheet("Notas")

    lines = {1: {"finding": 12}, 12: {**GOOD, "status": "Casi", "url": "ftp://x.org"}, 26: {**GOOD, "date": "ayer"}}
    report = reading(filled(order(), lines, more))
    assert [problem.code for problem in report.faults] == [
        "text_wanted",
        "sheet_extra",
        "text_wanted",
        "word",
        "scheme",
        "date_as_text",
    ]
    assert report.entries == ()
    assert report.order is not None


def test_faults_are_in_the_language_that_the_workbook_says():
    assert reading(filled(order(lang="pt"), {12: {**GOOD, "url": "x"}})).language.code == "pt"
    assert reading(b"").language is None


def test_a_part_is_unpacked_no_further_than_its_declared_size():
    """A package whose list declares ten bytes of a part of a hundred million."""
    stream = io.BytesIO(filled(order(), {12: GOOD}))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/odd.xml", b" " * 100_000_000)
        part = archive.getinfo("docProps/odd.xml")
        part.file_size, part.CRC = 10, zlib.crc32(b" " * 10)
    tracemalloc.start()
    unpacked = package.unpack(stream.getvalue())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
    assert unpacked.faults or len(unpacked.parts["docProps/odd.xml"]) == 10


def test_an_empty_drawing_is_allowed():
    empty = b'<?xml version="1.0"?><wsDr xmlns="x"/>'
    assert reading(repacked(filled(order(), {12: GOOD}), {"xl/drawings/drawing1.xml": empty})).faults == ()
    drawn = empty.replace(b"/>", b"><twoCellAnchor/></wsDr>")
    (problem,) = reading(repacked(filled(order(), {12: GOOD}), {"xl/drawings/drawing1.xml": drawn})).faults
    assert problem.code == "objects"


@pytest.mark.parametrize("code", sorted(FAULTS))
def test_every_fault_has_a_message_in_every_language(code):
    places = {
        "found",
        "size",
        "most",
        "part",
        "words",
        "length",
        "first",
        "period",
        "row",
        "actor",
        "day",
        "version",
        "wanted",
    }
    for lang in map(language, LANGUAGES):
        line = fault(code, "Hoja", "B2", **dict.fromkeys(places, "x")).line(lang)
        assert "{" not in line
        assert line.count("x") >= FAULTS[code][0].count("{")


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_bytes_raise_anything(data):
    content = filled(order(), {12: GOOD}) if not SAMPLE else SAMPLE[0]
    SAMPLE[:] = [content]
    at, size = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(1, 40))
    changed = data.draw(
        st.sampled_from(
            [
                content[:at],
                content[at:],
                content[:at] + b"\0" * size + content[at + size :],
                content[:at] + content[at + size :],
            ]
        )
    )
    result = reading(changed)
    assert result.faults or result.entries


@pytest.mark.parametrize("written", ["5-17", "18+", "Todas", "total"])
def test_an_age_is_a_word_of_the_list_or_an_age_band(written):
    if written == "Todas":
        written = language("es").text("All ages")
    ids = {"5-17": "5-17", "18+": "18+"}
    row = {"indicator": "detected_victims", "year": 2019, "sex": "total", "age": written, "form": "total"}
    target = f"figure:detected_victims:CRI:2019:total:{ids.get(written, 'total')}:total"
    known = Targets(figures=frozenset({target}))
    correction = read(answering(order("correction"), [row | {"finding": "No."}]), TODAY, known)
    assert correction.faults == ()
    assert correction.entries[0].replies_to == target


def test_a_workbook_is_still_accepted_after_its_translations_change(monkeypatch):
    content = filled(order(lang="es"), {12: GOOD})
    assert reading(content).faults == ()
    # As if every Spanish translation had changed before the workbook came back.
    monkeypatch.setattr(Language, "text", lambda _self, message, **values: f"Otra: {message}".format(**values))
    assert reading(content).faults == ()


def test_an_old_workbook_with_a_verification_code_on_its_cover_is_read():
    def coded(book):
        for number, text in enumerate(("seal", "0123456789abcdef", "Código de verificación", "0123456789abcdef"), 1):
            book.worksheets[0].cell(9, number).value = text

    assert reading(filled(order(), {12: GOOD}, coded)).faults == ()


@pytest.mark.parametrize("endless", [b"<si a='%s'/>", b"<!--%s-->", b"<si %s"])
def test_one_endless_text_is_refused_before_it_is_parsed(endless):
    part = b"<sst>" + endless.replace(b"%s", b"x" * 19_000_000) + b"</sst>"
    noise = {"xl/printerSettings/printerSettings1.bin": os.urandom(200_000)}
    (problem,) = reading(repacked(filled(order(), {12: GOOD}), {"xl/sharedStrings.xml": part, **noise})).faults
    assert problem.code == "unpacks_too_large"


def test_a_workbook_with_every_line_filled_in_is_far_from_every_limit():
    """Texts as long as the form allows, which do not compress well."""
    full = opened(blank(order()))
    signed(full)
    letters = random.Random(7)  # noqa: S311 - not a secret
    for sheet in full.worksheets[2:]:
        for row in range(FIRST, sheet.max_row + 1):
            words = "".join(letters.choices("abcdefghij ", k=1990))
            write(sheet, row, {**GOOD, "finding": words, "document": words[:300], "issuer": words[:200]})
    content = saved(full)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    assert unpacked < package.MAX_UNPACKED / 2
    assert package.unpack(content).faults == ()
    assert reading(content).faults == ()
