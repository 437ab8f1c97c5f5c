"""Prepares a figure for a projector: larger letters; its title and the notes at its foot as text outside of it.

The figure is drawn at half the size of the screen and shown twice as large: letters of 14 pixels become 28.
"""

from collections.abc import Mapping
from typing import Any

from dashboard.charts.layout import TITLED
from dashboard.charts.medium import TEXT


def staged(spec: Mapping[str, Any]) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    """The specification without title, notes and letters smaller than `TEXT`; its title; and the notes, by line.

    Args:
        spec: `data` and `layout` of a finished figure; not modified.
    """
    annotations = spec["layout"].get("annotations", [])
    notes, titles = ([one for one in annotations if test(one)] for test in (_is_note, _is_title))
    layout = spec["layout"] | {"annotations": [one for one in annotations if one not in notes + titles]}
    enlarged = {"data": _legible(spec["data"]), "layout": _legible(layout)}
    title = "".join(one["text"] for one in titles).removeprefix("<b>").removesuffix("</b>").replace("<br>", " ")
    return enlarged, title, tuple(line for note in notes for line in note["text"].split("<br>"))


def _is_title(note: Mapping[str, Any]) -> bool:
    return note.get("name") == TITLED


def _is_note(note: Mapping[str, Any]) -> bool:
    """Whether an annotation is the notes at the lower left corner (`dashboard.charts.key.foot`)."""
    return (note.get("yref"), note.get("y"), note.get("yanchor")) == ("paper", 0, "bottom")


def _legible(value: Any) -> Any:  # noqa: ANN401 - a specification is any nesting of lists and dicts
    """A copy with small fonts enlarged; values without fonts are not copied."""
    if isinstance(value, dict):
        return {key: _font(item) if key.endswith("font") else _legible(item) for key, item in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_legible(item) for item in value]
    return value


def _font(font: Any) -> Any:  # noqa: ANN401 - as above
    return font | {"size": max(font["size"], TEXT)} if isinstance(font, dict) and "size" in font else font
