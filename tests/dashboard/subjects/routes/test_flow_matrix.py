import json
import math

import pytest
from plotly.graph_objects import Figure

from dashboard.charts.colors import COLORS, resolved
from dashboard.charts.medium import PHONE, WALL
from dashboard.subjects.routes.figures.arrows import Arrow
from dashboard.subjects.routes.figures.matrix import flow_matrix, scale
from data.i18n import language
from tests.dashboard.charts.map_samples import STATES, arrow, arrows
from tests.dashboard.subjects.routes.routes_samples import ROWS

EN = language("en")
LEGS = (
    arrow("MEX", "USA", 30, evidence="stated"),
    arrow("GTM", "MEX", 4, evidence="stated", leg="to_transit", transit="MEX"),
    arrow("MEX", "USA", 13, evidence="stated", leg="from_transit", transit="MEX"),
)


def spec(rows=ROWS, lang=EN, **options):
    given = {"evidence": "counted", "opens": frozenset(STATES), "medium": WALL}
    return flow_matrix(arrows(*rows), lang, **given | options)


def cells(drawn):
    """Each mark: origin, destination, size, paint and data."""
    axes, (trace,) = drawn["layout"], [t for t in drawn["data"] if t.get("customdata")]
    origins, marker = axes["yaxis"]["ticktext"], trace["marker"]
    marks = zip(trace["x"], trace["y"], marker["size"], marker["color"], trace["customdata"], strict=True)
    return [
        (origins[round(y)], axes["xaxis"]["ticktext"][round(x)], size, paint, data) for x, y, size, paint, data in marks
    ]


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("rows", [ROWS, LEGS, ()], ids=["counted", "legs", "none"])
def test_plotly_accepts_every_form(medium, palette, rows):
    drawn = resolved(spec(rows, medium=medium), palette)
    assert len(Figure(drawn).data) == len(drawn["data"])
    assert json.loads(json.dumps(drawn)) == drawn


def test_by_size_the_largest_sum_comes_first_at_both_ends():
    for by_size in (False, True):
        axes = spec(LEGS, evidence="stated", by_size=by_size)["layout"]
        # Mexico is the origin of 43 and the destination of 4; of countries of one size the first name comes first.
        assert axes["yaxis"]["ticktext"] == (["Mexico", "Guatemala"] if by_size else ["Guatemala", "Mexico"])
        assert axes["xaxis"]["ticktext"] == (["USA", "MEX"] if by_size else ["MEX", "USA"])
    marks = {(row, column): data[1:3] for row, column, *_, data in cells(spec(by_size=True))}
    assert marks == {(row, column): data[1:3] for row, column, *_, data in cells(spec())}


def test_each_arrow_is_one_mark_in_the_row_of_its_origin_and_the_column_of_its_destination():
    marks = cells(spec())
    assert [(row, column) for row, column, *_ in marks] == [
        ("Mexico", "USA"),
        ("Colombia", "COL"),
        ("Colombia", "ESP"),
        ("China", "ARG"),
        ("Honduras", "GTM"),
        ("Botswana", "USA"),
        ("Haiti", "BHS"),
    ]
    # A click opens the recording state, or the origin if there is none.
    assert [data[0] for *_, data in marks][:3] == ["USA", "COL", "COL"]
    assert marks[0][4] == ["USA", "MEX", "USA", "direct", None]


def test_mark_area_is_proportional_and_uncertain_figures_look_different():
    looks = {(row, column): (size, paint) for row, column, size, paint, _ in cells(spec())}
    most, less = looks["Mexico", "USA"][0], looks["Colombia", "COL"][0]
    assert (less / most) ** 2 == pytest.approx(400 / 900, abs=0.01)
    paints = {key: paint for key, (_, paint) in looks.items()}
    assert paints["Botswana", "USA"] == COLORS.surface
    assert paints["Haiti", "BHS"] == paints["Mexico", "USA"] + "73"


def test_names_are_in_the_alphabetical_order_of_the_language():
    french = spec(lang=language("fr"))["layout"]
    assert french["yaxis"]["ticktext"] == ["Botswana", "Chine", "Colombie", "Haïti", "Honduras", "Mexique"]
    assert french["xaxis"]["ticktext"] == ["ARG", "BHS", "COL", "ESP", "USA", "GTM"]


def test_legs_of_a_pair_are_side_by_side_and_in_the_key():
    drawn = spec(LEGS, evidence="stated")
    (trace,) = [t for t in drawn["data"] if t.get("customdata")]
    assert trace["marker"]["symbol"] == ["circle", "triangle-right", "square"]
    assert len({(x, y) for x, y in zip(trace["x"], trace["y"], strict=True)}) == 3
    assert all(math.isclose(x, round(x), abs_tol=0.3) for x in trace["x"])
    words = [text for t in drawn["data"] if t["mode"] == "text" for text in t["text"]]
    assert {"direct", "to transit", "from transit"} <= set(words)


def test_every_figure_is_under_its_mark_if_there_is_room():
    drawn = spec()
    (printed,) = [t for t in drawn["data"] if t["mode"] == "text" and t["xaxis"] == "x"]
    assert printed["text"] == ["900", "400", "300", "40", "30", "213", "<5"]
    (marks,) = [t for t in drawn["data"] if t.get("customdata")]
    assert printed["x"] == marks["x"]
    # Rows count downward, and a row ends half a row below its middle.
    for mark, figure in zip(marks["y"], printed["y"], strict=True):
        assert round(mark) < figure < round(mark) + 0.5
        assert figure - mark > 0.3
    (none,) = [t for t in spec(medium=PHONE)["data"] if t["mode"] == "text" and t["xaxis"] == "x"]
    assert none["text"] == []


def test_marks_of_both_kinds_share_one_scale():
    assert scale([Arrow(arrow("MEX", "USA", 100)), Arrow(arrow("USA", "USA", 50))]) == 100
    assert scale([Arrow(arrow("MEX", "USA", 100)), Arrow(arrow("USA", "USA", 900))]) == pytest.approx(400)
    assert scale([]) == 1
