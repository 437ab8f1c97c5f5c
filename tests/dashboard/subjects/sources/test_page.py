"""What page "Sources" declares: each section, its table and files, and the passports that rows open."""

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.sources import checks, query
from dashboard.subjects.sources.page import SOURCES
from dashboard.views.address import read
from dashboard.views.page import (
    Block,
    Everything,
    Files,
    Fold,
    Heading,
    Links,
    Pairs,
    Passport,
    Section,
    Table,
    Text,
    every,
)
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.corrections.samples import disputed

MANIFEST = store.snapshot().manifest
EN = language("en")
each_language = pytest.mark.parametrize("lang", [language(code) for code in LANGUAGES], ids=list(LANGUAGES))


def sections(lang=EN, **address: str) -> dict[str, Section]:
    """The sections by their anchors."""
    values = read(SOURCES.filters, {name: (text,) for name, text in address.items()}).values
    return {section.anchor: section for section in SOURCES.sections(lang, values)}


def declared(lang=EN, **address: str) -> dict[str, list[Block]]:
    """The blocks of each section by its anchor."""
    return {anchor: list(section.blocks) for anchor, section in sections(lang, **address).items()}


def of(kind, blocks):
    return [block for block in every(blocks) if isinstance(block, kind)]


@each_language
def test_the_page_begins_with_links_to_the_sections_after_the_sources(lang):
    found = sections(lang)
    assert list(found)[:2] == ["overview", "sources"]
    (block,) = of(Links, found["overview"].blocks)
    links = block.links
    assert [link.anchor for link in links] == list(found)[2:]
    assert [link.words for link in links] == [found[link.anchor].heading for link in links]


@each_language
def test_each_source_has_its_facts_all_its_releases_and_what_was_left_out(lang):
    folds = of(Fold, declared(lang)["sources"])
    assert sorted(fold.name for fold in folds) == sorted(f"source.{one['name']}" for one in MANIFEST["sources"])
    assert [fold.title for fold in folds] == lang.alphabetical([fold.title for fold in folds], str)
    for source in MANIFEST["sources"]:
        (fold,) = (fold for fold in folds if fold.name == f"source.{source['name']}")
        facts, shown = of(Pairs, fold.blocks()), of(Table, fold.blocks())
        assert [one.address for one in facts] == [source["path"]]
        hashes = pl.DataFrame(shown[0].sheet.rows)[lang.text("SHA-256")].to_list()
        assert hashes == [release["sha256"] for release in source["releases"]]
        reasons = [one for of in source["releases"] for key in ("set_aside", "to_look_at") for one in of.get(key, [])]
        assert [table.sheet.rows.num_rows for table in shown[1:]] == [len(reasons)] * bool(reasons)
        assert len(of(Heading, fold.blocks())) == bool(reasons)
        assert len(of(Files, fold.blocks())) == len(shown)


def test_each_table_is_followed_by_its_files():
    for blocks in declared().values():
        listed = [block for block in every(blocks) if not isinstance(block, Fold | Heading)]
        for block, after in zip(listed, [*listed[1:], None], strict=True):
            assert not isinstance(block, Table) or isinstance(after, Files)


@each_language
def test_a_row_of_the_two_databases_opens_its_own_figures(lang):
    """The table is in the order of the names of states, which is not that of their codes."""
    (table,) = of(Table, declared(lang)["sdg_differences"])
    rows = pl.DataFrame(table.sheet.rows).rows()
    assert len(rows) == len(table.marks) == query.differing().height
    for row, mark in zip(rows, table.marks, strict=True):
        area, year, *_ = mark.split(".")
        assert row[:2] == (lang.country(area), year)
    names = [name for name, *_ in rows]
    assert names == sorted(names, key=lang.alphabetical(dict.fromkeys(names), str).index)


@pytest.mark.parametrize(
    ("anchor", "key"),
    [
        ("sdg_differences", "differing"),
        ("questioned_flows", "record"),
        ("unlocated", "counted_lost"),
        ("unlocated", "stated_lost"),
    ],
)
def test_an_address_opens_the_passport_of_a_row_below_its_table(anchor, key):
    (table,) = (one for one in of(Table, declared()[anchor]) if one.key and one.key.name == key)
    blocks = declared(**{key: table.marks[0]})[anchor]
    (passport,) = of(Passport, blocks)
    assert passport.key.name == key
    assert of(Heading, passport.blocks)
    place = next(at for at, block in enumerate(blocks) if isinstance(block, Table) and block.key == passport.key)
    assert blocks[place + 1 : place + 3][-1] == passport
    assert not of(Passport, [block for name, of_other in declared().items() for block in of_other if name != anchor])


def test_all_tables_are_offered_together_and_one_by_one():
    (everything,) = of(Everything, declared()["downloads"])
    rows = {resource["name"]: resource["rows"] for resource in MANIFEST["resources"]}
    names = [view.name for _, view in everything.tables]
    assert set(names) == rows.keys() - {"boundaries"}
    for label, view in everything.tables:
        assert view.rows().height == rows[view.name]
        assert f"{rows[view.name]:,} row" in label


def test_disputed_figures_have_a_section_only_while_there_are_any():
    assert "corrections" not in declared()
    with disputed():
        (table,) = of(Table, declared()["corrections"])
    assert table.sheet.rows.num_rows == 2


def test_a_list_without_rows_has_neither_table_nor_files(monkeypatch):
    empty = pl.DataFrame(schema={"Check": pl.String})
    monkeypatch.setattr(checks, "checks", lambda _checks, _lang: empty)
    assert [type(block) for block in declared()["checks"]] == [Text]
