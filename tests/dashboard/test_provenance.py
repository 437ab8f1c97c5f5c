import polars as pl

from dashboard import provenance
from dashboard.i18n import language

EN = language("en")
SOURCE = {
    "name": "unodc_glotip",
    "title": "Workbook",
    "publisher": "UNODC",
    "licence": "attribute",
    "redistribute": "rows",
    "citation": "UNODC 2025",
    "releases": [
        {
            "release": "2025-10-28",
            "file": "b.xlsx",
            "retrieved": None,
            "sha256": "ab" * 32,
            "read": 1282,
            "kept": 1200,
            "set_aside": [
                {"reason": "outside_the_region", "rows": 80},
                {"reason": "no_iso_code", "rows": 2, "detail": "Sark"},
            ],
            "to_look_at": [{"reason": "several_values", "rows": 4}],
        },
        {"release": "undated", "file": "c.json", "retrieved": "2025-11-01", "sha256": "cd" * 32},
    ],
}


def test_the_facts_are_those_of_the_manifest():
    assert dict(provenance.facts(SOURCE, EN))["What may be passed on"] == "Rows may be passed on"


def test_each_release_says_what_was_read_kept_and_set_aside():
    rows = provenance.releases(SOURCE, EN)
    assert rows.row(0)[:6] == ("28 October 2025", "b.xlsx", "not recorded", "1,282", "1,200", "82")
    assert rows.row(1)[:6] == ("undated", "c.json", "1 November 2025", "–", "–", "–")


def test_each_reason_has_words_and_says_what_became_of_the_rows():
    rows = provenance.reasons(SOURCE, EN).rows()
    assert [row[1:] for row in rows] == [
        ("Speaks of no state of the Americas", "", "80", "set aside"),
        ("A place without a country code", "Sark", "2", "set aside"),
        ("One key with several different figures", "", "4", "kept and marked"),
    ]


def test_questioned_flows_keep_the_printed_figure_and_the_reason():
    frame = pl.DataFrame(
        {
            "origin": ["VCT"],
            "destination": ["USA"],
            "year": [2016],
            "low": [61.0],
            "high": [61.0],
            "note": ["larger_than_total"],
            "locator": ["a.xlsx#s!9"],
        }
    )
    row = provenance.questioned(frame, EN).row(0)
    assert row[:4] == ("Saint Vincent and the Grenadines", "United States", "2016", "61")
    assert row[4] == "Larger than the total of all victims the destination detected that year"
