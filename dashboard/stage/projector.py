"""Prepares a figure for a projector: it is drawn at half the size of the screen, and shown twice as large.

Letters of 14 pixels become 28; smaller ones are enlarged before.
"""

from collections.abc import Mapping
from typing import Any

from dashboard.charts.medium import TEXT


def legible(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The specification without letters smaller than `TEXT`.

    Args:
        spec: `data` and `layout` of a finished figure; not modified.
    """
    return {"data": _legible(spec["data"]), "layout": _legible(spec["layout"])}


def _legible(value: Any) -> Any:  # noqa: ANN401 - a specification is any nesting of lists and dicts
    """A copy with small fonts enlarged; values without fonts are not copied."""
    if isinstance(value, dict):
        return {key: _font(item) if key.endswith("font") else _legible(item) for key, item in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_legible(item) for item in value]
    return value


def _font(font: Any) -> Any:  # noqa: ANN401 - as above
    return font | {"size": max(font["size"], TEXT)} if isinstance(font, dict) and "size" in font else font
