"""The panels of a state on one axis of years: what is drawn, and what is not."""

import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard.charts.colors import resolved
from dashboard.charts.medium import PHONE, WALL, WIDE, Medium
from dashboard.subjects.states import own_citizens
from dashboard.subjects.states.figures import series as figure
from dashboard.subjects.states.page_figures import SERIES
from dashboard.views.figure import Values
from data.i18n import LANGUAGES, language

EN = language("en")
FRAME = pl.DataFrame(
    [
        (2014, None, None, "not_reported"),
        (2015, 10.0, 10.0, "exact"),
        (2016, 0.0, 0.0, "exact"),
        (2017, 1.0, 4.0, "masked"),
        (2018, None, None, "conflicting"),
        (2019, None, None, "not_reported"),
        (2020, 12000.0, 12000.0, "exact"),
    ],
    schema={"year": pl.Int16, "low": pl.Float64, "high": pl.Float64, "status": pl.String},
    orient="row",
)
SILENT = FRAME.with_columns(low=None, high=None, status=pl.lit("not_reported"))
ZEROS = FRAME.filter(year=2016)
FRAMES = {"detected_victims": FRAME, "persons_prosecuted": SILENT, "persons_convicted": FRAME}


def spec(frames=FRAMES, lang=EN, medium=WIDE):
    return figure.series(frames, lang, medium)


def texts(drawn) -> list[str]:
    return [text for trace in drawn["data"] if trace.get("mode") == "text" for text in trace["text"]]


def hovers(drawn) -> dict[str, str]:
    """The hover text of each mark, by what it opens."""
    found = {}
    for trace in drawn["data"]:
        if trace.get("customdata") and trace.get("hovertext"):
            marks = zip(trace["customdata"], trace["hovertext"], strict=True)
            found |= {mark[0]: text for mark, text in marks if mark and text}
    return found


@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_plotly_accepts_the_specification(palette, medium):
    assert go.Figure(resolved(spec(medium=medium), palette)).data


def test_an_indicator_that_was_never_reported_has_no_panel():
    shown = texts(spec())
    assert "<b>Detected victims</b>" in shown
    assert "<b>Persons convicted</b>" in shown
    assert "<b>Persons prosecuted</b>" not in shown


def test_each_mark_says_what_is_known_and_opens_its_passport():
    marks = hovers(spec({"detected_victims": FRAME}))
    assert marks == {
        "detected_victims.2015": "2015: 10",
        "detected_victims.2016": "2016: 0",
        "detected_victims.2017": "2017: fewer than five (1–4)",
        "detected_victims.2018": "2018: conflicting figures",
        "detected_victims.2019": "2019: no figure",
        "detected_victims.2020": "2020: 12,000",
    }


def test_all_panels_share_one_axis_of_years_which_begins_with_the_first_report():
    late = FRAME.filter(pl.col("year") > 2017)
    drawn = spec({"detected_victims": FRAME, "persons_convicted": late})
    shown = texts(drawn)
    assert [shown.count(year) for year in ("2014", "2015", "2020")] == [0, 1, 1]
    places = {}
    for trace in drawn["data"]:
        for mark, x in zip(trace.get("customdata") or [], trace["x"], strict=False):
            if mark and x is not None:
                places.setdefault(mark[0].rpartition(".")[2], set()).add(x)
    assert {len(xs) for xs in places.values()} == {1}


def test_every_state_of_a_number_is_in_the_key_once():
    shown = texts(spec())
    for words in ("Exact figure", "Zero", "Fewer than five", "Conflicting figures", "No figure"):
        assert shown.count(words) == 1, words


def test_gaps_are_not_bridged():
    (line,) = (trace for trace in spec({"detected_victims": FRAME})["data"] if trace.get("line", {}).get("width") == 2)
    # 2015 and 2016 alone follow each other.
    assert len([x for x in line["x"] if x is not None]) == 2


YEARLY = pl.DataFrame(
    [(year, float(year - 2010), year == 2014) for year in range(2011, 2019)],
    schema={"year": pl.Int16, "low": pl.Float64, "contradicted": pl.Boolean},
    orient="row",
).with_columns(high="low", status=pl.lit("exact"))


def joined(drawn) -> list[int]:
    """How many points each run of a line joins."""
    (line,) = (trace for trace in drawn["data"] if trace.get("line", {}).get("width") == 2)
    return [
        len(run.split()) for run in " ".join("|" if x is None else "x" for x in line["x"]).split("|") if run.strip()
    ]


def test_a_contradicted_total_is_joined_to_no_other_year_and_has_its_mark():
    drawn = spec({"detected_victims": YEARLY, "persons_convicted": ZEROS})
    assert joined(drawn) == [3, 4]
    assert texts(drawn).count("*") == 1


def test_no_line_goes_over_a_break_which_has_a_line_with_words():
    said = own_citizens.at_line(EN, own_citizens.Break(2015, 2016, {}))
    frames = {"detected_victims": YEARLY.with_columns(contradicted=False)}
    drawn = figure.series(frames, EN, WIDE, broken={"detected_victims": figure.Broken(2016, [said])})
    assert joined(drawn) == [5, 3]
    assert said in texts(drawn)
    (dashed,) = (trace for trace in drawn["data"] if trace.get("line", {}).get("dash") not in {None, "solid"})
    places = dict(zip(texts_at(drawn, 0), texts_at(drawn, 1), strict=True))
    assert places["2015"] < dashed["x"][0] < places["2016"]


def texts_at(drawn, part):
    """The words of a figure, or where each is."""
    found = [
        pair
        for trace in drawn["data"]
        if trace.get("mode") == "text"
        for pair in zip(trace["text"], trace["x"], strict=True)
    ]
    return [pair[part] for pair in found]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("medium", [WIDE, PHONE, Medium.picture(360, 600), Medium.picture(1060, 500)])
def test_the_words_of_a_break_have_room_everywhere(code, medium):
    lang = language(code)
    drawn = SERIES.draw(Values.of({**dict(SERIES.usual.given), "area": "USA"}), lang, medium).spec
    words = " ".join(texts(drawn))
    assert lang.text("Break, {before}/{after}", before=2012, after=2013).split()[0] in words
    assert "2012/2013" in words


def test_a_figure_of_one_indicator_has_each_of_its_figures_written():
    alone = texts(spec({"detected_victims": FRAME}))
    assert {"10", "12,000", "1–4"} <= {*alone}
    assert not {"10", "1–4"} & {*texts(spec())}
    doubted = FRAME.with_columns(contradicted=pl.col("year") == 2015)
    marks = texts(spec({"detected_victims": doubted}))
    assert "10*" in marks
    assert "*" not in marks


def test_zeros_alone_have_a_base_line_and_no_scale():
    drawn = spec({"detected_victims": ZEROS})
    # That of the line, and that of the one figure.
    assert [text for text in texts(drawn) if text in {"0", "0.5", "1"}] == ["0", "0"]
    assert drawn["layout"]["height"] < spec({"detected_victims": FRAME})["layout"]["height"]


@pytest.mark.parametrize(
    ("code", "number"), [("en", "10,000"), ("es", "10\u202f000"), ("pt", "10.000"), ("fr", "10\u202f000")]
)
def test_the_numbers_of_an_axis_are_written_as_the_language_writes_them(code, number):
    assert number in texts(spec({"detected_victims": FRAME}, language(code)))


def test_a_state_without_reports_gets_a_line_and_no_axis():
    drawn = spec({"detected_victims": SILENT})
    assert texts(drawn) == ["No total in UNODC’s data: detected victims"]
    assert not drawn["layout"].get("shapes")


def test_on_stage_the_panels_fill_the_height():
    assert abs(spec(medium=Medium(640, 388))["layout"]["height"] - 388) < 12
