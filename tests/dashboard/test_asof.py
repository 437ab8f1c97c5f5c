"""Every figure says of which day and from which release it is."""

from datetime import date
from types import SimpleNamespace

import pytest

from dashboard import asof
from dashboard.i18n import language

SNAPSHOT = SimpleNamespace(
    id="abc123",
    manifest={
        "created": "2025-11-03",
        "sources": [
            {"name": "unodc_glotip", "releases": [{"release": "2025-04-14"}, {"release": "2025-10-28"}]},
            {"name": "hti", "releases": [{"release": "2013.1"}]},
            {"name": "natural_earth", "releases": [{"release": "undated"}]},
            {"name": "empty", "releases": []},
        ],
    },
)


@pytest.mark.parametrize(("code", "day"), [("en", "3 November 2025"), ("pt", "3 de novembro de 2025")])
def test_one_line_names_day_and_snapshot(code, day):
    line = asof.short(language(code), SNAPSHOT)
    assert day in line
    assert "abc123" in line


def test_each_source_with_its_newest_release():
    assert asof.releases(language("en"), SNAPSHOT) == [
        "UNODC, Global Report on Trafficking in Persons: 28 October 2025",
        "R. Frank, Human Trafficking Indicators: 2013.1",
        "Natural Earth, country polygons: undated",
        "empty: undated",
    ]


@pytest.mark.parametrize(("today", "stale"), [(date(2026, 11, 3), False), (date(2026, 11, 4), True)])
def test_a_snapshot_older_than_a_year_says_so(today, stale):
    assert ("more than a year old" in asof.short(language("en"), SNAPSHOT, today)) is stale
