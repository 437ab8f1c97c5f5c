"""`python -m tests.proof FILE.xml ...`: one page on what `make prove` tried, what held, its figures and the conditions.

The files are those of pytest's option `--junit-xml`. With `--before FILE.xml` the figures of an earlier program, seen
by the same tests, stand beside them. The page, Markdown, is written to standard output.
"""

import argparse
import ast
import os
import platform
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[1]
HELD = "held"
FAILED = "did not hold"
SKIPPED = "not run"
# By the child of a test in the file what it means.
OUTCOMES = {"failure": FAILED, "error": FAILED, "skipped": SKIPPED}
# What pytest writes between what a test has printed.
RULE = "-----"


@dataclass(frozen=True)
class Tried:
    """One test.

    Attributes:
        file: of the test, from the root of the repository.
        what: what it shows, in words; those of its parameters in brackets.
        outcome: whether it held.
        why: the first line of what went wrong, or why it was not run.
        figures: the lines that it printed.
        seconds: that it took.
        load: the load of the machine when it began; empty if unknown.
        day: when its run began (ISO 8601).
    """

    file: str
    what: str
    outcome: str
    why: str
    figures: tuple[str, ...]
    seconds: float
    load: str
    day: str


def tried(files: Iterable[Path]) -> list[Tried]:
    """The tests of some files, each once."""
    found: dict[tuple[str, str], Tried] = {}
    for path in files:
        for suite in ET.parse(path).getroot().iter("testsuite"):  # noqa: S314 - pytest's own
            for case in suite.iter("testcase"):
                one = _tried(case, suite.get("timestamp", ""))
                found[one.file, one.what] = one
    return [*found.values()]


def page(every: list[Tried], commit: str, before: Iterable[Tried] = ()) -> str:
    """The page; `commit` is what was tried, `before` what an earlier program showed to some of the tests."""
    earlier = {(one.file, one.what): one for one in before}
    counts = {outcome: sum(one.outcome == outcome for one in every) for outcome in (HELD, FAILED, SKIPPED)}
    days = sorted(one.day[:10] for one in every if one.day)
    loads = [float(one.load) for one in every if one.load]
    conditions = [
        f"commit {commit}",
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}",
        *([f"load {min(loads):.0f} to {max(loads):.0f} when a test began"] if loads else []),
        "all on one machine, over loopback; who attacks is a process apart from those whose waits are counted",
    ]
    parts = [
        f"# What was tried{f' on {days[0]}' if days else ''}",
        f"**{', '.join(f'{count} {outcome}' for outcome, count in counts.items())}**, in "
        f"{sum(one.seconds for one in every) / 60:.0f} minutes. Conditions: {'; '.join(conditions)}.",
        "Whether something holds is judged by refusals, losses and ratios; seconds are only reported.",
    ]
    bad = [one for one in every if one.outcome != HELD]
    if bad:
        parts += [
            "## What did not hold, or was not run",
            "\n".join(f"- {one.what}: {one.outcome}. {one.why}" for one in bad),
        ]
    groups = defaultdict(list)
    for one in every:
        groups[one.file].append(one)
    for file, members in groups.items():
        both = any((file, one.what) in earlier for one in members)
        rows = [["what was tried", "", "figures", *(["the same, of the program before"] if both else [])]]
        rows.append(["---"] * len(rows[0]))
        for one in members:
            rows.append([_cell(one.what), one.outcome, _figures(one)])
            if both:
                rows[-1].append(_before(earlier.get((file, one.what))))
        parts += [f"## {_about(file)}", "\n".join(f"| {' | '.join(row)} |" for row in rows)]
    return "\n\n".join(parts) + "\n"


def _figures(one: Tried) -> str:
    return "<br>".join(map(_cell, one.figures))


def _before(one: Tried | None) -> str:
    """What an earlier program showed to a test: its figures, or what did not hold."""
    if not one:
        return SKIPPED
    return "<br>".join(words for words in (one.outcome if one.outcome != HELD else "", _figures(one)) if words)


def _tried(case: ET.Element, day: str) -> Tried:
    name, _, parameters = case.get("name", "").partition("[")
    what = name.removeprefix("test_").replace("_", " ") + (f" [{parameters}" if parameters else "")
    bad = next(((OUTCOMES[child.tag], child) for child in case if child.tag in OUTCOMES), None)
    why = (bad[1].get("message", "").strip() or "no reason was given").splitlines()[0] if bad else ""
    lines = (line.strip() for out in case.iter("system-out") for line in (out.text or "").splitlines())
    load = next((one.get("value", "") for one in case.iter("property") if one.get("name") == "load"), "")
    return Tried(
        file=f"{case.get('classname', '').replace('.', '/')}.py",
        what=what[:1].upper() + what[1:],
        outcome=bad[0] if bad else HELD,
        why=why,
        figures=tuple(line for line in lines if line and not line.startswith(RULE)),
        seconds=float(case.get("time", "0")),
        load=load,
        day=day,
    )


def _about(file: str) -> str:
    """The first sentence of a file of tests."""
    path = ROOT / file
    words = ast.get_docstring(ast.parse(path.read_text("utf-8"))) if path.is_file() else ""
    return (words or file).splitlines()[0].removesuffix(".")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def main(arguments: list[str]) -> int:
    """Write the page of some files; 1 if something did not hold, or a file is missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.proof")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--before", type=Path)
    given = parser.parse_args(arguments)
    there = [path for path in given.files if path.exists()]
    every = tried(there)
    before = tried([given.before]) if given.before else []
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    sys.stdout.write(page(every, said.stdout.strip() or "unknown", before))
    return int(len(there) < len(given.files) or any(one.outcome == FAILED for one in every))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
