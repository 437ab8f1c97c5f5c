"""The work plan on page "Declaration": its objectives, the notice that no line is loaded, or the lines of a sample."""

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard import store
from data.declaration import OBJECTIVES
from data.i18n import LANGUAGES, language
from data.statements import WorkplanLines
from tests.dashboard.subjects.corrections.samples import entry, evidence
from tests.pages.test_downloads import offered
from tests.pages.test_figures import opened

SAMPLE = Path(__file__).parents[1] / "etl" / "recorded" / "oas_work_plan" / "workplan_lines_sample.csv"
# The names of the languages in each of them.
NAMES = {
    "en": {"en": "English", "es": "Spanish", "pt": "Portuguese", "fr": "French"},
    "es": {"en": "Inglés", "es": "Español", "pt": "Portugués", "fr": "Francés"},
    "pt": {"en": "Inglês", "es": "Espanhol", "pt": "Português", "fr": "Francês"},
    "fr": {"en": "Anglais", "es": "Espagnol", "pt": "Portugais", "fr": "Français"},
}
# The texts of the sample's lines, read by eye.
TEXTS = {
    "1.1": {
        "en": "Sample line for tests, not the official text: one",
        "es": "Línea de muestra para pruebas: uno",
        "pt": "Linha de amostra para testes: um",
        "fr": "Ligne d’échantillon pour les tests : un",
    },
    "1.2": {"es": "Línea de muestra para pruebas: dos"},
    "I-1": {"en": "Sample indicator for tests, below < 5", "pt": "Indicador de amostra"},
}


@pytest.fixture
def loaded(monkeypatch):
    """The published snapshot with the sample's lines, and evidence that names one of them."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = [{name: cell or None for name, cell in row.items()} for row in csv.DictReader(file)]
    # More lines, to test the order of numbers.
    rows += [rows[0] | {"number": number} for number in ("1.10", "1.9")]
    frame = pl.DataFrame(rows, infer_schema_length=None).with_columns(
        pl.col("objective").cast(pl.Int8), source=pl.lit("oas_work_plan")
    )
    lines = WorkplanLines.validate(frame, cast=True).lazy()
    fields = {"line": "1.2", "grade": "state_report", "kind": "report", "replies_to": None}
    entries = evidence(
        [
            entry("", "Sample", "a", **fields),
            entry("", "Sample", "a", 2, **fields),
            entry("", "Sample", "b", **fields),
            entry("", "Sample", "c", **fields | {"actor": "PAN"}),
            entry("", "Sample", "d", **fields | {"grade": "background", "date": date(2012, 1, 1)}),
            entry("", "Sample", "e", **fields | {"line": "9.9"}),
        ]
    ).lazy()
    other = store.tables().replaced(workplan_lines=lines, evidence=entries)
    monkeypatch.setattr(store, "tables", lambda: other)


def words(app) -> str:
    return " ".join(text.value.replace("\\", "") for text in app.markdown)


def table(app, heading: str):
    return next(frame.value for frame in app.dataframe if heading in frame.value)


UNLOADED = "We do not have the official text of this plan or of the Third Work Plan (2023–2028)."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_that_no_work_plan_is_loaded(lang):
    app, spoken = opened("declaration", lang=lang), language(lang)
    assert spoken.text(UNLOADED) in words(app)
    assert not app.code
    assert spoken.text("Official text") not in {name for frame in app.dataframe for name in frame.value}
    (seven,) = [element.value for element in app.table if spoken.text("Objective of the work plan") in element.value]
    assert list(seven[spoken.text("Number")]) == list("1234567")
    assert list(seven[spoken.text("Objective of the work plan")]) == [spoken.text(OBJECTIVES[n]) for n in range(1, 8)]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_lines_are_in_the_reader_s_language_or_marked_with_another_one(lang):
    app, spoken = opened("declaration", lang=lang), language(lang)
    lines = table(app, spoken.text("Official text"))
    # Those of objective 1 by number, then that of 7, then the one of none.
    assert list(lines[spoken.text("Number")]) == ["1.1", "1.9", "1.10", "I-1", "1.2"]
    shown = dict(
        zip(
            lines[spoken.text("Number")],
            zip(lines[spoken.text("Official text")], lines[spoken.text("Language of the text")], strict=True),
            strict=True,
        )
    )
    first = {number: next(code for code in (lang, *LANGUAGES) if code in TEXTS[number]) for number in TEXTS}
    for number, code in first.items():
        text = TEXTS[number][code]
        assert shown[number] == (text if code == lang else f"[{code}] {text}", NAMES[lang][code])
    assert spoken.text(UNLOADED) not in words(app)


@pytest.mark.usefixtures("loaded")
def test_evidence_is_counted_by_line():
    lines = table(opened("declaration"), "Official text")
    counted = dict(
        zip(
            lines["Number"],
            zip(lines["Entries of evidence"], lines["States and bodies with evidence"], strict=True),
            strict=True,
        )
    )
    # Three entries of Costa Rica (twice) and Panama; second versions and background are not counted.
    assert counted == {"1.1": ("", ""), "1.9": ("", ""), "1.10": ("", ""), "I-1": ("", ""), "1.2": ("3", "2")}
    (seven,) = [element.value for element in opened("declaration").table if "Lines of the plan" in element.value]
    assert list(seven["Lines of the plan"]) == ["3", "", "", "", "", "", "1"]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_opens_its_passport_with_every_language_and_its_entries(lang):
    app, spoken = opened("declaration", lang=lang, line="1.2"), language(lang)
    assert any(spoken.text("Line of action") in head.value and "1.2" in head.value for head in app.subheader)
    page_text = words(app)
    assert TEXTS["1.2"]["es"] in page_text
    assert TEXTS["1.1"]["en"] not in page_text
    assert "sample document, p. 2" in page_text
    assert any(TEXTS["1.2"]["es"] in code.value and store.snapshot().id in code.value for code in app.code)
    # Three entries of two states: the second version of one, and no background.
    (naming,) = [text.value for text in app.markdown if text.value.count("Sample\n") + text.value.count("Sample") >= 3]
    assert len(naming.splitlines()) == 3
    every = opened("declaration", lang=lang, line="1.1")
    assert all(text in words(every) for text in TEXTS["1.1"].values())


@pytest.mark.usefixtures("loaded")
def test_an_unknown_line_is_reported_as_missing_and_the_rows_can_be_downloaded():
    app = opened("declaration", line="7.7")
    assert any("is not in this table" in box.value for box in app.info)
    assert "workplan_lines" in offered(app)


def test_the_view_of_a_paragraph_has_no_work_plan():
    assert not any("2015–2020" in head.value for head in opened("declaration", paragraph="1").header)
