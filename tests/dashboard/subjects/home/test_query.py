"""The rules of page "Home" on small samples: who is named, when nothing can be said, and how wide a share is."""

from functools import partial

import polars as pl
import pytest

from dashboard.store import Tables
from dashboard.subjects.home import query, tables, words
from dashboard.subjects.states import standing
from dashboard.words import terms
from data import counting_units
from data.contract import FlowCoverage, Flows
from data.i18n import LANGUAGES, language

SCHEMA = {"area": pl.String, "year": pl.Int16, "low": pl.Float64, "high": pl.Float64, "status": pl.String}
FIXED = {"indicator": query.VICTIMS, "sex": "total", "age": "total", "form": "total", "unit": "persons"}
FIXED |= {"source": "unodc_glotip", "release": "2025-10-28", "locator": "a.xlsx#s!4", "note": None}
DOUBT = "contradicted"
AREAS = ("ARG", "BOL", "BRA", "CHL", "COL", "CRI", "USA")
EN = language("en")


def at(panel, part, year):
    """The sum of a part of a panel in a year."""
    row = panel.row(part, year)
    return row["low"], row["high"]


def exact(area, year, figure, **groups):
    return (area, year, float(figure), float(figure), "exact"), groups


def masked(area, year, **groups):
    return (area, year, 1.0, 4.0, "masked"), groups


def conflicting(area, year, **groups):
    return (area, year, None, None, "conflicting"), groups


def observations(*rows):
    every = [
        pl.DataFrame([cells], schema=SCHEMA, orient="row").with_columns(
            **{name: pl.lit(value, dtype=pl.String) for name, value in (FIXED | groups).items() if name != DOUBT},
            **{DOUBT: pl.lit(value=bool(groups.get(DOUBT)))},
        )
        for cells, groups in rows
    ]
    empty = pl.DataFrame(schema=SCHEMA | dict.fromkeys(FIXED, pl.String) | {DOUBT: pl.Boolean})
    return pl.concat(every) if every else empty


def snap(*rows):
    empty = {"flows": Flows, "flow_coverage": FlowCoverage}
    tables = {name: pl.LazyFrame(schema=model.create_empty().schema) for name, model in empty.items()}
    tables |= {"observations": observations(*rows).lazy(), "areas": pl.LazyFrame({"area": AREAS})}
    return Tables(tables)


def panel_rows(areas, years, figures=None):
    return [exact(area, year, (figures or {}).get(area, {}).get(year, 10)) for area in areas for year in years]


def test_without_any_figure_there_is_nothing_but_a_sentence():
    tables = snap()
    assert query.overview.of(tables) is None
    assert query.panel.of(tables) is None
    assert query.by_year.of(tables).is_empty()
    assert query.breakdowns.of(tables) == ()
    assert words.headline(EN, None) == "No state has reported how many victims it detected."


def test_a_year_in_which_few_reported_is_not_the_year_of_the_page():
    tables = snap(*panel_rows(AREAS, [2020]), exact("USA", 2021, 99), exact("USA", 2022, 99))
    found = query.overview.of(tables)
    assert (found.year, found.states, found.ever) == (2020, 7, 7)
    assert words.ever(EN, found) == "States with a total of victims at least once since 2020"
    assert words.key_figures(EN, found, None, None)["states"][1:] == ("7 of 35", "7 of them for 2020")
    assert query.later.of(tables) == {2021: 1, 2022: 1}
    assert query.by_year.of(tables)["year"].to_list() == [2020]
    assert words.undrawn(EN, {2021: 1})[0].endswith("for which 1 state has reported so far")
    assert words.undrawn(EN, {2021: 2})[0].endswith("for which 2 states have reported so far")


def test_the_largest_reporter_is_named_with_its_share_of_an_interval():
    found = query.overview.of(snap(exact("USA", 2020, 90), exact("ARG", 2020, 5), masked("BOL", 2020)))
    assert (found.largest, found.total) == ("USA", (96.0, 99.0))
    # 90 of 96 to 99; whoever takes 90/99 as the upper end would be wrong.
    assert found.share == pytest.approx((100 * 90 / 99, 100 * 90 / 96))
    sentence = (
        "For 2020, 3 of the 35 states of the Americas together reported 96–99 detected victims of trafficking in "
        "persons, 91–94% of them in the United States."
    )
    assert words.headline(EN, found) == sentence


@pytest.mark.parametrize(
    "rows",
    [
        # A tie; the largest is masked; the only state; a masked one may be larger; a zero and a zero.
        [exact("USA", 2020, 9), exact("ARG", 2020, 9)],
        [masked("USA", 2020), exact("ARG", 2020, 0)],
        [exact("USA", 2020, 9)],
        [exact("USA", 2020, 3), masked("ARG", 2020)],
        [exact("USA", 2020, 0), exact("ARG", 2020, 0)],
    ],
)
def test_no_state_is_named_as_the_largest_when_that_is_not_certain(rows):
    tables = snap(*rows)
    found = query.overview.of(tables)
    assert (found.largest, found.share) == ("", (0.0, 0.0))
    expected = "victims of trafficking in persons" if found.total[1] else "reported that no victims were detected"
    assert words.headline(EN, found).endswith(f"{expected}.")
    assert set(query.by_year.of(tables)["part"]) == {"others"}


def test_the_window_is_the_longest_in_which_a_third_report_every_year():
    rows = [
        *panel_rows(["ARG", "BOL"], range(2010, 2021)),
        *panel_rows(["BRA", "CHL", "COL"], range(2013, 2021)),
        *panel_rows(["CRI", "USA"], range(2019, 2021)),
    ]
    # A third of seven states is three: two do not do.
    panel = query.panel.of(snap(*rows))
    assert (panel.first, panel.last, panel.areas) == (2013, 2020, ("ARG", "BOL", "BRA", "CHL", "COL"))
    assert at(panel, "all", 2013) == (50.0, 50.0)
    assert panel.without == ""
    with pytest.raises(KeyError):
        at(panel, "without", 2013)


def test_a_gap_of_one_year_leaves_a_state_out():
    rows = [*panel_rows(AREAS[:5], range(2013, 2021)), exact("USA", 2013, 9), exact("USA", 2020, 9)]
    assert query.panel.of(snap(*rows)).areas == AREAS[:5]


def test_with_fewer_than_five_states_a_change_cannot_be_said():
    cannot = "Too few states reported every year to say whether more victims are detected."
    panel = query.panel.of(snap(*panel_rows(AREAS[:4], range(2013, 2021))))
    assert (len(panel.areas), panel.enough) == (4, False)
    assert words.changing(EN, panel) == [cannot]
    assert words.changing(EN, None) == [cannot]
    assert words.convicted(EN, panel) == words.convicted(EN, None) == []
    five = query.panel.of(snap(*panel_rows(AREAS[:5], range(2013, 2021))))
    assert words.changing(EN, five)[0].startswith("The 5 states that reported every year from 2013 to 2020")


def test_one_year_alone_is_no_window():
    assert query.panel.of(snap(*panel_rows(AREAS, [2020]))) is None


def test_the_panel_is_shown_with_and_without_the_largest_reporter_and_with_its_masked_figures():
    figure = {"USA": {2019: 100, 2020: 900}}
    rows = panel_rows(["ARG", "BRA", "CHL", "COL", "USA"], [2019, 2020], figure)
    panel = query.panel.of(snap(*rows, masked("BOL", 2019), exact("BOL", 2020, 7)))
    assert [at(panel, "all", year) for year in (2019, 2020)] == [(141.0, 144.0), (947.0, 947.0)]
    assert [at(panel, "without", year) for year in (2019, 2020)] == [(41.0, 44.0), (47.0, 47.0)]
    assert words.changing(EN, panel) == [
        "The 5 states other than the United States that reported every year from 2019 to 2020 together detected more "
        "victims in 2020 (47) than in 2019 (41–44).",
        "The United States reported 100 for 2019 and 900 for 2020.",
    ]


def test_the_parts_of_a_panel_are_all_others_and_the_largest_reporter():
    rows = [*panel_rows(AREAS, [2019, 2020], {"USA": {2019: 100, 2020: 900}}), *panel_rows(["DOM"], [2020])]
    rows = [masked("BOL", 2019) if (cells[0], cells[1]) == ("BOL", 2019) else (cells, more) for cells, more in rows]
    panel = query.panel.of(snap(*rows))
    # Five times 10 and one to four; each of the seven states is in one part.
    assert panel.parts.select("part", "year", "low", "high", "states").rows() == [
        ("largest", 2019, 100.0, 100.0, 1),
        ("others", 2019, 51.0, 54.0, 6),
        ("largest", 2020, 900.0, 900.0, 1),
        ("others", 2020, 60.0, 60.0, 6),
    ]
    assert words.panel_parts(EN, panel) == {"others": "The 6 other states", "largest": "United States"}
    without = query.panel.of(snap(*panel_rows(AREAS, [2019, 2020])))
    assert {*without.parts["part"]} == {"others"}
    assert without.parts["low"].to_list() == [70, 70]


@pytest.mark.parametrize(
    ("last", "claim"),
    [
        # Six states with 10 each in the first year; in the last 60 again, 66, and 54.
        (10, ""),
        (11, "6 states together detected more victims in 2020 than in 2019"),
        (9, "6 states together detected fewer victims in 2020 than in 2019"),
    ],
)
def test_the_title_of_the_change_claims_what_is_certain(last, claim):
    rows = {area: {2020: last} for area in AREAS} | {"USA": {2019: 100, 2020: 900}}
    panel = query.panel.of(snap(*panel_rows(AREAS, [2019, 2020], rows)))
    assert words.claim(EN, panel, query.VICTIMS) == claim
    convicted = claim.replace("detected", "convicted").replace("victims", "persons")
    assert words.claim(EN, panel, query.CONVICTED) == convicted


def test_the_title_of_the_change_claims_nothing_where_ranges_meet_or_no_state_is_apart():
    rows = [*panel_rows(AREAS, [2019, 2020], {"USA": {2019: 100, 2020: 900}, "ARG": {2020: 13}})]
    # 51 to 54 of six states, and one more; then 60: the ranges of 61-64 and 63 meet.
    rows = [masked("BOL", 2019) if cells[:2] == ("BOL", 2019) else (cells, more) for cells, more in rows]
    rows = [exact("CHL", 2019, 20) if cells[:2] == ("CHL", 2019) else (cells, more) for cells, more in rows]
    panel = query.panel.of(snap(*rows))
    assert (at(panel, "without", 2019), at(panel, "without", 2020)) == ((61, 64), (63, 63))
    assert words.claim(EN, panel, query.VICTIMS) == ""
    alike = query.panel.of(snap(*panel_rows(AREAS, [2019, 2020], {area: {2020: 20} for area in AREAS})))
    assert words.claim(EN, alike, query.VICTIMS) == words.claim(EN, None, query.VICTIMS) == ""


CHANGES = {
    # Five states with 10 each year, Bolivia with what it may be, and the United States far above them.
    "fewer": ({2019: 50, 2020: 20, 2021: 9}, "fewer {} in 2021 (49) than in 2019 (90)"),
    # 8 is not surely below 5 to 8, and 9 not surely above 9.
    "not surely fewer": ({2019: 4, 2021: "<5"}, "44 {} in 2019 and 41–44 in 2021"),
    "the same": ({2019: 9, 2021: 9}, "49 {} in 2019 and 49 in 2021"),
    "not surely more": ({2019: "<5", 2021: 4}, "41–44 {} in 2019 and 44 in 2021"),
    "more, after more": (
        {2019: 9, 2020: 50, 2021: 20},
        "more {} in 2021 (60) than in 2019 (49), but fewer than in 2020 (90)",
    ),
    # The year between may be as high, or higher: it is not surely above.
    "more, perhaps after more": ({2019: 1, 2020: "<5", 2021: 3}, "more {} in 2021 (43) than in 2019 (41)"),
    "more": ({2019: "<5", 2020: 2, 2021: 5}, "more {} in 2021 (45) than in 2019 (41–44)"),
}


@pytest.mark.parametrize(("figures", "answer"), CHANGES.values(), ids=[*CHANGES])
@pytest.mark.parametrize("indicator", [query.VICTIMS, query.CONVICTED])
def test_a_change_is_said_only_where_it_is_certain(figures, answer, indicator):
    """Of the states other than the largest, whose own figures rise in each year."""
    rows = [
        exact(area, year, 10 + 900 * (area == "USA") * (year - 2018), indicator=indicator)
        for area in ("ARG", "BRA", "CHL", "COL", "USA")
        for year in (2019, 2020, 2021)
    ]
    rows += [
        (masked if figure == "<5" else partial(exact, figure=figure))("BOL", year, indicator=indicator)
        for year, figure in ({2020: 1} | figures).items()
    ]
    panel = query.panel.of(snap(*rows), indicator)
    assert panel.without == "USA"
    victims = indicator == query.VICTIMS
    first, *_ = words.changing(EN, panel) if victims else words.convicted(EN, panel)
    every, verb, whom = ("every year", "detected", "victims") if victims else (
        "convictions every year", "convicted", "persons",
    )  # fmt: skip
    who = f"The 5 states other than the United States that reported {every} from 2019 to 2021"
    assert first == f"{who} together {verb} {answer.format(whom)}."


def test_of_convictions_all_states_are_compared_where_none_is_the_largest():
    rows = [
        exact(area, year, n, indicator=query.CONVICTED) for area in AREAS[:5] for year, n in ((2019, 10), (2020, 9))
    ]
    panel = query.panel.of(snap(*rows), query.CONVICTED)
    assert panel.without == ""
    assert words.convicted(EN, panel) == [
        "The 5 states that reported convictions every year from 2019 to 2020 together convicted fewer persons in 2020 "
        "(45) than in 2019 (50)."
    ]


def test_a_state_known_to_count_cases_is_not_in_the_panel(monkeypatch):
    units = counting_units.counting_units()
    cases = pl.DataFrame(
        [("BOL", query.VICTIMS, 2019, 2019, "cases", "", "")],
        schema={name: units.schema[name] for name in ("area", "indicator", "year_from", "year_to", "unit")}
        | {"reason": pl.String, "citation": pl.String},
        orient="row",
    )
    monkeypatch.setattr(counting_units, "counting_units", lambda: cases)
    panel = query.panel.of(snap(*panel_rows(AREAS, [2019, 2020])))
    assert panel.areas == tuple(area for area in AREAS if area != "BOL")


def of_sex(area, year=2020, **figures):
    return [exact(area, year, figure, sex=sex) for sex, figure in figures.items()]


def sexes(*rows):
    return query.breakdown(observations(*rows), "sex")


def test_shares_are_of_the_victims_whose_group_is_known():
    block = sexes(
        exact("ARG", 2020, 100),
        *of_sex("ARG", female=60, male=20),
        exact("BOL", 2020, 50),
        *of_sex("BOL", female=20, male=20, unknown=10),
    )
    assert (block.states, block.reporting, block.known, block.everyone) == (2, 2, (120, 120), (150, 150))
    assert block.figures == {"female": (80, 80), "male": (40, 40), "other": (0, 0)}
    assert block.unknown == (30, 30)
    assert block.share("female") == pytest.approx((200 / 3, 200 / 3))
    assert terms.percent(EN, block.share("female")) == "67%"


def test_a_share_with_masked_figures_is_as_wide_as_they_allow():
    block = sexes(exact("ARG", 2020, 64), *of_sex("ARG", female=60), masked("ARG", 2020, sex="male"))
    # 60 of 61 to 64, and 1 to 4 of 61 to 64: the least share is that of one man, not of four.
    assert block.share("female") == pytest.approx((93.75, 6000 / 61))
    assert block.share("male") == pytest.approx((100 / 61, 6.25))
    assert terms.percent(EN, block.share("male")) == "2–6%"


def test_few_victims_have_no_shares():
    shares = [sexes(exact("ARG", 2020, n), *of_sex("ARG", female=n - 1, male=1)).share("male") for n in (19, 20)]
    assert shares == [None, pytest.approx((5.0, 5.0))]


@pytest.mark.parametrize(
    "rows",
    [
        # No group; one group alone; a conflicting group; more than the total; groups but no total.
        [exact("BOL", 2020, 50)],
        [exact("BOL", 2020, 50), *of_sex("BOL", female=50)],
        [exact("BOL", 2020, 50), *of_sex("BOL", female=30, male=10), conflicting("BOL", 2020, sex="other")],
        [exact("BOL", 2020, 50), *of_sex("BOL", female=30, male=21)],
        of_sex("BOL", female=30, male=10),
    ],
)
def test_a_state_whose_groups_cannot_be_used_is_left_out_and_shown(rows):
    block = sexes(exact("ARG", 2020, 100), *of_sex("ARG", female=60, male=40), *rows)
    totals = sum(1 for cells, groups in rows if not groups)
    assert (block.states, block.reporting) == (1, 1 + totals)
    assert block.known == (100, 100)
    assert block.unknown == (50.0 * totals, 50.0 * totals)
    too_many = sum(cells[2] for cells, groups in rows if groups.get("sex") in {"female", "male"}) > 50
    assert block.contradicting == (("BOL",) if too_many and totals else ())
    clear = all(cells[4] != "conflicting" for cells, _ in rows)
    assert block.unusable == (() if clear else ("BOL",))
    remarks = [line for line in words.groups_remarks(EN, [block]) if "Bolivia (sex)" in line]
    assert bool(remarks) is bool(block.contradicting or not clear)
    assert not remarks or ("several figures" in remarks[0]) is not clear


def test_age_bands_and_groups_of_a_form_are_not_taken_for_a_group():
    rows = observations(
        exact("ARG", 2020, 100),
        *[exact("ARG", 2020, n, age=age) for age, n in {"0-17": 30, "18+": 70}.items()],
        exact("ARG", 2020, 9, age="15-49"),
        exact("ARG", 2020, 20, age="0-17", sex="female"),
        exact("ARG", 2020, 20, age="0-17", form="forced_labour"),
    )
    assert query.breakdown(rows, "age").figures == {"0-17": (30, 30), "18+": (70, 70)}


def test_forms_may_overlap_and_are_shares_of_all_victims():
    forms = {"sexual_exploitation": 90, "forced_labour": 30, "other": 28}
    rows = observations(exact("DOM", 2020, 99), *[exact("DOM", 2020, n, form=form) for form, n in forms.items()])
    block = query.breakdown(rows, "form")
    assert block.known == (99, 99)
    assert block.figures == {"sexual_exploitation": (90, 90), "forced_labour": (30, 30)}
    assert block.share("sexual_exploitation") == pytest.approx((100 * 90 / 99,) * 2)


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ((77.685, 77.696), "78%"),
        ((77.4, 77.6), "77–78%"),
        ((0.0, 0.0), "0%"),
        # Rounded to 0 it would say that there is nobody, rounded to 100 that there is nobody else.
        ((0.1, 0.2), "0.1–0.2%"),
        ((0.3, 0.3), "0.3%"),
        ((0.0, 0.3), "0–1%"),
        ((99.7, 99.7), "99.7%"),
        ((99.6, 99.9), "99–100%"),
        ((99.6, 100.0), "99–100%"),
        ((100.0, 100.0), "100%"),
        ((12.5, 12.5), "13%"),
        ((60.0, 85.7), "60–86%"),
    ],
)
def test_a_share_is_rounded_to_a_number_only_where_both_ends_agree(share, expected):
    assert terms.percent(EN, share) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [masked("ARG", 2020)],
            "1 of the 35 states of the Americas reported fewer than five detected victims of trafficking in persons.",
        ),
        (
            [exact("ARG", 2020, 1)],
            "1 of the 35 states of the Americas reported 1 detected victim of trafficking in persons.",
        ),
        ([exact("ARG", 2020, 0)], "1 of the 35 states of the Americas reported that no victims were detected."),
        (
            [masked("ARG", 2020), masked("BOL", 2020)],
            "2 of the 35 states of the Americas together reported 2–8 detected victims of trafficking in persons.",
        ),
        (
            [exact("ARG", 2020, 0), exact("BOL", 2020, 1)],
            "2 of the 35 states of the Americas together reported 1 detected victim of trafficking in persons, "
            "100% of them in Bolivia",
        ),
    ],
)
def test_the_headline_is_right_for_masked_one_and_none(rows, expected):
    assert words.headline(EN, query.overview.of(snap(*rows))).startswith(f"For 2020, {expected}")


def test_convictions_are_said_without_the_largest_reporter_like_victims():
    rows = [
        exact(area, year, n, indicator=query.CONVICTED)
        for area in ("ARG", "BRA", "CHL", "COL", "USA")
        for year, n in ((2019, 10), (2020, 30), (2021, 20 + 80 * (area == "USA")))
    ]
    panel = query.panel.of(snap(*rows), query.CONVICTED)
    assert words.convicted(EN, panel) == [
        "The 4 states other than the United States that reported convictions every year from 2019 to 2021 "
        "together convicted more persons in 2021 (80) than in 2019 (40), but fewer than in 2020 (120).",
        "The United States reported 10 for 2019 and 100 for 2021.",
    ]


def test_a_key_figure_names_the_states_whose_parts_add_up_to_more():
    rows = [exact("ARG", 2020, 9, contradicted=True), exact("BRA", 2020, 5), exact("CHL", 2019, 5, contradicted=True)]
    found = query.overview.of(snap(*rows))
    assert found.contradicted == ("ARG",)
    shown = words.key_figures(EN, found, None, None)["victims"]
    assert shown == (
        "Victims detected",
        "14*",
        "2020, 2 of 35 states; in the data of Argentina, the figures by sex, age or form contradict the total",
    )


def doubted(area, year, figure, *, indicator=query.VICTIMS, form=None, **sexes):
    """A total, and its parts by sex or one form that contradict it."""
    parts = [exact(area, year, n, sex=sex, indicator=indicator) for sex, n in sexes.items()]
    parts += [exact(area, year, n, form=name, indicator=indicator) for name, n in (form or {}).items()]
    return [exact(area, year, figure, indicator=indicator, contradicted=True), *parts]


# The totals of the United States, of Argentina, and of Bolivia, which are 1,000; Argentina's parts; what is said.
CERTAIN = {
    # 900 of 1,000 to 1,009: 89.2% to 90%. Of 1,000 to 1,004 both ends round to 90%.
    "three quarters": (
        (900, 100, 0),
        {"female": 14, "male": 95},
        "more than three quarters",
    ),
    "percent": ((900, 100, 0), {"female": 9, "male": 95}, "90%"),
    # 600 of 1,000 to 1,100; 500 of 1,000 to 1,300.
    "half": ((600, 400, 0), {"female": 200, "male": 300}, "more than half"),
    "none": ((500, 100, 400), {"female": 300, "male": 100}, ""),
}


@pytest.mark.parametrize(("totals", "sexes", "said"), CERTAIN.values(), ids=[*CERTAIN])
def test_a_share_is_said_as_far_as_it_is_certain_for_a_contradicted_total(totals, sexes, said):
    largest, argentina, bolivia = totals
    rows = [exact("USA", 2020, largest), *doubted("ARG", 2020, argentina, **sexes), exact("BOL", 2020, bolivia)]
    found = query.overview.of(snap(*rows))
    assert (found.total, found.largest) == ((1000, 1000), "USA")
    part = f", {said} of them in the United States." if said else "."
    assert words.headline(EN, found).endswith(f"1,000 detected victims of trafficking in persons{part}")
    alone = f"{said[0].upper()}{said[1:]} of them were detected in the United States." if said else ""
    assert words.headlines(EN, found)[1] == alone


def test_no_state_is_the_largest_if_the_parts_of_another_may_be_more():
    rows = [exact("USA", 2020, 9), *doubted("ARG", 2020, 5, female=6, male=3)]
    assert query.overview.of(snap(*rows)).largest == ""
    assert query.overview.of(snap(exact("USA", 2020, 9), *doubted("ARG", 2020, 5, female=5, male=3))).largest == "USA"


def test_a_total_that_a_form_contradicts_may_be_all_its_forms_together():
    """Of victims: a person may be convicted of several forms."""
    forms = {"forced_labour": 12, "other": 30}
    rows = [
        row for code in (query.VICTIMS, query.CONVICTED) for row in doubted("ARG", 2020, 9, indicator=code, form=forms)
    ]
    ends = {code: standing.ends.of(snap(*rows), code).row(0) for code in (query.VICTIMS, query.CONVICTED)}
    assert ends == {query.VICTIMS: ("ARG", 2020, 42.0), query.CONVICTED: ("ARG", 2020, 9.0)}


@pytest.mark.parametrize("indicator", [query.VICTIMS, query.CONVICTED])
def test_a_change_that_contradicted_totals_may_undo_is_not_said(indicator):
    """Five states with 49 in the first and 55 in the last year; the parts of one say 5, or 6, more for the first."""
    verb, noun = ("detected", "victims") if indicator == query.VICTIMS else ("convicted", "persons")
    sentences, claims, sums = [], [], []
    for men in (5, 6):
        rows = [exact(area, year, 10, indicator=indicator) for area in AREAS[1:5] for year in (2019, 2020)]
        rows += [exact("USA", year, 900, indicator=indicator) for year in (2019, 2020)]
        rows += [
            *doubted("ARG", 2019, 9, indicator=indicator, female=9, male=men),
            exact("ARG", 2020, 15, indicator=indicator),
        ]
        panel = query.panel.of(snap(*rows), indicator)
        said = words.changing(EN, panel) if indicator == query.VICTIMS else words.convicted(EN, panel)
        sentences.append(said[0].partition("to 2020 ")[2])
        claims.append(words.claim(EN, panel, indicator))
        sums.append((at(panel, "without", 2019), panel.row("without", 2019)["most"], at(panel, "without", 2020)))
    # The printed sums stay.
    assert sums == [((49, 49), 54, (55, 55)), ((49, 49), 55, (55, 55))]
    assert sentences == [
        f"together {verb} more {noun} in 2020 (55) than in 2019 (49*).",
        f"together {verb} 49* {noun} in 2019 and 55 in 2020.",
    ]
    assert claims == [f"5 states together {verb} more {noun} in 2020 than in 2019", ""]


@pytest.mark.parametrize("code", LANGUAGES)
def test_one_victim_and_one_person_are_singular(code):
    lang = language(code)
    # The same in both years, besides the largest: more or fewer is said without the word.
    one, many = (
        query.panel.of(
            snap(
                *panel_rows(
                    AREAS,
                    [2019, 2020],
                    {area: dict.fromkeys((2019, 2020), figures.get(area, 0)) for area in AREAS},
                )
            )
        )
        for figures in ({"ARG": 9, "BRA": 1}, {"ARG": 9, "BRA": 2})
    )
    expected = {
        "en": ("1 victim in", "2 victims in", "1 person in", "2 persons in"),
        "es": ("1 víctima en", "2 víctimas en", "a 1 persona en", "a 2 personas en"),
        "pt": ("1 vítima em", "2 vítimas em", "1 pessoa em", "2 pessoas em"),
        "fr": ("1 victime en", "2 victimes en", "1 personne en", "2 personnes en"),
    }[code]
    shown = [" ".join(words.changing(lang, panel)) for panel in (one, many)]
    shown += [" ".join(words.convicted(lang, panel)) for panel in (one, many)]
    for part, sentence in zip(expected, shown, strict=True):
        assert part in sentence


def test_nothing_is_said_of_shares_that_there_are_not():
    nobody = sexes(exact("ARG", 2020, 9), *of_sex("ARG", female=0, male=0))
    assert nobody.share("female") is None
    assert words.who(EN, [nobody]) == words.who(EN, []) == ""


def test_the_shares_are_also_given_without_the_largest_reporter():
    """Of 100 victims of the United States 90 are women or girls, of 40 of Argentina 10: 100 of 140, and 10 of 40."""
    rows = [exact("USA", 2020, 100), *of_sex("USA", female=90, male=10)]
    rows += [exact("ARG", 2020, 40), *of_sex("ARG", female=10, male=30)]
    (block,) = query.breakdowns.of(snap(*rows))
    assert (block.states, block.without.states, block.without.figures["female"]) == (2, 1, (10, 10))
    assert words.who(EN, [block], "USA") == (
        "In the 2 states with usable figures by sex for 2020, 71% of the detected victims whose sex is known were "
        "women or girls. Without the United States, where most of these victims were detected, the shares are: "
        "women or girls, 25%."
    )
    table = tables.groups(EN, [block], "USA")
    assert table["Share without the United States"].to_list()[:2] == ["25%", "75%"]


def test_most_is_said_only_of_more_than_half():
    rows = [exact("USA", 2020, 50), *of_sex("USA", female=50, male=0)]
    rows += [row for area in ("ARG", "BOL") for row in (exact(area, 2020, 30), *of_sex(area, female=15, male=15))]
    found = query.breakdowns.of(snap(*rows))
    assert words.who(EN, found, "USA").endswith(" Without the United States, the shares are: women or girls, 50%.")


def test_a_largest_reporter_that_is_not_among_the_figures_is_not_taken_out():
    rows = [exact("USA", 2020, 50), exact("ARG", 2020, 30), *of_sex("ARG", female=15, male=15)]
    (block,) = query.breakdowns.of(snap(*rows))
    assert block.without is None
    assert words.who(EN, [block], "USA") == (
        "In the 1 state with usable figures by sex for 2020, 50% of the detected victims whose sex is known were women "
        "or girls."
    )
    assert "Share without the United States" not in tables.groups(EN, [block], "USA").columns


FLOWS = {"origin": pl.String, "destination": pl.String, "year": pl.Int16, "low": pl.Float64, "high": pl.Float64}


def flow_snap(*rows):
    fixed = {"evidence": "counted", "status": "exact", "form": None, "transit": None, "repeat_of": None, "note": None}
    fixed |= {"transit_label": None, "source": "unodc_glotip", "release": "2025-04-14", "locator": "a#b!1"}
    frame = pl.LazyFrame(rows, schema=FLOWS, orient="row")
    flows = frame.with_columns(**{name: pl.lit(value, dtype=pl.String) for name, value in fixed.items()})
    return Tables({"flows": flows, "areas": pl.LazyFrame({"area": AREAS})})


def test_the_largest_flow_is_between_two_of_the_states():
    found = query.largest_flow.of(
        flow_snap(
            ("USA", "USA", 2019, 900.0, 900.0),
            ("PHL", "USA", 2019, 800.0, 800.0),
            ("BOL", "ARG", 2018, 50.0, 50.0),
            ("BOL", "ARG", 2020, 51.0, 51.0),
            ("ARG", "BOL", 2019, 100.0, 100.0),
        ),
        2007,
        2023,
    )
    assert (found.origin, found.destination, found.figure, found.years) == ("BOL", "ARG", (101, 101), (2018, 2020))
    assert found.listing == 3


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("BOL", "ARG", 2018, 50.0, 50.0)],
        [("BOL", "ARG", 2018, 50.0, 50.0), ("ARG", "BOL", 2018, 50.0, 50.0)],
        [("BOL", "ARG", 2018, 3.0, 3.0), ("ARG", "BOL", 2018, 1.0, 4.0)],
    ],
)
def test_no_flow_is_the_largest_when_that_is_not_certain(rows):
    assert query.largest_flow.of(flow_snap(*rows), 2007, 2023) is None


@pytest.mark.parametrize("code", LANGUAGES)
def test_one_state_alone_has_a_sentence_in_each_language(code):
    lang = language(code)
    one = query.overview.of(snap(exact("CRI", 2020, 5)))
    many = query.overview.of(snap(exact("CRI", 2020, 5), exact("ARG", 2020, 5)))
    expected = {
        "en": ("1 of the 35 states of the Americas reported", "2 of the 35 states of the Americas together reported"),
        "es": ("1 de los 35 Estados de las Américas informó", "2 de los 35 Estados de las Américas informaron"),
        "pt": ("1 dos 35 Estados das Américas informou", "2 dos 35 Estados das Américas informaram"),
        "fr": ("1 des 35 États des Amériques a déclaré", "2 des 35 États des Amériques ont déclaré"),
    }[code]
    for found, part in zip((one, many), expected, strict=True):
        assert part in words.headline(lang, found)
