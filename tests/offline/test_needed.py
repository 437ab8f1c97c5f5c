"""What serving needs: every import has its package, nothing of the ETL alone comes along, hashes stay as they are."""

import ast
import subprocess
import sys
import tomllib
from importlib import metadata

import pytest

from offline import build, needed, targets
from tests.offline.samples import ROOT

LOCK = (ROOT / "requirements.lock").read_text("utf-8")
# What fetches and reads publishers' files, and nothing else.
OF_THE_ETL = {"fastexcel", "pyogrio", "rich"}


def names(target):
    return {entry.name for entry in build.wanted(ROOT, target)}


def test_every_entry_of_the_lock_is_read_and_kept_as_it_is():
    entries = needed.locked(LOCK)
    assert len(entries) == LOCK.count("==") - sum(line.count(" == ") for line in LOCK.splitlines())
    assert "".join(entry.text() for entry in entries) == LOCK


def test_a_line_that_is_no_entry_is_an_error():
    with pytest.raises(ValueError, match="not an entry"):
        needed.locked("demo==1.0\n")


@pytest.mark.parametrize("target", targets.targets("", "3.11 3.14"), ids=str)
def test_all_that_serving_imports_is_there_on_every_system(target):
    imported = needed.imported(ROOT)
    assert {"streamlit", "polars", "geopandas", "plotly"} <= imported
    holders = metadata.packages_distributions()
    packages = {needed.canonicalize_name(name) for module in imported for name in holders[module]}
    assert packages <= names(target)
    assert not names(target) & OF_THE_ETL


def test_watching_files_is_for_all_but_macos():
    """Streamlit asks for watchdog where the system is not Darwin."""
    assert "watchdog" in names(targets.Target("linux-x86_64", "3.12"))
    assert "watchdog" not in names(targets.Target("macos-arm64", "3.12"))


def test_one_version_of_each_package_is_chosen_by_the_python():
    for python, wanted in (("3.11", "<"), ("3.12", ">=")):
        chosen = [e for e in build.wanted(ROOT, targets.Target("linux-x86_64", python)) if e.name == "numpy"]
        assert len(chosen) == 1
        assert f"python_full_version {wanted} '3.12'" in chosen[0].written


def test_late_imports_count(tmp_path):
    (tmp_path / "dashboard").mkdir()
    (tmp_path / "dashboard" / "late.py").write_text("def f():\n    import foreign.part\n    from other import x\n")
    assert needed.imported(tmp_path, ("dashboard",)) == {"foreign", "other"}


def test_an_extra_brings_what_it_requires(monkeypatch):
    monkeypatch.setattr(metadata, "requires", {"one": ["two ; extra == 'more'", "three"], "two": None, "three": []}.get)
    environment = targets.Target("linux-x86_64", "3.11").environment
    needed._requirements.cache_clear()
    try:
        assert needed.closure({"one": frozenset()}, environment) == {"one", "three"}
        assert needed.closure({"one": frozenset({"more"})}, environment) == {"one", "two", "three"}
    finally:
        needed._requirements.cache_clear()


def test_what_is_left_out_is_required_by_a_package_and_imported_by_none_that_serves():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert {needed.canonicalize_name(name.split(">")[0]) for name in declared} >= needed.LEFT_OUT
    code = "import sys; sys.modules['pyogrio'] = None\nfrom data.snapshot import Snapshot\n"
    code += "print(len(Snapshot.open().boundaries()))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(told.stdout) > 35


def test_the_laptops_part_needs_no_package():
    paths = sorted((ROOT / "offline" / "laptop").glob("*.py"))
    assert len(paths) > 5
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    found = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    found |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    foreign = {name for name in found if name.split(".")[0] not in sys.stdlib_module_names}
    assert all(name.startswith("offline.laptop") for name in foreign)
