"""The style sheets name no element of Streamlit's, and no rule restyles a whole page at each change."""

import re
from pathlib import Path

import pytest

from dashboard import static

SHEETS = [*{path: None for name, paths in static.FILES.items() if name.endswith(".css") for path in paths}]
# Names from Streamlit's own code: test ids, classes of its elements and its widgets, and its variables.
INTERNAL = re.compile(
    r"""\[data-testid[~^|*$]?=["']?([\w-]+)|\.(st-?[A-Z]\w*|st-key-[\w-]+|react-aria-\w+|gdg-\w+)|(--st-[\w-]+)"""
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def internal(css: str) -> list[str]:
    """Streamlit's names in a piece of a style sheet, outside of its comments."""
    return [next(filter(None, groups)) for groups in INTERNAL.findall(COMMENT.sub("", css))]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_style_sheet_names_what_is_streamlits(sheet: Path):
    assert internal(sheet.read_text("utf-8")) == []


@pytest.mark.parametrize(("css", "found"), [
    ('[data-testid="stHeader"] { color: red; }', ["stHeader"]),
    (".st-key-page .stTable { color: var(--st-text-color); }", ["st-key-page", "stTable", "--st-text-color"]),
    ("/* .stTable has a color */\np.still { color: red; }", []),
])  # fmt: skip
def test_a_name_of_streamlits_is_found(css: str, found: list[str]):
    assert internal(css) == found


def costly(css: str) -> list[str]:
    """The selectors with `:has()` that end in `*`, outside of rules for paper.

    With one of them Chromium works out the style of every element of a page at each change of a text, which takes more
    than a whole step of the years.
    """
    rules = COMMENT.sub("", css).partition("@media print")[0]
    parts = (part for head in re.findall(r"([^{};]+)\{", rules) for part in separate(head))
    return [part for part in parts if ":has(" in part and re.search(r"[\s>+~]\*$", part)]


def separate(head: str) -> list[str]:
    """The selectors of a rule: a comma within parentheses separates none."""
    depth, parts = 0, [""]
    for sign in head:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_rule_restyles_the_whole_page_at_each_change(sheet: Path):
    assert costly(sheet.read_text("utf-8")) == []


@pytest.mark.parametrize(("css", "found"), [
    (":root:has(#first) #root * { color: red; }", 1),
    ("p, figure:has([data-half], a) > * { color: red; }", 1),
    (".stTable { tr:has(> :last-child) > * { border: 0; } }", 1),
    ("tr:has(> * + *) > td, #root * { border: 0; }", 0),
    ("@media print { :has(p) > * { color: red; } }", 0),
])  # fmt: skip
def test_a_rule_that_restyles_the_whole_page_is_found(css: str, found: int):
    assert len(costly(css)) == found
