"""Agreement of evidence: made-up flows and roles, then 40 pairs and routes and 20 roles from the raw files."""

import csv
import re
from collections import defaultdict

import polars as pl
import pytest

from data.contract import Agreement
from data.place import HERE
from data.snapshot import Snapshot
from etl.making.agreement import agreement
from tests.etl import cells

FLOW = {"transit": None, "year": 2015, "low": 1.0, "high": 1.0, "status": "exact", "repeat_of": None, "complete": True}
TYPES = {"repeat_of": pl.String, "transit": pl.String, "origin": pl.String, "destination": pl.String, "year": pl.Int16}
NO_ROLES = {"area": pl.String, "role": pl.String, "year": pl.Int16, "stated": pl.String}


def flow(evidence, origin, destination, **changed):
    return {**FLOW, "evidence": evidence, "origin": origin, "destination": destination, **changed}


def made(*flows, roles=()):
    said = pl.DataFrame(roles, schema=NO_ROLES, orient="row")
    found = agreement(
        pl.DataFrame(flows, schema_overrides=TYPES, infer_schema_length=None), said, ("ARG", "BOL", "CHL")
    )
    return Agreement.validate(found, cast=True)


def named(table, about):
    rows = table.filter(about=about).select("kind", "first_year", "last_year", "certain", "only").rows()
    return {kind: rest for kind, *rest in rows}


def test_a_pair_of_both_kinds_is_carried_by_none_alone():
    table = made(
        flow("counted", "BOL", "ARG", low=0.0, high=4.0, status="masked"),
        flow("counted", "BOL", "ARG", year=2018, low=0.0, high=4.0, status="masked"),
        flow("stated", "BOL", "ARG", year=2010),
        flow("stated", "CHL", "ARG"),
    )
    assert named(table, "BOL-ARG") == {
        "counted": [2015, 2018, False, False],
        "described": [2010, 2010, True, False],
    }
    assert named(table, "CHL-ARG") == {"described": [2015, 2015, True, True]}
    assert table.filter(about="BOL-ARG", kind="counted")["years"].to_list() == [[2015, 2018]]


def test_a_route_through_a_state_is_a_pair_too_and_its_legs_are_none():
    table = made(flow("stated", "BOL", "ARG", transit="CHL"), flow("counted", "BOL", "ARG"))
    assert named(table, "BOL-CHL-ARG") == {"described": [2015, 2015, True, True]}
    assert [*named(table, "BOL-ARG")] == ["counted", "described"]
    assert not named(table, "BOL-CHL")
    assert named(table, "CHL transit") == {"described": [2015, 2015, True, True]}


def test_a_zero_a_questioned_figure_and_a_repeat_name_nothing():
    table = made(
        flow("counted", "BOL", "ARG", low=0.0, high=0.0),
        flow("counted", "CHL", "ARG", status="questioned"),
        flow("stated", "CHL", "BOL", repeat_of="a#1"),
        flow("counted", "ARG", "ARG"),
    )
    assert table["about"].to_list() == ["ARG internal", "ARG-ARG"]


def test_roles_of_all_codings_are_one_kind():
    said = [("BOL", "origin", 2005, "yes"), ("BOL", "origin", 2016, "yes"), ("ARG", "transit", 2006, "no")]
    table = made(flow("stated", "BOL", None, complete=False), roles=said)
    assert named(table, "BOL origin") == {"described": [2005, 2016, True, True]}
    assert not named(table, "ARG transit")
    assert table.height == 1


# ---------------------------------------------------------------- the publishers' own files, by another path

# How names of states and nationalities begin in all files, in any language and spelling.
BEGINNINGS = {
    "ARG": "argentin",
    "BOL": "bolivia",
    "BRA": "bra[sz]il|barsil",
    "CHL": "chile",
    "COL": "colombia",
    "CRI": "costa ric|costarric",
    "CUB": "cuba",
    "DOM": r"dominican?a? republic|domincan|dominicana|r(ep.*)?\. ?dominicana|rep(u|ú|\ufffd)blica dominicana",
    "ECU": "ecua[dt]or",
    "SLV": "el salvador|salvadore",
    "GTM": "guatemal",
    "HND": "hondur",
    "HTI": "hait",
    "MEX": "mexic",
    "NIC": "nicarag",
    "PAN": "panam",
    "PRY": "paragua",
    "PER": "per[uúo]",
    "VEN": "venez",
}
ROLES = {"origin": "source", "transit": "transit", "destination": "destination", "internal": "internal"}
VICTIMS = "Detected trafficking victims"


def state(printed):
    text = str(printed or "").strip().lower()
    return next((code for code, begins in BEGINNINGS.items() if re.match(begins, text)), None)


def lists(path):
    """The printed values by detecting state and year, then by citizenship; and the totals."""
    found, totals = defaultdict(lambda: defaultdict(list)), {}
    for row in cells.cells(path)[3:]:
        area, what, dimension, category, sex, age, year, value = (*row[:1], *row[4:10], row[11])
        if area in BEGINNINGS and (what, sex, age) == (VICTIMS, "Total", "Total"):
            printed = str(value).replace(",", "")
            if dimension == "by citizenship" and category:
                found[area, int(year)][state(category)].append(printed)
            elif dimension == "Total":
                totals[area, int(year)] = printed
    return found, totals


@pytest.fixture(scope="module")
def counted(mirror):
    """The years in which citizens of one state were detected in another."""
    april, totals = lists(next((mirror / "unodc_glotip").glob("*2025-04-14.xlsx")))
    october, newer = lists(next((mirror / "unodc_glotip").glob("*2025-10-28.xlsx")))
    years = defaultdict(set)
    for key in {*april, *october}:
        (destination, year), later = key, october.get(key, {})
        total = (totals | newer).get(key, "")
        for origin, values in april.get(key, later).items():
            zero = later.get(origin) == ["0"]
            # A number above the total of all victims is questioned.
            kept = [one for one in values if not (one == "0" or (one == "<5" and zero))]
            above = any(one.isdigit() and total.isdigit() and int(one) > int(total) for one in kept)
            if origin not in (None, destination) and kept and not above:
                years[origin, destination].add(year)
    return years


@pytest.fixture(scope="module")
def statements(mirror):
    """The statements of the coded reports: year and the three printed places; child sex tourism is left out."""
    path = next((mirror / "du_directionality").glob("Directionality*.xlsx"))
    return [
        (int(sheet[:4]), row[1], row[2], row[3])
        for sheet, rows in cells.sheets(path.read_bytes()).items()
        # This sheet repeats that of 2016.
        if sheet != "Sheet1"
        for row in rows[1:]
        if str(row[5]).strip() != "4"
    ]


@pytest.fixture(scope="module")
def table():
    return Snapshot.open(str(HERE)).table("agreement").collect()


def years_of(table, kind):
    """By pair or route the years of one kind, of the states that are read here; own citizens aside."""
    rows = table.filter(pl.col("origin").is_not_null(), pl.col("origin") != pl.col("destination"), kind=kind)
    every = {tuple(about.split("-")): {*years} for about, years in rows.select("about", "years").iter_rows()}
    return {route: years for route, years in every.items() if {*route} <= BEGINNINGS.keys()}


@pytest.mark.real
def test_the_counted_pairs_are_those_of_the_raw_workbooks(table, counted):
    found = years_of(table, "counted")
    assert len(found) >= 40
    assert found == dict(counted)


@pytest.mark.real
def test_the_described_pairs_and_routes_are_those_of_the_raw_coding(table, statements):
    expected = defaultdict(set)
    for year, *places in statements:
        origin, transit, destination = map(state, places)
        if origin and destination and origin != destination:
            expected[origin, destination].add(year)
            if transit:
                expected[origin, transit, destination].add(year)
    found = years_of(table, "described")
    assert sum(len(route) > 2 for route in found) == 3
    assert found == dict(expected)


@pytest.mark.real
def test_a_pair_rests_on_one_kind_alone_only_where_the_raw_files_say_so(table, counted, statements):
    described = {(state(origin), state(destination)) for _, origin, _, destination in statements}
    pairs = table.filter(pl.col("transit").is_null(), pl.col("origin") != pl.col("destination"))
    ours = pairs.filter(pl.col("origin").is_in([*BEGINNINGS]), pl.col("destination").is_in([*BEGINNINGS]))
    both = {tuple(about.split("-")) for about in ours.filter(~pl.col("only"))["about"]}
    assert both == {pair for pair in counted if pair in described}
    # The answer to: which pairs with Costa Rica do both kinds of evidence name?
    assert {pair for pair in both if "CRI" in pair} == {
        *[(origin, "CRI") for origin in ("COL", "DOM", "GTM", "NIC", "PAN", "SLV", "VEN")],
        *[("CRI", destination) for destination in ("MEX", "SLV")],
    }


@pytest.mark.real
def test_described_roles_are_those_of_the_three_raw_codings(mirror, table, statements):
    expected = defaultdict(set)
    with next((mirror / "hti").glob("HTI*.csv")).open(encoding="mac_roman", newline="") as file:
        for row in csv.DictReader(file):
            for role, column in ROLES.items():
                if row[column] == "Yes":
                    expected[state(row["country"]), role].add("report")
    with next((mirror / "cia_factbook").glob("*.csv")).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for role in ("origin", "transit", "destination"):
                if row[ROLES[role]] == "Y":
                    expected[row["iso3"], role].add("report")
    for _, *places in statements:
        found = dict(zip(("origin", "transit", "destination"), map(state, places), strict=True))
        inside = found["origin"] is not None and found["origin"] == found["destination"]
        for role, area in ({"internal": found["origin"]} if inside else found).items():
            expected[area, role].add("report")
    rows = table.filter(pl.col("area").is_in([*BEGINNINGS]), kind="described").select("area", "role").rows()
    assert len(rows) >= 20
    assert {*rows} == {(area, role) for area, role in expected if area in BEGINNINGS}


@pytest.mark.real
def test_counted_roles_follow_from_the_pairs_of_the_raw_workbooks(table, counted):
    rows = table.filter(pl.col("area").is_in([*BEGINNINGS]), kind="counted").select("area", "role").rows()
    assert not [one for one in rows if one[1] == "transit"]
    # Pairs with other countries give roles too, so these are only some of them.
    assert {(origin, "origin") for origin, _ in counted} <= {*rows}
    assert {(destination, "destination") for _, destination in counted} <= {*rows}
