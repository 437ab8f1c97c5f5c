"""Every number of three profiles, worked out from the publishers' files by openpyxl, csv and plain Python."""

import csv
import os
import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import permutations
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import catalog, store
from dashboard.menu import scripts
from dashboard.stage import request
from dashboard.stage.captions import caption
from dashboard.stage.drawn import drawn
from dashboard.stage.request import parse
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.states import country_words, profile, profile_words
from dashboard.subjects.states import flows as state_flows
from dashboard.subjects.states import query as states_query
from dashboard.views.figure import Values
from dashboard.views.page import Graphic, KeyFigure, KeyFigures, Links, Passport, Table
from dashboard.words import countries
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.states import test_certainty as certainty
from tests.etl.cells import cells
from tests.pages import recount
from tests.pages.declared import Declared, declared, of

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
# What names a row that has a passport on the page of Costa Rica.
MARKS = {
    "figure": "detected_victims.2019",
    "figures": "persons_convicted",
    "role": "CRI.transit.hti",
    "act": "CRI.palermo_protocol",
    "law": "CRI",
    "counted_arrow": "NIC.CRI.direct.",
    "stated_arrow": "NIC.CRI.direct.",
}
NOBODY = profile.Ends(pl.DataFrame(schema={"area": pl.String}), "none")


@pytest.fixture(scope="module")
def april() -> list[tuple[object, ...]]:
    return cells(min(MIRROR.glob("unodc_glotip/*.xlsx")))[3:]


@pytest.fixture(scope="module")
def october() -> list[tuple[object, ...]]:
    return cells(max(MIRROR.glob("unodc_glotip/*.xlsx")))[3:]


@pytest.fixture(scope="module")
def pages() -> dict[str, Declared]:
    return {area: declared("country", area=area) for area in PAGES}


def opened(**address: str) -> AppTest:
    """The page on the desk."""
    app = AppTest.from_file(ENTRY, default_timeout=60)
    app.switch_page(str(scripts()["country"]))
    for name, text in {"lang": "en", **address}.items():
        app.query_params[name] = text
    app.run()
    assert not app.exception
    return app


def cards(page: Declared) -> list[KeyFigure]:
    return [one for block in page.every(KeyFigures) for one in block.figures]


def totals(rows: list[tuple[object, ...]], area: str, indicator: str) -> dict[int, str]:
    """The printed totals of a state by year."""
    found = [row for row in rows if row[0] == area and str(row[4]).startswith(indicator) and row[5:9] == WHOLE]
    return {int(str(row[9])): str(row[11]) for row in sorted(found, key=lambda row: str(row[9]))}


def figure(lang: str, area: str, name: str, **more: str) -> dict:
    request = {"area": area, "edition": "newest", "lang": lang, "width": "1280", "dark": "0"} | more
    return drawn(parse(name, request)).spec


def texts(spec: dict) -> list[str]:
    return [text for trace in spec["data"] if trace.get("mode") == "text" for text in trace["text"]]


# What a card says of other years, if its first line does not say it.
ALONE = ("There is no figure for another year.", "The only other figure is")
CODES = dict(zip(TITLES.values(), certainty.INDICATORS.values(), strict=True))


def shown_figure(text: str) -> str:
    return "fewer than five" if text == "<5" else text


def first_line(years: dict[int, str], newest: int, doubted: list[int]) -> str:
    """The year of the latest figure, whether other states have figures long after it, and the figure before.

    Args:
        newest: the newest year of any state.
        doubted: the years whose total stands beside no other.
    """
    *others, last = sorted(years)
    since = f"in {last}, no later total" if newest - last >= 3 else f"in {last}"
    if not others:
        return f"in {last}; no other total"
    if {last, others[-1]} & {*doubted}:
        return since
    gap = "" if others[-1] == last - 1 else "previous figure: "
    return f"{since} ({gap}{shown_figure(years[others[-1]])} in {others[-1]})"


def card(area: str, title: str) -> list[str]:
    """The lines of a card below its figure: the year, how it stands among all years, what the release before gave."""
    april, october = certainty.totals(newest=False), certainty.totals()
    key = CODES[title], area
    years = october[key]
    newest = max(year for (code, _), every in october.items() if code == key[0] for year in every)
    lines = [first_line(years, newest, certainty.doubtful(*key))]
    standing = certainty.expected(*key)
    # How the victims stand is said above; that their parts contradict the total, beside it, too.
    opened = title == "Detected victims"
    contradicted = standing.endswith(certainty.COMPARED)
    if opened and contradicted:
        lines.append("The figures by sex, age or form contradict this total.")
    latest, *before = sorted(years, reverse=True)[:2]
    given = {year: _given(april.get(key, {}).get(year, years[year]), years[year]) for year in (latest, *before)}
    # Nothing is said of a figure that is doubtful itself.
    firm = contradicted or not (given[latest] or repeated(area, title, latest))
    lines += [standing] if firm and not opened and not standing.startswith(ALONE) else []
    # Beside it the other figures that are the same number.
    for titles, same_years in one_number(area).items():
        if title in titles and latest in same_years:
            others = EN.listing(one[:1].lower() + one[1:] for one in titles if one != title)
            lines.append(f"The same number as for {others}.")
    if given[latest] and title != "Detected victims":
        lines.append(f"For {latest}, UNODC’s release of 14 April 2025 gave {given[latest]}.")
    # A figure that stands on no card needs no history.
    before = [year for year in before if not {latest, year} & {*certainty.doubtful(*key)}]
    return [
        *lines,
        *(f"For {year}, UNODC’s release of 14 April 2025 gave {given[year]}." for year in before if given[year]),
    ]


def _given(earlier: str, last: str) -> str:
    """What April printed for a figure, if it is surely another: April masks zeros, too."""
    if earlier == last or (earlier == "<5" and last in {"0", "1", "2", "3", "4"}):
        return ""
    return "“fewer than five”" if earlier == "<5" else earlier


@pytest.mark.real
@pytest.mark.parametrize("area", PAGES)
def test_the_key_figures_are_the_last_two_totals_of_the_workbook(pages, october, area):
    shown = {one.label: one.figure for one in cards(pages[area])}
    expected, lines, silent = {}, [], []
    for printed, title in TITLES.items():
        years = [*totals(october, area, printed).items()]
        if not years:
            silent.append(title)
            continue
        expected[title] = years[-1][1]
        lines.append(card(area, title))
    offences = totals(october, area, "Offences")
    expected = expected or {"Recorded offenses": [*offences.values()][-1]}
    # Of a state without a total of victims what other countries list stands first.
    listed = [] if totals(october, area, "Detected") else [listed_abroad(area)]
    assert shown == {label: figure for label, figure, _ in listed} | expected
    assert [*shown][: len(listed)] == [label for label, _, _ in listed]
    text = pages[area].words
    if not lines:
        newest = max(year for one in store.areas() for year in totals(october, one, "Offences"))
        lines = [[first_line(offences, newest, [])]]
    assert [one.lines for one in cards(pages[area])] == [*([where] for _, _, where in listed), *lines]
    assert ("UNODC’s data have no total of " in text) == bool(silent)
    assert all(title[:1].lower() + title[1:] in text for title in silent)


def listed_abroad(area: str) -> tuple[str, str, str] | None:
    """The key figure of the citizens that other countries list: label, figure, and countries with years."""
    abroad = [one for one in recount.counted_flows(area) if one.destination != area and not one.questioned]
    low, high = (sum(one.figure[end] for one in abroad) for end in (0, 1))
    if not low:
        return None
    sure = sum(one.figure[0] > 0 for one in abroad)
    n = f"{len(abroad)}" if sure == len(abroad) else f"{sure}–{len(abroad)}"
    years = sorted({year for one in abroad for year in one.years})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else f"{years[0]}"
    return (
        f"Citizens {countries.of(EN, area)} detected as victims abroad",
        f"{low:,}" if low == high else f"{low:,}–{high:,}",
        f"in {n} {'country' if len(abroad) == 1 else 'countries'}, {span}",
    )


@pytest.mark.real
def test_each_state_without_a_total_has_the_key_figure_of_its_citizens_abroad(october):
    without = [area for area in store.areas() if not totals(october, area, "Detected")]
    found = {}
    for area in without:
        figures = cards(declared("country", area=area))
        said = [(one.label, one.figure, *one.lines) for one in figures if "as victims abroad" in one.label]
        assert said == [*filter(None, [listed_abroad(area)])], area
        found[area] = len(said)
    # Of the other three all figures may be zero, or no state lists their citizens.
    assert found == {"DMA": 0, "GRD": 0, "HTI": 1, "KNA": 0, "VCT": 1}


@pytest.mark.real
def test_every_card_of_every_state_says_what_the_two_workbooks_say():
    kinds, same = defaultdict(set), 0
    for area in store.areas():
        for one in profile.latest(area):
            title = next(name for name, code in CODES.items() if code == one.indicator)
            lines = country_words.card_lines(EN, one, area, "newest")
            assert lines == card(area, title), (area, title)
            kinds[len(lines)].add((area, title))
            same += any(line.startswith("The same number as for ") for line in lines)
    # Cards of one, two and three lines, the figure that one release gave and the next one did not, and one before it.
    assert {*kinds} == {1, 2, 3}
    assert same > 10
    # Of a figure that was another one release before, nothing is said but that.
    assert ("BRA", "Persons prosecuted") in kinds[2]
    assert ("MEX", "Persons prosecuted") in kinds[3]


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
    # Some of these figures may be zeros.
    sure = sum(one.figure[0] > 0 for one in abroad)
    assert sure < len(abroad)
    # Surely more than in each other country, not surely more than in all of them.
    most = max(abroad, key=lambda one: one.figure[0])
    others_abroad = [one.figure[1] for one in abroad if one != most]
    assert (most.destination, most.figure) == ("DOM", (low, high))
    assert max(others_abroad) < low <= sum(others_abroad)
    assert pages["HTI"].lead.startswith(
        f"UNODC lists {every[0]}–{every[1]} citizens of Haiti among the victims detected abroad, "
        f"in at least {sure} countries ({min(years)}–{max(years)}). "
        "Of the citizens of Haiti listed by UNODC as victims abroad, the largest group was detected in the Dominican "
        f"Republic: {low}–{high} in all ({in_runs(haiti)}). UNODC’s data have no total of victims detected in Haiti."
    )
    assert totals(october, "HTI", "Detected") == {}
    mexico = flow(april, "USA", "Mexic", 2022)
    low, high = (sum(one[end] for one in mexico.values()) for end in (0, 1))
    year, total = [*totals(october, "USA", "Detected").items()][-1]
    assert low == high
    (own,) = [one for one in recount.counted_flows("USA") if one.origin == one.destination and not one.questioned]
    # Surely more than all other lists together.
    others = [one for one in recount.counted_flows("USA") if one.destination == "USA" and one.origin != "USA"]
    assert max(others, key=lambda one: one.figure[0]).origin == "MEX"
    assert own.figure[0] > sum(one.figure[1] for one in others if not one.questioned)
    standing = certainty.expected("detected_victims", "USA")
    # Before 2013 hardly any own citizen was listed: those years are not compared.
    since = [one for one in totals(october, "USA", "Detected") if int(one) >= 2013]
    assert standing == f"This is the highest of the {len(since)} yearly figures since 2013."
    assert pages["USA"].lead.startswith(
        f"The United States reported {total} detected victims to UNODC for {year}. "
        f"{standing} "
        "More than six in ten victims detected in the United States whose citizenship UNODC lists were the country’s "
        f"own citizens: {own.figure[0]:,}–{own.figure[1]:,} in all ({in_runs(own.years)}). "
        f"The next largest group was citizens of Mexico: {low:,} ({in_runs(mexico)})."
    )
    year, total = [*totals(october, "LCA", "Detected").items()][-1]
    assert total == "0"
    assert {*totals(october, "LCA", "Detected").values()} == {"0"}
    assert pages["LCA"].lead.startswith(
        f"UNODC’s total of victims detected in Saint Lucia is 0 for {year}. "
        f"All {len(totals(october, 'LCA', 'Detected'))} yearly figures since {min(totals(october, 'LCA', 'Detected'))} "
        "are 0."
    )


# Labels in the lists of these states, as printed: their own citizens, and what is no country.
OWN = {"Brazil", "Nationals", "Ciudadanos de su pa\ufffds", "Own country nationals", "Honduras", "Hondureans"}
OWN |= {"Peru", "Peruvian"}
NO_COUNTRY = {"(especifique otras nacionalidades)", "Unknown"}


@pytest.mark.parametrize(("area", "years"), [("BRA", range(2018, 2024)), ("HND", (2014, 2019, 2020, 2021))])
def test_lists_with_own_citizens_alone_are_named(area, years):
    lists = recount.printed_lists(area)
    assert [year for year, figures in lists.items() if {*figures} - NO_COUNTRY <= OWN] == [*years]
    # In the release of April "<5" may be none.
    masks = [
        (0, 4) if text == "<5" else (int(text),) * 2
        for year in years
        for label, text in lists[year].items()
        if label in NO_COUNTRY
    ]
    low, high = (sum(ends) for ends in zip((0, 0), *masks, strict=True))
    more = f", but have {low}–{high} more victims without a country" if high else ""
    named = certainty.years_in_words([*years])
    assert f"The lists for {named} name no other citizenship{more}." in declared("country", area=area).lead


def in_runs(years: Iterable[int]) -> str:
    """Years as a parenthesis has them: 2010–2013, 2015."""
    return certainty.years_in_words(sorted(years)).replace(" and ", ", ")


def repeated(area: str, title: str, year: int) -> bool:
    """Whether a figure is that of another indicator in the same year, or among several that move on by a year."""
    same = any(title in titles and year in years for titles, years in one_number(area).items())
    code = CODES[title]
    return same or any(
        (code == first and year in years) or (code == other and year - 1 in years)
        for (first, other), years in moved_on(area).items()
    )


def moved_on(area: str) -> dict[tuple[str, str], list[int]]:
    """The indicators that another repeats one year later, with the years of the first."""
    printed = {code: certainty.totals().get((code, area), {}) for code in CODES.values()}
    found = {}
    for (code, mine), (other, theirs) in permutations(printed.items(), 2):
        agree = [year for year, text in mine.items() if theirs.get(year + 1) == text and text not in {*"01234", "<5"}]
        years = [year for year in agree if {year - 1, year + 1} & {*agree}]
        if any(theirs.get(year) != mine[year] for year in years):
            found[code, other] = sorted(years)
    return found


def one_number(area: str) -> dict[tuple[str, ...], list[int]]:
    """The key figures that are one number in some years, by these figures; of the workbook of October."""
    printed = {title: certainty.totals().get((code, area), {}) for title, code in CODES.items()}
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for year in sorted({year for years in printed.values() for year in years}):
        numbers = {title: years[year] for title, years in printed.items() if years.get(year, "0") not in {"0", "<5"}}
        for number in dict.fromkeys(numbers.values()):
            alike = tuple(title for title, one in numbers.items() if one == number)
            if len(alike) > 1:
                found[alike].append(year)
    return dict(found)


@pytest.mark.real
def test_the_years_in_which_key_figures_are_one_number_are_the_workbook_s():
    said = set()
    for area in store.areas():
        expected = one_number(area)
        found = {tuple(codes): [*years] for codes, years in profile.same(area).items()}
        assert found == {tuple(CODES[title] for title in titles): years for titles, years in expected.items()}, area
        sentences = [
            f"For {'each of the years ' * (len(years) > 1)}{certainty.years_in_words(years)}, UNODC gives the same "
            f"number for {EN.listing(title[:1].lower() + title[1:] for title in titles)}."
            for titles, years in expected.items()
        ]
        # What concerns the latest total of victims stands beside it.
        opened, below = country_words.opening(EN, area, "newest"), " ".join(country_words.remarks(EN, area, "newest"))
        last = max(certainty.printed().get(area, {0: ""}))
        beside = [
            one
            for one, (titles, years) in zip(sentences, expected.items(), strict=True)
            if last in years and "Detected victims" in titles
        ]
        assert [one for one in sentences if one in opened] == beside
        text = f"{opened} {below}"
        assert text.count("UNODC gives the same number for") == len(sentences)
        # Once after those in each of the two places.
        places = (bool(beside), len(beside) < len(sentences))
        assert text.count("One figure may have been entered more than once.") == sum(places)
        assert [one for one in sentences if one not in text] == []
        said |= {*sentences}
    assert (
        "For each of the years 2014–2017 and 2021–2022, UNODC gives the same number for suspects in formal contact "
        "with the authorities and persons prosecuted."
    ) in said
    assert (
        "For each of the years 2019–2023, UNODC gives the same number for detected victims and suspects in formal "
        "contact with the authorities."
    ) in said


@pytest.mark.real
def test_figures_that_move_on_by_a_year_are_the_workbook_s():
    said = {(area, *codes): years for area in store.areas() for codes, years in moved_on(area).items()}
    found = {(area, *codes): [*years] for area in store.areas() for codes, years in profile.shifted(area).items()}
    assert found == said
    assert said["VEN", "persons_prosecuted", "persons_formal_contact"] == [2021, 2022]
    below = " ".join(country_words.remarks(EN, "VEN", "newest"))
    assert (
        "UNODC gives the same numbers for persons prosecuted in 2021–2022 as for suspects in formal contact with the "
        "authorities in 2022–2023; they may be the same figures."
    ) in below


@pytest.mark.real
def test_the_lists_that_begin_to_have_own_citizens_are_those_of_the_workbook(pages):
    few, many, last = recount.own_citizens("USA")
    assert few.figure[1] == 4
    many_then, many_last = (f"{one.figure[0]:,}" for one in (many, last) if one.figure[0] == one.figure[1])
    sentence = (
        f"Part of the rise in the totals since {few.year} may come from a change in who is counted: UNODC lists fewer "
        f"than five of the country’s own citizens among the victims for {few.year}, but {many_then} for {many.year} "
        f"and {many_last} for {last.year}."
    )
    for area, page in pages.items():
        assert page.words.count("a change in who is counted") == (area == "USA")
        assert (sentence in page.words) == (area == "USA")
        assert bool(recount.own_citizens(area)) == (area == "USA")


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
    for area, page in pages.items():
        shown = (caption(one.name, request.query(one.name, one.values, "en")) for one in page.every(Graphic))
        sentences = {text for one in shown for text in one.about if "UNODC’s figures are from its release of" in text}
        flows = {one.release for one in recount.counted(area)}
        assert len(sentences) == (recount.APRIL in flows), area


@pytest.mark.real
def test_figures_of_fewer_than_five_are_named_and_not_added_up(april, october):
    citizens = {"Colombian": "Colombia", "Guayanean": "Guyana", "Jamaica": "Jamaica", "Jamaican": "Jamaica"}
    citizens["Venezuelan"] = "Venezuela"
    listed = [row for row in april if row[0] == "BHS" and row[5] == "by citizenship" and row[7:9] == ("Total", "Total")]
    foreign = [row for row in listed if row[6] != "Bahamas" and row[11] != "0"]
    assert {row[11] for row in foreign} == {"<5"}
    of = {
        name: sorted({int(str(row[9])) for row in foreign if citizens[str(row[6])] == name})
        for name in citizens.values()
    }
    of_each = [f"{name} ({', '.join(map(str, years))})" for name, years in of.items() if years]
    year, total = [*totals(october, "BHS", "Detected").items()][-1]
    assert country_words.opening(EN, "BHS", "newest").split("\n")[0] == (
        f"The Bahamas reported {total} detected victims to UNODC for {year}. "
        f"{certainty.expected('detected_victims', 'BHS')} "
        "Among the victims detected in the Bahamas, UNODC gives only “fewer than five” a year, which may be zero, for "
        f"the citizens of each of these countries: {EN.listing(sorted(of_each))}."
    )


@pytest.mark.real
@pytest.mark.parametrize(
    ("area", "citizens"), [("PER", {"Peru", "Peruvian"}), ("BOL", {"Bolivia (Plurinational State of)"})]
)
def test_own_citizens_of_more_than_the_total_are_left_out_and_said(area, citizens, april):
    mine = [row for row in april if row[0] == area and row[5] == "by citizenship" and row[7:9] == ("Total", "Total")]
    listed = {int(str(row[9])): str(row[11]) for row in mine if row[6] in citizens}
    whole = {year: text for year, text in totals(april, area, "Detected").items() if text != "<5"}
    both = [year for year, text in listed.items() if text != "<5" and year in whole]
    above = {year: int(listed[year]) for year in both if int(listed[year]) > int(whole[year])}
    alone = r"Left out: ([\d,]+) for (\d+), more than UNODC’s total of all victims there in that year"
    several = r"Left out: ([\d,]+) in all for ([^;]+), in each year more than UNODC’s total of all victims"
    sentence = alone if len(above) == 1 else several
    # The opening names the years of its sum; what that lacks stands with the figure.
    assert "Left out" not in country_words.opening(EN, area, "newest")
    here = state_flows.ends(area, "destination").rows.filter(area=area)
    ((figure, years),) = re.findall(sentence, " ".join(profile_words.left_out(EN, here.row(0, named=True), area)))
    assert figure == f"{sum(above.values()):,}"
    assert {*_each(years)} == {*above}


def _each(runs: str) -> Iterable[int]:
    for run in runs.replace(" and ", ", ").split(", "):
        first, _, last = run.replace("\u2060", "").partition("–")
        yield from range(int(first), int(last or first) + 1)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_opening_names_the_state_and_says_that_there_is_no_total_where_there_is_none(code):
    lang = language(code)
    for area in store.areas():
        text = country_words.opening(lang, area, "newest")
        assert lang.country(area) in text
        assert text.endswith(".")
        assert "{" not in text
        # A range from zero says nothing.
        assert re.search(r"(?<![\d.,\u202f])0[–-]", text) is None
        assert re.match(r"0\b", text) is None
        lacking = profile_words.opening(lang, area, (), NOBODY, NOBODY, None)
        assert (lacking in text) == (not profile.record(area).years)
        assert text != lacking


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
    line = f"Another {unknown:,} victims, of unknown sex and age, are not in UNODC’s total."
    assert " ".join(shown).count(line) == 1
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
        "For the years with a total, UNODC gives no figure above zero by sex, age or form of exploitation.": (
            bool(every) and not parts
        ),
        "Without a total there are no shares by sex, age or form of exploitation.": not every,
    }
    assert {line: line in pages[area].words for line in lines} == lines


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
        known = {year: text for year, text in shown[code].items() if text != "no figure"}
        assert known == totals(october, area, printed), code


@pytest.mark.real
def test_the_years_with_a_total_and_what_others_have_are_those_of_the_workbook(pages, october):
    codes = set(store.areas())
    years = {area: {*totals(october, area, "Detected")} for area in codes}
    first, last = min(set().union(*years.values())), max(set().union(*years.values()))
    for area, page in pages.items():
        near = [one for one in codes - {area} if not years[one]]
        names = EN.listing(
            ("the " if one in {"BHS", "DOM", "USA"} else "") + EN.country(one) for one in EN.sorted_countries(near)
        )
        line = (
            "UNODC’s data have no total of detected victims for this state in any year, nor for "
            f"{len(near)} other states: {names}."
        )
        if years[area]:
            span, every = f"from {first} to {last}", last - first + 1
            some = f"{len(years[area])} of the {every} years {span}: {certainty.years_in_words(sorted(years[area]))}"
            when = f"every year {span}" if len(years[area]) == every else some
            line = f"UNODC’s data have a total of victims for {when}."
        # Then how sure the latest total is; folded, what stands without a total.
        found = page.section("record").split("\n")
        assert found[0].startswith(line), area
        for sentence in recount.without_total(area):
            assert sentence in found, area


@pytest.mark.real
def test_what_the_workbook_has_of_years_without_a_total_is_said_of_every_state():
    said = {area: profile_words.parts_alone(EN, profile.parts_alone(area)) for area in store.areas()}
    # Citizenships are counted by hand where the lists have labels that this recount reads.
    of_lists = ("by citizenship", "these lists")
    listed = [text for texts in said.values() for text in texts if any(words in text for words in of_lists)]
    expected = {area: recount.without_total(area, lists=False) for area in store.areas()}
    assert {area: [text for text in texts if text not in listed] for area, texts in said.items()} == expected
    for sentence in ("zeros by sex, age or form", "; the largest form: "):
        assert sum(sentence in text for texts in expected.values() for text in texts) > 10
    years = {
        area: re.findall(r"\((\d{4})\)", " ".join(text for text in texts if text in listed))
        for area, texts in said.items()
    }
    for area in store.areas():
        assert sorted(years[area]) == [str(year) for year in recount.lists_without_total(area)], area
        zeros = [text for text in expected[area] if "have zeros" in text]
        both = [year for year in recount.lists_without_total(area) if any(str(year) in text for text in zeros)]
        contradicted = [text for text in said[area] if "these lists" in text]
        assert contradicted == [f"For {year}, these lists contradict the zeros." for year in both], area


@pytest.mark.real
def test_the_acts_on_the_protocol_are_those_of_the_depositary(pages):
    (table,) = MIRROR.glob("untc/*XVIII-12-a*2014-01*.csv")
    with table.open(encoding="utf-8", newline="") as file:
        rows = {row[0]: row[1:] for row in csv.reader(file)}
    for area, name in (("USA", "United States of America"), ("HTI", "Haiti")):
        (year,) = re.findall(r"\d{4}", rows[name][1])
        assert f"Trafficking protocol ({year}" in pages[area].words


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("area", PAGES)
def test_the_heading_is_the_state_and_the_contents_name_the_sections_in_order(code, area):
    page = declared("country", code, area=area)
    assert page.heading == language(code).country(area)
    assert page.heading in page.lead
    anchors = [section.anchor for section in page.sections if section.heading]
    # What the state has a figure of comes first, so that there is one on the first screen.
    first = {
        "USA": ("flows", "victims", "response", "described"),
        "HTI": ("flows", "described", "victims", "response"),
        "LCA": ("response", "described", "flows", "victims"),
    }
    assert anchors == [*first[area], "treaties", "record"]
    (contents,) = page.every(Links)
    headings = {section.anchor: section.heading for section in page.sections}
    assert {link.anchor: link.words for link in contents.links} == {anchor: headings[anchor] for anchor in anchors}


@pytest.mark.parametrize("area", PAGES)
def test_no_sentence_stands_twice(pages, area):
    # Each card says how its own figure stands, and figures of nobody stand alike.
    every = [line for one in cards(pages[area]) for line in one.lines]
    sentences = re.split(r"(?<=[.!?])\s+", "\n".join(text for text in pages[area].sentences if text not in every))
    known = [one for one in sentences if len(one.split()) > 4]
    assert len(known) > 10
    assert {one for one in known if known.count(one) > 1} == set()
    for one in cards(pages[area]):
        assert len(one.lines) == len({*one.lines})


@pytest.mark.parametrize("area", PAGES)
def test_the_figures_stand_where_the_state_has_them(pages, area):
    parts = {"USA": ["victims", "abroad", "here"], "HTI": ["abroad"], "LCA": []}[area]
    shown = [figure.part for figure in pages[area].every(Graphic)]
    # A state without a total has neither the figure over time nor that with the year of the law.
    assert sorted(shown) == sorted([*parts, "described", *([] if area == "HTI" else ["series", "laws"])])
    for block in pages[area].every(Graphic):
        assert block.values["area"] == area


def test_every_mark_and_every_row_opens_its_passport(pages):
    figure = pages["USA"].every(KeyFigures)[0].figures[-1].link
    assert (figure.page, figure.filters, figure.anchor) == (
        "",
        {"figure": "persons_convicted.2022"},
        "passport-figure",
    )
    opens = {block.part: block.opens for block in pages["USA"].every(Graphic)}
    assert opens["series"]("detected_victims.2019").filters == {"figure": "detected_victims.2019"}
    assert opens["abroad"]("USA.USA.MEX.direct.").filters == {"counted_arrow": "USA.MEX.direct."}
    assert opens["described"]("USA.MEX.USA.direct.").filters == {"stated_arrow": "MEX.USA.direct."}
    assert (opens["here"]("MEX").page, opens["here"]("MEX").filters) == ("country", {"area": "MEX"})
    for block in pages["USA"].every(Table):
        assert len(block.marks or block.links) == block.sheet.rows.num_rows, block.name
        # A pair leads on if one record alone names it.
        if block.name == "agreement":
            assert 0 < sum(link is not None for link in block.links) < len(block.links)
    for key, mark in MARKS.items():
        (passport,) = declared("country", area="CRI", **{key: mark}).every(Passport)
        assert passport.anchor == f"passport-{key}"
        assert passport.blocks


def test_the_page_of_a_state_on_the_desk_opens_a_passport():
    app = opened(area="USA", figure="detected_victims.2022")
    assert "Details of your selection" in [header.value for header in app.header]


@pytest.mark.real
def test_the_index_has_every_state_with_its_latest_total(october):
    page = of(catalog.pages()["country"].index, EN, Values(()))
    (table,) = page.every(Table)
    assert [link.filters["area"] for link in table.links] == EN.sorted_countries(store.areas())
    assert {link.page for link in table.links} == {"country"}
    for row, link in zip(table.sheet.rows.to_pylist(), table.links, strict=True):
        area = link.filters["area"]
        state, figure, year, remark = row.values()
        assert state == link.words == EN.country(area)
        printed = totals(october, area, "Detected")
        last = max(printed, default=None)
        doubted = last in certainty.doubtful("detected_victims", area)
        assert (figure, year) == ((shown_figure(printed[last]) + "*" * doubted, str(last)) if last else ("–", "–"))
        assert bool(remark) == (last is None or doubted)
