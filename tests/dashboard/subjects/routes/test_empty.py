"""Which filter leaves no route, counted in plain Python on the records of the snapshot."""

from dataclasses import replace

import pytest

from dashboard import store
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.routes.filters import CAPTIONS
from dashboard.subjects.routes.query import FlowFilter
from data.i18n import LANGUAGES, language

EN = language("en")
# Citizens of Guyana are listed in fourteen years, but not in 2021.
EMPTY = FlowFilter("counted", ("GUY",), "origin", 2021, 2021)


def ends(first=1900, last=2100, position="origin", area=None):
    """The pairs of two countries in counted records that draw an arrow, in plain Python."""
    return {
        (row["origin"], row["destination"])
        for row in store.tables().table("flows").collect().iter_rows(named=True)
        if row["evidence"] == "counted" and row["status"] not in {"questioned", "conflicting"} and row["high"]
        if row["origin"] and row["destination"] not in {None, row["origin"]} and first <= row["year"] <= last
        if area in {None, *([row[position]] if position != "any" else [row["origin"], row["destination"]])}
    }


def test_each_filter_is_lifted_separately_and_arrows_are_counted():
    lifted = routes_query.emptied(EMPTY)
    expected = {
        "areas": len(ends(2021, 2021)),
        "position": len(ends(2021, 2021, "any", "GUY")),
        "years": len(ends(area="GUY")),
    }
    assert lifted == {name: n for name, n in expected.items() if n}
    assert lifted


def test_the_number_is_that_of_all_pairs():
    assert routes_query.emptied(FlowFilter("counted", ("LCA",))) == {"areas": len(ends())}


def test_a_minimum_that_nothing_reaches_is_named():
    # Nothing in the region reaches it in 2010, and citizens of Bolivia never do.
    flow_filter = FlowFilter("counted", ("BOL",), "origin", 2010, 2010, minimum=10_000)
    remark = routes_words.beside_map(EN, flow_filter, CAPTIONS)[0]
    assert "No flow fits the filter “Minimum number of victims or statements”; without it there are" in remark
    assert "No flow fits" not in " ".join(routes_words.beside_map(EN, replace(flow_filter, minimum=1), CAPTIONS))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_filter_has_words(code):
    text = routes_words.emptied(language(code), dict.fromkeys(routes_query.RELAXED, 3), CAPTIONS)
    assert text.count("(3)") == len(routes_query.RELAXED)
    assert routes_words.emptied(language(code), {}, CAPTIONS)
