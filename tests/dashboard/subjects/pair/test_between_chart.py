"""The victims counted between two states: each mark is at its figure, unlisted years have none."""

import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard import store
from dashboard.charts.colors import resolved
from dashboard.charts.medium import PHONE, WALL
from dashboard.subjects.pair import query as pair_query
from dashboard.subjects.pair import words as pair_words
from dashboard.subjects.pair.figures import between_chart
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.explore.figure_samples import heights, key, marks, runs, words
from tests.dashboard.subjects.pair.test_query import snap

EN = language("en")
PAIRS = [("BOL", "ARG"), ("MEX", "USA"), ("VEN", "TTO"), ("PER", "CHL")]


def records(one, other):
    """The counted records between two states in both directions, in plain Python."""
    return [
        row
        for row in store.tables().table("flows").collect().iter_rows(named=True)
        if row["evidence"] == "counted" and (row["origin"], row["destination"]) in {(one, other), (other, one)}
    ]


def rows(one, other):
    return pair_query.yearly(one, other)


def drawn(pair, lang=EN, medium=WALL, **options):
    return between_chart(rows(*pair), lang, medium, **options)


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("pair", [*PAIRS, ("HTI", "DMA")])
def test_plotly_accepts_every_form_and_draws_nothing_but_scatter(pair, medium, palette):
    figure = go.Figure(resolved(drawn(pair, medium=medium), palette))
    assert {trace.type for trace in figure.data} == {"scatter"}


@pytest.mark.parametrize("pair", PAIRS)
def test_each_record_has_a_mark_at_its_figure_that_opens_its_passport(pair):
    read, pixel = heights(drawn(pair))
    expected = {row["locator"]: (row["low"], row["high"]) for row in records(*pair) if row["status"] != "questioned"}
    assert expected
    assert {name: ends for name, ends in read.items() if name} == {
        name: pytest.approx(ends, abs=2 * pixel) for name, ends in expected.items()
    }


def test_a_masked_figure_is_a_bar_and_an_unlisted_year_is_not_a_zero():
    spec = drawn(("BOL", "ARG"))
    masked = [row["locator"] for row in records("BOL", "ARG") if row["status"] == "masked"]
    assert len(masked) == 6
    assert {len(marks(spec)[name]) for name in masked} == {2}
    silent = [hover for _, _, hover in marks(spec)[""]]
    assert all(hover.endswith("No figure") for hover in silent)
    years = sorted(int(hover[3:7]) for hover in silent)
    listed = [(row["origin"], row["year"]) for row in records("BOL", "ARG")]
    span = set(rows("BOL", "ARG")["year"])
    assert years == sorted(year for area in ("BOL", "ARG") for year in span if (area, year) not in listed)
    assert any(text.startswith("No figure (") for text in key(spec))


def test_a_listed_record_without_a_figure_gives_the_reason():
    listed = pl.LazyFrame({"area": ["ARG"] * 2, "year": [2013, 2014], "nationalities": [1, 1]})
    spec = between_chart(pair_query.yearly.of(snap(flow_coverage=listed), "BOL", "ARG"), EN, WALL)
    ((_, _, hover),) = marks(spec)["k"]
    assert hover == "<b>2014</b><br>Citizens of Bolivia detected in Argentina: conflicting figures"


def test_no_line_bridges_a_year_without_a_value():
    for pair in PAIRS:
        exact = {(row["origin"], row["year"]) for row in records(*pair) if row["status"] == "exact"}
        pairs = sum((origin, year + 1) in exact for origin, year in exact)
        lines = [run for look, run in runs(drawn(pair)) if look["width"] == 2]
        assert sum(len(run) - 1 for run in lines) == pairs


def test_a_questioned_figure_is_not_drawn_and_the_note_names_its_year():
    doubted = [row for row in records("VCT", "USA") if row["status"] == "questioned"]
    assert doubted
    spec, between = drawn(("VCT", "USA")), pair_query.between("VCT", "USA")
    assert not {row["locator"] for row in doubted} & set(marks(spec))
    (note,) = pair_words.undrawn(EN, between)
    assert all(str(row["year"]) in note or "–" in note for row in doubted)


@pytest.mark.parametrize("code", LANGUAGES)
def test_both_directions_are_named_in_every_language(code):
    lang = language(code)
    spec = drawn(("BOL", "ARG"), lang)
    phone = drawn(("BOL", "ARG"), lang, medium=PHONE)
    within = {"en": "in", "pt": "em"}.get(code, "en")
    assert {f"BOL {within} ARG", f"ARG {within} BOL"} <= {text for text, *_ in words(phone, side="right")}
    # The key of a phone explains the codes; elsewhere the same sentences stand beside the lines.
    beside = {text.replace("<br>", " ") for text, *_ in words(spec, side="right") + words(spec, side="center")}
    named = [text for text in key(phone) if "BOL" not in text and lang.country("BOL") in text]
    assert len(named) == 2
    assert set(named) <= beside
    assert not set(named) & set(key(spec))
    assert len(pair_words.description(lang, rows("BOL", "ARG"))) > 100
    assert pl.DataFrame(rows("BOL", "ARG")).height
