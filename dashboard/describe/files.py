"""The files of a snapshot, in words: every table with what its button says. Pure."""

from collections.abc import Mapping
from typing import Any

from dashboard import terms
from dashboard.i18n import Language


def files(manifest: Mapping[str, Any], lang: Language) -> list[str]:
    """What the files of the snapshot are, and in which forms."""
    return [
        lang.text(
            "Each table of snapshot {id} whole, as CSV; lists are joined with semicolons. The same tables as Parquet, "
            "the polygons as GeoParquet, and datapackage.json with columns, hashes and sources are in the folder "
            "data/snapshot of the project.",
            id=manifest["id"],
        )
    ]


def tables_held(manifest: Mapping[str, Any], lang: Language) -> list[tuple[str, str]]:
    """The tables that a CSV can hold: name, and what is written on the button."""
    # Polygons are no rows of cells.
    held = [told for told in manifest["resources"] if told["name"] != "boundaries"]
    return [(told["name"], _button(lang, told)) for told in held]


def _button(lang: Language, told: Mapping[str, Any]) -> str:
    table = terms.table(lang, told["name"])
    return lang.plural("{table}: {n} row (CSV)", "{table}: {n} rows (CSV)", told["rows"], table=table)
