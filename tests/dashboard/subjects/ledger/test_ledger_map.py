import plotly.graph_objects as go
import pytest

from dashboard.charts.colors import resolved
from dashboard.charts.medium import PHONE, WALL
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger.figures.grid import Ledger
from dashboard.subjects.ledger.figures.matrix import ledger_map
from dashboard.subjects.ledger.query import EntryFilter
from data.i18n import language
from tests.dashboard.subjects.ledger.samples import AREAS, COMMITMENTS, EVIDENCE

EN = language("en")
# The ground of the samples has the states of the region under their own codes.
CELLS = ledger_query.matrix(EVIDENCE, COMMITMENTS, AREAS, EntryFilter(paragraphs=(1,))).rows(named=True)
TOLD = Ledger(CELLS, {1: "A title"}, {"CUB": "it takes no part", "PRY": "it has a reservation"})


def spec(basemap, ledger=TOLD, medium=WALL, **options):
    return ledger_map(ledger, basemap, EN, medium, **options)


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_plotly_accepts_every_form(published, medium, palette):
    assert go.Figure(resolved(spec(published, medium=medium), palette)).data


def test_each_state_shows_its_cell_and_opens_by_its_code(published):
    hovers = {}
    for trace in spec(published)["data"]:
        if "customdata" in trace:
            hovers |= dict(zip([mark[0] for mark in trace["customdata"]], trace["hovertext"], strict=True))
    assert sorted(hovers) == sorted(AREAS)
    assert "Progress reported: substantial progress" in hovers["ARG"]
    assert "source before March 2018 or undated" in hovers["CRI"]
    assert "a figure, not an action" in hovers["PRY"]
    assert "It does not show that anything was done." in hovers["PRY"]


def test_counts_of_entries_are_neither_on_the_map_nor_in_its_tooltips(published):
    many = Ledger([{**cell, "entries": 9731} for cell in CELLS], {1: "A title"}, {})
    assert spec(published, many) == spec(published, Ledger(CELLS, {1: "A title"}, {}))


def test_the_key_counts_states(published):
    drawn = spec(published)
    words = [text for trace in drawn["data"] if trace["mode"] == "text" for text in trace["text"]]
    assert "Reviewed by others (1)" in words
    assert "Source before March 2018 or undated (1)" in words
    # What stands around it is in its frame.
    assert not [one for one in drawn["layout"]["annotations"] if one.get("y") == 0]


def test_a_grade_that_no_state_has_is_not_in_the_key(published):
    words = [text for trace in spec(published)["data"] if trace["mode"] == "text" for text in trace["text"]]
    assert not any("(0)" in text or text.startswith("Report of the state") for text in words)


def test_a_paragraph_without_states_has_an_empty_map(published):
    assert go.Figure(spec(published, Ledger([], {}, {}))).data
