"""Our own files are at addresses that change with their contents."""

import re
from collections import Counter

import pytest

from dashboard import static


@pytest.mark.parametrize("name", static.FILES)
def test_an_address_changes_with_the_content(name):
    content = static.file(name)
    assert static.address(name) == f"./assets/{content.version}/{name}"
    assert type(content)(content.body + b" ", content.kind).version != content.version


# A name at the top of a script: a function, a class, or the first of a `const` or `let`.
DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (?:\{ )?(\w+)", re.MULTILINE)


def doubled(script):
    """The names that a script declares more than once."""
    return [name for name, many in Counter(DECLARED.findall(script)).items() if many > 1]


@pytest.mark.parametrize("name", [name for name in static.FILES if name.endswith(".js") and "plotly" not in name])
def test_scripts_that_are_served_as_one_file_share_no_name(name):
    """A browser refuses a file that declares a name twice."""
    assert doubled(static.file(name).body.decode()) == []


def test_a_name_in_two_scripts_is_found():
    assert doubled("export function offer() {\n  const one = 1\n}\nconst one = 1\nasync function offer() {\n}") == [
        "offer"
    ]


def test_the_fonts_are_at_their_own_addresses():
    """The style sheet stands in the document, so its addresses are relative to that."""
    fonts = [name for name in static.FILES if name.endswith(".woff2")]
    assert sorted(re.findall(r"url\(([^)]+)\)", static.letters())) == sorted(map(static.address, fonts))


@pytest.mark.parametrize("name", [name for name, paths in static.FILES.items() if name.endswith(".js") and paths[1:]])
def test_no_name_is_declared_twice_in_scripts_that_are_served_as_one_file(name):
    declared = re.compile(r"^(?:export )?(?:default )?(?:async )?(?:function|class|const|let) (.+)", re.MULTILINE)
    lines = declared.findall(static.file(name).body.decode())
    # A line may declare several constants, each with its value.
    found = [one for line in lines for one in re.findall(r"(?:^|, )(\w+)(?= =|\(| \{|, |$)", line.split("=>")[0])]
    assert len(found) > 3
    assert sorted(found) == sorted(set(found))
