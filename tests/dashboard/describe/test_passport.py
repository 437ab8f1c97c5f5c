"""The passport in words: nothing left out, nothing invented, in each of the four languages."""

import polars as pl
import pytest

from dashboard import store
from dashboard.describe import passport
from dashboard.i18n import LANGUAGES, language
from dashboard.query.passport import Cell, Figure, cells, readings

EN = language("en")
CELL = Cell("unodc_glotip", "2025-10-28", "data_glotip_2025-10-28.xlsx", "data_glotip_1!7302")


def row(**changed):
    return {"low": 12.0, "high": 12.0, "status": "exact", "unit": "persons", "derived": False, "note": None} | changed


def test_a_part_of_a_total_says_of_whom():
    assert passport.name(EN, Figure("detected_victims", "BRA", 2019)) == "Detected victims, Brazil, 2019"
    part = Figure("detected_victims", "BRA", 2019, sex="female", form="forced_labour")
    assert passport.name(EN, part) == "Detected victims, Brazil, 2019, Female, Forced labour"


@pytest.mark.parametrize(
    ("changed", "told", "treated"),
    [
        ({}, "12 persons", "as printed"),
        ({"low": 1.0, "high": 4.0, "status": "masked"}, "1–4 persons", "“<5”"),
        ({"low": None, "high": None, "status": "conflicting"}, "conflicting", "none was picked"),
        ({"low": None, "high": None, "status": "suspect"}, "", "no such figure is possible"),
        ({"low": 1.0, "high": 4.0, "status": "masked", "note": "masked_by_unodc"}, "1–4", "The same interval as"),
        (
            {"derived": True, "unit": "per_100000_population", "low": 0.0312, "high": 0.0312},
            "0.03 per",
            "times 100,000",
        ),
    ],
)
def test_the_figure_and_what_was_done_to_it(changed, told, treated):
    assert told in passport.value(EN, row(**changed)).lower()
    assert treated in passport.treatment(EN, row(**changed))


def test_the_citation_names_publisher_release_file_cell_and_snapshot():
    words = passport.citation(
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


def test_each_source_of_a_rate_is_told_with_its_hash():
    (told,) = readings(store.table("observations"), Figure("detected_victims_rate", "BRA", 2019)).iter_rows(named=True)
    unodc, bank = passport.sources(EN, store.snapshot().manifest, cells(told))
    manifest = {one["file"]: one for source in store.snapshot().manifest["sources"] for one in source["releases"]}
    for pairs in (dict(unodc), dict(bank)):
        assert pairs["SHA-256"] == manifest[pairs["File"]]["sha256"]
        assert all(pairs.values())
    assert dict(bank)["Published by"] == "World Bank, World Development Indicators"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_tables_speak_every_language(code):
    lang = language(code)
    rows = readings(store.table("vintages"), Figure("detected_victims", "BRA", 2019))
    assert passport.releases(lang, rows).height == rows.height == 2
    records = store.table("flows").head(3).with_columns(pl.lit("direct").alias("leg")).collect()
    assert passport.records(lang, records).height == 3
