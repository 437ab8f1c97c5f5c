"""Every figure has its date and release."""

from datetime import date
from types import SimpleNamespace

import polars as pl
import pytest

from dashboard.words import data_version
from data.i18n import language

SNAPSHOT = SimpleNamespace(
    id="abc123",
    manifest={
        "created": "2025-11-03",
        "sources": [
            {"name": "unodc_glotip", "releases": [{"release": "2025-04-14"}, {"release": "2025-10-28"}]},
            {"name": "hti", "releases": [{"release": "2013.1"}]},
            {"name": "natural_earth", "releases": [{"release": "undated"}]},
            {"name": "empty", "releases": []},
            # It has no data, so no line mentions it.
            {"name": "oas_work_plan", "releases": [{"release": "undated", "read": 0}]},
        ],
    },
)


@pytest.mark.parametrize(("code", "day"), [("en", "3 November 2025"), ("pt", "3 de novembro de 2025")])
def test_one_line_names_day_and_snapshot(code, day):
    line = data_version.short(language(code), SNAPSHOT)
    assert day in line
    assert "abc123" in line


def test_each_source_with_the_releases_held():
    assert data_version.releases(language("en"), SNAPSHOT) == [
        "UNODC, Global Report on Trafficking in Persons: 14 April 2025 and 28 October 2025",
        "R. Frank, Human Trafficking Indicators: 2013.1",
        "Natural Earth, country polygons: undated",
        "empty: undated",
    ]


@pytest.mark.parametrize(("today", "stale"), [(date(2026, 11, 3), False), (date(2026, 11, 4), True)])
def test_a_snapshot_older_than_a_year_says_so(today, stale):
    assert ("more than a year old" in data_version.short(language("en"), SNAPSHOT, today)) is stale


def unrenewed(**changed):
    sources = [{"name": "hti", "releases": [{"release": "2013.1"}]} | changed, *SNAPSHOT.manifest["sources"][:1]]
    return SimpleNamespace(id="abc123", manifest={"created": "2025-11-03", "sources": sources})


def test_a_stale_source_is_marked_in_every_line():
    snapshot = unrenewed(status="stale", tried="2026-11-25T09:30:00+00:00", problem="no answer")
    assert data_version.releases(language("en"), snapshot)[0] == (
        "R. Frank, Human Trafficking Indicators: release of 2013.1, last tried on 25 November 2026 without success"
    )
    today = date(2025, 11, 4)
    line = data_version.short(language("en"), snapshot, today)
    assert line == "Snapshot abc123, built 3 November 2025; 1 source could not be renewed"
    assert "renewed" not in data_version.short(language("en"), unrenewed(status="fresh"), today)


def test_an_unrecorded_date_is_not_invented():
    line = data_version.releases(language("en"), unrenewed(status="stale"))[0]
    assert line == "R. Frank, Human Trafficking Indicators: release of 2013.1, not renewed"


@pytest.mark.parametrize(
    ("releases", "newest"),
    [(["undated", "2025-10"], "2025-10"), (["2020", "2019-12"], "2020"), (["undated"], "undated"), ([], "undated")],
)
def test_a_dated_release_is_newer_than_an_undated_one(releases, newest):
    assert data_version.newest({"releases": [{"release": release} for release in releases]}) == newest


WITHDRAWN = pl.DataFrame(
    {
        "snapshot": ["badbadbadbad", "abc123"],
        "withdrawn": [date(2026, 2, 1), date(2026, 3, 1)],
        "reason": ["wrong_figure", "rights"],
        "replaced_by": ["abc123", None],
    }
)


@pytest.mark.parametrize(
    ("cited", "withdrawn", "words"),
    [
        ("", WITHDRAWN, ""),
        ("abc123", WITHDRAWN.clear(), ""),
        ("elsewhere", WITHDRAWN, "from snapshot elsewhere; this page shows abc123. Figures may differ."),
        ("badbadbadbad", WITHDRAWN, "badbadbadbad, withdrawn on 1 February 2026: a figure was wrong. This page shows"),
        ("abc123", WITHDRAWN, "abc123, withdrawn on 1 March 2026: it contained data that may not be shared."),
    ],
)
def test_a_link_from_another_snapshot_says_so(cited, withdrawn, words):
    sentence = data_version.other(language("en"), SNAPSHOT, cited, withdrawn)
    assert words in sentence
    assert bool(sentence) is bool(words)
