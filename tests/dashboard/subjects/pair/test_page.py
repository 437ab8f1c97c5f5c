"""What the page of two states declares: what Explore shows between them, at one address for each pair."""

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.explore.page import EXPLORE_PAGE
from dashboard.subjects.pair.page import PAIR
from dashboard.views.address import read
from dashboard.views.page import BriefingFiles, Files, Graphic, Link, Links, Remarks, Table, Text, every
from dashboard.words import countries
from data.i18n import language

EN = language("en")


def declared(page, **address: str):
    arrival = read(page.filters, {name: (text,) for name, text in address.items()})
    assert arrival.notices == ()
    return arrival.values, page.sections(EN, arrival.values)


def of(kind, blocks):
    return [block for block in every(blocks) if isinstance(block, kind)]


def name(block) -> str:
    return block.rows.block if isinstance(block, Files) else getattr(block, "name", repr(block))


@pytest.mark.parametrize("address", [{}, {"bound": "ARG.untoc", "moved": "BOL.ARG.2019", "edition": "2025-04-14"}])
def test_two_states_have_what_explore_shows_between_them(address):
    pair = {"one": "ARG", "other": "BOL", **address}
    values, (section,) = declared(PAIR, **pair)
    _, (_, between) = declared(EXPLORE_PAGE, desk="compare", **pair)
    assert PAIR.heading(EN, values) == between.heading == "Between Argentina and Bolivia"
    for kind in (BriefingFiles, Graphic, Table, Files):
        mine, theirs = of(kind, section.blocks), of(kind, between.blocks)
        assert [name(one) for one in mine] == [name(one) for one in theirs] != []
    names = [table.name for table in of(Table, section.blocks)]
    assert names[:2] == ["counted", "stated"]
    rows = {table.name: table.sheet.rows.to_pydict() for table in of(Table, section.blocks)}
    assert rows == {table.name: table.sheet.rows.to_pydict() for table in of(Table, between.blocks)}


def test_each_of_both_leads_to_the_other():
    _, (section,) = declared(PAIR, one="ARG", other="BOL")
    assert of(Link, section.blocks)[0].filters == {"desk": "compare", "one": "ARG", "other": "BOL"}
    _, (_, between) = declared(EXPLORE_PAGE, desk="compare", one="ARG", other="BOL")
    link = of(Link, between.blocks)[0]
    assert (link.page, link.filters) == ("pair", {"one": "ARG", "other": "BOL"})


def test_a_pair_has_its_states_in_the_order_of_their_codes():
    for one, other in (("ARG", "BOL"), ("BOL", "ARG")):
        assert PAIR.implied({"one": one, "other": other}) == {"one": "ARG", "other": "BOL"}
    assert PAIR.implied({"one": "ARG"}) == {}
    assert [spec.name for spec in PAIR.path] == ["one", "other", "transit"]
    assert PAIR.needed == 2
    # The region is no state.
    assert "region" not in PAIR.path[1].options


def test_a_state_is_no_pair_with_itself():
    _, (section,) = declared(PAIR, one="BOL", other="BOL")
    assert [block.kind for block in of(Text, section.blocks)] == ["notice"]
    assert of(Table, section.blocks) == of(Files, section.blocks) == []


def test_a_third_state_has_the_routes_that_reports_describe_through_it():
    values, (through, between) = declared(PAIR, one="NIC", other="PAN", transit="CRI")
    assert PAIR.heading(EN, values) == "Between Nicaragua and Panama, through Costa Rica"
    flows = store.tables().table("flows").filter(transit="CRI", evidence="stated").collect()
    there = flows.filter(origin="NIC", destination="PAN").filter(pl.col("repeat_of").is_null())
    back = flows.filter(origin="PAN", destination="NIC")
    assert (there.height > 1, back.height) == (True, 0)
    said = [block.paragraphs[0] for block in of(Text, through.blocks)]
    assert said[0].startswith(f"From Nicaragua through Costa Rica to Panama: {there.height} statements in reports of ")
    nothing = "no route in the reports of the US Department of State."
    assert said[1] == f"From Panama through Costa Rica to Nicaragua: {nothing}"
    assert any(text.startswith("Costa Rica, transit: ") for text in said)
    (table,) = of(Table, through.blocks)
    assert sorted(table.marks) == sorted(there["locator"])
    (files,) = of(Files, through.blocks)
    assert sorted(files.rows.rows()["locator"]) == sorted(there["locator"])
    # The rest is that of the pair.
    _, (alone,) = declared(PAIR, one="NIC", other="PAN")
    assert between.heading == "Between Nicaragua and Panama"
    assert [name(one) for one in of(Table, between.blocks)] == [name(one) for one in of(Table, alone.blocks)]


def test_a_pair_leads_to_the_states_through_which_routes_are_described():
    flows = store.tables().table("flows").filter(pl.col("transit").is_in(store.areas())).collect()
    for one, other in (("NIC", "PAN"), ("BRA", "HTI"), ("ARG", "BOL")):
        both = pl.concat([flows.filter(origin=a, destination=b) for a, b in ((one, other), (other, one))])
        _, (section,) = declared(PAIR, one=one, other=other)
        links = [link for block in of(Links, section.blocks) for link in block.links]
        assert {link.filters["transit"] for link in links} == set(both["transit"])


def test_where_nothing_is_described_through_a_state_the_page_says_so():
    _, (through, _) = declared(PAIR, one="ARG", other="BOL", transit="HTI")
    said = [block.paragraphs[0] for block in of(Text, through.blocks)]
    assert [text.rpartition(": ")[2] for text in said[:2]] == [
        "no route in the reports of the US Department of State."
    ] * 2
    assert "No records found. This does not mean that nothing happened." in said
    assert of(Table, through.blocks) == of(Files, through.blocks) == []


def test_one_of_the_two_is_no_third_state():
    _, (first, _) = declared(PAIR, one="ARG", other="BOL", transit="BOL")
    assert [block.paragraphs for block in of(Text, first.blocks)] == [
        ("Bolivia is one of the two: choose a third state for the transit.",)
    ]


def found_in(origin: str, destination: str) -> tuple[int, int]:
    """The least and the most victims of one state that the other counts, added up from the rows of the snapshot."""
    rows = store.tables().table("flows").filter(evidence="counted", origin=origin, destination=destination).collect()
    usable = rows.filter(pl.col("status").is_in(["exact", "masked", "zero"])).filter(pl.col("low").is_not_null())
    return int(usable["low"].sum()), int(usable["high"].sum())


@pytest.mark.parametrize(
    ("one", "other", "first"),
    [("ARG", "BOL", "BOL"), ("CHL", "PER", "PER"), ("MEX", "USA", "MEX"), ("TTO", "VEN", "VEN")],
)
def test_the_first_words_are_how_many_were_counted_the_larger_direction_first(one, other, first):
    values, (section,) = declared(PAIR, one=one, other=other)
    lead = PAIR.lead(EN, values)
    second = other if first == one else one
    sums = found_in(first, second), found_in(second, first)
    assert sums[0][1] >= sums[1][1]
    states = [countries.the(EN, area) for area in (first, second)]
    starts = [f"Citizens of {states[0]} detected as victims in {states[1]}: ", f"Citizens of {states[1]} detected as "]
    assert lead.startswith(starts[0])
    assert lead.count(starts[1]) == 1
    low, high = sums[0]
    assert lead.startswith(f"{starts[0]}{low:,}" if low == high else f"{starts[0]}{low:,}–{high:,} in all")
    # It stands once: the part on counted victims has no sentence of its own.
    remarks = [text for block in of(Remarks, section.blocks) for text in block.lines]
    assert not any(text.startswith("Citizens of") for text in remarks)


def test_explore_has_the_same_words_above_its_parts():
    values, _ = declared(PAIR, one="ARG", other="BOL")
    _, (_, between) = declared(EXPLORE_PAGE, desk="compare", one="ARG", other="BOL")
    (counted,) = [block for block in between.blocks[:2] if isinstance(block, Remarks)]
    assert " ".join(counted.lines) == PAIR.lead(EN, values)


def test_an_earlier_release_has_its_own_first_words_and_one_state_none():
    now, _ = declared(PAIR, one="ARG", other="BOL")
    before, _ = declared(PAIR, one="ARG", other="BOL", edition="2025-04-14")
    assert PAIR.lead(EN, before).startswith("Citizens of Bolivia detected as victims in Argentina: ")
    assert PAIR.lead(EN, before) != PAIR.lead(EN, now)
    alone, _ = declared(PAIR, one="ARG", other="ARG")
    assert PAIR.lead(EN, alone) == ""
