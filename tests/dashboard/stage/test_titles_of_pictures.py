"""Titles of pictures that are findings: their numbers are counted again in the tables of the snapshot."""

import re

import polars as pl
import pytest

from dashboard import store
from dashboard.stage import pictures
from data.i18n import LANGUAGES, language

DIMENSIONS = {"sex", "age", "form"}


def title(name, **query):
    return pictures.words(pictures.parse(name, query)).title


def largest(area, dimension):
    """The year and the interval of the largest group of a breakdown in the last year that has one."""
    rest = [pl.col(other) == "total" for other in DIMENSIONS - {dimension}]
    groups = (
        store.tables()
        .table("observations")
        .filter(
            pl.col("indicator") == "detected_victims",
            pl.col("area") == area,
            ~pl.col("derived"),
            pl.col("status").is_in(["exact", "masked"]),
            ~pl.col(dimension).is_in(["total", "unknown", "other"]),
            *rest,
        )
    )
    rows = groups.collect()
    last = rows.filter(pl.col("year") == rows["year"].max())
    return last.sort(pl.col("low") + pl.col("high")).select("year", "low", "high").row(-1)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("area", ["CRI", "USA", "PER"])
def test_the_picture_of_victims_names_the_largest_groups(area, code):
    lang, written = language(code), title("victims", area=area, lang=code)
    for dimension in DIMENSIONS:
        year, low, high = largest(area, dimension)
        assert lang.interval(low, high) in written
        assert str(year) in written


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("area", ["", "ARG", "PER"])
def test_the_picture_of_revisions_says_how_many_figures_changed(area, code):
    changes = store.tables().table("revisions").filter(pl.col("indicator") == "detected_victims").collect()
    changes = changes.filter(pl.col("release_to") == pl.col("release_to").max())
    kinds = dict((changes.filter(area=area) if area else changes)["kind"].value_counts().iter_rows())
    lang = language(code)
    written = title("revisions", lang=code, **({"revised": area} if area else {}))
    assert lang.date(changes["release_to"][0]) in written
    numbers = re.sub(re.escape(lang.date(changes["release_to"][0])), "", written)
    for kind in ("revised", "new", "withdrawn"):
        if kind in kinds:
            assert re.search(rf"(?<!\d){lang.number(kinds[kind])}(?!\d)", numbers)


def test_a_picture_of_revisions_without_any_total_says_so():
    totals = [pl.col(dimension) == "total" for dimension in DIMENSIONS]
    mine = pl.col("area") == "HTI", pl.col("indicator") == "detected_victims"
    assert store.tables().vintages().filter(*mine, *totals).collect().is_empty()
    assert title("revisions", revised="HTI") == "Haiti, detected victims: no total in any release."
