import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard.charts.colors import resolved
from dashboard.charts.medium import PHONE, WALL
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.coverage.figures.coverage import coverage_matrix
from dashboard.subjects.coverage.query import KINDS
from data.i18n import language
from tests.dashboard.subjects.coverage.samples import SNAPSHOT, VICTIMS, WOMEN

EN = language("en")
CELLS = coverage_query.cells.of(SNAPSHOT, VICTIMS)


def spec(cells=CELLS, lang=EN, medium=WALL, **options):
    return coverage_matrix(cells, lang, medium, **options)


def cells_of(drawn):
    return [trace for trace in drawn["data"] if "customdata" in trace]


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_plotly_accepts_every_form(medium, palette):
    assert go.Figure(resolved(spec(medium=medium), palette)).data


def test_there_is_one_mark_per_cell():
    marks = [at for trace in cells_of(spec()) for at in zip(trace["x"], trace["y"], strict=True)]
    assert sorted(marks) == [(year, row) for year in (2017, 2018, 2019) for row in range(4)]


def test_no_two_kinds_share_a_symbol_or_a_color():
    first, second, *_ = (at for at, kind in enumerate(CELLS["kind"]) if kind == "not_reported")
    others = pl.int_range(pl.len()).replace_strict([first, second], ["suspect", "range"], default=None)
    every = CELLS.with_columns(kind=pl.coalesce(others, "kind"))
    looks = [t["marker"] for t in spec(every)["data"] if t["xaxis"] == "x9" and t["mode"] == "markers"]
    symbols = [pair for look in looks for pair in zip(look["symbol"], look["size"], strict=True)]
    assert len(symbols) == len(KINDS)
    assert len({symbol for symbol, size in symbols if size > 4}) == len(KINDS) - 1
    assert len({color for look in looks for color in look["color"]}) == len(KINDS)


def test_the_key_says_how_many_cells_each_kind_has():
    words = [text for trace in spec()["data"] if trace["mode"] == "text" for text in trace["text"]]
    assert words == [
        "Exact figure (2)",
        "Zero (1)",
        "Fewer than five (1)",
        "Conflicting figures (1)",
        "Withdrawn (1)",
        "No figure (6)",
    ]


def test_a_cell_says_state_year_kind_and_figure():
    texts = {text for trace in cells_of(spec()) for text in trace["hovertext"]}
    source = "UNODC, Global Report on Trafficking in Persons, release"
    assert f"<b>Bolivia, 2018</b><br>Fewer than five: 1–4 persons<br>{source} 28 October 2025" in texts
    assert f"<b>Costa Rica, 2017</b><br>Withdrawn: 6 persons<br>{source} 14 April 2025" in texts
    assert "<b>Costa Rica, 2019</b><br>Conflicting figures" in texts
    assert "<b>United States, 2017</b><br>No figure" in texts


def test_a_survey_s_cell_names_its_group():
    rows = coverage_query.cells.of(SNAPSHOT, WOMEN)
    texts = {text for trace in cells_of(spec(rows)) for text in trace["hovertext"]}
    assert any("<br>Female<br>15–49 years<br>" in text for text in texts)


def test_rows_are_ordered_by_name_and_a_phone_shows_codes():
    assert spec()["layout"]["yaxis"]["ticktext"] == ["Argentina", "Bolivia", "Costa Rica", "United States"]
    assert spec(lang=language("es"))["layout"]["yaxis"]["ticktext"][-1] == "Estados Unidos"
    phone = spec(medium=PHONE)["layout"]
    assert phone["yaxis"]["ticktext"] == ["ARG", "BOL", "CRI", "USA"]
    assert phone["xaxis"]["tickangle"] == -90


def test_the_years_are_at_both_ends():
    drawn = spec()
    assert (drawn["layout"]["xaxis"]["side"], drawn["layout"]["xaxis2"]["side"]) == ("bottom", "top")
    assert drawn["layout"]["xaxis"]["range"] == drawn["layout"]["xaxis2"]["range"] == [2016.4, 2019.6]
    assert any(trace["xaxis"] == "x2" for trace in drawn["data"])
