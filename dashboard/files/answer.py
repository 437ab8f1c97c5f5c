"""The rows of a question as CSV or JSON, with what a reader of them must know."""

from typing import Any

import orjson
import polars as pl

from dashboard.citation import rests
from dashboard.files import formats
from dashboard.files.shelf import Shelf
from dashboard.query.corrections import SAID, concerning, corrections
from dashboard.query.question import Question, RefusalError
from data.i18n import N_

# A larger answer is a file.
MOST_ROWS = 20_000
LEDGER = "evidence"


def rows(asked: Question, held: Shelf) -> pl.DataFrame:
    """The rows asked for that may be passed on.

    Raises:
        RefusalError: they are more than one answer gives.
    """
    found = asked.rows(held.rows(asked.table)).head(MOST_ROWS + 1).collect()
    if found.height > MOST_ROWS:
        said = N_(
            "rows: more than {most} were asked for, which one answer may have; ask for fewer years or values, or take "
            "{table}.parquet."
        )
        raise RefusalError(said, most=MOST_ROWS, table=asked.table)
    return asked.ordered(found)


def body(asked: Question, found: pl.DataFrame, held: Shelf) -> bytes:
    """The answer: CSV as every file of the snapshot, or JSON with the account beside the rows."""
    if asked.form == "csv":
        return formats.csv(found, held.snapshot.id)
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
        "corrections": _corrections(found, held),
        "count": found.height,
    }


def _corrections(found: pl.DataFrame, held: Shelf) -> list[dict[str, Any]]:
    """What states say against figures among the rows; `rows` counts from 0, of a rate the count may be disputed."""
    if LEDGER not in held.names:
        return []
    said = concerning(corrections(held.rows(LEDGER)), found)
    keys = [*SAID, "of_count"]
    return said.group_by(keys, maintain_order=True).agg(rows=pl.col("row").sort()).to_dicts()
