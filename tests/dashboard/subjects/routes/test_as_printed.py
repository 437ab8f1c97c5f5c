"""What the routes say of releases, questioned flows and roles, recounted from the publishers' own files."""

import csv
import re
from collections import defaultdict

import openpyxl
import polars as pl
import pycountry
import pytest

from dashboard import store
from dashboard.subjects.routes import query, tables, words
from dashboard.words import served
from data.i18n import language
from tests.etl.cells import cells

pytestmark = pytest.mark.real
EN = language("en")
APRIL, OCTOBER = "2025-04-14", "2025-10-28"
VICTIMS, CITIZENSHIP = "Detected trafficking victims", "by citizenship"
# Columns of UNODC's workbook.
ISO3, INDICATOR, DIMENSION, CATEGORY, YEAR, VALUE = 0, 4, 5, 6, 9, 11


@pytest.fixture(scope="module")
def workbooks(mirror):
    """Every row of either workbook, by the name of its file; openpyxl counts rows from 1 as the locators do."""
    files = sorted((mirror / "unodc_glotip").glob("data_glotip_*.xlsx"))
    return {file.name: cells(file) for file in files}


def lists(workbook):
    """The printed citizenships of detected victims: value by state, year and label."""
    printed = defaultdict(dict)
    for row in workbook[3:]:
        if row[INDICATOR] == VICTIMS and row[DIMENSION] == CITIZENSHIP:
            printed[row[ISO3], int(row[YEAR])][row[CATEGORY]] = row[VALUE]
    return printed


def of_release(workbooks, release):
    return workbooks[f"data_glotip_{release}.xlsx"]


def test_the_note_of_the_map_names_the_release_of_every_counted_flow(workbooks):
    """Each flow is printed where its locator says; the note counts the flows of either file."""
    flows = query.records(store.tables().flows(), query.FlowFilter()).collect()
    rows = defaultdict(int)
    for flow in flows.iter_rows(named=True):
        locators = flow["locator"].split("; ")
        # A figure that October prints as 0 and April as "<5" names both cells, that of its release first.
        assert flow["release"] in locators[0]
        for locator in locators:
            file, place = locator.split("#")
            printed = workbooks[file][int(place.split("!")[1]) - 1]
            assert (printed[ISO3], int(printed[YEAR])) == (flow["destination"], flow["year"]), locator
            assert (printed[INDICATOR], printed[DIMENSION]) == (VICTIMS, CITIZENSHIP)
        rows[flow["release"]] += 1
    assert dict(rows) == {APRIL: 1797, OCTOBER: 159}
    (sentence,) = served.lines(EN, served.served(query.cells(query.FlowFilter())))
    assert "1,797 of 1,956 records from the release of 14 April 2025 (2007–2022)" in sentence
    assert "159 of 1,956 records from the release of 28 October 2025" in sentence


def test_the_releases_of_a_state_and_year_are_those_of_its_lists(workbooks):
    """April 2025 serves years to 2022 wherever it lists anything; October the rest, and what it now prints as 0."""
    in_april, in_october = (lists(of_release(workbooks, release)) for release in (APRIL, OCTOBER))
    for row in query.coverage((), 2007, 2023).filter(pl.col("nationalities") > 0).iter_rows(named=True):
        place = row["area"], row["year"]
        early = row["year"] <= 2022 and in_april[place]
        # October recoded the labels, so that a zero cannot be matched to the label that April masks.
        zeros = early and "0" in in_october[place].values() and "<5" in early.values()
        allowed = [[APRIL] if early else [OCTOBER]]
        allowed += [[APRIL, OCTOBER]] if zeros else []
        allowed += [[OCTOBER]] if zeros and set(early.values()) == {"<5"} else []
        assert row["list_releases"] in allowed, row


def test_the_sum_of_peru_says_what_it_lacks(workbooks):
    printed = lists(of_release(workbooks, APRIL))
    years = {
        year: int(printed["PER", year]["Peru" if year < 2019 else "Peruvian"]) for year in (2014, 2016, 2019, 2020)
    }
    assert years == {2014: 253, 2016: 696, 2019: 600, 2020: 561}
    found = query.arrows(query.FlowFilter())
    (row,) = found.shown.filter(origin="PER", destination="PER").iter_rows(named=True)
    lacking = "2,110 (2014: 253; 2016: 696; 2019: 600; 2020: 561)"
    assert words.left_out(EN, row) == (
        f"Left out because larger than the total of all victims detected there: {lacking}"
    )
    remarks = tables.arrows(found.choice.filter(origin="PER", destination="PER"), EN)["Remark"].to_list()
    assert remarks == [words.left_out(EN, row), "Questioned"]
    file = query.arrows_file(found, query.FlowFilter()).filter(origin="PER", destination="PER")
    assert file.select("status", "high", "left_out").rows() == [
        ("masked", row["high"], "2014: 253; 2016: 696; 2019: 600; 2020: 561"),
        ("questioned", sum(years.values()), None),
    ]


def test_the_listed_citizenships_of_the_united_states_say_how_many_are_questioned(workbooks):
    printed = lists(of_release(workbooks, APRIL))
    known = {("USA", year): printed["USA", year] for year in (2017, 2018)}
    # A header of the state's own table and the unknown are no citizenship.
    listed = sum(
        int(value)
        for each in known.values()
        for label, value in each.items()
        if label not in {"Unknown", "Nationality"}
    )
    doubted = ("Botswana", "China, Hong Kong Special Administrative Region")
    questioned = sum(int(each[label]) for each in known.values() for label in doubted)
    assert (listed, questioned) == (3076, 809)
    selection = query.FlowFilter(areas=("USA",), first=2017, last=2018)
    notes = " ".join(words.beside_map(EN, selection, {}))
    assert (
        "In the years with both a list of citizenships and a total (2017–2018), UNODC lists the citizenship of 3,076 "
        "of 16,916 detected victims. A missing pair of countries need not be a zero"
    ) in notes
    sums = [sum(int(each[label]) for each in known.values()) for label in doubted]
    assert (
        f"but counted in that of the lists of citizenships: citizens of Botswana in the United States, {sums[0]} "
        "(2017–2018)" in notes
    )
    assert f"citizens of China, Hong Kong SAR in the United States, {sums[1]} (2017–2018)" in notes
    table = tables.coverage(query.coverage(("USA",), 2017, 2018), EN)
    assert table["Questioned among these"].to_list() == ["409", "400"]
    questioned_rows = query.arrows(selection).choice.filter("questioned")
    assert questioned_rows["high"].sum() == questioned


ROLES = {"source": "origin", "transit": "transit", "destination": "destination", "internal": "internal"}
# Names of the indicators' own that pycountry does not find.
NAMES = {
    "The Bahamas": "BHS",
    "Bahamas, The": "BHS",
    "St. Kitts and Nevis": "KNA",
    "St. Lucia": "LCA",
    "St. Vincent and the Grenadines": "VCT",
}


def statements(mirror):
    """State, role, year and printed word of every report, from both files."""
    with (mirror / "hti" / "HTI_2000-2011_Frank.csv").open(encoding="mac_roman", newline="") as file:
        for row in csv.DictReader(file):
            for column, role in ROLES.items():
                if row[column] in {"Yes", "No", "No mention"}:
                    yield area(row["country"]), role, int(row["year"]), row[column]
    (path,) = (mirror / "cia_factbook").glob("*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("source", "transit", "destination"):
                if row[column]:
                    word = {"Y": "Yes", "N": "No mention"}[row[column]]
                    yield row["iso3"], ROLES[column], int(row["first_seen"][:4]), word


def area(name):
    try:
        return NAMES.get(name) or pycountry.countries.lookup(name).alpha_3
    except LookupError:
        return name


def test_the_newest_report_that_speaks_of_a_role_decides(mirror):
    speaks, every = {}, defaultdict(list)
    for state, role, year, word in statements(mirror):
        every[state, role].append((year, word))
    for key, reports in every.items():
        spoken = [report for report in reports if report[1] != "No mention"]
        if spoken:
            year, word = max(spoken)
            silent = len({later for later, said in reports if said == "No mention" and later > year})
            speaks[key] = (year, word.lower(), silent)
    found = query.roles((), 1900, 2100)
    ours = {(one[0], one[1]): one[2:] for one in found.select("area", "role", "year", "stated", "silent").iter_rows()}
    assert {key: speaks[key] for key in ours} == ours
    denied = {("BHS", "internal"), ("CUB", "internal"), ("USA", "internal"), ("VCT", "internal")}
    denied |= {("BRB", "transit"), ("PRY", "transit")}
    assert {ours[key][1] for key in denied} == {"no"}
    assert {ours[key][0] for key in denied} == {2011}
    assert ours["BOL", "transit"] == (2011, "yes", 3)
    table = tables.roles(found, EN).filter(pl.col("State") == "Bolivia", pl.col("Role") == "Transit")
    assert table["Since then"].to_list() == ["not mentioned in the 3 reports since"]
    assert len(ours) == len([key for key in speaks if key[0] in store.areas()])


@pytest.fixture(scope="module")
def described(mirror):
    """Origin, transit, destination and mark of every row of the coders' sheets, without exact repeats on one sheet."""
    (path,) = (mirror / "du_directionality").glob("Directionality*.xlsx")
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        # One sheet a year; another one, without a year in its name, repeats rows of the last.
        named = [sheet for sheet in book.worksheets if re.search(r"\d\d", sheet.title)]
        sheets = [{tuple(row) for row in sheet.iter_rows(min_row=2, values_only=True)} for sheet in named]
        book.close()
    rows = [row for rows in sheets for row in rows if any(row[1:4])]
    return [(*map(clean, row[1:4]), any(map(clean, row[10:]))) for row in rows]


def clean(cell):
    return str(cell).strip() if cell and str(cell).strip() else None


@pytest.mark.parametrize(("code", "name"), [("HND", "Honduras"), ("GTM", "Guatemala"), ("CRI", "Costa Rica")])
@pytest.mark.parametrize("position", ["any", "origin", "transit"])
def test_routes_with_a_transit_state_are_those_of_the_sheets(described, code, name, position):
    """A row with a country as transit, wherever the state stands on the route; regions are no transit state."""
    places = {"any": (0, 1, 2), "origin": (0,), "transit": (1,)}[position]
    printed = [
        row
        for row in described
        if row[1] and len(area(row[1])) == 3 and name in {row[place] for place in places}
        # A route that neither begins nor ends in one of the 35 states is set aside.
        if {area(row[end]) for end in (0, 2) if row[end]} & set(store.areas())
    ]
    selection = query.FlowFilter("stated", (code,), position, transit=True)
    found = query.records(store.tables().flows(), selection).collect()
    assert found.height == len(printed)
    assert found.filter(note=query.FLAGGED).height == sum(row[3] for row in printed)


def test_what_another_release_prints_is_in_its_file(workbooks):
    """Each figure that two releases print otherwise stands in the cell of each, and no value fits both."""
    rows = store.tables().table("flow_revisions").collect()
    assert rows.height > 1
    for row in rows.iter_rows(named=True):
        figures = []
        for side in ("from", "to"):
            file, place = row[f"locator_{side}"].split("#")
            assert row[f"release_{side}"] in file
            printed = workbooks[file][int(place.split("!")[1]) - 1]
            assert (printed[ISO3], int(printed[YEAR])) == (row["destination"], row["year"])
            assert (printed[INDICATOR], printed[DIMENSION]) == (VICTIMS, CITIZENSHIP)
            least = 1 if side == "to" else 0
            figures.append((least, 4) if printed[VALUE] == "<5" else (int(printed[VALUE]),) * 2)
            assert (row[f"low_{side}"], row[f"high_{side}"]) == figures[-1]
        (low, high), (later_low, later_high) = figures
        assert high < later_low or later_high < low


def test_haitians_in_the_dominican_republic_in_2020(workbooks):
    """April prints 7 and October 11: the map shows 7, by rule, and says so."""
    printed = [lists(of_release(workbooks, release))["DOM", 2020] for release in (APRIL, OCTOBER)]
    assert (printed[0]["Haitiana"], printed[1]["Haiti"]) == ("7", "11")
    flows = store.tables().flows().filter(evidence="counted", origin="HTI", destination="DOM", year=2020).collect()
    assert flows.select("low", "release").rows() == [(7.0, APRIL)]
    (row,) = query.otherwise(flows).iter_rows(named=True)
    assert words.otherwise(EN, row) == (
        "For 2020, UNODC’s release of 14 April 2025 has 7, which is shown here; that of 28 October 2025 has 11."
    )
    # Seen from October, it is the other way round.
    later = flows.with_columns(release=pl.lit(OCTOBER))
    assert query.otherwise(later).select("low_shown", "release_other", "low_other").rows() == [(11.0, APRIL, 7.0)]
