"""Shapes of a specification, checked against a small figure placed by hand, and against the real maps."""

import pytest

from dashboard import store
from dashboard.charts.medium import SLIDE
from dashboard.charts.render.model import drawing, paint
from dashboard.charts.render.shapes import Mark, Paint, Path, Stroke, TextShape, VectorDrawing
from dashboard.charts.render.subset import UnsupportedError
from dashboard.charts.state_map import NAMED
from dashboard.subjects.states import filters as states_filters
from dashboard.subjects.states.page_figures import MAP
from dashboard.views.figure import Values
from data.i18n import LANGUAGES, language

# A sheet of 200 by 100 pixels: a map of 10 by 10 kilometres in its left half, a key in its right half.
LAYOUT = {
    "width": 200,
    "height": 100,
    "xaxis": {"range": [0, 10], "domain": [0, 0.5], "visible": False},
    "yaxis": {"range": [0, 10], "domain": [0, 1], "scaleanchor": "x", "visible": False},
    "xaxis9": {"range": [0, 100], "domain": [0.5, 1], "visible": False},
    "yaxis9": {"range": [0, 100], "domain": [0, 1], "visible": False},
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
    base = {"type": "scatter", "xaxis": "x", "yaxis": "y"}
    return drawing({"data": [base | trace for trace in traces], "layout": layout}).shapes


def square(left, bottom, right, top):
    return {"x": [left, right, right, left, left], "y": [bottom, bottom, top, top, bottom]}


def land(**changed):
    line = {"color": "#8a949d", "width": 0.8}
    return {"mode": "lines", "fill": "toself", "fillcolor": "#f7f3e8", "line": line} | changed


def of(kind, shapes):
    return [shape for shape in shapes if isinstance(shape, kind)]


def areas(shapes):
    return [shape for shape in of(Path, shapes) if shape.fill]


def lines(shapes, layer="line"):
    return [shape for shape in of(Path, shapes) if not shape.fill and shape.layer == layer]


def test_a_point_is_where_plotly_puts_it():
    (polygon,) = [shape for shape in areas(drawn(land(**square(0, 0, 5, 10), name="BRA"))) if shape.layer == "area"]
    assert polygon.lines == (((0, 100), (50, 100), (50, 0), (0, 0), (0, 100)),)
    assert (polygon.name, polygon.fill) == ("BRA", Paint("#f7f3e8"))


def test_maps_keep_equal_units_and_shrink_to_the_upper_left():
    tall = {**LAYOUT, "yaxis": {"range": [0, 5], "domain": [0, 1], "scaleanchor": "x", "visible": False}}
    (polygon,) = areas(drawn(land(**square(0, 0, 10, 5), name="BRA"), layout=tall))[1:]
    assert {point for ring in polygon.lines for point in ring} == {(0, 50), (100, 50), (100, 0), (0, 0)}


def test_shapes_are_clipped_to_the_map():
    shapes = areas(drawn(land(**square(5, 5, 20, 20), name="ARG"), land(**square(11, 0, 12, 1), name="CHL")))
    (cut,) = [shape for shape in shapes if shape.layer == "area"]
    assert cut.name == "ARG"
    assert {point for ring in cut.lines for point in ring} == {(50.0, 50.0), (100.0, 50.0), (100.0, 0.0), (50.0, 0.0)}


def test_islands_are_rings_of_one_shape():
    one, other = square(0, 0, 1, 1), square(2, 2, 3, 3)
    both = {way: [*one[way], None, *other[way]] for way in "xy"}
    (polygon,) = areas(drawn(land(**both, name="BHS")))[1:]
    assert len(polygon.lines) == 2


def test_layers_follow_from_what_is_drawn_and_from_the_axes():
    shapes = areas(
        drawn(
            land(**square(0, 0, 1, 1)),
            land(**square(0, 0, 1, 1), name="A→B"),
            land(**square(0, 0, 1, 1), xaxis="x9", yaxis="y9"),
        ),
    )
    assert [(shape.layer, shape.name) for shape in shapes] == [
        ("ground", ""),
        ("area", ""),
        ("area", "A→B"),
        ("key", ""),
    ]


def test_pointer_targets_are_not_drawn():
    unseen = {"size": 16, "color": "rgba(0,0,0,0)", "line": {"width": 0}}
    assert not of(Mark, drawn({"mode": "markers", "x": [1], "y": [1], "marker": unseen}))


def test_lists_of_markers_are_read_one_by_one():
    marker = {
        "symbol": ["circle", "diamond"],
        "size": [9, 4],
        "color": "#ffffff",
        "opacity": 0.5,
        "line": {"width": 1, "color": ["#000000", "#111111"]},
    }
    first, second = of(Mark, drawn({"mode": "markers", "x": [1, 2], "y": [1, 2], "marker": marker}))
    assert (first.symbol, first.size, first.at) == ("circle", 9, (10, 90))
    assert (second.symbol, second.stroke.paint.color, second.fill.opacity) == ("diamond", "#111111", 0.5)


def test_words_keep_their_lines_and_their_weight():
    (text, note) = of(
        TextShape,
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
    assert (text.side, text.plain, text.layer) == ("left", "BRA 1.2\nx", "label")
    assert (note.layer, note.at, note.plain) == ("note", (0, 100), "a\nb")


@pytest.mark.parametrize(
    ("dash", "pixels"), [("solid", ()), ("dot", (3, 3)), ("dash", (9, 9)), ("7px,3px", (7, 3)), ("2px,3px", (2, 3))]
)
def test_lines_keep_their_dashes_as_plotly_draws_them(dash, pixels):
    line = {"color": "#5b6670", "width": 1.3, "dash": dash}
    (path,) = lines(drawn({"mode": "lines", "x": [0, 20], "y": [5, 5], "line": line}))
    assert path.lines == (((0.0, 50.0), (100.0, 50.0)),)
    assert path.stroke == Stroke(Paint("#5b6670"), 1.3, pixels)


def test_lines_and_marks_of_one_trace_are_both_drawn_and_gaps_stay_gaps():
    look = {"line": {"color": "#000000"}, "marker": {"color": "#111111"}, "mode": "lines+markers"}
    shapes = drawn(look | {"x": [0, 1, 2, 3, 4], "y": [1, 1, None, 2, 2]})
    (path,) = lines(shapes)
    assert [len(line) for line in path.lines] == [2, 2]
    assert len(of(Mark, shapes)) == 4


def test_marks_of_several_sizes_have_plotlys_default_opacity():
    trace = {"mode": "markers", "x": [1, 2], "y": [1, 1]}
    (first, _) = of(Mark, drawn(trace | {"marker": {"size": [4, 9], "color": "#000000"}}))
    (plain, _) = of(Mark, drawn(trace | {"marker": {"size": 4, "color": "#000000"}}))
    assert (first.fill.opacity, first.stroke.width, plain.fill.opacity, plain.stroke.width) == (0.7, 1, 1, 0)


@pytest.mark.parametrize(
    ("css", "color", "opacity"),
    [
        ("#c24e00", "#c24e00", 1.0),
        ("#c24e0080", "#c24e00", 128 / 255),
        ("rgba(255,255,255,.9)", "#ffffff", 0.9),
        ("rgba(0,0,0,0)", "#000000", 0.0),
    ],
)
def test_colors(css, color, opacity):
    assert (paint(css).color, paint(css).opacity) == (color, pytest.approx(opacity))


# A chart of three years on 100 by 100 pixels, from (20, 30) on.
CHART = {
    "width": 120,
    "height": 140,
    "xaxis": {"range": [2000.5, 2003.5], "domain": [1 / 6, 1], "dtick": 2, "tickformat": "d", "ticks": "outside"},
    "yaxis": {"range": [0, 10], "domain": [1 / 14, 11 / 14], "tickvals": [0, 5], "ticktext": ["none", "<b>five</b>"]},
}


def chart(*traces, **layout):
    return drawing({"data": list(traces), "layout": CHART | layout}).shapes


def test_axes_have_their_ticks_their_labels_and_their_grid():
    marker = {"type": "scatter", "x": [2002], "y": [5], "mode": "markers", "marker": {"color": "#000000"}}
    shapes = chart(marker, xaxis=CHART["xaxis"] | {"dtick": 1})
    labels = {shape.plain: shape for shape in of(TextShape, shapes)}
    assert set(labels) == {"2001", "2002", "2003", "none", "five"}
    (mark,) = of(Mark, shapes)
    assert mark.at == pytest.approx((70, 80))
    assert labels["2003"].at[0] - labels["2001"].at[0] == pytest.approx(200 / 3)
    assert labels["five"].at[1] == pytest.approx(mark.at[1])
    assert (labels["five"].side, labels["2001"].level) == ("left", "top")
    across, upwards = [shape.lines for shape in lines(shapes, "axis")][:2]
    assert [line[0][0] for line in across] == [labels[year].at[0] for year in ("2001", "2002", "2003")]
    assert [line[0][1] for line in upwards] == pytest.approx([130, 80])
    assert len(lines(shapes, "axis")) == 2 + 3


def test_labels_can_be_above_the_plot_and_vertical():
    axis = CHART["xaxis"] | {"side": "top", "tickangle": -90}
    marker = {"type": "scatter", "x": [2002], "y": [5], "mode": "markers", "marker": {"color": "#000000"}}
    (text,) = (label for label in of(TextShape, chart(marker, xaxis=axis)) if label.plain == "2002")
    assert text.at[1] < 30
    assert (text.angle, text.side) == (-90, "right")


def test_an_axis_of_figures_has_round_ones_in_full():
    shapes = chart(yaxis={"range": [0, 5200], "domain": CHART["yaxis"]["domain"], "nticks": 4})
    labels = [shape.plain for shape in of(TextShape, shapes) if shape.side == "left"]
    assert labels == ["0", "2,000", "4,000"]


@pytest.mark.parametrize(
    ("trace", "name"),
    [
        ({"type": "heatmap", "z": [[1]]}, r"data\[0\]\.type = 'heatmap'"),
        ({"type": "bar"}, r"data\[0\]\.type = 'bar'"),
        ({"error_y": {}}, r"data\[0\]\.error_y"),
        ({"mode": "markers", "marker": {"colorscale": "x", "color": "#000000"}}, r"data\[0\]\.marker\.colorscale"),
        ({"fill": "tozeroy"}, r"data\[0\]\.fill = 'tozeroy'"),
        ({"mode": "text", "textposition": "top left"}, r"data\[0\]\.textposition = 'top left'"),
        ({"mode": "markers", "marker": {}}, r"data\[0\]\.marker\.color is missing"),
        ({"mode": "lines", "line": {}}, r"data\[0\]\.line\.color is missing"),
        ({"mode": "lines", "line": {"color": "#000000", "dash": "dashdot"}}, r"data\[0\]\.line\.dash = 'dashdot'"),
        ({"x": ["a"], "mode": "lines"}, r"data\[0\]\.x holds words"),
    ],
)
def test_unsupported_traces_are_refused_by_name(trace, name):
    with pytest.raises(UnsupportedError, match=name):
        chart({"type": "scatter", "x": [1, 2], "y": [1, 2]} | trace)


@pytest.mark.parametrize(
    ("layout", "name"),
    [
        ({"polar": {}}, r"layout\.polar"),
        ({"showlegend": True}, r"layout\.showlegend = True"),
        ({"margin": {"l": 8}}, r"layout\.margin\.l = 8"),
        ({"yaxis": {"type": "log"}}, r"layout\.yaxis\.type = 'log'"),
        ({"shapes": [{"type": "circle"}]}, r"layout\.shapes\[0\]\.type = 'circle'"),
        ({"annotations": [{"text": "a", "showarrow": True}]}, r"layout\.annotations\[0\]\.showarrow = True"),
    ],
)
def test_unsupported_layout_properties_are_refused_by_name(layout, name):
    with pytest.raises(UnsupportedError, match=name):
        chart(**layout)


def map_on_slide(lang, year) -> VectorDrawing:
    shown = {spec.name: spec.default for spec in states_filters.REGION} | {"measure": "count", "year": year}
    return drawing(MAP.draw(Values.of(shown), lang, SLIDE).spec, SLIDE.across)


def test_every_state_of_the_region_map_is_inside_the_sheet():
    sheet = map_on_slide(language("en"), 2022)
    states = {shape.name for shape in areas(sheet.shapes) if shape.layer == "area" and shape.name}
    assert states == set(store.tables().table("areas").collect()["area"])
    points = [point for shape in areas(sheet.shapes) for ring in shape.lines for point in ring]
    assert min(x for x, _ in points) >= 0
    assert max(x for x, _ in points) <= sheet.width
    assert max(y for _, y in points) <= sheet.height
    # Only states with a figure are named, and of these the ten with the largest.
    text = " ".join(shape.plain for shape in sheet.shapes if isinstance(shape, TextShape))
    figures = store.tables().observations().filter(indicator="detected_victims", year=2022, sex="total", age="total")
    named = set(figures.filter(form="total").drop_nulls("low").collect()["area"])
    lang = language("en")
    printed = {code for code in states if code in text or lang.country(code) in text}
    assert printed < named
    assert len(printed) == NAMED
    assert {"USA", "BOL"} <= printed


INK = Paint("#000000")
EDGE = Stroke(INK, 1)
SEA = Path("ground", (((400.0, 40.0), (900.0, 40.0), (900.0, 300.0), (400.0, 300.0)),), EDGE, INK)
LINE = Path("line", (((0.0, 100.0), (5.0, 200.0)),), EDGE)
MARK = Mark("mark", (10.0, 310.0), "circle", 8, INK, EDGE)


def words(layer, x, y, lines=1):
    return TextShape(layer, (x, y), tuple(((f"line {n}", False),) for n in range(lines)), "right", 14, INK)


LABEL = words("label", 600, 56)
NOTE = words("note", 0, 640, lines=2)


def top(shape):
    if isinstance(shape, Path):
        return min(y for line in shape.lines for _, y in line)
    return shape.at[1] - (shape.size / 2 if isinstance(shape, Mark) else len(shape.lines) * shape.size * 0.65)


def bottom(shape):
    if isinstance(shape, Path):
        return max(y for line in shape.lines for _, y in line)
    return 2 * shape.at[1] - top(shape)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_caption_of_an_inset_is_above_its_frame(code):
    """In the map it would cover labels."""
    lang = language(code)
    shapes = map_on_slide(lang, states_filters.YEAR.default).trimmed().shapes
    title = lang.text("Central America and the Caribbean")
    (caption,) = (shape for shape in of(TextShape, shapes) if shape.plain == title)
    _, inset = (shape for shape in areas(shapes) if shape.layer == "ground")
    assert top(caption) >= -1
    assert bottom(caption) <= top(inset) + 2
    assert caption.at[0] == pytest.approx(inset.lines[0][0][0], abs=1)


def test_a_trimmed_sheet_begins_with_its_first_shape_and_ends_with_the_notes():
    trimmed = VectorDrawing(900, 660, (SEA, LABEL, LINE, MARK, NOTE)).trimmed()
    *others, note = trimmed.shapes
    assert len(trimmed.shapes) == 5
    # The outline of an area needs one pixel.
    assert min(map(top, others)) == 1
    lowest = max(map(bottom, others))
    assert lowest < note.at[1] - 2 * 14 < note.at[1] < trimmed.height < 660
    # The whole map moves by the same distance.
    assert {first.at[1] - second.at[1] for first, second in [(MARK, others[-1]), (LABEL, others[1])]} == {39.0}
    assert LINE.lines[0][0][1] - others[2].lines[0][0][1] == 39.0
