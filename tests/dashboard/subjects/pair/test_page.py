"""What the page of two states declares: what Explore shows between them, at one address for each pair."""

import pytest

from dashboard.subjects.explore.page import EXPLORE_PAGE
from dashboard.subjects.pair.page import PAIR
from dashboard.views.address import read
from dashboard.views.page import Briefing, Files, Graphic, Link, Table, Text, every
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
    for kind in (Briefing, Graphic, Table, Files):
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
    assert [spec.name for spec in PAIR.path] == ["one", "other"]
    # The region is no state.
    assert "region" not in PAIR.path[1].options


def test_a_state_is_no_pair_with_itself():
    _, (section,) = declared(PAIR, one="BOL", other="BOL")
    assert [block.kind for block in of(Text, section.blocks)] == ["notice"]
    assert of(Table, section.blocks) == of(Files, section.blocks) == []
