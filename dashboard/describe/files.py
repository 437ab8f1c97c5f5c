"""The files that page Sources hands out, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard import terms
from data.i18n import Language


def files(manifest: Mapping[str, Any], lang: Language) -> list[str]:
    """What the files of the snapshot are, and in which forms."""
    return [
        lang.text(
            "Each table of snapshot {id} whole, and all of them with the polygons as one data package, which names "
            "columns, hashes, sources and licences. In CSV and Excel lists are joined with semicolons.",
            id=manifest["id"],
        )
    ]


def programs(manifest: Mapping[str, Any], lang: Language, names: Iterable[str], minutes: int, most: int) -> list[str]:
    """How a program gets the same files, and rows of a question."""
    return [
        lang.text(
            "Programs and other websites can fetch the same tables under stable addresses. The tables are {names}.",
            names=lang.listing(names),
        ),
        lang.text(
            "An address without a snapshot id answers with the current snapshot and may be kept for {minutes} minutes; "
            "with the id, as in /api/v1/{id}/observations.parquet, the answer never changes.",
            minutes=lang.number(minutes),
            id=manifest["id"],
        ),
        lang.text(
            "Separate several values with commas. One answer has at most {most} rows; take a file for more. A request "
            "that cannot be understood is answered with a sentence that says what is allowed.",
            most=lang.number(most),
        ),
    ]


def tables_held(manifest: Mapping[str, Any], lang: Language) -> list[tuple[str, str]]:
    """The tables that are rows of cells: name, and what is written on the button."""
    # Polygons are no rows of cells.
    held = [told for told in manifest["resources"] if told["name"] != "boundaries"]
    return [(told["name"], _button(lang, told)) for told in held]


def _button(lang: Language, told: Mapping[str, Any]) -> str:
    table = terms.term(lang, "table", told["name"])
    return lang.plural("{table}: {n} row", "{table}: {n} rows", told["rows"], table=table)
