"""A figure for the stage: what stands under it is taken out, so that it can be set in lines of the room's own size.

Drawn at half the size of a projector's screen and shown twice as large, letters of 14 pixels are 28 there. Pure.
"""

from collections.abc import Mapping
from typing import Any

# The smallest letters of a figure, in its own pixels.
LEAST = 14


def staged(spec: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The specification without the notes at its foot, no letter under `LEAST`; and the notes, one a line.

    Args:
        spec: a finished figure's `data` and `layout`; it is not changed.
    """
    held = spec["layout"].get("annotations", [])
    feet = [one for one in held if _foot(one)]
    layout = spec["layout"] | {"annotations": [one for one in held if not _foot(one)]}
    large = {"data": _legible(spec["data"]), "layout": _legible(layout)}
    return large, tuple(line for one in feet for line in one["text"].split("<br>"))


def _foot(note: Mapping[str, Any]) -> bool:
    """Whether an annotation is the one at the lower left corner (`dashboard.charts.key.foot`)."""
    return (note.get("yref"), note.get("y"), note.get("yanchor")) == ("paper", 0, "bottom")


def _legible(value: Any) -> Any:  # noqa: ANN401 - a specification is any nesting of lists and dicts
    """The same with larger letters where they are small; what holds no letters is the same object as before."""
    if isinstance(value, dict):
        return {key: _font(told) if key.endswith("font") else _legible(told) for key, told in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_legible(one) for one in value]
    return value


def _font(font: Any) -> Any:  # noqa: ANN401 - as above
    return font | {"size": max(font["size"], LEAST)} if isinstance(font, dict) and "size" in font else font
