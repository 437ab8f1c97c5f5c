"""The rows of a view as a data package in one file: CSV, `datapackage.json` (Frictionless), an account in words."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import polars as pl

from dashboard.files.delimited import csv, flat
from dashboard.files.enclosed import Enclosed

DESCRIPTOR, ACCOUNT = "datapackage.json", "README.md"
# What states say against figures of the rows; there is no such file where nothing is said.
DISPUTED = "disputed"


def archive(rows: pl.DataFrame, told: Enclosed) -> bytes:
    """The archive; the same rows give the same bytes."""
    parts = {told.name: (rows, told.columns)} | ({DISPUTED: (told.disputed, {})} if told.disputed.height else {})
    files = {name: csv(frame, told.snapshot) for name, (frame, _) in parts.items()}
    held = [resource(frame, name, of, files[name], told.snapshot) for name, (frame, of) in parts.items()]
    package = described(told) | {"resources": held}
    contents = {f"{name}.csv": content for name, content in files.items()}
    return zipped({**contents, DESCRIPTOR: text(package), ACCOUNT: told.account.encode()}, told.created)


def described(told: Enclosed) -> dict[str, Any]:
    """What a data package says of itself before its resources."""
    return {
        "name": f"atalaya-{told.name}".lower().replace("_", "-"),
        "id": told.snapshot,
        "title": told.title,
        "description": told.citation,
        "homepage": told.address,
        "version": told.snapshot,
        "created": told.created,
        "licenses": list(told.licences),
    }


def text(package: Mapping[str, Any]) -> bytes:
    """A descriptor as it stands in its file; what is empty is left out."""
    said = {name: value for name, value in package.items() if value not in ("", [])}
    return (json.dumps(said, indent=1, ensure_ascii=False) + "\n").encode()


def zipped(files: Mapping[str, bytes], created: str) -> bytes:
    """Files as one archive, all of the day on which the snapshot was created."""
    day = date.fromisoformat(created[:10])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
            # Readable by all where a system keeps such marks.
            entry.external_attr = 0o644 << 16
            # Parquet is compressed already.
            packed.writestr(entry, content, zipfile.ZIP_STORED if path.endswith(".parquet") else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def resource(
    rows: pl.DataFrame, name: str, titles: Mapping[str, str], content: bytes, snapshot: str = ""
) -> dict[str, Any]:
    """What a data package says of a CSV file.

    Args:
        titles: what each column is called on the screens.
        content: the file.
        snapshot: where given the file has a column of it.
    """
    kinds = flat(rows.lazy()).collect_schema() | ({"snapshot": pl.String()} if snapshot else {})
    return {
        "name": name.lower().replace("_", "-"),
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(column, kind, titles.get(column, "")) for column, kind in kinds.items()],
            "missingValues": [""],
        },
    }


def _field(name: str, kind: pl.DataType, title: str) -> dict[str, str]:
    known = {pl.Boolean(): "boolean", pl.Date(): "date"}
    number = "integer" if kind.is_integer() else "number"
    told = {"name": name, "type": number if kind.is_numeric() else known.get(kind, "string")}
    return told | {"title": title} if title else told
