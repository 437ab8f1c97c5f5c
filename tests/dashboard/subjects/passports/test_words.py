"""The passport in words: complete and exact in each of the four languages."""

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.passports import words as passports_words
from dashboard.subjects.passports.query import Cell, FigureKey, cells, printed, readings
from data.i18n import LANGUAGES, language

EN = language("en")
CELL = Cell("unodc_glotip", "2025-10-28", "data_glotip_2025-10-28.xlsx", "data_glotip_1!7302")


def row(**changed):
    return {"low": 12.0, "high": 12.0, "status": "exact", "unit": "persons", "derived": False, "note": None} | changed


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({}, "Exact figure"),
        ({"low": 0.0, "high": 0.0}, "Zero"),
        ({"low": 0.0, "high": 4.0, "status": "masked"}, "Fewer than 5"),
        # A register that masks figures below eleven.
        ({"low": 1.0, "high": 10.0, "status": "masked"}, "Fewer than 11"),
        ({"low": 5.0, "high": 9.0, "status": "masked"}, "Range"),
        ({"low": 0.2, "high": 0.6, "status": "masked", "derived": True, "unit": "per_100000_population"}, "Range"),
        ({"low": None, "high": None, "status": "not_reported"}, "No figure"),
        ({"low": None, "high": None, "status": "conflicting"}, "No usable figure"),
    ],
)
def test_a_figure_has_the_word_of_its_state(changed, word):
    assert passports_words.state(EN, row(**changed)) == [("State of the figure", word)]


def test_a_masked_figure_is_named_by_its_limit_in_four_languages():
    masked = row(low=1.0, high=4.0, status="masked")
    found = {code: passports_words.state(language(code), masked)[0][1] for code in LANGUAGES}
    assert found == {"en": "Fewer than 5", "es": "Menos de 5", "pt": "Menos de 5", "fr": "Moins de 5"}


def test_a_part_of_a_total_names_its_group():
    assert passports_words.name(EN, FigureKey("detected_victims", "BRA", 2019)) == "Detected victims, Brazil, 2019"
    part = FigureKey("detected_victims", "BRA", 2019, sex="female", form="forced_labour")
    assert passports_words.name(EN, part) == "Detected victims, Brazil, 2019, Female, Forced labor"


@pytest.mark.parametrize(
    ("changed", "expected", "treated"),
    [
        ({}, "12", "Unchanged from source"),
        ({"low": 1.0, "high": 1.0}, "1", "Unchanged from source"),
        ({"note": "added_up: 22"}, "12", "Sum of 22 records of the file."),
        ({"low": 0.0, "high": 0.0, "note": "printed_as_zero_later"}, "0", "as 0 in a later release"),
        ({"low": 1.0, "high": 4.0, "status": "masked"}, "1–4", "“<5”"),
        ({"low": None, "high": None, "status": "conflicting"}, "conflicting", "none is shown"),
        ({"low": None, "high": None, "status": "suspect"}, "", "impossible"),
        ({"low": 1.0, "high": 4.0, "status": "masked", "note": "masked_by_unodc"}, "1–4", "Same range as"),
        (
            {"derived": True, "unit": "per_100000_population", "low": 0.0312, "high": 0.0312},
            "0.03 per",
            "times 100,000",
        ),
    ],
)
def test_the_figure_and_what_was_done_to_it(changed, expected, treated):
    assert expected in passports_words.value(EN, row(**changed)).lower()
    assert treated in passports_words.treatment(EN, row(**changed))


def test_the_citation_names_publisher_release_file_cell_and_snapshot():
    words = passports_words.citation(
        EN, store.snapshot().manifest, store.snapshot().id, "Detected victims", "12 persons", [CELL, CELL]
    )
    for part in (
        "Detected victims: 12 persons.",
        "UNODC",
        "28 October 2025",
        CELL.file,
        CELL.place,
        store.snapshot().id,
    ):
        assert words.count(part) == 1 or part in {"UNODC", store.snapshot().id}


@pytest.mark.parametrize(
    ("quote", "cited"),
    [
        ("Mesa creada por el MIDES.", "Panama: Mesa creada por el MIDES. UN"),
        ("Mesa creada por el MIDES", "Panama: Mesa creada por el MIDES. UN"),
        ("¿Y quién paga?", "Panama: ¿Y quién paga? UN"),
        ("Nada…", "Panama: Nada… UN"),
    ],
)
def test_quotations_are_verbatim_and_end_with_one_period(quote, cited):
    words = passports_words.citation(EN, store.snapshot().manifest, store.snapshot().id, "Panama", quote, [CELL])
    assert words.startswith(cited)


def test_each_source_of_a_rate_has_its_hash():
    (reading,) = readings(FigureKey("detected_victims_rate", "BRA", 2019)).iter_rows(named=True)
    unodc, bank = passports_words.sources(EN, store.snapshot().manifest, cells(reading))
    manifest = {
        release["file"]: release for source in store.snapshot().manifest["sources"] for release in source["releases"]
    }
    for pairs in (dict(unodc), dict(bank)):
        assert pairs["SHA-256"] == manifest[pairs["File"]]["sha256"]
        assert all(pairs.values())
    assert dict(bank)["Published by"] == "World Bank, World Development Indicators"


def test_one_and_zero_follow_the_plural_rules_of_the_language():
    one, none = row(low=1.0, high=1.0, unit="offences"), row(low=0.0, high=0.0)
    assert (passports_words.value(EN, one), passports_words.value(EN, none)) == ("1 offense", "0")
    assert passports_words.value(language("fr"), none) == "0"
    assert passports_words.value(EN, row(low=0.0, high=1.0)) == "0–1"


def test_several_records_are_a_sum_between_two_bounds():
    rows = pl.DataFrame([row(), row(low=1.0, high=4.0, status="masked")], schema_overrides={"note": pl.String})
    assert passports_words.value(EN, passports_words.total(rows)) == "13–16"
    assert "“<5” adds its lowest and highest possible value" in passports_words.added(EN, rows)
    assert passports_words.added(EN, rows.head(1)) == "Unchanged from source."
    # Without a masked figure nothing is said of one.
    exact = pl.concat([rows.head(1)] * 2)
    assert passports_words.added(EN, exact) == "Sum of the records below."


STATED = {"area": "CRI", "role": "transit", "year": 2016, "stated": "yes", "note": None}


def test_a_role_gives_the_statement_and_when_its_text_was_seen():
    assert passports_words.role(EN, STATED) == "Costa Rica, transit"
    assert passports_words.statement(EN, STATED | {"stated": "no_mention"}) == "Not mentioned, report of 2016"
    assert passports_words.coded(EN, STATED) == "Unchanged from the source’s coding."
    dated = STATED | {"note": "seen: 2015-10-26/2015-10-28; 2015-11-15/2015-11-29"}
    assert passports_words.coded(EN, dated).endswith(
        "Text seen on: 26 October 2015 – 28 October 2015 and 15 November 2015 – 29 November 2015."
    )


def test_an_arrow_is_shown_for_every_release_including_where_it_is_missing():
    then = [("newest", {"low": 3.0, "high": 7.0, "years": [2010, 2011]}), ("2025-04-14", None)]
    assert passports_words.editions(EN, then).rows() == [
        ("Newest release", "3–7", "2010–2011"),
        ("14 April 2025", "–", "–"),
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_tables_exist_in_every_language(code):
    lang = language(code)
    rows = printed(FigureKey("detected_victims", "BRA", 2019))
    assert passports_words.releases(lang, rows).height == rows.height == 2
    records = store.tables().table("flows").head(3).with_columns(pl.lit("direct").alias("leg")).collect()
    assert passports_words.records(lang, records).height == 3
