"""Plotly's script without what no figure has: nothing that is left names anything that is gone."""

import re

import pytest

from dashboard import bundle, static
from dashboard.plates.asked import FILTERS, parse, query
from dashboard.plates.drawn import drawn
from dashboard.plates.early import values

WHOLE = static.FILES["plotly.min.js"].read_bytes()
SMALL = (
    "head;var Aa=W((e,t)=>{t.exports=Bb()});var Bb=W((e,t)=>{t.exports=1});"
    "function Dd(){return 4}var Cc=W(e=>{e.x=Dd()});"
    "var Ee=W((e,t)=>{var r=Aa();r.register([Cc(),Cc()]);t.exports=r});return Ee();"
)


def declared(script: str) -> set[str]:
    return set(re.findall(r"([\w$]{2,})=(?:W|Ea)\(", script))


def test_the_script_of_the_installed_plotly_is_the_one_that_was_looked_at():
    assert bundle.known(WHOLE), "shorten the new script, see that it names nothing undeclared, and put its hash here"


def test_the_shortened_script_is_a_quarter_and_lacks_nothing():
    script = bundle.shortened(WHOLE).decode()
    assert len(script) < len(WHOLE) / 4
    assert "Licensed under the MIT license" in script[:200]
    assert script.count("HOVERMINTIME:0") == 1
    called = set(re.findall(r"(?<![\w$.])([\w$]{2,})\(\)", script)) & declared(WHOLE.decode())
    assert len(called) > 300
    assert called <= declared(script)


def test_what_is_registered_goes_and_what_only_it_named():
    short = bundle._shortened(SMALL)
    assert "register([])" in short
    assert declared(short) == {"Aa", "Bb", "Ee"}
    assert short.startswith("head;")
    assert short.endswith("return Ee();")


def test_another_script_is_served_whole():
    assert bundle.shortened(b"var Plotly=1") == b"var Plotly=1"


@pytest.mark.parametrize("name", FILTERS)
def test_every_figure_has_scatter_traces_alone(name):
    told = query(name, values(name, {}), "en") | {"width": "1680", "dark": "0"}
    assert {trace["type"] for trace in drawn(parse(name, told)).spec["data"]} == {"scatter"}
