"""A drawing inside a web page: the colors of both themes, its links, and lines that lose nothing that can be seen."""

import re
from xml.etree import ElementTree as ET

import pytest
import shapely

from dashboard.charts.colors import COLORS, NAME, THEMES
from dashboard.charts.render.inline import STEPS, Looks, inline
from dashboard.charts.render.model import drawing, paint
from dashboard.charts.render.shapes import Hatch, Mark, Paint, Path, Stroke, TextShape, VectorDrawing
from dashboard.stage.drawn import drawn, uncolored
from tests.dashboard.stage.test_wire import request_for

INK, PALE = Paint("#0d1117"), Paint("#f2f5f8", 0.9)
THIN = Stroke(Paint("#5b6670"), 0.8)
SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0))
FIRST = ("region", "routes", "region_change", "victims")


def read(*shapes, link=str):
    """The `svg` element of some shapes, and the style sheet of its looks."""
    looks, whole = Looks(), VectorDrawing(100, 50, shapes, alt="A & B")
    return ET.fromstring(inline(whole, looks, link, kind="desk")), looks.sheet  # noqa: S314 - our own


def points(path):
    """The points of the first line of path data in steps, read by rules of SVG."""
    start, _, steps = path.removeprefix("M").removesuffix("Z").partition("l")
    numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", steps)]
    found = [tuple(float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", start))]
    for x, y in zip(numbers[::2], numbers[1::2], strict=True):
        found.append((found[-1][0] + x, found[-1][1] + y))
    return found


def test_a_color_is_named_and_a_style_sheet_has_it_in_both_themes():
    root, sheet = read(Path("area", (SQUARE,), THIN, paint(f"{COLORS.arrows['counted']}e6")))
    (path,) = root.iter("path")
    (rule,) = re.findall(rf"\.{path.get('class')}\{{(.*?)\}}", sheet)
    assert "fill:var(--figure-counted);fill-opacity:0.9" in rule
    light, dark = (THEMES[theme].arrows["counted"] for theme in ("light", "dark"))
    # A browser that knows only one theme takes the light one.
    assert f"--figure-counted:{light};" in sheet.partition("@supports")[0]
    assert f"--figure-counted:light-dark({light},{dark});" in sheet.partition("@supports")[2]


@pytest.mark.parametrize("name", FIRST)
@pytest.mark.parametrize("width", ["640", "960", "1680"])
def test_a_figure_has_no_color_without_a_name(name, width):
    """Apart from the badges of roles, which are the same in both themes."""
    spec = uncolored(request_for(name, look={"width": width, "dark": "0"})).spec
    shapes = drawing(spec, float(width), targets=True, theme=None).shapes
    colors = {shape.paint.color for shape in shapes if isinstance(shape, TextShape)}
    colors |= {shape.fill.color for shape in shapes if isinstance(shape, Path) and shape.fill and shape.fill.opacity}
    assert colors
    assert all(NAME.fullmatch(color) for color in colors)


def test_what_opens_the_same_is_one_link_named_by_what_it_says():
    area = Path("area", (SQUARE,), THIN, INK, alt="Haiti; 12", opens="HTI")
    target = Mark("target", (50.0, 25.0), "circle", 44, INK, THIN, "Haiti; 12", "HTI")
    nothing = Path("area", (SQUARE,), THIN, INK, alt="Sea", opens="SEA")
    root, _ = read(area, target, nothing, link=lambda mark: f"./country?a=1&area={mark}" if mark == "HTI" else "")
    (link,) = root.iter("a")
    assert link.get("href") == "./country?a=1&area=HTI"
    assert link.findtext("title") == "Haiti; 12"
    use, circle = link.find("use"), link.find("circle")
    assert use.get("href").removeprefix("#") in {path.get("id") for path in root.iter("path")}
    assert (circle.get("cx"), circle.get("cy"), circle.get("r")) == ("50.0", "25.0", "22.0")
    # The invisible mark is not drawn, and the picture has no links inside.
    (picture,) = (group for group in root if group.get("role") == "img")
    assert picture.get("aria-label") == "A & B"
    assert len(list(picture.iter("path"))) == 2
    assert not list(picture.iter("a"))


@pytest.mark.parametrize(("many", "stepped"), [(STEPS, True), (STEPS + 1, False)])
def test_the_keys_step_through_few_links_and_past_many(many, stepped):
    marks = (Mark("target", (50.0, 25.0), "circle", 4, INK, THIN, f"Mark {n}", f"M.{n}") for n in range(many))
    root, _ = read(*marks)
    links = list(root.iter("a"))
    assert len(links) == many
    assert {link.get("tabindex") for link in links} == {None if stepped else "-1"}
    # For a pointer and for a screen reader each is a link with its name.
    assert all(link.get("href") and link.findtext("title") and not link.get("aria-hidden") for link in links)


def test_words_from_outside_are_escaped():
    text = TextShape("label", (1, 1), ((('<b onload="x">', False),),), "right", 12, INK)
    root, _ = read(text, link=lambda _: "")
    assert "".join(root.find("g/text").itertext()) == '<b onload="x">'


def test_a_line_stays_within_half_a_pixel():
    spec = drawn(request_for("region")).spec
    looks, whole = Looks(), drawing(spec, 1680.0)
    outlines = [shape for shape in whole.shapes if isinstance(shape, Path) and shape.fill and len(shape.lines) == 1]
    assert len(outlines) > 20
    for shape in outlines:
        root = ET.fromstring(inline(VectorDrawing(1680, 760, (shape,)), looks, str, kind="wall"))  # noqa: S314 - our own
        path = next(path for path in root.iter("path") if path.get("d").endswith("Z"))
        before, after = shapely.LineString(shape.lines[0]), shapely.LineString(points(path.get("d")))
        assert before.hausdorff_distance(after) < 0.5


def test_an_islet_is_not_lost():
    islet = tuple((x / 50 + 30, y / 50 + 30) for x, y in SQUARE)
    root, _ = read(Path("area", (islet,), THIN, INK), link=str)
    assert len(set(points(next(root.iter("path")).get("d")))) >= 3


def test_a_hatch_has_named_colors():
    ink, ground = (Paint(name) for name in (COLORS.hatch, COLORS.surface))
    root, sheet = read(Path("area", (SQUARE,), THIN, ground, Hatch("/", ink, 7, 0.25)))
    (line,) = root.iter("pattern")
    assert f"stroke:{COLORS.hatch}" in sheet
    assert line.get("id").startswith("desk-")
