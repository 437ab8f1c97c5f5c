from dashboard.charts.render.model import paint
from dashboard.subjects.routes.figures.arrow_traces import style, traces
from tests.dashboard.subjects.routes.arrow_samples import INSET, LIGHT, canvas, row


def test_uncertain_arrows_look_different():
    plain, masked = row("MEX", "USA", 9), row("MEX", "USA", 2, 8, records=2)
    questioned = row("MEX", "USA", 213, questioned=True)
    fills = [style(arrow, LIGHT)[0] for arrow in (plain, masked, questioned)]
    assert len(set(fills)) == 3
    assert style(questioned, LIGHT)[2] != style(plain, LIGHT)[2] == "solid"
    assert fills[2].endswith(",0)")


def test_each_kind_of_evidence_has_its_color():
    assert style(row("MEX", "USA", 9), LIGHT)[0].startswith(LIGHT.arrows["counted"])
    assert style(row("MEX", "USA", 9, evidence="stated"), LIGHT)[0].startswith(LIGHT.arrows["stated"])


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
