import itertools

import pytest
from shapely import LineString

from dashboard.charts.medium import PHONE, WALL, Medium
from dashboard.charts.panels import REGION, STACKED, sheet
from dashboard.subjects.routes.figures.margin import MOST, heading, margins
from tests.dashboard.charts.map_samples import STATES

PLACES = {"ESP": (-3.7, 40.4), "NGA": (8.0, 9.6), "CHN": (104.0, 35.0), "FSM": (158.0, 6.9), "IND": (78.0, 22.0)}


def placed(*areas, medium=WALL, names=None):
    names = names or {area: area for area in areas}
    margin = margins(dict.fromkeys(areas, 1.0), PLACES, names, medium)
    return {place.area: place for place in margin.shown}, margin


def test_europe_and_africa_right_east_asia_and_pacific_left():
    shown, _ = placed("ESP", "NGA", "IND", "CHN", "FSM")
    assert {area for area, place in shown.items() if place.side == "right"} == {"ESP", "NGA", "IND"}
    assert all(place.x > REGION.right for place in shown.values() if place.side == "right")
    assert all(place.x < -2000 for place in shown.values() if place.side == "left")


def test_north_is_above_south():
    shown, _ = placed("NGA", "ESP", "IND")
    assert shown["ESP"].y > shown["IND"].y > shown["NGA"].y


@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_names_do_not_overlap_even_at_equal_latitudes(medium):
    crowd = {f"E{number:02}": (5.0, 50.0) for number in range(MOST)}
    margin = margins(dict.fromkeys(crowd, 1.0), crowd, {area: area for area in crowd}, medium)
    heights = sorted(place.y for place in margin.shown)
    assert min(high - low for low, high in itertools.pairwise(heights)) >= 500


def test_the_smallest_are_grouped_and_counted():
    many = {f"E{number:02}": float(number) for number in range(MOST + 3)}
    margin = margins(many, {}, {area: area for area in many}, WALL)
    assert margin.grouped == 3
    assert {place.area for place in margin.shown}.isdisjoint({"E00", "E01", "E02"})


def test_the_window_grows_only_if_names_need_it():
    assert placed("CHN", medium=PHONE)[1].window == REGION
    short, long = (placed("ESP", names={"ESP": name})[1].window for name in ("Spain", "Bosnia and Herzegovina"))
    assert REGION.right < short.right < long.right
    assert short.left == REGION.left


def test_a_country_without_a_point_is_still_shown():
    margin = margins({"XXX": 1.0}, {"XXX": (None, None)}, {"XXX": "XXX"}, WALL)
    assert [place.side for place in margin.shown] == ["right"]


def test_names_get_more_kilometers_on_a_lower_screen():
    def width(medium):
        return margins({"GBR": 1.0}, {"GBR": (-2.0, 54.0)}, {"GBR": "Royaume-Uni"}, medium).window.width

    assert width(Medium(1113)) > width(WALL)


@pytest.mark.parametrize("name", ["Spain", "Bosnia and Herzegovina", "République démocratique du Congo"])
@pytest.mark.parametrize("across", [641, 840])
def test_half_of_a_screen_has_room_for_the_whole_name(name, across):
    places = {"ESP": (-3.7, 40.4)}
    margin = margins({"ESP": 1.0}, places, {"ESP": name}, Medium(across))
    scale = max(margin.window.width / across, margin.window.height / STACKED)
    # A letter of 13 px is at most 7.5 px wide on average.
    assert (margin.window.right - margin.shown[0].x) / scale >= 8 + 7.5 * len(name)


def test_names_at_the_left_use_the_sea_beside_the_map():
    places = {"CHN": (104.0, 35.0)}
    small, large = (
        margins({"CHN": 1.0}, places, {"CHN": "China"}, Medium(wide, 600, slide=True)) for wide in (650, 1000)
    )
    assert large.shown[0].x < small.shown[0].x
    centers = [one.window.left + one.window.right for one in (small, large)]
    assert centers[0] == pytest.approx(centers[1])


def test_neighbors_in_a_margin_change_places_so_that_fewer_arrows_cross():
    # Brazil is south of Colombia, and Spain south of France.
    places = {"FRA": (2.0, 46.6), "ESP": (-3.7, 40.4), "ITA": (12.5, 42.8)}
    partners = {"FRA": [(3000.0, -2300.0)], "ESP": [(800.0, -500.0)], "ITA": [(800.0, -500.0), (3000.0, -2300.0)]}

    def column(**more):
        margin = margins(dict.fromkeys(places, 1.0), places, {area: area for area in places}, WALL, **more)
        return {one.area: (one.x, one.y) for one in margin.shown}

    def crossings(shown):
        lines = [(area, LineString([shown[area], end])) for area in shown for end in partners[area]]
        pairs = itertools.combinations(lines, 2)
        return sum(one.crosses(other) for (area, one), (beside, other) in pairs if area != beside)

    usual, changed = column(), column(partners=partners)
    assert (crossings(usual), crossings(changed)) == (3, 0)
    assert sorted(usual.values()) == sorted(changed.values())


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("text", ["Outside the region", "Hors de la région"])
def test_the_heading_of_a_margin_is_whole_and_off_its_countries(text, medium):
    shown, margin = placed("ESP", "NGA", "CHN", "FSM", medium=medium)
    panel = sheet(frozenset(STATES), medium, notes=1, window=margin.window).panels[0]
    for side in ("right", "left"):
        column = [place for place in shown.values() if place.side == side]
        at, up = heading(panel, column, [text])
        assert (up > 0) is (side == "right")
        assert min(abs(at.y - place.y) for place in column) > 15 * panel.scale
        # A letter of 13 px is at most 7.5 px wide on average.
        wide = len(text) * 7.5 * panel.scale
        left = at.x if at.side == "right" else at.x - wide
        assert panel.window.left <= left
        assert left + wide <= panel.window.right
