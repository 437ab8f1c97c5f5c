"""Our own files are at addresses that change with their contents."""

import re

import pytest

from dashboard import static


@pytest.mark.parametrize("name", static.FILES)
def test_an_address_changes_with_the_content(name):
    content = static.file(name)
    assert static.address(name) == f"./assets/{content.version}/{name}"
    assert type(content)(content.body + b" ", content.kind).version != content.version


def test_the_fonts_are_at_their_own_addresses():
    """The style sheet stands in the document, so its addresses are relative to that."""
    fonts = [name for name in static.FILES if name.endswith(".woff2")]
    assert sorted(re.findall(r"url\(([^)]+)\)", static.letters())) == sorted(map(static.address, fonts))
