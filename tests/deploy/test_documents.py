"""What the documents for operators name exists: tests, settings and addresses."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("reliability", "threats", "operations")
ALARMS = ROOT / "deploy" / "alarms.yml"
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
SETTING = re.compile(r"\bATALAYA_[A-Z_]+\b")


def document(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text("utf-8")


def table(text: str, head: str) -> list[list[str]]:
    """The rows of a table, by the start of its first line."""
    lines = text[text.index(head) :].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_named_test_exists(name: str):
    found = {
        (path, test): path and (ROOT / path).is_file() and (not test or test in functions(path))
        for path, test in TEST.findall(document(name))
    }
    assert found or name == "operations"
    assert [key for key, exists in found.items() if not exists] == []


def functions(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_each_of_the_23_properties_has_a_line_and_what_is_whole_a_test():
    rows = table(document("reliability"), "| # | property")
    assert [row[0] for row in rows] == [str(number) for number in range(1, 24)]
    assert {row[2].partition(",")[0] for row in rows} <= {"whole", "in part", "not yet"}
    assert [row[1] for row in rows if row[2].startswith("whole") and not TEST.search(row[3])] == []


def test_every_threat_has_a_test():
    rows = table(document("threats"), "| threat")
    assert len(rows) >= 20
    assert [threat for threat, _, test in rows if not TEST.fullmatch(test)] == []


def test_every_setting_is_explained():
    code = [path for folder in ("dashboard", "data", "etl") for path in (ROOT / folder).rglob("*.py")]
    code += [path for path in (ROOT / "deploy").rglob("*") if path.suffix in {".yaml", ".conf"}]
    used = {name for path in code for name in SETTING.findall(path.read_text("utf-8"))}
    assert used
    assert used - set(SETTING.findall(document("operations"))) == set()


@pytest.mark.skipif(not ALARMS.exists(), reason="there are no alarms yet")
def test_every_alarm_is_explained():
    named = re.findall(r"- alert: (\w+)", ALARMS.read_text("utf-8"))
    rows = table(document("operations"), "| alarm")
    assert named
    assert [row[0] for row in rows] == named
