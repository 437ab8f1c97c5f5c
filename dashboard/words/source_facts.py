"""What a source's declaration says about it in the reader's language, and which rows and tables may be passed on.

The English texts are messages of the catalogues. An official name stands as the body itself writes it in each language
(UNODC, ONUDC); the title of a work that exists in one language only stays in that language.
"""

from collections.abc import Mapping
from typing import Any

from data.i18n import Language

# The licenses' values of `redistribute` that allow a source's rows in a file.
OPEN = frozenset({"rows", "derived"})


def fact(lang: Language, source: Mapping[str, Any], name: str) -> str:
    """A text of a source's entry in the manifest, e.g. `licence`, in the reader's language; empty if it has none."""
    return lang.text(text) if (text := str(source.get(name) or "")) else ""


def withheld(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of sources that may not be passed on; an unknown `redistribute` in the manifest counts as no."""
    return tuple(sorted(source["name"] for source in manifest["sources"] if source["redistribute"] not in OPEN))


def open_tables(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of tables that may be passed on, without the rows of withheld sources.

    A table without a source for each row is passed on as a whole or not at all.
    """
    closed_sources = withheld(manifest)
    closed = {table for source in manifest["sources"] if source["name"] in closed_sources for table in source["tables"]}
    columns = {
        table["name"]: {column["name"] for column in table["schema"]["fields"]} for table in manifest["resources"]
    }
    return tuple(name for name, names in columns.items() if "source" in names or name not in closed)
