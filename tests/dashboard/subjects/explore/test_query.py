from dataclasses import replace

import pytest

from dashboard import store
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore.query import Selection
from dashboard.subjects.figure_rows import COLUMNS
from data.ratios import ratios
from tests.dashboard.subjects.explore.samples import AREAS, RATE, SOME, VICTIMS, WOMEN, parts

TOTALS = Selection((VICTIMS,), first=2018, last=2020)
PUBLISHED = tuple(code for code in explore_filters.INDICATORS.options if code not in ratios())
EVERYTHING = Selection(PUBLISHED, sexes=(), ages=(), forms=())


def keys(rows):
    return rows.select("area", "year", "sex", "age", "form").rows()


def test_rows_are_the_publisher_s_in_order_without_additions():
    rows = explore_query.rows.of(SOME, TOTALS)
    assert rows.columns == list(COLUMNS)
    assert rows.select("area", "year", "low", "high", "status").rows() == [
        ("ARG", 2018, 10, 10, "exact"),
        ("ARG", 2020, 0, 0, "exact"),
        ("BOL", 2019, 1, 4, "masked"),
        ("CHL", 2019, None, None, "conflicting"),
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"areas": ("BOL",)}, [("BOL", 2019, "total", "total", "total")]),
        ({"first": 2020}, [("ARG", 2020, "total", "total", "total")]),
        ({"sexes": ("female",)}, [("ARG", 2020, "female", "total", "total")]),
        ({"sexes": ("unknown",), "ages": ("unknown",)}, [("BOL", 2019, "unknown", "unknown", "total")]),
        ({"first": 2010, "forms": ("forced_labour",)}, [("CHL", 2015, "total", "total", "forced_labour")]),
        ({"areas": ("BOL",), "sexes": (), "ages": ()}, [
            ("BOL", 2019, "total", "total", "total"), ("BOL", 2019, "unknown", "unknown", "total")
        ]),
        ({"indicators": ()}, []),
    ],
)  # fmt: skip
def test_each_filter_selects_its_values_and_an_empty_one_selects_all(change, expected):
    assert keys(explore_query.rows.of(SOME, replace(TOTALS, **change))) == expected


def test_an_indicator_without_a_total_is_shown_by_its_groups():
    both = replace(TOTALS, indicators=(VICTIMS, WOMEN), first=2010)
    rows = explore_query.rows.of(SOME, both)
    assert keys(rows.filter(indicator=WOMEN)) == [("BOL", 2016, "female", "15-49", "total")]
    assert set(rows.filter(indicator=VICTIMS)["sex"]) == {"total"}
    assert explore_query.rows.of(SOME, replace(both, indicators=(WOMEN,), sexes=("male",))).is_empty()


def test_an_empty_answer_names_each_filter_that_alone_empties_it():
    assert explore_query.emptied.of(SOME, replace(TOTALS, areas=("DMA",))) == {"areas": 4}
    # Persons of unknown sex also have unknown age, so each filter alone empties the answer.
    assert explore_query.emptied.of(SOME, replace(TOTALS, sexes=("unknown",), areas=("BOL",))) == {
        "sexes": 1,
        "ages": 1,
    }
    assert explore_query.emptied.of(SOME, replace(TOTALS, sexes=("male",), areas=("DMA",))) == {}


def test_indicators_share_an_axis_if_unit_and_evidence_are_the_same():
    codes = ("offences", "partner_violence", "persons_convicted", RATE, VICTIMS, "offences_rate", "new", "population")
    assert explore_query.panels(codes) == (
        ("offences",),
        ("partner_violence",),
        ("persons_convicted", VICTIMS),
        (RATE,),
        ("offences_rate",),
        ("new",),
        ("population",),
    )
    assert explore_query.panels(("child_labour_economic", "partner_violence")) == (("child_labour_economic", WOMEN),)
    assert explore_query.panels(("detected_victims_sdg", VICTIMS)) == (("detected_victims_sdg",), (VICTIMS,))


def test_every_axis_has_the_unit_of_its_figures_on_the_real_snapshot():
    units = store.tables().table("observations").select("indicator", "unit").unique().collect()
    assert {code: explore_query.axis(code)[1] for code in units["indicator"]} == dict(units.iter_rows())


def test_drawn_rows_cover_each_year_of_each_series_and_every_state():
    selection = replace(TOTALS, indicators=(WOMEN, VICTIMS), sexes=("total", "female"))
    rows = explore_query.drawn(explore_query.rows.of(SOME, selection), selection, AREAS)
    assert rows.columns == list(explore_query.DRAWN)
    series = rows.group_by("panel", "indicator", "area", "sex", "unit", maintain_order=True).agg(
        "year", "status", "low"
    )
    silent, gap = ["not_reported"] * 3, "not_reported"
    assert [(*row[:4], *row[6:]) for row in series.iter_rows()] == [
        *((0, WOMEN, area, "total", silent, [None] * 3) for area in AREAS),
        (1, VICTIMS, "ARG", "female", [gap, gap, "exact"], [None, None, 7]),
        (1, VICTIMS, "ARG", "total", ["exact", gap, "exact"], [10, None, 0]),
        (1, VICTIMS, "BOL", "total", [gap, "masked", gap], [None, 1, None]),
        (1, VICTIMS, "CHL", "total", [gap, "conflicting", gap], [None, None, None]),
        (1, VICTIMS, "DMA", "female", silent, [None] * 3),
    ]
    assert set(series["unit"]) == {"percent", "persons"}
    assert set(map(tuple, series["year"])) == {(2018, 2019, 2020)}


def test_a_figure_that_cannot_show_every_series_says_how_many_it_leaves_out():
    selection = replace(TOTALS, sexes=("total", "female"))
    rows = explore_query.drawn(explore_query.rows.of(SOME, selection), selection, AREAS)
    lines = {(row["sex"], row["area"]) for row in rows.iter_rows(named=True)}
    few, hidden = explore_query.few(rows, len(lines) - 1)
    assert (set(few["sex"]), hidden) == ({"female"}, 1)
    assert explore_query.few(rows, len(lines))[1] == 0
    # At least one.
    assert explore_query.few(rows, 1)[1] == 1


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"female": 6, "male": 4}, None),
        ({"female": 6, "male": 3}, ("sex", ["female", "male"], 1, 1)),
        ({"female": 8, "male": (1, 4)}, None),
        ({"female": 3, "male": (1, 4)}, ("sex", ["female", "male"], 3, 6)),
        ({"female": 12}, ("sex", ["female"], -2, -2)),
        ({"female": 12, "male": (1, 4)}, ("sex", ["female", "male"], -6, -3)),
        ({"female": 3, "male": None}, None),
        ({"children": 2, "adults": 5, "unknown": 2}, ("age", ["0-17", "18+", "unknown"], 1, 1)),
        ({"children": 2, "adults": 6, "unknown": 2}, None),
        ({"unknown": 2}, None),
        ({"sexual": 9, "labour": 4}, ("form", ["forced_labour", "sexual_exploitation"], -3, -3)),
    ],
)
def test_parts_that_cannot_add_up_to_their_total_are_listed_with_the_difference(figures, expected):
    differing = explore_query.unsummed(explore_query.summed.of(parts(10, **figures)))
    rows = differing.select("by", "parts", "more_low", "more_high").rows()
    assert rows == ([] if expected is None else [expected])


def test_an_unusable_total_is_not_compared_and_a_masked_one_is_an_interval():
    assert explore_query.summed.of(parts(None, female=6, male=4)).is_empty()
    row = explore_query.unsummed(explore_query.summed.of(parts((1, 4), female=0, male=0))).row(0, named=True)
    assert (row["more_low"], row["more_high"]) == (1, 4)


def test_totals_are_listed_if_they_or_a_part_are_shown():
    figures = parts(10, female=6, male=3, children=1, adults=1, girls=2)
    compared = explore_query.summed.of(figures)
    selection = Selection((VICTIMS,))
    by = {
        groups: explore_query.about(compared, explore_query.rows.of(figures, replace(selection, sexes=groups)))["by"]
        .sort()
        .to_list()
        for groups in (("total",), ("male",), ("other",))
    }
    assert by == {("total",): ["age", "sex"], ("male",): ["sex"], ("other",): []}
    girls = explore_query.about(
        compared, explore_query.rows.of(figures, replace(selection, sexes=("female",), ages=("0-17",)))
    )
    assert girls.select("sex", "age", "by").sort("sex").rows() == [("female", "total", "age"), ("total", "0-17", "sex")]


def published(indicators):
    """The published rows of some indicators, as plain dictionaries."""
    rows = store.tables().table("observations").collect().iter_rows(named=True)
    return [row for row in rows if row["indicator"] in indicators]


@pytest.mark.parametrize(
    "selection",
    [
        Selection((VICTIMS,), first=2007, last=2023),
        Selection((VICTIMS, "persons_convicted"), ("BRA", "COL"), 2010, 2020, ("female", "male"), (), ("total",)),
        Selection((WOMEN, "child_labour_economic", "childhood_sexual_violence"), first=2009, last=2020),
        Selection((VICTIMS,), ("USA",), 2003, 2023, ("total",), ("total",), ("sexual_exploitation", "other")),
        EVERYTHING,
    ],
    ids=["usual", "parts", "surveys", "forms", "everything"],
)
def test_rows_match_a_loop_over_the_table(selection):
    every = published(set(selection.indicators))
    with_total = {name: {row["indicator"] for row in every if row[name] == "total"} for name in selection.groups}

    def selected(row):
        for name, groups in selection.groups.items():
            total = row["indicator"] in with_total[name]
            if groups and row[name] not in groups and not ("total" in groups and not total):
                return False
        return (not selection.areas or row["area"] in selection.areas) and selection.first <= row[
            "year"
        ] <= selection.last

    expected = sorted(tuple(row[name] for name in explore_query.KEY) for row in every if selected(row))
    rows = explore_query.rows(selection)
    assert rows.select(explore_query.KEY).rows() == expected
    assert expected
