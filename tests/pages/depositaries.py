"""How three states stand toward each treaty, read in the depositaries' files by csv and plain Python."""

import csv
import re
from collections import defaultdict
from datetime import UTC, date, datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from data.i18n import language
from tests.pages.drawings import numbers
from tests.pages.recount import MIRROR, REFERENCE

EN = language("en")
UN_NAMES = {"USA": "United States of America", "HTI": "Haiti", "LCA": "St. Lucia"}
CHAPTERS = {"IV": "4", "V": "5", "VII": "7", "XVIII": "18"}
# The day on which the lists of each chapter were read, and that of the years of five treaties.
READ = {"XVIII": "10 July 2014", "IV": "14 March 2015", "V": "14 March 2015", "VII": "14 March 2015"}
YEARS_READ = "25 August 2022"
YEARS = {
    **{"cedaw": "cedaw", "child_rights": "crc", "migrant_workers": "icmw"},
    **{"children_in_conflict": "op_crc_ac", "sale_of_children": "op_crc_sc"},
}
# As a line has them. Parties of which no day is known come after the others.
ORDER = ("party", "undated", "signed", "none", "unseen")
UNDATED = "A-61"


class Standing(NamedTuple):
    """How a state stands toward a treaty: `kind` is of `ORDER`, `year` that of its deposit, `closing` the last day."""

    kind: str
    year: str
    closing: str


@cache
def treaties() -> tuple[dict[str, str], ...]:
    with (REFERENCE / "treaties.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _lines(path: Path) -> tuple[tuple[str, ...], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(map(tuple, csv.reader(file)))


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (MIRROR / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _transcribed(number: str) -> list[dict[str, str]]:
    return [row for row in _rows("oas_treaties/oas_treaty_acts_transcribed.csv") if row["instrument"] == number]


def _list_of(number: str) -> Path:
    chapter, _, rest = number.partition("-")
    more = MIRROR / "untc_more" / f"{CHAPTERS[chapter]}-{rest}.csv"
    return more if more.exists() else next(MIRROR.glob(f"untc/untc_{number}_*.csv"))


def closing(treaty: dict[str, str]) -> str:
    """The last day of what is known of a treaty; a year if no day is known."""
    number = treaty["number"]
    if treaty["depositary"] == "UN":
        return YEARS_READ if treaty["treaty"] in YEARS else READ[number.partition("-")[0]]
    if number == UNDATED:
        (said,) = {row["as_of"] for row in _rows("oas_treaties/party_without_date.csv") if row["instrument"] == number}
        return said.partition(" ")[0]
    rows = _transcribed(number)
    (said,) = {row["completeness"] for row in rows}
    named = re.search(r"newest deposit in it (\d+ \w+ \d+)", said)
    day = _date(named[1], "%d %b %Y") if named else max(date.fromisoformat(row["deposit"]) for row in rows)
    return f"{day.day} {day:%B %Y}"


def _date(text: str, form: str) -> date:
    return datetime.strptime(text, form).replace(tzinfo=UTC).date()


def standing(area: str, treaty: dict[str, str]) -> Standing:
    """How one of the three states stands toward a treaty."""
    found = _at_united_nations(area, treaty) if treaty["depositary"] == "UN" else _at_oas(area, treaty["number"])
    return Standing(*found, closing(treaty))


def _at_united_nations(area: str, treaty: dict[str, str]) -> tuple[str, str]:
    head, *lines = _lines(_list_of(treaty["number"]))
    mine = [line for line in lines if line[0].replace("Saint", "St.").startswith(UN_NAMES[area])]
    cells = [(title, cell) for line in mine for title, cell in zip(head[1:], line[1:], strict=True) if cell]
    years = [re.findall(r"\d{4}", cell)[0] for title, cell in cells if not title.startswith("Signature")]
    status = _years(area, treaty["treaty"])
    if years:
        assert status in {("", ""), ("state party", years[0])}
        return "party", years[0]
    if status[0] == "state party":
        return "party", status[1]
    absent = "unseen" if treaty["treaty"] == "slavery_convention" else "none"
    return ("signed" if cells or status[0] == "signatory state" else absent), ""


def _years(area: str, treaty: str) -> tuple[str, str]:
    """Status and year of a state in the list of years; nothing for a treaty that is not in it."""
    if treaty not in YEARS:
        return "", ""
    rows = _rows(f"un_hr_status/hr_status_{YEARS[treaty]}.csv")
    (row,) = [row for row in rows if row["member"] and UN_NAMES[area].startswith(row["member"])]
    return row["status"].strip(), row["year ratification or accession"]


def _at_oas(area: str, number: str) -> tuple[str, str]:
    if number == UNDATED:
        rows = _rows("oas_treaties/party_without_date.csv")
        (status,) = {row["status"] for row in rows if (row["instrument"], row["iso3"]) == (number, area)}
        return ("undated" if status == "party" else "none"), ""
    rows = _transcribed(number)
    mine = [row for row in rows if row["iso3"] == area]
    if any(row["deposit"] for row in mine):
        return "party", max(row["deposit"] for row in mine)[:4]
    if any(row["signature"] for row in mine):
        return "signed", ""
    whole = mine or "whole table" in rows[0]["completeness"]
    return ("none" if whole else "unseen"), ""


def of_subjects(area: str) -> list[str]:
    """The line of each subject, without the reservations: how the state stands toward which treaties."""
    found = []
    for _, mine in groupby(treaties(), key=lambda treaty: treaty["subject"]):
        groups: dict[str, list[str]] = defaultdict(list)
        each = [(one["short"], standing(area, one)) for one in mine]
        for name, one in sorted(each, key=lambda pair: ORDER.index(pair[1].kind)):
            since = {"party": f" ({one.year})", "undated": " (date unknown)"}.get(one.kind, "")
            groups[_in_words(one)].append(name + since)
        parts = [f"{words}: {EN.listing(names)}" for words, names in groups.items()]
        found.append("; ".join([*parts[:1], *(part[:1].lower() + part[1:] for part in parts[1:])]))
    return found


def _in_words(one: Standing) -> str:
    absent = f"No action recorded as of {one.closing}"
    known = {"signed": "Signed only", "none": absent, "unseen": "Not in our copy of the table"}
    return known.get(one.kind, "Party")


def _last(day: str) -> date:
    return _date(day if " " in day else f"31 December {day}", "%d %B %Y")


def limits() -> tuple[str, ...]:
    """The numbers of the last day of all tables, and of the earliest of their last days."""
    first, *_, last = sorted(map(closing, treaties()), key=_last)
    return *numbers(last), *numbers(first)


def releases(area: str) -> list[tuple[str, ...]]:
    """The numbers of the lines on the sources of the acts of a state: the first and the last day of their tables."""
    acted = [one for one in treaties() if standing(area, one).kind in {"party", "undated", "signed"}]
    listed = [one["number"] for one in acted if one["depositary"] == "UN"]
    more = [number for number in listed if _list_of(number).parent.name == "untc_more"]
    days = [
        {closing(one) for one in acted if one["depositary"] == "OAS"},
        {READ[number.partition("-")[0]] for number in more},
        {READ[number.partition("-")[0]] for number in listed if number not in more},
    ]
    found = [tuple(n for day in sorted(mine, key=_last) for n in numbers(day)) for mine in map(_ends, days) if mine]
    # The list of years has that of its day in its name.
    year = YEARS_READ.rpartition(" ")[2]
    return [*found, (year, *numbers(YEARS_READ))]


def _ends(days: set[str]) -> set[str]:
    """The first and the last of some days."""
    every = sorted(days, key=_last)
    return {*every[:1], *every[-1:]}
