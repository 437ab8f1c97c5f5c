"""Every number of page "Home", computed from UNODC's workbooks with openpyxl and plain Python."""

import os
from collections import defaultdict
from pathlib import Path

import pytest

from dashboard import store
from dashboard.subjects.home import query, words
from dashboard.subjects.routes import filters as routes_filters
from data.i18n import language
from tests.dashboard.subjects.home.test_query import at
from tests.dashboard.subjects.states.test_certainty import doubtful, may_be
from tests.etl.cells import cells

pytestmark = pytest.mark.real
VICTIMS, CONVICTED = "Detected trafficking victims", "Persons convicted"
# Codes of questionnaire cells that leaked into the figures are millions.
LEAKED = 1_000_000
STATES = 35


@pytest.fixture(scope="module")
def books():
    """The rows of the two releases, the older first."""
    return [cells(path)[3:] for path in sorted(Path(os.environ["ATALAYA_MIRROR"]).glob("unodc_glotip/*.xlsx"))]


@pytest.fixture(scope="module")
def printed(books):
    """The figures of the newest release: by indicator, dimension, category, sex, age, year and state, its cells."""
    found = defaultdict(set)
    for row in books[-1]:
        if row[0] in store.areas():
            found[(*row[4:9], int(row[9]), row[0])].add(str(row[11]))
    return found


def interval(texts):
    """The interval of one cell; None for none, several that differ, or a leaked code."""
    if len(texts) != 1:
        return None
    (text,) = texts
    if text == "<5":
        return 1, 4
    value = int(text.replace(",", ""))
    return None if value > LEAKED else (value, value)


def reported(printed, indicator, year):
    """The total of each state that has one."""
    found = {}
    for key, texts in printed.items():
        if key[:6] == (indicator, "Total", "Total", "Total", "Total", year) and interval(texts):
            found[key[6]] = interval(texts)
    return found


def years(printed, indicator):
    every = {key[5] for key in printed if key[0] == indicator}
    return {year: found for year in sorted(every) if (found := reported(printed, indicator, year))}


def summed(figures):
    every = [*figures]
    return tuple(float(sum(figure[end] for figure in every)) for end in (0, 1))


def default_year(by_year):
    ever = {area for found in by_year.values() for area in found}
    return max(year for year, found in by_year.items() if 3 * len(found) >= 2 * len(ever)), len(ever)


@pytest.mark.parametrize(("indicator", "code"), [(VICTIMS, query.VICTIMS), (CONVICTED, query.CONVICTED)])
def test_the_year_the_states_the_sum_and_the_largest_reporter(printed, indicator, code):
    by_year = years(printed, indicator)
    year, ever = default_year(by_year)
    found = query.overview(code)
    assert (found.year, found.ever, found.states) == (year, ever, len(by_year[year]))
    assert found.first == min(year for year, states in by_year.items() if states)
    assert found.total == summed(by_year[year].values())
    ranked = sorted(by_year[year].items(), key=lambda item: item[1], reverse=True)
    assert found.largest == ranked[0][0]
    assert found.figure == ranked[0][1]
    # The whole may be the least or the most that the other figures allow, and the parts that contradict them.
    part, rest = ranked[0][1][0], summed(may_be(code, area, year) for area, _ in ranked[1:])
    assert may_be(code, ranked[0][0], year) == (part, part)
    assert found.share == pytest.approx((100 * part / (part + rest[1]), 100 * part / (part + rest[0])))
    assert {*found.contradicted} == {area for area in by_year[year] if year in doubtful(code, area)} != set()


def test_the_share_of_the_united_states_is_said_as_far_as_brazil_allows(books):
    """Brazil, 2022: the total is 539, and 732 victims of one form alone."""
    form = ("by form of exploitation", "Forced labour", "Total", "Total")
    cells_ = {
        row[5:9]: str(row[11])
        for row in map(tuple, books[-1])
        if (row[0], row[4]) == ("BRA", VICTIMS) and int(row[9]) == 2022
    }
    assert (cells_["Total", "Total", "Total", "Total"], cells_[form]) == ("539", "732")
    found = query.overview()
    least, most = 100 * 16390 / (21098 - 539 + 732), 100 * 16390 / 21095
    assert found.share == pytest.approx((least, most))
    assert (round(least), round(most)) == (77, 78)
    title = words.headline(language("en"), found)
    assert title.endswith("persons, more than three quarters of them in the United States.")
    assert words.headlines(language("en"), found)[1] == (
        "More than three quarters of them were detected in the United States."
    )
    # Where no form contradicts Brazil's total, both ends would round to one number.
    assert round(100 * 16390 / 21098) == round(most)


@pytest.mark.parametrize(("indicator", "code"), [(VICTIMS, query.VICTIMS), (CONVICTED, query.CONVICTED)])
def test_the_sums_of_the_panel_may_be_what_the_parts_of_their_totals_say(printed, indicator, code):
    panel, by_year = query.panel(code), years(printed, indicator)
    others = {*panel.areas} - {"USA"}
    marked = 0
    for year in range(panel.first, panel.last + 1):
        row = panel.row("without", year)
        assert row["most"] == sum(may_be(code, area, year)[1] for area in others)
        assert row["low"] == sum(by_year[year][area][0] for area in others)
        doubted = {area for area in others if year in doubtful(code, area)}
        assert row["contradicted"] is bool(doubted)
        marked += bool(doubted)
    assert marked > 1


def test_the_change_of_the_ten_states_is_certain_for_all_that_their_parts_say():
    """Honduras has 16 in 2012 and by sex 22, in 2019 84 and 88; Peru in 2019 509, and 1,054 by sex and by age."""
    panel = query.panel()
    ends = {
        year: (panel.row("without", year)["low"], panel.row("without", year)["most"]) for year in (2012, 2019, 2022)
    }
    assert ends == {2012: (1731, 1731 + 6), 2019: (3536, 3536 + 4 + 545), 2022: (3320, 3320)}
    assert panel.change("without") == "below"
    title = words.claim(language("en"), panel, query.VICTIMS)
    assert title == "10 states: more victims detected than in 2012, fewer than in 2019"


def test_the_figures_of_november_2026(printed):
    """As the issue has them from the workbook of 28 October 2025."""
    found = reported(printed, VICTIMS, 2022)
    assert (len(found), summed(found.values()), found["USA"]) == (24, (21095, 21098), (16390, 16390))
    before = reported(printed, VICTIMS, 2021)
    assert (before["USA"], summed(v for k, v in before.items() if k != "USA")) == ((10070, 10070), (4390, 4390))


def test_the_bars_of_every_year(printed):
    by_year = years(printed, VICTIMS)
    last, _ = default_year(by_year)
    largest = max(by_year[last], key=lambda area: by_year[last][area])
    expected = {}
    for year, found in by_year.items():
        for part, areas in {"largest": {largest} & {*found}, "others": {*found} - {largest}}.items():
            if areas and year <= last:
                expected[part, year] = (*summed(found[area] for area in areas), len(areas))
    names = ("part", "year", "low", "high", "states")
    rows = {(part, year): (low, high, n) for part, year, low, high, n in query.by_year().select(names).iter_rows()}
    assert rows == expected
    assert query.later() == {year: len(found) for year, found in by_year.items() if year > last}


@pytest.mark.parametrize(("indicator", "code"), [(VICTIMS, query.VICTIMS), (CONVICTED, query.CONVICTED)])
def test_the_panel_is_the_longest_run_of_years_that_a_third_report_whole(printed, indicator, code):
    by_year = years(printed, indicator)
    last, ever = default_year(by_year)
    runs = {}
    for first in range(min(by_year), last):
        every = set.intersection(*({*by_year.get(year, {})} for year in range(first, last + 1)))
        if 3 * len(every) >= ever:
            runs[first] = every
    first = min(runs)
    panel = query.panel(code)
    assert (panel.first, panel.last, {*panel.areas}) == (first, last, runs[first])
    assert panel.without == "USA"
    for year in range(first, last + 1):
        assert at(panel, "all", year) == summed(by_year[year][area] for area in runs[first])
        assert at(panel, "without", year) == summed(by_year[year][area] for area in runs[first] - {"USA"})


GROUPS = {"sex": {"Female": "female", "Male": "male", "Other": "other"}}
GROUPS["age"] = {"0 to 17 years": "0-17", "18 years or over": "18+"}
GROUPS["form"] = {"Sexual exploitation": "sexual_exploitation", "Forced labour": "forced_labour"}


def place(dimension, group):
    """The four columns of a group's cell: dimension, category, sex, age."""
    return {
        "sex": ("Total", "Total", group, "Total"),
        "age": ("Total", "Total", "Total", group),
        "form": ("by form of exploitation", group, "Total", "Total"),
    }[dimension]


def of_groups(printed, dimension, year):
    """The usable figures of the states that count, by state and group."""
    found = {}
    for area, total in reported(printed, VICTIMS, year).items():
        texts = {group: printed.get((VICTIMS, *place(dimension, group), year, area)) for group in GROUPS[dimension]}
        figures = {group: interval(some) for group, some in texts.items() if some}
        whole = {*list(GROUPS[dimension])[:2]} <= {*figures} and None not in figures.values()
        if not whole:
            continue
        mine = summed(figures.values())
        # Those whose age is known are no more certain than the total, if they are as many and the sexes are more.
        doubted = mine == total and any(of_both(printed, by, year, area) > total[1] for by in ("sex", "age"))
        # Nor is an age of which the sexes are more.
        contested = dimension == "age" and any(of_sexes(printed, age, year, area) > figures[age][1] for age in figures)
        if dimension == "form" or (mine[0] <= total[1] and not doubted and not contested):
            found[area] = figures
    return found


def of_both(printed, dimension, year, area):
    """The least that the printed figures by sex or age add up to."""
    texts = [printed.get((VICTIMS, *place(dimension, group), year, area)) for group in GROUPS[dimension]]
    return sum(found[0] for text in texts if text and (found := interval(text)))


def of_sexes(printed, age, year, area):
    """The least that the printed figures of an age by sex add up to."""
    texts = [printed.get((VICTIMS, "Total", "Total", sex, age, year, area)) for sex in GROUPS["sex"]]
    return sum(found[0] for text in texts if text and (found := interval(text)))


@pytest.mark.parametrize("dimension", GROUPS)
def test_the_groups_of_victims(printed, dimension):
    totals = reported(printed, VICTIMS, 2022)
    counted = of_groups(printed, dimension, 2022)
    block = next(one for one in query.breakdowns() if one.dimension == dimension)
    assert (block.states, block.reporting, block.everyone) == (len(counted), len(totals), summed(totals.values()))
    sums = {
        ours: summed(figures[theirs] for figures in counted.values() if theirs in figures)
        for theirs, ours in GROUPS[dimension].items()
    }
    assert block.figures == sums
    mine = summed(totals[area] for area in counted)
    every = summed(figure for figures in counted.values() for figure in figures.values())
    known = mine if dimension == "form" else every
    assert block.known == known
    assert block.unknown == (max(block.everyone[0] - known[1], 0), max(block.everyone[1] - known[0], 0))
    for group, (low, high) in sums.items():
        # The least share is that of the least figure while all others are at their most, and the other way round.
        others = summed(figure for name, figure in sums.items() if name != group)
        wholes = (mine[1], mine[0]) if dimension == "form" else (low + others[1], high + others[0])
        assert block.share(group) == pytest.approx((100 * low / wholes[0], 100 * high / wholes[1]))


@pytest.mark.parametrize("dimension", GROUPS)
def test_the_shares_without_the_largest_reporter(printed, dimension):
    """The shares of all states but the United States, whose figures are most of those of the region."""
    totals = reported(printed, VICTIMS, 2022)
    counted = of_groups(printed, dimension, 2022)
    mine = counted.pop("USA")
    block = next(one for one in query.breakdowns() if one.dimension == dimension)
    rest = block.without
    assert rest.states == len(counted) == block.states - 1
    sums = {
        ours: summed(figures[theirs] for figures in counted.values() if theirs in figures)
        for theirs, ours in GROUPS[dimension].items()
    }
    assert rest.figures == sums
    assert 2 * max(low for low, _ in mine.values()) > max(high for _, high in block.figures.values())
    whole = summed(totals[area] for area in counted)
    for group, (low, high) in sums.items():
        others = summed(figure for name, figure in sums.items() if name != group)
        wholes = (whole[1], whole[0]) if dimension == "form" else (low + others[1], high + others[0])
        assert rest.share(group) == pytest.approx((100 * low / wholes[0], 100 * high / wholes[1]))


def test_a_state_whose_sexes_add_up_to_more_than_its_total_is_left_out(printed):
    """Brazil, 2022: 145 and 404 of 539."""
    total, female, male = (
        interval(printed[VICTIMS, *place("sex", sex), 2022, "BRA"]) for sex in ("Total", "Female", "Male")
    )
    assert female[0] + male[0] > total[1]
    assert "BRA" not in of_groups(printed, "sex", 2022)
    # Its ages are as many as that total.
    assert sum(interval(printed[VICTIMS, *place("age", age), 2022, "BRA"])[0] for age in GROUPS["age"]) == total[0]
    assert "BRA" not in of_groups(printed, "age", 2022)


def test_the_largest_flow_between_two_states(books):
    """Counted by name in the release that serves the years to 2022, and in the newer one for 2023."""
    flow = query.largest_flow(*routes_filters.years())
    names = {row[1]: row[0] for row in books[-1] if row[0] in store.areas()}
    sums, found = defaultdict(int), defaultdict(set)
    for book, served in zip(books, (range(2000, 2023), range(2023, 2024)), strict=True):
        for row in book:
            if row[4:6] == (VICTIMS, "by citizenship") and row[0] in store.areas() and int(row[9]) in served:
                origin = names.get(row[6])
                if origin and origin != row[0] and (figure := interval({str(row[11])})):
                    sums[origin, row[0]] += figure[0]
                    found[origin, row[0]].add(int(row[9]))
    (pair, figure), (_, second) = sorted(sums.items(), key=lambda item: -item[1])[:2]
    assert figure > 2 * second
    assert (flow.origin, flow.destination, flow.figure) == (*pair, (figure, figure))
    assert flow.years == tuple(sorted(found[pair]))
    listing = {
        row[0] for book in books for row in book if row[4:6] == (VICTIMS, "by citizenship") and row[0] in store.areas()
    }
    assert flow.listing == len(listing)
    assert len(store.areas()) == STATES
