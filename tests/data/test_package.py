"""The data package as another program reads it: frictionless finds no problems, except in a wrong package."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data.contract import SCHEMAS
from data.package import CONTRACT, refusal
from data.snapshot import Snapshot
from tests.sealing import seal

VALIDATE = """
import json, sys, warnings
warnings.simplefilter("ignore")
from frictionless import Package
found = []
for path in sys.argv[2:]:
    report = Package(path).validate(limit_rows=int(sys.argv[1]) or None)
    found += [[error.type, error.message] for error in report.errors]
    found += [[task.name, error.type, error.message] for task in report.tasks for error in task.errors]
print(json.dumps(found))
"""

# Frictionless takes a fifth of a second for a thousand rows.
FIRST = 300


def problems(*packages: Path, rows: int = 0) -> list[list[str]]:
    """What frictionless says about all rows of packages, or the first `rows` of each table, in a process of its own."""
    command = [sys.executable, "-c", VALIDATE, str(rows), *map(str, packages)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    messages: list[list[str]] = json.loads(done.stdout.splitlines()[-1])
    return messages


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The small tables of the published snapshot, as a package of their own."""
    snapshot = Path(Snapshot.open().root)
    manifest = json.loads((snapshot / "datapackage.json").read_text("utf-8"))
    small = {"areas", "instruments", "evidence", "flow_coverage", "release_coverage"}
    manifest["resources"] = [resource for resource in manifest["resources"] if resource["name"] in small]
    for resource in manifest["resources"]:
        shutil.copyfile(snapshot / resource["path"], tmp_path / resource["path"])
    (tmp_path / "datapackage.json").write_text(json.dumps(manifest), encoding="utf-8")
    return tmp_path / "datapackage.json"


def test_the_published_snapshot_follows_this_version_of_the_contract():
    assert refusal(Snapshot.open().manifest) == ""
    assert Snapshot.open().manifest["contract"] == CONTRACT == 2


# As in the last snapshot of version 1.
COLUMNS_1 = {
    "instruments": "area instrument action date derived source release locator note",
    "migrant_stock": "origin destination year persons source release locator",
    "evidence": (
        "id version replies_to paragraph line actor period_from period_to grade kind finding status title issuer date "
        "year url locator source release note"
    ),
}


@pytest.mark.parametrize("table", COLUMNS_1)
def test_the_columns_of_version_1_are_the_first_ones_still(table):
    before = COLUMNS_1[table].split()
    published = Snapshot.open().table(table).collect_schema().names()
    assert SCHEMAS[table].column_names()[: len(before)] == published[: len(before)] == before


@pytest.mark.parametrize(
    ("manifest", "remedy"),
    [
        ({}, "version 1 of the contract, and this program reads version 2: run 'python -m etl build', or set"),
        ({"contract": 1}, "run 'python -m etl build'"),
        ({"contract": "2"}, "run 'python -m etl build'"),
        ({"contract": 3}, "version 3 of the contract, and this program reads version 2: install a newer program"),
    ],
)
def test_a_snapshot_of_another_version_is_refused_with_one_line(manifest, remedy):
    assert remedy in refusal(manifest)
    assert len(refusal(manifest).splitlines()) == 1


def test_the_dashboard_does_not_open_a_snapshot_of_version_1(tmp_path: Path):
    root = Path(Snapshot.open().root)
    shutil.copytree(root, tmp_path / root.name)
    seal(tmp_path / root.name, contract=1)
    (tmp_path / "current").write_text(root.name, encoding="utf-8")
    command = [sys.executable, "-m", "dashboard", "briefing", "--out", str(tmp_path / "briefing.pptx")]
    environment = {**os.environ, "ATALAYA_SNAPSHOT": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)
    assert done.returncode != 0
    (line,) = done.stderr.splitlines()
    assert f"{root.name}/datapackage.json is of another version" in line
    assert "run 'python -m etl build'" in line


def test_a_sound_package_has_no_problems_and_a_wrong_type_is_found(package):
    assert problems(package) == []
    manifest = json.loads(package.read_text("utf-8"))
    areas = next(resource for resource in manifest["resources"] if resource["name"] == "areas")
    areas["schema"]["fields"][0]["type"] = "integer"
    package.write_text(json.dumps(manifest), encoding="utf-8")
    assert ("areas", "type-error") in {(name, kind) for name, kind, _ in problems(package)}


@pytest.mark.parametrize("rows", [FIRST, pytest.param(0, marks=pytest.mark.long)])
def test_the_published_package_is_valid(rows):
    assert problems(Path(Snapshot.open().root) / "datapackage.json", rows=rows) == []
