"""What the project says of each source before it reads a byte of it: `etl/sources/<id>.toml`."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from data.columns import REDISTRIBUTE
from etl.errors import SourceError

SOURCES = Path(__file__).parent / "sources"
# How files are obtained, and how many addresses that takes.
FETCH_KINDS = {"unodc_files": 2, "worldbank_v2": 1, "unsd_series": 2, "frozen": 0, "reference": 0, "reports": 0}
CLOSED_LISTS = {"redistribute": REDISTRIBUTE, "fetch": tuple(FETCH_KINDS)}
# A source may feed a table that is no indicator, have no live address, or state no terms to link to.
MAY_BE_EMPTY = ("addresses", "indicators", "licence_page")


@dataclass(frozen=True)
class Declaration:
    """One source, as its `.toml` declares it; every key is required and no other is known.

    Attributes:
        id: the source's id, equal to the name of its `.toml` and of its parser.
        title, publisher, landing_page: what it is, who issues it, the page a person opens.
        addresses: live addresses in the order they are tried; none for a frozen source.
        licence, licence_page: the terms in words, and where they stand (empty when nowhere).
        redistribute: `rows`, `derived` or `none` (what a snapshot and its downloads may carry).
        citation: as the publisher asks, or as a reader would find it.
        indicators, tables: what it feeds.
        mirror: globs relative to a mirror folder; each must match at least one file.
        fetch: how its files are obtained, one of `FETCH_KINDS`.
    """

    id: str
    title: str
    publisher: str
    landing_page: str
    addresses: tuple[str, ...]
    licence: str
    licence_page: str
    redistribute: str
    citation: str
    indicators: tuple[str, ...]
    tables: tuple[str, ...]
    mirror: tuple[str, ...]
    fetch: str

    @property
    def frozen(self) -> bool:
        """Whether the publisher will issue no further release, and no live address is asked."""
        return self.fetch == "frozen"


def _well_formed(value: object, *, text: bool) -> bool:
    if text:
        return isinstance(value, str)
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def _form_problems(table: dict[str, Any]) -> list[str]:
    text = {field.name: field.type is str for field in fields(Declaration)}
    found = [f"missing key {name}" for name in text if name not in table]
    found += [f"unknown key {name}" for name in table if name not in text]
    for name in (name for name in text if name in table):
        if not _well_formed(table[name], text=text[name]):
            found.append(f"{name} must be {'a text' if text[name] else 'a list of texts'}")
        elif not table[name] and name not in MAY_BE_EMPTY:
            found.append(f"{name} is empty")
    return found


def _meaning_problems(table: dict[str, Any], stem: str) -> list[str]:
    found = [
        f"{name} must be one of {', '.join(allowed)}, not {table[name]!r}"
        for name, allowed in CLOSED_LISTS.items()
        if table[name] not in allowed
    ]
    if table["id"] != stem:
        found.append(f"id must equal the file's name, {stem}")
    wanted = FETCH_KINDS.get(table["fetch"])
    if wanted is not None and len(table["addresses"]) != wanted:
        found.append(f"fetch {table['fetch']} takes {wanted} addresses, not {len(table['addresses'])}")
    return found


def read_declaration(path: Path) -> Declaration:
    """Read one declaration.

    Raises:
        SourceError: no TOML, or a key missing, unknown, empty or of the wrong kind; the text lists every one.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"not a TOML file ({error})", source=path.stem, file=path.name) from error
    # What a table means is only asked of one whose form is sound.
    if problems := _form_problems(table) or _meaning_problems(table, path.stem):
        raise SourceError("; ".join(problems), source=path.stem, file=path.name)
    values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in table.items()}
    return Declaration(**values)


def declarations(folder: Path = SOURCES) -> dict[str, Declaration]:
    """Every declared source, by id, in the order of their ids.

    Raises:
        SourceError: a declaration is not well formed.
    """
    return {path.stem: read_declaration(path) for path in sorted(folder.glob("*.toml"))}
