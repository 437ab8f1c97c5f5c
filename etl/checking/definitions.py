"""The codebook and its versions: a definition that changes needs a new version."""

import hashlib
from collections.abc import Mapping
from typing import Any

from data.codebook import codebook
from data.i18n import DEFAULT
from etl.source_declaration import CODEBOOK, declarations, indicators

PLACE = ("table", "column", "code")
INDICATOR = {"table": "observations", "column": "indicator"}
Definitions = Mapping[str, Mapping[str, Any]]


def whole_codebook() -> list[dict[str, Any]]:
    """The lines of `data/reference/codebook.csv`, and the declared ones of indicators without a line there."""
    rows = codebook().to_dicts()
    explained = {row["code"] for row in rows if row["table"] == "observations" and row["column"] == "indicator"}
    for _, indicator in indicators(declarations()):
        if indicator.id not in explained:
            usual = dict.fromkeys(CODEBOOK, "") | {"definition": (indicator.definition or indicator.title)[DEFAULT]}
            rows.append(INDICATOR | {"code": indicator.id, "version": 1} | usual | dict(indicator.codebook))
    return rows


def definitions() -> dict[str, dict[str, Any]]:
    """The version and the hash of each definition, by column and code."""
    return {_name(row): {"version": row["version"], "hash": _hash(row)} for row in whole_codebook()}


def _name(row: Mapping[str, Any]) -> str:
    return ".".join(row[part] for part in PLACE if row[part])


def _hash(row: Mapping[str, Any]) -> str:
    words = "|".join(str(value) for name, value in sorted(row.items()) if name != "version")
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def compared(before: Definitions, now: Definitions | None = None) -> list[str]:
    """Columns and codes whose definition changed since an earlier snapshot, without a new version.

    Args:
        before: the earlier definitions, in the form of `definitions`.
        now: the current ones; by default those of the codebook.
    """
    today = definitions() if now is None else now
    return sorted(
        name
        for name, then in before.items()
        if name in today and then["hash"] != today[name]["hash"] and today[name]["version"] <= then["version"]
    )
