import itertools
import json

import pytest
from plotly.graph_objects import Figure

from dashboard.charts.colors import resolved
from dashboard.charts.medium import PHONE, WALL
from dashboard.subjects.routes.figures.order import FINE, TALL, flow_order
from data.i18n import language
from tests.dashboard.charts.map_samples import STATES, arrow, arrows
from tests.dashboard.subjects.routes.routes_samples import ROWS

EN = language("en")
STATED = (
    arrow("MEX", "USA", 30, evidence="stated"),
    arrow("GTM", "MEX", 10, evidence="stated", leg="to_transit", transit="MEX"),
    arrow("HND", "MEX", 3, evidence="stated", leg="to_transit", transit="MEX"),
    arrow("MEX", "USA", 13, evidence="stated", leg="from_transit", transit="MEX"),
    arrow("COL", "COL", 7, evidence="stated"),
)


def spec(rows=STATED, lang=EN, **options):
    given = {"evidence": "stated", "opens": frozenset(STATES), "medium": WALL}
    return flow_order(arrows(*rows), lang, **given | options)


def bands(drawn):
    """The left end, right end and heights (pixels) of each band."""
    traces = [t for t in drawn["data"] if t.get("name", "").startswith("→")]
    return {(t["name"], min(t["x"]), max(t["x"])): edges(t) for t in traces}


def edges(trace):
    points = list(zip(trace["x"], trace["y"], strict=True))
    left, right = ([y for x, y in points if x == side(trace["x"])] for side in (min, max))
    return (min(left) / FINE, (max(left) - min(left)) / FINE, min(right) / FINE, (max(right) - min(right)) / FINE)


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize(("rows", "evidence"), [(STATED, "stated"), (ROWS, "counted"), ((), "stated")])
def test_plotly_accepts_every_form(medium, palette, rows, evidence):
    drawn = resolved(spec(rows, evidence=evidence, medium=medium), palette)
    assert len(Figure(drawn).data) == len(drawn["data"])
    assert json.loads(json.dumps(drawn)) == drawn


def test_a_transit_route_is_two_bands_and_a_direct_one_passes_the_middle():
    spans = {name: (left, right) for name, left, right in bands(spec()) if name != "→MEX→USA"}
    assert spans == {"→GTM→MEX": (5, 495), "→HND→MEX": (5, 495), "→COL→COL": (5, 995)}
    assert {(left, right) for name, left, right in bands(spec()) if name == "→MEX→USA"} == {(5, 995), (505, 995)}


def test_a_band_is_as_wide_as_its_figure_at_both_ends():
    # The fullest column has 30 + 13 + 7 at the right and 30 + 10 + 3 + 7 at the left: both 50.
    figures = {"→GTM→MEX": 10, "→HND→MEX": 3, "→COL→COL": 7}
    for (name, _, _), (_, leaves, _, reaches) in bands(spec()).items():
        if name in figures:
            assert leaves == pytest.approx(figures[name] * TALL / 50, abs=0.5)
            assert reaches == pytest.approx(leaves, abs=0.5)


def test_bands_at_one_place_are_side_by_side():
    arriving = sorted((y, y + tall) for (_, _, right), (*_, y, tall) in bands(spec()).items() if right == 995)
    assert all(before[1] <= after[0] + 0.6 for before, after in itertools.pairwise(arriving))


def test_by_size_the_largest_country_of_each_column_is_on_top_and_bands_do_not_cross_beside_it():
    drawn = spec(by_size=True)
    _, names = [t for t in drawn["data"] if t["mode"] == "text" and t["xaxis"] == "x"]
    labels = list(zip(names["text"], names["x"], names["y"], strict=True))
    # At the left Mexico has 30, Guatemala 10, Colombia 7, Honduras 3; at the right 43 arrive in the United States.
    columns = [[name for name, x, y in sorted(labels, key=lambda row: row[2]) if x == at] for at in (-10, 1010)]
    assert columns == [["Mexico", "Guatemala", "Colombia", "Honduras"], ["United States", "Colombia"]]
    arriving = {name: y for (name, _, right), (_, _, y, _) in bands(drawn).items() if right == 495}
    assert arriving["→GTM→MEX"] < arriving["→HND→MEX"]
    (key,) = [t for t in drawn["data"] if t["mode"] == "text" and t["xaxis"] == "x9"]
    assert "countries by size" in key["text"][0]


def test_names_are_alphabetical_in_each_column_and_each_band_has_its_figure():
    drawn = spec(lang=language("es"))
    figures, names = [t for t in drawn["data"] if t["mode"] == "text" and t["xaxis"] == "x"]
    assert sorted(figures["text"], key=int) == ["3", "7", "10", "13", "30"]
    labels = list(zip(names["text"], names["x"], names["y"], strict=True))
    labels += [(note["text"], note["x"], note["y"]) for note in drawn["layout"]["annotations"] if note["xref"] == "x"]
    columns = [[name for name, x, y in sorted(labels, key=lambda row: row[2]) if x == at] for at in (-10, 510, 1010)]
    assert columns == [["Colombia", "Guatemala", "Honduras", "México"], ["México"], ["Colombia", "Estados Unidos"]]
    headings = [note["text"] for note in drawn["layout"]["annotations"]]
    assert {"<b>Origen</b>", "<b>Tránsito</b>", "<b>Destino</b>"} <= set(headings)


def test_counted_victims_have_no_transit():
    headings = [note["text"] for note in spec(ROWS, evidence="counted")["layout"]["annotations"]]
    assert "<b>Transit</b>" not in headings
    assert {(left, right) for _, left, right in bands(spec(ROWS, evidence="counted"))} == {(5, 995)}


def test_a_click_opens_what_the_arrow_of_the_map_opens():
    (handles,) = [t for t in spec()["data"] if t.get("customdata")]
    assert ["MEX", "GTM", "MEX", "to_transit", "MEX"] in handles["customdata"]
    assert len(handles["customdata"]) == len(STATED)
