"""The account a snapshot gives of itself: per source what it is, each release held, rows read, kept and set aside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from etl.declaration import Declaration
from etl.errors import Finding
from etl.parsed import Parsed
from etl.rawfile import RawFile


@dataclass(frozen=True)
class Receipt:
    """One raw file and what was read in it."""

    file: RawFile
    parsed: Parsed


def manifest(
    known: Mapping[str, Declaration],
    receipts: Mapping[str, list[Receipt]],
    polygons: list[RawFile],
    findings: list[Finding],
) -> dict[str, Any]:
    """Everything of `datapackage.json` that does not depend on the written files."""
    return {
        "title": "Atalaya: trafficking in persons in the Americas",
        # The day alone, and outside of what the id is made from: equal rows keep one id on any day.
        "created": datetime.now(UTC).date().isoformat(),
        "sources": [_source(source, receipts.get(name, []), polygons, findings) for name, source in known.items()],
    }


def _source(
    source: Declaration, receipts: list[Receipt], polygons: list[RawFile], findings: list[Finding]
) -> dict[str, Any]:
    mine = [finding for finding in findings if finding.source == source.id]
    releases = [_release(receipt, mine) for receipt in receipts]
    return {
        "name": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "path": source.landing_page,
        "licence": source.licence,
        "licence_page": source.licence_page,
        "redistribute": source.redistribute,
        "citation": source.citation,
        "frozen": source.frozen,
        "tables": list(source.tables),
        "releases": releases or [_file(file) | {"release": "undated"} for file in polygons],
    }


def _file(file: RawFile) -> dict[str, Any]:
    facts = {"file": file.name, "address": file.address, "retrieved": file.retrieved}
    return {**facts, "sha256": file.sha256, "bytes": len(file.content)}


def _release(receipt: Receipt, findings: list[Finding]) -> dict[str, Any]:
    """One release's account; rows read = kept + set aside, always."""
    parsed = receipt.parsed
    mine = [finding for finding in findings if finding.release == parsed.release]
    aside = [_told(finding) for finding in mine if finding.set_aside]
    return {
        "release": parsed.release,
        "basis": parsed.release_basis,
        **_file(receipt.file),
        "read": parsed.read,
        "kept": parsed.read - sum(finding["rows"] for finding in aside),
        "set_aside": aside,
        "to_look_at": [_told(finding) for finding in mine if not finding.set_aside],
    }


def _told(finding: Finding) -> dict[str, Any]:
    facts: dict[str, Any] = {"reason": finding.reason, "rows": finding.rows}
    return facts | ({"detail": finding.detail} if finding.detail else {}) | {"unexpected": finding.unexpected}
