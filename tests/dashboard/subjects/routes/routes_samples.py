"""Made-up routes. The figures mean nothing."""

from dashboard.subjects.routes.figures.arrows import arrow as of_row
from tests.dashboard.charts.map_samples import arrow

ROWS = (
    arrow("MEX", "USA", 900),
    arrow("COL", "COL", 400),
    arrow("COL", "ESP", 300),
    arrow("CHN", "ARG", 40),
    arrow("HND", "GTM", 30),
    arrow("BWA", "USA", 213, questioned=True),
    arrow("HTI", "BHS", 1, 4),
)


def row(*ends, **changed):
    return of_row(arrow(*ends, **changed))
