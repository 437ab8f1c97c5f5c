"""What every answer of a tool keeps to: its length, its order, its states and reasons, and names in every language."""

import itertools
import json
import re
import time
from pathlib import Path

import polars as pl
import pytest

from dashboard import store
from dashboard.export.snapshot_files import Shelf
from dashboard.mcp import answers, tools
from dashboard.subjects.question import RefusalError
from dashboard.words import countries
from data.i18n import LANGUAGES, language
from data.manifest import indicators
from data.number_states import STATES

YEAR = "2019"
WITHHELD = "worldbank_population"
# The declared indicators that have figures.
PUBLISHED = [code for code in indicators() if code != "detected_victims_rate_sdg"]
FIGURES = set(STATES) - {"no_figure"}


def whole(table: str) -> pl.DataFrame:
    """The totals in a table, read from its file."""
    rows = pl.read_parquet(Path(store.snapshot().root) / f"{table}.parquet")
    return rows.filter(sex="total", age="total", form="total")


def test_every_row_with_a_figure_says_what_it_is_and_every_other_one_why():
    for code in PUBLISHED:
        for row in tools.observations(code, years=YEAR)["rows"]:
            assert row["state"] in STATES
            assert {row[name] for name in ("sex", "age", "form")} == {"total"}
            if row["state"] in FIGURES:
                assert row["unit"], row
                assert row["release"], row
                assert row["year"] == int(YEAR)
                assert row["passport"].startswith("/en/passport?table=observations")
            else:
                assert row["reason"], row
            assert ("low" in row) == (row["state"] not in {"no_figure", "no_usable_figure"})


@pytest.mark.parametrize("code", LANGUAGES)
def test_all_states_stand_in_the_alphabetical_order_of_the_language_and_the_answer_says_why(code):
    answer = tools.observations(years=YEAR, lang=code)
    names = [row["name"] for row in answer["rows"]]
    assert names == [language(code).country(area) for area in language(code).sorted_countries(store.areas())]
    assert tools.observations(years=YEAR)["notes"][1].startswith(
        "States are in alphabetical order. No order by figures"
    )


def test_no_tool_has_a_parameter_of_an_order():
    parameters = {name for tool in tools.TOOLS for name in tool.__annotations__}
    assert not {name for name in parameters if any(word in name for word in ("order", "sort", "rank", "top", "limit"))}


def test_a_long_answer_is_cut_and_says_how_many_rows_there_are():
    answer = tools.observations()
    assert answer["count"] > len(answer["rows"]) == answers.MOST
    assert answer["notes"][0] == f"40 of {answer['count']} rows are shown. Ask for fewer states or years."
    for one in (answer, tools.flows("stated"), tools.agreement("USA"), tools.changes()):
        assert len(json.dumps(one)) < 25_000


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_state_is_found_by_its_name_in_every_language(code):
    for area in store.areas():
        (row,) = tools.find(language(code).country(area))["rows"]
        assert row["id"] == area
    assert tools.observations(area=language(code).country("BOL"), years=YEAR)["rows"][0]["area"] == "BOL"


def test_an_indicator_is_found_by_its_title_and_by_a_word_like_it():
    spoken = language("fr")
    for code in PUBLISHED:
        titled = [row["id"] for row in tools.find(tools.terms.term(spoken, "indicator", code), "fr")["rows"]]
        assert code in titled
    assert tools.find("prosecutions")["rows"][0]["id"] == "persons_prosecuted"


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        (tools.observations, {"area": "Brasl"}, "area: “Brasl” is not known; use Brazil (BRA)"),
        (tools.observations, {"area": "CRI,Atlantis"}, "Atlantis"),
        (tools.observations, {"area": "Canada, Aruba"}, "no figures of Aruba, only of the 35 states"),
        (tools.observations, {"indicator": "prevalence"}, "detected_victims"),
        (tools.observations, {"sex": "women"}, "use female, male"),
        (tools.observations, {"years": "2019-2015"}, "2015-2019"),
        (tools.observations, {"years": "1200"}, "years"),
        (tools.observations, {"lang": "de"}, "en, es, pt, fr"),
        (tools.flows, {"evidence": "both"}, "counted, stated"),
        (tools.agreement, {"area": ""}, "ARG"),
        (tools.changes, {"area": "Central America"}, "“013”"),
        (tools.changes, {"indicator": "convicted_per_prosecuted"}, "persons_convicted"),
        (tools.changes, {"indicator": "offences,population"}, "only one is allowed"),
        (tools.changes, {"area": "PER,HTI"}, "area: “PER,HTI” has more than one value; only one is allowed"),
        (tools.changes, {"since": "zzz"}, "since: “zzz” is not known"),
        (tools.changes, {"since": "2025-13-40"}, "since: “2025-13-40” is not known"),
        (tools.agreement, {"area": "PER,HTI"}, "area: “PER,HTI” has more than one value"),
        (tools.agreement, {"area": "PER", "other": "CUB,HTI"}, "other: “CUB,HTI” has more than one value"),
        (tools.observations, {"area": "Narnia"}, "area: “Narnia” is not known; use ARG, ATG,"),
        # Aruba is not suggested: there are no figures of it.
        (tools.observations, {"area": "Arubba"}, "area: “Arubba” is not known; use ARG, ATG,"),
        (tools.flows, {"evidence": "counted", "origin": "Arubba"}, "use Aruba (ABW)"),
        (tools.observations, {"area": "USA-USA"}, "area: “USA-USA” is not known"),
    ],
)
def test_what_is_not_understood_is_refused_with_what_could_be_meant(tool, given, said):
    with pytest.raises(RefusalError) as refused:
        tool(**given)
    assert said in str(refused.value)


def test_a_sum_over_some_of_its_states_is_marked_and_says_so_in_its_figure():
    alone = tools.observations(years="2023")["rows"]
    known = [row for row in alone if "low" in row]
    (row,) = tools.observations(area="-".join(store.areas()), years="2023")["rows"]
    assert 0 < len(known) < len(alone) == 35
    low, high = (sum(one[end] for one in known) for end in ("low", "high"))
    assert (row["low"], row["high"], row["state"]) == (low, high, "range" if low < high else "exact")
    assert row["partial"] is True
    assert row["marks"][0] == f"{len(known)} of 35 states report."
    assert row["figure"].endswith(f" ({len(known)} of 35 states report)")
    (whole,) = tools.observations(area="CAN-USA", years=YEAR)["rows"]
    assert (whole["state"], whole["note"]) == ("exact", "2 of 2 states report")
    assert "report" not in whole["figure"]
    assert not {"partial", "marks"} & {*whole}


def test_no_answer_has_another_state_than_the_six():
    everywhere = "-".join(store.areas())
    found = [tools.observations(code, f"{everywhere},013,HTI", "2015-2023") for code in PUBLISHED]
    found += [tools.flows("counted", destination="USA"), tools.flows("stated", origin="HTI")]
    rows = [row for one in found for row in one["rows"]]
    assert {row["state"] for row in rows} <= set(STATES)
    assert any("partial" in row for row in rows)
    named = {value for row in tools.changes(area="COL")["rows"] for name, value in row.items() if "state" in name}
    assert named <= {*STATES, None}


def test_a_mark_is_a_sentence():
    every = tools.observations(area="-".join(store.areas()), years="2007-2023")["rows"]
    marks = [mark for row in every for mark in row.get("marks", ())]
    assert marks
    assert {re.sub(r"\d+", "n", mark) for mark in marks} == {
        "The parts of a figure from which this one is calculated contradict that figure.",
        "n of n states report.",
    }


def test_a_rate_of_a_group_is_not_made_which_is_no_gap():
    (row,) = tools.observations("persons_prosecuted_rate", "013", "2022")["rows"]
    assert row["reason"].startswith("Not calculated: for groups of states there are sums and ratios, but no rates")
    (row,) = tools.observations("persons_prosecuted", "CUB-HTI", "2022")["rows"]
    assert row["reason"] == "Not calculated: the figures for it are missing in this year."


def test_changes_outside_the_years_or_before_the_day_that_are_asked_for_are_not_denied():
    every = tools.changes(area="PER")
    assert every["count"] > 1
    outside = f"No changes within the limits asked for (years, since). Without them there are {every['count']} changes."
    for limits in ({"years": "1990"}, {"since": "2030-01-01"}):
        answer = tools.changes(area="PER", **limits)
        assert ([row for row in answer["rows"] if "kind" in row], answer["notes"][0]) == ([], outside)
    assert tools.changes(area="PER", since="2025-10-28")["count"] == every["count"]
    assert tools.changes(area="PER", since="2025-10-29")["count"] == 0
    assert tools.changes(area="HTI", years="1990")["notes"][0] == "No changes between the available releases."


def test_what_no_release_has_did_not_stay_the_same():
    """Of a state without a total in either release the answer is a row with the reason, and never only "no changes"."""
    known = {*whole("vintages").filter(indicator="detected_victims")["area"]}
    assert {"HTI", "DMA", "KNA"} <= {*store.areas()} - known
    for area in store.areas():
        never = [row for row in tools.changes(area=area)["rows"] if "kind" not in row]
        assert bool(never) == (area not in known), area
        for row in never:
            assert (row["state"], row["sex"], row["age"], row["form"]) == ("no_figure", "total", "total", "total")
            assert row["reason"]
    assert tools.changes(area="HND", years="2018")["rows"] == []


def test_each_change_says_its_unit():
    for code, unit in (
        ("persons_convicted", "persons"),
        ("offences", "offences"),
        ("offences_rate", "per_100000_population"),
    ):
        rows = [row for row in tools.changes(code)["rows"] if "kind" in row]
        assert {row["unit"] for row in rows} <= {unit}
        assert rows or code.endswith("rate")


def test_a_figure_beside_which_a_register_has_another_one_says_so():
    """Mexico's prosecutors and UNODC count otherwise in each year that both have; Peru's totals agree until 2022."""
    table = whole("observations")
    for area, register in (("MEX", "register_victims_in_files"), ("PER", "register_victims_reported")):
        own, beside = (
            dict(table.filter(area=area, indicator=code).select("year", "low").iter_rows())
            for code in (register, "detected_victims")
        )
        assert len(own) > 5
        for year, figure in own.items():
            said = " ".join(tools.observations(area=area, years=str(year))["notes"])
            assert (register in said) == (figure != beside.get(year)), (area, year)
            assert (f"Only the register has a total for {year}." in said) == (beside.get(year) is None)
        assert register not in str(tools.observations(area=area, sex="female")["notes"])
        assert register not in str(tools.observations("persons_convicted", area)["notes"])
    assert "register_" not in str(tools.observations(area="ARG")["notes"])


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_name_that_is_not_in_the_data_finds_nothing_in_any_language(code):
    for name in ("Atlantis", "Narnia", "laws", "shelters"):
        assert tools.find(name, code)["rows"] == [], name


def test_a_definition_is_in_words_and_a_long_question_is_not_repeated_in_full():
    rows = tools.find("")["rows"]
    assert any("definition" in row for row in rows)
    assert not any(row.get("definition") == row["id"] for row in rows)
    for answer in (tools.find("y" * 1_000_000), tools.passport("y" * 1_000_000)):
        assert len(json.dumps(answer)) < 2 * answers.LONGEST


def test_an_address_that_names_no_cell_says_so_and_a_long_text_takes_no_time():
    for address in (
        "/en/explore?row=x",
        "/en/explore?row=BRA.nothing.2019",
        "66",
        "http://[",
        "/en/explore?row=USA-USA.detected_victims.2019",
        "?table=flows&locator=%00",
    ):
        assert "notes" in tools.passport(address), address
    begun = time.monotonic()
    assert tools.find("convictions " * 1000)["notes"]
    with pytest.raises(RefusalError):
        tools.observations(area="x" * 10_000)
    assert time.monotonic() - begun < 10


def test_what_may_not_be_passed_on_is_no_gap_of_the_publisher(guarded, monkeypatch):
    for module in (tools, answers):
        monkeypatch.setattr(module, "shelf", lambda: guarded)
    (row,) = tools.observations("population", "BRA", YEAR)["rows"]
    assert (row["state"], row["reason"]) == ("no_figure", f"{WITHHELD} does not allow us to pass its figures on.")
    assert tools.observations(area="BRA", years=YEAR)["rows"][0]["state"] == "exact"


def test_no_tool_passes_on_what_may_not_be_passed_on(monkeypatch):
    rows = [tools.observations(area=area, years="2020")["rows"][0] for area in ("BRA", "BRA-PER")]
    rows += [
        tools.observations("detected_victims_rate", "BRA", "2020")["rows"][0],
        tools.changes(area="PER")["rows"][0],
    ]
    rows.append(tools.flows("counted", destination="DOM", origin="HTI", years="2020")["rows"][0])
    assert all(tools.passport(row["passport"])["facts"] for row in rows)
    closed = Shelf(store.snapshot())
    closed.barred = ("unodc_glotip",)
    for module in (tools, answers):
        monkeypatch.setattr(module, "shelf", lambda: closed)
    refused = "unodc_glotip does not allow us to pass its figures on."
    for row in rows:
        answer = tools.passport(row["passport"])
        assert answer["notes"] == [refused]
        assert not {"facts", "tables", "title", "citation"} & {*answer}
    answer = tools.changes(area="PER")
    assert (answer["rows"], answer["notes"]) == ([], [refused])
    answer = tools.flows("counted", destination="DOM", years="2020")
    assert {row["state"] for row in answer["rows"]} == {"no_figure"}
    assert answer["notes"] == []
    assert tools.passport(tools.observations("population", "BRA", "2020")["rows"][0]["passport"])["facts"]


def test_too_many_combinations_are_refused():
    many = ",".join(sorted({*tools.state_names.codes().values()})[:40])
    with pytest.raises(RefusalError, match="350"):
        tools.flows("counted", origin=many, destination=many)


def test_every_passport_that_an_answer_names_opens():
    found = [
        tools.observations(area="BRA,013", years="2018-2019"),
        tools.flows("counted", origin="HTI", years="2012-2013"),
    ]
    found += [tools.flows("stated", origin="HTI", years="2016"), tools.changes(area="COL", years="2020")]
    leads = [row[name] for one in found for row in one["rows"] for name in row if name == "passport"]
    assert len(leads) >= 8
    for lead in leads:
        passport = tools.passport(lead)
        assert passport["title"], lead
        assert any("File" in pairs for pairs in passport["facts"]), lead
        assert passport["citation"], lead


def test_a_pair_has_its_sum_as_an_interval_and_how_many_victims_the_list_has():
    answer = tools.flows("counted", origin="HTI", destination="DOM", years="2020-2021")
    low, high = ([row[end] for row in answer["rows"]] for end in ("low", "high"))
    assert f"Sum of these years, without questioned figures: {sum(low):.0f}–{sum(high):.0f}" in answer["notes"]
    assert "detected victims" in answer["notes"][0]


def test_agreement_has_the_kinds_of_evidence_in_both_directions():
    both = tools.agreement("Haiti", "República Dominicana")
    assert [row["Pair or route"] for row in both["tables"][0]["rows"]] == [
        "Haiti → Dominican Republic",
        "Dominican Republic → Haiti",
    ]
    assert "Neither kind of evidence names Haiti → Cuba." in tools.agreement("HTI", "CUB")["notes"]
    assert {one["title"] for one in tools.agreement("HTI")["tables"]} == {"Pairs and routes", "Roles"}
    assert [line.partition(",")[0] for line in both["sources"]] == ["University of Denver", "UNODC"]


def test_a_pair_that_one_record_names_has_the_passport_of_this_record():
    many, one = tools.agreement("NIC", "CRI")["tables"][0]["rows"]
    assert "passport" not in many
    assert "2010!456" in json.dumps(tools.passport(one["passport"])).replace("#", "").replace(", ", "!")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_state_that_no_evidence_names_has_this_as_its_answer(code):
    answer = tools.agreement("GRD", lang=code)
    assert "tables" not in answer
    assert len(answer["notes"]) == 2
    assert countries.the(language(code), "GRD") in answer["notes"][0]


def test_answers_are_in_the_language_that_is_asked_for():
    answers_by_language = {
        code: json.dumps(tools.observations(area="HTI", years=YEAR, lang=code), ensure_ascii=False)
        for code in LANGUAGES
    }
    for one, other in itertools.combinations(answers_by_language.values(), 2):
        assert one != other
    assert "Aucun chiffre" in answers_by_language["fr"]
