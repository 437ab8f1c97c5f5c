"""A drawing as SVG: every shape there, words as they are, four states of a number that differ without colours."""

from xml.etree import ElementTree as ET

import pytest

from dashboard.briefing import svg
from dashboard.briefing.shapes import Drawing, Hatch, Line, Marker, Paint, Polygon, Stroke, Text, drawing
from dashboard.figures.looks import STATES, look_of
from dashboard.figures.palette import PALETTES
from tests.dashboard.briefing.paper_samples import SNEAKY, spec

NAME = "{http://www.w3.org/2000/svg}"
INK, THIN = Paint("#0d1117"), Stroke(Paint("#5b6670"), 0.8)
SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))


def read(*shapes) -> ET.Element:
    return ET.fromstring(svg.picture(Drawing(100, 50, shapes)))  # noqa: S314 - our own


def test_the_sheet_has_its_size_and_every_shape_of_a_map():
    held = ET.fromstring(svg.picture(drawing(spec())))  # noqa: S314 - our own
    assert held.get("viewBox") == "0 0 900 450"
    assert ["".join(one.itertext()) for one in held.iter(f"{NAME}text")] == ["AAA", SNEAKY, "As of today", "Boundaries"]
    assert len(held.findall(f"{NAME}pattern")) == 1


def test_rings_of_one_land_are_one_path_and_a_ring_inside_is_a_hole():
    lake = tuple((x / 2 + 2, y / 2 + 2) for x, y in SQUARE)
    (path,) = read(Polygon("land", (SQUARE, lake), INK, THIN)).findall(f"{NAME}path")
    assert path.get("d").count("M") == path.get("d").count("Z") == 2
    assert path.get("fill-rule") == "evenodd"


def test_the_states_of_a_number_differ_without_colours():
    """Each has a fill of its own lightness or a hatch of its own form; a true zero has a strong border as well."""
    palette, seen = PALETTES["light"], {}
    for state in STATES:
        look = look_of(state, palette.ramp[2], palette)
        hatch = look.hatch and Hatch(look.hatch["shape"], INK, look.hatch["size"], look.hatch["solidity"])
        line = Stroke(Paint(look.line[0]), look.line[1])
        held = read(Polygon("state", (SQUARE,), Paint(look.fill), line, hatch))
        pattern = held.find(f"{NAME}pattern/{NAME}path")
        path = held.findall(f"{NAME}path")[-1]
        form = pattern.get("d") if pattern is not None else grey(path.get("fill"))
        seen[state] = (form, path.get("stroke-width"))
    assert len({form for form, _ in seen.values()}) == len(STATES)
    assert float(seen["zero"][1]) > float(seen["exact"][1])


def grey(colour: str) -> int:
    """The lightness of a colour as a printer without colours has it, in sixteenths."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return round((0.299 * red + 0.587 * green + 0.114 * blue) / 16)


def test_a_hatch_is_made_once_for_each_look():
    hatch = Hatch("/", INK, 7, 0.25)
    twice = [Polygon("state", (SQUARE,), Paint("#ffffff"), THIN, hatch)] * 2
    other = Polygon("state", (SQUARE,), Paint("#eeeeee"), THIN, hatch)
    held = read(*twice, other)
    assert [one.get("fill") for one in held.findall(f"{NAME}path")] == ["url(#hatch0)", "url(#hatch0)", "url(#hatch1)"]


@pytest.mark.parametrize(
    ("symbol", "paths", "hollow"),
    [
        ("circle", 1, False),
        ("circle-open", 1, True),
        ("circle-open-dot", 2, True),
        ("circle-x-open", 3, True),
        ("diamond-cross-open", 3, True),
        ("square", 1, False),
        ("triangle-up", 1, False),
        ("line-ew-open", 1, True),
    ],
)
def test_symbols_are_drawn_as_they_are_called(symbol, paths, hollow):
    held = read(Marker("mark", (50, 25), symbol, 10, INK, THIN)).findall(f"{NAME}path")
    assert len(held) == paths
    assert (held[0].get("fill") == "none") is hollow
    assert (held[0].get("stroke") == INK.colour) is hollow


def test_words_stand_beside_their_point_line_under_line_and_a_note_over_it():
    lines = ((("AAA", True),), (("1", False), (" & 2", True)))
    held = read(Text("word", (50, 25), lines, "left", 10, INK), Text("note", (0, 50), lines, "right", 10, INK))
    first, second, third, fourth = held.iter(f"{NAME}text")
    assert (first.get("text-anchor"), third.get("text-anchor")) == ("end", "start")
    # Two lines of 13 pixels each around 25; the last line of the note over 50.
    assert float(second.get("y")) - float(first.get("y")) == pytest.approx(13)
    assert float(first.get("y")) < 25 < float(second.get("y"))
    assert float(third.get("y")) < float(fourth.get("y")) < 50
    assert [part.get("font-weight") for part in second] == ["500", "700"]
    assert "".join(second.itertext()) == "1 & 2"
    # Words on a map have a glow, notes under it none.
    assert first.get("paint-order") == "stroke"
    assert third.get("paint-order") is None


def test_lines_keep_their_gaps_and_dashes():
    held = read(Line("line", (((0, 0), (1, 1)), ((2, 2), (3, 3))), Stroke(INK, 1, "dot"))).find(f"{NAME}path")
    assert held.get("d") == "M0,0L1,1M2,2L3,3"
    assert held.get("stroke-dasharray")
    assert held.get("fill") == "none"


def test_what_is_no_shape_is_refused():
    with pytest.raises(TypeError):
        svg.Sheet(1, 1).draw("circle")
