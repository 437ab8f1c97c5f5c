"""Figures for the stage: no letter under 14 pixels, maps side by side, separate notes, the data of the page."""

import plotly.graph_objects as go
import pytest

from dashboard.charts import ground
from dashboard.charts.medium import PHONE, TEXT, Medium
from dashboard.charts.panels import INSET_STATES, REGION, STAGED_GREATER, STAGED_LESSER, sheet
from dashboard.stage.drawn import drawn
from dashboard.stage.projector import legible
from dashboard.stage.request import parse, query
from data.i18n import LANGUAGES, language
from tests.dashboard.stage.test_wire import VALUES

STAGE = {"width": "930", "dark": "0", "stage": "346"}
MAPS = ("region", "state_routes", "coverage_map", "parties_map", "ledger_map")


def plate(name, lang="en", look=STAGE):
    return drawn(parse(name, query(name, VALUES[name], lang) | look))


def sizes(value, inside=False):
    """Every size of letters in a specification."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if inside and key == "size":
                yield inner
            yield from sizes(inner, key.endswith("font"))
    elif isinstance(value, list):
        for item in value:
            yield from sizes(item)


@pytest.mark.parametrize("name", VALUES)
def test_no_letter_is_small(name):
    spec = plate(name).spec
    letter_sizes = [*sizes(spec)]
    assert letter_sizes
    assert min(letter_sizes) >= TEXT == 14
    go.Figure(spec)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", MAPS)
def test_a_map_has_the_requested_height_and_the_words_of_the_page_around_it(name, lang):
    figure = plate(name, lang)
    assert figure.spec["layout"]["height"] == 346
    page = drawn(parse(name, query(name, VALUES[name], lang) | {"width": "1680", "dark": "0"}))
    for words in ("title", "measure", "description", "source", "notes", "about"):
        assert getattr(figure, words) == getattr(page, words)
    assert ground.disclaimer(language(lang)) in figure.notes


def test_the_figures_of_the_stage_are_those_of_the_page():
    def hovers(spec):
        return {trace["name"]: trace["text"] for trace in spec["data"] if len(trace.get("name", "")) == 3}

    page = drawn(parse("region", query("region", VALUES["region"], "en") | {"width": "1680", "dark": "0"}))
    assert hovers(plate("region").spec) == hovers(page.spec)


def test_three_maps_stand_side_by_side_and_do_not_touch():
    states = frozenset({"BRA", "USA", *INSET_STATES})
    placed = sheet(states, Medium(930, 346), notes=9, key=130)
    assert all(panel.staged for panel in placed.panels)
    windows = (REGION, STAGED_GREATER, STAGED_LESSER)
    assert [panel.window.bottom for panel in placed.panels] == [window.bottom for window in windows]
    assert frozenset().union(*(panel.labeled for panel in placed.panels)) == states
    main, greater, lesser = (panel.box for panel in placed.panels)
    assert main.left + main.width < greater.left
    assert greater.left + greater.width < lesser.left
    assert lesser.left + lesser.width <= 930
    assert placed.key.height >= 130
    assert placed.key.bottom + placed.key.height < greater.bottom


def test_a_phone_keeps_its_arrangement():
    for medium in (PHONE, Medium(640, 520)):
        assert not any(panel.staged for panel in sheet(INSET_STATES, medium).panels)


def test_only_small_letters_change_and_the_input_is_unchanged():
    caption = {"text": "c", "yref": "paper", "y": 1, "yanchor": "top", "font": {"size": 22}}
    spec = {"data": [{"textfont": {"size": 11}, "x": [1]}], "layout": {"annotations": [caption]}}
    enlarged = legible(spec)
    assert enlarged["layout"]["annotations"] == [caption]
    assert enlarged["data"][0]["textfont"]["size"] == 14
    assert spec["data"][0]["textfont"]["size"] == 11
    assert enlarged["data"][0]["x"] is spec["data"][0]["x"]


def test_the_panels_of_a_state_fill_the_height_and_the_source_is_apart():
    drawn = plate("series")
    assert abs(drawn.spec["layout"]["height"] - 346) < 12
    assert "UNODC" in drawn.source


@pytest.mark.parametrize("height", ["-1", "1081", "x"])
def test_a_height_out_of_range_is_refused(height):
    with pytest.raises(ValueError, match=height):
        plate("region", look=STAGE | {"stage": height})
