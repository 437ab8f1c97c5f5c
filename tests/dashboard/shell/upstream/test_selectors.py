"""The parts of Streamlit's page that our scripts select exist; a selector without a match would fail silently."""

import re

import pytest

from dashboard import static
from dashboard.shell.upstream import controls
from data.i18n import language

OURS = "".join(path.read_text("utf-8") for path in static.FILES["frame.js"]) + "".join(controls.labels(language("en")))


@pytest.mark.parametrize("name", sorted(set(re.findall(r"data-testid=(\w+)", OURS))))
def test_streamlit_has_the_part(name, streamlit_scripts):
    assert re.search(rf"[`\"']{name}[`\"']", streamlit_scripts)


@pytest.mark.parametrize(
    "mark", ["stApp", "stLogo", "gdg-search-bar", "data-live-announcer", "borderlessIcon", "aria-rowcount"]
)
def test_streamlit_has_the_mark(mark, streamlit_scripts):
    assert mark in OURS
    assert mark in streamlit_scripts
