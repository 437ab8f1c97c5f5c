import itertools

import pytest

from dashboard.figures.palette import PALETTES
from dashboard.figures.traces import area, lines, marks, words
from dashboard.figures.windows import Outline


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
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
    steps = [luminance(colour) for colour in palette.ramp]
    assert steps in (sorted(steps), sorted(steps, reverse=True))
    assert min(contrast(a, b) for a, b in itertools.pairwise(palette.ramp)) > 1.25


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_roles_and_evidence_have_colours_of_their_own(palette):
    colours = [*palette.roles.values(), *palette.arrows.values()]
    assert len(set(colours)) == len(colours)


def test_what_has_nothing_to_say_does_not_answer():
    square = Outline([0, 1, 1, 0], [0, 0, 1, 1])
    assert area("2", square, "#fff", line=("#000", 1))["hoverinfo"] == "skip"
    assert area("2", square, "#fff", line=("#000", 1), hover="Peru")["hoveron"] == "fills"
    assert marks("", [0], [0], {"size": 3})["hoverinfo"] == "skip"
    assert marks("", [0], [0], {"size": 3}, hovertext=["Peru"])["hoverinfo"] == "text"


def test_a_trace_stands_on_the_axes_of_its_panel():
    trace = lines("3", [0.04, None, 2.0], [1, None, 2], colour="#000", width=1)
    assert (trace["xaxis"], trace["yaxis"]) == ("x3", "y3")
    assert trace["x"] == [0.0, None, 2]


def test_words_swap_ink_and_halo_on_a_dark_fill():
    light = PALETTES["light"]
    plain, inverse = (
        words("", [0], [0], ["PER"], "left", palette=light, size=14, inverse=swap)["textfont"] for swap in (False, True)
    )
    assert (plain["color"], inverse["color"]) == (light.ink, light.halo)
    assert light.halo in plain["shadow"]
    assert light.ink in inverse["shadow"]
