"""What can be deduced about made-up masked figures, calculated by hand."""

import polars as pl
import pytest

from etl.checking.deducible import deducible
from tests.etl.figure_samples import vintage
from tests.etl.flow_samples import build
from tests.etl.samples import FORM, citizens, glotip_row

OCTOBER = "28/10/2025"


def part(value, sex="Total", age="Total", **more):
    return glotip_row("CRI", 2019, value, sex=sex, age=age, **more)


def of_form(form, value):
    return part(value, dimension=FORM, category=form)


def deductions(april, october=None):
    """What can be deduced, as cell, reason, low and high, about the newest of one or two made-up releases."""
    releases = [vintage(april), *([vintage(october, OCTOBER)] if october else [])]
    flows = build(april, october)[0]
    before = build(april)[0].with_columns(as_of=pl.lit("2025-04-14"))
    tables = {"observations": releases[-1], "vintages": pl.concat(releases), "flows": flows, "flow_vintages": before}
    rows = deducible({name: frame.lazy() for name, frame in tables.items()})
    return rows.select("cell", "why", "follows_low", "follows_high").rows()


MEN, WOMEN, WHOLE = "male total total", "female total total", "total total total"


@pytest.mark.parametrize(
    ("rows", "follows"),
    [
        # 10 less 7 are 3; two under "<5" that come to 3 are 0 to 3 each; 1 and 2 are 3.
        ([part("10"), part("7", "Female"), part("<5", "Male")], [(MEN, "parts", 3, 3)]),
        ([part("3"), part("<5", "Female"), part("<5", "Male")], [(WOMEN, "parts", 0, 3), (MEN, "parts", 0, 3)]),
        ([part("<5"), part("1", "Female"), part("2", "Male")], [(WHOLE, "parts", 3, 3)]),
        # Two that come to 8 are known exactly; they cannot come to 9, and 7 women are no part of 6 persons.
        ([part("8"), part("<5", "Female"), part("<5", "Male")], [(WOMEN, "parts", 4, 4), (MEN, "parts", 4, 4)]),
        ([part("9"), part("<5", "Female"), part("<5", "Male")], []),
        ([part("6"), part("7", "Female"), part("<5", "Male")], []),
        # A part with two figures may be anything; so may a total.
        ([part("10"), part("7", "Female"), part("8", "Female"), part("<5", "Male")], []),
        ([part("10"), part("11"), part("7", "Female"), part("<5", "Male")], []),
        # The unknown are parts by sex and by age, and alone no complete list.
        (
            [part("10"), part("7", "Female"), part("<5", "Unknown", "Unknown")],
            [("unknown unknown total", "parts", 3, 3)],
        ),
        ([part("3"), part("<5", "Unknown", "Unknown")], []),
        (
            [part("6"), part("<5", age="0 to 17 years"), part("4", "Unknown", "Unknown")],
            [("total 0-17 total", "parts", 2, 2)],
        ),
        (
            [part("6"), of_form("Forced labour", "<5"), of_form("Sexual exploitation", "5")],
            [("total total forced_labour", "parts", 1, 1)],
        ),
        # Of men alone the ages of men are parts.
        (
            [part("9", "Male"), part("6", "Male", "18 years or over"), part("<5", "Male", "0 to 17 years")],
            [("male 0-17 total", "parts", 3, 3)],
        ),
    ],
)
def test_parts_and_totals(rows, follows):
    assert deductions(rows) == sorted(follows)


def test_an_older_figure_within_the_mask_narrows_it():
    assert deductions([part("3")], [part("<5")]) == [(WHOLE, "older_release", 3, 3)]
    assert deductions([part("7")], [part("<5")]) == []
    assert deductions([part("<5")], [part("3")]) == []


def test_a_list_of_citizenships_that_may_be_complete_narrows_a_mask():
    rows = [citizens("CRI", 2019, "Mexicans", "<5"), citizens("CRI", 2019, "Unknown", "7")]
    assert deductions([part("9"), *rows]) == [("citizenship Mexicans", "citizenship", 2, 2)]
    # At least 19 of the thirty are not listed.
    assert deductions([part("30"), *rows]) == []
    # Without a list of October that of April is not served either.
    assert deductions([part("9"), *rows], [part("<5")]) == []
    # The total is one of October, so April's list does not apply to it.
    assert [row[:2] for row in deductions([part("9"), *rows], [part("<5"), *rows])] == [
        ("citizenship Mexicans", "citizenship")
    ]
