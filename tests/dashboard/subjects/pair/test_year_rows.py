"""The bars of two states: one length is one number in both directions, and each year without a figure says why."""

import pytest

from dashboard import store
from dashboard.charts.colors import COLORS
from dashboard.charts.medium import LAPTOP, PHONE
from dashboard.editions import NEWEST
from dashboard.subjects.pair.page_figures import MAP
from dashboard.views.figure import Values
from data.i18n import LANGUAGES, language

ORANGE = COLORS.arrows["counted"]


def drawn(one, other, medium=LAPTOP, code="en"):
    return MAP.draw(Values.of({"one": one, "other": other, "edition": NEWEST}), language(code), medium).spec


def bars(spec):
    """The width of each solid bar of the ledger, from above to below."""
    found = [
        trace
        for trace in spec["data"]
        if trace.get("fillcolor") == ORANGE and not trace.get("name") and len(trace["x"]) == 5
    ]
    return [max(one["x"]) - min(one["x"]) for one in sorted(found, key=lambda one: -max(one["y"]))]


def texts(spec):
    return [text for trace in spec["data"] if trace.get("mode") == "text" for text in trace["text"]]


def exact(start, end):
    """The exact figures of one direction, without zeros."""
    rows = store.tables().table("flows").filter(evidence="counted", origin=start, destination=end, status="exact")
    return [low for low in rows.collect()["low"] if low > 0]


@pytest.mark.parametrize("medium", [LAPTOP, PHONE])
@pytest.mark.parametrize(
    ("one", "other", "larger"), [("DOM", "HTI", "HTI"), ("COL", "VEN", "VEN"), ("ARG", "BOL", "BOL")]
)
def test_the_length_of_a_bar_is_its_figure_in_both_directions(one, other, larger, medium):
    figures = [*exact(one, other), *exact(other, one)]
    lengths = bars(drawn(one, other, medium))
    assert len(lengths) == len(figures) > 1
    scale = max(lengths) / max(figures)
    assert sorted(lengths) == pytest.approx(sorted(low * scale for low in figures), abs=0.3)
    if larger:
        head = [text for text in texts(drawn(one, other, medium)) if text.startswith("<b>Citizens")]
        assert language("en").country(larger) in head[0]


@pytest.mark.parametrize(("one", "other"), [("DOM", "HTI"), ("MEX", "USA")])
def test_the_bars_are_the_same_in_every_language(one, other):
    """Only the words differ: their room is that of the longest language."""
    widths = {tuple(round(width, 1) for width in bars(drawn(one, other, code=code))) for code in LANGUAGES}
    assert len(widths) == 1


def test_a_year_without_a_figure_says_why():
    said = texts(drawn("DOM", "HTI"))
    assert {"2008–2010", "2015–2019", "not listed", "<5"} <= set(said)
    assert "no list" not in said
    assert "UNODC lists no citizenships of victims detected in Haiti." in said
    mexico = texts(drawn("MEX", "USA"))
    assert {"2007–2013", "2014–2019"} <= set(mexico)
    assert {"not listed", "no list"} <= set(mexico)
