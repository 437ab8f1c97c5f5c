"""The codebook, and what its definitions were when a snapshot was published: a changed one must change its version."""

import hashlib
from collections.abc import Mapping
from typing import Any

from data.account import codebook

PLACE = ("table", "column", "code")
Definitions = Mapping[str, Mapping[str, Any]]


def definitions() -> dict[str, dict[str, Any]]:
    """For each column and code its version and the hash of all that the codebook says of it."""
    return {_name(row): {"version": row["version"], "hash": _hash(row)} for row in codebook().iter_rows(named=True)}


def _name(row: Mapping[str, Any]) -> str:
    return ".".join(row[part] for part in PLACE if row[part])


def _hash(row: Mapping[str, Any]) -> str:
    told = "|".join(str(value) for name, value in sorted(row.items()) if name != "version")
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def compared(before: Definitions, now: Definitions | None = None) -> list[str]:
    """The columns and codes whose definition changed since an earlier snapshot, and its version did not.

    Args:
        before: as `definitions` gave them then.
        now: as they are; the codebook's own by default.
    """
    today = definitions() if now is None else now
    return sorted(
        name
        for name, told in before.items()
        if name in today and told["hash"] != today[name]["hash"] and today[name]["version"] <= told["version"]
    )
