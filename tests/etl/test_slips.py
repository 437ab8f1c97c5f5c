"""Mistakes in a command or in a file of reviewed facts: an error of one line, before anything is fetched or written."""

import shutil
from pathlib import Path

import pytest

from data import reviewed
from etl.__main__ import FAILED, main
from etl.errors import FetchError
from tests.etl.test_pipeline import sample


@pytest.fixture(autouse=True)
def _plain(monkeypatch):
    for name in ("ATALAYA_MIRROR", "ATALAYA_SNAPSHOT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "300")


def error_lines(capsys, *arguments: str) -> list[str]:
    assert main(arguments) == FAILED
    return capsys.readouterr().err.strip().splitlines()


@pytest.fixture
def facts(tmp_path, monkeypatch) -> Path:
    """A copy of the reviewed facts, which a test damages."""
    shutil.copytree(reviewed.REFERENCE, tmp_path / "facts")
    monkeypatch.setattr(reviewed, "REFERENCE", tmp_path / "facts")
    return tmp_path / "facts"


def test_a_slip_in_a_reviewed_file_stops_a_build_before_it_begins(tmp_path, facts, capsys, monkeypatch):
    labels = facts / "labels.csv"
    lines = labels.read_text("utf-8").splitlines()
    lines[40] = lines[40].replace(",country,", ",contry,").replace(",region,", ",contry,")
    labels.write_text("\n".join(lines), "utf-8")
    monkeypatch.setattr("etl.pipeline.fetch", lambda *_, **__: pytest.fail("a publisher was contacted"))
    (line,) = error_lines(
        capsys, "build", "--mirror", str(sample(tmp_path / "mirror")), "--snapshot", str(tmp_path / "home")
    )
    assert line.startswith(
        "error: data/reference/labels.csv, row 41: column kind is 'contry'; expected: one of country"
    )
    assert not (tmp_path / "home").exists()
    failed = [line for line in error_lines(capsys, "check") if line.startswith("FAIL")]
    assert [line.partition(": ")[0] for line in failed] == ["FAIL reviewed labels.csv"]


def test_the_reviewed_files_are_checked_even_without_a_snapshot(tmp_path, facts, capsys):
    (facts / "laws.csv").write_text("")
    lines = error_lines(capsys, "check", "--snapshot", str(tmp_path))
    assert any(
        line.startswith("FAIL reviewed laws.csv: data/reference/laws.csv, row 1: its columns are missing")
        for line in lines
    )
    assert lines[-1].startswith("error: no readable snapshot in")


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("named", ["https://example.org/snapshots", "", "~nobody-here/x"])
def test_a_snapshot_folder_that_is_not_on_this_machine_is_refused(command, named, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (line,) = error_lines(capsys, command, "--snapshot", named)
    assert line.startswith(f"error: --snapshot is {named!r}, ")
    assert list(tmp_path.iterdir()) == []


def test_an_address_in_the_environment_is_refused_by_name(capsys, monkeypatch):
    monkeypatch.setenv("ATALAYA_SNAPSHOT", "https://example.org/snapshots")
    (line,) = error_lines(capsys, "check")
    assert line.startswith("error: ATALAYA_SNAPSHOT is 'https://example.org/snapshots', which is an address;")


@pytest.mark.parametrize("command", [["build"], ["check"], ["snapshots", "list"]])
def test_a_store_that_cannot_be_read_is_reported_in_one_line(command, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("ATALAYA_SNAPSHOT", (tmp_path / "nowhere").as_uri())
    monkeypatch.setenv("ATALAYA_CACHE", str(tmp_path / "cache"))
    (tmp_path / "nowhere").write_text("")
    (line,) = error_lines(capsys, *command)
    assert line.startswith("error: the snapshots in file://")
    assert " cannot be read (" in line


@pytest.mark.parametrize("name", ["x" * 400, "a file/deep"])
def test_a_snapshot_folder_that_cannot_be_made_is_reported_in_one_line(name, capsys, tmp_path):
    (tmp_path / "a file").write_text("")
    (line,) = error_lines(
        capsys, "build", "--mirror", str(sample(tmp_path / "mirror")), "--snapshot", str(tmp_path / name)
    )
    assert str(tmp_path / name)[:60] in line


def test_an_error_is_one_line_that_can_be_printed_and_ends_with_the_remedy():
    line = str(FetchError("a page\nof\u2028lines \ud800 " + "x" * 50_000 + "; try again"))
    assert line.startswith(r"a page of lines \ud800 xxx")
    assert line.endswith("xxx; try again")
    assert len(line.splitlines()) == 1
    assert len(line.encode()) < 2100
