import pytest

from dashboard.subjects.routes.figures.arrows import Arrow
from tests.dashboard.charts.map_samples import arrow


def test_the_width_shows_the_middle_of_the_interval():
    assert Arrow(arrow("MEX", "USA", 12, 24)).figure == 18


@pytest.mark.parametrize(
    ("low", "high", "records", "expected"), [(0, 4, 1, True), (2, 8, 2, True), (12, 24, 4, False), (4, 4, 1, False)]
)
def test_an_arrow_is_masked_only_if_all_records_are(low, high, records, expected):
    assert Arrow(arrow("MEX", "USA", low, high, records=records)).masked is expected
