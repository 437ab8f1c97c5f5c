from datetime import date

import polars as pl
import pytest

from dashboard.store import Tables
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger.query import EntryFilter
from tests.dashboard.subjects.ledger.samples import APART, AREAS, COMMITMENTS, EVIDENCE, SNAPSHOT, frame, snapshot

CODING, FIGURE, REPORTED = "hti2008:ARG:task_force", "statistic:persons_convicted:ARG:2019:1", "report:ARG:2019:1"


def cells(chosen=None):
    matrix = ledger_query.matrix(EVIDENCE, COMMITMENTS, AREAS, chosen)
    return {(row["paragraph"], row["actor"]): row for row in matrix.iter_rows(named=True)}


def ids(**filters):
    return ledger_query.rows.of(SNAPSHOT, EntryFilter(**filters))["id"].to_list()


def test_each_paragraph_has_a_cell_for_each_responsible_actor():
    states = [(number, area) for number in (1, 14, 30) for area in AREAS]
    assert sorted(cells()) == sorted([*states, (9, "OAS-GS"), (14, "COLLECTIVE"), (31, "COLLECTIVE")])


def test_a_cell_shows_the_best_grade_and_treaty_acts_are_facts_only_in_fact_paragraphs():
    grades = {key: row["grade"] for key, row in cells().items()}
    assert {key: grade for key, grade in grades.items() if grade != "none"} == {
        (1, "ARG"): "reviewed",
        (1, "CRI"): "background",
        (1, "CUB"): "figure",
        (1, "PRY"): "figure",
        (9, "OAS-GS"): "state_report",
        (14, "CRI"): "public_document",
        (30, "ARG"): "fact",
        (30, "CUB"): "fact",
        (30, "PRY"): "state_report",
    }


def test_the_status_comes_from_the_latest_version_of_the_newest_document():
    by_cell = cells()
    # The review has the better grade but is from the year before the report.
    assert by_cell[1, "ARG"]["status"] == "substantial"
    assert [row["status"] for key, row in by_cell.items() if key != (1, "ARG")] == [None] * (len(by_cell) - 1)


def test_versions_and_replies_are_not_counted_as_entries():
    row = cells()[1, "ARG"]
    assert (row["entries"], row["replies"], row["begins"], row["ends"]) == (4, 2, 2008, 2019)


def test_n_of_n_excludes_background_and_non_participants():
    counts = ledger_query.counts(ledger_query.matrix(EVIDENCE, COMMITMENTS, AREAS), APART)
    assert counts.select("paragraph", "n", "counted_of", "background", "none", "figure").rows() == [
        # Argentina out of Argentina, Costa Rica and Paraguay, which has a figure only; Cuba's figure is not counted.
        (1, 1, 3, 1, 0, 1),
        (9, None, None, None, None, None),
        (14, 1, 3, 0, 2, 0),
        # Facts of any date from all states; a report is not a fact.
        (30, 2, 4, 0, 1, 0),
        (31, None, None, None, None, None),
    ]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"paragraphs": (14,)}, ["law:CRI"]),
        ({"paragraphs": (30,), "actors": ("PRY", "CUB")}, ["treaty:untoc:ratification:CUB:30", "report:PRY:2018:30"]),
        ({"grades": ("background",), "actors": ("CRI",)}, ["hti2008:CRI:legal_aid"]),
        # A span selects entries it overlaps; an undated entry matches only the whole span.
        ({"first": 2019, "last": 2020, "whole": False, "actors": ("CRI",)}, []),
        ({"first": 2020, "last": 2021, "whole": False, "actors": ("CUB",)}, ["statistic:persons_convicted:CUB:2020:1"]),
    ],
)
def test_filters_select_matching_entries(filters, expected):
    assert ids(**filters) == expected


def test_a_reply_is_selected_with_its_entry_and_a_reply_to_a_figure_alone():
    mine = {"actors": ("ARG",), "paragraphs": (1,)}
    assert ids(**mine, grades=("reviewed",)) == ["correction:ARG:1", "reply:ARG:1", "review:ARG:2018:1"]
    assert ids(**mine, grades=("background",)) == ["correction:ARG:1", CODING]


def test_entries_are_latest_first_each_followed_by_its_replies():
    threads = ledger_query.threads(ledger_query.rows.of(SNAPSHOT, EntryFilter(paragraphs=(1,))), AREAS)
    assert threads.select("actor", "id", "depth").rows() == [
        ("ARG", REPORTED, 0),
        ("ARG", FIGURE, 0),
        ("ARG", "review:ARG:2018:1", 0),
        ("ARG", "reply:ARG:1", 1),
        ("ARG", CODING, 0),
        ("ARG", "correction:ARG:1", 0),
        ("CRI", "hti2008:CRI:legal_aid", 0),
        ("CUB", "statistic:persons_convicted:CUB:2020:1", 0),
        ("PRY", "statistic:persons_convicted:PRY:2020:1", 0),
    ]


def test_what_was_found_for_a_state_has_only_the_best_grade_of_each_paragraph():
    areas = pl.LazyFrame({"area": AREAS})
    snap = Tables({"evidence": frame(), "areas": areas})
    rows = ledger_query.found.of(snap, EntryFilter(actors=("ARG",)))
    # Paragraphs 1 and 30 are also in the declaration's own file; a treaty act is a fact under the second.
    assert rows.select("paragraph", "id", "grade").rows() == [
        (1, "review:ARG:2018:1", "reviewed"),
        (30, "treaty:untoc:ratification:ARG:30", "fact"),
    ]
    recent = ledger_query.found.of(snap, EntryFilter(actors=("ARG",), first=2019, last=2019, whole=False))
    assert recent["id"].to_list() == ["report:ARG:2019:1"]
    assert ledger_query.statuses.of(snap, EntryFilter(actors=("ARG",))) == {1: "substantial"}
    assert ledger_query.statuses.of(snap, EntryFilter(actors=("CRI",))) == {}


def test_every_version_is_kept_and_replies_are_found_by_their_target():
    assert ledger_query.versions.of(SNAPSHOT, REPORTED)["status"].to_list() == ["substantial", "limited"]
    assert ledger_query.replies.of(SNAPSHOT, "review:ARG:2018:1")["id"].to_list() == ["reply:ARG:1"]
    assert ledger_query.replies.of(SNAPSHOT, "figure:persons_convicted:ARG:2019:t:t:t")["id"].to_list() == [
        "correction:ARG:1"
    ]


def test_the_years_are_those_of_any_entry():
    assert ledger_query.years.of(SNAPSHOT) == (2002, 2020)


def test_without_a_single_entry_every_cell_is_empty():
    matrix = ledger_query.matrix(EVIDENCE.filter(pl.lit(value=False)), COMMITMENTS, AREAS)
    assert matrix["grade"].unique().to_list() == ["none"]
    assert matrix.select(pl.col("entries", "replies").sum()).row(0) == (0, 0)


THREAD = [
    ("report:ARG:2019:1", 1, 1, "ARG", "state_report", "report", 2019, None, None, date(2020, 2, 1)),
    ("review:1", 1, 1, "ARG", "reviewed", "review", 2019, None, "report:ARG:2019:1", date(2020, 3, 1)),
    ("reply:a", 1, 1, "ARG", "reply", "reply", None, None, "review:1", date(2020, 4, 1)),
    # Of two replies to one reply the later comes first here.
    ("reply:b", 1, 1, "ARG", "reply", "reply", None, None, "reply:a", date(2020, 6, 1)),
    ("reply:c", 1, 1, "ARG", "reply", "reply", None, None, "reply:a", date(2020, 5, 1)),
    ("reply:d", 1, 1, "ARG", "reply", "reply", None, None, "reply:c", date(2021, 1, 1)),
    ("reply:e", 1, 1, "ARG", "reply", "reply", None, None, "review:1", date(2020, 4, 2)),
    ("correction:1", 1, 1, "ARG", "reply", "reply", None, None, "figure:x:ARG:2019:t:t:t", date(2022, 1, 1)),
    ("reply:f", 1, 1, "ARG", "reply", "reply", None, None, "correction:1", date(2022, 2, 1)),
]
BELOW = [("review:1", 1), ("reply:a", 2), ("reply:c", 3), ("reply:d", 4), ("reply:b", 3), ("reply:e", 2)]


def test_a_thread_lists_each_reply_after_its_target():
    thread = ledger_query.threads(ledger_query.rows.of(snapshot(THREAD), EntryFilter()), AREAS)
    alone = [("correction:1", 0), ("reply:f", 1)]
    assert thread.select("id", "depth").rows() == [*alone, ("report:ARG:2019:1", 0), *BELOW]


def test_replies_to_an_entry_or_a_figure_are_found_at_every_depth():
    replies = ledger_query.replies.of(snapshot(THREAD), "report:ARG:2019:1").select("id", "depth").rows()
    assert replies == [(reply, depth - 1) for reply, depth in BELOW]
    replies = (
        ledger_query.replies.of(snapshot(THREAD), "figure:x:ARG:2019:t:t:t", "flow:x").select("id", "depth").rows()
    )
    assert replies == [("correction:1", 0), ("reply:f", 1)]


def test_replies_pass_a_filter_with_their_targets():
    rows = ledger_query.rows.of(snapshot(THREAD), EntryFilter(grades=("state_report",)))
    # Entries of other grades are left out, but replies to them stay.
    assert set(rows["id"]) == {row[0] for row in THREAD} - {"review:1"}
    rows = ledger_query.threads(ledger_query.rows.of(snapshot(THREAD), EntryFilter(grades=("reviewed",))), AREAS)
    assert ("review:1", 0) in rows.select("id", "depth").rows()
    assert ("reply:d", 3) in rows.select("id", "depth").rows()
    rows = ledger_query.rows.of(snapshot(THREAD), EntryFilter(grades=("public_document",)))
    assert set(rows["id"]) == {"correction:1", "reply:f"}


def test_a_cycle_of_replies_does_not_hang():
    circle = [(name, 1, 1, "ARG", "reply", "reply", None, None, to, None) for name, to in (("a", "b"), ("b", "a"))]
    assert ledger_query.threads(ledger_query.rows.of(snapshot(circle), EntryFilter()), AREAS).height <= 2
