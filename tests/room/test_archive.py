"""The archive: names for every file system, hashes as `sha256sum -c` reads them, the same bytes from the same files."""

import hashlib
import os
import subprocess
from zipfile import ZipFile

import pytest

from room import archive, product
from tests.room.samples import ROOT, wheel


@pytest.mark.parametrize(
    "name", ["a/con.txt", "a/AUX", "COM1/a", "a:b", "a/b?.txt", "a/end.", "a /b", "x" * 181, "a/b\\c", "a/\x07"]
)
def test_a_name_that_a_file_system_refuses_is_told(name):
    assert len(archive.refused([name, "fine/name-1.0.txt"])) == 1


def test_names_that_differ_in_case_alone_are_told():
    assert archive.refused(["a/Read", "a/read", "b/read"]) == ["a/read: the same as a/Read where case does not count"]


def test_usual_names_are_fine():
    assert archive.refused(["a/console.py", "a/com10.txt", "a/.streamlit/config.toml", "a/naïve.txt"]) == []


def test_a_refused_name_stops_the_archive(tmp_path):
    with pytest.raises(archive.NameFault, match=r"nul\.txt"):
        archive.write(tmp_path / "a.zip", "folder", {"nul.txt": b""}, [])
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def made(tmp_path):
    texts = {"start.sh": b"#!/bin/sh\n", "program/b.txt": b"b", "program/a.txt": "á".encode()}
    one = wheel(tmp_path, "demo")
    for name in ("one.zip", "two.zip"):
        archive.write(tmp_path / name, "folder", dict(reversed(texts.items())) if name == "two.zip" else texts, [one])
        os.utime(one, (0, 0))
    return tmp_path


def test_the_same_files_give_the_same_bytes(made):
    assert (made / "one.zip").read_bytes() == (made / "two.zip").read_bytes()
    assert not list(made.glob("*.part"))


def test_another_program_agrees_with_the_hashes(made):
    with ZipFile(made / "one.zip") as held:
        held.extractall(made / "out")
        modes = {entry.filename: entry.external_attr >> 16 & 0o111 for entry in held.infolist()}
    assert modes["folder/start.sh"] == 0o111
    assert not modes["folder/program/a.txt"]
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert not subprocess.run(check, cwd=made / "out" / "folder", stdout=subprocess.DEVNULL, check=False).returncode
    listed = (made / "out" / "folder" / "SHA256SUMS").read_text().splitlines()
    assert f"{hashlib.sha256(b'b').hexdigest()}  program/b.txt" in listed
    assert len(listed) == 4


def test_the_product_is_what_serving_needs():
    files = product.files(ROOT)
    shown = (ROOT / "data" / "snapshot" / "current").read_text().strip()
    assert {"dashboard/__main__.py", "dashboard/.streamlit/config.toml", "LICENSE"} <= set(files)
    assert "data/snapshot/current" in files
    assert f"data/snapshot/{shown}/observations.parquet" in files
    assert {name.split("/")[0] for name in files if "/" in name} == {"dashboard", "data", "pages", "room"}
    assert not [name for name in files if "__pycache__" in name or name.startswith(("data/raw", "etl", "tests"))]


def test_raw_files_and_older_snapshots_stay_behind(tmp_path):
    for name in ("data/raw/a.csv", "data/snapshot/old/a.parquet", "data/snapshot/new/a.parquet", "data/a.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "data" / "snapshot" / "current").write_text("new\n")
    for name in (*product.BESIDES, "room/__init__.py", "room/laptop/a.py", "dashboard/a.py", "pages/1_a.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    held = {name for name in product.files(tmp_path) if name.startswith("data/")}
    assert held == {"data/a.py", "data/snapshot/current", "data/snapshot/new/a.parquet"}
