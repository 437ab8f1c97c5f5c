"""Common properties of the figures of any indicator: size, text, and click targets."""

import gzip
import json
from functools import partial

import pytest

from dashboard.charts.drawing import SHAPES
from dashboard.charts.look import SYMBOLS
from dashboard.charts.medium import PHONE, WALL
from dashboard.stage import wire
from dashboard.subjects.explore.figures.heat_map import heat_map
from dashboard.subjects.explore.figures.lines import lines, multiples
from dashboard.subjects.explore.figures.two_years import two_years
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.explore.figure_samples import (
    CONVICTED,
    RATE,
    SOME,
    VICTIMS,
    frame,
    key,
    marks,
    real,
    words,
)

EN = language("en")
FIGURES = {
    "multiples": multiples,
    "own scales": partial(multiples, shared=False),
    "lines": lines,
    "two years": partial(two_years, first=2012, last=2022),
    "heat map": heat_map,
}


@pytest.fixture(params=FIGURES.values(), ids=FIGURES)
def draw(request):
    return request.param


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("code", [VICTIMS, RATE, CONVICTED])
def test_35_states_in_20_years_are_few_bytes_and_few_traces(draw, code, medium):
    spec = draw(real(code), EN, medium)
    body = json.dumps({"layout": spec["layout"]} | wire.encoded(spec), separators=(",", ":"))
    assert len(gzip.compress(body.encode(), 6)) < 20_000
    assert len(spec["data"]) < 40


@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_every_word_can_be_read_on_a_projector(draw, medium):
    spec = draw(real(VICTIMS), EN, medium)
    sizes = [trace["textfont"]["size"] for trace in spec["data"] if trace["mode"] == "text"]
    sizes += [note["font"]["size"] for note in spec["layout"]["annotations"]]
    assert min(sizes) >= 13


@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_everything_drawn_is_inside_the_sheet(draw, medium):
    spec = draw(real(VICTIMS, RATE, sexes=("total", "female")), EN, medium)
    (left, right), (bottom, top) = (spec["layout"][axis]["range"] for axis in ("xaxis", "yaxis"))
    for trace in (trace for trace in spec["data"] if trace["xaxis"] == "x"):
        assert all(left <= x <= right for x in trace["x"] if x is not None)
        assert all(top <= y <= bottom for y in trace["y"] if y is not None)
    for text, x, _ in words(spec, side="right"):
        assert x / 10 + 6 * len(text.replace("<b>", "").replace("</b>", "").split("<br>")[0]) <= right / 10


@pytest.mark.parametrize("lang", [code for code in LANGUAGES if code != "en"])
def test_every_word_is_translated(draw, lang):
    """No English text of the figure remains in another language."""
    other = language(lang)
    texts = {text for axis in ("x", "x9") for text, *_ in words(draw(frame(SOME), other, WALL), axis)}
    # Portuguese has the same word for zero.
    for english in ("No figure", "Fewer than five", "Brazil", *["Zero"] * (lang != "pt"), "Detected victims"):
        assert not any(english in text for text in texts)


def test_a_mark_is_named_as_a_figure_of_a_state_s_page(draw):
    spec = draw(real(CONVICTED, areas=("BRA", "MEX"), sexes=("total", "male")), EN, WALL)
    assert {name.count(".") for name in marks(spec)} == {2, 5}
    assert all(name.split(".")[1] == CONVICTED for name in marks(spec))


def test_the_key_counts_what_is_drawn(draw):
    spec = draw(frame(SOME), EN, WALL)
    entries = [text for text in key(spec) if "(" in text and not text.startswith("<b>")]
    counted = sum(int(text.rpartition("(")[2].rstrip(")")) for text in entries)
    assert counted == len(marks(spec))


def test_no_series_uses_the_symbol_for_unusable_figures():
    taken = {symbol.partition("-")[0] for state, symbol in SYMBOLS.items() if state in {"conflicting", "suspect"}}
    assert len(set(SHAPES)) == len(SHAPES)
    assert not taken & set(SHAPES)
