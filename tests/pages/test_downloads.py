"""Every table of the pages has its files under it, with as many rows as the table shows."""

import re
from collections import Counter

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import site, store
from tests.dashboard.export.test_downloads import opened

FOLDED = (
    "counted",
    "stated",
    "others",
    "series",
    "entries",
    "paragraphs",
    "rule",
    "routes",
    "lost",
    "coverage",
    "roles",
    "series",
    "explored",
    "unsummed",
    "compared",
    "treaties",
    "agreement",
    "movements",
)
SOURCES = [source["name"] for source in store.snapshot().manifest["sources"]]
# The tables with files, in the order of each page; another view of the rows of a table has no files of its own.
PAGES = [
    ("home", {}, ["home_by_year", "home_groups"]),
    ("region", {}, ["region"]),
    ("routes", {}, ["routes", "lost", "listed", "roles"]),
    ("routes", {"evidence": "stated"}, ["routes", "lost", "listed", "roles"]),
    (
        "country",
        {"area": "BRA"},
        ["routes_counted", "movements", "others", "figures", "routes_stated", "agreement", "roles"],
    ),
    ("explore", {"reading": "heat"}, ["explore", "unsummed"]),
    ("explore", {"desk": "compare", "one": "BOL", "other": "ARG"}, ["compare"]),
    ("pair", {"one": "ARG", "other": "BOL"}, ["between", "agreement", "treaties", "movements"]),
    ("explore", {"desk": "compare", "compared": "partner_violence", "one": "BOL"}, ["explore"]),
    ("coverage", {}, ["coverage", "revisions"]),
    ("declaration", {}, ["cells", "paragraphs", "ledger"]),
    ("declaration", {"paragraph": "12"}, ["ledger", "rule"]),
    ("declaration", {"paragraph": "21"}, []),
]


def offered(app: AppTest) -> list[str]:
    """The blocks whose files are offered, from the top down."""
    keys = [element.key for element in _all(app.main) if element.type == "popover"]
    return [key.removeprefix("files.") for key in keys if key and key.startswith("files.")]


def _all(block):
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from _all(child)


@pytest.mark.parametrize(("slug", "address", "blocks"), PAGES)
def test_each_table_has_its_files(slug, address, blocks):
    app = opened(slug, *(f"folded.{name}" for name in FOLDED), **address)
    assert offered(app) == blocks


def test_each_list_of_the_page_of_sources_has_its_files():
    blocks = offered(opened("sources", *(f"folded.source.{name}" for name in SOURCES)))
    assert blocks[0] == "sources"
    assert {f"releases_{name}" for name in SOURCES} <= set(blocks)
    assert {"set_aside_unodc_glotip", "checks", "sdg_differences", "questioned_flows", "codebook"} <= set(blocks)
    assert {"unlocated_counted", "unlocated_stated", "one"} <= set(blocks)


def test_one_button_offers_each_table_of_the_snapshot():
    app = opened("sources", "files.one")
    (choice,) = (box for box in app.selectbox if box.key == "files.one.table")
    rows = {
        resource["name"]: resource["rows"]
        for resource in store.snapshot().manifest["resources"]
        if resource["name"] != "boundaries"
    }
    assert choice.value == next(iter(rows))
    assert len(choice.options) == len(rows)
    choice.select("flow_coverage").run()
    caption = f"{rows['flow_coverage']} rows"
    assert caption in [element.value for element in app.caption]


# Tables by block, each by a column that no other table of its page has, and the parts to unfold for them.
SAME = [
    (
        *("routes", {"state": "CRI,USA", "years": "2010-2018"}),
        {"listed": "All detected victims", "roles": "Newest report coded “yes” or “no”"},
        ("coverage", "roles"),
    ),
    (
        *("country", {"area": "MEX"}),
        {"roles": "Newest report coded “yes” or “no”", "others": "Group"},
        ("roles", "series"),
    ),
    (
        *("pair", {"one": "ARG", "other": "BOL"}),
        {"treaties": "Treaty"},
        ("treaties",),
    ),
    ("explore", {}, {"unsummed": "Sum of these parts"}, ("unsummed",)),
    ("sources", {}, {"checks": "Check"}, ()),
    ("declaration", {}, {"paragraphs": "Nothing found"}, ("paragraphs",)),
    ("declaration", {"paragraph": "12"}, {"rule": "Why"}, ("rule",)),
]


@pytest.mark.parametrize(("slug", "address", "columns", "folded"), SAME)
def test_the_files_have_the_rows_of_their_table(slug, address, columns, folded):
    app = opened(slug, *(f"files.{block}" for block in columns), *(f"folded.{name}" for name in folded), **address)
    tables = [next(frame.value for frame in app.dataframe if column in frame.value) for column in columns.values()]
    captions = [f"{len(table)} row{'s' if len(table) != 1 else ''}" for table in tables]
    shown = [caption.value for caption in app.caption if re.fullmatch(r"[\d,]+ rows?", caption.value)]
    # Other tables of the page may have such a caption too.
    assert not Counter(captions) - Counter(shown)


def test_the_citation_and_the_code_of_a_table_open_beside_its_files(monkeypatch):
    monkeypatch.setenv(site.PUBLIC, "https://atalaya.example.org")
    app = opened("country", "folded.series", "cite.others", "code.others", area="BRA")
    texts = [code.value for code in app.code]
    assert any("country/BRA" in text and "Seen in: Atalaya" in text for text in texts)
    # All sources but that of the key figures.
    code = next(text for text in texts if 'pl.col("source")' in text)
    assert '"unsd_sdg"' in code
    assert "unodc_glotip" not in code


def test_a_part_without_rows_offers_no_files():
    # The coders of reports name no role of Saint Kitts and Nevis; of Brazil they do.
    parts = [f"folded.{name}" for name in FOLDED]
    bare, full = (offered(opened("country", *parts, area=area, lang="en")) for area in ("KNA", "BRA"))
    assert "roles" in full
    assert "roles" not in bare


def test_the_remarks_on_the_map_of_routes_open():
    shown = " ".join(text.value for text in opened("routes", "folded.about").markdown)
    assert "UNODC’s lists of citizenships add up to" in shown
