"""Made-up routes and roles, and their map."""

from dashboard.charts.colors import COLORS
from dashboard.charts.medium import WALL
from dashboard.subjects.routes.figures.map import routes_map
from tests.dashboard.charts.map_samples import arrow, arrows, outside, roles

LIGHT = COLORS
ROWS = (
    arrow("MEX", "USA", 900),
    arrow("COL", "COL", 400),
    arrow("COL", "ESP", 300),
    arrow("CHN", "ARG", 40),
    arrow("HND", "GTM", 30),
    arrow("BWA", "USA", 213, questioned=True),
    arrow("HTI", "BHS", 1, 4),
)
ROLES = roles(("COL", "origin", 2011), ("MEX", "transit", 2010))
PLACES = outside(ESP=(-3.7, 40.4), CHN=(104.0, 35.0), BWA=(24.0, -22.0))


def spec(basemap, lang, rows=ROWS, **options):
    given = {"evidence": "counted", "points": PLACES, "title": "T", "notes": ["As of today"], "medium": WALL}
    return routes_map(arrows(*rows), ROLES, basemap, lang, **given | options)


def drawn(spec, axis="x"):
    return [t["name"] for t in spec["data"] if "→" in t.get("name", "") and t["xaxis"] == axis]


def printed(spec):
    return [text for trace in spec["data"] if trace["mode"] == "text" for text in trace["text"]]
