"""The declaration of page "Instruments": what its marks and rows open, and where a passport stands."""

import pytest

from dashboard import store
from dashboard.subjects.treaties import query
from dashboard.subjects.treaties.page import INSTRUMENTS_PAGE
from dashboard.views.address import read
from dashboard.views.page import Files, Fold, Graphic, Heading, Link, Pairs, Passport, Remarks, Table, Text, every
from data.i18n import LANGUAGES, language
from data.treaties import treaties

EN = language("en")


def sections(lang=EN, **address):
    values = read(INSTRUMENTS_PAGE.filters, {name: [text] for name, text in address.items()}).values
    return INSTRUMENTS_PAGE.sections(lang, values)


def in_section(anchor, kind, **address):
    (section,) = (one for one in sections(**address) if one.anchor == anchor)
    return [block for block in every(section.blocks) if isinstance(block, kind)]


@pytest.mark.parametrize("treaty", query.TREATIES)
def test_each_state_of_the_map_opens_its_acts_on_the_treaty(treaty):
    (figure,) = in_section("map", Graphic, treaty=treaty, year_end="2005")
    for area in store.areas():
        link = figure.opens(area)
        assert (link.page, link.anchor) == ("", "passport-act")
        (passport,) = in_section("acts", Passport, treaty=treaty, year_end="2005", **link.filters)
        titles = [block.words for block in passport.blocks if isinstance(block, Heading)]
        assert titles
        assert all(title.startswith(f"{EN.country(area)}, {treaties()[treaty].name}, ") for title in titles)


@pytest.mark.parametrize("address", [{}, {"treaty": "untoc"}, {"all_treaties": "1"}])
def test_each_row_of_acts_opens_its_passport(address):
    (table,) = in_section("acts", Table, **address)
    assert table.searched
    assert len(table.marks) == table.sheet.rows.num_rows
    states = table.sheet.rows.column("State").to_pylist()
    for mark, state in list(zip(table.marks, states, strict=True))[::7]:
        assert table.key.parse(mark) == mark
        (passport,) = in_section("acts", Passport, act=mark, **address)
        assert passport.blocks[0].words.startswith(f"{state}, ")


def test_the_list_of_reservations_leads_to_the_page_of_the_depositary():
    for treaty, number in {"palermo_protocol": "XVIII-12-a&chapter=18", "cedaw": "IV-8&chapter=4"}.items():
        (link,) = in_section("reservations", Pairs, treaty=treaty)
        assert link.address == f"https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no={number}"
    (link,) = in_section("reservations", Pairs, treaty="mutual_assistance")
    assert link.address == "http://www.oas.org/juridico/english/Sigs/a-55.html"


def test_an_unknown_act_is_reported_in_a_sentence():
    (passport,) = in_section("acts", Passport, act="ARG.rome_statute")
    (notice,) = passport.blocks
    assert isinstance(notice, Text)
    assert notice.kind == "notice"


def test_membership_and_the_declaration_are_folded_with_a_link_to_its_paragraph():
    assert len(in_section("standing", Fold)) == 1
    (link,) = in_section("standing", Link)
    assert (link.page, link.filters) == ("declaration", {"paragraph": "30"})
    (remarks,) = in_section("standing", Remarks)
    assert any("Paraguay: made an ad referendum reservation" in line for line in remarks.lines)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_files_are_those_of_the_view(code):
    lang = language(code)
    found = {
        section.anchor: block.rows.name
        for section in sections(lang, treaty="untoc", year_end="2003")
        for block in every(section.blocks)
        if isinstance(block, Files)
    }
    assert found == {"map": "parties_untoc_2003", "acts": "acts_untoc", "laws": "laws"}


def test_the_contents_stand_first_and_lead_to_reservations():
    first, *rest = sections()
    contents = first.blocks[0]
    assert [(link.words, link.anchor) for link in contents.links] == [
        (section.heading, section.anchor) for section in rest if section.heading
    ]
    assert "reservations" in [link.anchor for link in contents.links]
