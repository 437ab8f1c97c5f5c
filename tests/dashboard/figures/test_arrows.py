import numpy as np
import pytest
from shapely import Point, Polygon

from dashboard.figures.arrow_traces import style, traces
from dashboard.figures.arrow_words import sentence
from dashboard.figures.arrows import arrow, drawn_on, scale
from dashboard.figures.canvas import WIDEST, Canvas
from dashboard.figures.palette import PALETTES
from dashboard.figures.panels import sheet
from dashboard.i18n import language
from tests.dashboard.figures import map_samples
from tests.dashboard.figures.map_samples import STATES

LIGHT = PALETTES["light"]
MAIN, INSET = sheet(frozenset(STATES), narrow=False, notes=1).panels
NODES = {"MEX": (-2200.0, 1800.0), "USA": (-1700.0, 3500.0), "HND": (-770.0, 750.0), "GTM": (-1100.0, 790.0)}
NODES |= {"CHN": (-3000.0, -1000.0), "ESP": (5300.0, 3500.0), "PER": (800.0, -2300.0), "ARG": (1600.0, -4200.0)}


def row(*told, **changed):
    return arrow(map_samples.arrow(*told, **changed))


def canvas(panel=MAIN, rings=None, largest=100.0):
    states = frozenset(STATES)
    return Canvas(panel, NODES, largest, LIGHT, False, rings or {}, states, frozenset({"CHN", "ESP"}))


def polygon(outline):
    return Polygon(zip(outline.x, outline.y, strict=True))


def test_the_width_stands_for_the_middle():
    assert row("MEX", "USA", 12, 24).figure == 18


def test_each_panel_draws_what_it_can_show():
    inside, leaving, outside = row("HND", "GTM", 5), row("HND", "USA", 5), row("MEX", "USA", 5)
    assert [drawn_on(one, MAIN) for one in (inside, leaving, outside)] == [False, True, True]
    assert [drawn_on(one, INSET) for one in (inside, leaving, outside)] == [True, True, False]


def test_an_arrow_runs_from_outside_one_marker_to_the_edge_of_the_other():
    shape = polygon(canvas().outline(row("MEX", "USA", 100)))
    assert shape.distance(Point(NODES["USA"])) == pytest.approx(canvas().gap("USA"), rel=0.02)
    assert shape.distance(Point(NODES["MEX"])) > 0


def test_arrows_keep_off_the_ring_of_a_state():
    with_ring = canvas(rings={"USA": 100.0})
    assert with_ring.gap("USA") > canvas().gap("USA") + WIDEST[False] * MAIN.scale
    outer = polygon(with_ring.outline(row("MEX", "USA", 100)))
    assert outer.distance(Point(NODES["USA"])) == pytest.approx(with_ring.gap("USA"), rel=0.02)


def test_a_ring_is_an_open_circle():
    outline = canvas().outline(row("USA", "USA", 100))
    assert outline.x.count(None) == 1
    hole = Polygon(list(zip(outline.x, outline.y, strict=True))[outline.x.index(None) + 1 :])
    assert hole.contains(Point(NODES["USA"]))


def test_the_same_scale_serves_arrows_and_rings():
    assert scale([row("MEX", "USA", 100), row("USA", "USA", 50)]) == 100
    assert scale([row("MEX", "USA", 100), row("USA", "USA", 900)]) == pytest.approx(400)
    assert scale([]) == 1


def test_a_route_through_a_state_bows_out_further_than_a_direct_one():
    direct, through = row("MEX", "USA", 9), row("MEX", "USA", 9, leg="to_transit", transit="USA")
    start, end = (np.array(NODES[code]) for code in ("MEX", "USA"))
    off = [np.hypot(*(np.array(canvas().handle(one)) - (start + end) / 2)) for one in (direct, through)]
    assert off[1] > 1.2 * off[0]


def test_arrows_from_the_left_edge_do_not_cross_the_names_there():
    assert canvas().handle(row("CHN", "USA", 9))[0] > (NODES["CHN"][0] + NODES["USA"][0]) / 2
    assert canvas().handle(row("ESP", "PER", 9))[0] < (NODES["ESP"][0] + NODES["PER"][0]) / 2


def test_looks_of_doubt():
    plain, masked = row("MEX", "USA", 9), row("MEX", "USA", 2, 8, records=2)
    questioned = row("MEX", "USA", 213, questioned=True)
    fills = [style(one, LIGHT)[0] for one in (plain, masked, questioned)]
    assert len(set(fills)) == 3
    assert style(questioned, LIGHT)[2] != style(plain, LIGHT)[2] == "solid"
    assert fills[2].endswith(",0)")


@pytest.mark.parametrize(
    ("low", "high", "records", "expected"), [(0, 4, 1, True), (2, 8, 2, True), (12, 24, 4, False), (4, 4, 1, False)]
)
def test_masked_means_nothing_but_masked_records(low, high, records, expected):
    assert row("MEX", "USA", low, high, records=records).masked is expected


def test_evidence_has_its_colour():
    assert style(row("MEX", "USA", 9), LIGHT)[0].startswith(LIGHT.arrows["counted"])
    assert style(row("MEX", "USA", 9, evidence="stated"), LIGHT)[0].startswith(LIGHT.arrows["stated"])


def test_what_a_counted_arrow_says(english):
    said = sentence(row("COL", "ESP", 12, 24, years=[2014, 2015, 2016, 2019]), english)
    assert said == "Citizens of <b>Colombia</b> detected in <b>Spain</b>: 12–24<br>2014–2016, 2019"


def test_what_stays_at_home_says_so(english):
    assert "Citizens of <b>Colombia</b> detected at home: 7" in sentence(row("COL", "COL", 7), english)


@pytest.mark.parametrize(
    ("leg", "expected"),
    [
        ("direct", "Reports state routes from <b>Nicaragua</b> to <b>Panama</b>"),
        ("to_transit", "Reports state routes from <b>Nicaragua</b> through <b>Panama</b>"),
        ("from_transit", "Reports state routes through <b>Nicaragua</b> to <b>Panama</b>"),
    ],
)
def test_what_a_stated_arrow_says(english, leg, expected):
    said = sentence(row("NIC", "PAN", 3, leg=leg, evidence="stated"), english)
    assert said == f"{expected}<br>3 statements<br>2015"


def test_a_questioned_arrow_says_that_it_is(english):
    assert "Questioned" in sentence(row("BWA", "USA", 213, questioned=True), english)


def test_words_follow_the_language():
    assert "Colombie" in sentence(row("COL", "ESP", 12), language("fr"))


def test_an_arrow_opens_the_state_whose_record_it_is(english):
    drawn = traces(canvas(), [row("CHN", "USA", 9), row("MEX", "ESP", 5)], english)
    assert [data[:3] for data in drawn[-1]["customdata"]] == [["USA", "CHN", "USA"], ["MEX", "MEX", "ESP"]]
    assert traces(canvas(INSET), [row("MEX", "USA", 9)], english) == []
