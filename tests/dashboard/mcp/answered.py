"""The questions with their answers, and the facts of what a tool answers."""

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from dashboard.mcp.tools import TOOLS
from dashboard.subjects.question import RefusalError

FILE = Path(__file__).with_name("questions.csv")
KINDS = ("number", "unit", "time", "place", "provenance", "revision", "uncertainty")
# Whether the right answer is a figure or fact; that nothing was published; or that the data cannot say it.
ANSWERS = ("published", "not published", "cannot be said")
NONE = {"no_figure", "no_usable_figure"}
BY_NAME = {tool.__name__: tool for tool in TOOLS}


class Asked(NamedTuple):
    """One question: in words, as a call of a tool, with the facts of its right answer.

    Attributes:
        raw: how to find these facts in the publishers' files, or that the files do not have them: a reader of `raw` and
            its arguments; empty if a rule decides, whatever the files say.
    """

    kind: str
    answer: str
    question: str
    tool: str
    arguments: dict[str, Any]
    expected: dict[str, Any]
    raw: list[Any]


def questions() -> list[Asked]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        Asked(
            **{
                name: json.loads(text or "[]") if name in {"arguments", "expected", "raw"} else text
                for name, text in row.items()
            }
        )
        for row in rows
    ]


def call(tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The answer of a tool, or of its refusal the sentence."""
    try:
        return BY_NAME[tool](**arguments)
    except RefusalError as refusal:
        return {"refused": str(refusal)}


def facts(answer: dict[str, Any]) -> dict[str, Any]:
    """What an answer says, by short names: of one row its columns, of several what they have together."""
    if "refused" in answer:
        return {"state": "refused"}
    rows = answer.get("rows", [])
    found: dict[str, Any] = dict(rows[0]) if len(rows) == 1 else {}
    figures = [row for row in rows if "state" in row and row["state"] not in NONE]
    found["count"] = answer.get("count", len(rows))
    found["states"] = dict(sorted(Counter(row["state"] for row in rows if "state" in row).items()))
    found["statements"] = sum(row.get("unit") == "statements" for row in rows)
    found["marked"] = any("marks" in row for row in rows)
    found["partial"] = any("partial" in row for row in rows)
    if "year" not in found:
        found["years"] = [row["year"] for row in figures]
    changes = [row for row in rows if "kind" in row and {row["sex"], row["age"], row["form"]} == {"total"}]
    found |= changes[0] if len(changes) == 1 else {}
    found["changes"] = len(changes)
    found["areas"] = [row["area"] for row in rows if "area" in row]
    # Of the agreement of evidence on two states: in which years each kind names each way.
    ways = [[*row.values()] for table in answer.get("tables", []) for row in table["rows"] if "Pair or route" in row]
    found |= {name: [_years(way[at]) for way in ways] for at, name in enumerate(("counted", "described"), 1)}
    found["facts"] = len(answer.get("facts", []))
    if reported := re.search(r"(\d+) of \d+ states report", " ".join(answer.get("notes", []))):
        found["reporting"] = int(reported[1])
    for pairs in answer.get("facts", []):
        if "File" in pairs:
            found |= {"file": pairs["File"], "place": pairs["Sheet and row"], "release": pairs["Release"]}
    return found


def _years(text: str) -> list[int]:
    """The years of a text such as "2011–2014, 2020"."""
    spans = re.findall(r"(\d{4})(?:–(\d{4}))?", text)
    return [year for first, last in spans for year in range(int(first), int(last or first) + 1)]


def missing(expected: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """What an answer does not say as expected: by the name of the fact what it says instead; `says` are texts in it."""
    said, text = facts(answer), json.dumps(answer, ensure_ascii=False)
    wrong = {
        name: said.get(name) for name, value in expected.items() if name != "says" and not _equal(value, said.get(name))
    }
    unsaid = [one for one in expected.get("says", []) if one not in text]
    return {**wrong, **({"says": unsaid} if unsaid else {})}


def _equal(expected: Any, said: Any) -> bool:
    if isinstance(expected, float) and isinstance(said, int | float):
        return abs(expected - said) < 1e-5
    return bool(expected == said)
