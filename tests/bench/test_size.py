"""How large the code is, beside what it was when every page was made twice."""

import re
from pathlib import Path

from tests.bench.conftest import ROOT, Report

WINGS = ("dashboard", "data", "etl", "offline", "deploy", "pages")
# A slug of a page in quotes, which is also the name of a figure, and what only Streamlit's own page has.
PAGE = re.compile(r"""["'](region|routes|country|explore|instruments|coverage)["']""")
STREAMLIT = re.compile(r"data-testid|\bst[A-Z][A-Za-z]+\b|st-key-|\.st-")
# As counted by the same rules in the tree of 28 November 2026 (commit 278e15a3).
BEFORE = {
    "lines of Python without tests": 55_328,
    "lines of JavaScript": 2_050,
    "lines of CSS": 829,
    "lines of tests": 60_480,
    "files outside `subjects/` that name a page or a figure": 34,
    "lines that name an element of Streamlit": 106,
}


def files(*endings: str, folders: tuple[str, ...] = WINGS) -> list[Path]:
    found = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in endings)
    return [path for path in found if not path.name.endswith(".min.js")]


def lines(paths: list[Path]) -> list[str]:
    return [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def counts() -> dict[str, int]:
    shown = files(".py", ".js", folders=("dashboard",))
    outside = [path for path in shown if "subjects" not in path.parts]
    named = files(".py", ".js", ".css", folders=("dashboard", "pages"))
    now = (
        len(lines(files(".py"))),
        len(lines(files(".js"))),
        len(lines(files(".css"))),
        len(lines(files(".py", folders=("tests",)))),
        sum(bool(PAGE.search(path.read_text(encoding="utf-8"))) for path in outside),
        sum(bool(STREAMLIT.search(line)) for line in lines(named)),
    )
    return dict(zip(BEFORE, now, strict=True))


def test_the_size_of_the_code(report: Report):
    for what, now in counts().items():
        report("The size of the code", what, f"{BEFORE[what]:,} on 28 November, {now:,} now")
