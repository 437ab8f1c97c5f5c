"""The work plan's official text: loaded whole, or refused with every fault. The lines here are samples."""

import csv
import io
import shutil
from datetime import date
from pathlib import Path

import pytest

from data import reviewed
from data.reviewed import REFERENCE
from data.snapshot import Snapshot
from etl.__main__ import FAILED, OK, main
from etl.checking import published
from etl.fetching import fetch
from etl.official_text import WORK_PLAN, LinesError, lines
from tests.etl.test_pipeline import build, sample

TODAY = date(2026, 11, 25)
SAMPLE = Path(__file__).parent / "recorded" / "oas_work_plan" / "workplan_lines_sample.csv"
GOOD = SAMPLE.read_text("utf-8")
HEADER, FIRST, SECOND, THIRD = GOOD.splitlines()
EMPTY = f"{HEADER}\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of reviewed facts in which no line is loaded."""
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setattr(reviewed, "REFERENCE", tmp_path)
    (tmp_path / "workplan_lines.csv").write_text(EMPTY, "utf-8")
    return tmp_path / "workplan_lines.csv"


def write_file(place: Path, content: str | bytes) -> str:
    """The path of a file that a person wrote."""
    path = place.with_name("mine.csv")
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def row(number: str = "9", **cells: str) -> str:
    """A valid line of the header's columns, except for the given cells."""
    whole = {"number": number, "kind": "indicator", "objective": "1", "actor": "states", "text_en": "Sample line"}
    whole |= {"release": "2001-02-03", "locator": "sample, p. 1"} | cells
    stream = io.StringIO()
    csv.DictWriter(stream, HEADER.split(","), lineterminator="", quoting=csv.QUOTE_ALL).writerow(whole)
    return stream.getvalue()


def test_the_committed_file_has_no_lines():
    assert (REFERENCE / "workplan_lines.csv").read_text("utf-8") == EMPTY


def test_a_good_file_is_put_in_place(place, capsys):
    assert main(["workplan", "load", write_file(place, GOOD)]) == OK
    assert "loaded: 3 added (1.1, 1.2, I-1)" in capsys.readouterr().err
    rows = list(csv.DictReader(place.read_text("utf-8").splitlines()))
    assert [line["number"] for line in rows] == ["1.1", "1.2", "I-1"]
    assert [line["text_es"] for line in rows] == [
        "Línea de muestra para pruebas: uno",
        "Línea de muestra para pruebas: dos",
        "",
    ]
    assert [line["objective"] for line in rows] == ["1", "", "7"]
    assert sorted(path.name for path in place.parent.iterdir()) == ["mine.csv", "workplan_lines.csv"]
    assert main(["workplan", "load", write_file(place, GOOD)]) == OK
    assert "these lines are already loaded" in capsys.readouterr().err


@pytest.mark.parametrize(
    "other",
    [
        b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(),
        "\n".join([HEADER, "", FIRST, ",,,,,,,,,", SECOND, THIRD]),
        GOOD.replace("1.1,line_of_action", " 1.1 , line_of_action"),
    ],
    ids=["as Excel writes it", "blank rows", "spaces around"],
)
def test_files_of_spreadsheet_programs_are_loaded_alike(place, other):
    assert main(["workplan", "load", write_file(place, GOOD)]) == OK
    before = place.read_bytes()
    assert main(["workplan", "load", write_file(place, other)]) == OK
    assert place.read_bytes() == before


def test_languages_and_objective_may_be_left_out(place):
    short = 'number,kind,actor,text_pt,release,locator\n1,indicator,states,Amostra de teste,2001-02,"p. 1"\n'
    assert main(["workplan", "load", write_file(place, short)]) == OK
    (line,) = csv.DictReader(place.read_text("utf-8").splitlines())
    assert (line["text_pt"], line["text_en"], line["objective"]) == ("Amostra de teste", "", "")


def test_a_second_load_needs_an_option_to_replace_and_lists_the_changes(place, capsys):
    main(["workplan", "load", write_file(place, GOOD)])
    before = place.read_bytes()
    second = "\n".join([HEADER, FIRST.replace("muestra", "ejemplo"), THIRD, row("2.4")])
    capsys.readouterr()
    assert main(["workplan", "load", write_file(place, second)]) == FAILED
    error = capsys.readouterr().err
    assert "3 lines are already loaded, nothing was changed (1 added (2.4); 1 removed (1.2); 1 changed (1.1))" in error
    assert "--replace" in error
    assert place.read_bytes() == before
    assert main(["workplan", "load", "--replace", write_file(place, second)]) == OK
    assert "loaded: 1 added (2.4); 1 removed (1.2); 1 changed (1.1)" in capsys.readouterr().err
    assert [line.split(",")[0] for line in place.read_text("utf-8").splitlines()[1:]] == ["1.1", "I-1", "2.4"]


CELLS = {
    "no number": (row(""), "column number is blank"),
    "a number of other signs": (row("1;2"), "column number is '1;2'; expected: the number in the text"),
    "a number that is a formula": (row("=1+1"), "column number is '=1+1'"),
    "a number too long": (row("1" * 21), "column number is '111"),
    "another kind": (row(kind="action"), "column kind is 'action'; expected: one of line_of_action, indicator"),
    "no kind": (row(kind=""), "column kind is blank"),
    "an objective beyond the seven": (row(objective="8"), "column objective is '8'; expected: an objective, 1 to 7"),
    "objective nought": (row(objective="0"), "column objective is '0'"),
    "an objective in words": (row(objective="one"), "column objective is 'one'"),
    "another actor": (row(actor="OAS"), "column actor is 'OAS'; expected: one of states, OAS-GS"),
    "no text at all": (row(text_en=""), "column text_en is blank, column text_es is blank"),
    "HTML": (row(text_en="Sample <b>line</b>"), "column text_en is 'Sample <b>line</b>'; expected: only the line's"),
    "a script": (row(text_fr="<script>alert(1)</script>"), "column text_fr is"),
    "an entity": (row(text_en="Sample &amp; line"), "column text_en is 'Sample &amp; line'"),
    "a formula": (row(text_en='=HYPERLINK("x")'), "column text_en is '=HYPERLINK"),
    "a plus before it": (row(text_es="+1 muestra"), "column text_es is '+1 muestra'"),
    "an at sign before it": (row(text_pt="@amostra"), "column text_pt is '@amostra'"),
    "a dash before it": (row(text_en="- sample"), "column text_en is '- sample'"),
    "a tab": (row(text_en="Sample\tline"), "column text_en has a tab, a line break or another control character"),
    "a line break": (row(text_en="Sample\nline"), "column text_en has a tab, a line break or another control"),
    "a bell": (row(text_en="Sample\x07line"), "column text_en has a tab, a line break or another control"),
    "NUL": (row(text_en="Sample\0line"), "column text_en has a tab, a line break or another control"),
    "letters turned round": (row(text_en="Sample \u202eenil"), "column text_en is"),
    "a wrong encoding": (row(text_es="prevenci\u00c3\u00b3n"), "column text_es is 'prevenci\u00c3\u00b3n'; expected"),
    "a letter that was lost": (row(text_es="L\ufffdnea"), "column text_es is"),
    "no letter": (row(text_en="123"), "column text_en is '123'"),
    "too long a text": (row(text_en="long " * 1001), "column text_en is 'long long"),
    "no date": (row(release=""), "column release is blank; expected: the date of the document"),
    "a date as people write it": (row(release="05/12/2014"), "column release is '05/12/2014'; expected: the date of"),
    "a day that does not exist": (row(release="2001-02-30"), "column release is '2001-02-30', which is not a date"),
    "a day to come": (row(release="2099-01-01"), "column release is '2099-01-01', which is in the future"),
    "another document": (row(release="2002"), "column release is '2002'; expected: All lines are from one document"),
    "no place": (row(locator=""), "column locator is blank; expected: where the line is"),
    "a place that breaks a locator": (row(locator="p. 1; p. 2"), "column locator is 'p. 1; p. 2'"),
    "one cell more": (row() + ",more", '11 cells, but the header has 10; put a text that has a comma in "quo'),
    "one cell fewer": ("1,indicator,1,states,Sample,,,,2001", "9 cells, but the header has 10"),
    "a number twice": (row("1.1"), "1.1 is already in row 2; keep one"),
}


@pytest.mark.parametrize("fault", CELLS)
def test_a_fault_names_row_and_column_and_nothing_is_loaded(place, capsys, fault):
    bad, expected = CELLS[fault]
    assert main(["workplan", "load", write_file(place, "\n".join([HEADER, FIRST, bad, SECOND]))]) == FAILED
    first, line, *more = capsys.readouterr().err.splitlines()
    # A wrong date counts as another document, too.
    assert f"mine.csv has {1 + len(more)} error" in first
    assert "nothing was loaded" in first
    assert not more or fault.startswith("a day")
    assert any(text.startswith(f"mine.csv, row 3: {expected}") for text in (line, *more))
    assert place.read_text("utf-8") == EMPTY


WHOLE = {
    "nothing": ("", "mine.csv, row 1: it has no header; expected: number,kind,"),
    "a header alone": (EMPTY, "mine.csv, row 1: it has no lines below its header"),
    "an unknown column": (GOOD.replace("locator", "place"), "mine.csv, row 1: column place is not known; expected: "),
    "a missing column": (GOOD.replace("locator", "place"), "mine.csv, row 1: column locator is missing; expected: "),
    "a column twice": (GOOD.replace("text_es", "text_en"), "mine.csv, row 1: column text_en occurs 2 times; keep one"),
    "semicolons": (GOOD.replace(",", ";"), "mine.csv, row 1: its cells are not separated by commas"),
    "tabs": (GOOD.replace(",", "\t"), "mine.csv, row 1: its cells are not separated by commas"),
    "latin letters of Windows": (GOOD.encode("cp1252"), "mine.csv, row 2: it is not in UTF-8; save it as `CSV UTF-8`"),
    "UTF-16": (GOOD.encode("utf-16"), "mine.csv: it is in UTF-16; save it as `CSV UTF-8`"),
    "a workbook": (b"PK\x03\x04 and more", "mine.csv: it is a workbook or an archive; save the sheet as"),
    "an old workbook": (b"\xd0\xcf\x11\xe0 and more", "mine.csv: it is an old workbook"),
    "a PDF": (b"%PDF-1.7", "mine.csv: it is a PDF"),
    "a quotation without end": (f'{GOOD}"', "mine.csv, row 5: a quotation mark is not closed"),
    "too large": (GOOD + "x" * 2_000_000, "mine.csv: it is larger than 2,000,000 bytes"),
    "too many lines": (
        "\n".join([HEADER, *(row(str(n)) for n in range(2001))]),
        "mine.csv, row 2002: more than 2,000 lines; check that it is the right file",
    ),
    "a web page": ("<html><body>Not found</body></html>", "mine.csv, row 1: column <html>"),
}


@pytest.mark.parametrize("fault", WHOLE)
def test_a_malformed_file_is_reported_and_nothing_is_loaded(place, capsys, fault):
    content, expected = WHOLE[fault]
    assert main(["workplan", "load", write_file(place, content)]) == FAILED
    errors = capsys.readouterr().err.splitlines()
    assert any(line.startswith(expected) for line in errors), errors
    assert place.read_text("utf-8") == EMPTY


def test_every_fault_is_reported_at_once_in_the_order_of_rows(place, capsys):
    wrong = [row("3", kind="act", objective="9"), row("3", text_en="<i>a</i>"), row("4") + ",", row("5", actor="")]
    assert main(["workplan", "load", write_file(place, "\n".join([HEADER, *wrong]))]) == FAILED
    faults = [line.split(": ")[0:2] for line in capsys.readouterr().err.splitlines()[1:]]
    assert [place for place, _ in faults] == [f"mine.csv, row {n}" for n in (2, 2, 3, 3, 4, 5)]
    assert {words.split(" is ")[0] for place, words in faults if place.endswith("2")} == {
        "column kind",
        "column objective",
    }


def test_a_missing_file_and_a_folder_are_reported(place, capsys):
    for path in ("nowhere.csv", str(place.parent)):
        assert main(["workplan", "load", path]) == FAILED
        assert "cannot be read" in capsys.readouterr().err


def test_a_failed_write_leaves_the_file_as_it_was(place, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert main(["workplan", "load", write_file(place, GOOD)]) == FAILED
    assert place.read_text("utf-8") == EMPTY
    assert sorted(path.name for path in place.parent.iterdir()) == ["mine.csv", "workplan_lines.csv"]


@pytest.mark.parametrize("cut", range(0, len(GOOD.encode()), 7))
def test_a_file_cut_anywhere_is_read_or_refused(cut):
    try:
        count = lines(WORK_PLAN, GOOD.encode()[:cut], "mine.csv", TODAY).height
    except LinesError as error:
        count = len(error.faults)
    assert count


def built(folder: Path, plan: str, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """A build of the samples with another file of lines."""
    own = folder / "reference"
    shutil.copytree(REFERENCE, own)
    (own / "workplan_lines.csv").write_text(plan, "utf-8")
    monkeypatch.setattr(fetch, "REFERENCE", own)
    _, snapshot = build(sample(folder / "mirror"))
    return snapshot


def test_the_next_build_makes_a_table_of_the_loaded_lines(tmp_path, monkeypatch):
    snapshot = built(tmp_path, GOOD, monkeypatch)
    table = snapshot.table("workplan_lines").collect()
    assert table.select("number", "kind", "objective", "actor", "text_fr").rows() == [
        ("1.1", "line_of_action", 1, "states", "Ligne d’échantillon pour les tests : un"),
        ("1.2", "line_of_action", None, "OAS-GS", None),
        ("I-1", "indicator", 7, "states", None),
    ]
    assert table.select("source", "release", "locator").row(1) == (
        "oas_work_plan",
        "2001-02-03",
        "workplan_lines.csv#row 3 (sample document, p. 2)",
    )
    account = next(source for source in snapshot.manifest["sources"] if source["name"] == "oas_work_plan")
    assert [(release["read"], release["kept"]) for release in account["releases"]] == [(3, 3)]
    assert all(result.passed for result in published.run(str(tmp_path / "snapshots")))


def test_the_table_is_empty_before_the_first_load_which_needs_no_option(tmp_path, monkeypatch):
    snapshot = built(tmp_path / "first", EMPTY, monkeypatch)
    assert snapshot.table("workplan_lines").collect().is_empty()
    account = next(source for source in snapshot.manifest["sources"] if source["name"] == "oas_work_plan")
    assert [(release["release"], release["read"], release["kept"]) for release in account["releases"]] == [
        ("undated", 0, 0)
    ]
    assert all(result.passed for result in published.run(str(tmp_path / "first" / "snapshots")))
    (tmp_path / "first" / "reference" / "workplan_lines.csv").write_text(GOOD, "utf-8")
    _, snapshot = build(tmp_path / "first" / "mirror")
    assert snapshot.table("workplan_lines").collect().height == 3
    # The document stays and a line is corrected: the project's own file is not a release of a publisher.
    mended = GOOD.replace("muestra", "ejemplo")
    (tmp_path / "first" / "reference" / "workplan_lines.csv").write_text(mended, "utf-8")
    _, snapshot = build(tmp_path / "first" / "mirror")
    assert "ejemplo" in snapshot.table("workplan_lines").collect()["text_es"][0]
