"""The work plan on page "Ledger": its objectives, the word that no line is loaded, or the lines of a sample."""

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
    # More lines, to see the order of numbers.
    rows += [rows[0] | {"number": number} for number in ("1.10", "1.9")]
    frame = pl.DataFrame(rows, infer_schema_length=None).with_columns(
        pl.col("objective").cast(pl.Int8), source=pl.lit("oas_work_plan")
    )
    lines = WorkplanLines.validate(frame, cast=True).lazy()
    said = {"line": "1.2", "grade": "state_report", "kind": "report", "replies_to": None}
    told = evidence(
        [
            entry("", "Sample", "a", **said),
            entry("", "Sample", "a", 2, **said),
            entry("", "Sample", "b", **said),
            entry("", "Sample", "c", **said | {"actor": "PAN"}),
            entry("", "Sample", "d", **said | {"grade": "background", "date": date(2012, 1, 1)}),
            entry("", "Sample", "e", **said | {"line": "9.9"}),
        ]
    ).lazy()
    other = store.tables().replaced(workplan_lines=lines, evidence=told)
    monkeypatch.setattr(store, "tables", lambda: other)


def words(app) -> str:
    return " ".join(text.value.replace("\\", "") for text in app.markdown)


def table(app, heading: str):
    return next(frame.value for frame in app.dataframe if heading in frame.value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_the_text_the_page_says_so_and_how_to_load_it(lang):
    app, spoken = opened("ledger", lang=lang), language(lang)
    assert spoken.text(UNLOADED) in [info.value for info in app.info]
    assert "python -m etl workplan load FILE.csv" in [code.value for code in app.code]
    assert spoken.text("Official text") not in {name for frame in app.dataframe for name in frame.value}
    (seven,) = [told.value for told in app.table if spoken.text("Objective of the work plan") in told.value]
    assert list(seven[spoken.text("Number")]) == list("1234567")
    assert list(seven[spoken.text("Objective of the work plan")]) == [spoken.text(OBJECTIVES[n]) for n in range(1, 8)]


UNLOADED = (
    "The official text of the lines of action and of the suggested indicators was not available to this "
    "project and is not loaded. Nothing is written in its place."
)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_lines_stand_in_the_reader_s_language_or_in_the_one_there_is_marked_so(lang):
    app, spoken = opened("ledger", lang=lang), language(lang)
    told = table(app, spoken.text("Official text"))
    # Those of objective 1 by number, then that of 7, then the one of none.
    assert list(told[spoken.text("Number")]) == ["1.1", "1.9", "1.10", "I-1", "1.2"]
    shown = dict(
        zip(
            told[spoken.text("Number")],
            zip(told[spoken.text("Official text")], told[spoken.text("Language of the text")], strict=True),
            strict=True,
        )
    )
    first = {number: next(code for code in (lang, *LANGUAGES) if code in TEXTS[number]) for number in TEXTS}
    for number, code in first.items():
        text = TEXTS[number][code]
        assert shown[number] == (text if code == lang else f"[{code}] {text}", NAMES[lang][code])
    assert not any(info.value == spoken.text(UNLOADED) for info in app.info)


@pytest.mark.usefixtures("loaded")
def test_evidence_is_counted_by_line():
    told = table(opened("ledger"), "Official text")
    counted = dict(
        zip(
            told["Number"],
            zip(told["Entries of evidence"], told["States and bodies with evidence"], strict=True),
            strict=True,
        )
    )
    # Three entries of Costa Rica (twice) and Panama; a second version is none more, and background is none.
    assert counted == {"1.1": ("0", "0"), "1.9": ("0", "0"), "1.10": ("0", "0"), "I-1": ("0", "0"), "1.2": ("3", "2")}
    (seven,) = [told.value for told in opened("ledger").table if "Lines loaded" in told.value]
    assert list(seven["Lines loaded"]) == ["3", "0", "0", "0", "0", "0", "1"]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_opens_its_passport_with_every_language_and_what_names_it(lang):
    app, spoken = opened("ledger", lang=lang, line="1.2"), language(lang)
    assert any(spoken.text("Line of action") in head.value and "1.2" in head.value for head in app.subheader)
    told = words(app)
    assert TEXTS["1.2"]["es"] in told
    assert TEXTS["1.1"]["en"] not in told
    assert "sample document, p. 2" in told
    assert any(TEXTS["1.2"]["es"] in code.value and store.snapshot().id in code.value for code in app.code)
    # Three entries of two states: the second version of one, and no background.
    (naming,) = [text.value for text in app.markdown if text.value.count("Sample\n") + text.value.count("Sample") >= 3]
    assert len(naming.splitlines()) == 3
    every = opened("ledger", lang=lang, line="1.1")
    assert all(text in words(every) for text in TEXTS["1.1"].values())


@pytest.mark.usefixtures("loaded")
def test_a_line_that_is_not_there_is_said_to_be_missing_and_its_rows_can_be_taken_away():
    app = opened("ledger", line="7.7")
    assert any("not among the rows" in box.value for box in app.info)
    assert "workplan_lines" in offered(app)


def test_a_paragraph_s_own_view_has_no_such_part():
    assert "workplan load" not in " ".join(code.value for code in opened("ledger", paragraph="1").code)
