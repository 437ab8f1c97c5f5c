import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard.charts.colors import COLORS, resolved
from dashboard.charts.medium import PHONE, WALL
from dashboard.subjects.coverage.figures.coverage import coverage_map, limits
from tests.dashboard.charts.map_samples import STATES
from tests.dashboard.subjects.states.region_samples import lands, printed

LIGHT = COLORS
YEARS = {"ARG": 20, "BOL": 5, "BRA": 6, "CHL": 11, "JAM": 1}
ROWS = [
    {
        "area": code,
        "years": YEARS.get(code, 0),
        "span": 20,
        "first": 2004 if code in YEARS else None,
        "last": 2023 if code in YEARS else None,
    }
    for code in STATES
]


def spec(basemap, english, **options):
    given = {"indicator": "Victims", "medium": WALL}
    return coverage_map(pl.DataFrame(ROWS), basemap, english, **given | options)


@pytest.mark.parametrize(
    ("span", "ends"), [(20, [5, 10, 15, 20]), (17, [5, 9, 13, 17]), (4, [1, 2, 3, 4]), (2, [1, 2]), (1, [1])]
)
def test_the_classes_are_quarters_of_the_span(span, ends):
    assert limits(span) == ends


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_plotly_accepts_every_form(basemap, english, medium, palette):
    assert len(go.Figure(resolved(spec(basemap, english, medium=medium), palette)).data) > 35


def test_the_fill_is_the_class(basemap, english):
    drawn = lands(spec(basemap, english))
    assert drawn["ARG"]["fillcolor"] == LIGHT.ramp[5]
    assert drawn["BOL"]["fillcolor"] == LIGHT.ramp[0]
    assert drawn["BRA"]["fillcolor"] == LIGHT.ramp[2]
    assert drawn["CHL"]["fillcolor"] == LIGHT.ramp[3]
    assert drawn["USA"]["fillpattern"]["shape"] == "-"


def test_the_key_counts_the_states_of_each_class(basemap, english):
    words = printed(spec(basemap, english))
    for entry in ("No year (30)", "1–5 years (2)", "6–10 years (1)", "11–15 years (1)", "16–20 years (1)"):
        assert entry in words


def test_a_state_s_hover_has_the_number_of_years_and_the_first(basemap, english):
    drawn = lands(spec(basemap, english))
    assert drawn["BOL"]["text"] == "<b>Bolivia</b><br>Victims: 5 of 20 years<br>First reported: 2004, last: 2023"
    assert drawn["USA"]["text"] == "<b>United States</b><br>No figure in any of 20 years"
    targets = [t for t in spec(basemap, english)["data"] if "customdata" in t]
    assert {data[0] for trace in targets for data in trace["customdata"]} == set(STATES)
