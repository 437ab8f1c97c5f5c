import json

import pytest
from plotly.graph_objects import Figure

from dashboard.charts.colors import resolved
from dashboard.charts.medium import PHONE, WALL
from tests.dashboard.charts.map_samples import STATES, arrow, outside
from tests.dashboard.subjects.routes.routes_samples import LIGHT, ROWS, drawn, printed, spec


@pytest.mark.parametrize("evidence", ["counted", "stated"])
@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_plotly_accepts_every_form(basemap, english, evidence, medium, palette):
    rows = [row | {"evidence": evidence} for row in ROWS]
    figure = resolved(spec(basemap, english, rows, evidence=evidence, medium=medium), palette)
    assert len(Figure(figure).data) == len(figure["data"])
    assert json.loads(json.dumps(figure)) == figure


def test_only_occurring_countries_are_at_the_edges(basemap, english):
    figure = spec(basemap, english, ROWS[:2])
    assert {"Spain", "China"}.isdisjoint(printed(figure))
    assert figure["layout"]["xaxis"]["range"][1] < spec(basemap, english)["layout"]["xaxis"]["range"][1]


def test_too_many_countries_are_counted_in_words(basemap, english):
    crowd = [f"{first}{second}R" for first in "KLMNPQR" for second in "UT"]
    rows = [arrow("COL", code, 100 - rank) for rank, code in enumerate(crowd)]
    figure = spec(
        basemap, english, rows, points=outside(**{code: (10.0, 40.0 + rank) for rank, code in enumerate(crowd)})
    )
    assert len(drawn(figure)) == 12
    assert "2 more countries outside the region" in figure["layout"]["annotations"][-1]["text"]


def test_two_kinds_of_evidence_have_two_colors_and_two_meanings(basemap, english):
    counted = spec(basemap, english)
    stated = spec(basemap, english, [row | {"evidence": "stated"} for row in ROWS], evidence="stated")
    assert LIGHT.arrows["stated"] not in json.dumps(counted)
    assert LIGHT.arrows["counted"] not in json.dumps(stated)
    assert any("citizenship" in text for text in printed(counted))
    assert not any("citizenship" in text for text in printed(stated))


def test_the_key_explains_exactly_what_is_drawn(basemap, english):
    texts = printed(spec(basemap, english))
    for text in ("Fewer than five only", "Questioned figure", "Own citizens", "Origin", "Transit", "Disputed area"):
        assert text in texts
    plain = printed(spec(basemap, english, ROWS[:1]))
    assert {"Fewer than five only", "Questioned figure", "Own citizens"}.isdisjoint(plain)


def test_the_key_has_arrows_of_round_figures(basemap, english):
    # The least width is that of 100 victims, whatever is drawn; the other example is the widest that fits a row.
    for rows in (ROWS, ROWS[-1:], ()):
        texts = [text for text in printed(spec(basemap, english, rows)) if text.endswith("victims")]
        assert texts[0] == "up to 100 victims"
        assert len(texts) == 2


def test_a_map_without_arrows_is_drawn(basemap, english):
    figure = spec(basemap, english, ())
    assert drawn(figure) == []
    assert "Boundaries" in figure["layout"]["annotations"][-1]["text"]
    assert len([t for t in figure["data"] if t.get("name") in STATES and t["xaxis"] == "x"]) == 35


@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_the_real_map_stays_small(published, english, medium):
    figure = spec(published, english, medium=medium)
    assert len(json.dumps(figure, separators=(",", ":"))) < 340_000


def test_the_ring_of_a_chosen_state_has_its_figure(basemap, english):
    rows = (arrow("USA", "USA", 35590, 35602), arrow("COL", "COL", 41), arrow("MEX", "USA", 6952))
    chosen, all_states = (printed(spec(basemap, english, rows, chosen=areas)) for areas in (("USA",), ()))
    assert "35,590–35,602" in chosen
    assert "41" not in chosen
    assert "35,590–35,602" not in all_states


def test_an_arrow_of_masked_years_is_not_a_range_from_zero(basemap, english):
    one = arrow("MEX", "USA", 0, 8) | {"records": 2, "years": [2014, 2015]}
    same_year = one | {"years": [2014]}
    assert "<5 a year" in printed(spec(basemap, english, (one,)))
    assert "0–8" in printed(spec(basemap, english, (same_year,)))
