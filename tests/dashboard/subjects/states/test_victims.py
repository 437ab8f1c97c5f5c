"""Victims by sex, age and form: shares, and groups that contradict their total, here and in UNODC's workbook."""

import os
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from dashboard import store
from dashboard.editions import NEWEST
from dashboard.stage.drawn import drawn
from dashboard.stage.request import parse
from dashboard.subjects.home import query as home_query
from dashboard.subjects.states import profile, profile_words
from dashboard.subjects.states.victims import VICTIMS, Groups, by_group
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.states.test_certainty import doubtful
from tests.etl.cells import cells

EN = language("en")
DETECTED = "Detected trafficking victims"
# Codes of questionnaire cells that leaked into the figures are millions.
LEAKED = 1_000_000


def sexes(total: tuple[float, float], **figures: tuple[float, float]) -> Groups:
    return Groups(dimension="sex", year=2023, figures=figures, total=total)


def test_groups_that_add_up_to_more_than_the_total_have_no_share():
    """Costa Rica, 2023, as published: 49 and 11 of 56."""
    block = sexes((56, 56), female=(49, 49), male=(11, 11))
    assert block.exceeds
    assert [block.share(name) for name in block.figures] == [None, None]
    (one,) = profile_words.blocks(EN, [block])
    assert [bar.words for bar in one.bars] == ["49", "11"]
    assert one.base == "The figures by sex add up to 60, but the total is 56, so no shares are shown."
    # In words the same sentence stands for the chart.
    described = f"Sex, 2023: women and girls, 49; men and boys, 11. {one.base}"
    assert profile_words.profile(EN, [block]) == described
    assert one.most == 60


def groups(dimension: str, total: float, unknown: float, **more: object) -> Groups:
    return Groups(dimension=dimension, year=2022, total=(total, total), unknown=(unknown, unknown), **more)


WOMEN, SIX = {"female": (6.0, 6.0), "male": (0.0, 0.0)}, {"18+": (6.0, 6.0)}


@pytest.mark.parametrize(
    ("found", "title"),
    [
        # The Bahamas, 2022, as published: six women and girls, six of 18 years and over.
        (
            [groups("sex", 6, 0, figures=WOMEN), groups("age", 6, 0, figures=SIX)],
            "All 6 victims detected in 2022 were women",
        ),
        # Cuba, 2022: some were children.
        (
            [
                groups("sex", 6, 0, figures=WOMEN),
                groups("age", 6, 0, figures={"0-17": (5.0, 5.0), "18+": (1.0, 4.0)}),
            ],
            "All 6 victims detected in 2022 were women or girls",
        ),
        ([groups("sex", 1, 0, figures={"female": (1.0, 1.0)})], "The only victim detected in 2022 was a woman or girl"),
        # Others are of unknown sex, the total is contradicted, or the ages are of another total.
        ([groups("sex", 6, 2, figures=WOMEN)], "More women and girls (6) than men and boys (0) in 2022"),
        (
            [groups("sex", 6, 0, figures=WOMEN, contradicted=True)],
            "More women and girls (6) than men and boys (0) in 2022",
        ),
        (
            [groups("sex", 6, 0, figures=WOMEN), groups("age", 7, 0, figures={"18+": (7.0, 7.0)})],
            "All 6 victims detected in 2022 were women or girls",
        ),
        # None of two groups is called the largest.
        (
            [groups("sex", 9, 0, figures={"male": (4.0, 4.0), "female": (5.0, 5.0)})],
            "More women and girls (5) than men and boys (4) in 2022",
        ),
        # A share says what it is of: 40 of 60; 14 of 20.
        (
            [groups("sex", 80, 20, figures={"female": (40.0, 40.0), "male": (20.0, 20.0)})],
            "67% of victims of known sex in 2022 were women or girls",
        ),
        (
            [groups("sex", 20, 0, figures={"female": (6.0, 6.0), "male": (14.0, 14.0)})],
            "70% of the victims detected in 2022 were men or boys",
        ),
        # None of the sexes surely has more than half.
        (
            [groups("sex", 42, 0, figures={"female": (20.0, 20.0), "male": (18.0, 22.0)})],
            "By sex, 2022: women and girls 20, men and boys 18–22",
        ),
        (
            [groups("form", 9, 0, figures={"forced_labour": (8.0, 8.0)})],
            "By form of exploitation, 2022: forced labor 8",
        ),
        ([], "No figures by sex, age or form of exploitation"),
    ],
)
def test_the_title_of_the_groups_claims_no_more_than_the_figures(found, title):
    assert profile_words.groups_claim(EN, found) == title


def test_groups_contradict_the_total_only_where_that_is_certain():
    # 1 to 4 and 53 may be 54 of 54; at least 1 and 54 are more.
    assert not sexes((54, 54), female=(53, 53), male=(1, 4)).exceeds
    assert sexes((54, 54), female=(54, 54), male=(1, 4)).exceeds
    # The total is masked: 4 at most.
    assert not sexes((1, 4), female=(4, 4)).exceeds
    block = sexes((1, 4), female=(5, 5))
    assert block.exceeds
    assert profile_words.contradiction(EN, block).startswith(
        "The figures by sex add up to 5, but the total is fewer than five,"
    )


def test_forms_may_overlap_but_no_form_is_more_than_all():
    forms = {"sexual_exploitation": (40, 40), "forced_labour": (30, 30)}
    block = Groups(dimension="form", year=2022, figures=forms, total=(50, 50))
    assert not block.exceeds
    assert block.share("sexual_exploitation") == (80, 80)
    more = Groups(dimension="form", year=2022, figures=forms, total=(39, 39))
    assert more.exceeds
    assert more.share("forced_labour") is None
    assert profile_words.contradiction(EN, more).startswith("One form alone has more victims than the total of 39,")


def test_a_single_form_is_said_to_be_the_only_one():
    """Costa Rica, 2023, as published: 56 victims, and forced labor 18 with no other form."""
    rest = "UNODC gives no other form for this year."
    forms: dict[str, tuple[float, float]] = {"forced_labour": (18, 18)}
    assert only(forms, contradicted=True).rest == [rest]
    assert only(forms | {"sexual_exploitation": (0, 0)}, contradicted=True).rest == []
    assert rest not in only(forms, "other").rest


def test_at_least_the_rest_of_a_total_is_in_no_form_shown():
    """At most 18 + 4 + 30 of 56 victims are in a form: 4 are in none."""
    forms: dict[str, tuple[float, float]] = {"forced_labour": (18, 18), "other": (1, 4), "sexual_exploitation": (0, 0)}
    rest = "At least {} of the 56 victims are in no form shown here; UNODC gives no victims of another form."
    assert only(forms).rest == [rest.format(34)]
    assert only(forms | {"sexual_exploitation": (30, 30)}).rest == [rest.format(4)]
    assert only(forms | {"sexual_exploitation": (34, 34)}).rest == []
    assert only(forms, "forced_begging").rest[0].startswith("Forced begging: ")


def test_victims_who_are_in_no_group_by_sex_are_counted_where_that_is_exact():
    """Mexico, 2023, as published: 226 victims, with 128 female, 34 male, and 44 of unknown sex."""

    def rest(unknown: float | None, **changed: tuple[float, float]) -> list[str]:
        figures = {"female": (128.0, 128.0), "male": (34.0, 34.0)} | changed
        found = Groups(
            dimension="sex",
            year=2023,
            figures=figures,
            total=(226.0, 226.0),
            unknown=None if unknown is None else (unknown, unknown),
        )
        return profile_words.blocks(EN, [found])[0].rest

    assert rest(44) == ["20 of the 226 victims are in no group shown here."]
    assert rest(63) == ["1 of the 226 victims is in no group shown here."]
    assert rest(64) == []
    assert rest(None) == []
    # A masked figure leaves the number open.
    assert rest(44, male=(1.0, 4.0)) == []


def only(forms, *unclear, contradicted=False):
    block = Groups(
        dimension="form", year=2023, figures=forms, total=(56, 56), unclear=unclear, contradicted=contradicted
    )
    return profile_words.blocks(EN, [block])[0]


def test_the_unknown_who_do_not_fit_are_no_part_of_the_whole():
    """The United States, 2022, as published: the sexes add up to the total, and 241 more are unknown."""
    whole = {"female": (13281, 13281), "male": (2772, 2772), "other": (337, 337)}
    block = Groups(dimension="sex", year=2022, figures=whole, total=(16390, 16390), unknown=(241, 241))
    (one,) = profile_words.blocks(EN, [block])
    assert [bar.name for bar in one.bars] == ["Female", "Male", "Other sex or gender"]
    assert one.rest == ["Another 241 of unknown sex are not in UNODC’s total."]
    ages = replace(block, dimension="age", figures={"0-17": (4849, 4849), "18+": (11541, 11541)})
    both = profile_words.blocks(EN, [replace(one, unknown_both=True) for one in (block, ages)])
    # One row of the source has them: it is said once.
    said = "Another 241 victims, of unknown sex and age, are not in UNODC’s total."
    assert [one.rest for one in both] == [[said], []]
    assert one.base == "Victims detected: 16,390"
    assert one.bars[0].words == "13,281 (81%)"
    fitting = Groups(dimension="sex", year=2022, figures=whole, total=(16631, 16631), unknown=(241, 241))
    (one,) = profile_words.blocks(EN, [fitting])
    assert (one.bars[-1].name, one.bars[-1].words, one.rest) == ("Sex unknown", "241", [])


@pytest.mark.parametrize("low", range(4))
@pytest.mark.parametrize("high", range(4, 7))
def test_a_share_is_the_least_and_the_most_of_all_figures_that_are_possible(low, high):
    block = sexes((0, 99), female=(low, high), male=(1, 3), other=(22, 22))
    possible = [100 * female / (female + male + 22) for female in range(low, high + 1) for male in range(1, 4)]
    assert block.share("female") == pytest.approx((min(possible), max(possible)))


def test_a_share_of_all_is_never_above_all():
    block = Groups(dimension="form", year=2020, figures={"forced_labour": (10, 40)}, total=(20, 40))
    assert block.share("forced_labour") == (25, 100)


@pytest.fixture(scope="module")
def printed() -> dict[tuple[str, int], dict[tuple[object, ...], set[str]]]:
    """The cells on detected victims by state and year, then by dimension, category, sex and age."""
    found: dict = defaultdict(lambda: defaultdict(set))
    for row in cells(max(Path(os.environ["ATALAYA_MIRROR"]).glob("unodc_glotip/*.xlsx")))[3:]:
        if row[0] in store.areas() and row[4] == DETECTED:
            found[row[0], int(str(row[9]))][row[5:9]].add(str(row[11]))
    return found


def interval(texts: set[str]) -> tuple[int, int] | None:
    """The interval of one cell; None for none, several that differ, or a leaked code."""
    if len(texts) != 1:
        return None
    (text,) = texts
    low, high = (1, 4) if text == "<5" else (int(text.replace(",", "")),) * 2
    return None if low > LEAKED else (low, high)


SEXES, AGES = ("Female", "Male", "Other"), ("0 to 17 years", "18 years or over")
FORMS = ("Sexual exploitation", "Forced labour", "Organ removal", "Removal of organs", "Other forms of exploitation")
PLACES = {
    "sex": [("Total", "Total", sex, "Total") for sex in SEXES],
    "age": [("Total", "Total", "Total", age) for age in AGES],
    "form": [("by form of exploitation", form, "Total", "Total") for form in FORMS],
}


def contradicting(printed: dict) -> set[tuple[str, int, str]]:
    """State, year and dimension wherever the groups contradict the total."""
    found = set()
    for (area, year), mine in printed.items():
        total = interval(mine.get(("Total",) * 4, set()))
        for dimension, places in PLACES.items():
            least = [figure[0] for place in places if (figure := interval(mine.get(place, set())))]
            most = max(least, default=0) if dimension == "form" else sum(least)
            if total and most > total[1]:
                found.add((area, year, dimension))
    return found


def contested(printed: dict) -> dict[tuple[str, int, str], int]:
    """State, year and age wherever the figures of the sexes certainly add up to more, with the least sum."""
    found = {}
    for (area, year), mine in printed.items():
        for age in AGES:
            every = interval(mine.get(("Total", "Total", "Total", age), set()))
            parts = [interval(mine.get(("Total", "Total", sex, age), set())) for sex in SEXES]
            least = sum(part[0] for part in parts if part)
            if every and least > every[1]:
                found[area, year, {"0 to 17 years": "0-17", "18 years or over": "18+"}[age]] = least
    return found


def few(printed: dict) -> set[tuple[str, int, str]]:
    """State, year and dimension wherever fewer than twenty victims may be known: by sex and age, of forms of all."""
    found = set()
    for (area, year), mine in printed.items():
        total = interval(mine.get(("Total",) * 4, set()))
        for dimension, places in PLACES.items():
            least = [figure[0] for place in places if (figure := interval(mine.get(place, set())))]
            if total and (total[0] if dimension == "form" else sum(least)) < 20:
                found.add((area, year, dimension))
    return found


@pytest.mark.real
def test_every_contradiction_of_the_workbook_is_found(printed):
    rows = store.tables().observations(NEWEST).filter(pl.col("indicator") == VICTIMS).collect()
    ours = {
        (area, year, dimension)
        for dimension, names in profile.GROUPS.items()
        for (area, year), block in by_group(rows, dimension, names).items()
        if block.exceeds
    }
    expected = contradicting(printed)
    assert ours == expected
    assert {("CRI", 2023, "sex"), ("CRI", 2023, "age"), ("BRA", 2022, "sex"), ("SUR", 2020, "form")} <= expected


@pytest.mark.real
def test_every_age_that_the_sexes_contradict_has_a_mark_and_no_share(printed):
    rows = store.tables().observations(NEWEST).filter(pl.col("indicator") == VICTIMS).collect()
    found = by_group(rows, "age", profile.GROUPS["age"])
    ours = {
        (area, year, name): total[0] for (area, year), block in found.items() for name, total in block.contested.items()
    }
    expected = {key: least for key, least in contested(printed).items() if key[:2] in found}
    assert ours == expected
    # Mexico, 2023, as published: 41 and 6 children by sex, and 9 by age; 87 and 28 adults, and 43.
    assert (expected["MEX", 2023, "0-17"], expected["MEX", 2023, "18+"]) == (47, 115)
    assert all(found[area, year].share(name) is None for area, year, name in expected)
    assert {one for one in by_group(rows, "sex", profile.GROUPS["sex"]).values() if one.contested} == set()
    (ages,) = [one for one in profile_words.blocks(EN, profile.groups("MEX")) if one.heading == "Age, 2023"]
    assert [bar.words for bar in ages.bars] == ["9*", "43*", "44"]
    said = "children (0–17 years), 47; adults (18 years and over), 115"
    assert ages.rest == [f"* UNODC’s figures by sex add up to more: {said}. So no shares are shown."]


@pytest.mark.real
@pytest.mark.parametrize("code", LANGUAGES)
def test_both_pages_keep_to_one_rule(printed, code):
    """No share, but a sentence, on the page of such a state; the region leaves it out. None of few victims either."""
    lang, expected, without = language(code), contradicting(printed), few(printed)
    marked = {(area, year, "age") for area, year, _ in contested(printed)}
    latest = {(area, one.year, one.dimension): one for area in store.areas() for one in profile.groups(area)}
    assert {("CRI", 2023, "sex"), ("PER", 2023, "age"), ("BRA", 2023, "sex")} <= expected & {*latest}
    # Each rule has its states.
    assert len({*latest} & without - expected) > 5
    assert len({*latest} - without - expected) > 20
    for key, block in latest.items():
        (one,) = profile_words.blocks(lang, [block])
        shares = [bar for bar in one.bars if "%" in bar.words]
        reason = profile_words.contradiction(lang, block)
        if key in expected:
            assert (shares, one.base) == ([], reason)
        elif block.known == block.total and key[1] in doubtful(VICTIMS, key[0]):
            # A share of a total that other figures contradict would be a guess.
            assert (shares, one.base) == ([], reason)
            assert lang.number(block.total[0]) in reason
        elif key in marked:
            assert (shares, reason) == ([], "")
            assert one.rest[0].startswith("* ")
        elif key in without:
            # One victim more or less would change such a share by five points or more.
            assert (shares, reason) == ([], "")
        elif not block.unclear:
            assert (len(shares), reason) == (len(block.shown), "")
    for block in home_query.breakdowns():
        out = {area for area, year, dimension in expected if (year, dimension) == (block.year, block.dimension)}
        out |= {area for area, year, dimension in marked if (year, dimension) == (block.year, block.dimension)}
        out |= {area for area in store.areas() if block.year in doubtful(VICTIMS, area)}
        assert {*block.contradicting} <= out
    assert next(one for one in home_query.breakdowns() if one.dimension == "sex").contradicting == ("BRA",)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_figure_of_costa_rica_says_why_it_has_no_shares(code):
    lang = language(code)
    spec = drawn(
        parse("victims", {"area": "CRI", "edition": "newest", "lang": code, "width": "1280", "dark": "0"})
    ).spec
    written = [text for trace in spec["data"] if trace.get("mode") == "text" for text in trace["text"]]
    reasons = [profile_words.contradiction(lang, block) for block in profile.groups("CRI")]
    assert any(reasons)
    # The lines of a block come one after the other.
    assert all(reason in " ".join(written) for reason in reasons)
