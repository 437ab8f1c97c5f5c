"""A map on paper: nothing of it lost, the empty strips gone, the caption out of the map."""

import pytest

from dashboard import choices
from dashboard.briefing import maps, subject
from dashboard.briefing.fitted import bottom, fitted, top
from dashboard.briefing.shapes import Drawing, Line, Marker, Paint, Polygon, Stroke, Text, drawing
from data.i18n import LANGUAGES, language

INK = Paint("#000000")
EDGE = Stroke(INK, 1)
SEA = Polygon("sea", (((400.0, 40.0), (900.0, 40.0), (900.0, 300.0), (400.0, 300.0)),), INK, EDGE)
LINE = Line("line", (((0.0, 100.0), (5.0, 200.0)),), EDGE)
MARK = Marker("mark", (10.0, 310.0), "circle", 8, INK, EDGE)


def words(layer, x, y, lines=1):
    return Text(layer, (x, y), tuple(((f"line {n}", False),) for n in range(lines)), "right", 14, INK)


LABEL = words("word", 600, 56)
NOTE = words("note", 0, 640, lines=2)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_caption_of_an_enlargement_stands_over_its_frame(code):
    """In the map it would cover labels."""
    lang = language(code)
    part = maps.region(lang, choices.covered_year(maps.VICTIMS), subject.PAPER)
    held = fitted(drawing(part.picture.spec))
    said = lang.text("Central America and the Caribbean")
    (caption,) = (one for one in held.shapes if isinstance(one, Text) and one.plain == said)
    _, inset = (one for one in held.shapes if isinstance(one, Polygon) and one.layer == "sea")
    assert top(caption) >= -1
    assert bottom(caption) <= top(inset) + 2
    assert caption.at[0] == pytest.approx(inset.rings[0][0][0], abs=1)


def test_the_sheet_begins_with_its_first_shape_and_ends_with_the_notes():
    held = fitted(Drawing(900, 660, (SEA, LABEL, LINE, MARK, NOTE)))
    *drawn, note = held.shapes
    assert len(held.shapes) == 5
    assert min(map(top, drawn)) == 0
    lowest = max(map(bottom, drawn))
    assert lowest < note.at[1] - 2 * 14 < note.at[1] < held.height < 660
    # All of the map is moved by the same way.
    assert {first.at[1] - second.at[1] for first, second in [(MARK, drawn[-1]), (LABEL, drawn[1])]} == {39.0}
    assert LINE.parts[0][0][1] - drawn[2].parts[0][0][1] == 39.0
