"""Declarations for tests: a made-up one, and the project's own with other numbers of records."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import pytest

from etl import source_declaration
from etl.fetching.raw import RawFile
from etl.gathering import ParsedFile, parse_files
from etl.source_declaration import SOURCES, Declaration, declarations

SOURCE = Declaration(
    id="sample",
    label={"en": "A sample"},
    title="A sample",
    publisher="Somebody",
    landing_page="https://example.org/",
    license="CC BY 4.0",
    redistribute="rows",
    citation="Somebody. A sample.",
    rows="roles",
    mirror=("folder/*.csv", "folder/extra*"),
)
# The samples have a few of a frozen table's records.
SHORT = {"hti": {"any": 5}, "du_directionality": {"any": 10}}


def with_records(records: Mapping[str, Mapping[str, int]]) -> dict[str, Declaration]:
    """The project's declarations with these numbers of records and no others."""
    known = declarations().items()
    return {name: replace(source, least_records=records.get(name, {})) for name, source in known}


def declare_records(monkeypatch: pytest.MonkeyPatch, records: Mapping[str, Mapping[str, int]]) -> None:
    """Let the project's declarations have these numbers of records and no others."""
    known, read = with_records(records), source_declaration._declarations
    monkeypatch.setattr(
        source_declaration, "_declarations", lambda folder: known if folder == SOURCES else read(folder)
    )


def parsed_files(files: Iterable[RawFile], today: date) -> list[ParsedFile]:
    """Files of one declared source, parsed."""
    raw_files = list(files)
    return parse_files(declarations()[raw_files[0].source], raw_files, today)
