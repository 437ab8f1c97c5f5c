"""A place for a figure: its size and its theme."""

import pytest

from dashboard.charts.medium import CARD, EMBED, PAPER, PHONE, PICTURE_MAP, SLIDE, STAGE, TABLET, WALL, WIDE, Medium


@pytest.mark.parametrize(
    ("width", "narrow", "height"), [(640, True, 480.0), (1280, False, 490.0), (1680, False, 720.0)]
)
def test_a_wide_map_fits_on_a_screen(width, narrow, height):
    view = Medium(width)
    assert view.narrow is narrow
    assert view.size == (width, pytest.approx(height))
    assert view.theme == "light"


@pytest.mark.parametrize(
    ("medium", "half"),
    [
        (PHONE, False),
        (Medium(641), True),
        (TABLET, True),
        (Medium(840), True),
        (WIDE, False),
        (Medium(840, 700), False),
        (SLIDE, False),
    ],
)
def test_a_map_on_half_of_a_wide_screen_or_on_a_tablet_is_stacked(medium, half):
    assert medium.half is half


@pytest.mark.parametrize(
    ("medium", "close", "low"),
    # A slide and a page are no stage, however low; on an upright picture maps are not in a row.
    [
        (STAGE, True, True),
        (EMBED, True, True),
        (PICTURE_MAP, True, False),
        (PHONE, True, False),
        (SLIDE, False, False),
        (WALL, False, False),
        (PAPER, False, False),
    ],
)
def test_maps_are_in_a_row_on_a_low_stage_alone(medium, close, low):
    assert (medium.close, medium.low) == (close, low)
    assert medium.staged is (medium in {STAGE, EMBED, PICTURE_MAP})
    assert medium.upright is (medium == PICTURE_MAP)


def test_what_a_phone_shows_is_drawn_in_the_width_of_phones():
    assert (PHONE.across, Medium(400).across, TABLET.across) == (358, 358, 720)
    # A card is as narrow, but no phone.
    assert CARD.across == CARD.width < PHONE.width


@pytest.mark.parametrize(
    ("width", "tall", "height"),
    [(1060, 900, 529), (1060, 340, 340), (640, 5000, 1080), (360, 400, 400), (1061, 400, 0)],
)
def test_a_picture_is_a_low_stage_or_if_it_is_wide_a_page(width, tall, height):
    picture = Medium.picture(width, tall)
    assert picture == Medium(width, height)
    assert picture.low or picture.narrow or not picture.staged
