"""The rules of a state's page on small samples; expected values are worked out by hand."""

import re
from dataclasses import replace
from itertools import product

import polars as pl
import pytest

from dashboard import store
from dashboard.store import Tables
from dashboard.subjects.states import country_words, profile, profile_words, victims_words
from dashboard.subjects.states.victims import Groups
from dashboard.words import countries
from dashboard.words import tables as in_time
from data.contract import SCHEMAS
from data.i18n import language

EN = language("en")
USUAL = {
    "unit": "persons",
    "source": "unodc_glotip",
    "release": "2025-10-28",
    "locator": "x",
    "year_basis": "reference",
}


def row(year: int, figure: object, indicator: str = "detected_victims", area: str = "PER", **groups: str) -> dict:
    """An observation; a figure is a number, `<5`, or `?` for several figures under one label."""
    low, high, status = {"<5": (1.0, 4.0, "masked"), "?": (None, None, "conflicting")}.get(
        str(figure), (figure, figure, "exact")
    )
    parts = {"sex": "total", "age": "total", "form": "total"} | groups
    given = {"indicator": indicator, "area": area, "year": year, "low": low, "high": high, "status": status}
    return USUAL | given | parts


def tables(*rows: dict) -> Tables:
    schema = {name: column.dtype for name, column in SCHEMAS["observations"].columns().items()}
    frame = pl.DataFrame([{name: one.get(name) for name in schema} for one in rows], schema=schema)
    areas = pl.DataFrame({"area": ["BOL", "CHL", "ECU", "PER"]})
    return Tables({"observations": frame.lazy(), "areas": areas.lazy()})


def of_sex(*rows: dict) -> Groups:
    return next(one for one in profile.groups.of(tables(*rows), "PER") if one.dimension == "sex")


def test_the_title_of_the_series_has_victims_and_the_convictions_of_the_same_year():
    convicted = [row(2018, 3, "persons_convicted"), row(2019, "<5", "persons_convicted")]
    latest = profile.latest.of(tables(row(2018, 7), row(2019, 9), *convicted), "PER")
    titles = {
        2018: "Detected victims: 9; persons convicted: fewer than five (2019)",
        2019: "Detected victims: 9*; persons convicted: fewer than five (2019)",
    }
    for year, title in titles.items():
        doubted = pl.DataFrame({"indicator": ["detected_victims"], "year": [year]})
        assert profile_words.in_time(EN, latest, doubted) == title
    earlier = profile.latest.of(tables(row(2018, 7), row(2019, 9), convicted[0]), "PER")
    assert profile_words.in_time(EN, earlier, doubted) == "Detected victims: 9* (2019)"


def test_the_key_figures_are_the_latest_report_and_the_one_before_it():
    snap = tables(row(2015, 12), row(2017, "<5"), row(2018, "?"), row(2019, 0), row(2020, 9, "persons_convicted"))
    victims, convicted = profile.latest.of(snap, "PER")
    assert (victims.indicator, victims.row["year"], victims.row["high"]) == ("detected_victims", 2019, 0)
    assert (victims.before["year"], victims.before["status"]) == (2017, "masked")
    assert (convicted.indicator, convicted.before) == ("persons_convicted", None)
    assert profile_words.before(EN, victims) == "in 2019 (previous figure: fewer than five in 2017)"
    assert profile_words.before(EN, convicted) == "in 2020; no other total"
    assert profile_words.missing(EN, [victims, convicted]) == (
        "UNODC’s data have no total of suspects in formal contact with the authorities or persons prosecuted."
    )
    assert profile_words.missing(EN, [victims, convicted], ["persons_prosecuted"]) == (
        "UNODC’s data have no total of persons prosecuted."
    )
    # A total that its parts contradict stands beside no other.
    assert profile_words.before(EN, victims, [2017]) == profile_words.before(EN, victims, [2019]) == "in 2019"
    assert profile_words.before(EN, replace(victims, old=True), [2017]) == "in 2019, no later total"


def test_shares_are_of_the_victims_whose_group_is_known_and_the_rest_is_shown():
    block = of_sex(row(2020, 30), row(2020, 18, sex="female"), row(2020, 6, sex="male"))
    assert [block.share(one) for one in block.shown] == [(75, 75), (25, 25)]
    assert (block.known, block.total, block.unknown) == ((24, 24), (30, 30), (6, 6))
    assert victims_words.figure(EN, block, "female") == "18 (75%)"
    (drawn,) = profile_words.blocks(EN, [block])
    assert [(bar.name, bar.words) for bar in drawn.bars] == [
        ("Female", "18 (75%)"),
        ("Male", "6 (25%)"),
        ("Sex unknown", "6"),
    ]


def test_there_are_no_shares_of_fewer_than_twenty_known_victims():
    for men, shares in ((2, [(90, 90), (10, 10)]), (1, [None, None])):
        # The total is larger, but the sex of the others is not known.
        block = of_sex(row(2020, 30), row(2020, 18, sex="female"), row(2020, men, sex="male"))
        assert [block.share(one) for one in block.shown] == shares
        (drawn,) = profile_words.blocks(EN, [block])
        assert [bar.words for bar in drawn.bars[:2]] == (["18 (90%)", "2 (10%)"] if men > 1 else ["18", "1"])
    # A masked figure may be 1: of 19 to 22 victims perhaps fewer than twenty are known.
    block = of_sex(row(2020, 30), row(2020, 18, sex="female"), row(2020, "<5", sex="male"))
    assert [block.share(one) for one in block.shown] == [None, None]
    # Forms are shares of all victims.
    for total, share in ((20, (75, 75)), (19, None)):
        (block,) = profile.groups.of(tables(row(2020, total), row(2020, 15, form="forced_labour")), "PER")
        assert [block.share(one) for one in block.shown] == [share]


def test_a_share_with_a_masked_figure_is_an_interval_and_no_rest_is_worked_out():
    block = of_sex(row(2020, 30), row(2020, 22, sex="female"), row(2020, "<5", sex="male"))
    female, male = (block.share(one) for one in block.shown)
    assert female == (pytest.approx(100 * 22 / 26), pytest.approx(100 * 22 / 23))
    assert male == (pytest.approx(100 * 1 / 23), pytest.approx(100 * 4 / 26))
    # 30 less 22 less 1 to 4 would be 4 to 7.
    assert block.unknown is None


def test_a_group_with_several_figures_takes_the_shares_away():
    block = of_sex(row(2020, 40), row(2020, 32, sex="female"), row(2020, "?", sex="other"))
    assert [block.share(one) for one in block.shown] == [None]
    (drawn,) = profile_words.blocks(EN, [block])
    assert [bar.words for bar in drawn.bars] == ["32"]
    assert drawn.rest == ["Other sex or gender: UNODC gives more than one figure, so none is shown"]


def test_forms_are_shares_of_all_detected_victims():
    rows = row(2020, 20), row(2020, 15, form="forced_labour"), row(2020, "<5", form="sexual_exploitation")
    (block,) = profile.groups.of(tables(*rows), "PER")
    assert [block.share(one) for one in block.shown] == [(5, 20), (75, 75)]
    assert block.unknown is None


def test_a_breakdown_needs_a_total_above_zero_and_a_victim_in_a_group():
    rows = row(2019, 8), row(2019, 8, sex="female"), row(2020, 0), row(2020, 0, sex="female"), row(2021, 3, sex="male")
    assert [one.year for one in profile.groups.of(tables(*rows), "PER")] == [2019]
    assert profile.groups.of(tables(row(2020, 0), row(2020, 0, sex="female")), "PER") == ()
    # A printed number of victims of unknown sex, of whatever age, is shown as printed.
    rows = row(2019, 8), row(2019, 8, sex="female"), row(2019, 3, sex="unknown", age="unknown")
    assert profile.groups.of(tables(*rows), "PER")[0].unknown == (3, 3)


LACKING = pl.Struct({"year": pl.Int64, "low": pl.Float64, "high": pl.Float64, "note": pl.String})


def arrows(*rows: tuple[str, float, float]) -> pl.DataFrame:
    shown = [("PER", end, low, high, [2019, 2021], 2, False, None) for end, low, high in rows]
    schema = {"origin": pl.String, "destination": pl.String, "low": pl.Float64, "high": pl.Float64}
    schema |= {"years": pl.List(pl.Int64), "records": pl.Int64, "questioned": pl.Boolean, "left_out": pl.List(LACKING)}
    return pl.DataFrame(shown, schema=schema, orient="row")


SUM = "in 2019 and 2021"
SOME = "(2019, 2021)"


@pytest.mark.parametrize(
    ("rows", "weight", "title"),
    [
        (
            [("CHL", 91, 91), ("BOL", 10, 10)],
            "tenths",
            "More than nine in ten citizens of Peru listed by UNODC as victims abroad were detected in Chile{LED}",
        ),
        # Nine in ten are not more.
        (
            [("CHL", 90, 90), ("BOL", 9, 10)],
            "tenths",
            "More than eight in ten citizens of Peru listed by UNODC as victims abroad were detected in Chile{LED}",
        ),
        ([("CHL", 9, 9)], "only", "All citizens of Peru listed by UNODC as victims abroad were detected in Chile{LED}"),
        (
            [("CHL", 9, 9), ("BOL", 0, 6)],
            "most",
            "Most citizens of Peru listed by UNODC as victims abroad were detected in Chile{LED}",
        ),
        (
            [("CHL", 9, 9), ("BOL", 5, 5), ("USA", 4, 4)],
            "first",
            "Of the citizens of Peru listed by UNODC as victims abroad, the largest group was detected in Chile{LED}",
        ),
        # 9 is not surely more than 1 to 10.
        (
            [("CHL", 9, 9), ("BOL", 1, 10)],
            "several",
            "Citizens of Peru are listed among the victims detected in 2 other countries (2019–2021)",
        ),
        (
            [("CHL", 0, 8)],
            "few",
            "Fewer than five citizens of Peru were detected as victims in Chile in any one year (2019–2021)",
        ),
        (
            [("CHL", 0, 8), ("BOL", 1, 8)],
            "few",
            "UNODC lists citizens of Peru among the victims detected in up to 2 countries: fewer than five per country "
            "in any one year (2019–2021)",
        ),
        (
            [("CHL", 2, 8), ("BOL", 1, 8)],
            "few",
            "UNODC lists citizens of Peru among the victims detected in 2 countries: fewer than five per country in "
            "any one year (2019–2021)",
        ),
    ],
)
def test_a_title_says_no_more_than_the_intervals_allow(rows, weight, title):
    found = profile.ends(arrows(*rows), "origin")
    assert found.weight == weight
    assert profile_words.flows_title(EN, "PER", found, "origin") == title.format(LED=" (2019–2021)")
    # The sentence has the figure, and its years.
    if "{LED}" in title:
        assert profile_words.claim(EN, "PER", found, "origin") == title.format(LED=f": {rows[0][1]} in all {SOME}.")


def test_two_masked_figures_of_a_year_may_be_more_than_five():
    found = profile.ends(arrows(("CHL", 0, 16)).with_columns(records=4), "origin")
    assert found.weight == "only"
    # A range from zero says nothing.
    assert profile_words.flows_title(EN, "PER", found, "origin").endswith("were detected in Chile (2019–2021)")


def opening(abroad: list[tuple[str, float, float]], here: list[tuple[str, float, float]], *figures: int) -> str:
    """The opening of Peru: flows abroad, flows to it, totals from 2019 on; it joined the protocol in 2002."""
    frame = arrows(*here).rename({"origin": "destination", "destination": "origin"})
    ends = profile.ends(arrows(*abroad), "origin"), profile.ends(frame, "destination")
    latest = profile.latest.of(tables(*(row(2019 + at, figure) for at, figure in enumerate(figures))), "PER")
    return profile_words.opening(EN, "PER", latest, *ends, 2002)


SPAN = f"in any one year {SOME}"
TOTAL = "Peru reported 12 detected victims to UNODC for 2019."
OWN = (
    "More than nine in ten victims detected in Peru whose citizenship UNODC lists were the country’s own citizens: 90 "
    f"in all {SOME}."
)
NOTHING = "UNODC’s data have no total of victims detected in Peru."


@pytest.mark.parametrize(
    ("abroad", "here", "figures", "words"),
    [
        (
            [("CHL", 7, 9)],
            [("BOL", 7, 8)],
            (12,),
            f"{TOTAL} All citizens of Peru listed by UNODC as victims abroad were detected in Chile: 7–9 "
            f"in all {SOME}.",
        ),
        (
            [("CHL", 7, 9)],
            [("BOL", 8, 9)],
            (12,),
            f"{TOTAL} All victims detected in Peru whose citizenship UNODC lists were citizens of Bolivia: 8–9 "
            f"in all {SOME}.",
        ),
        # 7 is not surely more than 0 to 8.
        (
            [("CHL", 7, 9), ("BOL", 0, 8)],
            [],
            (12,),
            f"{TOTAL} In Chile, 7–9 citizens of Peru were detected as victims {SUM}.",
        ),
        # Own citizens are no flow between countries, but they are a group: 9 are not all, nor most, of 9 and 5.
        (
            [],
            [("BOL", 9, 9), ("PER", 5, 5), ("CHL", 4, 4)],
            (12,),
            f"{TOTAL} The largest listed group of victims detected in Peru were citizens of Bolivia: 9 in all {SOME}.",
        ),
        (
            [],
            [("BOL", 9, 9), ("PER", 5, 5)],
            (12,),
            f"{TOTAL} More than six in ten victims detected in Peru whose citizenship UNODC lists were citizens of "
            f"Bolivia: 9 in all {SOME}.",
        ),
        (
            [],
            [("BOL", 9, 9), ("PER", 9, 9), ("CHL", 4, 4)],
            (12,),
            f"{TOTAL} In Peru, 9 citizens of Bolivia were detected as victims {SUM}.",
        ),
        # Its own citizens are no flow between countries, and a known figure comes before a masked one.
        (
            [("CHL", 0, 8)],
            [("PER", 90, 90), ("BOL", 1, 1)],
            (12,),
            f"{TOTAL} {OWN} The next largest group was citizens of Bolivia: 1 {SOME}.",
        ),
        (
            [],
            [("PER", 9, 9), ("BOL", 8, 8), ("CHL", 7, 7)],
            (12,),
            f"{TOTAL} The country’s own citizens were the largest listed group of victims detected in Peru: 9 "
            f"in all {SOME}. "
            f"The next largest group was citizens of Bolivia: 8 {SOME}.",
        ),
        # 9 is not surely more than 8 to 9.
        (
            [],
            [("PER", 9, 9), ("BOL", 8, 9)],
            (12,),
            f"{TOTAL} In Peru, 8–9 citizens of Bolivia were detected as victims",
        ),
        (
            [("CHL", 99, 99)],
            [("PER", 90, 90), ("BOL", 1, 1)],
            (12,),
            f"{TOTAL} All citizens of Peru listed by UNODC as victims abroad were detected in Chile: 99 "
            f"in all {SOME}. {OWN}",
        ),
        (
            [("CHL", 0, 8)],
            [],
            (12,),
            f"{TOTAL} Chile detected fewer than five citizens of Peru as victims {SPAN}.",
        ),
        (
            [("CHL", 0, 8), ("BOL", 1, 8)],
            [],
            (12,),
            f"{TOTAL} Bolivia and Chile each detected fewer than five citizens of Peru as victims {SPAN}.",
        ),
        (
            [],
            [("BOL", 0, 8)],
            (12,),
            f"{TOTAL} Peru detected fewer than five citizens of Bolivia as victims {SPAN}.",
        ),
        (
            [],
            [("CHL", 0, 8), ("BOL", 1, 8)],
            (12,),
            f"{TOTAL} Among the victims detected in Peru, UNODC gives only “fewer than five” a year, which may be "
            "zero, for the citizens of each of these countries: Bolivia (2019, 2021) and Chile (2019, 2021).",
        ),
        (
            [],
            [("CHL", 2, 8), ("BOL", 1, 4)],
            (12,),
            f"{TOTAL} Among the victims detected in Peru, UNODC lists fewer than five citizens a year of each of these "
            "countries: Bolivia (2019, 2021) and Chile (2019, 2021).",
        ),
        ([], [], (12,), TOTAL),
        # What is known comes before what is missing.
        (
            [("CHL", 7, 9)],
            [],
            (),
            "All citizens of Peru listed by UNODC as victims abroad were detected in Chile: 7–9 "
            f"in all {SOME}. {NOTHING}",
        ),
        (
            [("CHL", 7, 9), ("BOL", 1, 2)],
            [],
            (),
            "UNODC lists 8–11 citizens of Peru among the victims detected abroad, "
            "in at least 2 countries (2019–2021). "
            "More than seven in ten citizens of Peru listed by UNODC as victims abroad were detected in Chile: 7–9 "
            f"in all {SOME}. {NOTHING}",
        ),
        # A masked figure may be a zero.
        (
            [("CHL", 7, 9), ("BOL", 0, 4)],
            [],
            (),
            "UNODC lists 7–13 citizens of Peru among the victims detected abroad, "
            "in at least 1 country (2019–2021). "
            "More than six in ten citizens of Peru listed by UNODC as victims abroad were detected in Chile: 7–9 "
            f"in all {SOME}. {NOTHING}",
        ),
        ([], [], (), f"{NOTHING} Peru joined the Protocol on Trafficking in Persons in 2002."),
    ],
)
def test_the_opening_leads_with_the_total_or_that_there_is_none(abroad, here, figures, words):
    assert opening(abroad, here, *figures).startswith(words)


@pytest.mark.parametrize(
    ("rows", "card"),
    [
        ([], None),
        # Perhaps nobody.
        ([("CHL", 0, 8)], None),
        ([("CHL", 0, 8), ("BOL", 0, 4)], None),
        ([("CHL", 9, 9)], ("9", "in 1 country, 2019–2021")),
        ([("CHL", 7, 9), ("BOL", 1, 2)], ("8–11", "in 2 countries, 2019–2021")),
        ([("CHL", 7, 9), ("BOL", 0, 4)], ("7–13", "in 1–2 countries, 2019–2021")),
    ],
)
def test_the_key_figure_of_citizens_abroad_is_their_sum_and_in_how_many_countries(rows, card):
    found = profile_words.abroad(EN, "PER", profile.ends(arrows(*rows), "origin"))
    assert found == (card and ("Citizens of Peru detected as victims abroad", *card))


def test_a_year_of_fewer_than_five_is_named():
    frame = arrows(("CHL", 1, 4)).with_columns(years=pl.Series([[2021]]), records=1)
    found, nobody = profile.ends(frame, "origin"), profile.ends(frame.clear(), "destination")
    text = profile_words.opening(EN, "PER", (), found, nobody, None)
    assert text == f"Chile detected fewer than five citizens of Peru as victims in 2021. {NOTHING}"


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ([2019], "in 2019"),
        ([2019, 2020, 2021], "from 2019 to 2021"),
        ([2017, 2019, 2021], "in the 3 years with usable figures between 2017 and 2021"),
    ],
)
def test_a_sum_says_of_which_years_it_is(years, words):
    assert in_time.over(EN, years).startswith(words)


def test_formal_contact_and_prosecution_are_compared_where_both_are_exact():
    contact, prosecuted = "persons_formal_contact", "persons_prosecuted"
    rows = row(2019, 7, contact), row(2020, 9, contact), row(2019, 7, prosecuted), row(2020, 9, prosecuted)
    pair = (contact, prosecuted)
    assert same(*rows) == {pair: (2019, 2020)}
    assert same(*rows[:3], row(2020, 8, prosecuted)) == {pair: (2019,)}
    assert same(row(2020, 9, contact), row(2021, 9, prosecuted)) == {}
    # Two masked figures may differ, and two zeros say nothing.
    assert same(row(2020, "<5", contact), row(2020, "<5", prosecuted)) == {}
    assert same(row(2020, 0, contact), row(2020, 0, prosecuted)) == {}
    assert same(row(2020, 9, contact)) == {}


def test_any_of_the_key_figures_may_be_one_number():
    contact, victims = "persons_formal_contact", profile.VICTIMS
    found = same(
        row(2019, 7), row(2019, 7, contact), row(2019, 7, "persons_convicted"), row(2018, 5), row(2018, 5, contact)
    )
    assert found == {(victims, contact): (2018,), (victims, contact, "persons_convicted"): (2019,)}
    assert profile_words.same(EN, {}) == ""
    assert profile_words.same(EN, found) == (
        "For 2018, UNODC gives the same number for detected victims and suspects in formal contact with the "
        "authorities. "
        "For 2019, UNODC gives the same number for detected victims, suspects in formal contact with the authorities "
        "and persons convicted. One figure may have been entered more than once."
    )
    years = {(victims, contact): (2018, 2019)}
    assert profile_words.same(EN, years).startswith("For each of the years 2018–2019, UNODC gives the same number for")


def test_figures_that_are_those_of_another_a_year_before_are_named():
    prosecuted, convicted = "persons_prosecuted", "persons_convicted"
    rows = [row(year, n, prosecuted) for year, n in ((2015, 8), (2016, 9), (2018, 7), (2019, 3), (2020, 2))]
    late = [(2016, 8), (2017, 9), (2019, 7), (2020, 3), (2021, 2)]
    found = profile.shifted.of(tables(*rows, *(row(year, n, convicted) for year, n in late)), "PER")
    # One year alone, or figures below five, agree by chance.
    assert found == {(prosecuted, convicted): (2015, 2016)}
    assert profile_words.shifted(EN, found) == (
        "UNODC gives the same numbers for persons prosecuted in 2015–2016 as for persons convicted in 2016–2017; they "
        "may be the same figures."
    )
    # What is one number in each of the years is named as that.
    alike = [row(year, 9, code) for year in range(2015, 2018) for code in (prosecuted, convicted)]
    assert profile.shifted.of(tables(*alike), "PER") == {}


def same(*rows: dict) -> dict[tuple[str, ...], tuple[int, ...]]:
    return profile.same.of(tables(*rows), "PER")


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ([], []),
        (
            [(2014, "larger_than_total")],
            ["Left out: 7 for 2014, more than UNODC’s total of all victims there in that year."],
        ),
        (
            [(2014, "larger_than_total"), (2016, "larger_than_total"), (2017, "larger_than_total")],
            ["Left out: 21 in all for 2014 and 2016–2017, in each year more than UNODC’s total of all victims there."],
        ),
        # Each reason has words of its own.
        (
            [(2014, "larger_than_total"), (2016, "listed_by_review")],
            [
                "Left out because larger than the total of all victims detected there: 7 (2014); Left out because our "
                "review questions it, as unusually high for this citizenship: 7 (2016)."
            ],
        ),
    ],
)
def test_it_is_said_which_figures_a_sum_lacks_but_not_in_the_opening(lacking, words):
    left_out = [{"year": year, "low": 7.0, "high": 7.0, "note": note} for year, note in lacking]
    frame = arrows(("CHL", 9, 9)).with_columns(left_out=pl.Series([left_out], dtype=pl.List(LACKING)))
    found, nobody = profile.ends(frame, "origin"), profile.ends(frame.clear(), "destination")
    claim = f"All citizens of Peru listed by UNODC as victims abroad were detected in Chile: 9 in all {SOME}."
    assert profile_words.opening(EN, "PER", (), found, nobody, None) == f"{claim} {NOTHING}"
    assert profile_words.left_out(EN, found.rows.row(0, named=True), "CHL") == words


def test_questioned_flows_are_in_no_title():
    frame = arrows(("CHL", 9, 9), ("BOL", 90, 90)).with_columns(questioned=pl.col("destination") == "BOL")
    assert profile.ends(frame, "origin").rows["area"].to_list() == ["CHL"]
    assert profile.ends(frame.clear(), "origin").weight == "none"


def test_states_report_alike_if_they_did_in_as_many_years_two_more_or_fewer():
    years = {"PER": range(2015, 2020), "BOL": range(2010, 2013), "CHL": range(2010, 2018)}
    snap = tables(*(row(year, 9, area=area) for area, some in years.items() for year in some))
    found = profile.record.of(snap, "PER")
    assert found == profile.ReportingRecord((2015, 2016, 2017, 2018, 2019), (2010, 2019), ("BOL",))
    assert profile.record.of(snap, "ECU") == profile.ReportingRecord((), (2010, 2019), ())
    assert profile_words.record(EN, found).startswith("UNODC’s data have a total of victims for 5 of the 10")


@pytest.mark.parametrize("code", ["es", "pt", "fr"])
def test_verbs_agree_with_the_name_of_the_state(code):
    lang = language(code)
    nobody = profile.ends(arrows(), "origin")
    one, many = (profile_words.opening(lang, area, total(area), nobody, nobody, None) for area in ("HTI", "USA"))
    assert {"es": " informaron ", "pt": " informaram ", "fr": " ont communiqué "}[code] in many
    assert {"es": " informó ", "pt": " informou ", "fr": " a communiqué "}[code] in one


def total(area: str) -> tuple[profile.Latest, ...]:
    return profile.latest.of(tables(row(2019, 9, area=area)), area)


def listed(end: str, area: str) -> dict[str, tuple[float, float]]:
    """What the rows of the snapshot have of victims with `area` at one end, by the country at the other."""
    other = {"origin": "destination", "destination": "origin"}[end]
    rows = store.tables().table("flows").filter(pl.col("evidence") == "counted", pl.col(end) == area).collect()
    sums: dict[str, tuple[float, float]] = {}
    for row in rows.filter("located", pl.col("status") != "questioned", pl.col("low").is_not_null()).to_dicts():
        low, high = sums.get(row[other], (0, 0))
        sums[row[other]] = low + row["low"], high + row["high"]
    return {name: ends for name, ends in sums.items() if ends[1]}


# What each claim of an opening says of the lists, by the words before the group and after it.
ALL_ABROAD = r"All citizens {of} listed by UNODC as victims abroad were detected (.+?): "
MOST_ABROAD = ALL_ABROAD.replace("All", "Most")
TENTHS = {"nine": 9, "eight": 8, "seven": 7, "six": 6}
FIRST_ABROAD = r"Of the citizens {of} listed by UNODC as victims abroad, the largest group was detected (.+?): "
ALL_HERE = r"All victims detected {inside} whose citizenship UNODC lists were (.+?): "
MOST_HERE = ALL_HERE.replace("All", "Most")
FIRST_HERE = r"The largest listed group of victims detected {inside} were (.+?): "


def test_what_an_opening_says_of_the_largest_group_holds_of_every_row():
    """Among all groups, the state's own citizens, too: those of Venezuela are the first of Guyana, not most of all."""
    found = set()
    for area in store.areas():
        text = country_words.opening(EN, area)
        places = {"of": countries.of(EN, area), "inside": countries.inside(EN, area)}
        abroad = {name: ends for name, ends in listed("origin", area).items() if name != area}
        claims = [(ALL_ABROAD, "origin"), (MOST_ABROAD, "origin"), (FIRST_ABROAD, "origin")]
        claims += [(ALL_HERE, "destination"), (MOST_HERE, "destination"), (FIRST_HERE, "destination")]
        for claim, end in claims:
            for name in re.findall(claim.format(**places), text):
                mine = abroad if end == "origin" else listed(end, area)
                (group,) = [one for one in mine if name in {named(one, end), OWN_HERE if one == area else ""}]
                others = [high for one, (_, high) in mine.items() if one != group]
                assert mine[group][0] > (sum(others) if claim in {MOST_ABROAD, MOST_HERE} else max(others, default=0))
                assert not others or claim not in {ALL_ABROAD, ALL_HERE}
                found.add((claim, area))
            for (word, n), other in product(TENTHS.items(), ("origin", "destination")):
                tenths = (ALL_ABROAD if other == "origin" else ALL_HERE).replace("All", f"More than {word} in ten")
                for name in re.findall(tenths.format(**places), text):
                    mine = abroad if other == "origin" else listed(other, area)
                    (group,) = [one for one in mine if name in {named(one, other), OWN_HERE if one == area else ""}]
                    every = mine[group][0] + sum(high for one, (_, high) in mine.items() if one != group)
                    # The next tenth is not sure, or it would be said.
                    assert n / 10 < mine[group][0] / every <= (1 if word == "nine" else (n + 1) / 10)
                    found.add((word, area))
    assert {(FIRST_HERE, "GUY"), (FIRST_HERE, "BLZ"), ("nine", "PER"), (ALL_HERE, "BRB")} <= found
    assert len(found) > 25


OWN_HERE = "the country’s own citizens"


def named(area: str, end: str) -> str:
    """A country at the other end, as a sentence has it."""
    return countries.inside(EN, area) if end == "origin" else f"citizens {countries.of(EN, area)}"
