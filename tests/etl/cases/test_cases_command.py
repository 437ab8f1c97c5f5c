"""The commands: what they print, what they leave behind, and the workbook that is filled in."""

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import fastexcel
import openpyxl
import polars as pl
import pytest
from rich.console import Console

from data.i18n import LANGUAGES, language
from etl.__main__ import main
from etl.cases import command
from etl.cases.counting import count
from etl.cases.engines import PolarsEngine
from etl.cases.layout import WORDS, load
from etl.cases.records import read
from etl.cases.tables import KEY, TOTAL
from etl.cases.template import COLUMNS, template
from tests.etl.cases import invented
from tests.etl.cases.registers import release

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 1, 1)
REGISTER = """
[register]
title = "t"
publisher = "p"
contact = "office@example.org"
page = "https://example.org"
license = "CC-BY-4.0"
license_page = "https://creativecommons.org/licenses/by/4.0/"
"""


def register(tmp_path, size=200):
    layout = invented.layout("norte")
    return str(invented.write(invented.persons(size, layout), layout, tmp_path / "a.csv"))


def norte(tmp_path, more=""):
    path = tmp_path / "norte.toml"
    path.write_text((invented.LAYOUTS / "norte.toml").read_text("utf-8") + more, "utf-8")
    return str(path)


def test_check_looks_and_writes_nothing(tmp_path, capsys):
    records, layout = register(tmp_path), norte(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert main(["cases", "check", records, "--layout", layout, "--state", "HTI"]) == 0
    assert "no faults" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--state", "ESP"], "there is no state 'ESP'"),
        (["--state", "hti"], "there is no state 'hti'"),
        (["--state", "HTI", "--threshold", "2"], "at least 3"),
    ],
)
def test_an_option_that_is_wrong_is_refused_in_one_line(tmp_path, capsys, options, says):
    layout = norte(tmp_path, REGISTER)
    command = ["cases", "tables", register(tmp_path), "--layout", layout, "--out", str(tmp_path / "out"), *options]
    assert main(command) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert says in lines[0]
    assert not (tmp_path / "out").exists()


def test_no_release_protects_less_than_an_earlier_one_says(tmp_path, capsys):
    release(tmp_path / "hti")
    command = ["cases", "tables", register(tmp_path), "--layout", norte(tmp_path, REGISTER), "--state", "HTI"]
    for option in ("--threshold", "--width"):
        assert main([*command, "--out", str(tmp_path / "hti"), option, "4"]) == 1
        (line,) = capsys.readouterr().err.strip().splitlines()
        assert "the release of 2024-03-01 has threshold 11 and width 5, and a later one cannot protect less" in line
    assert [path.name for path in (tmp_path / "hti").glob("*-*")] == ["2024-03-01"]


def test_a_release_needs_the_facts_of_its_register(tmp_path, capsys):
    command = ["cases", "tables", register(tmp_path), "--layout", norte(tmp_path), "--state", "HTI"]
    assert main([*command, "--out", str(tmp_path / "out")]) == 1
    assert "key register.title" in capsys.readouterr().err


def test_nothing_of_a_person_is_printed_or_left_in_a_file(tmp_path):
    work = tmp_path / "temporary"
    work.mkdir()
    records = register(tmp_path)
    path = Path(records)
    # A fault in each column of one record.
    lines = path.read_text("utf-8").split("\n")
    lines[9] = ";".join(["QQ7"] * len(lines[9].split(";")))
    path.write_text("\n".join(lines), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "etl", "cases", "check", records, "--layout", norte(tmp_path)],
        cwd=ROOT,
        env={"TMPDIR": str(work), "POLARS_MAX_THREADS": "1", "POLARS_TEMP_DIR": str(work), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1, done.stderr
    printed = done.stdout + done.stderr
    assert "a.csv, row " in printed
    assert not any(text in printed for text in ("QQ7", "Traceback", *invented.PERSONAL.values()))
    assert not [found for found in work.rglob("*") if found.is_file()]


def test_a_file_that_breaks_while_it_is_counted_is_one_line_without_a_value(tmp_path, capsys, monkeypatch):
    def broken(*_):
        raise pl.exceptions.ComputeError("could not parse `QQ7`")

    monkeypatch.setattr(command, "count", broken)
    assert main(["cases", "check", register(tmp_path), "--layout", norte(tmp_path)]) == 1
    printed = capsys.readouterr().err
    assert "a.csv cannot be read" in printed
    assert "QQ7" not in printed


def test_a_long_run_says_how_many_records_were_read():
    screen = io.StringIO()
    with command._progress(Console(file=screen, force_terminal=True, width=120), 2) as line:
        line.step("checking a.csv")
        line.seen(1_000)
        line.seen(234)
    assert "checking a.csv: 1,234 records read" in screen.getvalue()


def test_every_record_is_seen_while_it_is_read(tmp_path):
    layout, seen = invented.layout("norte"), []
    frames = read([Path(register(tmp_path))], layout, TODAY, engine=PolarsEngine(seen.append))
    # The different cells, the checks, and the persons.
    assert sum(seen) == 3 * 200
    count(frames, layout.values())
    assert sum(seen) == 4 * 200


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_workbook_that_is_filled_in_is_counted(tmp_path, code):
    lang, words = language(code), {name: language(code).text for name in WORDS}
    book = openpyxl.load_workbook(io.BytesIO(template(lang, TODAY)))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == [column.code for column in COLUMNS]
    forms = ";".join(lang.text(WORDS["form"][form]) for form in ("sexual_exploitation", "forced_begging"))
    role, sex = words["role"](WORDS["role"]["victim"]), words["sex"](WORDS["sex"]["female"])
    asked = lang.text(WORDS["sex"]["not_asked"])
    lines = [
        ("a", role, date(2021, 5, 31), sex, 17, "HTI", "DOM", forms),
        ("b", role, date(2021, 6, 1), asked, None, None, None, None),
        ("c", lang.text(WORDS["role"]["convicted"]), date(2022, 1, 1), sex, 40, "DOM", "DOM", None),
    ]
    for row, line in enumerate(lines, start=3):
        for column, value in enumerate(line, start=1):
            sheet.cell(row, column).value = value
    path = tmp_path / "filled.xlsx"
    book.save(path)
    layout = load("template")
    found = count(read([path], layout, TODAY), layout.values()).filter(pl.col("count") > 0)
    counts = {row[:-1]: row[-1] for row in found.iter_rows()}
    assert found.columns[:-1] == [*KEY]
    start = ("detected_victims", 2021)
    assert counts[*start, *(TOTAL,) * 5] == 2
    assert counts[*start, "female", "0-17", TOTAL, TOTAL, TOTAL] == 1
    assert counts[*start, "not_asked", "unknown", TOTAL, TOTAL, TOTAL] == 1
    assert counts[*start, TOTAL, TOTAL, "forced_begging", TOTAL, TOTAL] == 1
    assert counts[*start, TOTAL, TOTAL, "unknown", TOTAL, TOTAL] == 1
    assert counts[*start, TOTAL, TOTAL, TOTAL, "HTI", "DOM"] == 1
    assert counts["persons_convicted", 2022, "female", "18+", TOTAL, TOTAL, TOTAL] == 1


def test_the_template_command_keeps_a_file_that_is_there(tmp_path, capsys):
    path = tmp_path / "casos.xlsx"
    assert main(["cases", "template", "--lang", "es", "--out", str(path)]) == 0
    before = path.read_bytes()
    assert fastexcel.read_excel(path).sheet_names[0] == "Registros de casos"
    assert main(["cases", "template", "--lang", "es", "--out", str(path)]) == 1
    assert "already exists" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert main(["cases", "template", "--lang", "de", "--out", str(tmp_path / "b.xlsx")]) == 1


def test_an_empty_workbook_counts_nobody(tmp_path, capsys):
    path = tmp_path / "empty.xlsx"
    path.write_bytes(template(language("en"), TODAY))
    assert main(["cases", "check", str(path), "--layout", "template"]) == 1
    assert "no record in empty.xlsx counts" in capsys.readouterr().err


def test_the_same_day_gives_the_same_workbook():
    assert template(language("fr"), TODAY) == template(language("fr"), TODAY)
