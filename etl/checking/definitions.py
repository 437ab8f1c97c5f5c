"""The codebook, and its definitions when a snapshot was published: a changed one must change its version."""

import hashlib
from collections.abc import Mapping
from typing import Any

from data.account import codebook
from data.i18n import DEFAULT
from etl.declaration import CODEBOOK, declarations, indicators

PLACE = ("table", "column", "code")
INDICATOR = {"table": "observations", "column": "indicator"}
Definitions = Mapping[str, Mapping[str, Any]]


def whole_codebook() -> list[dict[str, Any]]:
    """The lines of `data/reference/codebook.csv`, and a declared one for each indicator that has none there."""
    rows = codebook().to_dicts()
    explained = {row["code"] for row in rows if row["table"] == "observations" and row["column"] == "indicator"}
    for _, indicator in indicators(declarations()):
        if indicator.id not in explained:
            usual = dict.fromkeys(CODEBOOK, "") | {"definition": (indicator.definition or indicator.title)[DEFAULT]}
            rows.append(INDICATOR | {"code": indicator.id, "version": 1} | usual | dict(indicator.codebook))
    return rows


def definitions() -> dict[str, dict[str, Any]]:
    """For each column and code its version and the hash of everything that the codebook says about it."""
    return {_name(row): {"version": row["version"], "hash": _hash(row)} for row in whole_codebook()}


def _name(row: Mapping[str, Any]) -> str:
    return ".".join(row[part] for part in PLACE if row[part])


def _hash(row: Mapping[str, Any]) -> str:
    words = "|".join(str(value) for name, value in sorted(row.items()) if name != "version")
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def compared(before: Definitions, now: Definitions | None = None) -> list[str]:
    """The columns and codes whose definition changed since an earlier snapshot, and its version did not.

    Args:
        before: the definitions of then, as `definitions` gives them.
        now: those of today; the codebook's own by default.
    """
    today = definitions() if now is None else now
    return sorted(
        name
        for name, then in before.items()
        if name in today and then["hash"] != today[name]["hash"] and today[name]["version"] <= then["version"]
    )
