import pytest

from dashboard.subjects.routes.figures.arrows import drawn_on
from tests.dashboard.subjects.routes.arrow_samples import INSET, MAIN, row


def test_the_width_shows_the_middle_of_the_interval():
    assert row("MEX", "USA", 12, 24).figure == 18


def test_each_panel_draws_only_arrows_it_can_show():
    inside, leaving, outside = row("HND", "GTM", 5), row("HND", "USA", 5), row("MEX", "USA", 5)
    assert [drawn_on(arrow, MAIN) for arrow in (inside, leaving, outside)] == [False, True, True]
    assert [drawn_on(arrow, INSET) for arrow in (inside, leaving, outside)] == [True, True, False]


@pytest.mark.parametrize(
    ("low", "high", "records", "expected"), [(0, 4, 1, True), (2, 8, 2, True), (12, 24, 4, False), (4, 4, 1, False)]
)
def test_an_arrow_is_masked_only_if_all_records_are(low, high, records, expected):
    assert row("MEX", "USA", low, high, records=records).masked is expected
