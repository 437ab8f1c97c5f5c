"""Page "Explore" as a reader sees it, also compared with the publisher's file by independent code."""

import os
import re
from collections import defaultdict
from pathlib import Path

import pytest

from dashboard import store
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore import summary as explore_summary
from dashboard.subjects.explore.query import Selection
from dashboard.views.filters import LANGUAGE
from data.i18n import LANGUAGES, language
from tests.etl.cells import cells
from tests.pages.test_figures import EN, INDICATORS, as_shown, opened

SEXES = {"Female": "female", "Male": "male", "Other": "other"}
TOTALS = ("detected_victims", "total", "total", "total")
CHOICE = {"indicators": "detected_victims,partner_violence", "state": "BRA,COL,CRI", "period": "2014-2019"}


@pytest.fixture(scope="module")
def printed() -> dict[tuple[str, str, str], list[str]]:
    """The cells of detected victims by state, year and sex, of all ages; `Unknown` of unknown age."""
    newest = max(Path(os.environ["ATALAYA_MIRROR"]).glob("unodc_glotip/*.xlsx"))
    printed = defaultdict(list)
    for row in cells(newest)[3:]:
        if row[4:7] == (INDICATORS["detected_victims"], "Total", "Total") and row[7:9] in GROUPS:
            printed[row[0], str(row[9]), str(row[7])].append(str(row[11]))
    return printed


GROUPS = {("Total", "Total"), ("Unknown", "Unknown"), *((sex, "Total") for sex in SEXES)}


def plain(elements) -> list[str]:
    """The texts of elements; Streamlit reads Markdown, so every sign of a text is escaped."""
    return [element.value.replace("\\", "") for element in elements]


def words(app):
    return " ".join(plain(app.markdown))


def rows(app):
    # A table whose rows open nothing has no key there.
    return next(frame.value for frame in app.dataframe if frame.key in {"table.explore", None, ""})


@pytest.mark.parametrize("reading", explore_filters.READING.options)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reading_has_a_description_and_shows_identical_rows(reading, lang):
    app = opened("explore", lang=lang, reading=reading, **CHOICE)
    app.session_state["folded.explored"] = True
    app.run()
    assert not app.exception
    both = reading == "two_years"
    selection = Selection(("detected_victims", "partner_violence"), ("BRA", "COL", "CRI"), 2014, 2019)
    assert explore_summary.description(selection, "newest", language(lang), both=both) in words(app)
    published = list(store.tables().table("observations").collect().iter_rows(named=True))
    expected = [
        (language(lang).country(row["area"]), str(row["year"]))
        for row in published
        if row["area"] in selection.areas
        and 2014 <= row["year"] <= 2019
        and (
            row["indicator"] == "partner_violence"
            or (row["indicator"] == "detected_victims" and {row["sex"], row["age"], row["form"]} == {"total"})
        )
    ]
    shown = rows(app)
    state, year = shown.columns[:2]
    assert sorted(zip(shown[state], shown[year], strict=True)) == sorted(expected)
    assert len(expected) > 10


def test_a_link_means_the_same_rows_in_every_language():
    link = CHOICE | {"reading": "table", "sex": "total,female", "edition": "2025-04-14"}
    figures = {}
    for lang in LANGUAGES:
        app = opened("explore", **(link | {"lang": lang}))
        assert {name: app.query_params[name] for name in link} == link
        shown = rows(app)
        heading = language(lang).text("Figure")
        figures[lang] = sorted(re.sub(r"\D", "", cell) for cell in shown[heading])
    assert len(set(map(tuple, figures.values()))) == 1


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ({"indicators": "none"}, "Choose an indicator."),
        ({"state": "GRD"}, "No data with the filter “States”; figures without it: {totals}."),
        ({"sex": "unknown"}, "No data with these filters together; figures without one of them: Sex ("),
        ({"state": "GRD", "sex": "unknown"}, "No data with these filters, even without any one of them."),
    ],
)
@pytest.mark.parametrize("reading", ["multiples", "table"])
def test_an_empty_answer_is_a_sentence_that_names_the_filter(address, sentence, reading):
    app = opened("explore", reading=reading, **address)
    published = store.tables().table("observations").collect().iter_rows(named=True)
    years = [row["year"] for row in published if (row["indicator"], row["sex"], row["age"], row["form"]) == TOTALS]
    sentence = sentence.format(totals=sum(2007 <= year <= 2023 for year in years))
    shown_text = " ".join([words(app), *plain(app.header)])
    # A title ends without a full stop.
    assert shown_text.count(sentence.removesuffix(".")) == 1
    assert not app.dataframe


def test_a_state_with_a_small_population_is_named_once():
    shown_text = words(opened("explore", indicators="detected_victims_rate"))
    (warning,) = re.findall(r"Fewer than 200,000 people live in ([^:]+):", shown_text)
    names = re.split(r", | and (?!Barbuda)", warning)
    assert len(names) == len(set(names)) > 1


def test_a_choice_without_rows_is_not_drawn_as_not_reported():
    drawn, hidden = explore_query.figure_rows(Selection(("detected_victims",), sexes=("unknown",)), "newest")
    assert (drawn.height, hidden) == (0, 0)


def test_the_table_counts_all_rows_and_a_figure_those_that_it_draws():
    address = {"sex": "none", "age": "none", "exploitation": "none"}
    table = words(opened("explore", reading="table", **address))
    figure = opened("explore", reading="lines", **address).get("plotly_chart")[0].proto.alt
    counted = re.search(
        r"Exact figure: ([\d,]+); zero: ([\d,]+); fewer than five: ([\d,]+)(?:; conf\D+([\d,]+))?", table
    ).groups("0")
    published = store.tables().table("observations").collect().iter_rows(named=True)
    mine = [row for row in published if row["indicator"] == "detected_victims" and 2007 <= row["year"] <= 2023]
    assert sum(int(number.replace(",", "")) for number in counted) == len(mine)
    assert "Detected victims, by sex, by age, by form of exploitation, 2007–2023" in figure
    assert counted[0] not in figure


def test_a_part_has_a_passport_and_another_kind_of_figure_too():
    app = opened("explore", row="BRA.detected_victims.2019.female.total.total")
    assert "Detected victims, Brazil, 2019, Female" in plain(app.subheader)
    app = opened("explore", row="COL.partner_violence.2015.female.15-49.total")
    assert "percent" in words(app)
    assert app.button(key="close.row")


def test_a_survey_of_women_is_shown_with_its_group():
    app = opened("explore", indicators="partner_violence,detected_victims")
    shown_text = words(app)
    assert "published only for these groups: female, 15–49 years." in shown_text
    assert "Shown on separate axes" in shown_text


@pytest.mark.real
@pytest.mark.parametrize("year", ["2014", "2019", "2022"])
def test_women_and_men_in_the_table_are_those_of_the_workbook(printed, year):
    app = opened("explore", reading="table", sex="female,male", period=f"{year}-{year}")
    shown = rows(app)
    codes = set(store.areas())
    figures = {(r["State"], r["Sex"]): (r["Figure"].strip(), r["Data status"]) for _, r in shown.iterrows()}
    expected = {
        (EN.country(area), sex): as_shown(cells[0]) if len(set(cells)) == 1 else ("–", "Conflicting figures")
        for (area, when, sex), cells in printed.items()
        if area in codes and when == year and sex in {"Female", "Male"}
    }
    assert figures == expected


@pytest.mark.real
def test_the_totals_by_sex_that_are_not_the_sum_of_their_parts_are_those_of_the_workbook(printed):
    def interval(cells):
        values = {(1, 4) if cell == "<5" else (int(cell.replace(",", "")),) * 2 for cell in cells}
        return values.pop() if len(values) == 1 else None

    expected = {}
    for area, year, sex in printed:
        of = {
            part: interval(printed[area, year, part]) for part in [*SEXES, "Unknown"] if (area, year, part) in printed
        }
        total = interval(printed[area, year, sex])
        if sex != "Total" or area not in store.areas() or not total or None in of.values() or not of.keys() & SEXES:
            continue
        least, most = (sum(part[end] for part in of.values()) for end in (0, 1))
        if most < total[0]:
            expected[EN.country(area), year] = f"{EN.interval(total[0] - most, total[1] - least)} less than the total"
        elif least > total[1]:
            expected[EN.country(area), year] = f"{EN.interval(least - total[1], most - total[0])} more than the total"
    app = opened("explore", period="2003-2023")
    app.session_state["folded.unsummed"] = True
    app.run()
    shown = next(frame.value for frame in app.dataframe if frame.key == "table.unsummed")
    by_sex = shown[shown["Parts published"].str.contains("ale") & (shown["Group"] == "All persons")]
    assert (
        dict(zip(zip(by_sex["State"], by_sex["Year"], strict=True), by_sex["The parts come to"], strict=True))
        == expected
    )
    assert len(expected) > 20


def test_every_filter_of_explore_is_on_the_page():
    app = opened("explore")
    shown = {widget.key for kind in ("multiselect", "selectbox", "button_group", "toggle") for widget in app.get(kind)}
    assert shown >= {spec.name for spec in explore_filters.EXPLORE if spec is not explore_filters.PERIOD}
    assert LANGUAGE.name not in explore_filters.EXPLORE


@pytest.mark.real
def test_two_years_open_on_those_that_most_states_reported_in_the_workbook(printed):
    reported = defaultdict(set)
    for (area, year, sex), figures in printed.items():
        if sex == "Total" and area in store.areas() and len(set(figures)) == 1:
            reported[int(year)].add(area)
    pairs = {(first, last): reported[first] & reported[last] for first in reported for last in reported if first < last}
    most = max(map(len, pairs.values()))
    app = opened("explore", reading="two_years")
    first, last = app.session_state["period"]
    assert len(pairs[first, last]) == most
    assert not [pair for pair, states in pairs.items() if len(states) == most and pair[1] - pair[0] > last - first]
    heading = f"{most} of 35 states have a total for both {first} and {last}"
    selection = explore_filters.selection(lambda spec: app.session_state[spec.name])
    assert explore_summary.claim(selection, "newest", EN, both=True) == heading
    assert explore_summary.shared(selection, "newest", EN) == ["No other two years have figures of more states."]
    assert "period" not in app.query_params


def test_years_that_nobody_chose_follow_the_reading_and_chosen_ones_do_not():
    app = opened("explore")
    usual = app.session_state["period"]
    app.session_state["reading"] = "two_years"
    app.run()
    assert app.session_state["period"] != usual
    app.session_state["reading"] = "lines"
    app.run()
    assert app.session_state["period"] == usual
    chosen = opened("explore", reading="two_years", period="2007-2023")
    assert tuple(chosen.session_state["period"]) == (2007, 2023)
    assert "No other two years" not in words(chosen)
