"""What passports say as blocks, compared with the tables of the snapshot."""

from functools import partial

import polars as pl
import pytest

from dashboard import store
from dashboard.editions import NEWEST
from dashboard.subjects.passports import acts, blocks, replies, rows
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.views.page import Code, Entries, Heading, Pairs, Remarks, Table, Text
from dashboard.words import tables
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.corrections.samples import FINDING, FLOW_FINDING, TOTAL, disputed

EN = language("en")
each_language = pytest.mark.parametrize("lang", [language(code) for code in LANGUAGES], ids=list(LANGUAGES))
COUNTED = routes_query.FlowFilter(evidence="counted")


def table(name: str, **values: object) -> pl.DataFrame:
    """The rows of a table of the snapshot with these values."""
    return store.tables().table(name).filter(**values).collect()


def of(kind: type, found) -> list:
    return [block for block in found if isinstance(block, kind)]


def facts(found) -> list[tuple[str, str]]:
    return [pair for block in of(Pairs, found) for pair in block.rows]


def read(block: Table) -> pl.DataFrame:
    return pl.DataFrame(block.sheet.rows)


def whole(lang, found, row) -> None:
    """A passport has a heading, how its value was made, its file with the hash, and a citation of that file."""
    assert isinstance(found[0], Heading)
    pairs = facts(found)
    assert [label for label, _ in pairs].count(lang.text("How we processed it")) == 1
    file = row["locator"].partition("#")[0]
    assert (lang.text("File"), file) in pairs
    releases = [one for source in store.snapshot().manifest["sources"] for one in source["releases"]]
    hashes = {one["file"]: one["sha256"] for one in releases}
    assert (lang.text("SHA-256"), hashes[file]) in pairs
    (citation,) = of(Code, found)
    assert citation.label == lang.text("Citation, to copy")
    assert citation.text.startswith(found[0].words)
    assert file in citation.text
    assert store.snapshot().id in citation.text


@each_language
@pytest.mark.parametrize("mark", ["BRA.2019", "ARG.2015", "COL.2019.female.18+.total"])
def test_a_figure_has_its_value_its_file_its_citation_and_its_releases(lang, mark):
    area, year, *group = mark.split(".")
    sex, age, form = group or ("total", "total", "total")
    key = {"indicator": "detected_victims", "area": area, "year": int(year), "sex": sex, "age": age, "form": form}
    row = table("observations", **key).row(0, named=True)
    found = blocks.of_indicator(lang, "detected_victims", NEWEST, mark)
    whole(lang, found, row)
    value = lang.interval(row["low"], row["high"])
    assert (lang.text("Figure"), value) in facts(found)
    (releases,) = of(Table, found)
    printed = table("vintages", **key)
    assert read(releases).height == printed.height > 0
    assert sorted(read(releases)[lang.text("Figure")]) == sorted(
        lang.interval(*ends) for ends in printed.select("low", "high").iter_rows()
    )
    label = Text([lang.text("This figure in each release")], "small")
    assert found[-2:] == (label, releases)
    # One figure, named in each page's own way.
    assert found == blocks.of_state(lang, area, NEWEST, f"detected_victims.{mark.partition('.')[2]}")
    assert found == blocks.of_any(lang, NEWEST, f"{area}.detected_victims.{mark.partition('.')[2]}")


def test_the_region_shows_a_year_or_the_latest_one():
    years = table("observations", indicator="detected_victims", area="BRA", sex="total", age="total", form="total")
    latest = years.filter(pl.col("low").is_not_null())["year"].max()
    assert blocks.of_region(EN, "detected_victims", 2019, NEWEST, "BRA") == blocks.of_any(
        EN, NEWEST, "BRA.detected_victims.2019"
    )
    assert blocks.of_region(EN, "detected_victims", None, NEWEST, "BRA") == blocks.of_any(
        EN, NEWEST, f"BRA.detected_victims.{latest}"
    )
    code = "detected_victims_sdg"
    silent = next(area for area in store.areas() if table("observations", indicator=code, area=area).is_empty())
    assert blocks.of_region(EN, code, None, NEWEST, silent) == ()


def test_a_year_without_a_figure_says_so_and_has_no_citation():
    key = {"indicator": "detected_victims", "sex": "total", "age": "total", "form": "total"}
    years = table("observations", **key)["year"]
    printed = set(table("vintages", **key, area="DMA")["year"])
    year = next(year for year in range(years.min(), years.max() + 1) if year not in printed)
    missing = blocks.of_indicator(EN, "detected_victims", NEWEST, f"DMA.{year}")
    assert missing[1:] == (Text(["No figure: the release for this year has none."]),)


def test_two_databases_have_a_passport_each():
    both = blocks.in_both(EN, "ARG.2017")
    assert len(of(Heading, both)) == len(of(Code, both)) == 2


@each_language
def test_an_arrow_has_its_records_and_their_sum(lang):
    records = table("flows", evidence="counted", origin="NIC", destination="CRI")
    records = records.filter(
        pl.col("transit").is_null() & pl.col("repeat_of").is_null() & pl.col("status").is_in(["exact", "masked"])
    ).filter(pl.col("high") > 0)
    found = blocks.arrow(lang, routes_filters.of_state("CRI", "counted", NEWEST), "NIC.CRI.direct.")
    listed, releases = of(Table, found)
    assert read(listed).height == records.height > 1
    assert sorted(read(listed)[lang.text("Year")]) == sorted(map(str, records["year"]))
    total = lang.interval(*records.select(pl.col("low", "high").sum()).row(0))
    assert (lang.text("Figure"), total) in facts(found)
    assert read(releases)[lang.text("Figure")].to_list().count(total) >= 1
    assert len(of(Remarks, found)) == len(of(Code, found)) == 1


def test_a_record_and_those_that_no_map_can_place():
    row = table("flows", evidence="counted").filter(pl.col("origin").is_null(), pl.col("high") > 0).row(0, named=True)
    for found in (blocks.record(EN, row["locator"]), blocks.lost(EN, COUNTED, row["locator"])):
        whole(EN, found, row)
    one, *_ = of(Table, blocks.record(EN, row["locator"]))
    assert read(one)["Year"].to_list() == [str(row["year"])]


@each_language
def test_a_list_of_citizenships_is_followed_by_all_detected_victims(lang):
    found = blocks.listed(lang, NEWEST, "ARG.2015")
    first, second = of(Heading, found)
    assert first.words.startswith(lang.text("Victims whose citizenship UNODC lists"))
    assert found[found.index(second) :] == blocks.of_indicator(lang, "detected_victims", NEWEST, "ARG.2015")


@each_language
def test_a_role_has_every_report_on_it(lang):
    every = table("roles", area="CRI", role="transit")
    found = blocks.role(lang, routes_filters.years(), "CRI.transit.hti")
    (reports,) = of(Table, found)
    assert read(reports).height == every.height
    assert read(reports)[lang.text("Report of")][0] == str(every["year"].max())
    assert lang.text("Coding") in dict(facts(found))
    (citation,) = of(Code, found)
    assert citation.text.startswith(found[0].words)


@each_language
def test_a_stock_of_migrants_has_the_number_of_persons(lang):
    row = table("migrant_stock_vintages", origin="BOL", destination="ARG", year=2019).row(0, named=True)
    found = blocks.stock_of(lang, table("migrant_stock_vintages", origin="BOL", destination="ARG", year=2019))
    whole(lang, found, row)
    assert (lang.text("Persons"), lang.number(row["persons"])) in facts(found)


@each_language
@pytest.mark.parametrize("mark", ["BRA.untoc.ratification", "BRB.palermo_protocol.ratification"])
def test_an_act_has_its_day_and_if_it_was_calculated_the_text_it_was_taken_from(lang, mark):
    area, treaty, action = mark.split(".")
    row = table("instruments", area=area, instrument=treaty, action=action).row(0, named=True)
    found = acts.act(lang, mark)
    whole(lang, found, row)
    assert lang.date(row["date"].isoformat()) in dict(facts(found))[lang.text("Date")]
    links = [block for block in of(Pairs, found) if block.address]
    texts = set(table("evidence", kind="treaty", locator=row["locator"])["url"].drop_nulls())
    number = {"untoc": "XVIII-12", "palermo_protocol": "XVIII-12-a"}[treaty]
    depositary = f"https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no={number}&chapter=18"
    assert {block.address for block in links} == {depositary, *(texts if row["derived"] else ())}


def test_all_acts_of_a_state_on_a_treaty_are_one_after_another():
    every = table("instruments", area="ARG", instrument="palermo_protocol")
    found = acts.act(EN, "ARG.palermo_protocol")
    assert len(of(Heading, found)) == len(of(Code, found)) == every.height > 1


@each_language
def test_a_missing_act_says_where_it_was_looked_for(lang):
    assert table("instruments", area="COL", instrument="smuggling_protocol").is_empty()
    found = acts.act(lang, "COL.smuggling_protocol.")
    assert lang.text("Action") in dict(facts(found))
    (citation,) = of(Code, found)
    assert dict(facts(found))[lang.text("File")] in citation.text


@each_language
def test_a_law_has_its_name_year_and_text_and_a_missing_one_the_list(lang):
    row = table("evidence", kind="law", actor="CRI").row(0, named=True)
    found = acts.law(lang, "CRI")
    (link,) = [block for block in of(Pairs, found) if block.address]
    assert link.address == row["url"]
    assert dict(facts(found))[lang.text("Year")] == "2013"
    assert dict(facts(found))[lang.text("Law cited")] in found[0].words
    missing = acts.law(lang, "BLZ")
    assert (lang.text("Law cited"), lang.text("No law cited")) in facts(missing)
    assert len(of(Code, found)) == len(of(Code, missing)) == 1


UNKNOWN = {
    "a year before all": lambda: blocks.of_indicator(EN, "detected_victims", NEWEST, "BRA.1900"),
    "a figure of a state": lambda: blocks.of_state(EN, "BRA", NEWEST, "detected_victims.1900"),
    "both": lambda: blocks.in_both(EN, "BRA.1900"),
    "an arrow": lambda: blocks.arrow(EN, COUNTED, "BRA.BRA.to_transit.ARG"),
    "a lost record": lambda: blocks.lost(EN, COUNTED, "nowhere.xlsx#1!1"),
    "a record": lambda: blocks.record(EN, "nowhere.xlsx#1!1"),
    "a list": lambda: blocks.listed(EN, NEWEST, "BRA.1900"),
    "a role": lambda: blocks.role(EN, routes_filters.years(), "CRI.transit.nobody"),
    "changes": lambda: blocks.changes(EN, row_keys.CELL, "detected_victims", True, "BRA.nothing"),
    "figures": lambda: blocks.figures(EN, row_keys.FIGURE, "ZZZ", NEWEST, "detected_victims"),
    "an act": lambda: acts.act(EN, "ARG.untoc.accession."),
    "a treaty": lambda: acts.act(EN, "ARG.rome_statute"),
    "a law": lambda: acts.law(EN, "ZZZ"),
}


@pytest.mark.parametrize("made", UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_mark_has_no_blocks(made):
    assert tuple(made()) == ()


def test_every_row_of_a_list_opens_its_own_passport():
    _, cells = blocks.cells(EN, row_keys.CELL, "detected_victims", NEWEST, "ARG")
    years = read(cells)["Year"].to_list()
    assert (cells.key, list(cells.marks)) == (row_keys.CELL, [f"ARG.{year}" for year in years])
    _, figures = blocks.figures(EN, row_keys.FIGURE, "ARG", NEWEST, "detected_victims")
    assert list(figures.marks) == [f"detected_victims.{year}" for year in years]
    _, changes = blocks.changes(EN, row_keys.CELL, "detected_victims", True, "BRA.revised")
    revised = table("revisions", indicator="detected_victims", area="BRA", kind="revised")
    assert len(changes.marks) == read(changes).height == revised.height > 0
    for one in (cells, changes):
        assert all(blocks.of_indicator(EN, "detected_victims", NEWEST, mark) for mark in one.marks)
        assert all(one.key.allows(mark) for mark in one.marks)


def test_the_ids_of_tables_are_unique_and_without_spaces():
    found = (*blocks.arrow(EN, COUNTED, "NIC.CRI.direct."), *blocks.of_any(EN, NEWEST, "BRA.detected_victims.2019"))
    names = [block.name for block in of(Table, found)]
    assert len(set(names)) == len(names)
    assert not any(" " in name for name in names)


@each_language
def test_a_mark_opens_a_passport_or_a_notice_and_no_mark_nothing(lang):
    show = partial(blocks.of_indicator, lang, "detected_victims", NEWEST)
    assert rows.passport(lang, row_keys.CELL, "", show) == ()
    (found,) = rows.passport(lang, row_keys.CELL, "BRA.2019", show)
    assert (found.anchor, found.heading) == ("passport-cell", lang.text("Details of your selection"))
    assert found.blocks == show("BRA.2019")
    (missing,) = rows.passport(lang, row_keys.CELL, "BRA.1900", show, "Other words")
    assert missing.heading == "Other words"
    assert missing.blocks == (Text([lang.text("The item in this link is not in this table.")], "notice"),)


@each_language
def test_a_disputed_figure_has_its_correction_in_its_table_and_in_its_passport(lang):
    data = pl.DataFrame({"area": ["CRI", "PAN"], "year": [2019, 2019]})
    sheet = tables.sheet(pl.DataFrame({lang.text("Figure"): ["62", "50"]}))
    common = {"indicator": "detected_victims"}
    make = partial(rows.row_table, lang, "id", "title", sheet, data, row_keys.CELL, of=common, searched=True)
    (plain,) = make()
    assert (plain.sheet, plain.marks, plain.searched) == (sheet, ("CRI.2019", "PAN.2019"), True)
    with disputed():
        marked, remarks = make()
        assert read(marked)[lang.text("Figure")].to_list() == ["62 ‡", "50"]
        assert [FINDING in line for line in remarks.lines] == [True]
        (said,) = of(Entries, blocks.of_any(lang, NEWEST, "CRI.detected_victims.2019"))
        assert said.label == lang.text("Replies and corrections")
        assert any(FINDING in one.words for one in said.entries)
        assert said == replies.of_figure(lang, TOTAL.split(":")[1:])[0]
        (flow,) = of(Entries, blocks.arrow(lang, COUNTED, "NIC.CRI.direct."))
        assert [FLOW_FINDING in one.words for one in flow.entries] == [True]
    assert rows.row_table(lang, "id", "title", sheet, data.clear(), row_keys.CELL) == ()


def test_an_answer_is_below_what_it_answers_and_only_web_addresses_are_links():
    row = {"actor": "BRA", "date": None, "kind": "reply", "finding": "We disagree", "depth": 0, "url": "https://a.org"}
    answers = pl.DataFrame([row, row | {"depth": 1, "url": "javascript:alert(1)"}], schema_overrides={"date": pl.Date})
    (found,) = replies.listed(EN, "Label", answers)
    assert [(one.depth, one.address) for one in found.entries] == [(0, "https://a.org"), (1, "")]
    assert replies.listed(EN, "Label", answers.clear()) == ()
