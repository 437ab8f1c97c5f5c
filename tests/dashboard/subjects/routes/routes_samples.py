"""Made-up routes. The figures mean nothing."""

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
