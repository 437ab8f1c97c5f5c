"""A workbook from template to build: filled in and accepted, or refused without any change."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.i18n import language
from data.report import faults
from data.report.package import MAX_BYTES
from data.report.reading import UNCHECKED
from data.snapshot import Snapshot
from etl.__main__ import FAILED, OK, main
from tests.data.report.invalid import CASES
from tests.data.report.workbooks import GOOD, answering, filled, opened, order, saved, signed, write
from tests.etl.declared import SHORT, declare_records
from tests.etl.test_pipeline import build, sample

FINDING_ONLY = {"finding": "Se aprobó un protocolo."}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A snapshot of the small samples, which tests only read."""
    with pytest.MonkeyPatch.context() as patch:
        declare_records(patch, SHORT)
        place = tmp_path_factory.mktemp("published")
        build(sample(place / "mirror"), reports=place / "reports")
    return place / "snapshots"


@pytest.fixture
def place(tmp_path, published, monkeypatch):
    monkeypatch.delenv("ATALAYA_MIRROR", raising=False)
    monkeypatch.setenv("COLUMNS", "300")
    return ["--snapshot", str(published), "--reports", str(tmp_path / "reports")]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def add(content: bytes, place: list[str], folder: Path) -> int:
    path = folder / "sent.xlsx"
    path.write_bytes(content)
    return main(["report", "add", str(path), *place])


def ledger(snapshot: Snapshot) -> pl.DataFrame:
    return snapshot.table("evidence").filter(pl.col("source") == "national_reports").collect().sort("id", "version")


def test_a_template_filled_in_accepted_and_built_is_evidence_of_the_right_grade(tmp_path, place, capsys):
    out = tmp_path / "mine.xlsx"
    arguments = ["--area", "CRI", "--period", "2018-2020", "--lang", "es", "--out", str(out)]
    assert main(["template", *arguments]) == OK
    assert f"written: {out}" in capsys.readouterr().err
    book = opened(out.read_bytes())
    signed(book)
    from tests.data.report.workbooks import line_of

    write(*line_of(book, 12), GOOD)
    write(*line_of(book, 12, 2), FINDING_ONLY)
    write(*line_of(book, 1), FINDING_ONLY)
    assert add(saved(book), place, tmp_path) == OK
    assert "accepted: 3 line(s)" in capsys.readouterr().err
    assert main(["check", *place]) == OK
    assert "pass report report-CRI-2018-2020-v1.json: 3 line(s)" in capsys.readouterr().err
    _, snapshot = build(sample(tmp_path / "mirror"), reports=tmp_path / "reports")
    rows = ledger(snapshot).select("id", "paragraph", "actor", "grade", "kind", "status", "period_from", "period_to")
    assert rows.rows() == [
        ("report:CRI:2018-2020:1", 1, "CRI", "state_report", "report", None, date(2018, 1, 1), date(2020, 12, 31)),
        (
            "report:CRI:2018-2020:12",
            12,
            "CRI",
            "state_report",
            "report",
            "limited",
            date(2018, 4, 1),
            date(2018, 9, 30),
        ),
        ("report:CRI:2018-2020:12.2", 12, "CRI", "state_report", "report", None, date(2018, 1, 1), date(2020, 12, 31)),
    ]
    reports_source = next(source for source in snapshot.manifest["sources"] if source["name"] == "national_reports")
    (release,) = reports_source["releases"]
    assert (reports_source["status"], release["read"], release["kept"]) == ("sent", 3, 3)
    assert release["file"] == "report-CRI-2018-2020-v1.json"
    home = tmp_path / "snapshots"
    assert main(["check", "--snapshot", str(home), *place[2:]]) == OK


def test_without_reports_the_build_is_as_before(tmp_path, published):
    outcome, snapshot = build(sample(tmp_path / "mirror"), reports=tmp_path / "nowhere")
    assert outcome.snapshot == Snapshot.open(str(published)).id
    assert ledger(snapshot).is_empty()
    assert "national_reports" not in {source["name"] for source in snapshot.manifest["sources"]}


def test_every_kind_of_answer_is_in_the_ledger_and_the_figures_do_not_change(tmp_path, place):
    folder = sample(tmp_path / "mirror")
    before = Snapshot.open(place[1]).table("observations").collect()
    victims = before.filter(indicator="detected_victims", area="MEX", sex="total").row(0, named=True)
    disputed = {name: victims[name] for name in ("indicator", "year", "sex", "age", "form")} | {
        "value": 52,
        **FINDING_ONLY,
    }
    assert add(filled(order(area="MEX"), {12: FINDING_ONLY}), place, tmp_path) == OK
    for kind, rows, sheet in (
        ("review", [{"replies_to": "report:MEX:2018:12", **FINDING_ONLY, "status": "complete", **document()}], 2),
        ("reply", [{"replies_to": "review:MEX:2018:12", **FINDING_ONLY}], 2),
        ("correction", [disputed], 2),
        ("correction", [{"origin": "HND", "destination": "MEX", "year": 2021, **FINDING_ONLY}], 3),
    ):
        assert add(answering(order(kind, "MEX"), rows, sheet), place, tmp_path) == OK
    _, snapshot = build(folder, reports=tmp_path / "reports")
    rows = ledger(snapshot).select("id", "replies_to", "grade", "kind", "paragraph", "status")
    assert rows.rows() == [
        (
            "correction:MEX:2018:26",
            "figure:detected_victims:MEX:2021:total:total:total",
            "reply",
            "reply",
            26,
            None,
        ),
        ("correction:MEX:2018:26.2", "flow:HND:MEX:2021", "reply", "reply", 26, None),
        ("reply:MEX:2018:12", "review:MEX:2018:12", "reply", "reply", 12, None),
        ("report:MEX:2018:12", None, "state_report", "report", 12, None),
        ("review:MEX:2018:12", "report:MEX:2018:12", "reviewed", "review", 12, "complete"),
    ]
    assert snapshot.table("observations").collect().equals(before)


def document() -> dict[str, object]:
    return {name: GOOD[name] for name in ("document", "issuer", "date", "url")}


def test_what_ended_before_the_declaration_is_background(tmp_path, place):
    assert add(filled(order(period="2016-2018"), {12: {**FINDING_ONLY}, 13: {**GOOD}}), place, tmp_path) == OK
    early = {**FINDING_ONLY, "period_from": date(2016, 1, 1), "period_to": date(2018, 3, 6)}
    last = {**FINDING_ONLY, "period_from": date(2016, 1, 1), "period_to": date(2018, 3, 7)}
    assert add(filled(order(period="2016-2018"), {14: early, 15: last}), place, tmp_path) == OK
    _, snapshot = build(sample(tmp_path / "mirror"), reports=tmp_path / "reports")
    grades = dict(ledger(snapshot).select("paragraph", "grade").iter_rows())
    assert grades == {12: "state_report", 13: "state_report", 14: "background", 15: "state_report"}


def test_a_second_report_is_version_two_and_does_not_erase_the_first(tmp_path, place):
    assert add(filled(order(), {12: GOOD, 13: FINDING_ONLY}), place, tmp_path) == OK
    assert add(filled(order(), {12: FINDING_ONLY}), place, tmp_path) == OK
    _, snapshot = build(sample(tmp_path / "mirror"), reports=tmp_path / "reports")
    rows = ledger(snapshot).select("id", "version", "finding")
    # Paragraph 13 is not in the second report: the entry of the first stays.
    assert rows.rows() == [
        ("report:CRI:2018:12", 1, GOOD["finding"]),
        ("report:CRI:2018:12", 2, FINDING_ONLY["finding"]),
        ("report:CRI:2018:13", 1, FINDING_ONLY["finding"]),
    ]


def test_further_reports_do_not_hold_a_build_and_a_lost_one_does(tmp_path, place):
    folder, reports = sample(tmp_path / "mirror"), tmp_path / "reports"
    build(folder, reports=reports)
    for period in ("2018", "2019", "2020"):
        assert add(filled(order(period=period), {12: FINDING_ONLY}), place, tmp_path) == OK
        build(folder, reports=reports)
    (reports / "report-CRI-2019-v1.json").unlink()
    with pytest.raises(Exception, match="releases lost"):
        build(folder, reports=reports)


# One for each place that a fault can have; every case is refused in tests/data/report.
KINDS = {(case.sheet, bool(case.cell)): case for case in reversed(CASES)}


@pytest.mark.parametrize("case", KINDS.values(), ids=lambda case: case.name)
def test_a_refused_workbook_leaves_everything_as_it_was(case, tmp_path, place, published, capsys):
    assert add(filled(order(), {12: GOOD}), place, tmp_path) == OK
    folder = tmp_path / "reports"
    before, snapshot = files(folder), files(published)
    capsys.readouterr()
    content = case.content()
    assert add(content, place, tmp_path) == FAILED
    error = capsys.readouterr().err
    assert "Traceback" not in error
    assert files(folder) == before
    assert files(published) == snapshot
    if case.cell:
        name = opened(content).sheetnames[case.sheet]
        assert re.search(rf"{re.escape(name)}\b.*\b{case.cell}\b", error)


def test_a_workbook_above_the_limit_is_refused_without_reading_it(tmp_path, place, monkeypatch, capsys):
    path, read = tmp_path / "sent.xlsx", Path.read_bytes
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda one: pytest.fail("it is read") if one == path else read(one))
    assert main(["report", "add", str(path), *place]) == FAILED
    error = capsys.readouterr().err
    assert "The file: Larger than 1 MB" in error
    assert "Fill in a new template" in error
    assert files(tmp_path / "reports") == {}


def test_faults_are_in_the_workbook_s_language_and_counted_in_its_plural(tmp_path, place, capsys):
    lang = order(lang="es").language
    one_fault = filled(order(lang="es"), {12: {**GOOD, "status": "Casi"}})
    two_faults = filled(order(lang="es"), {12: {**GOOD, "status": "Casi", "url": "ftp://x.org"}})
    for content, n in ((one_fault, 1), (two_faults, 2)):
        assert add(content, place, tmp_path) == FAILED
        lines = capsys.readouterr().err.strip().splitlines()
        assert lines[0] == lang.plural(
            "{n} error was found. The workbook was not accepted.",
            "{n} errors were found. The workbook was not accepted.",
            n,
        )
        assert len(lines) == 1 + n
    assert lang.text("Complete") in lines[1]


def test_the_same_workbook_twice_is_refused(tmp_path, place, capsys):
    content = filled(order(), {12: GOOD})
    assert add(content, place, tmp_path) == OK
    # It names a line of the work plan, and none is loaded.
    accepted, remark, *_ = capsys.readouterr().err.strip().splitlines()
    assert accepted.startswith("accepted: 1 line(s)")
    assert remark == language("es").text(UNCHECKED)
    assert add(content, place, tmp_path) == FAILED
    assert len(files(tmp_path / "reports")) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--area", "ESP", "--period", "2018"], "there is no area 'ESP'"),
        (["--area", "CRI", "--period", "2100"], "ends after this year"),
        (["--area", "CRI", "--period", "soon"], "not a year or a range"),
        (["--area", "CRI", "--period", "2018", "--lang", "de"], "there is no language 'de'"),
        (["--area", "CRI", "--period", "2018", "--kind", "praise"], "there is no kind 'praise'"),
        (["--area", "CRI", "--period", "2018", "--out", "/nowhere/at/all.xlsx"], "cannot be written"),
        (["--area", "CRI", "--period", "2018", "--out", "."], "already exists"),
        (["--area", "CRI", "--period", "2018", "--out", "a\0b"], "cannot be written"),
    ],
)
def test_a_template_that_cannot_be_made_is_one_clear_line(arguments, expected, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "300")
    assert main(["template", *arguments]) == FAILED
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert expected in line
    assert list(tmp_path.iterdir()) == []


def test_an_existing_workbook_is_not_overwritten(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    arguments = ["template", "--area", "CRI", "--period", "2018", "--lang", "pt"]
    assert main(arguments) == OK
    (path,) = tmp_path.iterdir()
    assert path.name == "atalaya-report-CRI-2018-pt.xlsx"
    path.write_bytes(b"filled in")
    assert main(arguments) == FAILED
    assert "already exists" in capsys.readouterr().err
    assert path.read_bytes() == b"filled in"


@pytest.mark.parametrize("named", ["nowhere.xlsx", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_one_clear_line(named, tmp_path, place, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["report", "add", named, *place]) == FAILED
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert "cannot be read" in line


def test_a_read_only_folder_is_one_clear_line(tmp_path, place, capsys):
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    path = tmp_path / "sent.xlsx"
    path.write_bytes(filled(order(), {12: GOOD}))
    assert main(["report", "add", str(path), *place[:2], "--reports", str(blocked)]) == FAILED
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_check_finds_a_report_that_was_altered(tmp_path, place, capsys):
    assert add(filled(order(), {12: GOOD}), place, tmp_path) == OK
    (path,) = (tmp_path / "reports").iterdir()
    path.write_text(path.read_text("utf-8").replace('"limited"', '"perfect"'), "utf-8")
    assert main(["check", *place]) == FAILED
    error = capsys.readouterr().err
    assert "FAIL reports: data/reports/report-CRI-2018-v1.json" in error


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed")
def test_a_workbook_that_libreoffice_saves_again_is_accepted(tmp_path, place):
    sent = tmp_path / "in" / "sent.xlsx"
    sent.parent.mkdir()
    sent.write_bytes(filled(order(), {12: GOOD, 1: FINDING_ONLY}))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(sent)]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    again = (tmp_path / "out" / "sent.xlsx").read_bytes()
    assert again != sent.read_bytes()
    assert add(again, place, tmp_path) == OK
    (stored,) = (tmp_path / "reports").iterdir()
    assert add(sent.read_bytes(), place, tmp_path) == OK
    first, second = (pl.read_json(path)["entries"].explode() for path in sorted((tmp_path / "reports").iterdir()))
    parts = ["finding", "status", "date", "url", "line", "period_from"]
    assert [{p: row.get(p) for p in parts} for row in first] == [{p: row.get(p) for p in parts} for row in second]
    assert stored.exists()


def test_a_fault_quotes_only_the_beginning_of_a_cell():
    fault = faults.fault("html", "A", "B1", found="<" + "x" * 5000)
    assert len(fault.line(order().language)) < 300
