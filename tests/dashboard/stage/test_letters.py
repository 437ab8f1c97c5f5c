"""Sizes of letters, read back from the SVG of each figure in each place: five in a fixed ratio, notes the smallest."""

import re
from xml.etree import ElementTree as ET

import pytest

from dashboard.catalog import figures
from dashboard.charts import medium
from dashboard.charts.render.model import drawing
from dashboard.charts.render.svg import svg
from dashboard.stage import pictures
from dashboard.stage.drawn import drawn
from dashboard.stage.request import parameters, parse, shown
from dashboard.subjects.routes import page_figures as routes_figures
from dashboard.subjects.states import page_figures as states_figures
from dashboard.views.figure import Values
from data.i18n import language
from tests.dashboard.stage.test_pictures import NAME, SHAPED, VIEWS

# In pixels of a drawing: title of a picture, title of a figure, key, words, notes.
SIZES = {24, 18, 15, 14, 13}
NOTES = 13
# On a card a number is larger; the notes below other pictures are smaller.
NUMBERS = {48, 32}
FOOT = 12
PLACES = {
    "phone": medium.PHONE,
    "tablet": medium.TABLET,
    "page": medium.WIDE,
    "wall": medium.WALL,
    "embed": medium.EMBED,
    "stage": medium.STAGE,
    "paper": medium.PAPER._replace(height=330),
}


def sizes(markup):
    """The sizes of all letters in an SVG."""
    return {float(size) for size in re.findall(r'font-size="([\d.]+)"', markup)}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("name", "changed"), VIEWS)
def test_a_figure_has_five_sizes_of_letters(name, changed, place):
    asked = {**dict(parameters(name, changed)), **shown(PLACES[place])}
    spec = drawn(parse(name, asked)).spec
    found = sizes(svg(drawing(spec, PLACES[place].across)))
    assert found <= SIZES
    # What is to be known of a figure stands around it, not in it.
    assert not [
        note
        for note in spec["layout"].get("annotations", [])
        if (note.get("yref"), note.get("y"), note.get("yanchor")) == ("paper", 0, "bottom")
    ]


@pytest.mark.parametrize("figure", [states_figures.MAP, routes_figures.MAP], ids=lambda one: one.name)
def test_a_map_on_a_slide_has_them_too(figure):
    texts = dict(parameters(figure.name, {}))
    values = Values.of({spec.name: spec.parse(texts[spec.name]) for spec in figure.filters})
    found = sizes(svg(drawing(figure.draw(values, language("en"), medium.SLIDE).spec, medium.SLIDE.across)))
    assert found <= SIZES
    assert found


CARDS = [pytest.param(name, changed, "card", id=f"{name}-card") for name, changed in VIEWS if figures()[name].card]


@pytest.mark.parametrize(("name", "changed", "shape"), [*SHAPED, *CARDS])
def test_a_picture_enlarges_its_figure_and_its_words_alike(name, changed, shape):
    picture = ET.fromstring(pictures.svg(pictures.parse(name, {**changed, "shape": shape})))  # noqa: S314 - ours
    (figure,) = (one for one in picture.findall(f"{NAME}svg") if one.get("class") == "figure")
    words = [float(line.get("font-size")) for line in picture.findall(f"{NAME}text")]
    enlarged = float(figure.get("width")) / float(figure.get("viewBox").split()[2])
    within = {float(line.get("font-size")) for line in figure.iter(f"{NAME}text")}
    # The last line is one of the notes.
    scale = words[-1] / (NOTES if shape == "card" else FOOT)
    assert min(words) == words[-1]
    assert enlarged == pytest.approx(scale, rel=0.01)
    assert within <= SIZES
    # The letters of a figure are larger than its notes.
    assert all(size > words[-1] / scale for size in within)
    for word in words:
        assert min(abs(size - word / scale) for size in SIZES | (NUMBERS if shape == "card" else {FOOT})) < 0.05
