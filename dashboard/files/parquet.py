"""Rows as Parquet: their types kept, their account in the file's own metadata."""

import io
import json
from pathlib import Path

import polars as pl

from dashboard.files.enclosed import Enclosed


def parquet(rows: pl.DataFrame, told: Enclosed) -> bytes:
    """The rows with what is said of them as key and value: snapshot, title, citation, licences, notes, address."""
    buffer = io.BytesIO()
    rows.write_parquet(buffer, compression="zstd", statistics=True, metadata=metadata(told))
    return buffer.getvalue()


def write(rows: pl.LazyFrame, told: Enclosed, path: Path) -> None:
    """The same into a file, part by part: a table need not fit into memory."""
    rows.sink_parquet(path, compression="zstd", statistics=True, metadata=metadata(told))


def metadata(told: Enclosed) -> dict[str, str]:
    """The account as keys and texts; several licences and notes are JSON."""
    return {
        "title": told.title,
        "snapshot": told.snapshot,
        "created": told.created,
        "citation": told.citation,
        "licences": json.dumps(told.licences, ensure_ascii=False),
        "notes": json.dumps(told.notes, ensure_ascii=False),
        "address": told.address,
    }
