"""The preview of a filled workbook: what would be accepted, or every fault; no file is written."""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dashboard.parts import reports
from data.i18n import LANGUAGES, language
from data.report.order import WITHOUT_REPORT
from data.report.reading import UNCHECKED
from tests.data.report.workbooks import GOOD, blank, filled, order
from tests.pages.test_figures import opened

ROOT = Path(__file__).parents[2]
MEDIA = reports.MEDIA


def preview_workbook(content, name="report.xlsx", **address):
    app = opened("declaration", **address)
    app.session_state["folded.preview"] = True
    app.run()
    app.file_uploader[0].set_value((name, content, MEDIA)).run()
    assert not app.exception
    return app


def files():
    return sorted(
        path for folder in ("data/reports", "data/snapshot") for path in (ROOT / folder).rglob("*") if path.is_file()
    )


def table(app, heading):
    return next(frame.value for frame in app.dataframe if heading in frame.value)


def test_a_good_workbook_shows_what_would_be_accepted_and_nothing_is_written():
    before = files()
    app = preview_workbook(filled(order(), {12: GOOD, 16: GOOD}))
    rows = table(app, language("es").text("What it answers"))
    assert list(rows.iloc[:, 2]) == ["12", "16"]
    assert set(rows.iloc[:, 3]) == {GOOD["finding"]}
    notices = " ".join(box.value for box in app.info)
    assert "Nothing is stored" in notices
    assert "No fault was found" in notices
    assert reports.COMMAND in [code.value for code in app.code]
    assert files() == before


def test_every_fault_names_sheet_and_cell_in_the_workbook_s_language():
    wrong = {12: GOOD | {"date": "1 de marzo"}, 16: GOOD | {"document": None, "url": None}}
    app = preview_workbook(filled(order(), wrong), lang="en")
    faults = table(app, language("es").text("What to do"))
    assert len(faults) >= 2
    place = language("es").text("Sheet “{sheet}”, cell {cell}").partition("{")[0]
    assert all(text.startswith(place) for text in faults.iloc[:, 0])
    assert len(app.warning) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_that_is_too_large_is_refused_in_the_reader_s_language(lang):
    app, spoken = preview_workbook(filled(order(), {12: GOOD}) + b"\0" * 1_000_000, lang=lang), language(lang)
    faults = table(app, spoken.text("What to do"))
    problem = spoken.text("It is larger than {most} MB, and no larger file is read.", most=spoken.number(1))
    assert list(faults[spoken.text("What is wrong")]) == [problem]
    label = spoken.text("Workbook (XLSX, up to {n} MB)", n=1)
    assert [upload.label for upload in app.file_uploader] == [label]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_remark_says_that_no_line_was_checked_while_no_work_plan_is_loaded(lang):
    app = preview_workbook(filled(order(lang=lang), {12: GOOD | {"status": None}}), lang="en")
    assert language(lang).text(UNCHECKED) in [box.value for box in app.info]


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_file_that_is_not_a_workbook_is_refused_in_a_sentence(content):
    app = preview_workbook(content)
    assert len(app.warning) == 1
    assert not any("No fault" in box.value for box in app.info)


def test_a_workbook_for_a_chosen_state_and_period_is_offered_in_four_languages():
    app = opened("declaration")
    app.session_state["folded.template"] = True
    app.run()
    app.selectbox(key="template.area").select("PAN")
    app.slider(key="template.years").set_range(2019, 2020).run()
    buttons = app.get("download_button")
    named = [name for name in LANGUAGES.values() if any(button.proto.label == name for button in buttons)]
    assert named == list(LANGUAGES.values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_workbook_is_for_the_chosen_state_and_period(code):
    book = load_workbook(io.BytesIO(blank(order("report", "PAN", "2019-2020", code))))
    cover = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {"PAN", "2019-2020", code} <= set(cover)


def test_states_that_do_not_take_part_have_no_report_but_may_correct_figures():
    lang = language("en")
    assert not set(WITHOUT_REPORT) & set(reports.actors(lang, "report"))
    assert set(WITHOUT_REPORT) <= set(reports.actors(lang, "correction"))
    assert "OAS-GS" in reports.actors(lang, "report")
    assert "OAS-GS" not in reports.actors(lang, "correction")


def test_a_future_date_is_a_fault_in_the_preview_too():
    late = filled(order(), {12: GOOD | {"date": date(2099, 1, 1)}})
    assert reports.reading(late, "en", date(2026, 11, 25)).faults
