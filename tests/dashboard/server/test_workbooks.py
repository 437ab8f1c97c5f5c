"""Workbooks for national reports, requested through the whole server, and the form of a document that leads there."""

import io
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook

from dashboard.forms.html.document import document
from dashboard.subjects.ledger.page import DECLARATION
from dashboard.subjects.ledger.reports import actors
from dashboard.views.address import read
from data.i18n import LANGUAGES, language
from data.report.order import KINDS
from tests.dashboard.forms.test_document import Read
from tests.dashboard.server.test_api import fetch

ORDER = {"for": "report.PAN", "from": "2019", "to": "2020", "lang": "fr"}


def asked(**changed: str):
    return fetch("/workbook.xlsx", urlencode(ORDER | changed))


def shown(code: str = "en", *, desk: bool = False, **address: str) -> Read:
    """The document of page Declaration."""
    given = {**address, **DECLARATION.implied(address)}
    values = read(DECLARATION.filters, {name: [text] for name, text in given.items()}).values
    return Read(document(language(code), DECLARATION, values, desk=desk))


def options(found: Read, name: str) -> list[str]:
    """The values of the options of one list of the form, in their order."""
    marks = iter(found.elements)
    for one in marks:
        if one["tag"] == "select" and one.get("name") == name:
            break
    taken = []
    for one in marks:
        if one["tag"] == "select":
            break
        taken += [one["value"]] if one["tag"] == "option" else []
    return taken


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_workbook_is_for_its_state_its_years_and_its_language(code):
    answer = asked(lang=code)
    assert answer.status == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="atalaya-report-PAN-2019-2020-{code}.xlsx"'
    book = load_workbook(io.BytesIO(answer.body))
    cover = {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value}
    assert {"PAN", "2019-2020", code} <= cover


def test_years_in_the_wrong_order_and_one_year_are_understood():
    assert asked(**{"from": "2020", "to": "2019"}).body == asked().body
    assert "-PAN-2020-fr.xlsx" in asked(**{"from": "2020", "to": "2020"}).headers["content-disposition"]


@pytest.mark.parametrize(
    "changed",
    [
        {"for": ""},
        {"for": "report"},
        {"for": "report.XYZ"},
        {"for": "letter.PAN"},
        # Neither takes part in this kind.
        {"for": "report.CUB"},
        {"for": "correction.OAS-GS"},
        {"from": "2014"},
        {"to": "2999"},
        {"from": "", "to": ""},
        {"lang": "de"},
        {"from": "<script>alert(1)</script>"},
    ],
)
def test_an_order_that_does_not_exist_is_refused_and_nothing_of_it_is_repeated(changed):
    answer = asked(**changed)
    assert answer.status == 404
    assert answer.headers["content-type"].startswith("text/plain")
    assert all(text not in answer.body.decode() for text in changed.values() if text)


def test_the_form_of_a_document_offers_every_order_and_no_other():
    found = shown(state="CRI")
    (form,) = (one for one in found.all("form") if "workbook.xlsx" in one.get("action", ""))
    assert (form["action"], form["method"]) == ("../workbook.xlsx", "get")
    lang = language("en")
    assert options(found, "for") == [f"{kind}.{code}" for kind in KINDS for code in actors(lang, kind)]
    chosen = [one["value"] for one in found.all("option") if "selected" in one and "." in one.get("value", "")]
    assert chosen == ["report.CRI"]
    for name, text in (("from", "2015"), ("lang", "es")):
        assert text in options(found, name)
    assert {*options(found, "lang")} == {*LANGUAGES}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_document_leads_to_the_desk_for_the_check_if_there_is_one(code):
    lang = language(code)
    label = lang.text("Check your workbook")
    (link,) = (one for one in shown(code, desk=True).all("a") if one["text"] == label)
    assert link["href"].startswith("../desk/declaration?")
    bare = shown(code)
    assert label not in {one["text"] for one in bare.all("a")}
    later = lang.text("A workbook is checked when it is received; one with errors is not published.")
    assert later in {one["text"] for one in bare.all("p")}
