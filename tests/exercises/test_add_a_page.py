"""A page is added by its declaration, a script of two lines, and its words: done here in a copy of the tree."""

from pathlib import Path

import pytest

from tests.exercises import product

PURPOSE = "Detected victims of each state in one year."
PAGE = f'''"""The page "Trend"."""

from collections.abc import Sequence

from dashboard.subjects.states import query, tables
from dashboard.views.figure import Values
from dashboard.views.page import Page, Section, Table
from dashboard.words.tables import sheet
from data.i18n import N_, Language


def _sections(lang: Language, _values: Values) -> Sequence[Section]:
    heading = lang.text("Detected victims at a glance")
    rows = query.region("detected_victims", 2019)
    return (Section(heading, "", (Table("trend", heading, sheet(tables.figures(rows, lang))),)),)


TREND = Page(slug="trend", title=N_("Trend"), purpose=N_("{PURPOSE}"), sections=_sections)
'''
SCRIPT = """from dashboard.forms.desk import page

page.show("trend")
"""
WORDS = {
    "es": {
        "Trend": "Tendencia",
        PURPOSE: "Víctimas detectadas de cada Estado en un año.",
        "Detected victims at a glance": "Víctimas detectadas de un vistazo",
    },
    "pt": {
        "Trend": "Tendência",
        PURPOSE: "Vítimas detectadas de cada Estado em um ano.",
        "Detected victims at a glance": "Vítimas detectadas em um relance",
    },
    "fr": {
        "Trend": "Tendance",
        PURPOSE: "Victimes détectées de chaque État en une année.",
        "Detected victims at a glance": "Victimes détectées en un coup d’œil",
    },
}
DOCUMENT = """
import sys
from tests.dashboard.server.test_documents import text
print(text(sys.argv[1]))
"""
MENU = """
from dashboard import menu
from data.i18n import language
print(*(menu.title(language(code), "trend") for code in ("en", "es")))
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    tree = product.copy(tmp_path_factory.mktemp("page"))
    (tree / "dashboard/subjects/states/trend_page.py").write_text(PAGE, "utf-8")
    (tree / "pages" / "11_trend.py").write_text(SCRIPT, "utf-8")
    product.translate(tree, WORDS)
    return tree


def test_a_declaration_a_script_and_words_are_enough(tree):
    new = ["dashboard/subjects/states/trend_page.py", "data/locales", "pages/11_trend.py"]
    assert product.changed_files(tree) == new


@pytest.mark.parametrize("code", ["en", "es"])
def test_it_is_a_document_with_its_title_and_rows(tree, code):
    document = product.run(tree, "-c", DOCUMENT, f"/{code}/trend")
    title, heading = ("Trend", "Detected victims at a glance") if code == "en" else [*WORDS[code].values()][::2]
    assert f"<title>{title} · Atalaya</title>" in document
    assert f"<h2>{heading}</h2>" in document
    assert document.count("<table>") == 1


def test_the_page_opens_on_the_desk_with_its_title_and_rows(tree):
    english, spanish = product.open_pages(tree, "/trend?lang=en", "/trend?lang=es")
    for page, title, heading in (
        (english, "Trend", "Detected victims at a glance"),
        (spanish, "Tendencia", "Víctimas detectadas de un vistazo"),
    ):
        assert page["title"] == title
        assert heading in page["texts"]
        assert len(page["tables"]) == 1


def test_the_menu_has_it_in_each_language(tree):
    assert product.run(tree, "-c", MENU).split() == ["Trend", "Tendencia"]


def test_the_tests_of_every_page_pass(tree):
    product.run_tests(
        tree,
        "tests/test_shape.py::test_pages_are_scripts_without_logic",
        "tests/dashboard/words/test_messages.py",
        "tests/dashboard/words/test_terms.py",
        "tests/dashboard/present/test_links.py::test_every_page_except_the_stage_can_be_a_scene",
        "tests/dashboard/present/test_links.py::test_a_page_has_the_filters_that_it_declares_itself[trend]",
        "tests/dashboard/present/test_agenda.py::test_a_view_of_every_page_can_be_added_and_read_back[trend]",
        "tests/dashboard/test_app.py::test_every_page_in_every_language[trend-fr]",
        "tests/dashboard/server/test_documents.py::test_every_page_has_a_document[trend]",
        "tests/frozen/test_frozen.py::test_every_page_and_language_is_covered",
    )
