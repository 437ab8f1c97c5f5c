"""Routes in columns, from made-up lines: which rows stand together, and in which order."""

import pytest

from dashboard.charts.medium import LAPTOP, PHONE
from dashboard.subjects.routes.figures.columns import in_rows
from dashboard.subjects.routes.figures.lines import of_routes
from data.i18n import LANGUAGES, language
from tests.dashboard.charts.map_samples import arrow, arrows
from tests.dashboard.subjects.routes.read_map import Plane, columns, drawn

EN = language("en")
STATED = (
    arrow("MEX", "USA", 30, evidence="stated"),
    arrow("HND", "USA", 20, evidence="stated"),
    arrow("HND", "GTM", 12, evidence="stated"),
    arrow("COL", "USA", 9, evidence="stated"),
    arrow("GTM", "MEX", 10, evidence="stated", leg="to_transit", transit="MEX"),
    arrow("HND", "MEX", 3, evidence="stated", leg="to_transit", transit="MEX"),
    arrow("MEX", "USA", 13, evidence="stated", leg="from_transit", transit="MEX"),
    arrow("COL", "COL", 7, evidence="stated"),
)


def rows(paths=frozenset(), order=()):
    found = in_rows(of_routes(arrows(*STATED), ["COL"], EN), paths, order)
    return [" ".join(one.cells.get(column, "-") for column in range(3)) for one in found]


def test_most_described_first_and_the_rows_of_a_state_together():
    first = ["COL - COL", "MEX - USA", "HND - USA", "COL - USA", "HND - GTM"]
    assert rows() == [*first, "GTM MEX -", "HND MEX -", "- MEX USA"]


def test_two_legs_share_a_row_only_if_a_record_has_both():
    assert rows({("HND", "MEX", "USA")})[-2:] == ["GTM MEX -", "HND MEX USA"]
    assert rows({("HND", "MEX", "CAN"), ("HND", "BLZ", "USA")})[-1] == "- MEX USA"


def test_in_an_order_of_states_rows_are_by_origin_and_then_by_destination():
    order = ["COL", "GTM", "HND", "MEX", "USA"]
    assert rows(order=order)[:5] == ["COL - COL", "COL - USA", "HND - GTM", "HND - USA", "MEX - USA"]


def names(spec, medium):
    """The names of the first column from the top down, without the heading."""
    plane = Plane(spec, "x9", medium)
    placed = [
        (y, x, text)
        for trace in plane.traces
        if trace["mode"] == "text" and trace["textposition"] == "middle left"
        for text, (x, y) in zip(trace["text"], plane.points(trace), strict=True)
    ]
    left = min(x for _, x, _ in placed)
    return [text for _, x, text in sorted(placed) if x < left + 1]


@pytest.mark.parametrize("code", LANGUAGES)
def test_states_are_alphabetical_and_by_size_on_request(code):
    shown = names(drawn(code, LAPTOP, evidence="stated", picture="order"), LAPTOP)
    direct = shown[: shown.index(language(code).country("PRY")) + 1]
    states = {language(code).country(one): one for one in ("BOL", "BRA", "ECU", "GTM", "HTI", "MEX", "PRY")}
    assert [states[name] for name in direct] == language(code).sorted_countries(states.values())
    sized = names(drawn(code, LAPTOP, evidence="stated", picture="order", sorted="size"), LAPTOP)
    assert sized[:2] == [language(code).country(one) for one in ("MEX", "HTI")]


@pytest.mark.parametrize("medium", [LAPTOP, PHONE])
def test_counted_victims_have_lines_without_heads_and_two_columns(medium):
    spec = drawn("en", medium, picture="order", state="HTI")
    every, _ = columns(spec, medium)
    assert every
    assert all(len(leg.arrow) == 2 for leg in every)
    texts = {text for trace in spec["data"] if trace["mode"] == "text" for text in trace["text"]}
    assert {"<b>Citizenship</b>", "<b>Detected in</b>"} <= texts
    assert "<b>Transit</b>" not in texts
    # A figure below five is dashed, others are solid.
    dashes = [
        trace["line"]["dash"] != "solid" for trace in spec["data"] if len(trace["x"]) == 2 and trace["mode"] == "lines"
    ]
    assert dashes == [leg.figure.startswith("<5") for leg in every]
