"""Made-up arrows and the panels they are drawn on, for the tests of the route map."""

from dashboard.charts.colors import COLORS
from dashboard.charts.medium import WALL
from dashboard.charts.panels import REGION, sheet
from dashboard.subjects.routes.figures.arrow_layout import ArrowLayout
from dashboard.subjects.routes.figures.arrows import arrow
from dashboard.subjects.routes.figures.widths import Widths
from tests.dashboard.charts import map_samples
from tests.dashboard.charts.map_samples import STATES

LIGHT = COLORS
MAIN, INSET = sheet(frozenset(STATES), WALL, notes=1).panels
NODES = {"MEX": (-2200.0, 1800.0), "USA": (-1700.0, 3500.0), "HND": (-770.0, 750.0), "GTM": (-1100.0, 790.0)}
NODES |= {"CHN": (-3000.0, -1000.0), "ESP": (5300.0, 3500.0), "PER": (800.0, -2300.0), "ARG": (1600.0, -4200.0)}


def row(*ends, **changed):
    return arrow(map_samples.arrow(*ends, **changed))


def canvas(panel=MAIN, rings=None):
    states, wide = frozenset(STATES), Widths("counted", REGION.width / MAIN.scale)
    return ArrowLayout(panel, NODES, wide, WALL, rings or {}, states, frozenset({"CHN", "ESP"}))
