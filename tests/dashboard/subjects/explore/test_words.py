from dataclasses import replace

import pytest

from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore import words as explore_words
from dashboard.subjects.explore.query import Selection
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.explore.samples import AREAS, RATE, SOME, VICTIMS, WOMEN, parts

EN = language("en")
TOTALS = Selection((VICTIMS,), first=2018, last=2020)


def description(selection, **options):
    rows = explore_query.rows.of(SOME, selection)
    return explore_words.description(EN, explore_query.drawn(rows, selection, AREAS), selection, **options)


def remarks(snap, selection, tiny=()):
    rows = explore_query.rows.of(snap, selection)
    return list(
        explore_words.remarks(EN, rows, selection, explore_query.about(explore_query.summed.of(snap), rows), tiny)
    )


def test_the_description_says_what_is_counted_and_counts_each_status():
    # A conflicting figure is not usable; years without a row count for all four states.
    assert description(TOTALS) == (
        "Each state is counted once for each year. "
        "Exact figure: 1; zero: 1; fewer than five: 1; conflicting figures: 1; no figure: 8."
    )


@pytest.mark.parametrize(
    ("areas", "heading"),
    [
        ((), "2 of 4 states have at least one total of detected victims, 2018–2020"),
        (("ARG",), "Argentina: detected victims, 2018–2020"),
        (
            ("BOL", "ARG"),
            "Argentina and Bolivia: {n} of 2 states have at least one total of detected victims, 2018–2020",
        ),
        (
            ("ARG", "BOL", "BRA", "CHL", "COL"),
            "{n} of 5 chosen states have at least one total of detected victims, 2018–2020",
        ),
    ],
)
def test_the_heading_says_how_many_states_report_and_names_a_few_chosen_ones(areas, heading):
    selection = replace(TOTALS, areas=areas)
    rows = explore_query.rows.of(SOME, selection)
    n = len({row["area"] for row in rows.iter_rows(named=True) if row["status"] in {"exact", "masked"}})
    assert explore_words.heading(EN, rows, selection, 4) == heading.format(n=n)


def test_only_the_two_years_are_described():
    assert description(TOTALS, both=True) == (
        "Each state is counted once for each year. Exact figure: 1; zero: 1; no figure: 6."
    )
    by_sex = replace(TOTALS, sexes=("total", "female", "male"))
    assert "Each state is counted once for each year, indicator and group." in description(by_sex)
    rows = explore_query.rows.of(SOME, TOTALS)
    assert explore_words.claim(EN, rows, TOTALS, 4, both=True) == "1 of 4 states has a total for both 2018 and 2020"
    assert explore_words.measured(EN, rows, TOTALS, both=True) == "Detected victims, 2018 and 2020"
    assert (
        explore_words.claim(EN, rows, replace(TOTALS, last=2018), 4, both=True)
        == "2 of 4 states have at least one total"
    )


def test_the_subject_names_the_group_of_the_figures():
    women = replace(TOTALS, indicators=(WOMEN, VICTIMS), first=2016, sexes=("total", "female"))
    assert explore_words.subject(EN, explore_query.rows.of(SOME, women), women) == (
        "Women subjected to violence by a partner, female, 15–49 years; Detected victims, all sexes and female"
    )
    many = replace(TOTALS, indicators=(WOMEN, VICTIMS, RATE))
    assert explore_words.subject(EN, explore_query.rows.of(SOME, many), many) == "3 indicators"
    every = Selection((VICTIMS,), sexes=(), ages=())
    rows = explore_query.rows.of(parts(9, female=5, male=3, unknown=1), every)
    assert explore_words.subject(EN, rows, every) == "Detected victims, by sex, all ages and age unknown"


@pytest.mark.parametrize(
    ("emptied", "sentence"),
    [
        ({"ages": 1077}, "No data with the filter “Age”; figures without it: 1,077."),
        (
            {"areas": 5, "forms": 7},
            "No data with these filters together; figures without one of them: States (5); Form of exploitation (7).",
        ),
        ({}, "No data with these filters, even without any one of them."),
    ],
)
def test_an_empty_answer_is_one_sentence(emptied, sentence):
    assert explore_words.empty(EN, TOTALS, emptied) == sentence
    assert explore_words.empty(EN, Selection(()), {}) == "Choose an indicator."


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_filter_that_can_empty_an_answer_has_its_word(code):
    lang = language(code)
    sentences = {explore_words.empty(lang, TOTALS, {name: 1}) for name in explore_query.RELAXED}
    assert len(sentences) == len(explore_query.RELAXED)


def test_remarks_name_substitute_groups_separate_axes_and_missing_figures():
    selection = replace(TOTALS, indicators=(WOMEN, VICTIMS, "offences"), first=2016)
    assert remarks(SOME, selection, ("BRB",)) == [
        "No data for this selection: Recorded offenses.",
        "Women subjected to violence by a partner: published only for these groups: female, 15–49 years.",
        "Shown on separate axes because units or types of data differ: "
        "Women subjected to violence by a partner | Detected victims | Recorded offenses.",
        # Argentina: 7 women are part of 0 victims. Bolivia: only unknown sex, which is not a breakdown.
        "Of 1 comparisons of a total with the sum of its parts by sex, age or form, 1 shows a difference: a part may "
        "be unknown, a victim may count under several forms, or the figures may not agree.",
        "Fewer than 200,000 people live in Barbados: one victim more or less changes the rate considerably.",
    ]


def test_no_remarks_without_a_reason():
    assert remarks(parts(10, female=6, male=(1, 4)), replace(TOTALS, sexes=("total",))) == []
    # A filter for women needs no remark about women.
    assert remarks(SOME, Selection((WOMEN,), sexes=("female",), ages=("15-49",))) == []
