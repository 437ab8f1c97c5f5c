"""What a state's page has to show, worked out from the publishers' files by openpyxl, csv and plain Python.

Nothing of `etl` or of the snapshot is used, except reviewed lists in `data/reference`.
"""

import csv
import os
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pycountry

from tests.etl.cells import Rows, cells, sheets

MIRROR = Path(os.environ.get("ATALAYA_MIRROR", ""))
REFERENCE = Path(__file__).parents[2] / "data" / "reference"
VICTIMS, LISTED, WHOLE = "Detected trafficking victims", "by citizenship", ("Total", "Total", "Total", "Total")
APRIL, OCTOBER = "14 April 2025", "28 October 2025"
# April has the better labels up to this year (data/reference/flow_releases.csv).
LAST_OF_APRIL = 2022
# Codes of questionnaire cells that leaked into the figures are millions.
LEAKED = 1_000_000
Interval = tuple[int, int]
# Labels of both publishers that are no name in pycountry, read by hand for the three states and VCT. Others: no place.
NAMES = {
    **{"republic of korea": "KOR", "bolivia (plurinational state of)": "BOL", "iran (islamic republic of)": "IRN"},
    **{"china, hong kong special administrative region": "HKG", "china, taiwan province of china": "TWN"},
    **{"netherlands (kingdom of the)": "NLD", "bahamas, the": "BHS", "burma": "MMR", "burmuda": "BMU"},
    **{"curacao": "CUW", "federal states of micronesia": "FSM", "micronesia": "FSM", "jaimaica": "JAM"},
    **{"russia": "RUS", "st. lucia": "LCA", "st. maarten": "SXM", "swaziland": "SWZ", "taiwan, china": "TWN"},
    **{"st vincent": "VCT", "u.s. virgin islands": "VIR", "usa": "USA", "estados unidos": "USA"},
    **dict.fromkeys(("haitian", "haitiana", "haitiano", "haitians", "hait\ufffd"), "HTI"),
}
PLACELESS = {
    *("unknown", "nationality", "oth", "other", "kosovo under unscr 1244", "kosovo (under unsc res. 1244)"),
    *("africa", "asia", "caribbean", "caribbean countries", "carribean countries", "central america", "east asia"),
    *("eastern europe", "europe", "latin america", "south america", "west africa"),
}
OWN = {"nationals", "own country nationals"}


@cache
def _names() -> dict[str, str]:
    known = {}
    for one in pycountry.countries:
        known |= {
            getattr(one, key).casefold(): one.alpha_3
            for key in ("name", "common_name", "official_name")
            if key in dir(one)
        }
    return known | NAMES


def country(label: object, own: str = "") -> str | None:
    """The country that a label of the three states means; None for a region or an unknown place.

    Raises:
        LookupError: a label that nobody has read.
    """
    plain = str(label or "").strip().casefold()
    if plain in OWN:
        return own
    if not plain or plain in PLACELESS:
        return None
    return _names()[plain]


@cache
def books() -> tuple[Rows, Rows]:
    """The rows of April and of October, without banner and header."""
    april, october = (cells(path)[3:] for path in sorted(MIRROR.glob("unodc_glotip/*.xlsx")))
    return april, october


def value(text: object, mask: Interval) -> Interval:
    """The interval of a printed figure."""
    return mask if text == "<5" else (int(str(text).replace(",", "")),) * 2


# April prints no zero, so its "<5" may be one; October prints zeros.
MASKS = {APRIL: (0, 4), OCTOBER: (1, 4)}


class Record(NamedTuple):
    """One label of a state's list of a year."""

    origin: str | None
    destination: str
    year: int
    figure: Interval
    release: str
    questioned: bool


@cache
def population() -> dict[tuple[str, int], int]:
    (path,) = MIRROR.glob("worldbank/*datahub*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["Country Code"], int(row["Year"])): int(float(row["Value"])) for row in csv.DictReader(file)}


@cache
def totals_of_october(indicator: str = VICTIMS) -> dict[tuple[str, int], str]:
    """The printed total of each state and year."""
    found = (row for row in books()[1] if str(row[4]).startswith(indicator) and row[5:9] == WHOLE)
    return {(str(row[0]), int(str(row[9]))): str(row[11]) for row in found}


@cache
def _lists() -> dict[str, dict[tuple[str, int], Rows]]:
    """The lists of citizenships by release, state and year, without leaked codes."""
    found: dict[str, dict[tuple[str, int], Rows]] = {}
    for release, rows in zip((APRIL, OCTOBER), books(), strict=True):
        mine: dict[tuple[str, int], Rows] = defaultdict(list)
        for row in rows:
            leaked = row[11] != "<5" and int(str(row[11]).replace(",", "")) > LEAKED
            if row[4] == VICTIMS and row[5] == LISTED and not leaked:
                mine[str(row[0]), int(str(row[9]))].append(row)
        found[release] = mine
    return found


def _doubted(origin: str | None, place: tuple[str, int], figure: Interval) -> bool:
    """Whether a figure is questioned: by the reviewed list, or as too many for the origin or the state's total."""
    if origin is None or figure[1] == 0:
        return False
    with (REFERENCE / "questioned_flows.csv").open(encoding="utf-8", newline="") as file:
        named = [row for row in csv.DictReader(file) if (row["origin"], row["destination"]) == (origin, place[0])]
    listed = any(int(row["year_from"]) <= place[1] <= int(row["year_to"]) for row in named)
    people = population().get((origin, place[1]))
    total = totals_of_october().get(place)
    many = people is not None and figure[0] * 100_000 > 15 * people
    return listed or many or (total is not None and figure[0] > value(total, MASKS[OCTOBER])[1])


@cache
def counted(area: str) -> tuple[Record, ...]:
    """The victims of every list with a state at one of its ends."""
    found = []
    for place in sorted({*_lists()[APRIL], *_lists()[OCTOBER]}):
        april = place[1] <= LAST_OF_APRIL and place in _lists()[APRIL]
        release = APRIL if april else OCTOBER
        rows = _lists()[release].get(place, [])
        for label in sorted({str(row[6] or "") for row in rows}):
            if place[0] != area and not _names_the(area, label):
                continue
            origin = country(label, place[0])
            (figure,) = {value(row[11], MASKS[release]) for row in rows if str(row[6] or "") == label}
            zero = april and figure == MASKS[APRIL] and _later_zero(origin, label, place)
            figure, of = ((0, 0), OCTOBER) if zero else (figure, release)
            found.append(Record(origin, place[0], place[1], figure, of, _doubted(origin, place, figure)))
    return tuple(found)


def printed_lists(area: str) -> dict[int, dict[str, str]]:
    """The labels of each list of a state, with their figures as printed."""
    found = {}
    for place in sorted({*_lists()[APRIL], *_lists()[OCTOBER]}):
        if place[0] == area:
            april = place[1] <= LAST_OF_APRIL and place in _lists()[APRIL]
            rows = _lists()[APRIL if april else OCTOBER][place]
            found[place[1]] = {str(row[6]): str(row[11]) for row in rows}
    return found


def _names_the(area: str, label: str) -> bool:
    """Whether a label of any state is of a citizenship of the three."""
    return (_names().get(label.strip().casefold()) == area) and bool(label)


def _later_zero(origin: str | None, label: str, place: tuple[str, int]) -> bool:
    """Whether October prints 0 for a citizenship that April masks."""
    rows = _lists()[OCTOBER].get(place, [])
    same = [row for row in rows if _same(row[6], origin, label, place[0])]
    return bool(same) and all(row[11] == "0" for row in same)


def _same(printed: object, origin: str | None, label: str, own: str) -> bool:
    if origin is None:
        return str(printed or "") == label
    plain = str(printed or "").strip().casefold()
    return (own if plain in OWN else _names().get(plain)) == origin


class Flow(NamedTuple):
    """One arrow: its ends, leg, figure, what it lacks, its years and releases."""

    origin: str
    destination: str
    leg: str
    figure: Interval
    left_out: Interval
    years: tuple[int, ...]
    releases: tuple[str, ...]
    questioned: bool


def summed(records: Iterable[Record]) -> Interval:
    every = [*records]
    return sum(one.figure[0] for one in every), sum(one.figure[1] for one in every)


def counted_flows(area: str) -> list[Flow]:
    """The arrows of counted victims of a state."""
    groups: dict[tuple[str, str, bool], list[Record]] = defaultdict(list)
    for one in counted(area):
        if one.origin and one.figure[1]:
            groups[one.origin, one.destination, one.questioned].append(one)
    flows = []
    for (origin, destination, questioned), records in groups.items():
        lacking = () if questioned else groups.get((origin, destination, True), ())
        leg = "domestic" if origin == destination else "direct"
        years = tuple(sorted({one.year for one in records}))
        releases = tuple(one for one in MASKS if one in {record.release for record in records})
        flows.append(Flow(origin, destination, leg, summed(records), summed(lacking), years, releases, questioned))
    return flows


FORMS = "by form of exploitation"
# The dimensions of the figures by sex, age and form.
PARTS = ("Total", FORMS)


@cache
def _parts() -> dict[tuple[str, int], dict[tuple[object, ...], set[str]]]:
    """The printed texts of October on detected victims by state and year, of each cell but those by country."""
    found: dict[tuple[str, int], dict[tuple[object, ...], set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in books()[1]:
        if row[4] == VICTIMS and row[5] in PARTS:
            found[str(row[0]), int(str(row[9]))][tuple(row[5:9])].add(str(row[11]))
    return found


def _years_without_total(area: str) -> list[int]:
    """The years with parts and without one total."""
    mine = {year: cells for (one, year), cells in _parts().items() if one == area}
    return sorted(year for year, cells in mine.items() if len(cells.get(WHOLE, ())) != 1)


def lists_without_total(area: str) -> list[int]:
    """The years without a total of which some release that counts lists a citizenship that is surely not zero."""
    totals = {year for (one, year), cells in _parts().items() if one == area and len(cells.get(WHOLE, ())) == 1}
    years = set()
    for release in MASKS:
        for (one, year), rows in _lists()[release].items():
            served = (
                release == APRIL if year <= LAST_OF_APRIL and (one, year) in _lists()[APRIL] else release == OCTOBER
            )
            # A list of masked figures alone may be of nobody where zeros are masked, too.
            if one == area and served and any(value(str(row[11]), MASKS[release])[0] for row in rows):
                years.add(year)
    return sorted(years - totals)


def _written(figure: Interval) -> str:
    if 0 < figure[0] < figure[1] < 5:
        return "fewer than five"
    return f"{figure[0]:,}" if figure[0] == figure[1] else f"{figure[0]:,}–{figure[1]:,}"


def without_total(area: str, *, lists: bool = True) -> list[str]:
    """The sentences on what UNODC has on detected victims in the years without a total."""
    zeros, forms = [], {}
    for year in _years_without_total(area):
        cells = _parts()[area, year]
        if {text for texts in cells.values() for text in texts} == {"0"}:
            zeros.append(year)
        alone = [
            value(*texts, MASKS[OCTOBER])
            for key, texts in cells.items()
            if key[0] == FORMS and key[2:] == ("Total", "Total") and len(texts) == 1
        ]
        if largest := max((one for one in alone if one[1]), default=None):
            forms[year] = largest
    listed = {}
    for year in lists_without_total(area) if lists else ():
        mine = [one for one in counted(area) if one.destination == area and one.origin and one.year == year]
        listed[year] = summed(mine)
    both = [year for year in listed if year in zeros]
    every = {
        f"For {_in_words(zeros)}, UNODC’s data have zeros by sex, age or form, but no total; victims may still "
        "have been detected.": zeros,
        f"UNODC’s data have figures by form of exploitation, but no total, for {_in_words([*forms])}; the largest "
        f"form: {_each(forms)}.": forms,
        f"UNODC’s data list victims by citizenship, but have no total: {_each(listed)}.": listed,
        f"For {_in_words([*both])}, these lists contradict the zeros.": both,
    }
    return [sentence for sentence, some in every.items() if some]


def _each(figures: dict[int, Interval]) -> str:
    every = [f"{_written(figure)} ({year})" for year, figure in sorted(figures.items())]
    return " and ".join([*filter(None, [", ".join(every[:-1])]), *every[-1:]])


def _in_words(years: list[int]) -> str:
    """Years as `2007–2010 and 2012`."""
    parts: list[list[int]] = []
    for year in years:
        if parts and year == parts[-1][-1] + 1:
            parts[-1].append(year)
        else:
            parts.append([year])
    every = [str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts]
    return " and ".join([*filter(None, [", ".join(every[:-1])]), *every[-1:]])


def own_citizens(area: str) -> tuple[Record, Record, Record] | None:
    """The first two lists of a state, one after the other, from few of its own citizens to many, and the last."""
    own = sorted((one for one in counted(area) if one.origin == one.destination == area), key=lambda one: one.year)
    for before, after in pairwise(own):
        if before.figure[1] < 5 and after.figure[0] >= 100:
            return before, after, own[-1]
    return None


CHILD_SEX_TOURISM = "4"


@cache
def statements() -> tuple[tuple[int, str | None, str | None, str | None, str, str, str], ...]:
    """Year, places and their labels of every statement, without repeats and without child sex tourism."""
    (path,) = MIRROR.glob("du_directionality/Directionality*.xlsx")
    found = []
    for name, (_, *rows) in sheets(path.read_bytes()).items():
        if not (year := re.search(r"20\d\d", name)):
            # A second sheet of 2016.
            continue
        seen = set()
        for row in rows:
            texts = tuple(str(cell).strip() if cell is not None else "" for cell in row[1:])
            texts = (*texts[:9], "x" if any(texts[9:]) else "")
            if not any(texts) or texts in seen:
                continue
            seen.add(texts)
            if any(texts[:3]) and CHILD_SEX_TOURISM not in re.findall(r"\d+", texts[4]):
                found.append((int(year.group()), *texts[:3]))
    return tuple(found)


def described(area: str) -> tuple[list[tuple[str, str, str, str, int]], int]:
    """The legs of the statements on a state (ends, leg, transit state, year), and how many have no leg."""
    legs, lost = [], 0
    for year, *labels in statements():
        if area not in {_names().get(label.casefold()) for label in labels if label}:
            continue
        origin, transit, destination = map(country, labels)
        mine = []
        if transit:
            mine += [(origin, transit, "to transit", transit, year)] if origin else []
            mine += [(transit, destination, "from transit", transit, year)] if destination else []
        elif not labels[1] and origin and destination:
            mine.append((origin, destination, "domestic" if origin == destination else "direct", "", year))
        legs += mine
        lost += not mine
    return legs, lost


def open_ended(area: str) -> int:
    """How many statements on a state name a transit state and only one other end that is a country."""
    found = 0
    for _, *labels in statements():
        if area in {_names().get(label.casefold()) for label in labels if label}:
            origin, transit, destination = map(country, labels)
            found += bool(transit) and bool(origin) != bool(destination)
    return found


def described_flows(area: str) -> list[Flow]:
    """The arrows of the described routes of a state."""
    groups = defaultdict(list)
    for origin, destination, leg, transit, year in described(area)[0]:
        groups[origin, destination, leg, transit].append(year)
    return [
        Flow(origin, destination, leg, (len(years),) * 2, (0, 0), tuple(sorted({*years})), ("undated",), False)
        for (origin, destination, leg, _), years in groups.items()
    ]
