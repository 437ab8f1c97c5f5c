from dashboard.charts.colors import COLORS
from dashboard.charts.medium import WALL
from dashboard.charts.panels import sheet
from dashboard.subjects.routes.figures.arrow_traces import Meaning
from dashboard.subjects.routes.figures.badges import by_area
from dashboard.subjects.routes.figures.map import entries
from dashboard.subjects.routes.figures.widths import Widths
from tests.dashboard.charts.map_samples import STATES, roles

LIGHT = COLORS
HELD = by_area(roles(("CHL", "transit", 2011), ("CHL", "origin", 2009), ("BRA", "internal", 2010)))


def test_the_key_explains_only_what_occurs(english):
    place = sheet(frozenset(STATES), WALL, notes=1)
    items = entries(Meaning([], HELD, "stated", Widths.on(place, "stated")), place, english)
    texts = [item.text for item in items if not item.heading]
    assert texts[0] == "1 statement"
    assert texts[1].endswith(" statements")
    assert texts[2:5] == ["Origin", "Transit", "Internal trafficking"]
    assert "Destination" not in texts
