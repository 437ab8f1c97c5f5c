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


UNODC, SDG = "unodc_glotip", "unsd_sdg"
LAST = {UNODC: 2023, SDG: 2018, "hti": 2011}


@pytest.mark.parametrize(("code", "day"), [("en", "3 November 2025"), ("pt", "3 de novembro de 2025")])
def test_one_line_names_the_data_version_and_the_day_of_its_build(code, day):
    line = data_version.built(language(code), SNAPSHOT)
    assert day in line
    assert "abc123" in line


OLD = "Of the sources that this site updates, one is here in a release more than a year old"


@pytest.mark.parametrize(("today", "old"), [(date(2026, 10, 28), False), (date(2026, 10, 29), True)])
@pytest.mark.parametrize("created", ["2025-11-03", "2026-10-28"])
def test_data_are_old_by_the_day_of_their_release_whatever_the_day_of_the_build(created, today, old):
    snapshot = SimpleNamespace(id="abc123", manifest=SNAPSHOT.manifest | {"created": created})
    found = data_version.warnings(language("en"), snapshot, {UNODC: 2023}, today)
    assert found == [f"{OLD}: UNODC, Global Report on Trafficking in Persons (28 October 2025)."] * old


def test_a_source_without_further_releases_is_never_old():
    frozen = [{"name": "hti", "frozen": True, "releases": [{"release": "2013.1"}]}]
    snapshot = SimpleNamespace(id="abc123", manifest={"created": "2025-11-03", "sources": frozen})
    assert data_version.warnings(language("en"), snapshot, LAST, date(2026, 11, 4)) == []


def test_a_source_that_could_not_be_renewed_is_named():
    sources = [{"name": UNODC, "releases": [{"release": "2025-10-28"}], "status": "stale"}]
    snapshot = SimpleNamespace(id="abc123", manifest={"created": "2025-11-03", "sources": sources})
    assert data_version.warnings(language("en"), snapshot, LAST, date(2025, 11, 4)) == [
        "Not updated, because the publisher could not be reached: UNODC, Global Report on Trafficking in Persons."
    ]
    sources[0]["status"] = "fresh"
    assert data_version.warnings(language("en"), snapshot, LAST, date(2025, 11, 4)) == []


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
        ("elsewhere", WITHDRAWN, "from data version elsewhere; this page shows another one. Figures may differ."),
        (
            "badbadbadbad",
            WITHDRAWN,
            "badbadbadbad, withdrawn on 1 February 2026: a figure was wrong. This page shows another one.",
        ),
        ("abc123", WITHDRAWN, "abc123, withdrawn on 1 March 2026: it contained data that may not be shared."),
    ],
)
def test_a_link_from_another_snapshot_says_so(cited, withdrawn, words):
    sentence = data_version.other(language("en"), SNAPSHOT, cited, withdrawn)
    assert words in sentence
    assert bool(sentence) is bool(words)
