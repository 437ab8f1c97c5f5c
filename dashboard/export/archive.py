"""The rows of a view as a data package in one ZIP file: CSV, `datapackage.json` (Frictionless), README and scripts."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import polars as pl

from dashboard.export.formats import csv, flat
from dashboard.export.metadata import Metadata

DESCRIPTOR = "datapackage.json"
README = "README.md"
# The name of the file of corrections, which is left out if there are none.
DISPUTED = "disputed"


def archive(rows: pl.DataFrame, metadata: Metadata) -> bytes:
    """The archive; equal rows give equal bytes."""
    tables = {metadata.name: (rows, metadata.columns)}
    tables |= {DISPUTED: (metadata.disputed, {})} if metadata.disputed.height else {}
    contents = {name: csv(frame, metadata.snapshot) for name, (frame, _) in tables.items()}
    resources = [
        resource(frame, name, titles, contents[name], metadata.snapshot) for name, (frame, titles) in tables.items()
    ]
    words = {DESCRIPTOR: json_text(_package(metadata) | {"resources": resources}), README: metadata.readme.encode()}
    files = {f"{name}.csv": content for name, content in contents.items()}
    scripts = {name: text.encode() for name, text in metadata.scripts.items()}
    return zipped({**files, **scripts, **words}, metadata.created)


def _package(metadata: Metadata) -> dict[str, Any]:
    """The properties of a data package without its resources."""
    return {
        "name": f"atalaya-{metadata.name}".lower().replace("_", "-"),
        "id": metadata.snapshot,
        "title": metadata.title,
        "description": metadata.citation,
        "homepage": metadata.address,
        "version": metadata.snapshot,
        "created": metadata.created,
        "licenses": list(metadata.licenses),
    }


def json_text(package: Mapping[str, Any]) -> bytes:
    """A descriptor as the content of its file, without empty entries."""
    filled = {name: value for name, value in package.items() if value not in ("", [])}
    return (json.dumps(filled, indent=1, ensure_ascii=False) + "\n").encode()


def zipped(files: Mapping[str, bytes], created: str) -> bytes:
    """A ZIP archive of files, all dated the day of the snapshot."""
    day = date.fromisoformat(created[:10])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
            # Readable by everyone after unpacking on Unix.
            entry.external_attr = 0o644 << 16
            # Parquet is already compressed.
            packed.writestr(entry, content, zipfile.ZIP_STORED if path.endswith(".parquet") else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def resource(
    rows: pl.DataFrame, name: str, titles: Mapping[str, str], content: bytes, snapshot: str = ""
) -> dict[str, Any]:
    """The resource of a data package that describes a CSV file.

    Args:
        titles: the title of each column, as on the pages.
        content: the bytes of the file.
        snapshot: if given, the file has a column of this name.
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
    others = {pl.Boolean(): "boolean", pl.Date(): "date"}
    number = "integer" if kind.is_integer() else "number"
    field = {"name": name, "type": number if kind.is_numeric() else others.get(kind, "string")}
    return field | {"title": title} if title else field
