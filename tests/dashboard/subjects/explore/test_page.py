"""What page "Explore" declares for each task and display: controls, figure or table, files, passports."""

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.explore import filters
from dashboard.subjects.explore.page import EXPLORE_PAGE
from dashboard.views.address import read
from dashboard.views.page import Controls, Files, Graphic, Link, Passport, Section, Table, Text, every
from data.i18n import language
from data.ratios import ratios

EN = language("en")
GROUPS = ["sex", "age", "exploitation"]


def declared(**address: str) -> tuple[Section, ...]:
    arrival = read(EXPLORE_PAGE.filters, {name: (text,) for name, text in address.items()})
    assert arrival.notices == ()
    return tuple(EXPLORE_PAGE.sections(EN, arrival.values))


def of(kind, sections):
    return [block for section in sections for block in every(section.blocks) if isinstance(block, kind)]


@pytest.mark.parametrize("reading", filters.READING.options)
def test_the_controls_are_those_of_the_display(reading):
    sections = declared(reading=reading)
    (controls,) = of(Controls, sections)
    own = {"table": ["period"], "joined": ["period"], "multiples": ["one_scale"]}.get(reading, [])
    names = ["desk", "reading", "indicators", "state", "sum", *GROUPS, "edition", *own]
    assert [spec.name for spec in controls.filters] == names
    # The figure has the slider of years that the table has among its controls.
    assert [figure.years for figure in of(Graphic, sections)] == [filters.PERIOD] * (reading not in {"table", "joined"})


@pytest.mark.parametrize("reading", ["lines", "table"])
def test_a_table_of_everything_has_every_row_and_each_row_its_passport(reading):
    every_indicator = ",".join(code for code in filters.INDICATORS.options if code not in ratios())
    low, high = filters.PERIOD.low, filters.PERIOD.high
    groups = dict.fromkeys(GROUPS, "none")
    sections = declared(reading=reading, indicators=every_indicator, period=f"{low}-{high}", **groups)
    table = next(table for table in of(Table, sections) if table.name == "explore")
    rows = store.tables().table("observations").filter(pl.col("year").is_between(low, high)).collect().height
    assert table.sheet.rows.num_rows == len(table.marks) == len(set(table.marks)) == rows > 10_000
    assert table.searched


@pytest.mark.parametrize("reading", ["multiples", "table"])
def test_a_choice_without_rows_has_no_table_and_no_files(reading):
    sections = declared(reading=reading, indicators="none")
    assert of(Table, sections) == of(Files, sections) == []
    assert [section.heading for section in sections][1:] == ["Choose an indicator."] * (reading == "table")


def test_a_mark_opens_the_passport_of_its_figure_on_this_page():
    (figure,) = of(Graphic, declared())
    mark = "BRA.detected_victims.2019.female.total.total"
    assert figure.opens(mark) == Link("", "", {"row": mark}, "passport-row")
    assert figure.opens("") is figure.opens("BRA") is None
    (passport,) = of(Passport, declared(row=mark))
    assert passport.anchor == "passport-row"


def test_a_mark_of_a_comparison_opens_both_figures_of_its_year():
    figure, *_ = of(Graphic, declared(desk="compare", one="BOL", other="ARG"))
    for mark in ("BOL.detected_victims.2019", "region.detected_victims.2019"):
        assert figure.opens(mark) == Link("", "", {"pair": "detected_victims.2019"}, "passport-pair")
    surveyed, *_ = of(Graphic, declared(desk="compare", one="BOL", other="COL", compared="child_labour_economic"))
    mark = "BOL.child_labour_economic.2015.total.7-17.total"
    assert surveyed.opens(mark) == Link("", "", {"row": mark}, "passport-row")


@pytest.mark.parametrize(
    ("address", "files", "pair"),
    [
        ({"one": "BOL", "other": "ARG"}, ["compare"], True),
        ({"one": "BOL"}, ["compare"], False),
        ({"one": "BOL", "compared": "partner_violence"}, ["explore"], False),
        ({"one": "BOL", "other": "BOL"}, [], False),
    ],
)
def test_two_states_lead_to_what_is_recorded_between_them(address, files, pair):
    sections = declared(desk="compare", **address)
    assert [block.rows.block for block in of(Files, sections)] == files
    links = [(link.page, link.words, link.filters) for link in of(Link, sections)]
    assert links == [("pair", "Between Argentina and Bolivia", {"one": "ARG", "other": "BOL"})] * pair
    notices = [block.paragraphs for block in of(Text, sections) if block.kind == "notice"]
    assert notices == [("Choose another state or the region.",)] * (not files)


@pytest.mark.parametrize(
    "address",
    [{}, {"reading": "table"}, {"one": "BOL", "other": "ARG"}, {"one": "BOL", "compared": "child_labour_economic"}],
)
def test_names_within_the_addresses_of_the_page_are_unique(address):
    sections = declared(**(address | {"desk": "compare"} if "one" in address else address))
    for names in (
        [figure.part for figure in of(Graphic, sections)],
        [table.name for table in of(Table, sections)],
        [block.rows.block for block in of(Files, sections)],
    ):
        assert len(names) == len(set(names))
