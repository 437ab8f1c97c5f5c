"""Figures for the stage: no letter under 14 pixels, maps side by side, separate notes, the data of the page."""

import plotly.graph_objects as go
import pytest

from dashboard.charts.medium import PHONE, TEXT, Medium
from dashboard.charts.panels import INSET_STATES, REGION, STAGED_GREATER, STAGED_LESSER, sheet
from dashboard.stage.drawn import drawn
from dashboard.stage.projector import staged
from dashboard.stage.request import parse, query
from data.i18n import LANGUAGES
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
def test_a_map_has_the_requested_height_and_separate_notes(name, lang):
    figure = plate(name, lang)
    assert figure.spec["layout"]["height"] == 346
    assert figure.heading
    assert not [note for note in figure.spec["layout"]["annotations"] if note.get("y") == 0]
    page = drawn(parse(name, query(name, VALUES[name], lang) | {"width": "1680", "dark": "0"}))
    (foot,) = [note["text"] for note in page.spec["layout"]["annotations"] if note.get("y") == 0]
    # The complete foot of the page's map, however its lines break; what the page says below its map of the region of
    # totals that their parts contradict comes before.
    mark = page.description if name == "region" else ""
    assert " ".join(figure.notes) == f"{mark} {foot}".strip().replace("<br>", " ")
    if name == "state_routes":
        # The page has its title above the map; on stage the figure has one.
        assert page.description.split(": ", 1)[1].split("; ")[1:] == figure.description.split(": ", 1)[1].split("; ")
    elif name == "region":
        # The page says the rest beside its map: how many states have no figure.
        assert mark
        assert figure.description
    elif name in {"coverage_map", "parties_map"}:
        # The page says the rest beside its map: how many states acted later.
        assert page.description in figure.description
        assert len(figure.description) > len(page.description)
    else:
        assert figure.description == page.description
    assert page.notes == ()


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


def test_only_title_and_foot_are_removed_and_the_input_is_unchanged():
    foot = {"text": "a<br>b", "yref": "paper", "y": 0, "yanchor": "bottom", "font": {"size": 13}}
    caption = {"text": "c", "yref": "paper", "y": 1, "yanchor": "top", "font": {"size": 22}}
    title = caption | {"name": "title", "text": "<b>One<br>two</b>"}
    spec = {"data": [{"textfont": {"size": 11}, "x": [1]}], "layout": {"annotations": [caption, title, foot]}}
    staged_spec, heading, notes = staged(spec)
    assert (heading, notes) == ("One two", ("a", "b"))
    assert staged_spec["layout"]["annotations"] == [caption]
    assert staged_spec["data"][0]["textfont"]["size"] == 14
    assert spec["data"][0]["textfont"]["size"] == 11
    assert staged_spec["data"][0]["x"] is spec["data"][0]["x"]


def test_the_panels_of_a_state_fill_the_height_and_the_notes_are_apart():
    drawn = plate("series")
    assert abs(drawn.spec["layout"]["height"] - 346) < 12
    assert any("UNODC" in line for line in drawn.notes)


@pytest.mark.parametrize("height", ["-1", "1081", "x"])
def test_a_height_out_of_range_is_refused(height):
    with pytest.raises(ValueError, match=height):
        plate("region", look=STAGE | {"stage": height})
