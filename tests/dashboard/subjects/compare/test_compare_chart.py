import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard.charts.colors import COLORS, resolved
from dashboard.charts.medium import PHONE, WALL
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.compare.figures import compare_chart
from dashboard.subjects.compare.query import Pair
from data.i18n import language
from tests.dashboard.subjects.compare.samples import OFFENCES, RATE, VICTIMS, observations, units
from tests.dashboard.subjects.explore.figure_samples import bridges, heights, key, marks, outlines, words

EN = language("en")
STATES, REGION = Pair(VICTIMS, "ARG", "BOL"), Pair(VICTIMS, "BOL")


def sample(pair):
    return compare_query.drawn(compare_query.beside(observations(), units(), pair), 35)


def real(*case):
    rows = compare_query.rows(Pair(*case))
    return compare_query.drawn(rows, 35).filter(panel=0)


def drawn(rows, lang=EN, medium=WALL, **options):
    return compare_chart(rows, lang, medium, **options)


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize(
    "rows", [sample(STATES), sample(REGION), sample(STATES).clear(), real(OFFENCES, "DMA", "KNA")], ids=range(4)
)
def test_plotly_accepts_every_form_and_draws_nothing_but_scatter(rows, medium, palette):
    figure = go.Figure(resolved(drawn(rows, medium=medium), palette))
    assert {trace.type for trace in figure.data} == {"scatter"}


CASES = [
    (VICTIMS, "BOL", "ARG"), (VICTIMS, "CRI"), ("persons_convicted", "CRI"), (OFFENCES, "GUY", "SUR")
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_marks_are_exactly_at_the_figures_of_both_sides(case):
    rows = real(*case)
    read, pixel = heights(drawn(rows))
    expected = {
        f"{row['area']}.{row['indicator']}.{row['year']}": (row["low"], row["high"])
        for row in rows.iter_rows(named=True)
        if row["low"] is not None
    }
    shown = {name: ends for name, ends in read.items() if "no figure" not in marks(drawn(rows))[name][0][2]}
    assert shown == {name: pytest.approx(ends, abs=2 * pixel) for name, ends in expected.items()}


@pytest.mark.parametrize("case", CASES)
def test_no_line_bridges_a_year_without_a_value(case):
    rows = real(*case)
    steps, missing = bridges(drawn(rows), rows)
    assert missing == 0
    assert max(steps) - min(steps) <= 1


def test_counts_are_above_rates_with_each_year_in_the_same_place():
    for medium in (WALL, PHONE):
        spots = marks(drawn(sample(STATES), medium=medium))
        counts, rates = ([spot for name, places in spots.items() if name.split(".")[1] == code for spot in places]
                         for code in (VICTIMS, RATE))  # fmt: skip
        assert max(spot[1] for spot in counts) < min(spot[1] for spot in rates)
        assert max(spot[0] for spot in rates) < (medium.across) * 10
        for name, spots_of in spots.items():
            rate = spots.get(name.replace(VICTIMS, RATE))
            assert not rate or {spot[0] for spot in spots_of} == {spot[0] for spot in rate}


def test_each_side_has_a_name_color_and_symbol_and_the_median_states_its_basis():
    spec = drawn(sample(REGION))
    assert key(spec)[0] == "<b>Gap: no figure</b>"
    assert not {"Bolivia", "Median of the region"} & set(key(spec))
    hover = marks(spec)["region.detected_victims.2018"][0][2]
    assert hover == (
        "<b>Median of 3 of 35 states, 2018</b><br>"
        "Detected victims: 3–4 persons (range due to figures of fewer than five)"
    )
    # Both sides have figures that are ranges, each outlined in its own color.
    assert set(outlines(spec)) == {*COLORS.series[:2]}
    ends = {text for text, *_ in words(spec, side="right") if not text.startswith("<b>")}
    # Bolivia's latest figure is a bar among others, but its name is still shown.
    assert {"Bolivia", "Median of the region"} <= ends
    phone = {text for text, *_ in words(drawn(sample(REGION), medium=PHONE), side="right")}
    assert {"Bolivia", "Median of<br>the region"} <= phone


def test_a_zero_is_hollow_and_a_masked_figure_is_a_bar():
    spots = marks(drawn(sample(STATES).filter(pl.col("panel") == 0)))
    assert len(spots["BOL.detected_victims.2018"]) == 2
    assert "zero" in spots["ARG.detected_victims.2019"][0][2]
