import itertools
import math
import re

import numpy as np
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


# What is left of linear red, green and blue without a kind of cone (Machado, Oliveira, Fernandes 2009, severity 1).
VISIONS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# Of linear red, green and blue to cones, and of their cube roots to OKLab (Ottosson 2020).
CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def oklab(color: str, vision: str = "normal") -> np.ndarray:
    """Lightness of 0 to 1, green to red and blue to yellow of a color, as somebody sees it."""
    channels = np.array([int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return OKLAB @ np.cbrt(CONES @ np.clip(VISIONS[vision] @ linear, 0, 1))


def test_the_measure_of_differences_is_the_published_one():
    # Red and blue as in the CSS Color 4 specification; who lacks a kind of cone sees grays as they are.
    assert oklab("#ff0000") == pytest.approx([0.62796, 0.22486, 0.12585], abs=1e-4)
    assert oklab("#0000ff") == pytest.approx([0.45201, -0.03246, -0.31153], abs=1e-4)
    for vision in VISIONS:
        assert oklab("#808080", vision) == pytest.approx(oklab("#808080"), abs=1e-4)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("palette", THEMES.values(), ids=THEMES)
def test_neighbors_of_the_ramp_differ_for_everybody(palette, vision):
    """More than four times the least difference that is seen between areas side by side, about 0.02."""
    seen = [oklab(color, vision) for color in palette.ramp]
    assert min(np.linalg.norm(one - other) for one, other in itertools.pairwise(seen)) >= 0.09


@pytest.mark.parametrize(("theme", "palette"), THEMES.items())
def test_less_is_nearer_to_the_page(theme, palette):
    """In light the lowest class is the palest, in dark the darkest; in gray each still differs from the next."""
    steps = [luminance(color) for color in palette.ramp]
    assert steps == sorted(steps, reverse=theme == "light")
    assert min(contrast(a, b) for a, b in itertools.pairwise(palette.ramp)) > 1.4
    away = [contrast(color, palette.surface) for color in palette.ramp]
    assert away == sorted(away)


@pytest.mark.parametrize("palette", THEMES.values(), ids=THEMES)
def test_the_ramp_has_one_hue(palette):
    """Blue-green: between the green of 165 and the blue of 230 degrees."""
    for color in palette.ramp:
        _, redness, yellowness = oklab(color)
        assert 165 <= math.degrees(math.atan2(yellowness, redness)) % 360 <= 230


@pytest.mark.parametrize("theme", THEMES)
def test_labels_are_readable_on_every_class(theme):
    """Near to the page words are as on the page, far from it they have the color of the page."""
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
    """White like a zero: the lines tell them apart, and from other hatches."""
    assert look_of("not_reported", "").fill == COLORS.surface
    hatch = resolved(look_of("not_reported", "").hatch, theme)
    assert contrast(hatch["fgcolor"], hatch["bgcolor"]) >= 3
    others = [look_of(state, COLORS.ramp[0]).hatch for state in STATES if state != "not_reported"]
    assert hatch["shape"] not in {other["shape"] for other in others if other}


@pytest.mark.parametrize(("theme", "palette"), THEMES.items())
def test_tints_of_migrants_are_quiet_and_victims_stand_out_from_them(theme, palette):
    tints = [palette.tint, *palette.moved]
    for tint in palette.moved:
        assert contrast(palette.arrows["counted"], tint) >= 3
        assert contrast(palette.ink, tint) >= 4.5
    for vision in VISIONS:
        seen = [oklab(color, vision) for color in tints]
        # Each number stands in the ledger, too.
        assert min(np.linalg.norm(one - other) for one, other in itertools.pairwise(seen)) >= 0.02
    # Violet: neither the hue of victims nor that of rates.
    for tint in palette.moved:
        _, redness, yellowness = oklab(tint)
        assert 285 <= math.degrees(math.atan2(yellowness, redness)) % 360 <= 320
    steps = [luminance(color) for color in palette.moved]
    assert theme == "dark" or steps == sorted(steps, reverse=True)
