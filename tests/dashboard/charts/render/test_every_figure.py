"""Each figure of the pages as SVG: well-formed, with every text and as many marks as its specification has.

Expected values are read from the specification by this file's own code, not by the code that draws it.
"""

import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from dashboard.catalog import figures
from dashboard.charts.render.model import drawing
from dashboard.charts.render.svg import svg
from dashboard.stage.drawn import drawn
from tests.dashboard.stage.test_wire import request_for

NAME = "{http://www.w3.org/2000/svg}"
EVIDENCE = ("counted", "stated")
READINGS = [
    *((name, {}) for name in figures()),
    *(("routes", {"picture": picture, "evidence": kind}) for picture in ("matrix", "order") for kind in EVIDENCE),
    # Its legs to and from a state of transit have symbols of their own.
    ("routes", {"picture": "matrix", "evidence": "stated", "arrows": 100}),
    *(("explore", {"reading": reading}) for reading in ("lines", "two_years", "heat")),
]
WIDTHS = {"wide": 1200, "narrow": 400}


def lines(text):
    """The lines of words that a text of the specification is drawn as."""
    return [line for line in re.sub(r"</?b>", "", str(text)).split("<br>") if line]


def texts(spec):
    """The lines of all labels, notes, titles and written ticks."""
    counted = Counter()
    for trace in spec["data"]:
        if "text" in trace.get("mode", ""):
            counted.update(line for text in trace["text"] for line in lines(text))
    layout = spec["layout"]
    counted.update(line for note in layout.get("annotations", []) for line in lines(note["text"]))
    for name, axis in layout.items():
        if "axis" in name and axis.get("visible", True):
            pairs = zip(axis.get("tickvals", []), axis.get("ticktext", []), strict=True)
            low, high = sorted(axis.get("range", [0, 0]))
            counted.update(line for value, text in pairs if low <= value <= high for line in lines(text))
    return counted


def one_of(value, place):
    return value[place] if isinstance(value, list) else value


def clear(color):
    return bool(re.fullmatch(r"rgba\(.*,\s*0(\.0*)?\)|#......00", color))


def marks(spec):
    """The number of visible marks: those with a color inside their axes."""
    count = 0
    for trace in spec["data"]:
        if "markers" not in trace.get("mode", ""):
            continue
        axes = [spec["layout"][trace[way][0] + "axis" + trace[way][1:]] for way in ("xaxis", "yaxis")]
        marker = trace["marker"]
        for place, point in enumerate(zip(trace["x"], trace["y"], strict=True)):
            if None in point or not one_of(marker.get("opacity", 1), place):
                continue
            edge = marker.get("line", {})
            outlined = one_of(edge.get("width", 0), place) and not clear(one_of(edge.get("color", "#000000"), place))
            inside = all(
                "range" not in axis or min(axis["range"]) <= value <= max(axis["range"])
                for axis, value in zip(axes, point, strict=True)
            )
            count += inside and bool(outlined or not clear(one_of(marker["color"], place)))
    return count


@pytest.mark.parametrize("dark", ["0", "1"], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize(("name", "changed"), READINGS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_figure_as_svg_has_every_text_and_every_mark(name, changed, width, dark):
    plate = drawn(request_for(name, "es", {"width": str(width), "dark": dark}, **changed))
    root = ET.fromstring(svg(drawing(plate.spec, width, title=plate.heading, alt=plate.alt)))  # noqa: S314 - our own
    assert root.get("viewBox") == f"0 0 {width} {plate.spec['layout']['height']}"
    assert root.find(f"{NAME}desc").text == plate.alt
    written = Counter("".join(text.itertext()) for text in root.iter(f"{NAME}text"))
    expected = texts(plate.spec)
    assert expected
    assert not expected - written
    # The other texts are the round figures of scales that Plotly chooses.
    assert all(re.fullmatch(r"[\d.,k]+", text) for text in written - expected)
    drawn_marks = [path for path in root.iter(f"{NAME}path") if path.get("class") == "mark"]
    assert len(drawn_marks) == marks(plate.spec)
    outlines = [path for path in root.iter(f"{NAME}path") if path.get("fill-rule") == "evenodd"]
    assert len(outlines) >= len(plate.spec["layout"].get("shapes", []))
    assert not [
        value for element in root.iter() for value in element.attrib.values() if "nan" in value or "inf" in value
    ]


def test_every_figure_of_the_pages_is_here():
    assert {name for name, _ in READINGS} == set(figures())
