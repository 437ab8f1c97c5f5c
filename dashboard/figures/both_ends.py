"""An axis whose words stand at both ends of a tall chart."""

from collections.abc import Mapping
from typing import Any

from dashboard.figures.traces import Trace, marks


def both_ends(axis: Mapping[str, Any]) -> dict[str, Any]:
    """An axis for the words under the rows and the same over them, where a tall chart needs them twice."""
    return {
        "xaxis": {**axis, "side": "bottom"},
        "xaxis2": {**axis, "side": "top", "overlaying": "x", "anchor": "y", "showgrid": False},
    }


def ghost() -> Trace:
    """Without a trace of its own the axis over the rows would not be drawn."""
    return marks("2", [None], [None], {"size": 1}) | {"yaxis": "y"}
