"""The words of the drop-downs of a workbook."""

import pytest

from data.i18n import language
from data.report import form


@pytest.mark.parametrize(
    ("kind", "word", "code"),
    [
        ("form", "Forced labour", "forced_labour"),
        ("form", "Forced labor", "forced_labour"),
        ("indicator", "Recorded offences", "offences"),
        ("indicator", "Recorded offenses", "offences"),
    ],
)
def test_words_of_older_workbooks_are_still_understood(kind, word, code):
    assert form.choice_code(kind, word, language("en")) == code
