import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard.subjects.states.figures.series import series
from data.i18n import language

EN = language("en")
FRAME = pl.DataFrame(
    [
        (2015, 10.0, 10.0, "exact"),
        (2016, 0.0, 0.0, "exact"),
        (2017, 1.0, 4.0, "masked"),
        (2018, None, None, "conflicting"),
        (2019, None, None, "not_reported"),
        (2020, 12.0, 12.0, "exact"),
    ],
    schema={"year": pl.Int16, "low": pl.Float64, "high": pl.Float64, "status": pl.String},
    orient="row",
)


def spec(*, palette: str = "light", narrow: bool = False):
    return series({"detected_victims": FRAME, "offences": FRAME}, EN, palette=palette, narrow=narrow)


@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True])
def test_plotly_accepts_the_specification(palette, narrow):
    figure = go.Figure(spec(palette=palette, narrow=narrow))
    assert len(figure.layout.annotations) == 2


def test_gaps_are_not_bridged_and_a_masked_figure_is_not_a_point():
    line = next(trace for trace in spec()["data"] if trace["mode"] == "lines+markers" and "connectgaps" in trace)
    assert line["connectgaps"] is False
    assert dict(zip(line["x"], line["y"], strict=True)) == {
        2015: 10.0,
        2016: 0.0,
        2017: None,
        2018: None,
        2019: None,
        2020: 12.0,
    }


def test_statuses_look_different():
    traces = [trace for trace in spec()["data"] if trace["xaxis"] == "x"]
    interval = next(trace for trace in traces if trace["y"] == [1.0, 4.0])
    assert interval["marker"]["symbol"] == "line-ew-open"
    zero = next(trace for trace in traces if trace["marker"].get("symbol") == "diamond")
    assert zero["x"] == [2016]
    bands = [shape for shape in spec()["layout"]["shapes"] if shape["xref"] == "x"]
    assert [shape["x0"] + 0.5 for shape in bands] == [2018, 2019]


def test_hover_texts_say_what_is_known():
    texts = {text for trace in spec()["data"] for text in trace["text"]}
    assert texts == {
        "2015: 10",
        "2016: 0",
        "2017: Fewer than five (1–4)",
        "2018: Conflicting figures",
        "2019: Not reported",
        "2020: 12",
    }


def test_a_phone_gets_one_column():
    wide, narrow = spec()["layout"], spec(narrow=True)["layout"]
    assert wide["xaxis2"]["domain"][0] > 0.5
    assert narrow["xaxis2"]["domain"] == [0, 1]
    assert narrow["height"] > wide["height"]


def test_a_point_opens_the_passport_of_its_figure():
    drawn = spec()
    for trace in drawn["data"]:
        assert [year for _, year in trace["customdata"]] == trace["x"]
        assert {code for code, _ in trace["customdata"]} <= {"detected_victims", "offences"}
