"""The cells of publishers' files in words, in four languages."""

import pytest

from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import tables as treaties_tables
from dashboard.words import locators
from data.i18n import language

ROW = {"en": "row 3", "es": "fila 3", "pt": "linha 3", "fr": "ligne 3"}
LINE = {"en": "line 10", "es": "línea 10", "pt": "linha 10", "fr": "ligne 10"}
COLUMN = {"en": "column Peru", "es": "columna Peru", "pt": "coluna Peru", "fr": "colonne Peru"}


@pytest.mark.parametrize("code", ROW)
def test_a_row_and_a_column_are_in_the_language_of_the_reader(code):
    lang = language(code)
    assert locators.cells(lang, "laws.csv#row 3") == f"laws.csv, {ROW[code]}"
    assert locators.cells(lang, "18-12-a.txt#line 10") == f"18-12-a.txt, {LINE[code]}"
    assert locators.cells(lang, "a.csv#row 3, column Peru") == f"a.csv, {ROW[code]}, {COLUMN[code]}"


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        ("a b 2025.xlsx#Sheet 1!12", "a b 2025.xlsx, Sheet 1!12"),
        ("a.xlsx#s!1, column BK; a.xlsx#s!2, column BL", "a.xlsx, s!1, columna BK; a.xlsx, s!2, columna BL"),
        ("a.csv#row 7; a.csv#row 9", "a.csv, fila 7; a.csv, fila 9"),
        ("ARG2018", "ARG2018"),
        ("", "–"),
        (None, "–"),
    ],
)
def test_every_cell_of_a_locator_is_named(locator, words):
    assert locators.cells(language("es"), locator) == words


def test_the_tables_of_instruments_print_no_english_place_in_spanish():
    lang = language("es")
    acts = treaties_tables.acts(treaties_query.acts(("palermo_protocol",)), lang, {"palermo_protocol": "2025"})
    laws = treaties_tables.laws(treaties_query.laws(), lang)
    for table in (acts, laws):
        cells = [cell for cell in table["Celda de la fuente"] if cell != "–"]
        assert cells
        assert all(".csv, fila " in cell and "row" not in cell for cell in cells)
