"""The sources page in words: checks, differences, codebook, errata."""

import csv
from datetime import date

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.sources import checks as sources_checks
from dashboard.subjects.sources import words as sources_words
from dashboard.subjects.sources.query import Comparison
from dashboard.words import vocabulary
from data import columns
from data.codebook import REASONS, codebook
from data.i18n import language
from data.reviewed import REFERENCE

EN = language("en")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("one unit an indicator", "One unit for each indicator"),
        ("keys flows", "Rows with the same key: citizenship figures and described routes"),
        (
            "rows worldbank_population",
            "Rows read, compared with the previous data version: World Bank, total population",
        ),
        (
            "rows hti",
            "Rows read, compared with the previous data version: R. Frank, Human Trafficking Indicators",
        ),
        ("rows new_source", "Rows read, compared with the previous data version: new_source"),
        ("a new check", "a new check"),
        ("keysmith", "keysmith"),
    ],
)
def test_a_check_is_named_by_its_stable_name_and_its_subject(name, words):
    assert sources_checks.compared(EN, name) == words


PASSED = "checks of our data passed. They do not show that the published figures are right."


def test_the_outcome_counts_checks_and_quotes_the_override():
    checks = [{"passed": True}, {"passed": False}, {"passed": True}]
    assert sources_checks.outcome({}, EN) == ["No checks recorded for this data version."]
    assert sources_checks.outcome({"checks": checks}, EN) == [f"2 of 3 {PASSED}"]
    sentences = sources_checks.outcome({"checks": checks, "accepted": "the release is whole"}, EN)
    assert sentences[1] == "1 was not as expected; a maintainer accepted it: “the release is whole”."
    named = {"checks": checks, "accepted": "the release is whole", "accepted_by": "A. Person"}
    assert (
        sources_checks.outcome(named, EN)[1] == "1 was not as expected; A. Person accepted it: “the release is whole”."
    )
    both = sources_checks.outcome({**named, "approved_by": "B. Person"}, EN)
    assert both[1] == "1 was not as expected; A. Person and B. Person accepted it: “the release is whole”."
    more = {**named, "checks": [*checks, {"passed": False}]}
    every = sources_checks.outcome(more, EN)
    assert every == [
        f"2 of 4 {PASSED}",
        "2 were not as expected; A. Person accepted them: “the release is whole”.",
    ]
    unnamed = sources_checks.outcome({**more, "accepted_by": ""}, EN)
    assert unnamed[1] == "2 were not as expected; a maintainer accepted them: “the release is whole”."
    two = sources_checks.outcome({**more, "approved_by": "B. Person"}, EN)
    assert two[1] == "2 were not as expected; A. Person and B. Person accepted them: “the release is whole”."


def test_every_check_of_the_snapshot_has_words():
    names = [check["name"] for check in store.snapshot().manifest["checks"]]
    assert names
    assert [name for name in names if sources_checks.compared(EN, name) == name] == []


def test_a_difference_names_the_state_both_figures_and_both_releases():
    row = {"area": "CRI", "year": 2016, "sex": "female", "age": "total", "form": "total"}
    row |= {"low": 0.0, "high": 4.0, "release": "2020-10", "low_unodc": 20.0, "high_unodc": 20.0}
    first = row | {"area": "BRA", "sex": "total", "release_unodc": "2025-10-28"}
    frame = pl.DataFrame([row | {"release_unodc": "2025-10-28"}, first])
    assert sources_words.differences(frame, EN).rows() == [
        ("Brazil", "2016", "All persons", "0–4", "20", "October 2020", "28 October 2025"),
        ("Costa Rica", "2016", "Female", "0–4", "20", "October 2020", "28 October 2025"),
    ]


def test_the_agreement_counts_compared_figures_and_results():
    comparison = Comparison(1208, 1180, 6, pl.DataFrame({"area": ["CRI"] * 22}), 5)
    assert sources_words.agreement(comparison, EN)[1] == (
        "Figures in both: 1,208; the same: 1,180; ranges that overlap: 6; different: 22; in the SDG database only: 5."
    )


def test_the_codebook_has_the_word_of_the_screens_and_the_definition_of_the_file():
    table = sources_words.codebook(codebook(), EN)
    definitions = []
    for name in ("codebook.csv", "treaties.csv"):
        with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
            definitions += [line["definition"] or line["name"] for line in csv.DictReader(file)]
    english = table["Definition, in English"].to_list()
    assert sorted(english) == sorted(definitions)
    assert sources_words.codebook(codebook(), language("fr"))["Définition, en anglais"].to_list() == english
    rows = {row[:3]: row[3:] for row in table.rows()}
    victims = rows["observations", "indicator", "detected_victims"]
    assert (victims[0], *victims[2:4]) == ("Detected victims", "2", "–")
    assert rows["observations", "sex", "–"] == ("Sex", "Sex of the persons counted", "1", "SEX", "Sex", "–")
    assert rows["instruments", "instrument", "untoc"][0].startswith("Convention against Transnational")
    assert table.height == codebook().height


def test_every_column_and_every_code_of_a_named_column_has_a_word():
    table = sources_words.codebook(codebook(), EN)
    assert set(codebook().filter(pl.col("code") == "")["column"]) <= set(vocabulary.COLUMN)
    coded = pl.col("Column").is_in(list(sources_words.CODED)) | (pl.col("Code") == "–")
    words = table.filter(coded)["Term on these pages"]
    assert [word for word in words if word == "–" or "_" in word] == []
    assert "–" not in table["Term on these pages"]
    assert set(vocabulary.GRADE) == set(columns.GRADE)


def test_errata_have_date_reason_and_replacement():
    frame = pl.DataFrame(
        {
            "snapshot": ["aaaaaaaaaaaa", "bbbbbbbbbbbb"],
            "withdrawn": [date(2026, 2, 1), date(2025, 1, 31)],
            "reason": ["mask_lifted", "rights"],
            "replaced_by": ["cccccccccccc", None],
        }
    )
    assert sources_words.errata(frame, EN).rows() == [
        ("aaaaaaaaaaaa", "1 February 2026", "A figure published as “<5” could be deduced", "cccccccccccc"),
        ("bbbbbbbbbbbb", "31 January 2025", "It contained data that may not be shared", "–"),
    ]
    assert "errata" not in sources_words.titles(EN)
    assert sources_words.titles(EN, withdrawn=True)["errata"] == "Withdrawn data versions"
    assert "Do not cite" in sources_words.withdrawals(EN)[0]


def test_every_reason_of_a_withdrawal_has_words():
    assert set(vocabulary.WITHDRAWN) == set(REASONS)


def test_every_table_of_the_snapshot_has_a_name_and_all_but_the_polygons_a_button():
    manifest = store.snapshot().manifest
    names = {resource["name"] for resource in manifest["resources"]}
    assert names <= set(vocabulary.TABLE)
    buttons = sources_words.tables(manifest, EN)
    assert {name for name, _ in buttons} == names - {"boundaries"}
    assert ("areas", "The 35 states: 35 rows") in buttons
