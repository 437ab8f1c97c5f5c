import json
import math

import pytest
from plotly.graph_objects import Figure

from dashboard.figures.palette import PALETTES
from dashboard.figures.region_map import region_map
from dashboard.i18n import language
from tests.dashboard.figures.map_samples import STATES, figure, region

LIGHT = PALETTES["light"]
FRAME = region(
    figure("ARG", 100.0, 100.0),
    figure("BRA", 400.0, 400.0),
    figure("CHL", 0.0, 0.0),
    figure("USA", 0.0, 4.0, "masked"),
    figure("PER", None, None, "conflicting"),
    figure("JAM", 400.0, 400.0),
)
BREAKS = [1.0, 200.0]


def spec(basemap, english, measure="rate", **options):
    given = {"indicator": "detected_victims", "breaks": BREAKS, "title": "T", "notes": ["As of today"]}
    return region_map(FRAME, basemap, english, measure=measure, **given | options)


def lands(spec, axis="x"):
    return {t["name"]: t for t in spec["data"] if t.get("name") in STATES and t["xaxis"] == axis}


def printed(spec):
    return [text for trace in spec["data"] if trace["mode"] == "text" for text in trace["text"]]


@pytest.mark.parametrize("measure", ["rate", "count"])
@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_plotly_accepts_every_form(basemap, english, measure, narrow, palette):
    drawn = spec(basemap, english, measure, narrow=narrow, palette=palette)
    assert len(Figure(drawn).data) == len(drawn["data"])
    assert json.loads(json.dumps(drawn)) == drawn


def test_nothing_of_it_is_fetched(basemap, english):
    kinds = {trace["type"] for trace in spec(basemap, english)["data"]}
    assert kinds == {"scatter"}
    assert "http" not in json.dumps(spec(basemap, english))


def test_thirty_five_shapes_on_the_main_map(basemap, english):
    assert set(lands(spec(basemap, english))) == set(STATES)


def test_fill_is_the_class_on_a_map_of_rates(basemap, english):
    drawn = lands(spec(basemap, english))
    assert drawn["ARG"]["fillcolor"] == LIGHT.ramp[2]
    assert drawn["BRA"]["fillcolor"] == LIGHT.ramp[4]
    assert drawn["COL"]["fillcolor"] == LIGHT.unreported
    assert drawn["CHL"]["fillcolor"] == LIGHT.surface
    assert drawn["USA"]["fillpattern"]["shape"] == "/"


def test_no_value_colours_a_land_on_a_map_of_counts(basemap, english):
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


def symbols_and_targets(drawn):
    """On each panel: the trace of circles and the trace of unseen targets."""
    for axis in ("x", "x2"):
        marks = [t for t in drawn["data"] if t["mode"] == "markers" and t["xaxis"] == axis]
        yield marks[0], marks[-1]


@pytest.mark.parametrize("narrow", [False, True])
def test_every_state_can_be_chosen_once(basemap, english, narrow):
    chosen = [data for t in spec(basemap, english, narrow=narrow)["data"] for data in t.get("customdata", [])]
    assert sorted(chosen) == [[code] for code in STATES]


def test_figures_are_printed_beside_the_codes(basemap, english):
    said = printed(spec(basemap, english, "count"))
    for text in ("<b>BRA</b><br>400", "<b>JAM</b> 400", "<b>CHL</b> 0", "<b>USA</b><br>0–4", "<b>PER</b><br>?"):
        assert text in said


def test_the_key_prints_limits_and_how_many_states(basemap, english):
    said = printed(spec(basemap, english))
    for text in ("up to 1 (0)", "1 to 200 (1)", "over 200 (2)", "True zero (1)", "Not reported (29)"):
        assert text in said
    assert any("6 of 35 states report" in text for text in said)


def test_the_key_has_no_entry_for_what_does_not_occur(basemap, english):
    assert not any("Implausible" in text for text in printed(spec(basemap, english)))


def test_the_foot_carries_the_notes_and_the_disclaimer(basemap, english):
    foot = spec(basemap, english)["layout"]["annotations"][-1]["text"]
    assert foot.startswith("As of today<br>")
    assert "Boundaries" in foot


def test_disputed_areas_lie_over_every_fill(basemap, english):
    names = [(t.get("name"), t.get("text", "")) for t in spec(basemap, english)["data"] if t["xaxis"] == "x"]
    last_state = max(place for place, (name, _) in enumerate(names) if name in STATES)
    disputed = [place for place, (_, text) in enumerate(names) if "Disputed" in text]
    assert disputed
    assert min(disputed) > last_state


def test_the_phone_is_narrow_and_tall(basemap, english):
    wide, narrow = (spec(basemap, english, narrow=narrow)["layout"] for narrow in (False, True))
    assert narrow["height"] > wide["height"]
    assert {"xaxis", "xaxis2", "xaxis3"} <= set(narrow)


def test_numbers_and_names_follow_the_language(basemap):
    drawn = region_map(
        region(figure("BRA", 1234.0, 1234.0)), basemap, language("pt"), indicator="detected_victims", measure="count"
    )
    assert "<b>BRA</b><br>1.234" in printed(drawn)
    assert drawn["layout"]["separators"] == ",."


def test_a_year_without_any_figure_is_still_a_map(basemap, english):
    empty = region_map(region(), basemap, english, indicator="detected_victims", measure="count")
    assert any("0 of 35" in text for text in printed(empty))


def test_the_real_map_stays_small(published, english):
    drawn = spec(published, english)
    assert len(json.dumps(drawn, separators=(",", ":"))) < 260_000
