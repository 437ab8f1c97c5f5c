"""What the page of two states declares: what Explore shows between them, at one address for each pair."""

import re

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.pair.page import PAIR
from dashboard.views.address import read
from dashboard.views.page import (
    BriefingFiles,
    Chooser,
    Files,
    Graphic,
    Link,
    Links,
    Passport,
    Remarks,
    Table,
    Text,
    every,
)
from dashboard.words import countries, terms
from data.i18n import language
from data.treaties import treaties

EN = language("en")


def declared(page, **address: str):
    arrival = read(page.filters, {name: (text,) for name, text in address.items()})
    assert arrival.notices == ()
    return arrival.values, page.sections(EN, arrival.values)


def of(kind, blocks):
    return [block for block in every(blocks) if isinstance(block, kind)]


def name(block) -> str:
    return block.rows.block if isinstance(block, Files) else getattr(block, "name", repr(block))


def within(sections, anchor):
    """The blocks of a section of a page."""
    return next(section.blocks for section in sections if section.anchor == anchor)


ANCHORS = ["pair", "counted", "described", "agreement", "questions", "treaties", "movements"]


@pytest.mark.parametrize("address", [{}, {"bound": "ARG.untoc", "edition": "2025-04-14"}])
def test_the_sections_of_two_states_and_what_each_has(address):
    values, sections = declared(PAIR, one="ARG", other="BOL", **address)
    assert PAIR.heading(EN, values) == "Between Argentina and Bolivia"
    assert [section.anchor for section in sections] == ANCHORS
    parts = {anchor: [one.part for one in of(Graphic, within(sections, anchor))] for anchor in ANCHORS}
    # Citizenship and ways are never in one figure.
    found = {anchor: names for anchor, names in parts.items() if names}
    assert found == {"counted": ["map", "between"], "described": ["described"]}
    names = {anchor: [one.name for one in of(Table, within(sections, anchor))] for anchor in ANCHORS}
    assert names["counted"] == ["sides", "counted"]
    assert names["described"] == ["routes", "stated"]
    assert names["treaties"][:1] == ["instruments"]
    assert names["movements"] == ["movements"]
    assert [name(one) for section in sections for one in of(Files, section.blocks)] == [
        "between",
        "agreement",
        "treaties",
        "movements",
    ]
    assert [(one.area, one.other) for one in of(BriefingFiles, within(sections, "counted"))] == [("ARG", "BOL")]


def test_a_mark_opens_the_record_of_its_year_or_the_page_of_its_state():
    _, sections = declared(PAIR, one="DOM", other="HTI")
    figure, *_ = of(Graphic, within(sections, "counted"))
    cell = "data_glotip_2025-04-14.xlsx#data_glotip_1!13326"
    assert figure.opens(cell) == Link("", "", {"record": cell}, "passport-record")
    assert figure.opens("DOM.HTI.DOM.direct.") == Link("country", "", {"area": "DOM"})
    assert figure.opens("") is None


def test_it_leads_to_both_states_and_to_the_comparison_of_their_figures():
    _, sections = declared(PAIR, one="ARG", other="BOL")
    links = [link for block in of(Links, within(sections, "counted")) for link in block.links]
    assert [(link.page, link.filters) for link in links if link.page] == [
        ("country", {"area": "ARG"}),
        ("country", {"area": "BOL"}),
        ("explore", {"desk": "compare", "one": "ARG", "other": "BOL"}),
    ]


def test_two_states_are_chosen_one_after_the_other():
    index = PAIR.index
    _, (choose, states) = declared(index)
    (first,) = of(Chooser, choose.blocks)
    assert (first.filter.name, first.page, len(first.options)) == ("one", "pair", len(store.areas()))
    assert len([link for block in of(Links, states.blocks) for link in block.links]) == len(store.areas())
    values, (choose, partners) = declared(index, one="HTI")
    assert index.heading(EN, values) == "Haiti and another state"
    (second,) = of(Chooser, choose.blocks)
    assert (second.filter.name, second.given) == ("other", {"one": "HTI"})
    assert "HTI" not in dict(second.options)
    flows = store.tables().flows().filter(pl.any_horizontal(pl.col("origin", "transit", "destination") == "HTI"))
    others = set(flows.select(pl.concat_list("origin", "transit", "destination").explode()).collect().to_series())
    linked = {area for block in of(Links, partners.blocks) for link in block.links for area in link.filters.values()}
    assert linked == others & set(store.areas())


def test_the_scene_says_the_same_first_words_beside_the_figure():
    values, _ = declared(PAIR, one="DOM", other="HTI")
    scene = PAIR.glance(EN, values)
    assert [*scene.findings] == [PAIR.lead(EN, values)]
    assert scene.figure is not None
    assert scene.figure.name == "pair_map"
    nothing, _ = declared(PAIR, one="HTI", other="LCA")
    alone = PAIR.glance(EN, nothing)
    assert (alone.figure, alone.cover) == (None, True)


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
    values, sections = declared(PAIR, one="NIC", other="PAN", transit="CRI")
    blocks = within(sections, "through")
    assert PAIR.heading(EN, values) == "Between Nicaragua and Panama, through Costa Rica"
    flows = store.tables().table("flows").filter(transit="CRI", evidence="stated").collect()
    there = flows.filter(origin="NIC", destination="PAN").filter(pl.col("repeat_of").is_null())
    back = flows.filter(origin="PAN", destination="NIC")
    assert (there.height > 1, back.height) == (True, 0)
    said = [block.paragraphs[0] for block in of(Text, blocks)]
    assert said[0].startswith(f"From Nicaragua through Costa Rica to Panama: {there.height} statements in reports of ")
    nothing = "no route in the reports of the US Department of State."
    assert said[1] == f"From Panama through Costa Rica to Nicaragua: {nothing}"
    assert any(text.startswith("Costa Rica, transit: ") for text in said)
    (table,) = of(Table, blocks)
    assert sorted(table.marks) == sorted(there["locator"])
    (files,) = of(Files, blocks)
    assert sorted(files.rows.rows()["locator"]) == sorted(there["locator"])
    # The rest is that of the pair.
    _, alone = declared(PAIR, one="NIC", other="PAN")
    assert [section.anchor for section in sections if section.anchor != "through"] == ANCHORS
    assert [section.heading for section in alone[1:]] == [section.heading for section in sections[2:]]


def test_a_pair_leads_to_the_states_through_which_routes_are_described():
    flows = store.tables().table("flows").filter(pl.col("transit").is_in(store.areas())).collect()
    for one, other in (("NIC", "PAN"), ("BRA", "HTI"), ("ARG", "BOL")):
        both = pl.concat([flows.filter(origin=a, destination=b) for a, b in ((one, other), (other, one))])
        _, sections = declared(PAIR, one=one, other=other)
        links = [link for block in of(Links, within(sections, "described")) for link in block.links]
        assert {link.filters["transit"] for link in links} == set(both["transit"])


def test_where_nothing_is_described_through_a_state_the_page_says_so():
    _, sections = declared(PAIR, one="ARG", other="BOL", transit="HTI")
    blocks = within(sections, "through")
    said = [block.paragraphs[0] for block in of(Text, blocks)]
    assert [text.rpartition(": ")[2] for text in said[:2]] == [
        "no route in the reports of the US Department of State."
    ] * 2
    assert "No records found. This does not mean that nothing happened." in said
    assert of(Table, blocks) == of(Files, blocks) == []


def test_one_of_the_two_is_no_third_state():
    _, sections = declared(PAIR, one="ARG", other="BOL", transit="BOL")
    assert [block.paragraphs for block in of(Text, within(sections, "through"))] == [
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
    values, sections = declared(PAIR, one=one, other=other)
    lead = PAIR.lead(EN, values)
    second = other if first == one else one
    sums = found_in(first, second), found_in(second, first)
    assert sums[0][1] >= sums[1][1]
    states = [countries.the(EN, area) for area in (first, second)]
    low, high = sums[0]
    figure = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    assert lead.startswith(f"UNODC lists {figure} citizens of {states[0]} as victims detected in {states[1]} ")
    assert lead.count(f"itizens of {states[1]} ") == 1
    # It stands once: the part on counted victims has no sentence of its own.
    said = [text for block in of(Remarks, within(sections, "counted")) for text in block.lines]
    assert not any(text.startswith("UNODC lists") for text in said)


def test_an_earlier_release_has_its_own_first_words_and_one_state_none():
    now, _ = declared(PAIR, one="ARG", other="BOL")
    before, _ = declared(PAIR, one="ARG", other="BOL", edition="2025-04-14")
    assert " citizens of Bolivia as victims detected in Argentina " in PAIR.lead(EN, before)
    assert PAIR.lead(EN, before) != PAIR.lead(EN, now)
    alone, _ = declared(PAIR, one="ARG", other="ARG")
    assert PAIR.lead(EN, alone) == ""


def test_a_state_that_is_no_ordinary_member_of_the_oas_has_its_note():
    _, sections = declared(PAIR, one="CRI", other="NIC")
    notices = [block.paragraphs[0] for block in of(Text, within(sections, "counted")) if block.kind == "notice"]
    assert [text.partition(":")[0] for text in notices] == ["Nicaragua"]


def test_without_a_listed_victim_the_first_words_say_so_once():
    values, sections = declared(PAIR, one="HTI", other="LCA")
    assert PAIR.lead(EN, values) == (
        "UNODC’s data list no citizenships of victims for Haiti or Saint Lucia. No report describes a route between "
        "Haiti and Saint Lucia."
    )
    assert [block for section in sections for block in of(Graphic, section.blocks)] == []


def test_page_and_passport_say_what_another_release_prints():
    """Haitians in the Dominican Republic in 2020; the publisher's files are read in `routes/test_as_printed.py`."""
    other = "For 2020, UNODC’s release of 14 April 2025 has 7, which is shown here; that of 28 October 2025 has 11."
    cell = "data_glotip_2025-04-14.xlsx#data_glotip_1!13326"
    _, sections = declared(PAIR, one="DOM", other="HTI", record=cell)
    remarks = [line for block in of(Remarks, within(sections, "counted")) for line in block.lines]
    # Beside the figure, and in the passport that is open.
    assert remarks.count(other) == 2
    _, sections = declared(PAIR, one="ARG", other="BOL")
    assert not any("which is shown here" in line for block in of(Remarks, sections[1].blocks) for line in block.lines)


def test_agreement_has_a_line_for_each_direction_or_says_that_nothing_names_it():
    _, sections = declared(PAIR, one="DOM", other="HTI")
    (table,) = of(Table, within(sections, "agreement"))
    flows = store.tables().table("flows").filter(origin="DOM", destination="HTI").collect()
    # Nobody counted Dominicans in Haiti, so the reports stand alone.
    assert {*flows["evidence"]} == {"stated"}
    assert [(line[0], line[1], *line[3:]) for line in table.sheet.cells][:1] == [
        ("Dominican Republic → Haiti", "–", "only described", "nothing else names it")
    ]
    said = [line for block in of(Remarks, within(sections, "agreement")) for line in block.lines]
    assert not any(line.startswith("Neither kind") for line in said)
    one_way = next(pair for pair in _named() if pair[::-1] not in _named())
    _, sections = declared(PAIR, one=one_way[0], other=one_way[1])
    said = [line for block in of(Remarks, within(sections, "agreement")) for line in block.lines]
    assert said[0].startswith("Neither kind of evidence names ")
    assert said[0].endswith(f"{EN.country(one_way[1])} → {EN.country(one_way[0])}.")
    # Of two states that nothing names together only the first sentence speaks.
    assert not {("HTI", "LCA"), ("LCA", "HTI")} & _named()
    _, sections = declared(PAIR, one="HTI", other="LCA")
    assert not {"described", "agreement"} & {section.anchor for section in sections}


def _named() -> set[tuple[str, str]]:
    """The pairs of states of the region that any row of the snapshot names, in their direction."""
    flows = store.tables().table("flows").filter(pl.col("high") > 0, pl.col("status") != "questioned")
    pairs = {*flows.select("origin", "destination").unique().collect().iter_rows()}
    return {pair for pair in pairs if {*pair} <= {*store.areas()} and pair[0] != pair[1]}


@pytest.mark.parametrize(("one", "other"), [("SLV", "USA"), ("DOM", "HTI")])
def test_page_and_briefing_have_the_reservations_of_both_with_their_articles(one, other):
    rows = store.tables().table("instruments").filter(pl.col("reservation").is_not_null()).collect()
    made = {(row["area"], row["instrument"]): row["reservation"] for row in rows.iter_rows(named=True)}
    expected = {
        terms.term(EN, "part", code): [
            ", ".join(re.findall(r"\d+", made.get((area, code), ""))) for area in (one, other)
        ]
        for code in treaties()
        if {(one, code), (other, code)} & made.keys()
    }
    values, sections = declared(PAIR, one=one, other=other)
    shown = [table for table in of(Table, within(sections, "treaties")) if table.name == "reserved"]
    lines = [line for table in shown for line in table.sheet.cells]
    assert {treaty: [", ".join(re.findall(r"\d+", cell)) for cell in cells] for treaty, *cells in lines} == expected
    # Where neither state made one, the laws stand with the treaties that bind both.
    found = [part for part in PAIR.paper.parts(EN, values) if "reservation" in part.title]
    assert len(found) == (len(expected) > 0)
    for part in found:
        assert [*part.tables[0].sheet.cells[1:]] == lines
        assert part.title.startswith(str(sum(area in {one, other} for area, _ in made)))
    every = [row for part in PAIR.paper.parts(EN, values) for table in part.tables for row in table.sheet.cells]
    ((_, *law),) = [row for row in every if row[0] == "Laws cited by our sources"]
    laws = store.tables().table("evidence").filter(kind="law").collect()
    assert all(
        title in " ".join(law) for area in (one, other) for title in laws.filter(actor=area)["title"].drop_nulls()
    )


def test_the_contents_stand_above_the_first_figure():
    _, (first, *rest) = declared(PAIR, one="HND", other="PAN")
    (contents,) = of(Links, first.blocks)
    assert [link.anchor for link in contents.links] == [section.anchor for section in rest if section.heading]


def test_each_year_of_a_side_opens_its_list_and_each_line_of_agreement_that_is_one_record_its_cell():
    _, sections = declared(PAIR, one="DOM", other="HTI")
    (table,) = [one for one in of(Table, within(sections, "counted")) if one.name == "sides"]
    rows = table.sheet.rows
    codes = {EN.country(area): area for area in ("DOM", "HTI")}
    lines = zip(rows.column("Detected in").to_pylist(), rows.column("Year").to_pylist(), strict=True)
    assert [*table.marks] == [f"{codes[state]}.{year}" for state, year in lines]
    for mark in table.marks:
        _, opened = declared(PAIR, one="DOM", other="HTI", listed=mark)
        (shown,) = of(Passport, within(opened, "counted"))
        assert len(shown.blocks) > 1
    flows = store.tables().table("flows").filter(pl.col("high") > 0, pl.col("repeat_of").is_null()).collect()
    for one, other in (("ARG", "MEX"), ("CAN", "MEX"), ("BRB", "GUY"), ("DOM", "HTI")):
        _, sections = declared(PAIR, one=one, other=other)
        for found in of(Table, within(sections, "agreement")):
            for link, route in zip(found.links, found.sheet.rows.column(0).to_pylist(), strict=True):
                start, end = (one, other) if route.startswith(EN.country(one)) else (other, one)
                cells = flows.filter(
                    pl.col("complete"), pl.col("status") != "questioned", origin=start, destination=end
                )
                assert (link is not None) == (cells.height == 1), route
                assert link is None or link.filters["locator"] == cells["locator"][0]


def test_each_act_of_the_table_of_treaties_leads_to_its_row():
    _, sections = declared(PAIR, one="DOM", other="HTI")
    (table,) = [one for one in of(Table, within(sections, "treaties")) if one.name == "instruments"]
    acts = store.tables().table("instruments").collect()
    names = {terms.term(EN, "part", name): name for name in acts["instrument"].unique()}
    treaty = table.sheet.rows.column(0).to_pylist()
    assert table.others.keys() == {1, 2}
    for column, area in ((1, "DOM"), (2, "HTI")):
        words = table.sheet.rows.column(column).to_pylist()
        for title, word, link in zip(treaty, words, table.others[column], strict=False):
            found = acts.filter(area=area, instrument=names[title])
            assert (link is None) == found.is_empty(), (area, title)
            if link:
                assert link.page == "passport"
                (row,) = found.filter(action=link.filters["action"], source=link.filters["source"]).to_dicts()
                assert word.startswith(terms.term(EN, "action", row["action"])) or row["date"] is None
