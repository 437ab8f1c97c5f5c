from dashboard.charts.colors import COLORS, GROUNDS
from dashboard.charts.panels import Outline
from dashboard.charts.traces import area, lines, marks, words


def test_traces_without_hover_text_ignore_the_pointer():
    square = Outline([0, 1, 1, 0], [0, 0, 1, 1])
    assert area("2", square, "#fff", line=("#000", 1))["hoverinfo"] == "skip"
    assert area("2", square, "#fff", line=("#000", 1), hover="Peru")["hoveron"] == "fills"
    assert marks("", [0], [0], {"size": 3})["hoverinfo"] == "skip"
    assert marks("", [0], [0], {"size": 3}, hovertext=["Peru"])["hoverinfo"] == "text"


def test_a_trace_uses_the_axes_of_its_panel():
    trace = lines("3", [0.04, None, 2.0], [1, None, 2], color="#000", width=1)
    assert (trace["xaxis"], trace["yaxis"]) == ("x3", "y3")
    assert trace["x"] == [0.0, None, 2]


def test_words_have_the_ink_of_their_ground():
    page, pale, deep = (words("", [0], [0], ["PER"], "left", size=14, ground=ground)["textfont"] for ground in GROUNDS)
    assert (page["color"], pale["color"], deep["color"]) == (
        COLORS.ink,
        "var(--figure-on-pale)",
        "var(--figure-on-deep)",
    )
    assert COLORS.halo in page["shadow"]
    assert "var(--figure-around-deep)" in deep["shadow"]
