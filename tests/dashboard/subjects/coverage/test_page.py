"""The declaration of page "Coverage": what its marks and rows open, and where a passport stands."""

from collections import Counter

import polars as pl
import pytest

from dashboard.subjects.coverage import query, revisions
from dashboard.subjects.coverage.filters import INDICATOR
from dashboard.subjects.coverage.page import COVERAGE_PAGE
from dashboard.subjects.passports import filters as row_keys
from dashboard.views.address import read
from dashboard.views.page import Controls, Files, Graphic, Passport, Table, Text, every
from data.i18n import LANGUAGES, language

EN = language("en")


def sections(lang=EN, **address):
    values = read(COVERAGE_PAGE.filters, {name: [text] for name, text in address.items()}).values
    return COVERAGE_PAGE.sections(lang, values)


def of_kind(kind, **address):
    return [block for section in sections(**address) for block in every(section.blocks) if isinstance(block, kind)]


def in_section(anchor, kind, **address):
    (section,) = (one for one in sections(**address) if one.anchor == anchor)
    return [block for block in every(section.blocks) if isinstance(block, kind)]


@pytest.mark.parametrize("indicator", INDICATOR.options)
@pytest.mark.parametrize("part", ["map", "matrix"])
def test_a_mark_opens_the_figure_of_its_year_or_all_figures_of_its_state(indicator, part):
    edition = "2025-04-14"
    (figure,) = (one for one in of_kind(Graphic, reported=indicator, edition=edition) if one.part == part)
    for area in ("BRA", "HTI"):
        link = figure.opens(area)
        assert (link.page, link.anchor) == ("country", "passport-figures")
        assert link.filters == {"area": area, "figures": indicator, "edition": edition}
        for row in query.figures(indicator, area, edition).iter_rows(named=True):
            link = figure.opens(f"{area}.{row['year']}")
            assert (link.page, link.anchor) == ("country", "passport-figure")
            assert link.filters["area"] == area
            assert link.filters["edition"] == edition
            # The page of the state can open it, with the group of a survey.
            named = row_keys.FIGURE.parse(link.filters["figure"])
            group = [row[name] or "total" for name in ("sex", "age", "form")]
            whole = [indicator, str(row["year"])]
            assert named in {".".join(whole), ".".join([*whole, *group])}
            assert (named == ".".join(whole)) is (set(group) == {"total"})


def test_a_mark_of_the_revisions_opens_its_state():
    (figure,) = (one for one in of_kind(Graphic) if one.part == "revisions")
    assert figure.opens("URY").filters == {"area": "URY"}
    assert figure.opens("URY").page == "country"


def test_each_table_names_a_row_for_each_of_its_marks():
    for address in ({}, {"revised": "URY", "masking": "1"}, {"cells": "ARG", "changed": "ARG.revised"}):
        for table in of_kind(Table, **address):
            if table.key:
                assert len(table.marks) == table.sheet.rows.num_rows > 0
                assert all(table.key.parse(mark) == mark for mark in table.marks)


def test_the_names_of_tables_and_figures_and_the_anchors_are_unique():
    address = {"cells": "ARG", "changed": "ARG.revised", "cell": "ARG.2019"}
    names = [table.name for table in of_kind(Table, **address)]
    parts = [figure.part for figure in of_kind(Graphic, **address)]
    anchors = [passport.anchor for passport in of_kind(Passport, **address)]
    anchors += [section.anchor for section in sections(**address) if section.anchor]
    for found in (names, parts, anchors):
        assert max(Counter(found).values()) == 1


@pytest.mark.parametrize(
    ("address", "places"),
    [
        ({}, {"table": [], "revisions": [], "changes": []}),
        ({"cell": "ARG.2019"}, {"table": [], "revisions": [], "changes": ["cell"]}),
        ({"cells": "ARG", "cell": "ARG.2019"}, {"table": ["cells", "cell"], "revisions": [], "changes": []}),
        ({"cells": "ARG", "cell": "BRA.2019"}, {"table": ["cells"], "revisions": [], "changes": ["cell"]}),
        (
            {"changed": "BRA.revised", "cell": "BRA.2019"},
            {"table": [], "revisions": ["changed", "cell"], "changes": []},
        ),
        (
            {"revised": "BRA", "changed": "BRA.revised"},
            {"table": [], "revisions": ["changed"], "changes": []},
        ),
    ],
)
def test_a_figure_stands_below_the_passport_that_lists_it(address, places):
    for anchor, keys in places.items():
        assert [passport.key.name for passport in in_section(anchor, Passport, **address)] == keys


def test_the_passport_of_a_state_lists_its_years_and_each_opens():
    (passport,) = in_section("table", Passport, cells="ARG")
    (table,) = (block for block in every(passport.blocks) if isinstance(block, Table))
    first, last = query.span("detected_victims")
    assert table.key == row_keys.CELL
    assert table.marks == tuple(f"ARG.{year}" for year in range(last, first - 1, -1))


def test_the_passport_of_changes_has_the_changes_of_one_kind():
    (passport,) = in_section("revisions", Passport, changed="BRA.revised")
    (table,) = (block for block in every(passport.blocks) if isinstance(block, Table))
    changes = revisions.rows("detected_victims", "BRA", masking=False).filter(pl.col("kind") == "revised")
    assert table.sheet.rows.num_rows == changes.height > 0
    assert {mark[:4] for mark in table.marks} == {"BRA."}


@pytest.mark.parametrize("address", [{"cell": "ARG.1901"}, {"changed": "HTI.imagined"}])
def test_a_row_that_does_not_exist_is_reported_in_a_sentence(address):
    (passport,) = of_kind(Passport, **address)
    (notice,) = passport.blocks
    assert isinstance(notice, Text)
    assert notice.kind == "notice"


def test_all_states_have_counts_of_changes_and_one_state_its_releases():
    every_state = in_section("revisions", Table)
    assert [table.key for table in every_state] == [row_keys.CHANGES]
    one_state = in_section("revisions", Table, revised="URY")
    assert [table.key for table in one_state] == [row_keys.CELL]
    changes = in_section("changes", Table, revised="URY", masking="1")
    assert {mark[:4] for table in changes for mark in table.marks} == {"URY."}


def test_the_controls_of_the_revisions_stand_in_their_section():
    above, below = of_kind(Controls)
    assert [spec.name for spec in above.filters] == ["reported", "edition"]
    assert in_section("revisions", Controls) == [below]
    assert [spec.name for spec in below.filters] == ["revised", "masking"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_files_are_those_of_the_view(code):
    lang = language(code)
    found = [
        block.rows
        for section in sections(lang, reported="offences", revised="URY", masking="1")
        for block in every(section.blocks)
        if isinstance(block, Files)
    ]
    assert [rows.name for rows in found] == ["coverage_offences", "revisions_offences_URY_masking"]
    assert found[0].rows()["indicator"].unique().to_list() == ["offences"]
    assert set(found[1].rows()["area"]) <= {"URY"}
