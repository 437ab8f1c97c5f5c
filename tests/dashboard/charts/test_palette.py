import itertools
import re

import pytest

from dashboard.charts.colors import COLORS, THEMES, resolved, sheet, values
from dashboard.charts.look import STATES, look_of


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", THEMES.values(), ids=THEMES)
def test_arrows_stand_out_from_sea_and_land(palette):
    for ink, ground in itertools.product(palette.arrows.values(), (palette.sea, palette.tint)):
        assert contrast(ink, ground) >= 3


@pytest.mark.parametrize("palette", THEMES.values(), ids=THEMES)
def test_words_are_readable_on_every_ground(palette):
    for ground in (palette.sea, palette.tint, palette.surface, palette.unreported, palette.land):
        assert contrast(palette.ink, ground) >= 4.5


@pytest.mark.parametrize("palette", THEMES.values(), ids=THEMES)
def test_classes_differ_in_lightness_alone(palette):
    steps = [luminance(color) for color in palette.ramp]
    assert steps == sorted(steps, reverse=True)
    assert min(contrast(a, b) for a, b in itertools.pairwise(palette.ramp)) > 1.25


@pytest.mark.parametrize("palette", THEMES.values(), ids=THEMES)
def test_the_same_end_of_the_ramp_means_more_in_every_theme(palette):
    """Yellow is little and blue is much, on the screen, on stage and in print, which has the light colors."""
    blueness = [int(color[5:7], 16) - int(color[1:3], 16) for color in palette.ramp]
    assert max(blueness[:2]) < -30
    assert min(blueness[-2:]) > 30


@pytest.mark.parametrize("theme", THEMES)
def test_labels_are_readable_on_every_class(theme):
    """In each theme words on a pale fill are dark, and those on a deep one light."""
    for fill in COLORS.ramp:
        ink, halo = COLORS.words(look_of("exact", fill).ground)
        paint, ground, around = (resolved(color, theme) for color in (ink, fill, halo))
        assert contrast(paint, ground) >= 4.5
        assert contrast(paint, around) >= 4.5 if around.startswith("#") else around == THEMES[theme].halo


@pytest.mark.parametrize("theme", THEMES)
def test_the_line_around_a_fill_is_seen(theme):
    for fill in (COLORS.sea, COLORS.land, COLORS.tint, COLORS.unreported, COLORS.surface, *COLORS.ramp):
        assert contrast(resolved(COLORS.edge(fill), theme), resolved(fill, theme)) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_every_name_has_a_color_in_a_style_sheet_and_in_a_theme(theme):
    names = set(re.findall(r"(--figure-[a-z0-9-]+):", sheet()))
    assert names == {f"--figure-{name}" for name in values(theme)}
    spec = {"color": f"{COLORS.arrows['counted']}55", "x": [1, None], "font": [{"color": COLORS.ink}]}
    ours = THEMES[theme]
    assert resolved(spec, theme) == {
        "color": f"{ours.arrows['counted']}55",
        "x": [1, None],
        "font": [{"color": ours.ink}],
    }


@pytest.mark.parametrize("palette", THEMES.values(), ids=THEMES)
def test_roles_and_evidence_have_distinct_colors(palette):
    colors = [*palette.roles.values(), *palette.arrows.values()]
    assert len(set(colors)) == len(colors)


@pytest.mark.parametrize("palette", THEMES.values(), ids=THEMES)
def test_land_without_figures_is_no_class_even_in_gray(palette):
    assert min(contrast(palette.land, fill) for fill in palette.ramp) >= 1.2


@pytest.mark.parametrize("theme", THEMES)
def test_not_reported_has_lines_that_gray_keeps(theme):
    """In gray its fill is nearly that of the lowest class: the lines tell them apart, and from other hatches."""
    hatch = resolved(look_of("not_reported", "").hatch, theme)
    assert contrast(hatch["fgcolor"], hatch["bgcolor"]) >= 3
    others = [look_of(state, COLORS.ramp[0]).hatch for state in STATES if state != "not_reported"]
    assert hatch["shape"] not in {other["shape"] for other in others if other}
