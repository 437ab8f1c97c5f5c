"""What the publishers' own files say, read with openpyxl and csv: the other path to the answers of the questions.

Each function of `READERS` gives facts by the names that `answered.facts` gives them. Nothing here is from the project.
"""

import bz2
import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.etl.cells import Rows, cells, sheets

Facts = dict[str, Any]
NEWEST, BEFORE = "2025-10-28", "2025-04-14"
INDICATOR = {
    "detected_victims": "Detected trafficking victims",
    "persons_formal_contact": "Persons brought into formal contact",
    "persons_prosecuted": "Persons prosecuted",
    "persons_convicted": "Persons convicted",
    "offences": "Offences of trafficking in persons",
}
SEX = {"total": "Total", "female": "Female", "male": "Male", "unknown": "Unknown", "other": "Other"}
AGE = {"total": "Total", "0-17": "0 to 17 years", "18+": "18 years or over", "unknown": "Unknown"}
FORM = {"sexual_exploitation": "Sexual exploitation", "forced_labour": "Forced labour"}
# The columns of UNODC's workbooks that say what is counted.
COUNTRY, WHAT, CATEGORY, UNIT = 1, (4, 5), 6, 10
HEAD = 3
LISTED = "by citizenship"


class Raw:
    """The files of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def workbook(self, release: str) -> Rows:
        return cells(self.folder / "unodc_glotip" / f"data_glotip_{release}.xlsx")

    @cache  # noqa: B019 - one object a run
    def by_key(self, release: str) -> dict[tuple[Any, ...], list[tuple[str, int]]]:
        """The printed texts and their rows, by state, indicator, dimension, category, sex, age and year."""
        found: dict[tuple[Any, ...], list[tuple[str, int]]] = {}
        for at, row in enumerate(self.workbook(release)[HEAD:], HEAD + 1):
            found.setdefault((row[0], row[4], row[5], row[6], row[7], row[8], row[9]), []).append((str(row[11]), at))
        return found

    def printed(
        self, release: str, area: str, indicator: str, year: int, sex: str, age: str, form: str
    ) -> list[tuple[str, int]]:
        dimension = ("Total", "Total") if form == "total" else ("by form of exploitation", FORM[form])
        key = (area, INDICATOR[indicator], *dimension, SEX[sex], AGE[age], year)
        return self.by_key(release).get(key, [])

    def least(self, release: str) -> int:
        """What "<5" stands for at least: 1 in a release that prints zeros, else 0."""
        return int(any(text == "0" for each in self.by_key(release).values() for text, _ in each))

    def interval(self, release: str, text: str) -> tuple[int, int]:
        if text == "<5":
            return self.least(release), 4
        return int(text.replace(",", "")), int(text.replace(",", ""))

    @cache  # noqa: B019 - one object a run
    def of_files(self) -> Counter[str]:
        """The victims of trafficking in Mexico's file, by year."""
        (path,) = (self.folder / "national_mexico").glob("*.bz2")
        found: Counter[str] = Counter()
        with bz2.open(path, "rt", encoding="utf-8") as lines:
            # Few of millions of lines are on trafficking ("Trata de personas").
            for row in csv.reader(line for line in lines if "Trata" in line):
                found[row[1]] += int(row[11])
        return found

    def population(self, area: str, year: int) -> int:
        with (self.folder / "worldbank" / "worldbank_population_SP.POP.TOTL_datahub_2026-03.csv").open() as lines:
            (found,) = (row for row in csv.reader(lines) if row[1:3] == [area, str(year)])
        return int(float(found[3]))


def _state(low: float, high: float, *, masked: bool = True) -> str:
    if low < high:
        return "fewer_than_n" if masked else "range"
    return "exact" if high else "zero"


def figure(
    raw: Raw, area: str, indicator: str, year: int, sex: str = "total", age: str = "total", form: str = "total"
) -> Facts:
    """A figure of UNODC's newest workbook."""
    texts = {text for text, _ in raw.printed(NEWEST, area, indicator, year, sex, age, form)}
    if not texts:
        return {"state": "no_figure"}
    if len(texts) > 1:
        return {"state": "no_usable_figure", "says": sorted(texts)}
    low, high = raw.interval(NEWEST, texts.pop())
    return {"state": _state(low, high), "low": low, "high": high}


def place(raw: Raw, area: str, indicator: str, year: int, sex: str = "total", age: str = "total") -> Facts:
    """The row of a figure in the workbook, and its text."""
    ((_, at),) = raw.printed(NEWEST, area, indicator, year, sex, age, "total")
    return {"file": f"data_glotip_{NEWEST}.xlsx", "place": f"data_glotip_1, {at}"}


def no_row(raw: Raw, area: str, indicator: str, year: int) -> Facts:
    """That the workbook has no row of a total."""
    assert not raw.printed(NEWEST, area, indicator, year, "total", "total", "total")
    return {"facts": 0}


def years(raw: Raw, area: str, indicator: str) -> Facts:
    """The years with a total of a state."""
    key = (area, INDICATOR[indicator], "Total", "Total", "Total", "Total")
    return {"years": sorted(one[-1] for one in raw.by_key(NEWEST) if one[:-1] == key)}


def region(raw: Raw, indicator: str, year: int, *areas: str) -> Facts:
    """How many of the states have a total, and each state's state, in the order of codes."""
    states = {area: figure(raw, area, indicator, year)["state"] for area in areas or STATES}
    reporting = sum(state not in {"no_figure", "no_usable_figure"} for state in states.values())
    return {"reporting": reporting, "states": dict(sorted(Counter(states.values()).items()))}


def summed(raw: Raw, indicator: str, year: int, *areas: str) -> Facts:
    """The sum of the totals of some states, and how many have one."""
    found = [figure(raw, area, indicator, year) for area in areas]
    known = [one for one in found if "low" in one]
    low, high = (sum(one[end] for one in known) for end in ("low", "high"))
    return {
        "state": _state(low, high, masked=False),
        "low": low,
        "high": high,
        "partial": len(known) < len(areas),
        "says": [f"{len(known)} of {len(areas)}"],
    }


def rate(raw: Raw, area: str, indicator: str, year: int) -> Facts:
    """A count by the population of the year, times 100,000."""
    count, population = figure(raw, area, indicator, year), raw.population(area, year)
    low, high = (round(count[end] / population * 100_000, 5) for end in ("low", "high"))
    return {"state": "range" if low < high else "exact" if high else "zero", "low": low, "high": high}


def ratio(raw: Raw, area: str, part: str, whole: str, year: int) -> Facts:
    """One count divided by another."""
    one, other = figure(raw, area, part, year), figure(raw, area, whole, year)
    if "low" not in one or "low" not in other or not other["low"]:
        return {"state": "no_figure"}
    low, high = one["low"] / other["high"], one["high"] / other["low"]
    return {"state": "range" if low < high else "exact", "low": round(low, 5), "high": round(high, 5)}


def contradicted(raw: Raw, area: str, year: int) -> Facts:
    """Whether the parts by sex or by age of a total certainly add up to more than it."""
    total = figure(raw, area, "detected_victims", year)
    sums = []
    for parts in ([(sex, "total") for sex in ("female", "male")], [("total", age) for age in ("0-17", "18+")]):
        found = [figure(raw, area, "detected_victims", year, *part) for part in parts]
        sums.append(sum(one.get("low", 0) for one in found))
    return {**total, "marked": max(sums) > total["high"]}


def population(raw: Raw, area: str, year: int) -> Facts:
    number = raw.population(area, year)
    return {"state": "exact", "low": number, "high": number}


def listed(raw: Raw, release: str, area: str, year: int, *labels: str) -> Facts:
    """The victims of a citizenship detected in a state, by its printed labels."""
    found = [
        texts
        for label in labels
        for texts in [raw.by_key(release).get(_listed(area, label, year))]
        if texts is not None
    ]
    if not found:
        return {"state": "no_figure"}
    (((text, _),),) = found
    low, high = raw.interval(release, text)
    return {"state": _state(low, high), "low": low, "high": high}


def never_listed(raw: Raw, area: str) -> Facts:
    """That no release has a list of citizenships of the victims detected in a state."""
    victims = (area, INDICATOR["detected_victims"], LISTED)
    assert not [one for release in (BEFORE, NEWEST) for one in raw.by_key(release) if one[:3] == victims]
    return {"state": "no_figure"}


def _listed(area: str, label: str, year: int) -> tuple[Any, ...]:
    return (area, INDICATOR["detected_victims"], LISTED, label, "Total", "Total", year)


def revised(raw: Raw, area: str, indicator: str, year: int, sex: str = "total", age: str = "total") -> Facts:
    """A figure in the two releases: what the earlier and the newer one print."""
    ends = [raw.printed(release, area, indicator, year, sex, age, "total") for release in (BEFORE, NEWEST)]
    before, after = (
        raw.interval(release, one[0][0]) if one else None for release, one in zip((BEFORE, NEWEST), ends, strict=True)
    )
    if before == after:
        # What was never printed did not stay the same.
        return {"changes": 0, "states": {}} if before else {"changes": 0, "state": "no_figure"}
    kind = "revised" if before and after else "withdrawn" if before else "new"
    named = {
        f"{name}_{end}": one[at]
        for end, one in (("from", before), ("to", after))
        if one
        for at, name in enumerate(("low", "high"))
    }
    return {"changes": 1, "kind": kind, **named}


def statements(raw: Raw, origin: str, destination: str, transit: str | None, *sheets_of: str) -> Facts:
    """How many different statements the coding has on a way, in some of its sheets; not on child sex tourism."""
    (path,) = (raw.folder / "du_directionality").glob("Directionality*.xlsx")
    found = 0
    for name in sheets_of:
        rows = {row for row in sheets(path.read_bytes())[name][1:] if row[1:4] == (origin, transit, destination)}
        found += len([row for row in rows if row[5] != 4])
    return {"statements": found}


def named(raw: Raw, *ways: list[str]) -> Facts:
    """In which years lists of citizenships and reports name ways.

    Args:
        ways: of each the name of the origin, how its citizens' labels begin, and name and code of the destination.
    """
    (path,) = (raw.folder / "du_directionality").glob("Directionality*.xlsx")
    # `Sheet1` is the sheet of 2016 again.
    reports = {int(name[:4]): rows[1:] for name, rows in sheets(path.read_bytes()).items() if name[:4].isdigit()}
    counted, described = [], []
    for origin, beginning, destination, area in ways:
        printed: dict[int, set[str]] = {}
        for key, texts in [*raw.by_key(BEFORE).items(), *raw.by_key(NEWEST).items()]:
            if key[:3] == (area, INDICATOR["detected_victims"], LISTED) and str(key[3]).lower().startswith(beginning):
                printed.setdefault(key[-1], set()).update(text for text, _ in texts)
        # What one release prints as "<5" and the other as 0 is nobody.
        lists = [year for year, texts in printed.items() if "0" not in texts]
        reported = [
            year
            for year, rows in reports.items()
            if any((row[1], row[3]) == (origin, destination) and row[5] != 4 for row in rows)
        ]
        counted += [sorted(lists)] * bool(lists or reported)
        described += [sorted(reported)] * bool(lists or reported)
    return {"counted": counted, "described": described}


def unnamed(raw: Raw, area: str, *beginnings: str) -> Facts:
    """That no list of citizenships is of a state, and that none and no report has a name with any of the beginnings."""
    never_listed(raw, area)
    labels = {str(key[3]) for release in (BEFORE, NEWEST) for key in raw.by_key(release) if key[2] == LISTED}
    (path,) = (raw.folder / "du_directionality").glob("Directionality*.xlsx")
    ends = {str(end) for rows in sheets(path.read_bytes()).values() for row in rows for end in row[1:4]}
    assert not [one for one in labels | ends if one.lower().strip().startswith(beginnings)]
    return {"counted": [], "described": []}


def complaints(raw: Raw, year: int) -> Facts:
    """Peru's register: the complaints of a year."""
    (path,) = (raw.folder / "national_peru").glob("*.xlsx")
    found = [row[9] for row in cells(path) if row[0] == year and row[8] == "F1_TOTAL"]
    return {"state": "exact", "low": sum(found), "high": sum(found)} if found else {"state": "no_figure"}


def files(raw: Raw, year: int) -> Facts:
    """Mexico's register: the victims of a year."""
    number = raw.of_files()[str(year)]
    return {"state": "exact", "low": number, "high": number}


def survey(raw: Raw, name: str, column: str, m49: str, year: int, sex: str, age: str) -> Facts:
    """A figure of the bulk file of an SDG series."""
    with (raw.folder / "unsd_sdg" / f"unsdg_ddf_2020-10_{name}.csv").open(encoding="utf-8") as lines:
        found = [row for row in csv.DictReader(lines) if (row["geo_area"], row["year"]) == (m49, str(year))]
    values = {float(row[column]) for row in found if (row["sex"], row["age"]) == (sex, age)}
    if not values:
        return {"state": "no_figure"}
    (value,) = values
    return {"state": "exact" if value else "zero", "low": value, "high": value}


def no_measure(raw: Raw, *words: str) -> Facts:
    """That nothing is counted or measured under any of these words, in UNODC's workbooks or in the SDG series."""
    said = {str(cell).lower() for release in (BEFORE, NEWEST) for cell in _measures(raw, release)}
    for path in (raw.folder / "unsd_sdg").glob("unsdg_ddf_*.csv"):
        with path.open(encoding="utf-8") as lines:
            said |= {cell.lower() for row in csv.DictReader(lines) for cell in (*row, row["units"])}
    assert not [one for one in said if any(word in one for word in words)], words
    return {"count": 0}


def _measures(raw: Raw, release: str) -> Iterator[object]:
    head, *rows = raw.workbook(release)[HEAD - 1 :]
    yield from head
    for row in rows:
        yield from (row[at] for at in (*WHAT, UNIT))
        # The categories of persons are countries.
        yield row[CATEGORY] if row[WHAT[1]] in {"Total", "by form of exploitation"} else ""


def no_number(raw: Raw, word: str) -> Facts:
    """That of what has this word the only file says whether there is one, never how many there are."""
    no_measure(raw, word)
    rows = cells(raw.folder / "du_directionality" / "Human Trafficking Index Dataset.xlsx")
    columns = [at for at, head in enumerate(rows[0]) if word in str(head).lower()]
    assert columns
    assert {row[at] for row in rows[1:] for at in columns} <= {None, 0, 1}
    return {"count": 0}


def no_form(raw: Raw, word: str) -> Facts:
    """That no row is on a form of exploitation with this word."""
    no_measure(raw, word)
    return {"state": "no_figure"}


def no_way(raw: Raw, word: str) -> Facts:
    """That counts of victims say nothing on a part of their way."""
    no_measure(raw, word)
    return {"state": "no_figure"}


def no_months(raw: Raw) -> Facts:
    """That every row is of a whole year."""
    no_measure(raw, "month", "quarter")
    every = {row[9] for release in (BEFORE, NEWEST) for row in raw.workbook(release)[HEAD:]}
    assert all(isinstance(year, int) and 1990 < year < 2030 for year in every)
    return {"state": "refused"}


def no_place(raw: Raw, name: str) -> Facts:
    """That no row is of a country of this name."""
    every = {row[COUNTRY] for release in (BEFORE, NEWEST) for row in raw.workbook(release)[HEAD:]}
    assert "Haiti" in every
    assert name not in every
    return {"state": "refused"}


def no_total(raw: Raw, area: str, indicator: str, year: int) -> Facts:
    """That no release has a total of a country that is none of our states."""
    for release in (BEFORE, NEWEST):
        assert not raw.printed(release, area, indicator, year, "total", "total", "total")
    return {"state": "refused"}


def no_release(raw: Raw, day: str) -> Facts:
    """That no workbook is of this day or a later one, by the day that it prints itself."""
    (newest,) = raw.workbook(NEWEST)[1]
    assert "-".join(reversed(str(newest).split("/"))) == NEWEST < day
    assert max(path.stem[-len(day) :] for path in (raw.folder / "unodc_glotip").glob("*.xlsx")) == NEWEST
    return {"count": 0}


def one_release(raw: Raw, folder: str) -> Facts:
    """That there is one file of a register, so that no figure can have been revised."""
    assert len([*(raw.folder / folder).iterdir()]) == 1
    return {"count": 0}


def not_divided(raw: Raw, area: str, year: int) -> Facts:
    """That there is no share of a total that its own parts contradict."""
    assert contradicted(raw, area, year)["marked"]
    return {"state": "no_figure"}


READERS = (figure, place, no_row, years, region, summed, rate, ratio, contradicted, population, listed, never_listed)
READERS += (revised, statements, named, unnamed, complaints, files, survey)
READERS += (no_measure, no_number, no_form, no_way, no_months, no_place, no_total, no_release, one_release, not_divided)
# The independent states of the Americas, by ISO 3166-1.
STATES = re.findall(
    r"[A-Z]{3}",
    "ATG ARG BHS BRB BLZ BOL BRA CAN CHL COL CRI CUB DMA DOM ECU SLV GRD GTM GUY HTI HND JAM MEX NIC PAN PRY PER KNA "
    "LCA VCT SUR TTO USA URY VEN",
)
