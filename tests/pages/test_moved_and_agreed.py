"""Tables on pages, cell by cell, against the publishers' files: people who moved between two states, and roles.

The files are read by csv, json, openpyxl and the library for files of R; nothing of `etl` or of the snapshot is used.
"""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from html import unescape

import pytest

from dashboard.catalog import pages
from dashboard.forms.html.document import document
from dashboard.views import address
from data.i18n import language
from tests.etl.cells import cells, r_table
from tests.etl.making.test_agreement import BEGINNINGS, ROLES, VICTIMS, state
from tests.pages import recount

pytestmark = [pytest.mark.real, pytest.mark.long]
MIRROR = recount.MIRROR
EN = language("en")
# Names on our pages, and in UN DESA's files of 2020 and of 2019 where they differ.
NAMES = {
    **{"ARG": "Argentina", "BOL": "Bolivia", "COL": "Colombia", "CRI": "Costa Rica", "DOM": "Dominican Republic"},
    **{"HND": "Honduras", "HTI": "Haiti", "MEX": "Mexico", "NIC": "Nicaragua", "PAN": "Panama", "VEN": "Venezuela"},
}
IN_2019 = {"BOL": "Bolivia (Plurinational State of)", "VEN": "Venezuela (Bolivarian Republic of)"}
PAIRS = [
    *[("ARG", "BOL"), ("COL", "VEN"), ("CRI", "NIC"), ("DOM", "HTI"), ("HND", "VEN"), ("HTI", "MEX"), ("PAN", "VEN")],
]
STATES = ("BOL", "COL", "CRI", "DOM", "HTI", "MEX", "PER")
CROSSED = {"PAN": "darien", "HND": "honduras", "MEX": "mexico"}
KINDS = {
    "refugees": "Refugees",
    "asylum_seekers": "Asylum-seekers",
    "oip": "Others in need of international protection",
}


def table(slug: str, name: str, **given: str) -> list[dict[str, str]]:
    """The rows of a table of a page, as its document has them: cells by heading."""
    page = pages()[slug]
    html = document(EN, page, address.read(page.filters, {key: (text,) for key, text in given.items()}).values)
    _, _, rest = html.partition(f'id="table-{name}"')
    lines = [_cells(line) for line in re.findall(r"<tr[ >].*?</tr>", rest.partition("</table>")[0], re.DOTALL)]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]] if rest else []


def _cells(line: str) -> list[str]:
    every = re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", line, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in every]


# ---------------------------------------------------------------- people who moved


def stocks(origin: str, destination: str) -> Iterable[tuple[str, str, str]]:
    """Year, figure and release of UN DESA's estimates: every year of 2024, the last of 2020 and of 2019."""
    raw = r_table(MIRROR / "undesa_migrant_stock_2024" / "undesa_stocks.rda")
    mine = raw[(raw["from"] == origin) & (raw["geo"] == destination)]
    for year, n in mine.groupby("t")["n"].sum().items():
        yield str(int(year)), f"{int(n):,}", "2024"
    matrix = json.loads(next((MIRROR / "undesa_migrant_stock_2020").glob("*.json")).read_text("utf-8"))
    at = matrix["names"].index
    if n := matrix["matrix"]["2020"][at(NAMES[origin])][at(NAMES[destination])]:
        yield "2020", f"{n:,}", "2020"
    names = NAMES | IN_2019
    with next((MIRROR / "undesa_migrant_stock").glob("*.csv")).open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            if row["Year"] == "2019" and row["Dest"] == names[destination] and int(row[names[origin]] or 0):
                yield "2019", f"{int(row[names[origin]]):,}", "2019"


def protected(origin: str, destination: str) -> Iterable[tuple[str, str, str]]:
    """Kind, year and figure of UNHCR's newest year; 5 stands for some figures below it."""
    raw = r_table(MIRROR / "unhcr_population" / "population.rda")
    newest = raw[raw["year"] == raw["year"].max()]
    for _, row in newest[(newest["coo_iso"] == origin) & (newest["coa_iso"] == destination)].iterrows():
        for column, kind in KINDS.items():
            if row[column] > 0:
                yield kind, str(int(row["year"])), "1–5" if row[column] == 5 else f"{int(row[column]):,}"


def crossings(origin: str, destination: str) -> Iterable[tuple[str, str]]:
    """Year and figure of the last whole year, and of the months since."""
    if destination in CROSSED:
        raw = r_table(MIRROR / "iom_gdidata" / f"irreg_{CROSSED[destination]}_nat.rda")
        days = [date(1970, 1, 1) + timedelta(days=int(day)) for day in raw["t"]]
        months = raw.assign(year=[day.year for day in days], month=[day.month for day in days])
        newest = months["year"].max()
        last = int(months[months["year"] == newest]["month"].max())
        summed = months[months["nat"] == origin].groupby("year")["n"].sum()
        if last < 12 and newest in summed:
            yield f"January to {EN.date(f'{newest}-{last:02}')}", f"{int(summed[newest]):,}"
        whole = newest - (last < 12)
        if whole in summed:
            yield str(whole), f"{int(summed[whole]):,}"


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_people_who_moved_between_two_states_are_those_of_the_raw_files(one, other):
    expected = []
    for origin, destination in ((one, other), (other, one)):
        ends = NAMES[origin], NAMES[destination]
        expected += [(*ends, "Migrants (estimate)", *rest) for rest in stocks(origin, destination)]
        expected += [(*ends, *rest, "2025.12.1") for rest in protected(origin, destination)]
        expected += [(*ends, "Crossings in irregular transit", *rest, "") for rest in crossings(origin, destination)]
    shown = [
        (row["From"], row["In"], row["What is counted"], row["Year"], row["Figure"], row["Release"])
        for row in table("pair", "movements", one=one, other=other)
    ]
    assert len(shown) >= 10
    assert sorted(line[:5] for line in shown) == sorted(line[:5] for line in expected)
    releases = {line for line in expected if line[5]}
    assert releases <= {*shown}


@pytest.mark.parametrize("kind", ["migrants", "refugees", "asylum_seekers", "others_in_need", "crossings"])
@pytest.mark.parametrize("area", ["COL", "PAN"])
def test_people_beside_the_pairs_of_routes_are_those_of_the_raw_files(area, kind):
    rows = table("routes", "routes", state=area, migrants=kind)
    heading = [*rows[0]][-1]
    year = heading.rpartition(" ")[2]
    names = {name: code for code, name in NAMES.items()}
    checked = 0
    for row in rows:
        origin, destination = names.get(row["Citizens of"]), names.get(row["Detected in"])
        if not origin or not destination or origin == destination:
            continue
        found: list[str] = []
        if kind == "migrants":
            found = [n for when, n, release in stocks(origin, destination) if (when, release) == (year, "2024")]
        elif kind == "crossings":
            found = [n for when, n in crossings(origin, destination) if when == year and n != "0"]
        else:
            word = KINDS.get(kind, KINDS["oip"])
            found = [n for each, when, n in protected(origin, destination) if (each, when) == (word, year)]
        assert row[heading] == (found[0] if found else "–"), (origin, destination)
        checked += bool(found)
    assert checked or (kind, area) in {("crossings", "COL"), ("others_in_need", "PAN")}


# ---------------------------------------------------------------- agreement on roles


def named(text: object) -> str:
    """The code of a state, `?` for another place, empty for none."""
    return state(text) or ("?" if str(text or "").strip() else "")


@cache
def lists() -> dict[tuple[str, int], dict[str, list[tuple[str, bool]]]]:
    """By detecting country and year, then by citizenship: printed values, and whether a masked one is above zero."""
    books = sorted(MIRROR.glob("unodc_glotip/*.xlsx"))
    april, october = ({}, {})
    totals: dict[tuple[str, int], str] = {}
    for found, path in ((april, books[0]), (october, books[1])):
        for row in cells(path)[3:]:
            place, value = (str(row[0]), int(str(row[9]))), str(row[11]).replace(",", "")
            if row[4] == VICTIMS and row[5] == "by citizenship" and row[6] and row[7:9] == ("Total", "Total"):
                own = re.match("(own country )?nationals|ciudadanos de su pa", str(row[6]).strip().lower())
                origin = place[0] if own else named(row[6])
                found.setdefault(place, defaultdict(list))[origin].append(value)
            elif row[4] == VICTIMS and row[5:9] == recount.WHOLE:
                totals[place] = value
    kept: dict[tuple[str, int], dict[str, list[tuple[str, bool]]]] = {}
    for place in {*april, *october}:
        later, total = october.get(place, {}), totals.get(place, "")
        for origin, values in april.get(place, later).items():
            zero = later.get(origin) == ["0"] and place in april
            usable = [one for one in values if one != "0" and not (one == "<5" and zero)]
            above = any(one.isdigit() and total.isdigit() and int(one) > int(total) for one in usable)
            if usable and not above:
                certain = any(one != "<5" for one in usable) or place not in april
                kept.setdefault(place, {})[origin] = [(one, certain) for one in usable]
    return kept


def counted(area: str) -> dict[str, dict[int, bool]]:
    """The years of each role of a state, and whether a figure of the year is certainly above zero."""
    found: dict[str, dict[int, bool]] = defaultdict(dict)
    for (destination, year), origins in lists().items():
        for origin, values in origins.items():
            certain = any(sure for _, sure in values)
            role = "internal" if origin == destination else "origin" if origin == area else "destination"
            if area in {origin, destination}:
                found[role][year] = found[role].get(year, False) or certain
    return found


def described(area: str) -> dict[str, set[int]]:
    """The years of the reports, or of the Factbook's versions, that name each role of a state."""
    found: dict[str, set[int]] = defaultdict(set)
    with next((MIRROR / "hti").glob("HTI*.csv")).open(encoding="mac_roman", newline="") as file:
        for row in csv.DictReader(file):
            for role, column in ROLES.items():
                if state(row["country"]) == area and row[column] == "Yes":
                    found[role].add(int(row["year"]))
    with next((MIRROR / "cia_factbook").glob("*.csv")).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for role in ("origin", "transit", "destination"):
                if row["iso3"] == area and row[ROLES[role]] == "Y":
                    found[role].add(int(row["first_seen"][:4]))
    for year, *labels in recount.statements():
        places = dict(zip(("origin", "transit", "destination"), map(named, labels), strict=True))
        inside = places["origin"] == places["destination"] == area
        for role in ("internal",) if inside else [role for role, place in places.items() if place == area]:
            found[role].add(year)
    return found


def runs(years: Iterable[int]) -> str:
    """Years as a cell has them: 2008–2010, 2012."""
    each: list[list[int]] = []
    for year in sorted(years):
        if each and year == each[-1][-1] + 1:
            each[-1].append(year)
        else:
            each.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in each)


@pytest.mark.parametrize("area", STATES)
def test_the_roles_of_a_state_and_their_years_are_those_of_the_raw_files(area):
    assert area in BEGINNINGS
    ours, theirs = counted(area), described(area)
    expected = {}
    for role in ("origin", "transit", "destination", "internal"):
        years, reports = ours.get(role, {}), theirs.get(role, set())
        if not years and not reports:
            continue
        sure = any(years.values())
        mark = "–" if not years else f"● {runs(years)}" if sure else f"◌ {runs(years)} (“<5”, may be none)"
        both = "named by both kinds" if years and reports else "only counted" if years else "only described"
        expected[role] = (mark, f"● {runs(reports)}" if reports else "–", both)
    names = {
        role: EN.text(word)
        for role, word in zip(ROLES, ("Origin", "Transit", "Destination", "Internal trafficking"), strict=True)
    }
    shown = {
        row["Role"]: (row["Victims by citizenship"], row["Routes and roles in US reports"], row["Agreement"])
        for row in table("country", "agreement_roles", area=area)
    }
    assert len(shown) >= 3
    assert shown == {names[role]: cells for role, cells in expected.items()}


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_agreement_on_two_states_is_that_of_the_raw_files(one, other):
    statements = [(year, named(origin), named(end)) for year, origin, _, end in recount.statements()]
    expected = {}
    for origin, destination in ((one, other), (other, one)):
        years = {
            year: any(sure for _, sure in origins[origin])
            for (place, year), origins in lists().items()
            if place == destination and origin in origins
        }
        reports = {year for year, *ends in statements if ends == [origin, destination]}
        if not years and not reports:
            continue
        mark = f"● {runs(years)}" if any(years.values()) else f"◌ {runs(years)} (“<5”, may be none)"
        expected[f"{NAMES[origin]} → {NAMES[destination]}"] = (
            mark if years else "–",
            f"● {runs(reports)}" if reports else "–",
            "the other kind still names it" if years and reports else "nothing else names it",
        )
    shown = {
        row["Pair or route"]: (
            row["Victims by citizenship"],
            row["Routes and roles in US reports"],
            row["If one kind is left out"],
        )
        for row in table("pair", "agreement", one=one, other=other)
    }
    assert shown == expected
