from dataclasses import replace
from math import dist

from dashboard.charts.render.model import paint
from dashboard.subjects.routes.figures.arrow_traces import style, traces
from tests.dashboard.subjects.routes.arrow_samples import INSET, LIGHT, MAIN, canvas, row


def test_uncertain_arrows_look_different():
    plain, masked = row("MEX", "USA", 9), row("MEX", "USA", 2, 8, records=2)
    questioned = row("MEX", "USA", 213, questioned=True)
    fills = [style(arrow)[0] for arrow in (plain, masked, questioned)]
    assert len(set(fills)) == 3
    assert style(questioned)[2] != style(plain)[2] == "solid"
    assert fills[2].endswith(",0)")


def test_the_thinnest_arrows_are_seen_on_a_small_map_and_masked_ones_are_hollow(english):
    small = replace(canvas(), widths=replace(canvas().widths, across=250.0))
    drawn = traces(small, [row("MEX", "USA", 9), row("HND", "USA", 2, 8, records=2)], english)
    exact, masked = (next(one for one in drawn if one["name"] == name) for name in ("MEX→USA", "HND→USA"))
    # In pixels: how far apart the two sides of the tail are, half of whose lines is inside.
    tails = [dist((one["x"][0], one["y"][0]), (one["x"][-2], one["y"][-2])) / MAIN.scale for one in (exact, masked)]
    # The line around an exact arrow is light, that around a masked one has its color.
    assert exact["line"]["color"] == LIGHT.surface
    assert tails[0] - exact["line"]["width"] >= 0.8
    assert masked["line"]["color"] == LIGHT.arrows["counted"]
    assert tails[1] - masked["line"]["width"] >= 0.8


def test_each_kind_of_evidence_has_its_color():
    assert style(row("MEX", "USA", 9))[0].startswith(LIGHT.arrows["counted"])
    assert style(row("MEX", "USA", 9, evidence="stated"))[0].startswith(LIGHT.arrows["stated"])


def test_an_arrow_opens_the_state_whose_record_it_is(english):
    drawn = traces(canvas(), [row("CHN", "USA", 9), row("MEX", "ESP", 5)], english)
    assert [data[:3] for data in drawn[-1]["customdata"]] == [["USA", "CHN", "USA"], ["MEX", "MEX", "ESP"]]
    assert traces(canvas(INSET), [row("MEX", "USA", 9)], english) == []


def test_a_state_shows_through_a_ring_that_would_hide_it(english):
    (wide, narrow), arrow = (
        [next(iter(traces(canvas(), [row("USA", "USA", figure)], english))) for figure in (35_600, 100)],
        next(iter(traces(canvas(), [row("MEX", "USA", 7_000)], english))),
    )
    shown = [paint(trace["fillcolor"]).opacity for trace in (wide, narrow, arrow)]
    assert shown[0] < 0.5 < shown[1] == shown[2]
    # Its rim has the full color of the evidence: it is no arrow of masked figures, nor a questioned one.
    assert (wide["line"]["color"], wide["line"]["dash"]) == (LIGHT.arrows["counted"], "solid")


def test_a_hop_between_neighbors_is_above_the_arrows_that_cross_it(english):
    names = [
        one["name"] for one in traces(canvas(INSET), [row("HND", "GTM", 500), row("HND", "USA", 90)], english)[:-1]
    ]
    assert names == ["HND→USA", "HND→GTM"]
    hop = canvas(INSET).between(row("HND", "GTM", 500))
    assert abs(hop[0] - hop[1]).max() / INSET.scale < 60
