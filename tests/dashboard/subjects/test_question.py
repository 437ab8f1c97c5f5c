"""Queries of an address are parsed, or refused in a sentence that names the given value and the allowed ones."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.subjects.question import LONGEST, Question, RefusalError, understood

KNOWN = {"indicator": ("detected_victims", "offences"), "area": ("BRA", "CRI")}
YEARS = (2003, 2023)
TABLE = pl.LazyFrame(
    {
        "indicator": ["offences", "detected_victims", "detected_victims", "offences"],
        "area": ["CRI", "CRI", "BRA", "BRA"],
        "year": [2010, 2011, 2012, 2013],
        **dict.fromkeys(("sex", "age", "form"), ["total"] * 4),
        "source": ["a"] * 4,
    }
)


def parsed(*pairs, table="observations"):
    return understood(table, pairs, lambda column: KNOWN.get(column, ()), YEARS)


def test_an_empty_query_selects_everything():
    assert parsed() == parsed(("area", ""), ("from", "")) == Question("observations", 2003, 2023, "json", {})
    assert parsed().rows(TABLE).collect().height == 4


@pytest.mark.parametrize(
    ("pairs", "years"),
    [
        ([("area", "CRI")], [2010, 2011]),
        ([("area", "CRI,BRA"), ("indicator", "offences")], [2010, 2013]),
        ([("area", "CRI"), ("area", "BRA"), ("from", "2011"), ("to", "2012")], [2011, 2012]),
        ([("indicator", "offences"), ("to", "2010")], [2010]),
    ],
)
def test_each_parameter_narrows_the_answer(pairs, years):
    question = parsed(*pairs)
    assert sorted(question.rows(TABLE).collect()["year"]) == years
    ordered = question.ordered(question.rows(TABLE).collect())
    assert ordered.equals(ordered.sort("indicator", "area", "year"))


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("area", "XXX", "area: “XXX” is not known; use BRA, CRI, 019, 013, 029, 021, 005."),
        ("area", "bra", "area: “bra” is not known; use BRA, CRI, 019, 013, 029, 021, 005."),
        ("land", "BRA", "parameter: “land” is not known; use indicator, area, sex, age, form, source, "),
        ("from", "1999", "from: “1999” is not a year in this table; use a year from 2003 to 2023."),
        ("to", "２０２０", "to: “２０２０” is not a year in this table"),
        ("to", "20_2", "to: “20_2” is not a year in this table"),
        ("from", "2010,2011", "from: “2010,2011” has more than one value; only one is allowed."),
        ("format", "xml", "format: “xml” is not known; use csv, json, sdmx."),
        ("area", "x" * 999, f"area: “{'x' * (LONGEST - 1)}…” is not known"),
        ("area", "\x1b[2J\n<b>", "area: “[2J<b>” is not known"),
    ],
)
def test_invalid_values_are_refused_in_a_sentence(name, given, message):
    with pytest.raises(RefusalError) as refused:
        parsed((name, given))
    assert str(refused.value).startswith(message)
    assert str(refused.value).endswith(".")
    assert str(refused.value).isprintable()


def test_years_in_the_wrong_order_are_refused():
    with pytest.raises(RefusalError, match=r"^from: 2012 is later than “to” \(2011\);"):
        parsed(("from", "2012"), ("to", "2011"))


@given(st.lists(st.tuples(st.sampled_from(["area", "indicator", "from", "to", "format", "x"]), st.text(max_size=12))))
def test_any_query_is_parsed_or_refused(pairs):
    refused = ""
    try:
        assert parsed(*pairs).rows(TABLE).collect().height <= 4
    except RefusalError as error:
        refused = str(error)
    assert "\n" not in refused
