"""The command line writes a file, or one line that says what is wrong and what to do."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from pptx import Presentation

from dashboard import __main__ as entry
from dashboard import store
from dashboard.briefing import formats
from data.i18n import language

PROJECT = Path(__file__).parents[3]


def run(*arguments, out):
    return entry.main(["briefing", *arguments, "--out", str(out)])


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        ((), "Trafficking in persons in the Americas"),
        (("--area", "CRI", "--lang", "es"), "Costa Rica"),
        (("--area", "usa", "--with", "mex", "--lang", "fr"), "États-Unis et Mexique"),
    ],
)
def test_a_file_is_written(arguments, title, tmp_path, capsys):
    path = tmp_path / "briefing.pptx"
    assert run(*arguments, out=path) == 0
    assert capsys.readouterr().out == f"{path}\n"
    deck = Presentation(io.BytesIO(path.read_bytes()))
    assert deck.core_properties.title == title
    assert title in [shape.text_frame.text for shape in deck.slides[0].placeholders]
    assert [file.name for file in tmp_path.iterdir()] == ["briefing.pptx"]


def test_every_form_is_written(tmp_path):
    starts = {"pptx": b"PK", "pdf": b"%PDF", "page": b"%PDF"}
    assert set(starts) == set(formats.FORMS)
    for form, start in starts.items():
        path = tmp_path / f"a.{form}"
        assert run("--area", "GRD", "--format", form, out=path) == 0
        assert path.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--area", "XYZ"), ["'XYZ'", "35 states", "CRI"]),
        (("--area", "FRA"), ["'FRA'", "35 states"]),
        (("--area", "CRI", "--with", "QQQ"), ["'QQQ'", "35 states"]),
        (("--area", "CRI", "--with", "CRI"), ["CRI", "another state"]),
        (("--with", "USA"), ["--with USA", "--area"]),
        (("--area", "CRI", "--with", "USA", "--format", "page"), ["two states", "--format pdf"]),
    ],
)
def test_a_briefing_that_cannot_be_made_gives_a_one_line_error(arguments, words, tmp_path, capsys):
    assert run(*arguments, out=tmp_path / "a.pptx") == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert error.startswith("atalaya: ")
    assert all(word in error for word in words)
    assert not [*tmp_path.iterdir()]


def test_a_missing_folder_is_an_error(tmp_path, capsys):
    assert run(out=tmp_path / "none" / "a.pptx") == 1
    error = capsys.readouterr().err
    assert str(tmp_path / "none") in error
    assert "create it" in error


def test_a_folder_as_output_is_an_error(tmp_path, capsys):
    assert run(out=tmp_path) == 1
    assert "is a folder" in capsys.readouterr().err


def test_an_existing_file_is_not_overwritten_by_default(tmp_path, capsys):
    path = tmp_path / "a.pptx"
    path.write_text("mine")
    assert run("--area", "GRD", out=path) == 1
    assert "--replace" in capsys.readouterr().err
    assert path.read_text() == "mine"
    assert run("--area", "GRD", "--replace", out=path) == 0
    assert path.read_bytes().startswith(b"PK")


def test_a_failing_disk_leaves_no_partial_file(tmp_path, capsys, monkeypatch):
    def full(_path, _content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert run("--area", "GRD", out=tmp_path / "a.pptx") == 1
    assert "No space left" in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]


def test_bad_arguments_exit_with_status_two(tmp_path):
    for arguments in (("--lang", "de"), ("--format", "docx")):
        with pytest.raises(SystemExit) as ended:
            run(*arguments, out=tmp_path / "a")
        assert ended.value.code == 2


def test_the_first_slide_links_to_the_address(tmp_path):
    path = tmp_path / "a.pptx"
    assert run("--area", "GRD", "--address", "https://example.org/", out=path) == 0
    links = [
        shape.click_action.hyperlink.address for shape in Presentation(path).slides[0].shapes if shape.shape_type == 13
    ]
    assert links == [f"https://example.org/s/{store.snapshot().id}/en/country/GRD"]


def test_it_runs_as_a_program_without_a_screen(tmp_path):
    path = tmp_path / "a.pptx"
    command = [sys.executable, "-m", "dashboard", "briefing", "--area", "GRD", "--lang", "pt", "--out", str(path)]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert path.read_bytes().startswith(b"PK")


def test_a_file_name_has_the_states_the_language_and_the_snapshot():
    snapshot = store.snapshot().id
    assert (
        formats.name("pptx", language("fr"), "USA", "MEX", snapshot) == f"atalaya_briefing_USA_MEX_fr_{snapshot}.pptx"
    )
    assert formats.name("pdf", language("en"), None, None, snapshot) == f"atalaya_briefing_region_en_{snapshot}.pdf"
    assert formats.name("page", language("en"), "CRI", None, snapshot) == f"atalaya_page_CRI_en_{snapshot}.pdf"
