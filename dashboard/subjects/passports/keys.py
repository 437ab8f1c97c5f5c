"""The key of a row: the columns that name it in its table, as parameters of the address of its passport."""

import itertools
from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.store import Tables, cached
from dashboard.views.filters import Form
from dashboard.views.page import Link
from dashboard.words import vocabulary
from data.contract import SCHEMAS
from data.i18n import N_, Language

# The page of one row, and the tables whose rows have a passport.
PAGE = "passport"
TABLES = (
    "observations",
    "vintages",
    "flows",
    "flow_vintages",
    "roles",
    "instruments",
    "evidence",
    "migrant_stock",
    "migrant_stock_vintages",
    "movements",
)
_SHAPES = {"year": r"(19|20)\d\d", "version": r"\d{1,4}"}
# The columns of each key, read once: a page has hundreds of links.
KEYS = {name: SCHEMAS[name].primary_key() for name in TABLES}
_COLUMNS = dict.fromkeys(itertools.chain(*KEYS.values()))
# The parameters: the table, and every column of a key.
TABLE = Form("table", "[a-z_]{1,40}", label=N_("Table"))
PARTS = {
    name: Form(name, _SHAPES.get(name, r"[ -~]{1,300}"), label=vocabulary.COLUMN.get(name, "")) for name in _COLUMNS
}


def link(lang: Language, table: str, row: Mapping[str, Any]) -> Link:
    """The link to the passport of a row of a table."""
    return Link(PAGE, lang.text("Link to this cell"), texts(table, row))


def texts(table: str, row: Mapping[str, Any]) -> dict[str, str]:
    """The parameters that name a row of a table."""
    return {TABLE.name: table, **{name: str(row[name]) for name in KEYS[table]}}


@cached
def rows(snap: Tables, table: str, given: tuple[tuple[str, str], ...]) -> pl.DataFrame:
    """The rows of a table with some values of its key, as texts by column, in the order of the key."""
    conditions = [pl.col(name).cast(pl.String) == text for name, text in given]
    return snap.table(table).filter(*conditions).sort(KEYS[table]).collect()
