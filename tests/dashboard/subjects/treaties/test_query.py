"""Acts on treaties: who was party when, acts after the table's end, missing records; and laws."""

import csv
from collections import Counter
from datetime import date, datetime
from itertools import groupby

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.treaties import figures
from dashboard.subjects.treaties import query as treaties_query
from data.i18n import language
from data.treaties import SUBJECTS, treaties
from tests.dashboard.subjects.treaties.samples import (
    CLOSING,
    CLOSINGS,
    INSTRUMENTS,
    LAST,
    OTHER_FORMS,
    PALERMO,
    SMUGGLING,
    SNAPSHOT,
    snapshot,
)

EN = language("en")


def standings(year, treaty=PALERMO):
    return treaties_query.standings.of(SNAPSHOT, treaty, year)


@pytest.mark.parametrize(
    ("release", "day"),
    [
        ("2014-01", date(2014, 1, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2014", date(2014, 12, 31)),
        ("2026-05-12", date(2026, 5, 12)),
    ],
)
def test_a_release_covers_up_to_its_last_day(release, day):
    assert treaties_query.end(release) == day


def test_the_table_ends_at_printed_dates_not_derived_ones():
    assert treaties_query.closings.of(SNAPSHOT) == CLOSINGS
    assert treaties_query.years.of(SNAPSHOT, PALERMO) == (2000, 2014)


def test_a_table_of_another_instrument_moves_neither_its_first_nor_its_last_day():
    other = ("CRI", "child_labour_convention", "ratification", date(1999, 9, 1), False, "ilo", "2024-03", "i.csv#row 2")
    act = INSTRUMENTS.limit(1).with_columns(
        **dict(zip(INSTRUMENTS.collect_schema().names(), map(pl.lit, other), strict=False))
    )
    tables = snapshot(instruments=pl.concat([INSTRUMENTS, act]))
    assert treaties_query.closings.of(tables) == {**CLOSINGS, other[1]: "2024-03"}
    assert treaties_query.shown.of(tables) == (PALERMO, SMUGGLING)


def test_the_table_of_each_treaty_ends_with_its_own_release():
    earlier = pl.when(instrument=SMUGGLING).then(pl.lit("2001-06")).otherwise("release")
    tables = snapshot(instruments=INSTRUMENTS.with_columns(release=earlier))
    assert treaties_query.closings.of(tables) == {PALERMO: CLOSING, SMUGGLING: "2001-06"}
    assert treaties_query.years.of(tables, SMUGGLING) == (2000, 2001)
    ends = [set(treaties_query.standings.of(tables, treaty, 2014)["as_of"]) for treaty in CLOSINGS]
    assert ends == [{LAST}, {date(2001, 6, 30)}]


def test_acts_that_nobody_printed_count_where_there_are_no_others():
    typed = pl.col("transcribed") | (pl.col("instrument") == SMUGGLING)
    tables = snapshot(instruments=INSTRUMENTS.with_columns(transcribed=typed))
    assert treaties_query.closings.of(tables) == CLOSINGS


def test_every_treaty_has_a_shape_and_a_line_of_its_own():
    # A chart has the treaties of one subject, which stand together in the file.
    subjects = [treaties()[name].subject for name in treaties_query.TREATIES]
    assert [subject for subject, _ in groupby(subjects)] == [name for name in SUBJECTS if name in subjects]
    for name in ("SHAPES", "DASHES"):
        kinds = getattr(figures, name)
        assert len(set(kinds)) >= max(Counter(subjects).values()), f"add one to {name} in subjects/treaties/figures.py"
    ranks = {name: treaties_query.rank(name) for name in treaties_query.TREATIES}
    assert all(ranks[name] < subjects.count(treaties()[name].subject) for name in ranks)


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        # Barbados signed in 2001; its derived deposit of November 2014 is after the table's end.
        (2000, ["signed", "later", "later", "none", "later"]),
        (2001, ["signed", "later", "signed", "none", "signed"]),
        (2002, ["party", "party", "signed", "none", "signed"]),
        (2003, ["party", "party", "signed", "none", "party"]),
        (2013, ["party", "party", "signed", "none", "party"]),
        (2014, ["party", "party", "after", "none", "party"]),
    ],
)
def test_a_state_s_standing_follows_its_acts_up_to_the_end_of_the_year(year, expected):
    assert standings(year)["standing"].to_list() == expected


def test_a_standing_names_its_days_and_cells():
    rows = {row["area"]: row for row in standings(2014).iter_rows(named=True)}
    barbados = rows["BRB"]
    assert (barbados["signature"], barbados["deposit"], barbados["after"]) == (
        date(2001, 9, 26),
        None,
        date(2014, 11, 11),
    )
    assert (barbados["action"], barbados["derived"], barbados["as_of"]) == ("ratification", True, LAST)
    assert barbados["locators"] == ["i.csv#row 2", "p.csv#row 4"]
    assert (rows["COL"]["sources"], rows["COL"]["action"]) == ([], None)
    assert standings(2003)["as_of"].unique().to_list() == [date(2003, 12, 31)]


def test_a_derived_day_within_the_table_counts():
    early = INSTRUMENTS.with_columns(
        date=pl.when("derived").then(pl.lit(date(2012, 5, 1))).otherwise("date"),
    )
    rows = treaties_query.standings.of(snapshot(instruments=early), PALERMO, 2012).filter(area="BRB").row(0, named=True)
    assert (rows["standing"], rows["deposit"], rows["derived"]) == ("party", date(2012, 5, 1), True)


def test_the_steps_count_only_deposits_up_to_the_table_s_end():
    rows = treaties_query.steps.of(SNAPSHOT, (PALERMO, SMUGGLING))
    assert rows.rows() == [
        (PALERMO, date(2002, 11, 19), ["ARG", "BOL"], 2),
        (PALERMO, date(2003, 12, 31), ["CRI"], 3),
    ]
    assert treaties_query.steps.of(SNAPSHOT, (SMUGGLING,)).is_empty()


def test_every_act_and_every_state_without_one_has_a_row():
    rows = treaties_query.acts.of(SNAPSHOT, (SMUGGLING, PALERMO))
    assert rows.select("area", "instrument", "action").rows() == [
        ("ARG", SMUGGLING, None),
        ("ARG", PALERMO, "signature"),
        ("ARG", PALERMO, "ratification"),
        ("BOL", SMUGGLING, "signature"),
        ("BOL", PALERMO, "accession"),
        ("BRB", SMUGGLING, None),
        ("BRB", PALERMO, "signature"),
        ("BRB", PALERMO, "ratification"),
        ("COL", SMUGGLING, None),
        ("COL", PALERMO, None),
        ("CRI", SMUGGLING, None),
        ("CRI", PALERMO, "signature"),
        ("CRI", PALERMO, "ratification"),
    ]


OTHERS = snapshot(instruments=OTHER_FORMS)
YEAR_ONLY = snapshot(
    instruments=INSTRUMENTS.with_columns(
        date_precision=pl.when(area="CRI", action="ratification").then(pl.lit("year")).otherwise("date_precision"),
        date=pl.when(area="CRI", action="ratification").then(pl.lit(date(2003, 1, 1))).otherwise("date"),
    )
)


def test_every_act_of_a_state_has_its_release_and_the_year_if_known():
    sample = snapshot(instruments=OTHER_FORMS)
    assert sorted(treaties_query.act_years.of(sample, "BRB").rows()) == [
        ("reference", "2026-11-25", 2014),
        ("untc", "2014-01", 2001),
    ]
    assert treaties_query.act_years.of(sample, "COL").rows() == [("typed", "2019", None)]


def test_of_two_sources_both_are_shown_and_the_exact_one_counts():
    rows = treaties_query.acts.of(OTHERS, (PALERMO,)).filter(area="ARG", action="ratification")
    assert rows.select("date", "date_precision", "source", "differs").rows() == [
        (date(2002, 11, 19), "day", "untc", True),
        (date(2003, 1, 1), "year", "years", True),
    ]
    standing = treaties_query.standings.of(OTHERS, PALERMO, 2002).row(by_predicate=pl.col("area") == "ARG", named=True)
    assert (standing["standing"], standing["deposit"], standing["differs"]) == ("party", date(2002, 11, 19), True)
    assert standing["sources"] == ["untc", "years"]
    # The step is that of the exact source, once.
    assert treaties_query.steps.of(OTHERS, (PALERMO,)).row(0)[1:] == (date(2002, 11, 19), ["ARG", "BOL"], 2)


def test_a_year_agrees_with_its_days_and_a_party_without_a_date_with_every_act():
    agreeing = OTHER_FORMS.with_columns(
        date=pl.when(pl.col("source") == "years").then(pl.lit(date(2002, 1, 1))).otherwise("date"),
        area=pl.when(pl.col("source") == "typed").then(pl.lit("ARG")).otherwise("area"),
    )
    rows = treaties_query.acts.of(snapshot(instruments=agreeing), (PALERMO,)).filter(area="ARG")
    assert rows["differs"].to_list() == [False] * 4
    other = agreeing.with_columns(
        action=pl.when(pl.col("source") == "years").then(pl.lit("accession")).otherwise("action")
    )
    rows = treaties_query.acts.of(snapshot(instruments=other), (PALERMO,)).filter(area="ARG")
    assert sorted(rows.filter("differs")["action"]) == ["accession", "participation", "ratification"]


def test_a_party_without_a_date_is_a_party_in_every_year_and_in_no_step():
    for year in (2000, 2014):
        rows = treaties_query.standings.of(OTHERS, PALERMO, year).filter(area="COL")
        assert rows.select("standing", "deposit", "action").rows() == [("undated", None, "participation")]
    assert "COL" not in treaties_query.steps.of(OTHERS, (PALERMO,))["areas"].explode().to_list()


def test_an_act_of_a_year_counts_from_the_end_of_that_year():
    rows = treaties_query.steps.of(YEAR_ONLY, (PALERMO,))
    assert rows.row(1)[1:] == (date(2003, 12, 31), ["CRI"], 3)
    for year, standing in ((2002, "signed"), (2003, "party")):
        rows = treaties_query.standings.of(YEAR_ONLY, PALERMO, year).filter(area="CRI")
        assert rows["standing"].to_list() == [standing]


def test_a_typed_source_does_not_set_the_end_of_the_table():
    assert treaties_query.closings.of(OTHERS)[PALERMO] == CLOSING


def test_a_law_appears_once_in_its_latest_version_and_a_missing_law_is_an_empty_row():
    rows = treaties_query.laws.of(SNAPSHOT)
    assert rows.select("area", "title", "year").rows() == [
        ("ARG", "Law 1, as corrected", 2009),
        ("BOL", None, None),
        ("BRB", None, None),
        ("COL", None, None),
        ("CRI", "Law 2", None),
    ]


def test_the_texts_of_a_transcribed_act_are_found_by_its_cell():
    rows = [
        ("treaty", "i.csv#row 2", "https://b"),
        ("treaty", "i.csv#row 2", "https://a"),
        ("treaty", "i.csv#row 2", None),
    ]
    rows += [("treaty", "i.csv#row 3", "https://c"), ("law", "i.csv#row 2", "https://d")]
    evidence = pl.LazyFrame(rows, schema=["kind", "locator", "url"], orient="row")
    snap = snapshot(evidence=evidence)
    assert treaties_query.texts.of(snap, "i.csv#row 2") == ["https://a", "https://b"]
    assert treaties_query.texts.of(snap, "i.csv#row 9") == []


PRINTED = {
    "Bolivia (Plurinational State of)": "BOL",
    "St. Kitts and Nevis": "KNA",
    "St. Lucia": "LCA",
    "St. Vincent and the Grenadines": "VCT",
    "Venezuela (Bolivarian Republic of)": "VEN",
    "United States of America": "USA",
}
NUMBERS = {"palermo_protocol": "XVIII-12-a_", "untoc": "XVIII-12_", "smuggling_protocol": "XVIII-12-b_"}
# Counted by hand in the three files: every participant of the region with a day in the column of deposits.
PARTIES = {"palermo_protocol": 34, "untoc": 34, "smuggling_protocol": 31}


def printed(mirror, treaty):
    """Area, day of signature and of deposit (or None) of the participants of the region."""
    path = next(mirror.glob(f"untc/untc_{NUMBERS[treaty]}*.csv"))
    known = {EN.country(code): code for code in store.areas()} | PRINTED
    with path.open(encoding="utf-8", newline="") as file:
        head, *body = csv.reader(file)
    assert head[0] == "Participant"
    return {known[name]: tuple(map(day, cells)) for name, *cells in body if name in known}


def day(cell):
    """`8 Jun 2012 a` as a date, without the mark of the act."""
    return datetime.strptime(" ".join(cell.split()[:3]), "%d %b %Y").date() if cell else None  # noqa: DTZ007 - a day


@pytest.mark.real
@pytest.mark.parametrize("treaty", NUMBERS)
def test_the_parties_of_every_year_are_those_of_the_depositary_s_file(mirror, treaty):
    acts = printed(mirror, treaty)
    for year in range(2000, 2015):
        rows = treaties_query.standings(treaty, year)
        cut = min(date(year, 12, 31), LAST)
        parties = {area for area, (_, deposit) in acts.items() if deposit and deposit <= cut}
        signed = {area for area, (day, _) in acts.items() if day and day <= cut} - parties
        assert set(rows.filter(standing="party")["area"]) == parties
        assert set(rows.filter(pl.col("standing").is_in(["signed", "after"]))["area"]) == signed
        assert set(rows.filter(standing="none")["area"]) == set(store.areas()) - set(acts)
    assert len(parties) == PARTIES[treaty]


@pytest.mark.real
@pytest.mark.parametrize("treaty", NUMBERS)
def test_the_steps_are_the_days_of_the_depositary_s_file(mirror, treaty):
    days = Counter(deposit for _, deposit in printed(mirror, treaty).values() if deposit)
    rows = treaties_query.steps((treaty,))
    assert dict(zip(rows["date"], rows["areas"].list.len(), strict=True)) == days
    assert rows["parties"][-1] == sum(days.values()) == PARTIES[treaty]


def test_34_of_35_were_party_to_the_protocol_by_january_2014():
    """All except Barbados, which had signed; its derived deposit is from November 2014."""
    rows = treaties_query.standings(PALERMO, 2014)
    assert rows.height == 35
    assert rows.filter(standing="party").height == PARTIES[PALERMO]
    assert rows.filter(pl.col("standing") != "party").select("area", "standing").rows() == [("BRB", "after")]


def test_the_laws_are_those_of_the_reviewed_file():
    from data.reviewed import REFERENCE

    with (REFERENCE / "laws.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["area"]: (row["title"], row["year"]) for row in csv.DictReader(file)}
    rows = treaties_query.laws()
    by_state = {
        row["area"]: (row["title"], str(row["year"] or "")) for row in rows.iter_rows(named=True) if row["title"]
    }
    assert by_state == listed
    assert rows.height == 35
