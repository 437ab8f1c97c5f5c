"""Citations as other programs read them: BibTeX and RIS with small parsers, CSL-JSON against its schema."""

import json
import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import store
from dashboard.export import citation
from dashboard.export.citation import Cited, CitedSource, cited_sources
from data.i18n import LANGUAGES, language

MANIFEST = store.snapshot().manifest
EN = language("en")
NASTY = r"50% of {A_B} & C#1 ~ \cite{x}^2 $ “q” } a:b"
SOURCE = {"name": "s", "publisher": "Office, of Crime and Drugs", "citation": "Office, data_set & more."}
# The fields of the schema (csl-data 1.0.2) that our items may have, and their types.
CSL = {
    "id": str, "type": str, "title": str, "author": list, "issued": dict, "publisher": str, "version": str,
    "note": str, "URL": str, "language": str, "available-date": dict,
}  # fmt: skip


def cited(title="Title", address="https://example.org/region?lang=en&state=A,B", named=("2025-10-28", "undated")):
    return Cited("region_x", title, address, "0123456789ab", "2026-03-04T00:00:00Z", (CitedSource(SOURCE, named),))


def entry(text: str) -> tuple[str, str, dict[str, str]]:
    """One BibTeX entry: kind, key and fields; a value is a bare word, or runs to the brace that closes it."""
    head = re.match(r"@(\w+)\{([A-Za-z0-9_-]+),\n", text)
    assert head
    place, fields = head.end(), {}
    while not text.startswith("}", place):
        name = re.compile(r" *(\w+) = ").match(text, place)
        assert name, text[place:]
        place, value = name.end(), ""
        depth = 0
        while depth or text[place] not in ",\n":
            depth += {"{": 1, "}": -1}.get(text[place], 0)
            assert depth >= 0
            value, place = value + text[place], place + 1
        fields[name[1]] = value
        assert text[place : place + 2] == ",\n"
        place += 2
    assert text[place:] == "}\n"
    return head[1], head[2], fields


def plain(tex: str) -> str:
    """What TeX would print."""
    words = {"textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textbraceleft": "{"}
    words["textbraceright"] = "}"
    tex = re.sub(r"(?<!\\)~", "\u00a0", tex).replace(r"\,", "\u202f")
    return re.sub(r"\\(?:(text[a-z]+)\{\}|([&%$#_]))", lambda match: words.get(match[1], match[2]), tex)


@pytest.mark.parametrize("code", LANGUAGES)
def test_bibtex_is_one_entry_with_every_part(code):
    kind, key, fields = entry(citation.bibtex(language(code), cited()))
    assert (kind, key) == ("misc", "atalaya_0123456789ab_region_x")
    assert fields["author"] == "{{Office, of Crime and Drugs}}"
    assert (fields["year"], fields["month"]) == ("{2025}", "oct")
    assert fields["url"] == "{https://example.org/region?lang=en&state=A,B}"
    assert "0123456789ab" in fields["howpublished"]
    assert r"data\_set \& more" in fields["note"]
    assert "2025" in fields["note"]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1) | st.just(NASTY))
def test_bibtex_holds_any_title(title):
    _, _, fields = entry(citation.bibtex(EN, cited(title)))
    assert plain(fields["title"][2:-2]) == title


def test_an_address_keeps_its_braces_paired():
    _, _, fields = entry(citation.bibtex(EN, cited(address="https://example.org/?a={b}}&c=d e")))
    assert fields["url"] == "{https://example.org/?a=%7Bb%7D%7D&c=d%20e}"


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("title", ["Title", NASTY])
def test_csl_is_one_item_that_matches_the_schema(title, code):
    (item,) = json.loads(citation.csl(language(code), cited(title)))
    assert {name: type(value) for name, value in item.items()} == CSL
    assert item["type"] == "dataset"
    assert item["title"] == title
    assert item["issued"] == {"date-parts": [[2025, 10, 28]]}
    assert item["available-date"] == {"date-parts": [[2026, 3, 4]]}
    assert item["author"] == [{"literal": SOURCE["publisher"]}]


@pytest.mark.parametrize("code", LANGUAGES)
def test_ris_is_one_record_with_every_part(code):
    lines = citation.ris(language(code), cited()).splitlines()
    fields = dict(re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups() for line in lines)
    assert (lines[0], lines[-1]) == ("TY  - DATA", "ER  - ")
    assert len(fields) == len(lines)
    assert (fields["AU"], fields["TI"]) == ("Office, of Crime and Drugs,", "Title")
    # Year, month and day; what follows the third slash is free.
    assert (fields["PY"], fields["DA"]) == ("2025", "2025/10/28/")
    assert "data_set & more. " in fields["N1"]
    assert "0123456789ab" in fields["ET"]
    assert "2026" in fields["ET"]
    assert fields["UR"] == "https://example.org/region?lang=en&state=A,B"


def test_the_text_names_publisher_release_snapshot_and_link():
    sentence = citation.text(EN, cited("Detected victims, 2019."))
    assert sentence == (
        "Office, of Crime and Drugs (2025). Detected victims, 2019. Office, data_set & more. Releases: 28 October 2025 "
        "and undated. Seen in: Atalaya, data version 0123456789ab, built 4 March 2026. https://example.org/region?lang=en&state=A,B"
    )


@pytest.mark.parametrize(
    ("named", "issued"),
    [
        (("2025-10-28", "undated"), (2025, 10, 28)),
        (("2024-12", "2020"), (2024, 12)),
        (("2013.1",), (2013,)),
        (("undated",), ()),
    ],
)
def test_the_year_is_that_of_the_release_as_exactly_as_it_is_known(named, issued):
    one = cited(named=named)
    assert one.issued == issued
    (item,) = json.loads(citation.csl(EN, one))
    assert item.get("issued") == ({"date-parts": [list(issued)]} if issued else None)
    fields = entry(citation.bibtex(EN, one))[2]
    assert fields.get("year") == (f"{{{issued[0]}}}" if issued else None)
    assert ("month" in fields) == (len(issued) > 1)
    record = citation.ris(EN, one)
    assert ("PY  - " in record, "DA  - " in record) == (bool(issued), bool(issued))
    assert f"({issued[0] if issued else 'n.d.'})" in citation.text(EN, one)


def test_a_whole_data_version_is_our_own_publication():
    whole = Cited("x", "T", "", "0123456789ab", "2026-03-04T00:00:00Z", ())
    assert (whole.authors(EN), whole.issued) == (["Atalaya"], (2026, 3, 4))


def test_a_rate_is_cited_as_its_count_with_the_population_beside_it():
    """UNODC's release of October 2025 over a population of March 2026."""
    rows = store.tables().observations().filter(indicator="detected_victims_rate", year=2022).collect()
    one = Cited("x", "T", "", "0123456789ab", "2026-11-26", cited_sources(rows, MANIFEST))
    assert one.issued == (2025, 10, 28)
    assert one.authors(EN)[0] == "United Nations Office on Drugs and Crime (UNODC)"
    assert "World Bank" in one.authors(EN)[1]
    assert "March 2026" in citation.text(EN, one)


CELLS = [{"source": "unodc_glotip", "release": "2025-10-28", "locator": "a b"}]
FOUND = {"unodc_glotip": ("2025-04-14", "2025-10-28"), "worldbank_population": ("2026-03",)}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"source": ["unodc_glotip", None], "release": ["2025-10-28", None]}, {"unodc_glotip": ("2025-10-28",)}),
        (
            {"source": ["unodc_glotip"], "release_from": ["2025-04-14"], "release_to": ["2025-10-28"]},
            {"unodc_glotip": ("2025-04-14", "2025-10-28")},
        ),
        ({"inputs": [CELLS, []]}, {"unodc_glotip": ("2025-10-28",)}),
        ({"inputs": [["unodc_glotip 2025-04-14 x", "worldbank_population 2026-03 f.csv#row 1"], [], None]},
         {"unodc_glotip": ("2025-04-14",), "worldbank_population": ("2026-03",)}),
        ({"sources": [["unodc_glotip"], ["du_directionality"]], "releases": [["2025-10-28"], ["undated"]]},
         {"du_directionality": ("undated",), "unodc_glotip": ("2025-10-28",)}),
        ({"area": ["CRI"]}, {}),
    ],
    ids=["rows", "changes", "cells", "cells as texts", "sums", "no source"],
)  # fmt: skip
def test_the_releases_behind_rows(columns, expected):
    sources = cited_sources(pl.DataFrame(columns), MANIFEST)
    assert {source.source["name"]: source.releases for source in sources} == expected


def test_rows_without_a_source_column_use_the_given_sources():
    sources = cited_sources(pl.DataFrame({"area": ["CRI"]}), MANIFEST, ("unodc_glotip",))
    assert [(source.source["name"], source.releases) for source in sources] == [("unodc_glotip", FOUND["unodc_glotip"])]
