import itertools

import pytest

from dashboard.charts.look import PALETTES, STATES, look_of


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_arrows_stand_out_from_sea_and_land(palette):
    for ink, ground in itertools.product(palette.arrows.values(), (palette.sea, palette.tint)):
        assert contrast(ink, ground) >= 3


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_words_are_readable_on_every_ground(palette):
    for ground in (palette.sea, palette.tint, palette.surface, palette.unreported, palette.land):
        assert contrast(palette.ink, ground) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_classes_differ_in_lightness_alone(palette):
    steps = [luminance(color) for color in palette.ramp]
    assert steps == sorted(steps, reverse=True)
    assert min(contrast(a, b) for a, b in itertools.pairwise(palette.ramp)) > 1.25


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_same_end_of_the_ramp_means_more_in_every_theme(palette):
    """Yellow is little and blue is much, on the screen, on stage and in print, which has the light colors."""
    blueness = [int(color[5:7], 16) - int(color[1:3], 16) for color in palette.ramp]
    assert max(blueness[:2]) < -30
    assert min(blueness[-2:]) > 30


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_labels_are_readable_on_every_class(palette):
    for fill in palette.ramp:
        inverse = look_of("exact", fill, palette).dark is (palette is PALETTES["light"])
        assert contrast(palette.surface if inverse else palette.ink, fill) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_roles_and_evidence_have_distinct_colors(palette):
    colors = [*palette.roles.values(), *palette.arrows.values()]
    assert len(set(colors)) == len(colors)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_land_without_figures_is_no_class_even_in_gray(palette):
    assert min(contrast(palette.land, fill) for fill in palette.ramp) >= 1.2


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_not_reported_has_lines_that_gray_keeps(palette):
    """In gray its fill is nearly that of the lowest class: the lines tell them apart, and from other hatches."""
    hatch = look_of("not_reported", "", palette).hatch
    assert contrast(hatch["fgcolor"], hatch["bgcolor"]) >= 3
    others = [look_of(state, palette.ramp[0], palette).hatch for state in STATES if state != "not_reported"]
    assert hatch["shape"] not in {other["shape"] for other in others if other}
