"""What serving needs: every import has its package, packages of the ETL alone are left out, hashes do not change."""

import ast
import subprocess
import sys
from functools import cache
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from offline import targets, wheels
from tests.offline.samples import ROOT

LOCK = ROOT / "requirements.lock"
# Geopandas reads files of polygons with it; serving reads none.
NOT_IMPORTED = {"pyogrio"}


def names(target):
    return {entry.name for entry in wheels.lock_entries(LOCK) if entry.applies(target)}


@cache
def imported(*folders):
    """The top-level names of foreign modules that any line of the code under `folders` imports, late ones too."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in modules} - set(sys.stdlib_module_names)


@cache
def packages():
    """The packages of each installed top-level module."""
    return metadata.packages_distributions()


@cache
def requirements():
    """The requirements of each installed package, by its normalized name."""
    installed = {canonicalize_name(package.name): package.requires or () for package in metadata.distributions()}
    return {name: [Requirement(text) for text in texts] for name, texts in installed.items()}


def test_every_entry_of_the_lock_is_read_and_kept_as_it_is(monkeypatch):
    text = LOCK.read_text("utf-8")
    monkeypatch.setattr(wheels, "ETL_ONLY", frozenset())
    entries = wheels.lock_entries(LOCK)
    assert len(entries) == text.count("==") - sum(line.count(" == ") for line in text.splitlines())
    assert "".join(entry.text for entry in entries) == text


@pytest.mark.parametrize("target", targets.targets("", "3.11 3.14"), ids=str)
def test_every_import_of_serving_has_its_package_on_every_system(target):
    # Answers for machines have an environment of their own.
    modules = imported("dashboard", "data", "pages") - {"dashboard", "data", "pages", "mcp", "mcp_types"}
    assert {"streamlit", "polars", "geopandas", "plotly"} <= modules
    assert {canonicalize_name(name) for module in modules for name in packages()[module]} <= names(target)


@pytest.mark.parametrize("target", targets.targets("", "3.11 3.14"), ids=str)
def test_every_requirement_of_the_served_packages_is_there_on_every_system(target):
    served = names(target)
    wishes = [wish for name in served & set(requirements()) for wish in requirements()[name]]
    environment = target.environment | {"extra": ""}
    required = {canonicalize_name(wish.name) for wish in wishes if not wish.marker or wish.marker.evaluate(environment)}
    assert len(required) > 20
    assert required - served == NOT_IMPORTED


def test_packages_of_the_etl_alone_are_left_out():
    locked = {line.split("==")[0] for line in LOCK.read_text("utf-8").splitlines() if line[0].isalnum()}
    assert locked >= wheels.ETL_ONLY
    assert not names(targets.Target("linux-x86_64", "3.12")) & wheels.ETL_ONLY


def test_watching_files_is_for_all_but_macos():
    """Streamlit requires watchdog where the system is not Darwin."""
    assert "watchdog" in names(targets.Target("linux-x86_64", "3.12"))
    assert "watchdog" not in names(targets.Target("macos-arm64", "3.12"))


def test_the_python_version_decides_the_version_of_each_package():
    for python, comparison in (("3.11", "<"), ("3.12", ">=")):
        target = targets.Target("linux-x86_64", python)
        chosen = [entry for entry in wheels.lock_entries(LOCK) if entry.applies(target) and entry.name == "numpy"]
        assert len(chosen) == 1
        assert f"python_full_version {comparison} '3.12'" in chosen[0].text


def test_reading_boundaries_does_not_import_what_is_left_out():
    code = "import sys; sys.modules['pyogrio'] = None\nfrom data.snapshot import Snapshot\n"
    code += "print(len(Snapshot.open().boundaries()))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(ran.stdout) > 35


def test_the_laptops_part_needs_no_package():
    assert imported("offline/laptop") == {"offline"}
    paths = sorted((ROOT / "offline" / "laptop").glob("*.py"))
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    ours = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert all(name.startswith("offline.laptop") for name in ours if name.startswith("offline"))
