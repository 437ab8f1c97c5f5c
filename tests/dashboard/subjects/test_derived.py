"""Ratios, shares and sums of states: intervals, why one is missing, and the same from the publisher's workbook."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import store
from dashboard.subjects.derived import OWN, SHARED, joined, states, with_derived
from dashboard.subjects.explore.query import Selection, indicators, rows
from dashboard.subjects.passports import query as passports
from dashboard.words.terms import term
from data.contract import Observations
from data.counting_units import NOT_STATED
from data.i18n import LANGUAGES, language
from data.ratios import ratios
from tests.dashboard.subjects.explore import samples
from tests.etl.cells import cells

RATIO, SHARE, CHILDREN = "convicted_per_prosecuted", "share_of_children", ("total", "0-17", "total")
CONVICTED, PROSECUTED, VICTIMS = "persons_convicted", "persons_prosecuted", "detected_victims"
CENTRAL_AMERICA = ("BLZ", "CRI", "GTM", "HND", "MEX", "NIC", "PAN", "SLV")
# As the release of 28 October 2025 prints "<5": it has zeros of its own.
MASKED = (1, 4)


def observed(*cells_, contradicted=(), units=()):
    """Observations of 2020; a cell is a state, a figure, its group and its indicator."""
    found = [samples.row(area, 2020, figure, group, code) for area, figure, group, code in cells_]
    for row in found:
        place = (row["area"], row["indicator"])
        row |= {"contradicted": place in contradicted, "counting_unit": dict(units).get(place, NOT_STATED)}
        row["locator"] = ".".join([*place, row["age"]])
    return pl.LazyFrame(found, schema=Observations.create_empty().schema)


def computed(frame, code, area):
    (row,) = with_derived(frame, (code,), (area,)).filter(indicator=code, area=area).collect().to_dicts()
    return row


def pair(convicted, prosecuted, area="BOL"):
    total = samples.TOTAL
    return (area, convicted, total, CONVICTED), (area, prosecuted, total, PROSECUTED)


@pytest.mark.parametrize(
    ("convicted", "prosecuted", "expected"),
    [
        (10, 40, (0.25, 0.25, "exact")),
        (0, 40, (0, 0, "exact")),
        (0, MASKED, (0, 0, "exact")),
        (MASKED, 40, (0.025, 0.1, "masked")),
        (10, MASKED, (2.5, 10, "masked")),
        (MASKED, MASKED, (0.25, 4, "masked")),
    ],
)
def test_a_ratio_is_as_wide_as_its_figures_allow(convicted, prosecuted, expected):
    row = computed(observed(*pair(convicted, prosecuted)), RATIO, "BOL")
    assert (row["low"], row["high"], row["status"]) == expected
    assert (row["unit"], row["note"], row["derived"]) == ("ratio", None, True)
    assert [cell["locator"] for cell in row["inputs"]] == [
        "BOL.persons_convicted.total",
        "BOL.persons_prosecuted.total",
    ]


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (observed(*pair(3, 0)), "denominator_may_be_zero"),
        (observed(*pair(3, (0, 4))), "denominator_may_be_zero"),
        (observed(pair(3, 0)[0]), "input_missing"),
        (observed(*pair(3, None)), "input_missing"),
        (observed(*pair(3, 9), contradicted={("BOL", PROSECUTED)}), "input_contradicted"),
        (observed(*pair(3, 9), contradicted={("BOL", CONVICTED)}), "input_contradicted"),
        (observed(*pair(3, 9), units={("BOL", PROSECUTED): "cases"}.items()), "units_differ"),
    ],
)
def test_a_row_says_why_it_has_no_ratio(frame, reason):
    row = computed(frame, RATIO, "BOL")
    assert (row["low"], row["high"], row["status"], row["note"]) == (None, None, "not_reported", reason)


def test_a_share_is_never_above_all_and_a_group_above_its_total_gives_none():
    total = samples.TOTAL
    masked = observed(("BOL", MASKED, CHILDREN, VICTIMS), ("BOL", MASKED, total, VICTIMS))
    assert [computed(masked, SHARE, "BOL")[end] for end in ("low", "high")] == [25, 100]
    above = observed(("BOL", 9, CHILDREN, VICTIMS), ("BOL", 8, total, VICTIMS))
    assert computed(above, SHARE, "BOL")["note"] == "input_contradicted"


def test_a_sum_has_the_states_that_report_and_says_how_many():
    total = samples.TOTAL
    frame = observed(
        ("CRI", 7, total, VICTIMS),
        ("PAN", MASKED, total, VICTIMS),
        ("MEX", None, total, VICTIMS),
        ("BOL", 99, total, VICTIMS),
        contradicted={("PAN", VICTIMS)},
    )
    row = computed(frame, VICTIMS, "013")
    assert (row["low"], row["high"], row["status"]) == (8, 11, "masked")
    assert (row["note"], row["contradicted"]) == ("states_that_report: 2 of 8", True)
    assert computed(frame, VICTIMS, "BOL-CRI")["note"] == "states_that_report: 2 of 2"


def test_states_that_count_in_different_units_are_not_added():
    total = samples.TOTAL
    frame = observed(("CRI", 7, total, VICTIMS), ("PAN", 3, total, VICTIMS), units={("PAN", VICTIMS): "cases"}.items())
    row = computed(frame, VICTIMS, "CRI-PAN")
    assert (row["low"], row["high"], row["status"], row["note"]) == (None, None, "not_reported", "units_differ")


def test_the_ratio_of_a_group_has_only_states_with_both_figures():
    frame = observed(*pair(MASKED, 10, "CRI"), *pair(5, 20, "PAN"), pair(50, 0, "HND")[0], contradicted={("PAN", "x")})
    row = computed(frame, RATIO, "013")
    assert (row["low"], row["high"], row["note"]) == (0.2, 0.3, "states_that_report: 2 of 8")
    doubted = observed(*pair(MASKED, 10, "CRI"), *pair(5, 20, "PAN"), contradicted={("PAN", PROSECUTED)})
    assert computed(doubted, RATIO, "013")["note"] == "states_that_report: 1 of 8"


FIGURE = st.one_of(st.integers(0, 60), st.tuples(st.integers(0, 1), st.just(4)))


@given(st.lists(st.tuples(FIGURE, FIGURE), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_sums_and_ratios_hold_every_value_inside_their_figures(pairs, random):
    """For values chosen anywhere inside the printed intervals, the true result is inside the computed one."""
    areas = CENTRAL_AMERICA[: len(pairs)]
    frame = observed(*(cell for area, figures in zip(areas, pairs, strict=True) for cell in pair(*figures, area)))
    true = [[random.randint(*one) if isinstance(one, tuple) else one for one in figures] for figures in pairs]
    every = with_derived(frame, (RATIO, CONVICTED), ("013",)).collect()
    added = every.row(by_predicate=(pl.col("area") == "013") & (pl.col("indicator") == CONVICTED), named=True)
    assert added["low"] <= sum(convicted for convicted, _ in true) <= added["high"]
    for area, whole in [*zip(areas, true, strict=True), ("013", [sum(side) for side in zip(*true, strict=True)])]:
        row = every.row(by_predicate=(pl.col("area") == area) & (pl.col("indicator") == RATIO), named=True)
        if row["low"] is None:
            assert row["note"] == "denominator_may_be_zero"
        else:
            assert row["low"] - 1e-6 <= whole[0] / whole[1] <= row["high"] + 1e-6


def test_indicators_stand_side_by_side_with_all_their_figures():
    selection = Selection((CONVICTED, PROSECUTED, RATIO), ("COL", "PER"), 2007, 2023)
    long, wide = rows(selection), joined(rows(selection), selection.indicators)
    assert wide.columns == [*SHARED, *(f"{code}_{name}" for code in selection.indicators for name in OWN)]
    assert wide.select(SHARED).is_unique().all()
    for code in selection.indicators:
        mine = long.filter(indicator=code).select("area", "year", "low", "high", "locator").sort("area", "year")
        again = wide.select("area", "year", *(f"{code}_{name}" for name in ("low", "high", "locator")))
        assert again.drop_nulls(f"{code}_locator").rows() == mine.rows()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_declared_ratio_is_an_indicator_with_a_title(code):
    titles = {one: term(language(code), "indicator", one) for one in ratios()}
    assert set(ratios()) <= set(indicators())
    assert len(set(titles.values())) == len(titles)
    assert not any("_" in title or "{" in title for title in titles.values())


@pytest.mark.parametrize("area", ["BRA", "044", "XX-YY", "", "USA-USA", "CAN-USA-CAN"])
def test_no_other_area_is_a_group(area):
    assert states(area) == ()


def test_the_passport_of_a_computed_figure_has_its_inputs():
    key = passports.FigureKey(RATIO, "COL", 2022)
    (row,) = passports.readings(key).to_dicts()
    inputs = passports.inputs("observations", row)
    assert inputs.select("indicator", "area", "year", "sex").rows() == [
        (code, "COL", 2022, "total") for code in (CONVICTED, PROSECUTED)
    ]


# From here on the expected values come from the publisher's workbook, read with openpyxl.
NAMES = {CONVICTED: "Persons convicted", PROSECUTED: "Persons prosecuted", VICTIMS: "Detected trafficking victims"}


@pytest.fixture(scope="module")
def printed(mirror):
    """The figures of the workbook as intervals, by state, year, indicator and age: totals of sex and form."""
    path = mirror / "unodc_glotip" / "data_glotip_2025-10-28.xlsx"
    by_name = {name: code for code, name in NAMES.items()}
    ages = {"Total": "total", "0 to 17 years": "0-17", "18 years or over": "18+"}
    found = {}
    for area, _, _, _, name, dimension, category, sex, age, year, _, value, *_ in cells(path)[3:]:
        if name in by_name and (dimension, category, sex) == ("Total", "Total", "Total") and age in ages:
            assert found.setdefault((area, year, by_name[name], ages[age]), value) == value
    return {key: MASKED if value == "<5" else (int(value.replace(",", "")),) * 2 for key, value in found.items()}


def ends(area, year, code):
    """The interval of a row that Explore shows."""
    (row,) = rows(Selection((code,), (area,), year, year)).to_dicts()
    return row["low"], row["high"]


def divided(part, whole, times=1):
    return Fraction(times * part[0], whole[1]), Fraction(times * part[1], whole[0])


@pytest.mark.real
@pytest.mark.parametrize(("area", "year"), [("COL", 2022), ("COL", 2020), ("ARG", 2015), ("PER", 2023), ("BOL", 2014)])
def test_real_convictions_per_prosecution(printed, area, year):
    both = (printed[area, year, code, "total"] for code in (CONVICTED, PROSECUTED))
    assert ends(area, year, RATIO) == pytest.approx(list(map(float, divided(*both))), abs=1.1e-6)


@pytest.mark.real
@pytest.mark.parametrize(("area", "year"), [("COL", 2022), ("ARG", 2019), ("TTO", 2008)])
def test_real_share_of_children(printed, area, year):
    both = (printed[area, year, VICTIMS, age] for age in ("0-17", "total"))
    assert ends(area, year, SHARE) == pytest.approx(list(map(float, divided(*both, 100))), abs=1.1e-6)


@pytest.mark.real
@pytest.mark.parametrize(("area", "year"), [("PER", 2023), ("GUY", 2016), ("BRA", 2020)])
def test_real_totals_below_their_parts_give_no_share(printed, area, year):
    (total, _), (children, _), (adults, _) = (printed[area, year, VICTIMS, age] for age in ("total", "0-17", "18+"))
    assert children + adults > total
    (row,) = rows(Selection((SHARE,), (area,), year, year)).to_dicts()
    assert (row["low"], row["note"]) == (None, "input_contradicted")


@pytest.mark.real
@pytest.mark.parametrize(("year", "code"), [(2022, VICTIMS), (2022, CONVICTED), (2019, VICTIMS), (2023, VICTIMS)])
def test_real_sum_of_central_america(printed, year, code):
    mine = [printed[area, year, code, "total"] for area in CENTRAL_AMERICA if (area, year, code, "total") in printed]
    (row,) = rows(Selection((code,), ("013",), year, year)).to_dicts()
    assert (row["low"], row["high"]) == tuple(map(sum, zip(*mine, strict=True)))
    assert row["note"] == f"states_that_report: {len(mine)} of 8"
    assert row["area_name"] == "Central America"
    assert len(row["inputs"]) == len(mine)


@pytest.mark.real
def test_real_ratios_have_every_state_and_year_with_both_figures(printed):
    """Each pair of the workbook is a ratio, or a row that says why it has none; nothing else is."""
    keys = {(area, year) for area, year, code, age in printed if age == "total" and code in {CONVICTED, PROSECUTED}}
    found = rows(Selection((RATIO,))).select("area", "year", "low", "note").rows()
    assert {row[:2] for row in found} == {key for key in keys if key[0] in store.areas()}
    for area, year, low, note in found:
        both = [printed.get((area, year, code, "total")) for code in (CONVICTED, PROSECUTED)]
        if None in both:
            assert (low, note) == (None, "input_missing")
        elif both[1] == (0, 0):
            assert low is None
            assert note in {"denominator_may_be_zero", "input_contradicted"}
        else:
            assert (low is None) == (note == "input_contradicted")
