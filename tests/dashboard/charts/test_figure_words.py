import pytest

from dashboard.charts.figure_words import sentence, short
from data.i18n import language
from tests.dashboard.charts.map_samples import figure


@pytest.mark.parametrize(
    ("low", "high", "status", "unit", "printed"),
    [
        (1234.0, 1234.0, "exact", "persons", "1,234"),
        (0.0, 0.0, "exact", "per_100000_population", "0"),
        (0.4567, 0.4567, "exact", "per_100000_population", "0.46"),
        (3.2, 3.2, "exact", "per_100000_population", "3.2"),
        (0.0, 4.0, "masked", "persons", "0–4"),
        (None, None, "not_reported", "persons", "–"),
        (None, None, "conflicting", "persons", "?"),
    ],
)
def test_figures_printed_on_the_map(english, low, high, status, unit, printed):
    assert short(figure("ARG", low, high, status, unit), english) == printed


def test_the_hover_text_is_complete(english):
    text = sentence(figure("BRA", 1.0, 4.0, "masked"), english, "Detected victims")
    for part in ("Brazil", "Detected victims, 2019", "1–4 persons", "fewer than five", "28 October 2025"):
        assert part in text


def test_missing_figures_are_never_a_number(english):
    assert sentence(figure("HTI", None, None, "not_reported"), english, "Detected victims").endswith("no figure")


def test_words_follow_the_language():
    text = sentence(figure("BRA", 1234.5, 1234.5), language("pt"), "x")
    assert "Brasil" in text
    assert "pessoas" in text
