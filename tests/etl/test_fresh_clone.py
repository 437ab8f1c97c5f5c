"""The steps of docs/reports.md in a fresh clone: no mirror, no downloads, no network."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from data.snapshot import Snapshot
from tests.data.report.workbooks import line_of, opened, saved, signed, write

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "reports.md"
FINDING = "Se aprobó un protocolo."


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The files of the repository, as a clone has them."""
    listed = subprocess.run(["git", "ls-files", "-z", "data", "etl"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (tmp_path / "clone" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, tmp_path / "clone" / name)
    return tmp_path / "clone"


def run(clone: Path, *arguments: str) -> str:
    """What a command of the ETL says; it has to end well, and every request is refused."""
    environment = {name: value for name, value in os.environ.items() if name not in {"ATALAYA_MIRROR", "NO_PROXY"}}
    environment |= dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9") | {"PYTHONPATH": str(clone)}
    command = [sys.executable, "-m", "etl", *arguments]
    done = subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def tables(clone: Path) -> dict[str, bytes]:
    root = Path(Snapshot.open(str(clone / "data" / "snapshot")).root)
    return {path.name: path.read_bytes() for path in root.glob("*.parquet")}


def test_nothing_changes_when_nothing_is_new(clone: Path):
    first, before = (clone / "data" / "snapshot" / "current").read_text(), tables(clone)
    assert "carried over from the previous snapshot: cia_factbook, " in run(clone, "build", "national_reports")
    assert (clone / "data" / "snapshot" / "current").read_text() == first
    assert tables(clone) == before


def test_the_steps_of_the_document_put_a_report_into_the_ledger(clone: Path):
    """The commands are those of the document; only the workbook is filled in by hand."""
    first, before = (clone / "data" / "snapshot" / "current").read_text(), tables(clone)
    text = DOCUMENT.read_text("utf-8")
    (template,) = re.findall(r"-m etl (template .*--lang es)", text)
    (build,) = re.findall(r'make build ARGS="(\w+)"', text)
    run(clone, *template.split())
    workbook = clone / "atalaya-report-CRI-2018-es.xlsx"
    book = opened(workbook.read_bytes())
    signed(book)
    write(*line_of(book, 12), {"finding": FINDING})
    workbook.write_bytes(saved(book))
    assert "accepted: 1 line(s)" in run(clone, "report", "add", workbook.name)
    run(clone, "build", build)
    snapshot = Snapshot.open(str(clone / "data" / "snapshot"))
    (entry,) = snapshot.table("evidence").filter(source="national_reports").collect().to_dicts()
    assert (entry["actor"], entry["paragraph"], entry["finding"]) == ("CRI", 12, FINDING)
    assert snapshot.id != first.strip()
    after = tables(clone)
    assert {name for name in before if after[name] != before[name]} == {"evidence.parquet"}
    others = pl.read_parquet(before["evidence.parquet"])
    kept = snapshot.table("evidence").filter(pl.col("source") != "national_reports").collect()
    assert kept.equals(others)
    assert "rows as read" in run(clone, "check")
    (sent,) = (source for source in snapshot.manifest["sources"] if source["name"] == "national_reports")
    assert json.dumps(sent["releases"]).count("report-CRI-2018-v1.json") >= 1
