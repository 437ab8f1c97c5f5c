"""The scale of the maps of a figure, from its layout alone."""

from typing import Any

from dashboard.charts.medium import SLIDE

Spec = dict[str, Any]


def panels(spec: Spec) -> list[str]:
    """The axes of the maps, without those of the key and of what stands beside a map."""
    return [name[5:] for name in spec["layout"] if name.startswith("xaxis") and name not in {"xaxis8", "xaxis9"}]


def scale(spec: Spec, axis: str) -> float:
    """Kilometers in a pixel."""
    y_axis = spec["layout"][f"yaxis{axis}"]
    pixels = (y_axis["domain"][1] - y_axis["domain"][0]) * spec["layout"]["height"]
    return (y_axis["range"][1] - y_axis["range"][0]) / pixels


def scale_of_slide(spec: Spec, axis: str) -> float:
    """As `scale`, where a map may be as wide as its panel and lower."""
    x_axis = spec["layout"][f"xaxis{axis}"]
    pixels = (x_axis["domain"][1] - x_axis["domain"][0]) * SLIDE.across
    return max((x_axis["range"][1] - x_axis["range"][0]) / pixels, scale(spec, axis))
