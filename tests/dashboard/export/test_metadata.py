"""The metadata of a file in every language; restricted rows are in no file."""

import polars as pl
import pytest

from dashboard import store
from dashboard.export.citation import Cited, cited_sources
from dashboard.export.metadata import Metadata, filters_in_words, metadata, open_rows
from dashboard.subjects import shared
from dashboard.subjects.coverage import filters as coverage_filters
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.states import filters as states_filters
from dashboard.subjects.states import query as states_query
from dashboard.subjects.treaties import filters as treaties_filters
from dashboard.views.filters import Flag
from dashboard.words.source_facts import open_tables, withheld
from data.i18n import LANGUAGES, language

EN = language("en")
PAGES = {
    "region": states_filters.REGION,
    "routes": routes_filters.ROUTES,
    "country": states_filters.COUNTRY,
    "coverage": coverage_filters.COVERAGE,
}
PAGES |= {"explore": explore_filters.EXPLORE, "instruments": treaties_filters.INSTRUMENTS}
# Filters for how something is shown, not what.
OF_LOOKS = {"arrows", "picture", "sorted", "reading", "one_scale"}
ROWS = states_query.region_file("detected_victims_rate", 2019)


def of_rows(code: str) -> Metadata:
    snapshot = store.snapshot()
    sources = cited_sources(ROWS, snapshot.manifest)
    cited = Cited("x", "A title", "https://example.org/", snapshot.id, snapshot.manifest["created"], sources)
    return metadata(language(code), snapshot, cited, ROWS.columns, [("Year", "2019")])


@pytest.mark.parametrize("page", PAGES)
def test_every_filter_of_a_page_has_words(page):
    assert {spec.name for spec in PAGES[page] if not spec.label} <= OF_LOOKS
    values = {spec.name: spec.parse(spec.write(spec.default)) for spec in PAGES[page]}
    described = filters_in_words(EN, PAGES[page], values)
    assert len(described) == len({spec.name for spec in PAGES[page]} - OF_LOOKS)
    assert all(label and words for label, words in described)


def test_values_are_in_the_reader_s_language():
    values = {"state": ["BRA", "CRI"], "years": (2010, 2012), "questioned": True, "form": [], "evidence": "stated"}
    specs = (
        shared.STATES,
        routes_filters.YEARS,
        routes_filters.QUESTIONED,
        routes_filters.FORMS,
        routes_filters.EVIDENCE,
    )
    assert filters_in_words(language("es"), specs, values)[0] == ("Estados", "Brasil, Costa Rica")
    assert dict(filters_in_words(EN, specs, values))["Years"] == "2010–2012"
    assert dict(filters_in_words(EN, specs, values))["Kind of data"] == "Routes described in reports"
    assert dict(filters_in_words(EN, specs, values))["Form of exploitation (described routes only)"] == "not restricted"
    unknown = Flag("no_filter")
    assert filters_in_words(EN, (unknown, shared.AREA), {"no_filter": True, "area": "BRA"}) == [("State", "Brazil")]


# Publishers by the names that they use in each language.
PUBLISHERS = {
    "en": ("UNODC", "World Bank"),
    "es": ("UNODC", "Banco Mundial"),
    "pt": ("UNODC", "Banco Mundial"),
    "fr": ("ONUDC", "Banque mondiale"),
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_metadata_has_date_publisher_and_reading_instructions(code):
    made = of_rows(code)
    text = made.readme
    for words in (store.snapshot().id, "A title", "https://example.org/", "2019", *PUBLISHERS[code], "CC BY 4.0"):
        assert words in text
    assert len({label for label, _ in made.notes}) >= 7
    assert len(set(made.sheets)) == 3
    assert all(len(sheet) <= 31 and not set(sheet) & set("[]:*?/\\'") for sheet in made.sheets)
    assert made.sources.height == 2
    assert {one["path"].partition(":")[0] for one in made.licenses} == {"https"}


def test_rows_without_figures_have_no_reading_instructions():
    cited = Cited("x", "A title", "", "0123456789ab", "2026-03-04T00:00:00Z", ())
    plain = metadata(EN, store.snapshot(), cited, ["area", "m49"], [])
    assert "How to read a figure" not in {label for label, _ in plain.notes}
    assert "Address" not in {label for label, _ in plain.notes}
    assert "How to read a figure" in {label for label, _ in of_rows("en").notes}


COLUMNS = {"schema": {"fields": [{"name": "area"}, {"name": "source"}]}, "rows": 3}
BARE = {"schema": {"fields": [{"name": "area"}]}, "rows": 2}
MANIFEST = {
    "sources": [
        {"name": "open", "redistribute": "rows", "tables": ["figures"]},
        {"name": "coded", "redistribute": "derived", "tables": ["figures"]},
        {"name": "shut", "redistribute": "none", "tables": ["figures", "shapes"]},
        {"name": "odd", "redistribute": "perhaps", "tables": ["others"]},
    ],
    "resources": [{"name": "figures", **COLUMNS}, {"name": "shapes", **BARE}, {"name": "places", **BARE}],
}


def test_a_table_without_sources_is_exported_whole_or_not_at_all():
    assert open_tables(MANIFEST) == ("figures", "places")


CELLS = [{"source": name, "release": "1", "locator": "x"} for name in ("open", "shut")]


@pytest.mark.parametrize(
    ("columns", "left"),
    [
        ({"source": ["open", "shut", None, "coded"]}, [0, 2, 3]),
        ({"source": ["open"] * 3, "inputs": [[CELLS[0]], CELLS, []]}, [0, 2]),
        ({"source": ["open"] * 3, "inputs": [["open 1 x"], ["open 1 x", "shut 1 x"], ["shuttle 1 x"]]}, [0, 2]),
        ({"sources": [["open"], ["open", "shut"], ["shut"], []]}, [0, 3]),
        ({"area": ["CRI", "PAN"]}, [0, 1]),
    ],
    ids=["rows", "computed, as cells", "computed, as texts", "sums", "no source"],
)
def test_no_row_uses_a_withheld_source(columns, left):
    rows = pl.LazyFrame(columns).with_row_index("n")
    assert open_rows(rows, withheld(MANIFEST)).collect()["n"].to_list() == left
    assert open_rows(rows, ()).collect().height == rows.collect().height
