"""The preview of a filled workbook: what would be accepted, or every fault; no file is written."""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dashboard import site
from dashboard.export import report_workbooks
from dashboard.forms.desk import workbooks
from dashboard.subjects.ledger import reports
from dashboard.views.page import Pairs
from data.i18n import LANGUAGES, language
from data.report.order import WITHOUT_REPORT
from data.report.reading import UNCHECKED
from tests.data.report.workbooks import GOOD, blank, filled, order
from tests.pages.declared import declared
from tests.pages.test_figures import opened

ROOT = Path(__file__).parents[2]
MEDIA = report_workbooks.MEDIA


def submitting(**address):
    """The page with the entry for national reports open."""
    app = opened("declaration", **address)
    app.session_state["folded.submit"] = True
    return app.run()


def preview_workbook(content, name="report.xlsx", **address):
    app = submitting(**address)
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
    assert "No errors. Preview only: nothing has been submitted." in notices
    assert any("We do not keep your file" in caption.value for caption in app.caption)
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
    problem = spoken.text("Larger than {most} MB, the limit.", most=spoken.number(1))
    assert list(faults[spoken.text("Error")]) == [problem]
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
    assert not any("No errors" in box.value for box in app.info)


def test_a_workbook_for_a_chosen_state_and_period_is_offered_in_four_languages():
    app = submitting()
    app.selectbox(key="template.area.").select("PAN")
    app.slider(key="template.years").set_range(2019, 2020).run()
    buttons = app.get("download_button")
    named = [name for name in LANGUAGES.values() if any(button.proto.label == name for button in buttons)]
    assert named == list(LANGUAGES.values())


@pytest.mark.parametrize("area", ["CRI", "VEN"])
def test_the_form_opens_on_the_state_of_the_page(area):
    app = submitting(state=area)
    assert app.selectbox(key=f"template.area.{area}").value == area


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_where_to_send_a_report(lang, monkeypatch):
    spoken = language(lang)
    monkeypatch.delenv(site.CONTACT, raising=False)
    found = declared("declaration", lang)
    assert spoken.text(NOBODY) in found.words
    assert not any(pairs.address.startswith("mailto:") for pairs in found.every(Pairs))
    monkeypatch.setenv(site.CONTACT, "reports@example.org")
    found = declared("declaration", lang)
    assert spoken.text("Send the file to {address}.", address="reports@example.org") in found.words
    assert "mailto:reports@example.org" in [pairs.address for pairs in found.every(Pairs)]
    assert spoken.text(NOBODY) not in found.words


NOBODY = (
    "This copy of the site gives no address for reports. Send the file to the office or person that provides this copy."
)


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
    assert workbooks.reading(late, ("a reader",)).faults
