"""The rows of a question as CSV or JSON, with what a reader of them must know."""

from typing import Any

import orjson
import polars as pl

from dashboard.citation import rests
from dashboard.files import delimited
from dashboard.files.shelf import Shelf
from dashboard.query.question import Question, RefusalError

# A larger answer is a file.
MOST_ROWS = 20_000


def rows(asked: Question, held: Shelf) -> pl.DataFrame:
    """The rows asked for that may be passed on.

    Raises:
        RefusalError: they are more than one answer gives.
    """
    found = asked.rows(held.rows(asked.table)).head(MOST_ROWS + 1).collect()
    if found.height > MOST_ROWS:
        raise RefusalError(
            f"rows: more than {MOST_ROWS} were asked for, which one answer may have; ask for fewer years or values, "
            f"or take {asked.table}.parquet."
        )
    return asked.ordered(found)


def body(asked: Question, found: pl.DataFrame, held: Shelf) -> bytes:
    """The answer: CSV as every file of the snapshot, or JSON with the account beside the rows."""
    if asked.form == "csv":
        return delimited.csv(found, held.snapshot.id)
    # The rows are written by Polars, which other threads can do without; the account is small.
    account = orjson.dumps(_account(asked, found, held))
    return b'%s,"rows":%s}\n' % (account[:-1], found.write_json().encode())


def package(held: Shelf) -> bytes:
    """The data package of all files."""
    return orjson.dumps(held.package, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _account(asked: Question, found: pl.DataFrame, held: Shelf) -> dict[str, Any]:
    facts = ("name", "publisher", "title", "licence", "licence_page", "citation")
    return {
        "snapshot": held.snapshot.id,
        "created": held.snapshot.manifest["created"],
        "table": asked.table,
        "asked": {**asked.equal, "from": asked.first, "to": asked.last},
        "sources": [
            {name: rest.source[name] for name in facts} | {"releases": rest.releases}
            for rest in rests(found, held.snapshot.manifest)
        ],
        "withheld": held.barred,
        "count": found.height,
    }
