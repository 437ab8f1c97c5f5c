import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.sources import provenance as sources_provenance
from dashboard.words import terms, vocabulary
from data import columns
from data.i18n import language

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


MADE = {"name": "a", "releases": [{"release": "2025-04-14"}, {"release": "2025-10-28"}, {"release": "undated"}]}
RELEASE = "Release of 28 October 2025"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"status": "fresh", "tried": "2026-11-25T09:30:00+00:00"}, "last tried on 25 November 2026; publisher"),
        ({"status": "not_asked"}, "publisher not contacted for this data version"),
        ({"status": "frozen", "frozen": True}, "not updated here"),
        (
            {"status": "carried_over", "frozen": True},
            "not read again; rows of the previous data version; not updated here",
        ),
        ({"status": "mirror"}, "from stored copies"),
        ({"status": "mirror", "frozen": True}, "from stored copies; not updated here"),
        ({"status": "reference"}, "transcribed by Atalaya from public texts"),
        ({"status": "reference", "releases": [{"release": "2025-10-28", "read": 0}]}, "nothing loaded yet"),
    ],
)
def test_a_source_says_how_fresh_it_is(changed, words):
    assert sources_provenance.freshness(MADE | changed, EN).startswith(f"{RELEASE}; {words}")


def test_a_stale_source_shows_the_last_attempt_and_its_error():
    source = SOURCE | {"status": "stale", "tried": "2026-11-25T09:30:00+00:00", "problem": "no answer in 60 s"}
    facts = dict(sources_provenance.facts(source, EN))
    assert facts["How obtained"] == (f"{RELEASE}; last tried on 25 November 2026; publisher could not be reached")
    assert facts["Why it was not updated"] == "no answer in 60 s"


@pytest.mark.parametrize(
    ("release", "words"),
    [("undated", "Undated release"), ("2013.1", "Version: 2013.1"), ("2020-10", "Release of October 2020")],
)
def test_a_release_is_of_a_day_or_a_month_or_has_a_label(release, words):
    assert sources_provenance.freshness({"releases": [{"release": release}]}, EN) == words


def test_every_way_of_being_fresh_has_words():
    assert set(vocabulary.FRESHNESS) == set(columns.FRESHNESS)


def test_the_overview_is_in_the_order_of_names():
    sources = store.snapshot().manifest["sources"]
    names = sources_provenance.overview(sources, EN)["Source"].to_list()
    assert names == sorted(names, key=str.casefold)
    assert len(names) == len(sources)
    assert not [source["name"] for source in sources if source["name"] in names]


def test_every_reason_and_part_of_the_snapshot_has_words():
    releases = [release for source in store.snapshot().manifest["sources"] for release in source["releases"]]
    reasons = {
        entry["reason"] for release in releases for key in ("set_aside", "to_look_at") for entry in release.get(key, [])
    }
    assert reasons <= set(vocabulary.REASON)
    # A series of the SDG database keeps the code that is printed.
    parts = {release["part"] for release in releases if "part" in release}
    assert {part for part in parts if part.islower()} <= set(terms.messages("part"))


def test_a_release_in_parts_names_the_part_beside_each_row():
    release = {"release": "2020-10", "file": "a", "retrieved": None, "sha256": "", "read": 2, "kept": 1}
    release["set_aside"] = [{"reason": "outside_the_region", "rows": 1}]
    source = {"releases": [release | {"part": "untoc"}, release | {"part": "VC_HTF_DETV"}]}
    words = ["Convention against Transnational Organized Crime (2000)", "VC_HTF_DETV"]
    assert sources_provenance.releases(source, EN)["Part"].to_list() == words
    assert sources_provenance.reasons(source, EN)["Part"].to_list() == words
    assert "Part" not in sources_provenance.releases(SOURCE, EN).columns


def test_the_facts_are_those_of_the_manifest():
    assert dict(sources_provenance.facts(SOURCE, EN))["Reuse"] == "Data may be shared"


def test_each_release_counts_rows_read_kept_and_set_aside():
    rows = sources_provenance.releases(SOURCE, EN)
    assert rows.row(0)[:6] == ("28 October 2025", "b.xlsx", "not recorded", "1,282", "1,200", "82")
    assert rows.row(1)[:6] == ("undated", "c.json", "1 November 2025", "–", "–", "–")


def test_each_reason_has_words_and_says_what_became_of_the_rows():
    rows = sources_provenance.reasons(SOURCE, EN).rows()
    assert [row[1:] for row in rows] == [
        ("No state of the Americas mentioned", "", "80", "left out"),
        ("A place without a country code", "Sark", "2", "left out"),
        ("Several figures for one key", "", "4", "kept and marked"),
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
    row = sources_provenance.questioned(frame, EN).row(0)
    assert row[:4] == ("Saint Vincent and the Grenadines", "United States", "2016", "61")
    assert row[4] == "Larger than the total of all victims detected there in the same year"
