"""The page of one row of a table, by the key of the contract: the passport of a figure, a flow, a role, an act ..."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import polars as pl

from dashboard import store
from dashboard.store import areas
from dashboard.subjects.compare.filters import ONE
from dashboard.subjects.explore.filters import INDICATORS
from dashboard.subjects.ledger import passports as ledger_passports
from dashboard.subjects.pair.filters import OTHER
from dashboard.subjects.passports import acts, blocks, keys
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.passports.blocks import Blocks
from dashboard.subjects.passports.query import marks
from dashboard.views.code import Snippet, has
from dashboard.views.figure import Values
from dashboard.views.filters import Form
from dashboard.views.page import Block, Files, Heading, Link, Page, Section, Table, Text
from dashboard.views.rows import Rows, file_name
from dashboard.words import data_version, tables, terms
from data.contract import SCHEMAS
from data.i18n import N_, Language

# What makes the passport of a row, by its table.
SHOWN: Mapping[str, Callable[[Language, pl.DataFrame], Blocks]] = {
    "observations": lambda lang, rows: blocks.reading(lang, "observations", rows),
    "vintages": lambda lang, rows: blocks.reading(lang, "vintages", rows),
    "flows": blocks.flow,
    "flow_vintages": blocks.flow,
    "roles": blocks.statement,
    "instruments": acts.of_rows,
    "evidence": ledger_passports.of_rows,
    "migrant_stock": blocks.stock_of,
    "migrant_stock_vintages": blocks.stock_of,
    "movements": blocks.movement,
}
# The most rows that are listed where a key names several.
MOST = 100


class NamedRows(NamedTuple):
    """What an address names.

    Attributes:
        table: empty if it names none that has passports.
        given: the values of the table's key, by column; others: parameters that are no part of that key.
        rows: those that have the values.
    """

    table: str
    given: Mapping[str, str]
    others: tuple[str, ...]
    rows: pl.DataFrame


def named(values: Values) -> NamedRows:
    """The rows that the parameters of an address name; none without any part of a key."""
    texts = {name: values.value(spec) for name, spec in keys.PARTS.items() if values.value(spec)}
    table = values.value(keys.TABLE)
    if table not in keys.TABLES:
        return NamedRows("", {}, (), pl.DataFrame())
    key = keys.KEYS[table]
    given = {name: texts[name] for name in key if name in texts}
    rows = keys.rows(table, tuple(given.items())) if given else SCHEMAS[table].create_empty()
    return NamedRows(table, given, tuple(name for name in texts if name not in key), rows)


def _shown(lang: Language, found: NamedRows) -> Blocks:
    """The passport of the one row that is named; its own address is not repeated."""
    if found.rows.height != 1:
        return ()
    return tuple(one for one in SHOWN[found.table](lang, found.rows) if not _leads_here(one, found))


def _leads_here(block: Block, found: NamedRows) -> bool:
    here = keys.texts(found.table, found.rows.row(0, named=True))
    return isinstance(block, Link) and (block.page, block.filters) == (keys.PAGE, here)


def _heading(lang: Language, values: Values) -> str:
    return next((one.words for one in _shown(lang, named(values)) if isinstance(one, Heading)), "")


def _sections(lang: Language, values: Values) -> Iterator[Section]:
    found = named(values)
    if found.rows.height != 1:
        yield Section("", "passport", tuple(_lacking(lang, found)))
        return
    title, *rest = _shown(lang, found)
    file = row_file(title.words if isinstance(title, Heading) else "", found.table, found.rows)
    signed = Text((data_version.signature(lang, store.snapshot()),))
    yield Section("", "passport", (*_left_out(lang, found), *rest, *_among(lang, found), Files(file), signed))


def _among(lang: Language, found: NamedRows) -> Iterator[Link]:
    """The view of a page that has the row among others."""
    row: Mapping[str, Any] = found.rows.row(0, named=True)
    ends = sorted(str(row.get(end)) for end in ("origin", "destination"))
    leads: tuple[str, dict[str, str], Form] | None = None
    if found.table == "observations" and row["indicator"] in INDICATORS.options:
        leads = "explore", {INDICATORS.name: row["indicator"]}, row_keys.ROW
    elif found.table == "flows" and set(ends) <= set(areas()) and ends[0] != ends[1]:
        leads = "pair", {ONE.name: ends[0], OTHER.name: ends[1]}, row_keys.RECORD
    elif found.table == "roles":
        leads = "routes", {}, row_keys.ROLE
    elif found.table == "instruments":
        leads = "instruments", {}, row_keys.ACT
    if leads:
        page, chosen, key = leads
        mark = marks(found.rows, key.columns)[0]
        yield Link(page, lang.text("This row among others"), {**chosen, key.name: mark}, f"passport-{key.name}")


def _left_out(lang: Language, found: NamedRows) -> Iterator[Block]:
    if found.others:
        names = ", ".join(found.others)
        yield _notice(lang.text("Not part of the key of this table, and left out: {names}.", names=names))


def _lacking(lang: Language, found: NamedRows) -> Iterator[Block]:
    """Why the address names no row, or which rows it names."""
    if not found.table:
        names = ", ".join(keys.TABLES)
        yield _notice(lang.text("The address names no table with cells. Tables with cells: {names}.", names=names))
        return
    missing = ", ".join(name for name in keys.KEYS[found.table] if name not in found.given)
    table, many = terms.term(lang, "table", found.table), found.rows.height
    yield from _left_out(lang, found)
    if found.given and not many:
        nothing = lang.text("No row of the table “{table}” has this key.", table=table)
        yield _notice(nothing, lang.text("Where there is no row, nothing was published; that is not a zero."))
    if missing:
        yield _notice(lang.text("Missing in the key of the table “{table}”: {names}.", table=table, names=missing))
    if many:
        yield Text((lang.plural("{n} row has these values.", "{n} rows have these values.", many),))
        yield _choices(lang, found)


def _notice(*sentences: str) -> Text:
    return Text(sentences, "notice")


def _choices(lang: Language, found: NamedRows) -> Table:
    """The first rows that have the values of an incomplete key, each with its address."""
    key, rows = keys.KEYS[found.table], found.rows.head(MOST)
    columns = {terms.term(lang, "column", name): pl.col(name).cast(pl.String) for name in key}
    links = [Link(keys.PAGE, "", keys.texts(found.table, row)) for row in rows.iter_rows(named=True)]
    title = lang.text("Rows with these values")
    return Table("choices", title, tables.sheet(rows.select(**columns)), links=links)


def row_file(title: str, table: str, rows: pl.DataFrame) -> Rows:
    """The one row of a table that `rows` has, as a file."""
    found = rows.row(0, named=True)
    texts = keys.texts(table, found)
    conditions = tuple(has(name, found[name]) for name in keys.KEYS[table])
    return Rows(
        file_name(*texts.values()),
        title,
        keys.PAGE,
        lambda: rows,
        (keys.TABLE, *(keys.PARTS[name] for name in texts if name in keys.PARTS)),
        Snippet(table, conditions),
        key=keys.PAGE,
    )


PASSPORT = Page(
    slug=keys.PAGE,
    title=N_("One cell"),
    purpose=N_("Where one figure or statement comes from, how it was processed, and how to cite it."),
    filters=(keys.TABLE, *keys.PARTS.values()),
    named=(keys.TABLE, *keys.PARTS.values()),
    heading=_heading,
    sections=lambda lang, values: tuple(_sections(lang, values)),
    exists=lambda values: named(values).rows.height == 1,
)
