from datetime import date

import polars as pl
import pytest

from dashboard.subjects.pair import tables as pair_tables
from dashboard.subjects.pair import words as pair_words
from dashboard.subjects.pair.query import WAYS
from dashboard.words import terms
from data.columns import ACTION
from data.counting_units import UNITS
from data.i18n import LANGUAGES, language
from data.treaties import treaties
from tests.dashboard.subjects.pair.test_query import ACTS, acted, between

EN = language("en")
CLOSINGS = dict.fromkeys(treaties(), "2014-01")
BOTH = between()
COUNTED, STATED = BOTH.filter(evidence="counted", start="BOL"), BOTH.filter(evidence="stated", start="BOL")
FORMS = {"form": pl.lit([], dtype=pl.List(pl.String)), "profile": pl.lit(["women"], dtype=pl.List(pl.String))}


def test_counted_records_have_a_sum():
    sentence = pair_words.counted(EN, COUNTED, [2009, 2011, 2012, 2013, 2014], "BOL", "ARG")
    assert sentence == "UNODC lists 5–9 citizens of Bolivia as victims detected in Argentina (2011–2012)."


def test_beside_it_stands_what_the_sum_lacks():
    assert [*pair_words.beside_counted(EN, BOTH)] == [
        "Citizens of Bolivia detected as victims in Argentina: left out because we doubt it: 900 (2013).",
        "1 conflicting record is left out.",
    ]
    larger = BOTH.with_columns(note=pl.lit("larger_than_total"))
    assert next(pair_words.beside_counted(EN, larger)).endswith(
        ": left out because larger than the total of all victims detected there: 900 (2013)."
    )


def test_masked_records_alone_are_fewer_than_five():
    masked = COUNTED.filter(status="masked")
    years = sorted(masked["year"])
    assert years
    sentence = pair_words.counted(EN, masked, years, "BOL", "ARG")
    each = "" if len(years) == 1 else f" in each of {len(years)} years"
    assert sentence.startswith(f"Citizens of Bolivia detected as victims in Argentina: fewer than five{each} (")


def test_records_that_are_all_questioned_have_no_sum():
    questioned = COUNTED.filter(status="questioned")
    assert pair_words.counted(EN, questioned, [2013], "BOL", "ARG") == (
        "Citizens of Bolivia detected as victims in Argentina: no usable figure."
    )


def test_missing_records_are_explained_and_never_a_zero():
    nothing = COUNTED.clear()
    assert pair_words.counted(EN, nothing, [], "HTI", "DMA") == (
        "How many citizens of Haiti were detected as victims in Dominica is not known: UNODC lists no citizenships of "
        "victims detected there."
    )
    assert pair_words.counted(EN, nothing, [2011, 2012], "HTI", "DMA") == (
        "Citizens of Haiti detected as victims in Dominica: not listed. For 2011–2012, UNODC lists other citizenships "
        "of victims detected in Dominica."
    )
    sentence = pair_words.stated(EN, STATED.clear(), "HTI", "DMA")
    assert sentence == "From Haiti to Dominica: no route in the reports of the US Department of State."


def test_statements_are_counted_by_direction():
    assert pair_words.stated(EN, STATED, "BOL", "ARG") == (
        "From Bolivia to Argentina: 5 statements in reports of 2010–2012: as a direct route (1), as a route "
        "through a third place (2), as the leg to a transit state (1) and as the leg from a transit state (1)."
    )


def test_statements_without_a_transit_alone_are_said_to_name_none():
    direct = STATED.filter(way="direct")
    assert direct.height == 1
    assert pair_words.stated(EN, direct, "BOL", "ARG") == (
        f"From Bolivia to Argentina: 1 statement, which names no transit state, in the report of {direct['year'][0]}."
    )
    two = direct.vstack(direct.with_columns(year=pl.col("year") + 1))
    assert pair_words.stated(EN, two, "BOL", "ARG").startswith(
        "From Bolivia to Argentina: 2 statements, none of which names a transit state, in reports of "
    )


DATES = "Dates of entry into force are calculated from the deposits. Data to January 2014."
UNTOC = "Convention against Transnational Organized Crime (2000)"
PALERMO = ("BOL", "palermo_protocol", "ratification", date(2006, 5, 18), False, "z")


def test_treaties_of_both_are_named_with_the_date_of_the_table():
    assert pair_words.treaties(EN, acted("ARG", "BOL"), "January 2014") == (
        f"Both are parties to: {UNTOC}. In force for both since 9 November 2005. {DATES}"
    )
    two = acted("ARG", "BOL", acts=[*ACTS, PALERMO, ("ARG", *PALERMO[1:])])
    # They have no common day: the table has each.
    assert pair_words.treaties(EN, two, "January 2014") == (
        f"Both are parties to: Protocol on Trafficking in Persons (2000) and {UNTOC}. {DATES}"
    )
    assert pair_words.treaties(EN, acted("ARG", "DMA"), "January 2014") == (
        f"Our data name no treaty to which both are parties. {DATES}"
    )


def test_many_treaties_are_counted_in_the_sentence():
    many = pl.concat([acted("ARG", "BOL").with_columns(pl.col("instrument") + str(n)) for n in range(5)])
    assert pair_words.treaties(EN, many, "2014").startswith(
        "By our copies of the tables, both are parties to at least 5 of the 15 treaties. "
    )


def test_a_line_has_what_both_did_on_a_treaty_and_the_laws_of_both():
    laws = pl.DataFrame({"area": ["ARG", "BOL"], "title": ["Ley 26.364", None], "year": [2008, None]})
    found = pair_tables.instruments(acted("ARG", "BOL"), laws, ("ARG", "BOL"), EN, CLOSINGS)
    assert found.columns == ["Treaty or law", "Argentina", "Bolivia", "In force for both since"]
    rows = {row[0]: row[1:] for row in found.iter_rows()}
    assert rows[UNTOC] == (
        "Ratification, 19 November 2002",
        "Accession, 10 October 2005 (calculated)",
        "9 November 2005",
    )
    none = "No action recorded as of January 2014"
    assert rows["Protocol on Trafficking in Persons (2000)"] == (none, "Signature, 12 December 2000", "–")
    assert rows["Laws cited by our sources"] == ("Ley 26.364 (2008)", "No law cited", "–")


def test_tables_mark_zeros_questions_and_derived_dates_and_show_the_whole_route():
    counted = pair_tables.counted(BOTH.filter(evidence="counted"), EN)
    assert counted.select("Citizens of", "Year", "Figure", "Data status").rows() == [
        ("Bolivia", "2011", "0–4", "Fewer than five"),
        ("Bolivia", "2012", "5", "Exact figure"),
        ("Bolivia", "2013", "900", "Questioned"),
        ("Bolivia", "2014", "–", "Conflicting figures"),
        ("Argentina", "2012", "0", "Zero"),
    ]
    labels = {name: pl.lit("the South") for name in ("origin_label", "destination_label")}
    stated = pair_tables.stated(BOTH.filter(evidence="stated").with_columns(**FORMS, **labels), EN)
    assert stated["Described route"].to_list() == [
        "Bolivia → Paraguay → Argentina",
        "Bolivia → Argentina",
        "Bolivia → the Gulf → Argentina",
        "Bolivia → Argentina → Spain",
        "Peru → Bolivia → Argentina",
        "Argentina → Bolivia → the South",
    ]
    none = "No action recorded as of January 2014"
    found = pair_tables.treaties(acted("ARG", "BOL"), EN, CLOSINGS)
    assert found.filter(pl.col("Treaty").str.contains("Organized")).rows(named=False) == [
        (
            found["Treaty"][2],
            "Argentina",
            "12 December 2000",
            "Ratification, 19 November 2002",
            "29 September 2003",
            "x",
        ),
        (found["Treaty"][2], "Bolivia", none, "Accession, 10 October 2005 (calculated)", "9 November 2005", "y"),
    ]
    assert found.row(-1)[2:] == (none, none, "–", "–")


def test_an_act_in_doubt_and_a_party_without_a_date_are_shown_so():
    acts = [
        ("ARG", "untoc", "ratification", date(2002, 11, 19), False, "doubt"),
        ("BOL", "untoc", "participation", None, False, "y"),
    ]
    found = pair_tables.treaties(acted("ARG", "BOL", acts=acts), EN, CLOSINGS)
    argentina, bolivia = found.filter(pl.col("Treaty").str.contains("Organized"))["Bound by"]
    assert argentina.startswith("Ratification, 19 November 2002. Doubtful: published as a ratification")
    assert bolivia == "Party, date unknown"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_code_has_a_word(code):
    lang = language(code)
    for word, codes in ((terms.word("action"), ACTION), (terms.word("way"), WAYS), (terms.word("counting"), UNITS)):
        assert all(word(lang, value) != value or value == "offences" for value in codes)
    assert terms.term(lang, "any_party", "region") != "region"
