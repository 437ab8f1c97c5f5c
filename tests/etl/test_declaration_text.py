"""The declaration's official text: loaded whole, or refused with every fault. The words here are samples."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from data import reviewed
from data.reviewed import REFERENCE
from etl.__main__ import FAILED, OK, main
from etl.official_text import DECLARATION, LinesError, lines

TODAY = date(2026, 11, 25)
SAMPLE = Path(__file__).parent / "recorded" / "declaration" / "declaration_text_sample.csv"
GOOD = SAMPLE.read_text("utf-8")
HEADER, FIRST, SECOND, THIRD, FOURTH = GOOD.splitlines()
EMPTY = f"{HEADER}\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of reviewed facts in which no word of the declaration is loaded."""
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setattr(reviewed, "REFERENCE", tmp_path)
    (tmp_path / "declaration_text.csv").write_text(EMPTY, "utf-8")
    return tmp_path / "declaration_text.csv"


def load(place: Path, content: str | bytes, *options: str) -> int:
    """Load a file that a person wrote."""
    path = place.with_name("mine.csv")
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return main(["declaration", "load", *options, str(path)])


def row(paragraph: str = "9", **cells: str) -> str:
    """A valid line, except for the given cells."""
    whole = {"paragraph": paragraph, "language": "en", "text": "Sample words", "document": "SAMPLE/DOC.1"}
    whole |= {"release": "2001-02-03", "locator": "p. 1"} | cells
    stream = io.StringIO()
    csv.DictWriter(stream, HEADER.split(","), lineterminator="", quoting=csv.QUOTE_ALL).writerow(whole)
    return stream.getvalue()


def test_the_committed_file_has_no_words():
    assert (REFERENCE / "declaration_text.csv").read_text("utf-8") == EMPTY


def test_a_good_file_is_put_in_place(place, capsys):
    assert load(place, GOOD) == OK
    assert (
        "loaded: 4 added (23 en, 23 es, 26 es, 26 fr); start the dashboard again to show them"
        in capsys.readouterr().err
    )
    assert list(csv.reader(place.read_text("utf-8").splitlines())) == list(csv.reader(GOOD.splitlines()))
    assert sorted(path.name for path in place.parent.iterdir()) == ["declaration_text.csv", "mine.csv"]
    assert load(place, GOOD) == OK
    assert "these lines are already loaded" in capsys.readouterr().err


def test_a_second_load_needs_an_option_to_replace_and_lists_the_changes(place, capsys):
    load(place, GOOD)
    before = place.read_bytes()
    second = "\n".join([HEADER, FIRST.replace("laws", "law"), SECOND, FOURTH, row("2")])
    capsys.readouterr()
    assert load(place, second) == FAILED
    error = capsys.readouterr().err
    assert "4 lines are already loaded, nothing was changed (1 added (2 en); 1 removed (26 es); 1 changed (23" in error
    assert "--replace" in error
    assert place.read_bytes() == before
    assert load(place, second, "--replace") == OK
    assert [line.split(",")[0].strip('"') for line in place.read_text("utf-8").splitlines()[1:]] == [
        "23",
        "23",
        "26",
        "2",
    ]


CELLS = {
    "no paragraph": (row(""), "column paragraph is blank; expected: a paragraph of the declaration, 1 to 32"),
    "a paragraph beyond the last": (row("33"), "column paragraph is '33'; expected: a paragraph of the declaration"),
    "paragraph nought": (row("0"), "column paragraph is '0'"),
    "a paragraph in words": (row("one"), "column paragraph is 'one'"),
    "no language": (row(language=""), "column language is blank; expected: one of en, es, pt, fr"),
    "another language": (row(language="de"), "column language is 'de'; expected: one of en, es, pt, fr"),
    "no text": (row(text=""), "column text is blank; expected: only the paragraph's words"),
    "HTML": (row(text="Sample <b>words</b>"), "column text is 'Sample <b>words</b>'; expected: only the paragraph's"),
    "an entity": (row(text="Sample &amp; words"), "column text is 'Sample &amp; words'"),
    "a formula": (row(text='=HYPERLINK("x")'), "column text is '=HYPERLINK"),
    "a line break": (row(text="Sample\nwords"), "column text has a tab, a line break or another control character"),
    "letters turned round": (row(text="Sample \u202esdrow"), "column text is"),
    "a wrong encoding": (row(text="prevenci\u00c3\u00b3n"), "column text is 'prevenci\u00c3\u00b3n'; expected"),
    "no letter": (row(text="123"), "column text is '123'"),
    "too long a text": (row(text="long " * 1001), "column text is 'long long"),
    "no document": (row(document=""), "column document is blank; expected: the number of the document"),
    "a document with a semicolon": (row(document="A; B"), "column document is 'A; B'"),
    "another document": (row(document="SAMPLE/DOC.2"), "column document is 'SAMPLE/DOC.2', column release is"),
    "no date": (row(release=""), "column release is blank; expected: the date of the document"),
    "a date as people write it": (row(release="05/12/2014"), "column release is '05/12/2014'; expected: the date of"),
    "a day that does not exist": (row(release="2001-02-30"), "column release is '2001-02-30', which is not a date"),
    "a day to come": (row(release="2099-01-01"), "column release is '2099-01-01', which is in the future"),
    "no place": (row(locator=""), "column locator is blank; expected: where the paragraph is: the page"),
    "one cell more": (row() + ",more", '7 cells, but the header has 6; put a text that has a comma in "quo'),
    "a paragraph twice in a language": (row("23"), "23 en is already in row 2; keep one"),
}


@pytest.mark.parametrize("fault", CELLS)
def test_a_fault_names_row_and_column_and_nothing_is_loaded(place, capsys, fault):
    bad, expected = CELLS[fault]
    assert load(place, "\n".join([HEADER, FIRST, bad, SECOND])) == FAILED
    first, *faults = capsys.readouterr().err.splitlines()
    assert "nothing was loaded; correct it and load it again" in first
    # A wrong date counts as another document, too.
    assert len(faults) == 1 or fault.startswith("a day")
    assert any(text.startswith(f"mine.csv, row 3: {expected}") for text in faults), faults
    assert place.read_text("utf-8") == EMPTY


WHOLE = {
    "nothing": ("", "mine.csv, row 1: it has no header; expected: paragraph,language,text,document,release,locator"),
    "a header alone": (EMPTY, "mine.csv, row 1: it has no lines below its header"),
    "an unknown column": (GOOD.replace("locator", "page"), "mine.csv, row 1: column page is not known; expected: "),
    "a missing column": (GOOD.replace("locator", "page"), "mine.csv, row 1: column locator is missing; expected: "),
    "semicolons": (GOOD.replace(",", ";"), "mine.csv, row 1: its cells are not separated by commas"),
    "latin letters of Windows": (GOOD.encode("cp1252"), "mine.csv, row 5: it is not in UTF-8; save it as `CSV UTF-8`"),
    "a workbook": (b"PK\x03\x04 and more", "mine.csv: it is a workbook or an archive; save the sheet as"),
    "a PDF": (b"%PDF-1.7", "mine.csv: it is a PDF"),
    "too large": (GOOD + "x" * 2_000_000, "mine.csv: it is larger than 2,000,000 bytes"),
}


@pytest.mark.parametrize("fault", WHOLE)
def test_a_malformed_file_is_reported_and_nothing_is_loaded(place, capsys, fault):
    content, expected = WHOLE[fault]
    assert load(place, content) == FAILED
    errors = capsys.readouterr().err.splitlines()
    assert any(line.startswith(expected) for line in errors), errors
    assert place.read_text("utf-8") == EMPTY


def test_a_missing_file_is_reported(place, capsys):
    assert main(["declaration", "load", str(place.with_name("nowhere.csv"))]) == FAILED
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("cut", range(0, len(GOOD.encode()), 7))
def test_a_file_cut_anywhere_is_read_or_refused(cut):
    try:
        count = lines(DECLARATION, GOOD.encode()[:cut], "mine.csv", TODAY).height
    except LinesError as error:
        count = len(error.faults)
    assert count
