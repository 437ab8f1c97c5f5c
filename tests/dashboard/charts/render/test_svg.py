"""A drawing as SVG: every shape is there, text is unchanged, the four statuses of a number differ without colors."""

from xml.etree import ElementTree as ET

import pytest

from dashboard.charts.colors import COLORS, resolved
from dashboard.charts.look import STATES, look_of
from dashboard.charts.render.model import drawing
from dashboard.charts.render.shapes import Hatch, Mark, Paint, Path, Stroke, TextShape, VectorDrawing
from dashboard.charts.render.svg import SvgSheet, svg
from tests.dashboard.briefing.paper_samples import SNEAKY, spec

NAME = "{http://www.w3.org/2000/svg}"
INK, THIN = Paint("#0d1117"), Stroke(Paint("#5b6670"), 0.8)
SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))


def read(*shapes) -> ET.Element:
    return ET.fromstring(svg(VectorDrawing(100, 50, shapes)))  # noqa: S314 - our own


def test_the_sheet_has_its_size_and_every_shape_of_a_map():
    root = ET.fromstring(svg(drawing(spec(), 650)))  # noqa: S314 - our own
    assert root.get("viewBox") == "0 0 650 325"
    assert ["".join(text.itertext()) for text in root.iter(f"{NAME}text")] == [
        "AAA",
        SNEAKY,
        "As of today",
        "Boundaries",
    ]
    assert len(root.findall(f"{NAME}pattern")) == 1


def test_the_rings_of_an_area_are_one_path_and_an_inner_ring_is_a_hole():
    lake = tuple((x / 2 + 2, y / 2 + 2) for x, y in SQUARE)
    (path,) = read(Path("area", (SQUARE, lake), THIN, INK)).findall(f"{NAME}path")
    assert path.get("d").count("M") == path.get("d").count("Z") == 2
    assert path.get("fill-rule") == "evenodd"


@pytest.mark.parametrize("rank", range(5))
def test_the_statuses_of_a_number_differ_without_colors(rank):
    """Each has a fill of its own lightness, a hatch of its own form, or dashes; a true zero has a strong border too."""
    looks = {}
    for state in STATES:
        look = look_of(state, COLORS.ramp[rank])
        fill = resolved(look.fill, "light")
        hatch = look.hatch and Hatch(look.hatch["shape"], INK, look.hatch["size"], look.hatch["solidity"])
        line = Stroke(Paint(look.line[0]), look.line[1], (3.0, 2.0) if look.dash != "solid" else ())
        root = read(Path("area", (SQUARE,), line, Paint(fill), hatch))
        pattern = root.find(f"{NAME}pattern/{NAME}path")
        path = root.findall(f"{NAME}path")[-1]
        form = pattern.get("d") if pattern is not None else gray(path.get("fill"))
        looks[state] = ((form, path.get("stroke-dasharray")), path.get("stroke-width"))
    assert len({form for form, _ in looks.values()}) == len(STATES)
    assert float(looks["zero"][1]) > float(looks["exact"][1])


def gray(color: str) -> int:
    """The lightness of a color as a printer without colors has it, in sixteenths."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return round((0.299 * red + 0.587 * green + 0.114 * blue) / 16)


def test_each_hatch_is_defined_once():
    hatch = Hatch("/", INK, 7, 0.25)
    twice = [Path("area", (SQUARE,), THIN, Paint("#ffffff"), hatch)] * 2
    other = Path("area", (SQUARE,), THIN, Paint("#eeeeee"), hatch)
    root = read(*twice, other)
    assert [path.get("fill") for path in root.findall(f"{NAME}path")] == [
        *["url(#figure-hatch0)"] * 2,
        "url(#figure-hatch1)",
    ]


@pytest.mark.parametrize(
    ("symbol", "parts", "hollow"),
    [
        ("circle", 1, False),
        ("circle-open", 1, True),
        ("circle-open-dot", 2, True),
        ("circle-x-open", 3, True),
        ("diamond-cross-open", 3, True),
        ("square", 1, False),
        ("triangle-up", 1, False),
        ("triangle-down", 1, False),
        ("star", 1, False),
        ("hexagram", 1, False),
        ("cross", 1, False),
        ("x", 1, False),
        ("line-ew-open", 1, True),
    ],
)
def test_symbols_match_their_names(symbol, parts, hollow):
    paths = read(Mark("mark", (50, 25), symbol, 10, INK, THIN)).findall(f"{NAME}path")
    assert sum(path.get("d").count("M") for path in paths) == parts
    assert [path.get("class") for path in paths] == ["mark", None][: len(paths)]
    assert (paths[0].get("fill") == "none") is hollow
    assert (paths[0].get("stroke") == INK.color) is hollow


def test_lines_of_text_stack_beside_their_point_and_notes_above_it():
    lines = ((("AAA", True),), (("1", False), (" & 2", True)))
    halo = Paint("#ffffff", 0.9)
    root = read(
        TextShape("label", (50, 25), lines, "left", 10, INK, halo=halo),
        TextShape("note", (0, 50), lines, "right", 10, INK, "bottom"),
    )
    first, second, third, fourth = root.iter(f"{NAME}text")
    assert (first.get("text-anchor"), third.get("text-anchor")) == ("end", "start")
    # Two lines of 13 pixels each around 25; the last line of the note over 50.
    assert float(second.get("y")) - float(first.get("y")) == pytest.approx(13)
    assert float(first.get("y")) < 25 < float(second.get("y"))
    assert float(third.get("y")) < float(fourth.get("y")) < 50
    assert [part.get("font-weight") for part in second] == ["400", "700"]
    assert "".join(second.itertext()) == "1 & 2"
    # Text with a halo has it under the letters; notes have none.
    assert first.get("paint-order") == "stroke"
    assert third.get("paint-order") is None


def test_text_rotates_around_its_point():
    (text,) = read(TextShape("axis", (50, 25), ((("AAA", False),),), "center", 10, INK, angle=-90)).iter(f"{NAME}text")
    assert text.get("transform") == "rotate(-90 50 25)"


def test_lines_keep_their_gaps_and_dashes():
    lines = (((0, 0), (1, 1)), ((2, 2), (3, 3)))
    path = read(Path("line", lines, Stroke(INK, 1, (3.0, 1.5)))).find(f"{NAME}path")
    assert path.get("d") == "M0,0L1,1M2,2L3,3"
    assert path.get("stroke-dasharray") == "3,1.5"
    assert path.get("fill") == "none"


def test_a_drawing_has_a_title_a_description_and_unique_ids():
    hatched = Path("area", (SQUARE,), THIN, INK, Hatch("/", INK, 7, 0.25))
    root = ET.fromstring(svg(VectorDrawing(9, 9, (hatched,), "A & B", "Two."), prefix="first"))  # noqa: S314 - our own
    words = {element.get("id"): element.text for element in root if element.text}
    assert [words[name] for name in root.get("aria-labelledby").split()] == ["A & B", "Two."]
    assert root.get("role") == "img"
    assert all(element.get("id").startswith("first-") for element in root.iter() if element.get("id"))


def test_an_unknown_shape_is_refused():
    with pytest.raises(TypeError):
        SvgSheet(VectorDrawing(1, 1, ()), "serif", "figure").draw("circle")
