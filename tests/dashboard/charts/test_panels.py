import itertools

import pytest

from dashboard.charts.medium import PHONE, WALL, WIDE, Medium
from dashboard.charts.panels import CAPTION, GAP, GREATER, INSET_STATES, LESSER, REGION, STACKED, sheet
from tests.dashboard.charts.map_samples import STATES

ALL = frozenset(STATES)


def boxes(place):
    return [panel.box for panel in place.panels] + [place.key]


@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_every_state_is_labeled_on_exactly_one_panel(medium):
    labeled = [code for panel in sheet(ALL, medium, notes=1).panels for code in panel.labeled]
    assert sorted(labeled) == sorted(STATES)


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("notes", [0, 5])
def test_panels_and_key_do_not_cover_one_another(medium, notes):
    place = sheet(ALL, medium, notes=notes, key=200)
    for index, box in enumerate(boxes(place)):
        assert box.left >= 0
        assert box.left + box.width <= place.width + 1e-6
        # On a wide sheet the notes are under the key, to the right of the map.
        assert box.bottom >= notes * 20
        for other in boxes(place)[index + 1 :]:
            beside = box.left + box.width <= other.left or other.left + other.width <= box.left
            above = box.bottom >= other.bottom + other.height or other.bottom >= box.bottom + box.height
            assert beside or above


@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_a_kilometer_has_equal_length_in_both_directions(medium):
    for panel in sheet(ALL, medium, notes=1).panels:
        across, up = panel.window.width / panel.box.width, panel.window.height / panel.box.height
        assert across == pytest.approx(up, rel=0.03)


def test_the_wide_inset_enlarges():
    main, inset = sheet(ALL, WALL, notes=1).panels
    assert main.scale > 2.5 * inset.scale
    assert inset.labeled == INSET_STATES


@pytest.mark.parametrize("medium", [Medium(700, 520, slide=True), Medium(1080), WIDE, WALL, Medium(1840)])
def test_the_region_is_the_tall_map(medium):
    place = sheet(ALL, medium, notes=5, key=150)
    main, inset = place.panels
    assert inset.box.width <= (0.54 if medium == WIDE else 0.4) * place.width
    assert main.box.height > max(0.7 * place.height, 1.4 * inset.box.height)
    # The whole hemisphere is on it.
    assert main.window.left <= REGION.left
    assert main.window.right >= REGION.right
    assert (main.window.bottom, main.window.top) == (REGION.bottom, REGION.top)


def test_the_phone_has_two_insets_under_the_map():
    place = sheet(ALL, PHONE, notes=1)
    assert [panel.window for panel in place.panels] == [REGION, GREATER, LESSER]
    heights = [panel.box.bottom for panel in place.panels]
    assert heights == sorted(heights, reverse=True)


@pytest.mark.parametrize("size", [(700, 600), (700, 760), (860, 800)])
def test_an_upright_picture_has_its_insets_beside_the_map_and_the_key_below(size):
    place = sheet(ALL, Medium(*size), notes=4, key=100)
    main, *insets = place.panels
    assert (place.width, place.height) == size
    assert place.key.bottom + place.key.height < min(panel.box.bottom for panel in place.panels)
    for panel in place.panels:
        assert panel.staged
        assert panel.window.width / panel.box.width == pytest.approx(panel.window.height / panel.box.height, rel=0.03)
    for inset in insets:
        assert inset.box.left >= main.box.left + main.box.width
        assert inset.box.left + inset.box.width <= size[0] + 1e-6
        assert inset.box.bottom + inset.box.height + CAPTION <= size[1] + 1e-6
        # Names need kilometers to be no more than these on a pixel.
        assert inset.scale < 13
    assert insets[0].box.bottom >= insets[1].box.bottom + insets[1].box.height + CAPTION


def test_a_phone_has_no_room_for_a_title_that_stands_above_the_figure():
    place = sheet(ALL, PHONE, notes=1)
    assert place.panels[0].box.bottom + place.panels[0].box.height == pytest.approx(place.height)


@pytest.mark.parametrize(("used", "axes"), [({"PER", "USA"}, [""]), ({"PER", "HND"}, ["", "2"]), ({"LCA"}, ["", "2"])])
def test_a_stacked_figure_has_equal_maps_and_the_enlargement_only_if_used(used, axes):
    place = sheet(frozenset(used), Medium(641), notes=2, key=100)
    assert [panel.axis for panel in place.panels] == axes
    levels = [*(panel.box for panel in place.panels), place.key]
    assert {box.width for box in levels} == {641.0}
    assert levels[0].height == STACKED
    assert levels[0].bottom + levels[0].height == place.height
    for upper, lower in itertools.pairwise(levels):
        # An enlargement has its caption above it.
        caption = CAPTION if lower is not place.key else 0
        assert upper.bottom == pytest.approx(lower.bottom + lower.height + caption + GAP)
    for panel in place.panels:
        assert panel.window.width / panel.box.width == pytest.approx(panel.window.height / panel.box.height)
