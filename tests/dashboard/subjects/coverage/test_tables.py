import polars as pl

from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.coverage import revisions as coverage_revisions
from dashboard.subjects.coverage import tables as coverage_tables
from dashboard.words import tables
from data.i18n import language
from tests.dashboard.subjects.coverage.samples import REVISIONS, SNAPSHOT, VICTIMS

EN = language("en")


def test_what_each_state_reports():
    rows = coverage_query.states.of(SNAPSHOT, VICTIMS)
    table = coverage_tables.states(rows, EN)
    assert table.row(1, named=True) == {
        "State": "Bolivia",
        "Years with a figure": "2",
        "Years in all": "3",
        "First year": "2017",
        "Last year": "2018",
        "Exact figure": "0",
        "Zero": "1",
        "Fewer than five": "1",
        "Conflicting figures": "0",
        "Withdrawn": "0",
        "No figure": "1",
    }
    assert table.row(3)[3:5] == (tables.NONE, tables.NONE)


def test_every_change_in_words():
    table = coverage_tables.revisions_table(REVISIONS.collect(), EN)
    assert table.select("State", "Change", "Figure before", "Figure after").rows() == [
        ("Argentina", "Revised", "9", "10"),
        ("Bolivia", "Change in how “<5” is published", "0–4 (fewer than five)", "0"),
        ("Bolivia", "Change in how “<5” is published", "0–4 (fewer than five)", "1–4 (fewer than five)"),
        ("Costa Rica", "Withdrawn", "6", tables.NONE),
    ]
    assert table.row(0)[1:5] == ("2017", "All sexes", "All ages", "All forms of exploitation")


def test_a_reading_without_a_figure_says_why():
    row = REVISIONS.collect().head(1).to_dicts()[0] | {"low_to": None, "high_to": None, "status_to": "conflicting"}
    table = coverage_tables.revisions_table(pl.DataFrame([row], schema=REVISIONS.collect_schema()), EN)
    assert table["Figure after"].to_list() == ["Conflicting figures"]


def test_several_printed_values_are_shown_as_printed_before_and_after():
    ends = {f"{name}_{end}": None for name in ("low", "high") for end in ("from", "to")}
    ends |= {"status_from": "conflicting", "status_to": "conflicting", "kind": "revised"}
    row = REVISIONS.collect().head(1).to_dicts()[0] | ends | {"printed_from": "11; <5", "printed_to": "12; 0"}
    for code, before, after in (
        ("en", "Conflicting figures: 11; <5", "Conflicting figures: 12; 0"),
        ("es", "Cifras contradictorias: 11; <5", "Cifras contradictorias: 12; 0"),
        ("pt", "Dados conflitantes: 11; <5", "Dados conflitantes: 12; 0"),
        ("fr", "Chiffres contradictoires\u202f: 11\u202f; <5", "Chiffres contradictoires\u202f: 12\u202f; 0"),
    ):
        table = coverage_tables.revisions_table(pl.DataFrame([row]), language(code))
        assert (table[0, 7], table[0, 9]) == (before, after)


def test_changes_of_each_state_and_totals_of_each_release():
    changes = coverage_tables.changes(coverage_revisions.by_state(REVISIONS.collect()), EN)
    assert changes.row(1) == ("Bolivia", "Change in how “<5” is published", "2", "2")
    releases = coverage_tables.releases(coverage_revisions.releases.of(SNAPSHOT, VICTIMS, "BOL"), EN)
    assert releases.rows()[:2] == [
        ("2017", "14 April 2025", "0–4", "Fewer than five"),
        ("2017", "28 October 2025", "0", "Zero"),
    ]
