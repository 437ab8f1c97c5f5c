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
