"""`python -m dashboard page` writes what a server would send at the same address."""

import re
from pathlib import Path

import polars as pl
import pytest

from dashboard import __main__ as entry
from dashboard import static
from dashboard.server import pages
from tests.dashboard.server.test_documents import sent


def written(address: str, path: Path) -> bytes:
    assert entry.main(["page", address, "-o", str(path)]) == 0
    return path.read_bytes()


def test_a_page_has_its_files_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    page = written("/es/country/GRD", tmp_path / "grenada.html").decode()
    assert capsys.readouterr().out == f"{tmp_path / 'grenada.html'}\n"
    assert "<title>Granada · Atalaya</title>" in page or "<title>Grenada · Atalaya</title>" in page
    named = set(re.findall(r"[\"(]([\w./-]*grenada_files/[\w.-]+)[\")]", page))
    assert {"grenada_files/page.css", "grenada_files/page.js", "grenada_files/sans.woff2"} <= named
    assert "/assets/" not in page
    for name in named:
        assert (tmp_path / name).read_bytes() == static.file(Path(name).name).body


@pytest.mark.parametrize(
    ("address", "start"),
    [
        ("/en/region/map.svg", b"<svg"),
        ("/en/country/HTI/abroad.png", b"\x89PNG"),
        ("/fr/region.csv?year=2019", b""),
        ("/api/v1/observations?area=GRD", b"{"),
    ],
)
def test_every_other_form_is_what_a_server_sends(address: str, start: bytes, tmp_path: Path):
    content = written(address, tmp_path / "file")
    path, _, query = address.partition("?")
    assert content.startswith(start)
    assert content == sent(path, query=query.encode())[2]
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_rows_are_those_of_the_filters(tmp_path: Path):
    """Filters of the address count, and it may begin without a slash."""
    content = written("en/region.csv?indicator=offences&year=2019", tmp_path / "rows.csv")
    rows = pl.read_csv(content, comment_prefix="#")
    assert set(rows["year"]) == {2019}


def test_an_old_address_is_followed(tmp_path: Path):
    assert "<title>Honduras · Atalaya</title>" in written("/country?area=HND&lang=fr", tmp_path / "old.html").decode()


@pytest.mark.parametrize("address", ["/en/nothing", "/en/country/XXX.csv", "/en/region/nothing.svg", "/xx/region"])
def test_nothing_is_written_where_there_is_nothing(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert entry.main(["page", address, "-o", str(tmp_path / "file")]) == 1
    error = capsys.readouterr().err
    assert error.startswith("atalaya: ")
    assert address in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_fails_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def fail(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pages, "answer", fail)
    assert entry.main(["page", "/en/about", "-o", str(tmp_path / "file")]) == 1
    assert capsys.readouterr().err.splitlines()[-1].endswith("/en/about cannot be made; the error is above.")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert entry.main(["page", "/en/region.csv", "-o", str(tmp_path / "none" / "file.csv")]) == 1
    assert str(tmp_path / "none" / "file.csv") in capsys.readouterr().err
