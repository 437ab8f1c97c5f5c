"""Marks on figures: totals that their own parts contradict, recounted from the publisher's workbook, and units."""

import os
from collections import defaultdict
from pathlib import Path

import polars as pl
import pytest

from dashboard import store
from data.snapshot import Snapshot
from etl.making import marks
from tests.etl.cells import cells
from tests.etl.figure_samples import vintage
from tests.etl.making.test_identities import NAMES, OCTOBER, least, most, part, recounted, whole

SEXES, AGES = ("Female", "Male", "Other"), ("0 to 17 years", "18 years or over")
Row = tuple[object, ...]


def marked(*rows: Row) -> list[tuple[str, str]]:
    """Sex and age of the marked figures of Costa Rica in 2022."""
    found = marks.marked(vintage(list(rows))).filter("contradicted")
    return sorted(found.select("sex", "age").iter_rows())


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([whole("56"), part("31", "Female"), part("29", "Male")], True),
        ([whole("56"), part("31", "Female"), part("25", "Male")], False),
        # Fewer than the total: some people may be of unknown sex.
        ([whole("56"), part("31", "Female"), part("20", "Male")], False),
        # A mask may be as small as its lower end (this release prints no zeros: 0).
        ([whole("56"), part("55", "Female"), part("<5", "Male")], False),
        ([whole("<5"), part("5", "Female")], True),
        ([whole("<5"), part("<5", "Female"), part("<5", "Male")], False),
        # People of unknown sex may be outside the total.
        ([whole("56"), part("31", "Female"), part("25", "Male"), part("9", "Unknown", "Unknown")], False),
        ([whole("56"), part("40", age=AGES[0]), part("23", age=AGES[1])], True),
    ],
)
def test_a_total_is_contradicted_if_its_known_groups_are_certainly_more(rows, found):
    assert marked(*rows) == ([("total", "total")] if found else [])


def test_a_part_is_a_total_of_its_own_parts():
    rows = [whole("60"), part("20", "Female"), part("15", "Female", AGES[0]), part("9", "Female", AGES[1])]
    assert marked(*rows) == [("female", "total")]


def test_nothing_else_is_changed():
    rows = vintage([whole("56"), part("31", "Female"), part("29", "Male")])
    after = marks.marked(rows)
    same = rows.drop("contradicted", "counting_unit")
    assert after.columns == rows.columns
    assert after.select(same.columns).equals(same)
    assert set(after["counting_unit"]) == {"not_stated"}


@pytest.mark.real
def test_the_marked_totals_are_those_whose_printed_parts_are_more(real_snapshot: Snapshot):
    newest = max(Path(os.environ["ATALAYA_MIRROR"]).glob("unodc_glotip/*.xlsx"))
    totals: dict[tuple[str, str, int], set[object]] = defaultdict(set)
    groups: dict[tuple[str, str, int], dict[str, dict[object, set[object]]]] = defaultdict(lambda: defaultdict(dict))
    for row in cells(newest)[3:]:
        indicator = next((name for start, name in NAMES.items() if str(row[4]).startswith(start)), None)
        if row[0] not in store.areas() or indicator is None or row[5:7] != ("Total", "Total"):
            continue
        key, sex, age = (indicator, str(row[0]), int(str(row[9]))), row[7], row[8]
        if (sex, age) == ("Total", "Total"):
            totals[key].add(row[11])
        for by, one, other, known in (("sex", sex, age, SEXES), ("age", age, sex, AGES)):
            if other == "Total" and one in known:
                groups[key][by].setdefault(one, set()).add(row[11])
    expected = set()
    for key, printed in totals.items():
        for found in groups[key].values():
            # A group with several values has no figure.
            sums = sum(least(*values) for values in found.values() if len(values) == 1)
            if len(printed) == 1 and sums > most(*printed):
                expected.add(key)
    # And the totals that a form contradicts.
    by_form = recounted(OCTOBER)
    expected |= {("detected_victims", *one) for kind in ("form_above", "one_form") for one in by_form[kind]}
    figures = real_snapshot.table("observations").filter("contradicted", pl.col("source") == "unodc_glotip").collect()
    mine = figures.filter(pl.all_horizontal(pl.col("sex", "age", "form") == "total"), ~pl.col("derived"))
    assert set(mine.select("indicator", "area", "year").iter_rows()) == expected
    assert {("detected_victims", "PER", 2023), ("detected_victims", "CRI", 2023)} <= expected
    rates = figures.filter("derived").select(pl.col("indicator").str.strip_suffix("_rate"), "area", "year")
    counted = {key for key in expected if key[0] in set(rates["indicator"])}
    assert set(rates.iter_rows()) == counted
