"""The comparing half of page "Explore" as a reader sees it; its figures are compared with the publisher's files."""

import statistics
from collections import defaultdict

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import store
from data.i18n import language
from tests.dashboard.subjects.states.test_certainty import doubtful
from tests.etl.cells import cells
from tests.pages.test_explore import plain
from tests.pages.test_figures import INDICATORS, WHOLE, rows
from tests.pages.test_figures import opened as page

__all__ = ["rows"]
EN = language("en")
CITED = "Seen in: Atalaya, data version"


def opened(**address) -> AppTest:
    return page("explore", **({"desk": "compare"} | address))


def between(**address) -> AppTest:
    """The page of two states."""
    return page("pair", **address)


def unfolded(**address) -> AppTest:
    app = opened(**address)
    app.session_state["folded.compared"] = True
    app.run()
    return app


def table(app, column):
    return next(frame.value for frame in app.dataframe if column in frame.value)


def text(app):
    return " ".join(plain((*app.markdown, *app.subheader, *app.header)))


def test_a_link_restores_the_comparison_in_another_language():
    address = {"one": "BOL", "other": "ARG", "compared": "persons_convicted"}
    frames = {}
    for code in ("en", "pt"):
        app = unfolded(**address, lang=code)
        assert {name: app.query_params[name] for name in address} == address
        assert (app.selectbox(key="one").value, app.selectbox(key="other").value) == ("BOL", "ARG")
        frames[code] = table(app, language(code).country("BOL"))
    assert frames["en"].shape == frames["pt"].shape
    years = [frame.iloc[:, 1].tolist() for frame in frames.values()]
    assert years[0] == years[1]


def test_the_region_comes_before_the_states_in_alphabetical_order():
    options = opened().selectbox(key="other").options
    assert (options[0], len(options)) == ("The whole region", 36)
    assert options[1:] == sorted(options[1:])
    assert opened().selectbox(key="one").options == options[1:]


def test_a_state_is_not_compared_with_itself():
    app = opened(one="BRA", other="BRA")
    assert plain(app.info) == ["Choose another state or the region."]
    assert not app.dataframe


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        (
            {"other": "ARG", "pair": "detected_victims.2019"},
            ["Detected victims, Bolivia, 2019", "Detected victims, Ar"],
        ),
        (
            {"pair": "detected_victims_rate.2019"},
            ["Detected victims per 100,000 population, B", "Median of the region:"],
        ),
    ],
)
def test_an_address_opens_the_passport_of_a_figure(address, titles):
    app = opened(one="BOL", **address)
    headings = plain(app.subheader)
    assert [title for title in titles if not any(heading.startswith(title) for heading in headings)] == [], headings
    assert any(CITED in code.value for code in app.code)


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("data_glotip_2025-04-14.xlsx#data_glotip_1!1200", "Bolivia (Plurinational St"),
        ("Directionality Coding 2008-2016.xlsx#2008!153", "Bolivia → Argentina, 2008"),
    ],
)
def test_an_address_opens_the_passport_of_a_record(cell, title):
    app = between(one="ARG", other="BOL", record=cell)
    assert any(heading.startswith(title) for heading in plain(app.subheader))
    assert any(CITED in code.value for code in app.code)


def test_a_figure_of_another_indicator_is_not_among_those_compared():
    app = opened(one="BOL", compared="offences", pair="detected_victims.2019")
    assert "The item in this link is not in this table." in plain(app.info)


def test_a_sentence_says_that_there_is_no_record_between_two_states():
    words = text(between(one="DMA", other="HTI"))
    assert "UNODC’s data list no citizenships of victims for Dominica or Haiti." in words
    # In the first words alone.
    assert words.count("No report describes a route between Dominica and Haiti.") == 1
    assert "No action recorded" not in words
    treaties = next(one.value for one in between(one="BOL", other="COL").table if "Treaty or law" in one.value)
    smuggling = treaties[treaties["Treaty or law"].str.contains("Smuggling")]
    assert smuggling["Colombia"].to_list() == ["No action recorded as of 10 July 2014"]


def test_what_is_recorded_between_two_states_stands_on_their_own_page():
    assert not opened(one="BRA").header
    assert not opened(one="BRA", other="PER").header
    assert plain(between(one="BRA", other="PER").title) == ["Between Brazil and Peru"]


def test_surveys_are_shown_side_by_side_with_the_reason_for_having_no_median():
    app = opened(one="BRA", compared="child_labour_economic", other="region")
    assert "no difference or median is shown" in text(app)
    assert not any("Median of the region" in frame.value for frame in app.dataframe)
    none = opened(one="DMA", other="BHS", compared="partner_violence")
    assert "No survey available for Dominica and Bahamas." in text(none)


def test_the_flows_between_two_states_have_a_chart_and_a_mark_of_it_a_passport():
    from dashboard.stage.drawn import drawn
    from tests.dashboard.stage.test_wire import request_for

    names = [
        custom[0] for trace in drawn(request_for("between")).spec["data"] for custom in trace.get("customdata", [])
    ]
    cell = next(name for name in names if name and name.endswith("!1200"))
    app = between(one="ARG", other="BOL", record=cell)
    assert any(title.startswith("Bolivia (Plurinational St") for title in plain(app.subheader))
    assert "No victim is listed" not in text(app)


# ---------------------------------------------------------------- the publisher's own files


@pytest.mark.real
def test_the_surveys_of_two_states_are_those_of_the_publisher_s_file(mirror):
    """Bolivia's survey is of ages 7 to 17, Brazil's of 5 to 17: two rows, each with one figure."""
    path = next(mirror.glob("unsd_sdg/*sl_tlf_chldea.csv"))
    lines = [line.split(",") for line in path.read_text("utf-8").splitlines()]
    printed = {
        (area, age.replace("_", "-")): f"{float(figure):.1f} ({year})"
        for age, area, _, sex, _, year, figure in lines[1:]
        if sex == "bothsex" and area in {"68", "76"}
    }
    shown = table(opened(one="BOL", other="BRA", compared="child_labour_economic"), "Group")
    shown_cells = {
        (area, next(age for age in ("7-17", "5-17") if age.replace("-", "–") in row["Group"])): row[name]
        for _, row in shown.iterrows()
        for area, name in (("68", "Bolivia"), ("76", "Brazil"))
        if row[name] != "–"
    }
    assert shown_cells == printed
    assert len(printed) == 2


def ends(printed: str) -> tuple[int, int]:
    return (1, 4) if printed == "<5" else (int(printed.replace(",", "")),) * 2


@pytest.mark.real
@pytest.mark.parametrize(("indicator", "year"), [("detected_victims", "2019"), ("persons_convicted", "2020")])
def test_the_median_of_a_year_is_that_of_the_workbook(rows, indicator, year):
    printed = defaultdict(dict)
    for row in rows:
        if row[0] in store.areas() and (row[4], *row[5:9]) == (INDICATORS[indicator], *WHOLE):
            printed[str(row[9])][row[0]] = ends(str(row[11]))
    shown = table(unfolded(one="BRA", compared=indicator), "Median of the region")
    window = set(shown[shown["States in the median"] != "0 of 35"]["Year"])
    assert len(window) > 5
    # The states that the workbook has in each of these years.
    steady = set.intersection(*(set(printed[one]) for one in window))
    mine = [printed[year][area] for area in steady]
    mark = "*" * any(int(year) in doubtful(indicator, area) for area in steady)
    row = shown[shown["Year"] == year].iloc[0]
    low, high = (statistics.median(part) for part in zip(*mine, strict=True))
    assert row["States in the median"] == f"{len(mine)} of 35"
    digits = 0 if float(low).is_integer() and float(high).is_integer() else 1
    assert row["Median of the region"] == EN.interval(low, high, digits) + mark


@pytest.mark.real
def test_the_sheet_of_bolivia_and_argentina_is_that_of_the_workbook(mirror):
    """From UNODC's April release: the victims that Argentina lists as citizens of Bolivia, and their sum."""
    searched = ("ARG", "Detected trafficking victims", "by citizenship")
    printed = {
        str(row[9]): str(row[11]).replace(",", "")
        for row in cells(min(mirror.glob("unodc_glotip/*.xlsx")))[3:]
        if (row[0], row[4], row[5]) == searched and "bolivia" in str(row[6]).lower()
    }
    app = between(one="ARG", other="BOL")
    app.session_state["folded.counted"] = True
    app.run()
    shown = table(app, "Data status")
    mine = shown[(shown["Citizens of"] == "Bolivia") & (shown["Detected in"] == "Argentina")]
    assert dict(zip(mine["Year"], mine["Figure"], strict=True)) == printed
    total = sum(map(int, printed.values()))
    assert f"UNODC lists {total:,} citizens of Bolivia as victims detected in Argentina " in text(app)


@pytest.mark.parametrize(
    ("group", "state", "year"), [("total.5-17", "Colombia", 2017), ("total.7-17", "Bolivia", 2015)]
)
def test_a_group_of_a_survey_has_the_passport_of_each_of_its_figures(group, state, year):
    app = opened(one="BOL", other="COL", compared="child_labour_economic", whom=group)
    shown = [title for title in plain(app.subheader) if "economic activity" in title]
    ages = group.partition(".")[2].replace("-", "–")
    assert shown == [f"Children in economic activity, {state}, {year}, {ages} years"]
