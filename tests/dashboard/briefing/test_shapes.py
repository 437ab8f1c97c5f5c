"""Shapes of a specification, checked against a small figure placed by hand, and against the real maps."""

import pytest

from dashboard import store
from dashboard.briefing import maps, shapes, subject
from dashboard.briefing.shapes import Line, Marker, Paint, Polygon, Text, drawing, paint
from data.i18n import language

# A sheet of 200 by 100 pixels: a map of 10 by 10 kilometres in its left half, a key in its right half.
LAYOUT = {
    "width": 200,
    "height": 100,
    "xaxis": {"range": [0, 10], "domain": [0, 0.5]},
    "yaxis": {"range": [0, 10], "domain": [0, 1], "scaleanchor": "x"},
    "xaxis9": {"range": [0, 100], "domain": [0.5, 1]},
    "yaxis9": {"range": [0, 100], "domain": [0, 1]},
    "shapes": [
        {
            "xref": "x domain",
            "yref": "y domain",
            "x0": 0,
            "x1": 1,
            "y0": 0,
            "y1": 1,
            "fillcolor": "#eaf1f6",
            "line": {"width": 0},
        }
    ],
    "annotations": [{"text": "a<br>b", "x": 0, "y": 0, "font": {"size": 13, "color": "#4a5560"}}],
}


def drawn(*traces, layout=LAYOUT):
    base = {"xaxis": "x", "yaxis": "y"}
    return drawing({"data": [base | trace for trace in traces], "layout": layout}).shapes


def square(left, bottom, right, top):
    return {"x": [left, right, right, left, left], "y": [bottom, bottom, top, top, bottom]}


def land(**held):
    line = {"color": "#8a949d", "width": 0.8}
    return {"mode": "lines", "fill": "toself", "fillcolor": "#f7f3e8", "line": line} | held


def of(kind, found):
    return [shape for shape in found if isinstance(shape, kind)]


def test_a_point_stands_where_plotly_puts_it():
    (polygon,) = [one for one in of(Polygon, drawn(land(**square(0, 0, 5, 10), name="BRA"))) if one.layer == "state"]
    assert polygon.rings == (((0, 100), (50, 100), (50, 0), (0, 0), (0, 100)),)
    assert (polygon.name, polygon.fill) == ("BRA", Paint("#f7f3e8"))


def test_maps_keep_equal_units_and_shrink_to_the_upper_left():
    tall = {**LAYOUT, "yaxis": {"range": [0, 5], "domain": [0, 1], "scaleanchor": "x"}}
    (polygon,) = of(Polygon, drawn(land(**square(0, 0, 10, 5), name="BRA"), layout=tall))[1:]
    assert {point for ring in polygon.rings for point in ring} == {(0, 50), (100, 50), (100, 0), (0, 0)}


def test_what_leaves_the_map_is_cut_off_and_what_lies_outside_is_gone():
    found = of(Polygon, drawn(land(**square(5, 5, 20, 20), name="ARG"), land(**square(11, 0, 12, 1), name="CHL")))
    (cut,) = [one for one in found if one.layer == "state"]
    assert cut.name == "ARG"
    assert {point for ring in cut.rings for point in ring} == {(50.0, 50.0), (100.0, 50.0), (100.0, 0.0), (50.0, 0.0)}


def test_islands_are_rings_of_one_shape():
    one, other = square(0, 0, 1, 1), square(2, 2, 3, 3)
    both = {way: [*one[way], None, *other[way]] for way in "xy"}
    (polygon,) = of(Polygon, drawn(land(**both, name="BHS")))[1:]
    assert len(polygon.rings) == 2


def test_layers_follow_from_names_and_axes():
    found = of(
        Polygon,
        drawn(
            land(**square(0, 0, 1, 1)),
            land(**square(0, 0, 1, 1), name="A→B"),
            land(**square(0, 0, 1, 1), xaxis="x9", yaxis="y9"),
        ),
    )
    assert [one.layer for one in found] == ["sea", "land", "arrow", "key"]


def test_what_only_answers_to_the_pointer_is_left_out():
    unseen = {"size": 16, "color": "rgba(0,0,0,0)", "line": {"width": 0}}
    assert not of(Marker, drawn({"mode": "markers", "x": [1], "y": [1], "marker": unseen}))


def test_lists_of_markers_are_read_one_by_one():
    marker = {
        "symbol": ["circle", "diamond"],
        "size": [9, 4],
        "color": "#ffffff",
        "opacity": 0.5,
        "line": {"width": 1, "color": ["#000000", "#111111"]},
    }
    first, second = of(Marker, drawn({"mode": "markers", "x": [1, 2], "y": [1, 2], "marker": marker}))
    assert (first.symbol, first.size, first.at) == ("circle", 9, (10, 90))
    assert (second.symbol, second.stroke.paint.colour, second.fill.opacity) == ("diamond", "#111111", 0.5)


def test_words_keep_their_lines_and_their_weight():
    (text, note) = of(
        Text,
        drawn(
            {
                "mode": "text",
                "x": [1],
                "y": [1],
                "text": ["<b>BRA</b> 1.2<br>x"],
                "textposition": "middle left",
                "textfont": {"size": 14, "color": "#0d1117"},
            }
        ),
    )
    assert text.lines == ((("BRA", True), (" 1.2", False)), (("x", False),))
    assert (text.side, text.plain, text.layer) == ("left", "BRA 1.2\nx", "word")
    assert (note.layer, note.at, note.plain) == ("note", (0, 100), "a\nb")


def test_lines_keep_their_dashes():
    (line,) = of(
        Line,
        drawn({"mode": "lines", "x": [0, 20], "y": [5, 5], "line": {"color": "#5b6670", "width": 1.3, "dash": "dot"}}),
    )
    assert line.parts == (((0.0, 50.0), (100.0, 50.0)),)
    assert line.stroke.dash == "dot"


@pytest.mark.parametrize(
    ("css", "colour", "opacity"),
    [
        ("#c24e00", "#c24e00", 1.0),
        ("#c24e0080", "#c24e00", 128 / 255),
        ("rgba(255,255,255,.9)", "#ffffff", 0.9),
        ("rgba(0,0,0,0)", "#000000", 0.0),
    ],
)
def test_colours(css, colour, opacity):
    assert (paint(css).colour, paint(css).opacity) == (colour, pytest.approx(opacity))


def test_the_map_of_the_region_has_every_state_inside_of_its_sheet():
    picture = maps.region(language("en"), 2022, subject.SLIDE).picture
    found = shapes.drawing(picture.spec)
    states = {one.name for one in found.shapes if isinstance(one, Polygon) and one.layer == "state"}
    assert states == set(store.tables().table("areas").collect()["area"])
    points = [point for one in found.shapes if isinstance(one, Polygon) for ring in one.rings for point in ring]
    assert min(x for x, _ in points) >= 0
    assert max(x for x, _ in points) <= found.width
    assert max(y for _, y in points) <= found.height
    said = " ".join(one.plain for one in found.shapes if isinstance(one, Text))
    assert all(code in said for code in states)
