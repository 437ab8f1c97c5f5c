"""Every number of three profiles, worked out from the publishers' files by openpyxl, csv and plain Python."""

import csv
import os
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import store
from dashboard.parts import country
from dashboard.shell.navigation import scripts
from dashboard.stage.drawn import drawn
from dashboard.stage.request import parse
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.states import profile, profile_words
from dashboard.subjects.states import query as states_query
from data.i18n import LANGUAGES, language
from tests.etl.cells import cells
from tests.pages import recount

ENTRY = Path(__file__).parents[2] / "dashboard" / "app.py"
EN = language("en")
MIRROR = Path(os.environ.get("ATALAYA_MIRROR", ""))
TITLES = {
    "Detected trafficking victims": "Detected victims",
    "Persons brought into formal contact": "Suspects in formal contact with the authorities",
    "Persons prosecuted": "Persons prosecuted",
    "Persons convicted": "Persons convicted",
}
WHOLE = ("Total", "Total", "Total", "Total")
PAGES = ("USA", "HTI", "LCA")
NOBODY = profile.Ends(pl.DataFrame(schema={"area": pl.String}), "none")


@pytest.fixture(scope="module")
def april() -> list[tuple[object, ...]]:
    return cells(min(MIRROR.glob("unodc_glotip/*.xlsx")))[3:]


@pytest.fixture(scope="module")
def october() -> list[tuple[object, ...]]:
    return cells(max(MIRROR.glob("unodc_glotip/*.xlsx")))[3:]


def opened(area: str, lang: str = "en", **session: bool) -> AppTest:
    app = AppTest.from_file(ENTRY, default_timeout=60)
    app.switch_page(str(scripts()["country"]))
    app.query_params["lang"], app.query_params["area"] = lang, area
    for name, value in session.items():
        app.session_state[name.replace("__", ".")] = value
    app.run()
    assert not app.exception
    return app


@pytest.fixture(scope="module")
def pages() -> dict[str, AppTest]:
    return {area: opened(area) for area in PAGES}


def words(app: AppTest) -> str:
    return "\n".join(text.value.replace("\\", "") for text in app.markdown)


def totals(rows: list[tuple[object, ...]], area: str, indicator: str) -> dict[int, str]:
    """The printed totals of a state by year."""
    found = [row for row in rows if row[0] == area and str(row[4]).startswith(indicator) and row[5:9] == WHOLE]
    return {int(str(row[9])): str(row[11]) for row in sorted(found, key=lambda row: str(row[9]))}


def figure(lang: str, area: str, name: str, **more: str) -> dict:
    request = {"area": area, "edition": "newest", "lang": lang, "width": "1280", "dark": "0"} | more
    return drawn(parse(name, request)).spec


def texts(spec: dict) -> list[str]:
    return [text for trace in spec["data"] if trace.get("mode") == "text" for text in trace["text"]]


@pytest.mark.real
@pytest.mark.parametrize("area", PAGES)
def test_the_key_figures_are_the_last_two_totals_of_the_workbook(pages, october, area):
    shown = {metric.label: metric.value for metric in pages[area].metric}
    expected, befores, silent = {}, [], []
    for printed, title in TITLES.items():
        years = [*totals(october, area, printed).items()]
        if not years:
            silent.append(title)
            continue
        (*_, before), (year, last) = (years[:-1] or [None]), years[-1]
        expected[title] = last
        values, first = {text for _, text in years}, years[0][0]
        same = len(years) > 2 and len(values) == 1 and "<5" not in values
        once = f"in {year}; the same in each year reported since {first}"
        befores.append(once if same else f"in {year} ({before[1]} in {before[0]})")
    offences = totals(october, area, "Offences")
    assert shown == (expected or {"Recorded offenses": [*offences.values()][-1]})
    text = words(pages[area])
    assert [line for line in befores if line not in text] == []
    assert ("Not reported to UNODC" in text) == bool(silent)
    assert all(title[:1].lower() + title[1:] in text for title in silent)


@pytest.mark.real
def test_the_first_sentences_are_those_of_the_workbooks(pages, april, october):
    def flow(rows: list[tuple[object, ...]], area: str, label: str, until: int) -> dict[int, tuple[int, int]]:
        """The victims of a state with a citizenship that begins with `label`, by year."""
        found: dict[int, tuple[int, int]] = {}
        for row in rows:
            of_flow = row[0] == area and row[5] == "by citizenship" and str(row[6]).startswith(label)
            if of_flow and row[7:9] == ("Total", "Total") and int(str(row[9])) <= until:
                low, high = (0, 4) if row[11] == "<5" else (int(str(row[11]).replace(",", "")),) * 2
                before = found.get(int(str(row[9])), (0, 0))
                found[int(str(row[9]))] = (before[0] + low, before[1] + high)
        return {year: sums for year, sums in found.items() if sums[1]}

    # The release of April serves the years to 2022, that of October those after (data/reference/flow_releases.csv).
    haiti = flow(april, "DOM", "Hait", 2022)
    haiti |= {year: (sums[0], sums[1]) for year, sums in flow(october, "DOM", "Hait", 2100).items() if year > 2022}
    low, high = (sum(one[end] for one in haiti.values()) for end in (0, 1))
    abroad = [one for one in recount.counted_flows("HTI") if one.destination != "HTI" and not one.questioned]
    every = [sum(one.figure[end] for one in abroad) for end in (0, 1)]
    years = [year for one in abroad for year in one.years]
    assert words(pages["HTI"]).startswith(
        f"In the Dominican Republic, {low}–{high} citizens of Haiti were detected as victims "
        f"in {len(haiti)} years between {min(haiti)} and {max(haiti)}. In all, {every[0]}–{every[1]} citizens of Haiti "
        f"are listed among the victims detected abroad, in {len(abroad)} countries ({min(years)}–{max(years)}). "
        "Haiti has reported no total of detected victims to UNODC."
    )
    assert totals(october, "HTI", "Detected") == {}
    mexico = flow(april, "USA", "Mexic", 2022)
    low, high = (sum(one[end] for one in mexico.values()) for end in (0, 1))
    year, total = [*totals(october, "USA", "Detected").items()][-1]
    assert low == high
    (own,) = [one for one in recount.counted_flows("USA") if one.origin == one.destination and not one.questioned]
    # Surely more than all other lists together.
    others = [one for one in recount.counted_flows("USA") if one.destination == "USA" and one.origin != "USA"]
    assert own.figure[0] > sum(one.figure[1] for one in others if not one.questioned)
    before = [int(totals(october, "USA", "Detected")[one].replace(",", "")) for one in range(year - 4, year + 1)]
    steps = [after - earlier for earlier, after in pairwise(before)]
    assert min(steps) < 0 < max(steps)
    assert words(pages["USA"]).startswith(
        f"The United States reported {total} detected victims to UNODC for {year}. "
        f"The figure was {before[0]:,} in {year - 4}; since then it has risen in some years and fallen in others. "
        "Most victims whose citizenship UNODC lists were the country’s own citizens: "
        f"in {len(own.years)} years between {own.years[0]} and {own.years[-1]}, "
        f"{own.figure[0]:,}–{own.figure[1]:,}. "
        f"In the United States, {low:,} citizens of Mexico were detected as victims from {min(mexico)} to "
        f"{max(mexico)}."
    )
    year, total = [*totals(october, "LCA", "Detected").items()][-1]
    assert total == "0"
    assert {*totals(october, "LCA", "Detected").values()} == {"0"}
    assert words(pages["LCA"]).startswith(
        f"Saint Lucia reported to UNODC that it detected no victims in {year}. "
        f"The figure is the same in each year reported since {min(totals(october, 'LCA', 'Detected'))}.  \n"
    )


@pytest.mark.real
def test_the_years_with_one_number_of_persons_in_contact_and_prosecuted_are_the_workbook_s(october):
    found = {area: profile.same(profile.latest(area)) for area in store.areas()}
    for area, years in found.items():
        contact, prosecuted = (dict([*totals(october, area, title).items()][-2:]) for title in (*TITLES,)[1:3])
        one = {year for year, n in contact.items() if prosecuted.get(year) == n and n not in {"<5", "0"}}
        assert {*years} == one, area
    assert found["CRI"] == (2021, 2022)


@pytest.mark.real
def test_only_citizenships_come_from_the_earlier_release(pages, april, october):
    """The sentence on two releases: what is wrong in the newer one, and what comes from which."""

    def citizenships(rows: list[tuple[object, ...]]) -> set[object]:
        listed = [row for row in rows if row[4] == "Detected trafficking victims" and row[5] == "by citizenship"]
        return {row[6] for row in listed if (row[0], str(row[9])) == ("CRI", "2019")}

    assert "Rep. Dominicana" in citizenships(april)
    assert "Dominica" in citizenships(october)
    assert not any(str(one).startswith(("Rep", "Dominican R")) for one in citizenships(october))
    for area in store.areas():
        figures = states_query.state_rows(area)
        assert {*figures["release"].drop_nulls()} <= {"2025-10-28"}
    with (recount.REFERENCE / "flow_releases.csv").open(encoding="utf-8", newline="") as file:
        assert {line["release"] for line in csv.DictReader(file)} == {*routes_words.EARLIER}
    for area, app in pages.items():
        sentences = [text.value for text in app.markdown if "UNODC’s figures are from its release of" in text.value]
        flows = {one.release for one in recount.counted(area)}
        assert len(sentences) == (recount.APRIL in flows), area


@pytest.mark.real
def test_figures_of_fewer_than_five_are_named_and_not_added_up(april, october):
    citizens = {"Colombian": "Colombia", "Guayanean": "Guyana", "Jamaica": "Jamaica", "Jamaican": "Jamaica"}
    citizens["Venezuelan"] = "Venezuela"
    listed = [row for row in april if row[0] == "BHS" and row[5] == "by citizenship" and row[7:9] == ("Total", "Total")]
    foreign = [row for row in listed if row[6] != "Bahamas" and row[11] != "0"]
    assert {row[11] for row in foreign} == {"<5"}
    years = {int(str(row[9])) for row in foreign}
    year, total = [*totals(october, "BHS", "Detected").items()][-1]
    assert country.opening(EN, "BHS", "newest").split("\n")[0] == (
        f"The Bahamas reported {total} detected victims to UNODC for {year}. "
        "Whether the number rises or falls cannot be said: too few years in a row have a figure. "
        "The Bahamas detected fewer than five citizens of each of these countries "
        f"in each year listed between {min(years)} and {max(years)}: "
        f"{EN.listing(sorted({citizens[str(row[6])] for row in foreign}))}."
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_opening_names_the_state_and_says_something_known_first(code):
    lang = language(code)
    for area in store.areas():
        text = country.opening(lang, area, "newest")
        assert lang.country(area) in text
        assert text.endswith(".")
        assert "{" not in text
        # A range from zero says nothing.
        assert re.search(r"(?<![\d.,\u202f])0[–-]", text) is None
        assert re.match(r"0\b", text) is None
        lacking = profile_words.opening(lang, area, (), NOBODY, NOBODY, None)
        assert not text.startswith(lacking)


@pytest.mark.real
def test_the_victims_of_the_united_states_are_the_workbook_s(october):
    year = max(totals(october, "USA", "Detected"))
    mine = [row for row in october if row[0] == "USA" and row[9] == year and str(row[4]).startswith("Detected")]
    printed = {tuple(row[5:9]): int(str(row[11]).replace(",", "")) for row in mine if row[11] != "<5"}
    by_sex = {sex: printed["Total", "Total", sex, "Total"] for sex in ("Female", "Male", "Other")}
    by_age = {age: printed["Total", "Total", "Total", age] for age in ("0 to 17 years", "18 years or over")}
    by_form = {
        form: printed["by form of exploitation", form, "Total", "Total"]
        for form in ("Sexual exploitation", "Forced labour")
    }
    total = printed[WHOLE]
    expected = [
        f"{n:,} ({100 * n / of:.0f}%)"
        for groups, of in ((by_sex, sum(by_sex.values())), (by_age, sum(by_age.values())), (by_form, total))
        for n in groups.values()
    ]
    shown = texts(figure("en", "USA", "victims"))
    assert sorted(text for text in shown if text.endswith("%)")) == sorted(expected)
    unknown = printed["Total", "Total", "Unknown", "Unknown"]
    # The groups add up to the total, so the unknown are none of it.
    assert sum(by_sex.values()) == sum(by_age.values()) == total
    lines = [f"Another {unknown:,} of unknown {what} are not in UNODC’s total." for what in ("sex", "age")]
    assert all(line in " ".join(shown) for line in lines)
    assert shown.count(f"Victims detected: {total:,}") == len(("sex", "age"))
    # Three figures stand under the label of other forms: none of them is shown as the figure.
    assert (
        len([row for row in mine if row[5:9] == ("by form of exploitation", "Other forms of exploitation", *WHOLE[:2])])
        > 1
    )
    assert "Other forms of exploitation: UNODC gives more than one figure" in " ".join(shown)


@pytest.mark.real
@pytest.mark.parametrize("area", PAGES)
def test_only_the_united_states_has_a_profile_of_the_victims(pages, october, area):
    detected = [
        row for row in october if row[0] == area and str(row[4]).startswith("Detected") and row[5] != "by citizenship"
    ]
    every = totals(october, area, "Detected")
    years = {year for year, total in every.items() if total != "0"}
    parts = {row[9] for row in detected if row[5:9] != WHOLE and row[11] != "0"} & years
    lines = {
        ("For this state, UNODC gives no figures above zero by sex, age or form of exploitation."): bool(every)
        and not parts,
        "For this state, UNODC gives no total, and so no breakdown of it by sex, age or form "
        "of exploitation.": not every,
    }
    assert {line: line in words(pages[area]) for line in lines} == lines


@pytest.mark.real
@pytest.mark.parametrize("area", ["USA", "LCA"])
def test_each_mark_of_the_response_is_a_total_of_the_workbook(october, area):
    shown: dict[str, dict[int, str]] = defaultdict(dict)
    for trace in figure("en", area, "series")["data"]:
        for mark, text in zip(trace.get("customdata") or [], trace.get("hovertext") or [], strict=False):
            code, _, year = mark[0].rpartition(".")
            shown[code][int(year)] = text.partition(": ")[2]
    codes = ("detected_victims", "persons_formal_contact", "persons_prosecuted", "persons_convicted")
    for code, printed in zip(codes, TITLES, strict=True):
        known = {year: text for year, text in shown[code].items() if text != "not reported"}
        assert known == totals(october, area, printed), code


@pytest.mark.real
def test_who_reports_alike_is_counted_in_the_workbook(pages, october):
    codes = set(store.areas())
    years = {area: {*totals(october, area, "Detected")} for area in codes}
    first, last = min(set().union(*years.values())), max(set().union(*years.values()))
    for area, app in pages.items():
        mine, text = len(years[area]), words(app)
        near = {one for one in codes - {area} if (abs(len(years[one]) - mine) <= 2 and years[one]) if mine} or {
            one for one in codes - {area} if not years[one]
        }
        names = EN.listing(
            ("the " if one in {"BHS", "DOM", "USA"} else "") + EN.country(one) for one in EN.sorted_countries(near)
        )
        assert f": {names}." in text
        if mine:
            assert f"for {mine} of the {last - first + 1} years from {first} to {last}" in text


@pytest.mark.real
def test_the_acts_on_the_protocol_are_those_of_the_depositary(pages):
    (table,) = MIRROR.glob("untc/*XVIII-12-a*2014-01*.csv")
    with table.open(encoding="utf-8", newline="") as file:
        rows = {row[0]: row[1:] for row in csv.reader(file)}
    for area, name in (("USA", "United States of America"), ("HTI", "Haiti")):
        signed, ratified = (re.sub(r"[a-zA-Z]+$", "", day).strip() for day in rows[name])
        months = {"Dec": "December", "Apr": "April", "Nov": "November"}
        day = {text: " ".join(months.get(part, part) for part in text.split()) for text in (signed, ratified)}
        expected = f"**: signature, {day[signed]}; ratification, {day[ratified]}"
        assert f"Protocol on Trafficking in Persons (2000){expected}" in words(pages[area])


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("area", PAGES)
def test_the_title_is_the_state_and_the_sections_come_in_order(code, area):
    lang, app = language(code), opened(area, code)
    assert [title.value for title in app.title] == [lang.country(area)]
    assert lang.country(area) in app.markdown[0].value
    anchors = [header.proto.anchor for header in app.header]
    assert anchors == ["key-figures", "victims", "flows", "response", "treaties", "declaration", "record", "sources"]
    (jumps,) = [text.value for text in app.markdown if "](#key-figures)" in text.value]
    assert re.findall(r"\(#([a-z-]+)\)", jumps) == anchors


@pytest.mark.parametrize("area", PAGES)
def test_no_sentence_stands_twice(pages, area):
    sentences = re.split(r"(?<=[.!?])\s+", words(pages[area]))
    known = [one.strip("- ") for one in sentences if len(one.split()) > 4]
    # The release of the rows stands in the description of each figure.
    twice = {one for one in known if known.count(one) > 1 and "release" not in one}
    assert twice == set()


def test_every_figure_of_the_folded_tables_opens_its_passport():
    app = opened("HTI", folded__series=True)
    assert any("Source cell" in frame.value for frame in app.dataframe)
    app = AppTest.from_file(ENTRY, default_timeout=60)
    app.switch_page(str(scripts()["country"]))
    for name, text in {"lang": "en", "area": "USA", "figure": "detected_victims.2022"}.items():
        app.query_params[name] = text
    app.run()
    assert "Details of your selection" in [header.value for header in app.header]


def test_a_card_opens_the_passport_of_its_figure():
    app = opened("USA")
    next(button for button in app.button if button.key == "source.persons_convicted").click().run()
    assert app.query_params["figure"] in ("persons_convicted.2022", ["persons_convicted.2022"])
    assert any("Persons convicted" in heading.value for heading in app.subheader)
