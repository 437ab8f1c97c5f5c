"""Every number in the words of the delivered scenes, against UNODC's workbook by openpyxl and plain Python."""

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from math import floor

import pyarrow.parquet as pq
import pytest

from dashboard import store
from dashboard.present import contents
from dashboard.subjects.meetings import agendas
from data.i18n import language
from tests.dashboard.subjects.home import test_source as source
from tests.dashboard.subjects.states.test_certainty import sums as sums_of_parts
from tests.pages.drawings import numbers
from tests.pages.test_every_number import written
from tests.pages.test_numbers_of_home import (
    LARGEST,
    by_year,
    last_year,
    panel,
    panel_sums,
    printed,
    together,
)

pytestmark = pytest.mark.real
AREA, STATES = "CRI", "35"


@cache
def shown() -> list[dict]:
    return contents.scenes(language("en"), agendas.delivered("national_authorities"), date(2026, 11, 30), "", AREA)


def read(scene: dict) -> tuple[str, ...]:
    """The numbers of a scene in the order of its letters: title, lines below it, key figures."""
    facts = [part for fact in scene["facts"] for part in (fact["label"], fact["figure"], fact["note"])]
    return tuple(number for text in (scene["title"], scene["heading"], *facts) for number in numbers(text))


def percent(figures: dict[str, tuple[int, int]], group: str, whole: tuple[int, int] | None) -> str:
    """A share with both ends rounded to whole percent."""
    low, high = figures[group]
    rest = together(one for name, one in figures.items() if name != group)
    most, least = (whole[1], whole[0]) if whole else (low + rest[1], high + rest[0])
    ends = Fraction(100 * low, most), Fraction(100 * high, least)
    near = dict.fromkeys(floor(end + Fraction(1, 2)) for end in ends)
    return "–".join(map(str, near))


def opening() -> list[str]:
    found = by_year()[last_year()]
    low, _ = together(found.values())
    # More than twenty-one thousand.
    total = f"{low // 1000},000"
    assert low > low // 1000 * 1000
    return [str(last_year()), str(len(by_year()[last_year()])), STATES, total]


def change() -> list[str]:
    """How many other states the panel has, and its years: of the title, and of the line of measure."""
    return _compared(len(panel()[1] - {LARGEST}), {year: rest for year, (_, rest) in panel_sums().items()})


def _compared(others: int, sums: Mapping[int, tuple[int, int]]) -> list[str]:
    """The sum of the last year is surely more than that of the first, and surely less than that of the highest."""
    first, last, top = min(sums), max(sums), max(sums, key=lambda year: sums[year])
    assert sums[first][1] < sums[last][0] <= sums[last][1] < sums[top][0]
    return [str(others), str(first), str(top), str(others), f"{first}–{last}"]


def shares(*, without: str = "") -> dict[str, str]:
    """The share of each group in percent, of all states or without one."""
    found, totals = {}, source.reported(printed(), source.VICTIMS, last_year())
    for dimension, groups in source.GROUPS.items():
        counted = {
            area: one for area, one in source.of_groups(printed(), dimension, last_year()).items() if area != without
        }
        figures = {group: together(one.get(group, (0, 0)) for one in counted.values()) for group in groups}
        whole = together(totals[area] for area in counted) if dimension == "form" else None
        found |= {group: percent(figures, group, whole) for group in figures}
    return found


def victims() -> list[str]:
    every, rest = shares(), shares(without=LARGEST)
    named = [rest[group] for group in ("0 to 17 years", "Sexual exploitation", "Forced labour")]
    return [every["Female"], str(last_year()), rest["Female"], "18", *named]


def routes() -> list[str]:
    """The years of the flows, and the sums of the lists, from the rows of the snapshot."""
    rows = pq.read_table(f"{store.snapshot().root}/flows.parquet").to_pylist()
    drawn = [
        row
        for row in rows
        if row["evidence"] == "counted"
        and row["located"]
        and row["status"] != "questioned"
        and row["origin"] != row["destination"]
        and row["high"]
    ]
    years = [row["year"] for row in drawn]
    listed = pq.read_table(f"{store.snapshot().root}/flow_coverage.parquet").to_pylist()
    known = [row for row in listed if row["total_low"] is not None and row["nationalities"]]
    sums = [sum(int(row[name]) for row in known) for name in ("listed", "listed_high", "total_low", "total_high")]
    return [
        f"{min(years)}–{max(years)}",
        written((sums[0], sums[1])),
        written((sums[2], sums[3])),
        str(sum(int(row["listed"]) > int(row["total_high"]) for row in known)),
    ]


def convicted() -> list[str]:
    """Of the longest run of years that the same third of the states report whole."""
    found = source.years(printed(), source.CONVICTED)
    last, ever = source.default_year(found)
    for first in found:
        every = set.intersection(*({*found[year]} for year in found if first <= year <= last))
        if 3 * len(every) >= ever:
            break
    years = [year for year in found if first <= year <= last]
    sums = {year: together(found[year][area] for area in every - {LARGEST}) for year in years}
    return _compared(len(every - {LARGEST}), sums)


def reporting() -> list[str]:
    ever = {area for found in by_year().values() for area in found}
    every = [area for area in ever if all(area in found for found in by_year().values())]
    span = f"{min(by_year())}–{max(by_year())}"
    return [str(len(ever)), STATES, span, str(len(every)), str(int(STATES) - len(ever))]


def country() -> list[str]:
    """The latest printed total, and the latest of persons prosecuted and convicted, with the years of each."""
    found = []
    for indicator in (source.VICTIMS, "Persons prosecuted", source.CONVICTED):
        every = source.years(printed(), indicator)
        mine = {year: states[AREA] for year, states in every.items() if AREA in states}
        figure, year = mine[max(mine)], str(max(mine))
        # A masked figure is "fewer than five", without a number.
        text = [written(figure)] if figure[0] == figure[1] else []
        # Its parts add up to more than the total.
        parts_of = sums_of_parts()["detected_victims", AREA, max(mine)]
        more = [str(parts_of[by][0]) for by in ("sex", "age") if parts_of[by][0] > figure[1]]
        rest = more if indicator == source.VICTIMS else [str(len(mine)), str(len(every))]
        # A total that its parts contradict is said of the source: the year comes first.
        found += [year, *text, *rest] if rest is more and more else [*text, year, *rest]
    return found


SCENES = {1: opening, 2: change, 3: victims, 4: routes, 5: convicted, 6: reporting, 7: country}


@pytest.mark.parametrize("number", SCENES)
def test_every_number_of_a_scene_is_worked_out_from_the_workbook(number):
    assert list(read(shown()[number - 1])) == SCENES[number]()


def test_a_changed_number_is_found():
    for number, expected in SCENES.items():
        scene = shown()[number - 1]
        for match in re.finditer(r"\d+", scene["title"]):
            changed = f"{scene['title'][: match.start()]}7{scene['title'][match.start() :]}"
            assert list(read({**scene, "title": changed})) != expected(), changed
