"""The archive: names for every file system, hashes as `sha256sum -c` reads them, the same bytes from the same files."""

import hashlib
import os
import shutil
import subprocess
from zipfile import ZipFile

import pytest

from data.verified import Verified, open_whole
from offline import __main__, archive, build, program
from offline.targets import Target
from offline.wheels import Wheels
from tests.data.damages import EARLIER, halve, make_place
from tests.offline.names import refused
from tests.offline.samples import ROOT, wheel


@pytest.mark.parametrize(
    "name", ["a/con.txt", "a/AUX", "COM1/a", "a:b", "a/b?.txt", "a/end.", "a /b", "x" * 181, "a/b\\c", "a/\x07"]
)
def test_a_name_that_a_file_system_refuses_is_found(name):
    assert len(refused([name, "fine/name-1.0.txt"])) == 1


def test_names_that_differ_in_case_alone_are_found():
    assert refused(["a/Read", "a/read", "b/read"]) == ["a/read: the same as a/Read where case does not count"]


def test_usual_names_are_accepted():
    assert refused(["a/console.py", "a/com10.txt", "a/.streamlit/config.toml", "a/naïve.txt"]) == []


def test_every_file_system_takes_the_names_of_the_program():
    names = [f"atalaya-room-0123456789ab/program/{name}" for name in program.files(ROOT, open_whole())]
    assert len(names) > 300
    assert refused(names) == []


@pytest.fixture
def made(tmp_path):
    texts = {"start.sh": b"#!/bin/sh\n", "program/b.txt": b"b", "program/a.txt": "á".encode()}
    wheel_path = wheel(tmp_path, "demo")
    for name in ("one.zip", "two.zip"):
        archive.write(
            tmp_path / name, "folder", dict(reversed(texts.items())) if name == "two.zip" else texts, [wheel_path]
        )
        os.utime(wheel_path, (0, 0))
    return tmp_path


def test_the_same_files_give_the_same_bytes(made):
    assert (made / "one.zip").read_bytes() == (made / "two.zip").read_bytes()
    assert not list(made.glob("*.part"))


def test_another_program_agrees_with_the_hashes(made):
    with ZipFile(made / "one.zip") as archived:
        archived.extractall(made / "out")
        modes = {entry.filename: entry.external_attr >> 16 & 0o111 for entry in archived.infolist()}
    assert modes["folder/start.sh"] == 0o111
    assert not modes["folder/program/a.txt"]
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert not subprocess.run(check, cwd=made / "out" / "folder", stdout=subprocess.DEVNULL, check=False).returncode
    listed = (made / "out" / "folder" / "SHA256SUMS").read_text().splitlines()
    assert f"{hashlib.sha256(b'b').hexdigest()}  program/b.txt" in listed
    assert len(listed) == 4


def test_the_archive_has_the_files_that_serving_needs():
    files = program.files(ROOT, open_whole())
    shown = (ROOT / "data" / "snapshot" / "current").read_text().strip()
    assert {"dashboard/__main__.py", "streamlit_config.toml", "LICENSE"} <= set(files)
    assert "data/snapshot/current" in files
    assert f"data/snapshot/{shown}/observations.parquet" in files
    # The link of the working tree is a file here: a stick may not support links.
    assert files["dashboard/.streamlit/config.toml"] == (ROOT / "streamlit_config.toml").read_bytes()
    assert {name.split("/")[0] for name in files if "/" in name} == {"dashboard", "data", "pages", "offline"}
    assert not [name for name in files if "__pycache__" in name or name.startswith(("data/raw", "etl", "tests"))]


def test_raw_files_and_older_snapshots_are_left_out(tmp_path):
    for name in ("data/raw/a.csv", "data/snapshot/old/a.parquet", "data/snapshot/new/a.parquet", "data/a.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    for name in (*program.FILES, "offline/laptop/a.py", "dashboard/a.py", "pages/1_a.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "data" / "snapshot" / "current").write_text("old\n")
    shown = Verified("", "new", {"a.parquet": b"verified"})
    contents = {name: content for name, content in program.files(tmp_path, shown).items() if name.startswith("data/")}
    assert contents == {
        "data/a.py": b"data/a.py",
        "data/snapshot/current": b"new\n",
        "data/snapshot/new/a.parquet": b"verified",
    }


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A small project whose current snapshot of two is damaged; all its wheels are at hand."""
    root = tmp_path / "project"
    for name in (*program.FILES, "requirements.lock"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("")
    halve(root / program.SNAPSHOTS / make_place(root / program.SNAPSHOTS) / "flows.parquet")
    monkeypatch.setattr(__main__, "ROOT", root)
    uv = wheel(tmp_path, "uv")
    monkeypatch.setattr(build, "downloaded", lambda *_: [Wheels(Target("linux-x86_64", "3.12"), (uv,), ())])
    return root


@pytest.mark.usefixtures("project")
def test_the_archive_of_a_damaged_snapshot_holds_the_one_before(tmp_path, capsys):
    assert __main__.main(["--out", str(tmp_path)]) == 0
    error = capsys.readouterr().err
    assert "flows.parquet is damaged" in error
    assert f"snapshot {EARLIER}, built 2026-01-02, is used instead" in error
    assert error.count("\n") == 1
    with ZipFile(tmp_path / f"atalaya-room-desk-{EARLIER}.zip") as archived:
        archived.extractall(tmp_path)
    unpacked = tmp_path / f"atalaya-room-desk-{EARLIER}" / "program" / program.SNAPSHOTS
    shown = open_whole(str(unpacked))
    assert (shown.id, shown.fault) == (EARLIER, None)


def test_no_archive_is_made_without_a_whole_snapshot(project, tmp_path, capsys):
    shutil.rmtree(project / program.SNAPSHOTS / EARLIER)
    assert __main__.main(["--out", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("atalaya: no whole snapshot in ")
    assert error.count("\n") == 1
    assert not list(tmp_path.glob("*.zip"))


def test_pages_are_packed_as_they_are(tmp_path, capsys):
    site = tmp_path / "site"
    (site / "en").mkdir(parents=True)
    (site / "en" / "index.html").write_text("<p>page</p>" * 1000, "utf-8")
    (site / "current.json").write_text('{"id": "0123456789ab"}', "utf-8")
    assert __main__.main(["--site", str(site), "--out", str(tmp_path)]) == 0
    path = tmp_path / "atalaya-room-0123456789ab.zip"
    assert str(path) in capsys.readouterr().out
    assert path.stat().st_size < 2000
    with ZipFile(path) as archived:
        archived.extractall(tmp_path / "stick")
    unpacked = tmp_path / "stick" / "atalaya-room-0123456789ab"
    assert (unpacked / "en" / "index.html").read_bytes() == (site / "en" / "index.html").read_bytes()
    assert sorted(path.name for path in unpacked.iterdir()) == ["current.json", "en"]
