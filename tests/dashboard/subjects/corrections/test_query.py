"""Which entries dispute a figure, and which rows they concern; expected values are set by hand."""

from datetime import date

import polars as pl
import pytest

from dashboard.subjects.corrections.query import concerning, corrections
from tests.dashboard.subjects.corrections.samples import (
    ENTRIES,
    FEMALE,
    FINDING,
    FLOW,
    FLOW_FINDING,
    TOTAL,
    entry,
    evidence,
)


def disputed(entries: list[dict[str, object]] = ENTRIES) -> pl.DataFrame:
    return corrections(evidence(entries).lazy())


def rows(**columns: list[object]) -> pl.DataFrame:
    return pl.DataFrame(columns)


def test_a_correction_is_the_newest_version_of_a_reply_to_a_figure_or_flow():
    columns = disputed().select(
        "id", "version", "what", "finding", "indicator", "area", "origin", "destination", "year"
    )
    assert sorted(columns.rows()) == [
        ("correction:CRI:1", 2, "figure", FINDING, "detected_victims", "CRI", None, None, 2019),
        ("correction:CRI:2", 1, "flow", FLOW_FINDING, None, None, "NIC", "CRI", 2019),
    ]


def test_the_published_ledger_has_no_corrections():
    assert corrections(evidence([]).lazy()).is_empty()


def test_the_latest_correction_is_first_and_undated_ones_are_last():
    days = {"1": date(2020, 1, 1), "2": None, "3": date(2023, 1, 1)}
    ordered = disputed([entry(TOTAL, "Sample", name, date=day) for name, day in days.items()])
    assert ordered["id"].to_list() == ["correction:3", "correction:1", "correction:2"]


FIGURES = {
    "the figure": ({"indicator": ["detected_victims"], "area": ["CRI"], "year": [2019]}, [False]),
    "another year": ({"indicator": ["detected_victims"], "area": ["CRI"], "year": [2018]}, []),
    "another state": ({"indicator": ["detected_victims"], "area": ["PAN"], "year": [2019]}, []),
    "another indicator": ({"indicator": ["persons_convicted"], "area": ["CRI"], "year": [2019]}, []),
    "its rate": ({"indicator": ["detected_victims_rate"], "area": ["CRI"], "year": [2019]}, [True]),
    "a part of it": (
        {"indicator": ["detected_victims"], "area": ["CRI"], "year": [2019], "sex": ["female"], "age": ["total"]},
        [],
    ),
    "any year": ({"indicator": ["detected_victims"], "area": ["CRI"]}, [False]),
    "no year in a row": ({"indicator": ["detected_victims"], "area": ["CRI"], "year": [None]}, []),
    "no indicator": ({"area": ["CRI"], "year": [2019]}, []),
    "the flow": ({"evidence": ["counted"], "origin": ["NIC"], "destination": ["CRI"], "year": [2019]}, [False]),
    "the other way": ({"evidence": ["counted"], "origin": ["CRI"], "destination": ["NIC"], "year": [2019]}, []),
    "a report's route": ({"evidence": ["stated"], "origin": ["NIC"], "destination": ["CRI"], "year": [2019]}, []),
    "an arrow over it": (
        {"evidence": ["counted"], "origin": ["NIC"], "destination": ["CRI"], "years": [[2018, 2019, 2020]]},
        [False],
    ),
    "an arrow past it": (
        {"evidence": ["counted"], "origin": ["NIC"], "destination": ["CRI"], "years": [[2017, 2018]]},
        [],
    ),
}


@pytest.mark.parametrize("what", FIGURES)
def test_a_correction_concerns_its_figure_and_no_other(what):
    columns, expected = FIGURES[what]
    assert concerning(disputed(), rows(**columns))["of_count"].to_list() == expected


def test_rows_are_numbered_in_their_order():
    figures = rows(indicator=["detected_victims"] * 3, area=["PAN", "CRI", "CRI"], year=[2019, 2020, 2019])
    assert concerning(disputed(), figures)["row"].to_list() == [2]


def test_a_part_is_disputed_by_itself():
    of_women = disputed([entry(FEMALE, "Sample", "1")])
    whole = rows(indicator=["detected_victims"], area=["CRI"], year=[2019])
    women = whole.with_columns(sex=pl.lit("female"), age=pl.lit("total"), form=pl.lit(None, pl.String))
    assert concerning(of_women, whole).is_empty()
    assert concerning(of_women, women).height == 1


@pytest.mark.parametrize(
    "target", ["figure:a:b", f"{TOTAL}:more", "flow:NIC:CRI", f"{FLOW}:x", "flow:NIC:CRI:year", ""]
)
def test_a_malformed_target_is_not_a_correction(target):
    assert disputed([entry(target, "Sample", "1")]).is_empty()
