"""Each number on the slides equals one computed from the snapshot's files by the tests' own queries."""

import re

import polars as pl
import pytest

from tests.dashboard.briefing.deck import (
    REPORTED,
    WHOLE,
    cards,
    charts,
    interval,
    number,
    opened,
    rows,
    slide_text,
    snapshot_table,
    titled,
)

NAMED = {
    "Detected victims": "detected_victims",
    "Persons in formal contact with the authorities": "persons_formal_contact",
    "Persons prosecuted": "persons_prosecuted",
    "Persons convicted": "persons_convicted",
    "Recorded offences": "offences",
}
RATE = "Detected victims per 100,000 population"
STATES = ["CRI", "USA", "PRY", "GRD", "DMA"]


def totals(indicator, area=None):
    rows = snapshot_table("observations").filter(pl.col("indicator") == indicator, *WHOLE)
    return rows.filter(pl.col("area") == area) if area else rows


@pytest.fixture(scope="module")
def region():
    return opened()


def test_the_sums_of_the_region(region):
    (slide,) = titled(region, "Key figures")
    by_label = {label: (figure, note) for label, figure, note in cards(slide)}
    assert set(NAMED) < set(by_label)
    for label, indicator in NAMED.items():
        figure, note = by_label[label]
        year = int(note[:4])
        of_year = totals(indicator).filter(REPORTED, pl.col("year") == year)
        assert figure == interval(of_year["low"].sum(), of_year["high"].sum())
        assert f"{of_year['area'].n_unique()} of 35 report" in note
        masked = of_year.filter(pl.col("status") == "masked")
        assert (f"{interval(masked['low'].sum(), masked['high'].sum())}" in note) or masked.is_empty()
        assert ("“<5”" in note) is not masked.is_empty()
        reported = totals(indicator).filter(REPORTED)
        most = dict(reported.group_by("year").agg(pl.col("area").n_unique()).iter_rows())
        assert year == max(y for y, n in most.items() if 3 * n >= 2 * reported["area"].n_unique())


def test_the_listed_victims_of_the_region(region):
    (slide,) = titled(region, "Key figures")
    ((_, figure, note),) = [card for card in cards(slide) if "citizenship" in card[0]]
    covered = snapshot_table("flow_coverage").filter(pl.col("total_low").is_not_null())
    assert figure == interval(covered["listed"].sum(), covered["listed_high"].sum())
    assert interval(covered["total_low"].sum(), covered["total_high"].sum()) in note


@pytest.mark.parametrize("area", STATES)
def test_the_latest_figures_of_a_state(area):
    (slide,) = titled(opened("en", area), "Key figures")
    by_label = {label: (figure, note) for label, figure, note in cards(slide)}
    for label, indicator in NAMED.items():
        reported = totals(indicator, area).filter(REPORTED).sort("year")
        figure, note = by_label[label]
        if reported.is_empty():
            assert (figure, "not a zero" in note) == ("Not reported", True)
            continue
        last = reported.row(-1, named=True)
        assert figure == interval(last["low"], last["high"])
        assert note.startswith(f"{last['year']} ")
        assert ("fewer than five" in note) is (last["status"] == "masked")
        assert ("true zero" in note) is (last["high"] == 0)
        assert f"{reported.height} year" in note
        assert last["locator"] in slide_text(slide)
    rate = totals("detected_victims_rate", area).filter(REPORTED).sort("year")
    if rate.height:
        low, high = rate.select("low", "high").row(-1)
        first, *rest = by_label[RATE][0].split("–")
        assert float(first) <= low + 0.005
        assert float((rest or [first])[0]) >= high - 0.005


@pytest.mark.parametrize("area", STATES)
@pytest.mark.parametrize("label", ["Detected victims", "Persons convicted"])
def test_the_charts_of_a_state(area, label):
    shown_charts = charts(
        slide for slide in titled(opened("en", area), label) if slide.shapes.title.text_frame.text == label
    )
    reported = totals(NAMED[label], area).filter(REPORTED)
    assert len(shown_charts) == (reported.height > 0)
    for chart in shown_charts:
        years = [int(name) for name in chart.plots[0].categories]
        all_years = totals(NAMED[label])["year"].unique().sort().to_list()
        assert years == all_years
        series = {line.name: dict(zip(years, line.values, strict=True)) for line in chart.plots[0].series}
        exact = dict(reported.filter(pl.col("status") == "exact").select("year", "low").iter_rows())
        masked = reported.filter(pl.col("status") == "masked")
        zero = [year for year, value in exact.items() if not value]
        assert series["Reported"] == {year: exact.get(year) for year in years}
        assert ("Zero" in series) is bool(zero)
        for name, end in (("Fewer than five, at least", "low"), ("Fewer than five, at most", "high")):
            ends = dict(masked.select("year", end).iter_rows())
            assert series.get(name, dict.fromkeys(years)) == {year: ends.get(year) for year in years}


def test_who_reports_in_the_region(region):
    (chart,) = charts(titled(region, "What is not reported"))
    years = [int(name) for name in chart.plots[0].categories]
    victims = totals("detected_victims")
    kinds = {
        "Reported": (pl.col("status") == "exact") & (pl.col("high") > 0),
        "Zero": (pl.col("status") == "exact") & (pl.col("high") == 0),
        "Fewer than five": pl.col("status") == "masked",
    }
    series = {line.name: dict(zip(years, line.values, strict=True)) for line in chart.plots[0].series}
    for name, kind in kinds.items():
        counted = dict(victims.filter(kind).group_by("year").len().iter_rows())
        assert series[name] == {year: counted.get(year, 0) for year in years}
    assert {sum(line[year] for line in series.values()) for year in years} == {35}


def test_who_never_reported(region):
    by_label = {row[0]: row for row in rows(titled(region, "What is not reported"))}
    for label, indicator in NAMED.items():
        reporting = totals(indicator).filter(REPORTED)["area"].n_unique()
        assert by_label[label][2] == f"{reporting} of 35"
        assert len(by_label[label][3].split(", ")) == 35 - reporting or reporting == 35


@pytest.mark.parametrize("area", [None, "CRI", "USA", "PRY"])
def test_the_counted_routes(area):
    deck = opened("en", area)
    flows = snapshot_table("flows").filter(
        pl.col("evidence") == "counted", pl.col("repeat_of").is_null(), pl.col("status") != "questioned"
    )
    flows = flows.filter(pl.col("low").is_not_null(), pl.col("high") > 0, pl.col("origin").is_not_null())
    flows = flows.filter(pl.col("destination").is_not_null())
    if area:
        flows = flows.filter((pl.col("origin") == area) | (pl.col("destination") == area))
    sums = flows.group_by("origin", "destination").agg(pl.col("low", "high").sum())
    from data.i18n import language

    lang = language("en")
    expected = {(lang.country(o), lang.country(d)): interval(low, high) for o, d, low, high in sums.iter_rows()}
    shown = {(row[0], row[1]): row[2] for row in rows(titled(deck, "Counted victims"))}
    assert shown
    assert shown == {ends: expected[ends] for ends in shown}
    apart = [ends for ends in shown if ends[0] != ends[1]]
    assert len(apart) == min(10, len([ends for ends in expected if ends[0] != ends[1]]))
    middle = {(lang.country(o), lang.country(d)): low + high for o, d, low, high in sums.iter_rows()}
    assert min(middle[ends] for ends in apart) >= max(
        (value for ends, value in middle.items() if ends not in shown and ends[0] != ends[1]), default=0
    )


@pytest.mark.parametrize("area", ["CRI", "PRY"])
def test_the_gaps_of_a_state(area):
    by_label = {row[0]: row for row in rows(titled(opened("en", area), "What is not reported"))}
    for label, indicator in NAMED.items():
        every = set(totals(indicator)["year"])
        by_status = {
            status: set(rows["year"])
            for (status,), rows in totals(indicator, area).partition_by("status", as_dict=True).items()
        }
        cells = by_label[label]
        assert years(cells[1]) == by_status.get("exact", set())
        assert years(cells[2]) == by_status.get("masked", set())
        assert years(cells[3]) == (every - set().union(*by_status.values())) | by_status.get("not_reported", set())


def years(text):
    """The years of runs such as `2010–2013, 2015`."""
    numbers = set()
    for first, last in re.findall(r"(\d{4})(?:–(\d{4}))?", text):
        numbers |= set(range(int(first), int(last or first) + 1))
    return numbers


def test_victims_counted_between_two_states():
    deck = opened("en", "USA", "MEX")
    (slide, *_) = titled(deck, "Key figures")
    by_label = {label: figure for label, figure, _ in cards(slide)}
    flows = snapshot_table("flows").filter(
        pl.col("evidence") == "counted", pl.col("repeat_of").is_null(), pl.col("status").is_in(["exact", "masked"])
    )
    for start, end, label in (
        ("MEX", "USA", "Citizens of Mexico detected in United States"),
        ("USA", "MEX", "Citizens of United States detected in Mexico"),
    ):
        one_way = flows.filter(pl.col("origin") == start, pl.col("destination") == end)
        assert by_label[label] == interval(one_way["low"].sum(), one_way["high"].sum())
    stated = snapshot_table("flows").filter(pl.col("evidence") == "stated", pl.col("repeat_of").is_null())
    ends = {"MEX": 0, "USA": 0}
    for row in stated.select("origin", "transit", "destination").iter_rows():
        points = [point for point in row if point]
        pairs = {(row[0], row[2]), (row[0], row[1]), (row[1], row[2])} if len(points) > 1 else set()
        ends["MEX"] += ("MEX", "USA") in pairs
        ends["USA"] += ("USA", "MEX") in pairs
    assert by_label["Described routes from Mexico to United States"] == number(ends["MEX"])
    assert by_label["Described routes from United States to Mexico"] == number(ends["USA"])


def test_an_unlisted_pair_is_not_a_zero():
    (slide, *_) = titled(opened("en", "GRD", "KNA"), "Key figures")
    assert [figure for _, figure, _ in cards(slide)] == ["Not listed", "Not listed", "No statement", "No statement"]
    assert not re.search(r"(?<![\d,.–])0(?![\d,.–])", " ".join(figure for _, figure, _ in cards(slide)))


def test_a_chart_of_zeros_has_no_tick_between_whole_numbers():
    """Saint Lucia: half a person was printed as 1."""
    (first, *others) = charts(titled(opened("en", "LCA"), "Detected victims"))
    for chart in (first, *others):
        assert (chart.value_axis.maximum_scale, chart.value_axis.major_unit) == (1, 1)
