"""Figures and flows as a reader of an earlier release saw them."""

import polars as pl
import pytest

from dashboard import editions, store

KEY = {"sex": "total", "age": "total", "form": "total"}
VINTAGES = [
    # indicator, area, year, low, source, release
    ("detected_victims", "ARG", 2020, 10.0, "unodc_glotip", "2025-04-14"),
    ("detected_victims", "PER", 2020, 30.0, "unodc_glotip", "2025-04-14"),
    ("detected_victims", "ARG", 2020, 12.0, "unodc_glotip", "2025-10-28"),
    ("detected_victims", "ARG", 2021, 9.0, "unodc_glotip", "2025-10-28"),
    ("offences", "ARG", 2020, 5.0, "unodc_glotip", "2025-04-14"),
    ("population", "ARG", 2020, 45e6, "worldbank_population", "2026-03"),
]
COVERAGE = [
    ("unodc_glotip", "2025-04-14", "detected_victims", 2020),
    ("unodc_glotip", "2025-04-14", "offences", 2020),
    ("unodc_glotip", "2025-10-28", "detected_victims", 2020),
    ("unodc_glotip", "2025-10-28", "detected_victims", 2021),
    ("worldbank_population", "2026-03", "population", 2020),
]


def tables():
    names = ["indicator", "area", "year", "low", "source", "release"]
    vintages = pl.LazyFrame(VINTAGES, schema=names, orient="row").with_columns(**{k: pl.lit(v) for k, v in KEY.items()})
    coverage = pl.LazyFrame(COVERAGE, schema=["source", "release", "indicator", "year"], orient="row")
    newest = vintages.filter((pl.col("release") > "2025-04-14") | (pl.col("indicator") == "offences"))
    return newest, vintages, coverage


def read(edition):
    rows = editions.observations(*tables(), edition).select("indicator", "area", "year", "low", "release").collect()
    return sorted(rows.rows())


def test_an_earlier_release_shows_its_own_figures_and_none_that_came_later():
    assert read("2025-04-14") == [
        ("detected_victims", "ARG", 2020, 10.0, "2025-04-14"),
        ("detected_victims", "PER", 2020, 30.0, "2025-04-14"),
        ("offences", "ARG", 2020, 5.0, "2025-04-14"),
        ("population", "ARG", 2020, 45e6, "2026-03"),
    ]


def test_the_newest_release_by_date_is_the_default_view():
    assert read("2025-10-28") == read(editions.NEWEST)
    assert ("detected_victims", "PER", 2020, 30.0, "2025-04-14") not in read("2025-10-28")


def test_earlier_releases_are_offered_latest_first():
    _, _, coverage = tables()
    assert editions.earlier(coverage) == ("2025-04-14",)


def test_flows_of_an_earlier_release_stand_beside_the_stated_ones():
    newest = pl.LazyFrame({"source": ["unodc_glotip", "du"], "low": [9.0, 1.0]})
    vintages = pl.LazyFrame({"source": ["unodc_glotip"], "low": [7.0], "as_of": ["2025-04-14"]})
    assert sorted(editions.flows(newest, vintages, "2025-04-14").collect().rows()) == [
        ("du", 1.0),
        ("unodc_glotip", 7.0),
    ]
    assert editions.flows(newest, vintages, editions.NEWEST) is newest


@pytest.fixture(scope="module")
def releases():
    rows = store.tables().table("release_coverage").filter(pl.col("source") == "unodc_glotip")
    return sorted(rows.select(pl.col("release").unique()).collect()["release"])


def test_the_view_as_of_the_newest_release_is_the_table_of_best_readings(releases):
    newest = store.tables().table("observations")
    then = editions.observations(
        newest, store.tables().table("vintages"), store.tables().table("release_coverage"), releases[-1]
    )
    key = ["indicator", "area", "year", "sex", "age", "form", "source"]
    both = [frame.select(*key, "low", "high", "status", "release").sort(key).collect() for frame in (newest, then)]
    assert both[0].equals(both[1])


def test_an_earlier_view_holds_no_reading_of_a_later_release(releases):
    rows = store.tables().observations(releases[0]).filter(pl.col("source") == "unodc_glotip").collect()
    assert set(rows["release"]) == {releases[0]}
    # Every row of the earliest release decides where no release came before it.
    printed = (
        store.tables().table("vintages").filter(pl.col("source") == "unodc_glotip", pl.col("release") == releases[0])
    )
    assert rows.height == printed.collect().height


def test_earlier_flows_cite_no_cell_of_a_later_file(releases):
    counted = store.tables().flows(releases[0]).filter(pl.col("evidence") == "counted").collect()
    assert counted.height > 0
    assert set(counted["release"]) == {releases[0]}
    assert counted["locator"].str.contains(releases[-1]).sum() == 0
    later = store.tables().flows(editions.NEWEST).filter(pl.col("evidence") == "counted").collect()
    assert set(later["release"]) == set(releases)
