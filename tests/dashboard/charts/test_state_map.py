import itertools
import math

import polars as pl
import pytest

from dashboard.charts.medium import PHONE, WALL, WIDE, Medium
from dashboard.charts.panels import sheet
from dashboard.subjects.states.figures.region_map import region_map
from tests.dashboard.charts.map_samples import STATES, figure, region
from tests.dashboard.subjects.states.region_samples import BREAKS, LIGHT, lands, printed, spec, symbols_and_targets


def test_thirty_five_shapes_on_the_main_map(basemap, english):
    assert set(lands(spec(basemap, english))) == set(STATES)


def test_fill_is_the_class_on_a_map_of_rates(basemap, english):
    drawn = lands(spec(basemap, english))
    assert drawn["ARG"]["fillcolor"] == LIGHT.ramp[2]
    assert drawn["BRA"]["fillcolor"] == LIGHT.ramp[5]
    assert (drawn["COL"]["fillcolor"], drawn["COL"]["fillpattern"]["shape"]) == (LIGHT.surface, "-")
    assert drawn["CHL"]["fillcolor"] == LIGHT.surface
    assert (drawn["USA"]["fillcolor"], drawn["USA"]["line"]["dash"]) == (LIGHT.surface, "3px,2px")


def test_areas_are_not_colored_on_a_map_of_counts(basemap, english):
    fills = {trace["fillcolor"] for trace in lands(spec(basemap, english, "count")).values()}
    assert fills.isdisjoint(LIGHT.ramp)


def test_the_area_of_a_circle_is_the_figure(basemap, english):
    drawn = spec(basemap, english, "count", largest=1600.0)
    sizes = {}
    for marks, targets in symbols_and_targets(drawn):
        sizes |= dict(zip([data[0] for data in targets["customdata"]], marks["marker"]["size"], strict=True))
    assert sizes["BRA"] / sizes["ARG"] == pytest.approx(2, rel=0.02)
    assert sizes["BRA"] == pytest.approx(64 * math.sqrt(400 / 1600), rel=0.02)
    assert sizes["JAM"] == sizes["BRA"]


@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_every_state_can_be_chosen_once(basemap, english, medium):
    chosen = [data for t in spec(basemap, english, medium=medium)["data"] for data in t.get("customdata", [])]
    assert sorted(chosen) == [[code] for code in STATES]


def distance(trace, point, scale):
    """How far Plotly counts the pointer to be from the nearest mark of a trace, in pixels (`scatter/hover.js`)."""
    radius = max(3, trace["marker"]["size"] / 2)
    gaps = [math.dist(point, spot) / scale - radius for spot in zip(trace["x"], trace["y"], strict=True)]
    return max(min(gaps), 1 - 3 / radius)


@pytest.mark.parametrize("medium", [PHONE, WIDE, Medium(1840)])
def test_a_touch_on_the_mark_of_a_state_is_of_no_other_land(published, english, medium):
    drawn = spec(published, english, medium=medium)
    place = sheet(frozenset(STATES), medium, key=200)
    for panel in place.panels:
        marks = [t for t in drawn["data"] if "hovertext" in t and t["xaxis"] == f"x{panel.axis}" and t["x"]]
        targets = next(trace for trace in marks if "customdata" in trace)
        for point in zip(targets["x"], targets["y"], strict=True):
            nearest = min(marks, key=lambda trace: distance(trace, point, panel.scale))
            assert nearest is targets


@pytest.mark.parametrize(
    ("medium", "names"),
    [(WIDE, ("BRA", "JAM", "CHL", "USA", "PER")), (WALL, ("Brazil", "Jamaica", "Chile", "United States", "Peru"))],
    ids=["laptop", "wide screen"],
)
def test_figures_are_printed_beside_the_codes_or_on_a_wide_screen_the_names(published, english, medium, names):
    texts = printed(spec(published, english, "count", medium=medium))
    brazil, jamaica, chile, usa, peru = (f"<b>{name}</b>" for name in names)
    for text in (f"{brazil}<br>400", f"{jamaica} 400", f"{chile} 0"):
        assert text in texts
    # The name over a small symbol, the figure under it.
    for pair in ((usa, "<5"), (peru, "?")):
        assert pair in itertools.pairwise(texts)


def test_disputed_areas_are_drawn_over_every_fill(basemap, english):
    main = [t for t in spec(basemap, english)["data"] if t["xaxis"] == "x"]
    last_state = max(place for place, trace in enumerate(main) if trace.get("name") in STATES)
    disputed = [place for place, trace in enumerate(main) if trace["x"] is basemap.groups["disputed", True].x]
    assert len(disputed) == 1
    assert disputed[0] > last_state


def test_figures_of_several_years_show_their_year(basemap, english):
    one_year = " ".join(printed(spec(basemap, english)))
    assert "’" not in one_year
    years = region(figure("ARG", 100.0, 100.0), figure("BRA", 400.0, 400.0)).with_columns(
        year=pl.when(pl.col("area") == "ARG").then(2019).when(pl.col("area") == "BRA").then(2021)
    )
    drawn = region_map(years, basemap, english, WALL, indicator="detected_victims", breaks=BREAKS, largest=400.0)
    words = " ".join(printed(drawn))
    assert "100 ’19" in words
    assert "400 ’21" in words
