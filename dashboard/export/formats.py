"""Writes rows as CSV that is safe in spreadsheets, and as Parquet with metadata."""

import io
import json
from pathlib import Path

import orjson
import polars as pl

from dashboard.export.metadata import Metadata

# The first characters of a formula in a spreadsheet (OWASP, "CSV injection"), with full-width signs.
FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
# A plain number with a sign: a spreadsheet takes it as that number, and there is nothing to run.
SIGNED = r"^[+-][0-9]+(\.[0-9]+)?$"


def flat(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The rows with each list as a text: items joined with `;`, the parts of a source cell with spaces."""
    schema = rows.collect_schema()
    lists = {name: kind.inner for name, kind in schema.items() if isinstance(kind, pl.List)}
    cells = [name for name, inner in lists.items() if isinstance(inner, pl.Struct)]
    text = pl.concat_str(pl.element().struct.unnest(), separator=" ")
    texts = rows.with_columns(pl.col(cells).list.eval(text) if cells else [])
    return texts.with_columns(pl.col(list(lists)).cast(pl.List(pl.String)).list.join(";"))


def csv(rows: pl.DataFrame, snapshot: str) -> bytes:
    """Rows as UTF-8 CSV, the snapshot in each row.

    A text that a spreadsheet would run as a formula is prefixed with an apostrophe; a number such as -5 is not.
    """
    buffer = io.BytesIO()
    safe(rows.lazy()).with_columns(snapshot=pl.lit(snapshot)).collect().write_csv(buffer)
    return buffer.getvalue()


def write_csv(rows: pl.LazyFrame, snapshot: str, path: Path) -> None:
    """Write `csv` to a file row by row: the table need not fit into memory."""
    safe(rows).with_columns(snapshot=pl.lit(snapshot)).sink_csv(path)


def parquet(rows: pl.DataFrame, metadata: Metadata) -> bytes:
    """Rows as Parquet with key-value metadata: snapshot, title, citation, licenses, notes, address."""
    buffer = io.BytesIO()
    rows.write_parquet(buffer, compression="zstd", statistics=True, metadata=_keys(metadata))
    return buffer.getvalue()


def as_json(rows: pl.DataFrame, metadata: Metadata) -> bytes:
    """Rows as JSON, each an object, after their metadata: title, snapshot, citation, licenses, notes, address."""
    facts = {"title": metadata.title, "snapshot": metadata.snapshot, "created": metadata.created}
    facts |= {"address": metadata.address, "citation": metadata.citation}
    words = {"licenses": metadata.licenses, "notes": [list(note) for note in metadata.notes]}
    return b'%s,"rows":%s}\n' % (orjson.dumps(facts | words)[:-1], rows.write_json().encode())


def write_parquet(rows: pl.LazyFrame, metadata: Metadata, path: Path) -> None:
    """Write `parquet` to a file part by part: the table need not fit into memory."""
    rows.sink_parquet(path, compression="zstd", statistics=True, metadata=_keys(metadata))


def safe(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Flat rows (`flat`) with an apostrophe before each text that a spreadsheet would run as a formula."""
    text = pl.col(pl.String)
    runs = text.str.contains(FORMULA) & ~text.str.contains(SIGNED)
    texts = pl.when(runs).then("'" + text).otherwise(text).name.keep()
    return flat(rows).with_columns(texts)


def _keys(metadata: Metadata) -> dict[str, str]:
    """The metadata as texts; lists (licenses and notes) as JSON."""
    return {
        "title": metadata.title,
        "snapshot": metadata.snapshot,
        "created": metadata.created,
        "citation": metadata.citation,
        "licenses": json.dumps(metadata.licenses, ensure_ascii=False),
        "notes": json.dumps(metadata.notes, ensure_ascii=False),
        "address": metadata.address,
    }
