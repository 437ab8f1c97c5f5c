"""The work plan on page "Declaration": its objectives, the notice that no line is loaded, or the lines of a sample."""

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard import store
from dashboard.views.page import Block, Code, Entries, Files, Heading, Passport, Table
from data.declaration import OBJECTIVES
from data.i18n import LANGUAGES, language
from data.statements import WorkplanLines
from tests.dashboard.subjects.corrections.samples import entry, evidence
from tests.pages.declared import Declared, declared, lines
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


def page(lang: str = "en", **address: str) -> Declared:
    return declared("declaration", lang, **address)


def table(found: Declared, name: str) -> dict[str, list[str]]:
    """The columns of a table of the page, by heading."""
    (one,) = (block for block in found.every(Table) if block.name == name)
    return one.sheet.rows.to_pydict()


def passport(found: Declared) -> list[Block]:
    """The blocks of the passport of a line."""
    (one,) = found.every(Passport)
    return list(one.blocks)


def words(blocks: list[Block]) -> str:
    return "\n".join(line for block in blocks for line in lines(block))


UNLOADED = "We do not have the official text of this plan or of the Third Work Plan (2023–2028)."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_that_no_work_plan_is_loaded(lang):
    found, spoken = page(lang), language(lang)
    assert spoken.text(UNLOADED) in found.section("workplan")
    assert "workplan" not in {one.name for one in found.every(Table)}
    seven = table(found, "objectives")
    assert seven[spoken.text("Number")] == list("1234567")
    assert seven[spoken.text("Objective of the work plan")] == [spoken.text(OBJECTIVES[n]) for n in range(1, 8)]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_lines_are_in_the_reader_s_language_or_marked_with_another_one(lang):
    found, spoken = page(lang), language(lang)
    lines = table(found, "workplan")
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
    assert spoken.text(UNLOADED) not in found.words


@pytest.mark.usefixtures("loaded")
def test_evidence_is_counted_by_line():
    lines = table(page(), "workplan")
    counted = dict(
        zip(
            lines["Number"],
            zip(lines["Entries of evidence"], lines["States and bodies with evidence"], strict=True),
            strict=True,
        )
    )
    # Three entries of Costa Rica (twice) and Panama; second versions and background are not counted.
    assert counted == {"1.1": ("", ""), "1.9": ("", ""), "1.10": ("", ""), "I-1": ("", ""), "1.2": ("3", "2")}
    assert table(page(), "objectives")["Lines of the plan"] == ["3", "", "", "", "", "", "1"]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_opens_its_passport_with_every_language_and_its_entries(lang):
    found, spoken = passport(page(lang, line="1.2")), language(lang)
    (heading,) = (block.words for block in found if isinstance(block, Heading))
    assert spoken.text("Line of action") in heading
    assert "1.2" in heading
    assert TEXTS["1.2"]["es"] in words(found)
    assert TEXTS["1.1"]["en"] not in words(found)
    assert "sample document, p. 2" in words(found)
    (citation,) = (block.text for block in found if isinstance(block, Code))
    assert TEXTS["1.2"]["es"] in citation
    assert store.snapshot().id in citation
    # Three entries of two states: the second version of one, and no background.
    (naming,) = (block.entries for block in found if isinstance(block, Entries))
    assert len(naming) == 3
    assert all("Sample" in entry.words for entry in naming)
    every = words(passport(page(lang, line="1.1")))
    assert all(text in every for text in TEXTS["1.1"].values())


@pytest.mark.usefixtures("loaded")
def test_an_unknown_line_is_reported_as_missing_and_the_rows_can_be_downloaded():
    found = page(line="7.7")
    assert "is not in this table" in words(passport(found))
    assert "workplan_lines" in [files.rows.block for files in found.every(Files)]


@pytest.mark.usefixtures("loaded")
def test_the_desk_opens_the_passport_of_a_line():
    app = opened("declaration", line="1.2")
    assert any("1.2" in head.value.replace("\\", "") for head in app.subheader)
    assert "workplan_lines" in offered(app)


def test_the_view_of_a_paragraph_has_no_work_plan():
    assert "workplan" not in [section.anchor for section in page(paragraph="1").sections]
