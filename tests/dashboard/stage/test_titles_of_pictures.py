"""Titles of pictures that are findings: their numbers are counted again in the tables of the snapshot."""

import re

import polars as pl
import pytest

from dashboard import store
from dashboard.catalog import figures
from dashboard.stage import captions, pictures
from dashboard.stage.request import parameters
from data.i18n import LANGUAGES, language

DIMENSIONS = {"sex", "age", "form"}
# The most words of a title: an English sentence of twelve has up to fifteen in the other languages.
MOST = {"en": 12, "es": 15, "pt": 15, "fr": 15}
STATES = ["BRA", "CRI", "DOM", "HTI", "LCA", "PER", "USA", "VCT"]
PAIRS = [("ARG", "BOL"), ("BRA", "VCT"), ("DOM", "HTI"), ("MEX", "USA")]
COUNTRIES = {
    row for ends in ("origin", "destination") for row in store.tables().flows().select(ends).collect()[ends] if row
}


def title(name, **query):
    return pictures.words(pictures.parse(name, query)).title


def groups(area, dimension):
    """The groups of a breakdown in the last year that has one."""
    rest = [pl.col(other) == "total" for other in DIMENSIONS - {dimension}]
    rows = (
        store.tables()
        .table("observations")
        .filter(
            pl.col("indicator") == "detected_victims",
            pl.col("area") == area,
            ~pl.col("derived"),
            pl.col("status").is_in(["exact", "masked"]),
            ~pl.col(dimension).is_in(["total", "unknown"]),
            *rest,
        )
        .collect()
    )
    return rows.filter(pl.col("year") == rows.filter(pl.col(dimension) != "other")["year"].max())


def largest(area, dimension):
    """The year and the interval of the largest group."""
    rows = groups(area, dimension).filter(pl.col(dimension) != "other")
    return rows.sort(pl.col("low") + pl.col("high")).select("year", "low", "high").row(-1)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("area", ["CRI", "USA", "PER"])
def test_the_picture_of_victims_names_the_largest_groups(area, code):
    lang, written = language(code), pictures.words(pictures.parse("victims", {"area": area, "lang": code}))
    for dimension in DIMENSIONS:
        year, low, high = largest(area, dimension)
        assert lang.interval(low, high) in written.alt
        assert str(year) in written.title
    # Of the United States each total is exact, and its parts add up to it.
    every = groups(area, "sex")
    share = round(100 * every["low"].max() / every["low"].sum())
    percent = re.search(rf"(?<!\d){share}\s?%", written.title)
    assert percent if area == "USA" else lang.interval(*largest(area, "sex")[1:]) in written.title


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("area", ["", "ARG", "PER"])
def test_the_picture_of_revisions_says_how_many_figures_changed(area, code):
    changes = store.tables().table("revisions").filter(pl.col("indicator") == "detected_victims").collect()
    changes = changes.filter(pl.col("release_to") == pl.col("release_to").max())
    kinds = dict((changes.filter(area=area) if area else changes)["kind"].value_counts().iter_rows())
    lang = language(code)
    written = pictures.words(pictures.parse("revisions", {"lang": code, **({"revised": area} if area else {})}))
    assert lang.date(changes["release_to"][0]) in written.subtitle
    for kind in ("revised", "new", "withdrawn"):
        if kind in kinds:
            assert re.search(rf"(?<!\d){lang.number(kinds[kind])}(?!\d)", written.title)


def test_a_picture_of_revisions_without_any_total_says_so():
    totals = [pl.col(dimension) == "total" for dimension in DIMENSIONS]
    mine = pl.col("area") == "HTI", pl.col("indicator") == "detected_victims"
    assert store.tables().vintages().filter(*mine, *totals).collect().is_empty()
    assert title("revisions", revised="HTI") == "No total in any release"


# Views of each figure; those of a state stand for all states.
VIEWS = [
    *[(name, {}) for name in figures() if name not in {"between", "pair_map", "series", "victims", "state_routes"}],
    ("region", {"measure": "count"}),
    ("region", {"indicator": "persons_formal_contact", "measure": "count"}),
    ("region", {"subregion": "caribbean"}),
    ("routes", {"evidence": "stated"}),
    ("routes", {"state": "LCA"}),
    ("explore", {"reading": "two_years"}),
    ("compare", {"other": "COL"}),
    ("revisions", {"revised": "PER", "masking": "1"}),
    ("parties_map", {"year_end": "2005"}),
    ("parties_chart", {"all_treaties": "1"}),
    ("ledger_map", {"paragraph": "30"}),
    *[(name, {"one": one, "other": other}) for name in ("between", "pair_map") for one, other in PAIRS],
    *[(name, {"area": area}) for name in ("series", "victims") for area in STATES],
    *[
        ("state_routes", {"area": area, "evidence": evidence, "position": position})
        for area in STATES
        for evidence, position in (("counted", "origin"), ("counted", "destination"), ("stated", "any"))
    ],
]


def words_of(written, lang):
    """How many words a title has; the name of a country, a number and a range are one each."""
    countries = {lang.country(code) for code in COUNTRIES} - {""}
    for name in sorted(countries, key=len, reverse=True):
        written = written.replace(name, "Name")
    return len(re.findall(r"[^\W_]+(?:[-’'.,–\u202f\u2060]*[^\W_]+)*", written))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_title_has_few_words_and_stands_on_one_line_of_thought(code):
    lang = language(code)
    for name, query in VIEWS:
        plate = captions.caption(name, dict(parameters(name, {**query, "lang": code})))
        assert plate.title, (name, query)
        assert words_of(plate.title, lang) <= MOST[code], (name, query, plate.title)
        assert not plate.title.endswith("."), (name, query, plate.title)
        # What is measured is said once.
        assert plate.measure != plate.title


def test_words_are_counted_as_a_reader_would():
    assert words_of("1,234–1,300 citizens of Saint Vincent and the Grenadines", language("en")) == 4
    assert words_of("Au 1\u202f234 l’année\u202f: deux", language("fr")) == 4
