"""The page of one row by its key, compared with the tables of the snapshot."""

from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest

from dashboard import site, store
from dashboard.editions import NEWEST
from dashboard.forms.html.addresses import Addresses
from dashboard.subjects.ledger import passports as ledger_passports
from dashboard.subjects.passports import acts, blocks, keys
from dashboard.subjects.passports.page import PASSPORT, SHOWN
from dashboard.views.address import read
from dashboard.views.page import Code, Files, Heading, Link, Table, Text, every
from data.contract import SCHEMAS
from data.i18n import LANGUAGES, language

EN = language("en")
# By table the rows that are tried: every so many, with the first and the last.
STEP = 1500


def values(**texts: str):
    arrival = read(PASSPORT.filters, {name: (text,) for name, text in texts.items()})
    assert arrival.notices == ()
    return arrival.values


def shown(lang=EN, **texts: str):
    chosen = values(**texts)
    return [block for section in PASSPORT.sections(lang, chosen) for block in every(section.blocks)]


def tried(name: str) -> list[dict]:
    rows = store.tables().table(name).collect()
    return [*rows.gather_every(STEP).iter_rows(named=True), *rows.tail(1).iter_rows(named=True)]


def test_every_table_with_passports_has_a_key_and_a_way_to_show_a_row():
    assert set(SHOWN) == set(keys.TABLES) <= set(SCHEMAS)
    assert {name for table in keys.TABLES for name in SCHEMAS[table].primary_key()} == set(keys.PARTS)


@pytest.mark.parametrize("name", keys.TABLES)
def test_the_key_of_a_row_opens_its_passport_and_its_file(name):
    rows = tried(name)
    assert rows or store.tables().table(name).collect().is_empty()
    for row in rows:
        texts = keys.texts(name, row)
        assert set(texts) == {"table", *SCHEMAS[name].primary_key()}
        assert PASSPORT.exists(values(**texts))
        found = shown(**texts)
        (code,) = (block for block in found if isinstance(block, Code))
        assert row["locator"].split("#")[0].partition("; ")[0] in code.text or row.get("inputs")
        assert code.text.startswith(PASSPORT.heading(EN, values(**texts)))
        (file,) = (block.rows for block in found if isinstance(block, Files))
        assert file.rows().to_dicts() == [row]


def test_one_row_is_enough_where_the_key_is_not_complete():
    texts = {"table": "roles", "area": "ARG", "year": "2011", "role": "transit"}
    assert PASSPORT.exists(values(**texts))
    assert PASSPORT.heading(EN, values(**texts)) == "Argentina, transit"


@pytest.mark.parametrize("lang", [language(code) for code in LANGUAGES], ids=list(LANGUAGES))
def test_a_key_of_several_rows_lists_them_with_their_addresses(lang):
    texts = {"table": "roles", "area": "ARG", "year": "2011"}
    rows = store.tables().table("roles").filter(area="ARG", year=2011).collect()
    assert not PASSPORT.exists(values(**texts))
    (table,) = (block for block in shown(lang, **texts) if isinstance(block, Table))
    assert table.sheet.rows.num_rows == len(table.links) == rows.height > 1
    assert all(PASSPORT.exists(values(**link.filters)) for link in table.links)
    (missing, _) = (block for block in shown(lang, **texts) if isinstance(block, Text))
    assert missing.paragraphs[0].rstrip(".").endswith("role, source")


def test_what_is_not_in_the_key_is_named_and_left_out():
    row = tried("roles")[0]
    first, *_ = shown(**keys.texts("roles", row), indicator="offences", release="2013")
    assert first.paragraphs == ("Not part of the key of this table, and left out: indicator, release.",)
    assert first.kind == "notice"


PASSPORTS = {
    "a figure": lambda: blocks.of_indicator(EN, "detected_victims", NEWEST, "COL.2019.female.18+.total"),
    "an earlier figure": lambda: blocks.of_indicator(EN, "detected_victims", "2025-04-14", "BRA.2019"),
    "a role": lambda: blocks.role(EN, (2000, 2030), "CRI.transit.hti"),
    "an act": lambda: acts.act(EN, "BRA.untoc.ratification"),
    "migrants": lambda: blocks.stock_of(
        EN, keys.rows("migrant_stock", (("origin", "BOL"), ("destination", "ARG"), ("year", "2020")))
    ),
    "a record": lambda: blocks.record(EN, _locator("flows", destination="CRI", evidence="counted")),
    "an earlier record": lambda: blocks.record(EN, _locator("flow_vintages", destination="CRI"), "2025-04-14"),
    "an entry": lambda: ledger_passports.entry(EN, _locator("evidence", "id", actor="CRI", kind="treaty")),
    "a law": lambda: acts.law(EN, "BRA"),
}


def _locator(table: str, column: str = "locator", **of: str) -> str:
    return str(store.tables().table(table).filter(**of).first().collect()[column][0])


def _cell(citation: str) -> list[str]:
    """The file and the place in it that a citation ends with, and the data version."""
    return citation.rsplit(", ", 4)[1:]


@pytest.mark.parametrize("name", PASSPORTS)
def test_each_passport_has_the_link_to_its_cell(name):
    found = PASSPORTS[name]()
    links = [block for block in found if isinstance(block, Link) and block.words == "Link to this cell"]
    assert len(links) == len([block for block in found if isinstance(block, Heading)]) > 0
    for link in links:
        assert link.page == "passport"
        assert PASSPORT.exists(values(**link.filters))
        cited = next(block.text for block in found if isinstance(block, Code))
        (there,) = (block.text for block in shown(**link.filters) if isinstance(block, Code))
        # A law is an entry there, with a title of its own, and the same cell.
        assert len(links) > 1 or _cell(there) == _cell(cited)


def test_the_records_of_a_sum_and_the_releases_of_a_figure_lead_to_their_cells():
    found = blocks.of_indicator(EN, "detected_victims", NEWEST, "BRA.2019")
    (releases,) = (block for block in found if isinstance(block, Table))
    named = [link.filters["release"] for link in releases.links]
    printed = (
        store.tables()
        .table("vintages")
        .filter(
            pl.all_horizontal(pl.col("sex", "age", "form") == "total"),
            indicator="detected_victims",
            area="BRA",
            year=2019,
        )
    )
    assert sorted(named) == sorted(printed.collect()["release"])
    assert all(PASSPORT.exists(values(**link.filters)) for link in releases.links)


def test_the_canonical_address_has_the_key_and_that_of_another_page_no_filter(monkeypatch):
    monkeypatch.setenv(site.PUBLIC, "https://example.org")
    texts = {"table": "roles", "area": "ARG", "year": "2011", "role": "transit", "source": "hti"}
    address = Addresses(EN, PASSPORT, values(**texts))
    for one, code in ((address.canonical(), "en"), (address.alternate("fr"), "fr")):
        parts = urlsplit(one)
        assert parts.path == f"/{code}/passport"
        assert {name: text for name, (text,) in parse_qs(parts.query).items()} == texts
