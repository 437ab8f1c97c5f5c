"""A drawing as shapes of a slide, read back with python-pptx."""

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml import parse_xml

from dashboard.charts.render.shapes import Hatch, Mark, Paint, Path, Stroke, TextShape, VectorDrawing
from dashboard.charts.render.slide import EMU, Box, Names, group

INK, THIN = Paint("#0d1117"), Stroke(Paint("#5b6670"), 2)
SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
NAMES = Names(lambda shape: shape.layer, lambda shape: f"a {shape.layer}", "pt-BR")


def put(*shapes, box=Box(10, 20, 200, 100)):  # noqa: B008 - it never changes
    """The group of a drawing of 100 by 100 pixels."""
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    drawing = VectorDrawing(100, 100, shapes, "A & B", "Two sentences.")
    slide.shapes.element.append(parse_xml(group(drawing, box, NAMES, 100)))
    return slide.shapes[-1]


def points(shape):
    return tuple(round(value / EMU, 2) for value in (shape.left, shape.top, shape.width, shape.height))


def test_the_drawing_fills_its_box_and_has_an_alternative_text():
    made = put(Path("area", (SQUARE,), THIN, INK, alt="Brazil: 3"))
    assert (made.name, made.element.find(".//{*}cNvPr").get("descr")) == ("A & B", "Two sentences.")
    # One pixel is one point; the drawing stands in the middle.
    assert points(made) == (60, 20, 100, 100)
    (inner,) = made.shapes
    (shape,) = inner.shapes
    assert (inner.name, shape.name) == ("area", "a area")
    assert points(shape) == (60, 20, 10, 10)
    assert shape.shape_type == MSO_SHAPE_TYPE.FREEFORM
    assert shape.element.find(".//{*}cNvPr").get("descr") == "Brazil: 3"
    assert str(shape.fill.fore_color.rgb) == "0D1117"
    assert shape.line.width.pt == 2


def test_neighbors_of_one_name_are_a_group_and_numbers_are_unique():
    path, mark = Path("area", (SQUARE,), THIN, INK), Mark("mark", (5, 5), "circle", 4, INK, THIN)
    made = put(path, path, mark, path)
    assert [(inner.name, len(inner.shapes)) for inner in made.shapes] == [("area", 2), ("mark", 1), ("area", 1)]
    numbers = [int(element.get("id")) for element in made.element.iter("{*}cNvPr")]
    assert sorted(numbers) == numbers == list(dict.fromkeys(numbers))
    assert min(numbers) == 100


def test_rings_are_closed_and_lines_are_open():
    lake = tuple((x / 2 + 2, y / 2 + 2) for x, y in SQUARE)
    land, line = Path("area", (SQUARE, lake), THIN, INK), Path("line", (SQUARE[:2], SQUARE[2:]), THIN)
    first, second = (inner.shapes[0].element for inner in put(land, line).shapes)
    assert [len(list(first.iter("{*}" + tag))) for tag in ("moveTo", "close")] == [2, 2]
    assert [len(list(second.iter("{*}" + tag))) for tag in ("moveTo", "close")] == [2, 0]


@pytest.mark.parametrize(
    ("shape", "preset"), [("/", "wdUpDiag"), ("\\", "wdDnDiag"), ("x", "diagCross"), (".", "dotGrid"), ("-", "ltHorz")]
)
def test_hatches_are_patterns(shape, preset):
    made = put(Path("area", (SQUARE,), THIN, Paint("#ffffff"), Hatch(shape, INK, 7, 0.25)))
    assert made.element.find(".//{*}pattFill").get("prst") == preset


@pytest.mark.parametrize(
    ("dash", "name"),
    [((), None), ((3.0, 3.0), "sysDot"), ((9.0, 9.0), "dash"), ((7.0, 3.0), "dash"), ((2.0, 3.0), "sysDot")],
)
def test_lines_keep_their_dashes_and_transparent_lines_are_not_drawn(dash, name):
    made = put(Path("line", (SQUARE,), Stroke(Paint("#000000", 0.5), 2, dash)))
    element = made.element.find(".//{*}prstDash")
    assert (element is not None and element.get("val")) == (name or False)
    assert made.element.find(".//{*}alpha").get("val") == "50000"
    clear = put(Path("line", (SQUARE,), Stroke(Paint("#000000", 0.0), 2)))
    assert clear.element.find(".//{*}ln/{*}noFill") is not None


@pytest.mark.parametrize(
    ("symbol", "parts", "preset"),
    [
        ("circle", 1, "ellipse"),
        ("square", 1, "rect"),
        ("diamond", 1, "diamond"),
        ("circle-open-dot", 2, "ellipse"),
        ("circle-x-open", 1, "flowChartSummingJunction"),
        ("diamond-cross-open", 1, "flowChartSort"),
        ("pentagon", 1, None),
        ("star", 1, None),
        ("line-ew-open", 1, None),
    ],
)
def test_symbols_are_shapes_around_their_middle(symbol, parts, preset):
    (inner,) = put(Mark("mark", (50, 50), symbol, 10, INK, Stroke(INK, 1))).shapes
    assert len(inner.shapes) == parts
    first = inner.shapes[0]
    geometry = first.element.find(".//{*}prstGeom")
    assert (geometry is not None and geometry.get("prst")) == (preset or False)
    left, top, wide, tall = points(first)
    assert left + wide / 2 == pytest.approx(110, abs=0.01)
    if symbol not in {"star", "pentagon"}:
        assert top + tall / 2 == pytest.approx(70, abs=0.01)
    open_symbol = "-open" in symbol
    assert (first.element.find("{*}spPr/{*}noFill") is not None) is open_symbol


def test_text_is_placed_beside_its_point_and_has_its_language():
    lines = ((("AAA", True), (" & b", False)), (("c", False),))
    texts = [
        TextShape("label", (50, 50), lines, side, 10, INK, level)
        for side, level in (("right", "top"), ("left", "bottom"), ("center", "middle"))
    ]
    first, second, third = (shape for inner in put(*texts).shapes for shape in inner.shapes)
    assert first.text_frame.text == "AAA & b\nc"
    assert points(first)[:2] == (110, 70)
    left, top, wide, tall = points(second)
    assert (left + wide, top + tall) == pytest.approx((110, 70), abs=0.02)
    left, top, wide, tall = points(third)
    assert (left + wide / 2, top + tall / 2) == pytest.approx((110, 70), abs=0.02)
    assert {run.get("lang") for run in first.element.iter("{*}rPr")} == {"pt-BR"}
    assert [run.get("b") for run in first.element.iter("{*}rPr")] == ["1", "0", "0"]


def test_text_can_be_rotated_and_have_a_halo():
    text = TextShape("axis", (50, 50), ((("AAA", False),),), "right", 10, INK, angle=-90, halo=Paint("#ffffff", 0.9))
    ((shape,),) = (inner.shapes for inner in put(text).shapes)
    assert shape.rotation == 270
    # It begins at its point and goes up: the middle of its box is over the point.
    left, top, wide, tall = points(shape)
    assert left + wide / 2 == pytest.approx(110, abs=0.02)
    assert top + tall / 2 == pytest.approx(70 - wide / 2, abs=0.02)
    assert shape.element.find(".//{*}glow/{*}srgbClr").get("val") == "ffffff"


def test_shapes_without_text_are_decorative():
    shapes = [Path("line", (SQUARE,), THIN), TextShape("note", (0, 0), ((("a note", False),),), "right", 9, INK)]
    line, note = (inner.shapes[0].element for inner in put(*shapes).shapes)
    assert line.find(".//{*}decorative").get("val") == "1"
    assert note.find(".//{*}decorative") is None
    assert note.find(".//{*}cNvPr").get("descr") == "a note"
