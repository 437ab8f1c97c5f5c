"""Reads a figure as a reader does: its texts, what the pointer shows, and the heights of its marks by its own scale."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dashboard.catalog import figures
from dashboard.charts.medium import PHONE, WIDE
from dashboard.stage.drawn import drawn
from dashboard.stage.request import parse, query, shown
from dashboard.views.figure import Drawn

Spec = Mapping[str, Any]
LOOKS = {"desk": WIDE, "phone": PHONE}
NUMBER = re.compile(r"(?<![\w])\d[\d,]*(?:\.\d+)?(?:–\d[\d,]*)?")


class Text(NamedTuple):
    """A text with its place in the coordinates of its panel; `side` is Plotly's position, empty for the pointer's."""

    axis: str
    x: float
    y: float
    text: str
    side: str = ""


class Plot(NamedTuple):
    """A scale: its left edge, the heights of its 0 and of its last figure, and this figure."""

    left: float
    base: float
    top: float
    last: float

    @property
    def unit(self) -> float:
        """What one step of a coordinate stands for: no height is drawn finer."""
        return self.last / (self.base - self.top)

    def read(self, y: float) -> float:
        """The figure at a height."""
        return (self.base - y) * self.unit


def figure(name: str, look: str, **values: Any) -> Drawn:
    """A figure in English, in the light theme."""
    usual = {spec.name: spec.default for spec in figures()[name].filters}
    return drawn(parse(name, query(name, usual | values, "en") | shown(LOOKS[look])))


def numbers(text: str) -> tuple[str, ...]:
    """The numbers of a text, in their order, an interval as one."""
    plain = re.sub(r"<br>|\n", " ", text).replace("\\", "").replace("\u2060", "")
    return tuple(one.rstrip(",") for one in NUMBER.findall(plain))


def texts(spec: Spec) -> list[Text]:
    """The texts that are written into a figure, in the order of their traces."""
    found = []
    for trace in spec["data"]:
        if trace["mode"] == "text":
            sides = trace["textposition"]
            sides = [sides] * len(trace["x"]) if isinstance(sides, str) else sides
            places = zip(trace["x"], trace["y"], trace["text"], sides, strict=True)
            found += [Text(trace["xaxis"], *place) for place in places]
    return found


def pointed(spec: Spec) -> list[Text]:
    """What the pointer shows at each mark."""
    return [
        Text(trace["xaxis"], x, y, text)
        for trace in spec["data"]
        if "hovertext" in trace
        for x, y, text in zip(trace["x"], trace["y"], trace["hovertext"], strict=True)
        if x is not None
    ]


def notes(plate: Drawn) -> tuple[str, ...]:
    """The numbers above and below a figure."""
    every = [plate.heading, plate.source, *plate.notes]
    return tuple(number for text in every for number in numbers(text))


def bars_of_victims(plate: Drawn) -> dict[str, object]:
    """What the bars of victims by sex, age and form say: labels, hover texts, figures beside them, and words."""
    every = [one for one in texts(plate.spec) if one.axis == "x"]
    return {
        "labels": [one.text for one in every if one.side == "middle left"],
        "pointer": {one.text for one in pointed(plate.spec)},
        "beside": [*numbers(" ".join(one.text for one in every if one.side == "middle right"))],
        "words": (numbers(plate.description), notes(plate)),
    }


def plots(spec: Spec) -> list[Plot]:
    """The scales of a figure, each with its figures beside it from 0 on, evenly spaced."""
    scales: list[list[Text]] = []
    for one in texts(spec):
        if one.axis == "x" and one.side == "middle left":
            scales += [[]] * (one.text == "0")
            scales[-1] = [*scales[-1], one]
    return [_plot(scale) for scale in scales]


def _plot(scale: list[Text]) -> Plot:
    first, last = scale[0], scale[-1]
    # A scale of zeros alone has one figure.
    top = last.y if len(scale) > 1 else first.y - 1
    found = Plot(first.x, first.y, top, float(last.text.replace(",", "")))
    for one in scale:
        assert abs(found.read(one.y) - float(one.text.replace(",", ""))) <= found.unit, one
    return found


def plot_of(scales: list[Plot], x: float, y: float) -> int:
    """The number of the plot that has a mark."""
    inside = [number for number, one in enumerate(scales) if one.left <= x and y <= one.base + 1]
    return min(inside, key=lambda number: (scales[number].base, -scales[number].left))


def rectangles(spec: Spec) -> Iterator[tuple[str, float, float, float, float]]:
    """Each rectangle of the plots: color, pattern and dashes, left, right, and the lesser and the greater y."""
    for trace in spec["data"]:
        if trace.get("fill") == "toself" and trace["xaxis"] == "x" and "hoveron" not in trace:
            look = trace["fillcolor"] + trace.get("fillpattern", {}).get("shape", "")
            look += "dashed" * (trace["line"]["dash"] != "solid")
            for start in range(0, len(trace["x"]), 6):
                xs, ys = trace["x"][start : start + 5], trace["y"][start : start + 5]
                yield look, min(xs), max(xs), min(ys), max(ys)


def altered(spec: Spec) -> Iterator[tuple[str, Spec]]:
    """The figure with a digit before one of its numbers, once for each number of each text."""
    for place, trace in enumerate(spec["data"]):
        for part in ("text", "hovertext"):
            given = trace.get(part) or ()
            every = [given] if isinstance(given, str) else list(given)
            for rank, text in enumerate(every):
                if trace["x"][rank] is None and part == "hovertext":
                    # The gap behind a bar: no pointer gets there.
                    continue
                for match in NUMBER.finditer(text):
                    changed = f"{text[: match.start()]}7{text[match.start() :]}"
                    new = changed if isinstance(given, str) else [*every[:rank], changed, *every[rank + 1 :]]
                    data = [*spec["data"][:place], {**trace, part: new}, *spec["data"][place + 1 :]]
                    yield changed, {**spec, "data": data}
