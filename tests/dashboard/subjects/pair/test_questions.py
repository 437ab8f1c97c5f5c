"""What two states may ask each other: each question rests on rows that are read here by another path."""

import re

import polars as pl
import pytest

from dashboard import store
from dashboard.editions import NEWEST
from dashboard.subjects.pair.questions import BOTH, questions
from data.i18n import language
from data.treaties import treaties

EN = language("en")
PAIRS = [("DOM", "HTI"), ("MEX", "USA"), ("NIC", "PAN"), ("HTI", "LCA"), ("HND", "PAN"), ("COL", "VEN"), ("BOL", "PER")]


def asked(one, other):
    return questions(EN, one, other, NEWEST)


def counted(start, end):
    rows = store.tables().table("flows").filter(evidence="counted", origin=start, destination=end).collect()
    return rows.filter(pl.col("status").is_in(["exact", "masked"]))


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_register_is_asked_for_only_where_a_victim_is_surely_listed(one, other):
    found = asked(one, other)
    for start, end in ((one, other), (other, one)):
        least = counted(start, end)["low"].sum()
        registers = [text for text in found[start] if text.endswith(" include them?")]
        assert len(registers) == (least >= 1)
        assert all(f"{int(least):,}" in text for text in registers)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_victims_without_a_listed_citizenship_are_those_that_surely_have_none(one, other):
    """N of all, in the last year of which more were detected than are listed at most."""
    coverage = store.tables().table("flow_coverage").collect()
    doubted = store.tables().table("flows").filter(status="questioned").select("destination", "year").collect().rows()
    total = {"indicator": "detected_victims", "sex": "total", "age": "total", "form": "total"}
    marked = store.tables().table("observations").filter("contradicted", **total).collect()
    marked = set(marked.select("area", "year").rows())
    found = asked(one, other)
    for area in (one, other):
        fit = [
            row
            for row in coverage.filter(area=area).sort("year").iter_rows(named=True)
            if row["total_low"] is not None
            and row["listed_high"] < row["total_low"]
            and not {(area, row["year"])} & {*doubted, *marked}
        ]
        texts = [text for text in found[area] if "no citizenship is listed for" in text]
        assert len(texts) == bool(fit)
        if fit:
            row = fit[-1]
            low, high = row["total_low"] - row["listed_high"], row["total_high"] - row["listed"]
            n = f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"
            assert texts[0].startswith(f"For {row['year']}, no citizenship is listed for {n} of ")


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_route_is_asked_for_where_reports_describe_it_and_nobody_counts_it_or_through_a_third_state(one, other):
    flows = store.tables().table("flows").filter(evidence="stated").collect().filter(pl.col("repeat_of").is_null())
    found = asked(one, other)[BOTH]
    through = flows.filter(
        pl.col("origin").is_in([one, other]), pl.col("destination").is_in([one, other]), pl.col("transit").is_not_null()
    ).filter(pl.col("origin") != pl.col("destination"))
    pairs = through.select("origin", "transit", "destination").unique().height
    assert sum("know of this route?" in text for text in found) == pairs
    unseen = [way for way in ((one, other), (other, one)) if counted(*way).filter(pl.col("high") > 0).is_empty()]
    texts = [text for text in found if text.endswith("Do both know of such cases?")]
    assert len(texts) <= len(unseen)


def test_haiti_and_the_dominican_republic():
    found = asked("DOM", "HTI")
    assert found["HTI"] == [
        "UNODC lists 108–112 citizens of Haiti as victims detected in the Dominican Republic (2011–2014, "
        "2020–2021 and 2023). Does any register of Haiti include them?",
        "UNODC lists no citizenships of victims detected in Haiti. Are they recorded, and are citizens of the "
        "Dominican Republic among them?",
        # Haiti signed the first; the copy of the table on traffic in minors ends before Haiti, so it is not asked for.
        "We have recorded a binding act of the Dominican Republic, and none of Haiti, on these treaties: Convention on "
        "Extradition (1933) and Optional Protocol to the Convention on the Rights of the Child on the involvement of "
        "children in armed conflict (2000). Our copies end on 5 January 2023 (Extradition) and 25 August 2022 "
        "(Children in armed conflict): has there been one since?",
    ]
    # 76 victims in 2023; the list has 23 and two figures of fewer than five.
    assert "For 2023, no citizenship is listed for 47–53 of 76 victims detected in the Dominican Republic. Were " in (
        " ".join(found["DOM"])
    )
    assert any("has 11. Which figure is right?" in text for text in found["DOM"])
    # Nobody's citizenship is listed for Haiti, so that none of one country is listed says nothing.
    (described,) = found[BOTH]
    assert described.endswith("UNODC lists no citizenships of victims detected in Haiti. Do both know of such cases?")


def test_a_treaty_is_asked_for_by_its_name_where_one_of_both_has_joined():
    (question,) = [text for text in asked("HTI", "LCA")["LCA"] if "recorded a binding act" in text]
    acts = store.tables().table("instruments").filter(pl.col("action") != "signature").collect()
    joined = {area: set(acts.filter(area=area)["instrument"]) for area in ("HTI", "LCA")}
    lacking = (joined["HTI"] - joined["LCA"]) & set(treaties())
    assert lacking
    assert "a binding act of Haiti, and none of Saint Lucia, on these treaties: " in question


@pytest.mark.parametrize("code", ["en", "es", "pt", "fr"])
def test_every_question_ends_with_a_question_and_has_no_gap(code):
    for one, other in PAIRS:
        for some in questions(language(code), one, other, NEWEST).values():
            assert all(text.rstrip().endswith("?") for text in some)
            assert not any(re.search(r"[{}]", text) for text in some)
