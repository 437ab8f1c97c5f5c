"""The rules of the ledger: what is background, and what a status of progress needs."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from data.contract import Evidence
from data.snapshot import Snapshot

ENTRY: dict[str, Any] = {
    "id": "report:CRI:2018:12",
    "version": 1,
    "replies_to": None,
    "paragraph": 12,
    "line": None,
    "actor": "CRI",
    "period_from": date(2018, 3, 7),
    "period_to": date(2018, 12, 31),
    "grade": "state_report",
    "kind": "report",
    "finding": "Free aid in each province",
    "status": "limited",
    "title": "Report on the plan",
    "issuer": "Ministry",
    "date": date(2019, 2, 1),
    "year": None,
    "url": None,
    "locator": "report.xlsx#12!B4",
    "source": "national_reports",
    "release": "2019-02-01",
    "note": None,
}


def broken_rules(**changed: Any) -> list[str]:
    frame = pl.DataFrame([ENTRY | changed], schema={name: column.dtype for name, column in Evidence.columns().items()})
    return sorted(Evidence.filter(frame).failure.counts())


def test_a_report_with_its_document_is_sound():
    assert broken_rules() == []
    assert broken_rules(line="2.3", note="seen: 2019-03-01") == []


@pytest.mark.parametrize("status", ["not_started", "limited", "substantial", "complete"])
def test_no_status_without_a_document_of_a_known_time(status):
    assert broken_rules(status=status, date=None) == ["status_cites_a_document"]
    assert broken_rules(status=status, title=" ") == ["status_cites_a_document"]
    assert broken_rules(status=status, date=None, year=2019) == []
    assert broken_rules(status=None, date=None) == []


BEFORE = {"grade": "public_document", "status": None, "period_from": None, "period_to": None, "date": None}


@pytest.mark.parametrize(
    ("time", "after"),
    [
        ({"date": date(2018, 3, 6)}, False),
        ({"date": date(2018, 3, 7)}, True),
        ({"period_to": date(2017, 12, 31), "year": 2019}, False),
        ({"period_to": date(2018, 12, 31), "year": 2018}, True),
        ({"year": 2018}, False),
        ({"year": 2019}, True),
        ({}, False),
    ],
)
@pytest.mark.parametrize("kind", ["treaty", "law", "statistic"])
def test_an_entry_not_proven_to_be_after_the_declaration_is_background(kind, time, after):
    later = {"kind": kind, "grade": "figure" if kind == "statistic" else "public_document"}
    assert broken_rules(**BEFORE | time | later) == ([] if after else ["before_is_background"])
    assert broken_rules(**BEFORE | time | {"kind": kind, "grade": "background"}) == []


@pytest.mark.parametrize("grade", ["public_document", "state_report", "reviewed"])
def test_a_statistic_is_never_a_document_and_a_document_never_a_figure(grade):
    later = BEFORE | {"year": 2020}
    assert broken_rules(**later | {"kind": "statistic", "grade": grade}) == ["figure_is_no_deed"]
    assert broken_rules(**later | {"kind": "law", "grade": "figure"}) == ["figure_is_no_deed"]
    assert broken_rules(**later | {"kind": "statistic", "grade": "figure", "status": "limited"}) == [
        "figure_is_no_deed"
    ]


def test_a_report_on_an_earlier_time_keeps_its_grade():
    assert broken_rules(**BEFORE | {"grade": "state_report", "year": 2017}) == []


def test_no_published_entry_repeats_another():
    published = Snapshot.open().table("evidence").select("id", "version").collect()
    assert published.is_unique().all()
    assert published.height > 259
