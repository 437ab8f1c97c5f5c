"""The style sheets explain each rule on Streamlit's own elements and name none that Streamlit or our code lacks."""

import re
from functools import cache
from pathlib import Path

import pytest
import streamlit

from dashboard import static

ROOT = Path(__file__).parents[2]
SHEETS = [path for name, paths in static.FILES.items() if name.endswith(".css") for path in paths]
# Names from Streamlit's own code: test ids, and classes of its elements and its widgets.
INTERNAL = re.compile(r"""\[data-testid[~^|*$]?=["']?([\w-]+)|\.(st[A-Z]\w*|react-aria-\w+|gdg-\w+)""")
OUR_KEY = re.compile(r"st-key-([\w-]+)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# A name in Streamlit's scripts is quoted, alone or with other classes.
QUOTED = r"""[`"' ]{name}[`"' ]"""


def internal(css: str) -> list[str]:
    """Streamlit's names in a piece of a style sheet, outside of its comments."""
    return [next(filter(None, groups)) for groups in INTERNAL.findall(COMMENT.sub("", css))]


def paragraphs(css: str) -> list[str]:
    """The rules between blank lines."""
    return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", css) if paragraph.strip()]


def unexplained(css: str) -> list[str]:
    """The paragraphs with a name of Streamlit's that do not begin with a comment."""
    return [paragraph for paragraph in paragraphs(css) if internal(paragraph) and not paragraph.startswith("/*")]


@cache
def scripts() -> str:
    """All scripts of the installed Streamlit's pages."""
    folder = Path(streamlit.__file__).parent / "static"
    return "\n".join(path.read_text("utf-8") for path in sorted(folder.rglob("*.js")))


@cache
def code() -> str:
    """All our Python code that builds pages."""
    paths = (path for folder in ("dashboard", "pages") for path in (ROOT / folder).rglob("*.py"))
    return "\n".join(path.read_text("utf-8") for path in paths)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_rules_on_streamlits_elements_say_why(sheet: Path):
    assert unexplained(sheet.read_text("utf-8")) == []


@pytest.mark.parametrize(("css", "missing"), [
    ('/* Why. */\n[data-testid="stHeader"] { color: red; }\n.stTable { color: red; }', 0),
    ('/* Why. */\np { color: red; }\n\n[data-testid="stHeader"] { color: red; }', 1),
    ("/* .stTable has a color */\np { color: red; }", 0),
    ("p { color: red; }\n\n.st-key-page .stTable { color: red; }\n\n.gdg-style { color: red; }", 2),
])  # fmt: skip
def test_a_rule_without_a_reason_is_found(css: str, missing: int):
    assert len(unexplained(css)) == missing


@pytest.mark.parametrize("name", sorted({name for path in SHEETS for name in internal(path.read_text("utf-8"))}))
def test_streamlit_has_every_name_in_the_rules(name: str):
    """A release that renames an element fails here; its rules would do nothing."""
    assert re.search(QUOTED.format(name=re.escape(name)), scripts())


SCREEN = [*SHEETS, ROOT / "dashboard" / "server" / "first.css"]


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


@pytest.mark.parametrize("sheet", SCREEN, ids=lambda path: path.name)
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


def test_a_name_that_streamlit_does_not_have_is_found():
    assert not re.search(QUOTED.format(name="stDecoration"), scripts())


def written(key: str, code: str) -> bool:
    """Whether code gives a container this key: as one text, or as a text with a part filled in, which is a text too.

    A point in the key becomes a hyphen in the class.
    """
    name = re.escape(key).replace(r"\-", "[-.]")
    if re.search(rf'f?"{name}[."]', code):
        return True
    head, _, filled = key.partition("-")
    # The key is given at once, or made by a function.
    made = any(f'{before}f"{head}.{{' in code for before in ("key=", "return "))
    return bool(filled) and made and f'"{filled}"' in code


@pytest.mark.parametrize("key", sorted({key for path in SHEETS for key in OUR_KEY.findall(path.read_text("utf-8"))}))
def test_our_code_has_the_containers_that_the_rules_name(key: str):
    """Streamlit makes the class `st-key-<key>` of a container's or a widget's key: a documented way."""
    assert written(key, code())


@pytest.mark.parametrize(("code", "there"), [
    ('st.container(key="map.region")', True),
    ('st.container(key="map-region")', True),
    ('st.container(key=f"map-region.{year}")', True),
    ('st.container(key="map.regions")', False),
    ('st.container(key=f"map.{name}"); show("region")', True),
    ('st.container(key=f"map.{name}"); show("routes")', False),
    ('st.container(key=f"chart.{name}"); show("region")', False),
    ("", False),
])  # fmt: skip
def test_a_container_that_no_code_makes_is_found(code: str, there: bool):
    assert written("map-region", code) is there
