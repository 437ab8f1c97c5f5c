"""A made-up year of the region, and its map."""

from dashboard.charts.colors import COLORS, INVISIBLE
from dashboard.charts.medium import WALL
from dashboard.subjects.states.figures.region_map import region_map
from tests.dashboard.charts.map_samples import STATES, figure, region

LIGHT = COLORS
FRAME = region(
    figure("ARG", 100.0, 100.0),
    figure("BRA", 400.0, 400.0),
    figure("CHL", 0.0, 0.0),
    figure("USA", 0.0, 4.0, "masked"),
    figure("PER", None, None, "conflicting"),
    figure("JAM", 400.0, 400.0),
)
BREAKS = [1.0, 200.0]


def spec(basemap, english, measure="rate", **options):
    breaks = BREAKS if measure == "rate" else None
    given = {"indicator": "detected_victims", "breaks": breaks, "largest": 400.0, "medium": WALL}
    return region_map(FRAME, basemap, english, **given | options)


def lands(spec, axis="x"):
    return {t["name"]: t for t in spec["data"] if t.get("name") in STATES and t["xaxis"] == axis}


def printed(spec):
    return [text for trace in spec["data"] if trace["mode"] == "text" for text in trace["text"]]


def symbols_and_targets(drawn):
    """On each panel: the trace of circles and the trace of invisible targets."""
    for axis in ("x", "x2"):
        marks = [t for t in drawn["data"] if t["mode"] == "markers" and t["xaxis"] == axis]
        # The names of neutral and disputed areas are also invisible marks, but cannot be chosen.
        visible = [t for t in marks if t["marker"]["color"] != INVISIBLE]
        yield visible[0], next(t for t in marks if "customdata" in t)
