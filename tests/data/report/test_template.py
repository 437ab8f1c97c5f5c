import io
import re
import zipfile
from datetime import date

import pytest

from data.i18n import LANGUAGES, language
from data.report.order import KINDS, OrderError, states
from data.report.order import order as ordered
from data.report.reading import read
from data.report.template import template
from tests.data.report.workbooks import KNOWN, TODAY, blank, column, line_of, opened, order

# The paragraphs that speak of the General Secretariat, and the one that speaks of all states together, read by hand in
# the declaration's text.
SECRETARIAT, TOGETHER = {9, 28, 32}, {31}


def paragraphs(area: str) -> list[int]:
    book = opened(blank(order(area=area)))
    numbers = [sheet.cell(row, 1).value for sheet in book.worksheets[2:] for row in range(4, sheet.max_row + 1)]
    return sorted({number for number in numbers if number is not None})


def test_a_state_reports_on_the_paragraphs_of_states_and_the_secretariat_on_its_own():
    assert set(paragraphs("CRI")) == set(range(1, 33)) - SECRETARIAT - TOGETHER
    assert set(paragraphs("OAS-GS")) == SECRETARIAT


def test_there_is_one_sheet_a_theme_and_each_paragraph_has_several_lines():
    book = opened(blank(order()))
    assert len(book.sheetnames) == 2 + 7
    sheet, first = line_of(book, 12)
    assert line_of(book, 12, 2) == (sheet, first + 1)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_empty_form_in_every_language_opens_and_lacks_only_its_entries(kind, code):
    content = blank(order(kind, lang=code))
    book = opened(content)
    assert all(re.fullmatch(r"[^\[\]:*?/\\'#;|]{1,31}", name) for name in book.sheetnames)
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)
    faults = {fault.code for fault in read(content, TODAY, KNOWN).faults}
    assert faults == {"cover_blank", "nothing"}


def test_the_form_is_locked_except_for_the_cells_to_fill_in():
    book = opened(blank(order()))
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    sheet, row = line_of(book, 12)
    locked = {code: sheet.cell(row, column(sheet, code)).protection.locked for code in ("paragraph", "title")}
    open_ = {code: sheet.cell(row, column(sheet, code)).protection.locked for code in ("finding", "status", "date")}
    assert set(locked.values()) == {True}
    assert set(open_.values()) == {False}


def test_the_drop_down_holds_the_four_words_of_status_in_the_language():
    book = opened(blank(order(lang="es")))
    sheet, row = line_of(book, 12)
    letter = sheet.cell(row, column(sheet, "status")).coordinate
    (rule,) = [
        validation
        for validation in sheet.data_validations.dataValidation
        if letter in validation.sqref and validation.type == "list"
    ]
    words = rule.formula1.strip('"').split(",")
    lang = language("es")
    assert words == [lang.text(word) for word in ("Not started", "Limited", "Substantial", "Complete")]


@pytest.mark.parametrize(("code", "count"), [("indicator", 17), ("sex", 5), ("form", 13)])
def test_a_long_drop_down_points_at_its_words(code, count):
    book = opened(blank(order("correction", lang="es")))
    sheet = book.worksheets[2]
    letter = sheet.cell(4, column(sheet, code)).coordinate
    (rule,) = [
        validation
        for validation in sheet.data_validations.dataValidation
        if letter in validation.sqref and validation.type == "list"
    ]
    name, cells = rule.formula1.rsplit("!", 1)
    list_sheet = book[name.strip("='")]
    words = [cell.value for (cell,) in list_sheet[cells.replace("$", "")]]
    assert len(words) == len({*words}) == count
    assert all(words)


def test_one_order_gives_identical_bytes_on_one_day_without_formulas_or_links():
    content = template(order(), TODAY)
    assert content == template(order(), TODAY)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not any(b"<f>" in part or b"hyperlink" in part for name, part in parts.items() if "sheets/" in name)


def test_it_says_to_name_no_person():
    instructions = opened(blank(order(lang="en"))).worksheets[1]
    assert any("Do not give names of persons" in str(cell.value) for (cell,) in instructions["A1:A30"])


def test_the_35_states_may_order_a_form():
    assert len(states()) == 35
    assert ordered("report", "VEN", "2015-2020", "pt", TODAY).period == "2015-2020"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("report", "XXX", "2018", "es"), "no area 'XXX'"),
        (("report", "cri", "2018", "es"), "no area 'cri'"),
        (("report", "ESP", "2018", "es"), "no area 'ESP'"),
        (("praise", "CRI", "2018", "es"), "no kind 'praise'"),
        (("report", "CRI", "2018", "de"), "no language 'de'"),
        (("report", "CRI", "18", "es"), "not a year or a range"),
        (("report", "CRI", "2018-", "es"), "not a year or a range"),
        (("report", "CRI", "2020-2018", "es"), "ends before it begins"),
        (("report", "CRI", "2027", "es"), "ends after this year, 2026"),
        (("report", "CRI", "2018-2027", "es"), "ends after this year, 2026"),
        (("report", "CRI", "1999", "es"), "begins before 2015"),
        (("report", "CUB", "2018", "es"), "CUB takes no part"),
        (("correction", "OAS-GS", "2018", "es"), "OAS-GS has no figures to correct"),
    ],
)
def test_an_invalid_order_is_refused_in_one_line(words, expected):
    with pytest.raises(OrderError, match=re.escape(expected)) as caught:
        ordered(*words, TODAY)
    assert "\n" not in str(caught.value)


def test_cuba_can_order_a_form_to_correct_a_figure():
    assert ordered("correction", "CUB", "2018", "es", TODAY).area == "CUB"


def test_the_latest_period_depends_on_the_day_of_the_order():
    assert ordered("report", "CRI", "2027", "es", date(2027, 1, 1)).last == 2027
    assert template(ordered("report", "CRI", "2027", "es", date(2027, 1, 1)), date(2027, 1, 1))
