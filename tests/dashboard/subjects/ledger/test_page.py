"""The declaration of page "Declaration": which controls a view has, what its marks open, where a passport stands."""

from collections import Counter

import pytest

from dashboard import menu, store
from dashboard.subjects.ledger import filters, paragraph, query
from dashboard.subjects.ledger.page import DECLARATION
from dashboard.views.page import (
    Controls,
    Files,
    Fold,
    Graphic,
    Heading,
    Links,
    Passport,
    Table,
    WorkbookCheck,
    Workbooks,
    every,
)
from data.columns import BODIES
from data.i18n import LANGUAGES, language
from data.report.order import KINDS
from tests.pages.declared import Declared, declared

ONE_STATE = {"scope": "state", "area": "CRI"}


def page(lang: str = "en", **address: str) -> Declared:
    return declared("declaration", lang, **address)


def controls(**address: str) -> tuple[list[str], list[str]]:
    (block,) = page(**address).every(Controls)
    return [spec.name for spec in block.filters], [spec.name for spec in block.more]


@pytest.mark.parametrize(
    ("address", "first", "more"),
    [
        ({}, [], ["theme", "state", "objective", "addressed"]),
        ({"paragraph": "26"}, [], ["whose"]),
        (ONE_STATE, ["area"], []),
        ({**ONE_STATE, "paragraph": "26"}, ["area"], []),
    ],
)
def test_the_controls_follow_the_scope_and_the_paragraph(address, first, more):
    drawn = ["display"] * (not address)
    assert controls(**address) == (["scope", *first, "paragraph", *drawn], [*more, "grade", "dated"])


def test_each_cell_of_the_matrix_opens_its_paragraph_for_its_state_or_body():
    (figure,) = page(entry="law:CRI", display="matrix").every(Graphic)
    assert figure.name == "ledger_matrix"
    cells = query.cells(filters.matrix_selection(lambda spec: spec.default))
    for number, actor in cells.select("paragraph", "actor").iter_rows():
        link = figure.opens(f"{number}.{actor}")
        assert (link.page, link.anchor) == ("", "paragraph")
        # The passport of an entry of another paragraph is closed.
        assert (link.filters["paragraph"], link.filters["entry"]) == (str(number), "")
        if actor in BODIES:
            assert link.filters["whose"] == actor
            assert "scope" not in link.filters
        else:
            assert (link.filters["scope"], link.filters["area"]) == ("state", actor)
            # What was chosen of the whole region does not remain in force.
            assert (link.filters["whose"], link.filters["state"]) == ("all", "none")
    assert figure.opens("14.").filters["whose"] == "all"


def test_each_bar_opens_its_paragraph_for_all_states():
    (figure,) = page(entry="law:CRI").every(Graphic)
    assert figure.name == "ledger_bars"
    for number in range(1, 33):
        link = figure.opens(str(number))
        assert (link.page, link.anchor) == ("", "paragraph")
        assert link.filters == {"paragraph": str(number), "entry": "", "whose": "all"}


def test_each_state_of_the_map_of_a_paragraph_opens_its_part_of_it():
    (figure,) = page(paragraph="23").every(Graphic)
    for area in store.areas():
        link = figure.opens(area)
        found = page(**{"paragraph": "23", **link.filters})
        assert link.page == ""
        (heading,) = (one.heading for one in found.sections if one.anchor == "finding")
        assert heading.startswith(f"{found.lang.country(area)}: ")


@pytest.mark.parametrize(
    ("address", "anchors"),
    [
        ({}, ["workplan"]),
        (ONE_STATE, ["finding", "workplan"]),
        ({"paragraph": "23"}, ["paragraph"]),
        ({**ONE_STATE, "paragraph": "23"}, ["paragraph", "finding"]),
    ],
)
def test_the_sections_can_be_named_by_addresses(address, anchors):
    assert [section.anchor for section in page(**address).sections if section.anchor] == anchors


@pytest.mark.parametrize("address", [{}, ONE_STATE, {"paragraph": "23"}, {**ONE_STATE, "paragraph": "23"}])
def test_each_entry_opens_its_passport_above_the_list(address):
    (table,) = (one for one in page(**address).every(Table) if one.key == filters.ENTRY)
    assert table.searched
    assert len(table.marks) == table.sheet.rows.num_rows > 0
    found = page(**address, entry=table.marks[0])
    blocks = [block for section in found.sections for block in section.blocks]
    (place,) = (n for n, block in enumerate(blocks) if isinstance(block, Passport))
    assert any(isinstance(block, Heading) for block in blocks[place].blocks)
    assert table.name in {one.name for one in every((blocks[place + 1],)) if isinstance(one, Table)}


def test_the_list_of_all_entries_has_every_row():
    (table,) = (one for one in page().every(Table) if one.name == "entries")
    assert table.sheet.rows.num_rows == query.rows(query.EntryFilter()).height > 2_000


@pytest.mark.parametrize("address", [{}, ONE_STATE, {"paragraph": "23"}, {**ONE_STATE, "paragraph": "30"}])
def test_the_names_of_tables_and_parts_are_unique(address):
    found = page(**address)
    for names in ([one.name for one in found.every(Table)], [one.name for one in found.every(Fold)]):
        assert max(Counter(names).values()) == 1


def test_the_first_files_are_those_of_the_view():
    assert [page(**address).every(Files)[0].rows.block for address in ({}, ONE_STATE)] == ["cells", "cells"]
    first, rule = (block.rows.block for block in page(paragraph="23").every(Files))
    assert (first, rule) == ("ledger", "rule")


def test_a_page_with_more_on_a_paragraph_is_named_as_it_names_itself():
    for slug, title in paragraph.SEE_ALSO.values():
        assert all(language(code).text(title) == menu.title(language(code), slug) for code in LANGUAGES)


def test_an_address_that_names_no_state_implies_nothing():
    for given in ({}, {"state": "CRI,HND"}, {"whose": "OAS-GS"}, {"whose": "XYZ"}, {"scope": "region", "area": "CRI"}):
        assert DECLARATION.implied(given) == {}
    for given in ({"whose": "CRI", "area": "HND"}, {"state": "CRI"}, {"area": "CRI"}):
        assert DECLARATION.implied(given) == {"scope": "state", "area": "CRI", "whose": "all", "state": "none"}


@pytest.mark.parametrize(("address", "actor"), [({}, ""), (ONE_STATE, "CRI")])
def test_a_national_report_has_three_steps_and_opens_on_the_state_of_the_view(address, actor):
    (fold,) = (one for one in page(**address).every(Fold) if one.name == "submit")
    blocks = list(fold.blocks())
    assert [block.words[:2] for block in blocks if isinstance(block, Heading)] == ["1.", "2.", "3."]
    (offer,) = (block for block in blocks if isinstance(block, Workbooks))
    assert offer.actor == actor
    assert tuple(offer.kinds) == tuple(offer.actors) == KINDS
    assert [isinstance(block, WorkbookCheck) for block in blocks].count(True) == 1


def test_a_paragraph_without_related_pages_has_no_empty_row_of_links():
    for number in range(1, 33):
        assert all(row.links for row in page(paragraph=str(number)).every(Links))
