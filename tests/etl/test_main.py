import re
import runpy
import sys
from pathlib import Path

import polars as pl
import pytest

from data.snapshot import Snapshot
from etl.__main__ import FAILED, OK, UNEXPECTED, main
from tests.etl.samples import citizens, glotip_row
from tests.etl.test_pipeline import APRIL, sample

MANY = [glotip_row("ESP", 2020, str(n)) for n in range(60)]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.delenv("ATALAYA_MIRROR", raising=False)
    # Messages are read as one line, whatever the width of the terminal that runs the tests.
    monkeypatch.setenv("COLUMNS", "300")
    return ["--snapshot", str(tmp_path / "snapshots")]


def test_a_build_from_a_mirror_gives_exit_status_zero_and_passes_check(tmp_path, place, capsys):
    folder = sample(tmp_path / "mirror")
    assert main(["build", "--mirror", str(folder), *place]) == OK
    name = Snapshot.open(place[1]).id
    assert f"published snapshot {name}" in capsys.readouterr().err
    assert main(["check", *place]) == OK
    output = capsys.readouterr().err
    assert "FAIL" not in output
    assert f"pass id: the rows give {name}, the snapshot is {name}" in output
    assert re.search(
        r"pass account unodc_glotip 2025-04-14: 9 rows read = 5 cells in the tables \+ 4 set aside", output
    )


def test_the_environment_may_name_the_mirror(tmp_path, place, monkeypatch):
    monkeypatch.setenv("ATALAYA_MIRROR", str(sample(tmp_path / "mirror")))
    assert main(["build", *place]) == OK


def test_something_new_gives_exit_status_two_and_under_strict_one(tmp_path, place, capsys):
    folder = sample(tmp_path / "mirror", april=[*APRIL, *MANY, citizens("MEX", 2020, "Zubrowkan", "7")])
    expected = (
        "new in the files: unodc_glotip 2025-04-14: unrecognised_label 'Zubrowkan', 1 row(s), "
        "the first at data_glotip_a.xlsx#data_glotip_1!73"
    )
    assert main(["build", "--mirror", str(folder), "--strict", *place]) == FAILED
    assert not (tmp_path / "snapshots" / "current").exists()
    assert expected in capsys.readouterr().err
    assert main(["build", "--mirror", str(folder), *place]) == UNEXPECTED
    assert expected in capsys.readouterr().err
    assert main(["build", "--mirror", str(folder), "--scheduled", *place]) == OK
    assert expected in capsys.readouterr().err


def test_a_schedule_is_still_failed_by_a_build_that_publishes_nothing(tmp_path, place):
    empty = tmp_path / "mirror"
    empty.mkdir()
    assert main(["build", "--mirror", str(empty), "--scheduled", *place]) == FAILED


def test_above_two_percent_the_labels_are_listed(tmp_path, place, capsys):
    strangers = [citizens("MEX", 2020, f"Stranger {chr(65 + n)}", "7") for n in range(25)]
    folder = sample(tmp_path / "mirror", april=[*APRIL, *strangers])
    assert main(["build", "--mirror", str(folder), *place]) == FAILED
    lines = capsys.readouterr().err.strip().splitlines()
    assert "25 of" in lines[0]
    assert [line.split("'")[1] for line in lines[1:-1]] == [f"Stranger {chr(65 + n)}" for n in range(20)]
    assert lines[-1].startswith("and 5 more")


def test_a_place_that_cannot_be_written_is_one_clear_line(tmp_path, place, capsys):
    blocked = tmp_path / "a file"
    blocked.write_text("")
    folder = sample(tmp_path / "mirror")
    assert main(["build", "--mirror", str(folder), "--snapshot", str(blocked / "deep")]) == FAILED
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert "a file cannot be read or written" in line
    assert str(blocked) in line
    assert place


def test_an_error_is_one_line_and_the_exit_status_is_one(tmp_path, place, capsys):
    folder = sample(tmp_path / "mirror", april=[*APRIL, glotip_row("MEX", 2021, "many")])
    assert main(["build", "--mirror", str(folder), *place]) == FAILED
    errors = capsys.readouterr().err.strip().splitlines()
    assert len(errors) == 1
    assert (
        "source unodc_glotip, file data_glotip_a.xlsx, sheet data_glotip_1, row 13: column txtVALUE is 'many'"
        in errors[0]
    )


def test_a_mirror_that_is_not_a_folder_is_named(tmp_path, place, capsys):
    assert main(["build", "--mirror", str(tmp_path / "nowhere"), *place]) == FAILED
    assert "nowhere" in capsys.readouterr().err


def test_check_without_a_snapshot_says_what_to_do(place, capsys):
    assert main(["check", *place]) == FAILED
    assert "run 'python -m etl build'" in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "status"), [(["sources"], OK), (["check", "--snapshot", "nowhere"], FAILED)])
def test_the_process_ends_with_the_exit_status_of_its_command(tmp_path, monkeypatch, arguments, status):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["etl", *arguments])
    monkeypatch.delitem(sys.modules, "etl.__main__")
    with pytest.raises(SystemExit) as end:
        runpy.run_module("etl", run_name="__main__")
    assert end.value.code == status


@pytest.mark.parametrize("damage", ["altered", "missing", "shortened"])
def test_check_finds_a_damaged_file(tmp_path, place, capsys, damage):
    main(["build", "--mirror", str(sample(tmp_path / "mirror")), *place])
    path = Path(Snapshot.open(place[1]).root) / "roles.parquet"
    if damage == "missing":
        path.unlink()
    else:
        frame = pl.read_parquet(path)
        frame = frame.head(1) if damage == "shortened" else frame.with_columns(stated=pl.lit("no"))
        frame.write_parquet(path)
    capsys.readouterr()
    assert main(["check", *place]) == FAILED
    assert "FAIL file roles" in capsys.readouterr().err


def test_sources_lists_every_declaration(place, capsys):
    assert main(["sources"]) == OK
    output = capsys.readouterr().out
    for name in ("unodc_glotip", "worldbank_population", "du_directionality", "hti", "natural_earth"):
        assert name in output
    assert place


def test_the_committed_snapshot_passes_its_check(capsys):
    assert main(["check"]) == OK
    assert "FAIL" not in capsys.readouterr().err


def test_terminal_markup_in_a_message_is_printed_as_text(tmp_path, place, capsys):
    folder = sample(tmp_path / "mirror")
    # A slash cannot be in a file's name, but it can be in a cell.
    sample(tmp_path / "mirror", april=[*APRIL, glotip_row("MEX", 2021, "[bold] [/nope]")])
    assert main(["build", "--mirror", str(folder), *place]) == FAILED
    assert "column txtVALUE is '[bold] [/nope]'" in capsys.readouterr().err


def test_a_very_long_label_is_reported_in_one_short_line(tmp_path, place, capsys):
    folder = sample(tmp_path / "mirror", april=[*APRIL, *MANY, citizens("MEX", 2020, "Zu brow ka " * 900, "7")])
    assert main(["build", "--mirror", str(folder), *place]) == UNEXPECTED
    assert max(map(len, capsys.readouterr().err.splitlines())) < 250
