"""What figures of one release say against each other, in words, on Sources, in passports and on maps."""

import pytest

from dashboard.catalog import pages
from dashboard.charts.figure_words import MARK
from dashboard.subjects.identities import query, words
from dashboard.subjects.passports import keys
from dashboard.subjects.passports import words as passport_words
from dashboard.views.figure import Values
from dashboard.views.page import Link, Table
from data.i18n import LANGUAGES, language
from tests.pages import drawings
from tests.pages.declared import of

EN = language("en")
FIGURE = {"indicator": "detected_victims", "sex": "total", "age": "total", "form": "total", "low": 56.0, "high": 56.0}


def row(kind: str, *parts: str, low: float = 60.0, high: float | None = 60.0, **more: object) -> dict[str, object]:
    return {**FIGURE, "kind": kind, "parts": [*parts], "parts_low": low, "parts_high": high, **more}


@pytest.mark.parametrize(
    ("found", "says", "asks"),
    [
        (
            row("parts_by_sex", "female", "male"),
            "The figures by sex add up to 60: more than 56.",
            "Which is right: 56, 60 or another number?",
        ),
        (
            row("parts_by_age", "0-17", "18+", high=63.0),
            "The figures by age add up to 60–63: more than 56.",
            "Which is right: 56, 60–63 or another number?",
        ),
        # One of them has several values.
        (
            row("parts_by_sex", "female", "male", high=None),
            "The figures by sex add up to at least 60: more than 56.",
            "Which is right: 56, at least 60 or another number?",
        ),
        (
            row("form_above", "forced_labour"),
            "One form alone, forced labor, has 60: more than 56.",
            "Is the total 56, or at least 60?",
        ),
        (
            row("one_form", "sexual_exploitation", "forced_labour", low=1.0, high=4.0),
            "The total of 56 is the figure for sexual exploitation, although there is also one for forced labor: 1–4.",
            "Is the total that of all victims, or of one form of exploitation only?",
        ),
        (
            row("more_males", "female", low=29.0, high=32.0, sex="male", form="sexual_exploitation"),
            "56 males and 29–32 females: unusual, but no contradiction.",
            "Are the figures of the two sexes in the right place?",
        ),
    ],
)
def test_both_figures_are_said_and_what_to_ask(found, says, asks):
    assert (words.says(EN, found), words.asks(EN, found)) == (says, asks)
    for code in LANGUAGES:
        lang = language(code)
        said = words.says(lang, found)
        assert "56" in said
        assert "{" not in said
        assert code == "en" or said != says


def test_a_group_is_named_and_males_and_females_together_are_not():
    assert words.what(EN, row("parts_by_sex")) == "Detected victims"
    assert words.what(EN, row("parts_by_sex", age="18+")) == "Detected victims, adults (18 years and over)"
    unusual = row("more_males", sex="male", form="sexual_exploitation")
    assert words.what(EN, unusual) == "Detected victims, sexual exploitation"


def test_sources_lists_totals_of_all_releases_and_each_row_leads_to_a_cell():
    shown = of(pages()["sources"], EN, Values.of({one.name: "" for one in pages()["sources"].filters}))
    (table,) = [one for one in shown.every(Table) if one.name == "identities"]
    listed = query.totals()
    assert table.sheet.rows.num_rows == listed.height == len(table.links) > 100
    assert listed["release"].n_unique() > 1
    for link in table.links[::10]:
        key = tuple((name, text) for name, text in link.filters.items() if name != "table")
        assert keys.rows(link.filters["table"], key).height == 1
    assert "letter" in {one.page for one in shown.every(Link)}


def test_the_passport_of_a_contradicted_figure_says_both_figures_and_their_cells():
    for found in query.newest().iter_rows(named=True):
        (figure,) = keys.rows("vintages", tuple(_texts(query.cell(found)).items())).iter_rows(named=True)
        said = dict(passport_words.contradicted(EN, figure))
        assert any(words.says(EN, found) in text for text in said.values())
        assert any(".xlsx" in text for text in said.values())


def _texts(row):
    return {name: text for name, text in keys.texts("vintages", row).items() if name != "table"}


def test_a_contradicted_rate_has_its_mark_on_the_map():
    plate = drawings.figure("region", "desk", measure="rate", year=2023)
    marked = {
        row["area"] for row in query.newest().filter(year=2023).iter_rows(named=True) if row["kind"] != query.UNUSUAL
    }
    assert {"PER", "CRI", "BRA"} == marked
    texts = [text for trace in plate.spec["data"] for text in trace.get("text") or () if isinstance(text, str)]
    assert {"0.91*", "0.18*", "1.1*"} <= {text.split(" ")[-1].split("<br>")[-1] for text in texts}
    assert plate.notes[0].startswith(f"{MARK} Totals contradicted by their own figures")
