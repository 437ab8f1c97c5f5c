"""Texts of the treaty chart, map and tables: two sentences each, absence is not refusal, derived dates are marked."""

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import tables as treaties_tables
from dashboard.subjects.treaties import words as treaties_words
from dashboard.words import tables
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.treaties.samples import (
    CLOSING,
    CLOSINGS,
    OTHER_FORMS,
    PALERMO,
    SMUGGLING,
    SNAPSHOT,
    snapshot,
)

EN = language("en")
ACTS = treaties_query.acts.of(SNAPSHOT, (PALERMO,))


def standings(year):
    return treaties_query.standings.of(SNAPSHOT, PALERMO, year)


def test_the_description_of_the_map_names_who_is_not_a_party():
    assert treaties_words.on_map(EN, standings(2002)) == "Signed only: Barbados and Costa Rica; no action: Colombia."
    # Barbados has signed; its derived deposit is after the table's end, so it is not a party.
    assert treaties_words.on_map(EN, standings(2014)) == (
        "Signed before that date, instrument deposited later: Barbados; no action: Colombia."
    )


def test_the_heading_of_the_map_has_its_end_date():
    assert treaties_words.on_map_heading(EN, PALERMO, standings(2003), 2003, CLOSING) == (
        "3 of 5 states were parties to the Protocol on Trafficking in Persons (2000) at the end of 2003"
    )
    # Barbados is named, not counted.
    assert treaties_words.on_map_heading(EN, PALERMO, standings(2014), 2014, CLOSING) == (
        "3 of 5 states had become parties to the Protocol on Trafficking in Persons (2000) by January 2014, the end of "
        "our data; later also Barbados"
    )


def test_the_first_words_are_on_all_states_only_if_each_has_joined():
    # Colombia has no act.
    assert treaties_words.joined(EN, PALERMO, standings(2014), CLOSING) == (
        "3 of 5 states had become parties to the Protocol on Trafficking in Persons (2000) by January 2014, the end of "
        "our data; later also Barbados."
    )
    without = standings(2014).filter(pl.col("area") != "COL")
    assert treaties_words.joined(EN, PALERMO, without, CLOSING) == (
        "All 4 states have joined the Protocol on Trafficking in Persons (2000): 3 in the table of January "
        "2014, and Barbados after it."
    )
    # Nobody came later: that the data end says nothing of a state without an act.
    parties = without.filter(pl.col("area") != "BRB")
    assert treaties_words.joined(EN, PALERMO, parties, CLOSING) == (
        "3 of 3 states had become parties to the Protocol on Trafficking in Persons (2000) by January 2014, the end of "
        "our data."
    )
    # A signature binds nobody.
    signed = (
        standings(2014)
        .filter(pl.col("area") != "COL")
        .with_columns(standing=pl.when(pl.col("area") == "CRI").then(pl.lit("signed")).otherwise(pl.col("standing")))
    )
    assert treaties_words.joined(EN, PALERMO, signed, CLOSING).startswith("2 of 4 states had become parties")


def test_the_chart_has_one_sentence():
    steps = treaties_query.steps.of(SNAPSHOT, (PALERMO, SMUGGLING))
    assert treaties_words.in_time(EN, (PALERMO, SMUGGLING), steps, 5) == (
        "Protocol on Trafficking in Persons (2000): 3 of 5 states deposited their instruments between 19 November "
        "2002 and 31 December 2003; Protocol against the Smuggling of Migrants (2000): no state deposited an "
        "instrument."
    )


def test_the_title_of_the_chart_of_one_treaty_says_when_more_than_half_had_deposited():
    steps = treaties_query.steps.of(SNAPSHOT, (PALERMO,))
    assert treaties_words.in_time_heading(EN, (PALERMO,), steps, 5) == (
        "Most of the 5 states had joined by 31 December 2003"
    )
    assert treaties_words.in_time_heading(EN, (PALERMO,), steps, 6) == "Deposits on 1 treaty"
    many = (PALERMO, SMUGGLING)
    assert treaties_words.in_time_heading(EN, many, steps, 5) == "Deposits on 2 treaties"
    deposited = "States that had deposited their instruments by January 2014"
    measured = treaties_words.in_time_measured(EN, many, "January 2014")
    assert measured == f"Trafficking, organized crime · {deposited}"


def test_the_end_of_the_data_is_one_day_or_names_the_treaties_of_each():
    assert treaties_words.as_of(EN, CLOSINGS, CLOSINGS) == "January 2014"
    apart = {PALERMO: "2014-07-10", SMUGGLING: "2010-03", "untoc": "2014-07-10"}
    assert treaties_words.as_of(EN, apart, [SMUGGLING]) == "March 2010"
    assert treaties_words.as_of(EN, apart, apart) == (
        "10 July 2014 (Trafficking protocol and Palermo Convention), and March 2010 (Smuggling protocol)"
    )


def test_an_act_after_the_table_s_end_is_named_as_such():
    (sentence,) = treaties_words.beyond(EN, ACTS, CLOSING)
    assert sentence == (
        "Barbados: ratification on 11 November 2014 (calculated), after the end of our data; "
        "not counted on the map or in the chart. Date calculated: "
        "30 days before entry into force, 11 December 2014."
    )
    assert treaties_words.beyond(EN, ACTS.filter(derived=False), CLOSING) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_calls_a_state_without_an_act_a_non_party(code):
    lang = language(code)
    text = " ".join(
        [
            *treaties_words.limits(lang, lang.date(CLOSING)),
            treaties_words.on_map(lang, standings(2014)),
            *treaties_tables.acts(ACTS, lang, CLOSINGS).to_series(2),
            treaties_tables.unread(lang),
        ]
    ).lower()
    for words in ("not a party", "not party", "no es parte", "não é parte", "n’est pas partie", "non-part"):
        assert words not in text


def test_the_table_of_acts_marks_what_is_derived_and_says_from_what():
    table = treaties_tables.acts(ACTS, EN, CLOSINGS)
    rows = {(row["State"], row["Action"]): row for row in table.iter_rows(named=True)}
    barbados = rows["Barbados", "Ratification"]
    assert barbados["Date"] == "11 November 2014 (calculated)"
    assert barbados["Remark"] == (
        "Date calculated: 30 days before entry into force, 11 December 2014. "
        "Transcribed by one person; not yet checked by a second. "
        "After the end of our data."
    )
    assert (rows["Argentina", "Signature"]["Date"], rows["Argentina", "Signature"]["Remark"]) == (
        "12 December 2000",
        "",
    )
    absent = rows["Colombia", "No action recorded as of January 2014"]
    assert {absent["Date"], absent["Source"], absent["Source cell"]} == {tables.NONE}


def test_the_basis_of_a_date_is_written_in_words_even_if_unknown():
    row = {"derived": True, "note": "deposited_with_palermo_protocol: 2014-11-11"}
    assert treaties_tables.basis(EN, row).endswith("with the Protocol on Trafficking in Persons on 11 November 2014.")
    assert treaties_tables.basis(EN, row | {"note": "another: 2014"}) == "another: 2014"
    assert treaties_tables.basis(EN, row | {"note": None}) == "Date calculated."


OTHERS = treaties_query.acts.of(snapshot(instruments=OTHER_FORMS), (PALERMO,))


def test_a_remark_says_all_that_is_known_of_an_act():
    table = treaties_tables.acts(OTHERS, EN, CLOSINGS)
    rows = {(row["State"], row["Source cell"]): row for row in table.iter_rows(named=True)}
    assert [rows["Argentina", cell]["Date"] for cell in ("p.csv, row 2", "y.csv, row 2")] == [
        "19 November 2002",
        "2003",
    ]
    differ = "Sources differ: one row for each."
    assert rows["Argentina", "p.csv, row 2"]["Remark"] == differ
    assert rows["Argentina", "y.csv, row 2"]["Remark"] == f"Reservation or declaration on: articles 16 and 18. {differ}"
    party = rows["Colombia", "t.csv, row 2"]
    assert (party["Action"], party["Date"]) == ("Party", "date unknown")
    assert party["Remark"] == "Transcribed by one person; not yet checked by a second."
    doubt = rows["Bolivia", "p.csv, row 3"]
    assert (doubt["Action"], doubt["Date"]) == ("Ratification", "19 November 2002")
    assert doubt["Remark"].startswith("Doubtful: published as a ratification")


def test_doubts_and_parties_without_a_date_are_named_beside_the_map():
    (doubt,) = treaties_words.doubtful(EN, OTHERS)
    assert doubt.startswith(
        "Bolivia, Protocol on Trafficking in Persons (2000): ratification, 19 November 2002. Doubtful:"
    )
    assert treaties_words.undated(EN, OTHERS) == ["Party, date unknown, so not in the chart: Colombia."]
    assert treaties_words.doubtful(EN, ACTS) == treaties_words.undated(EN, ACTS) == []


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("ratified_without_signature", "is published."),
        ("deposited_before_signature: 2001-02-03", "the signature is published as 3 February 2001, after this act."),
        ("in_force_before_deposit: 2001-02-03", "is published as 3 February 2001, before this act."),
    ],
)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_doubt_has_words_in_every_language(code, note, words):
    lang = language(code)
    sentence = treaties_tables.basis(lang, {"derived": False, "note": note})
    assert sentence.endswith(words) is (code == "en")
    assert "2001" in sentence or "2001" not in note
    both = treaties_tables.basis(
        lang, {"derived": True, "note": f"deposited_with_palermo_protocol: 2014-11-11; {note}"}
    )
    assert both.endswith(sentence)
    assert "2014" in both.removesuffix(sentence)


def test_the_list_of_laws_says_what_is_not_known():
    named = treaties_query.laws.of(SNAPSHOT)
    table = treaties_tables.laws(named, EN)
    law = "Law cited"
    assert table.select("State", "Year", law).rows() == [
        ("Argentina", "2009", "Law 1, as corrected"),
        ("Bolivia", "–", "No law cited"),
        ("Barbados", "–", "No law cited"),
        ("Colombia", "–", "No law cited"),
        ("Costa Rica", "not known", "Law 2"),
    ]
    assert treaties_words.laws(EN, named)[1] == ("Without a law in our sources: Barbados, Bolivia and Colombia.")


def test_special_standings_and_paraguay_s_reservation_are_mentioned():
    text = " ".join(treaties_words.standing(EN))
    for words in ("all 35 states", "Cuba: ", "Nicaragua: ", "Venezuela: ", "Paraguay: made an ad referendum"):
        assert words in text


def test_the_searched_table_is_named_by_its_file():
    manifest = store.snapshot().manifest
    (cell,) = treaties_tables.table_of(manifest, "untc", "smuggling_protocol")
    assert (cell.release, cell.file.startswith("untc_XVIII-12-b_")) == ("2014-07-10", True)
    assert treaties_tables.table_of(manifest, "untc", "another") == []
