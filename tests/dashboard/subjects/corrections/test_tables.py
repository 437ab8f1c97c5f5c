"""Corrections in a table: a sentence for each row that they concern, and a mark only in a column of figures."""

import polars as pl
import pytest

from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.corrections import words as corrections_words
from dashboard.words import tables
from data.i18n import language
from tests.dashboard.subjects.corrections.samples import FINDING, disputed

EN = language("en")
FIGURES = pl.DataFrame({"indicator": ["detected_victims"] * 2, "area": ["PAN", "CRI"], "year": [2019, 2019]})
RATES = FIGURES.with_columns(indicator=pl.lit("detected_victims_rate"))


def column(shown, heading):
    return shown.rows.column(heading).to_pylist()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (FIGURES, f"Costa Rica disputes this figure (2 May 2024): {FINDING}"),
        (RATES, f"Costa Rica disputes the count behind this rate (2 May 2024): {FINDING}"),
    ],
)
def test_the_sentence_says_whether_the_figure_or_its_count_is_disputed(rows, sentence):
    sheet = tables.sheet(pl.DataFrame({"State": ["Panama", "Costa Rica"], "Figure": ["5", "62"]}))
    with disputed():
        shown = corrections_tables.with_corrections(EN, sheet, rows)
    assert column(shown, "Figure") == ["5", "62 ‡"]
    assert column(shown, corrections_words.heading(EN)) == ["", f"‡ {sentence}"]


def test_a_table_without_a_column_of_figures_has_the_sentence_and_no_other_mark():
    sheet = tables.sheet(pl.DataFrame({"State": ["Panama", "Costa Rica"], "Year": ["2019", "2019"]}))
    with disputed():
        shown = corrections_tables.with_corrections(EN, sheet, FIGURES)
    assert shown.rows.column_names == ["State", "Year", corrections_words.heading(EN)]
    assert (column(shown, "State"), column(shown, "Year")) == (["Panama", "Costa Rica"], ["2019", "2019"])
    assert [FINDING in cell for cell in column(shown, corrections_words.heading(EN))] == [False, True]
