"""The manifest of a snapshot: for each source what it is, its releases, and rows read, kept and set aside."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from etl.as_read import ParsedFile
from etl.checking.definitions import definitions, whole_codebook
from etl.fetching.fetch import SourceFiles
from etl.parsed import Finding
from etl.source_declaration import CODEBOOK, Declaration, DeclaredIndicator, indicators

# What readers of the files have to know about how they were made.
RULES = {
    "interval": "Every figure is a closed interval from low to high in its unit; low = high for an exact figure.",
    "zero": "A true zero is exact with low = high = 0. An absent row means not reported, never zero.",
    "masked": "<5 is 0 to 4 in releases that publish no zeros, or hardly any; otherwise 1 to 4.",
    "conflicting": "Equal keys with different values, and repeated unlabeled categories, have no figure; see note.",
    "suspect": "A figure above 0.5% of the population, or of seven digits or more, has no figure; see note.",
    "release_of_figures": "By indicator and year (SDG: also form), the newest release with both; what it omits is out.",
    "release_of_flows": "The newest release with the year; data/reference/flow_releases.csv has the exceptions.",
    "later_zero": "A flow of <5 that a later release publishes as 0 is 0; its locator has both cells, the zero first.",
    "questioned": "Above 15 per 100,000 of the origin's population, larger than the destination's total, or listed.",
    "unlocated": "A region or an unknown label has no ISO code and located = false; nothing is guessed.",
    "stated": "One row for each statement of a report, never for a victim; exact repeats keep repeat_of.",
    "rates": "Per 100,000 population of the same year, both sexes, all ages, all forms; inputs names both cells.",
    "redistribute": "rows: as published; derived: only what we coded from it; none: not in these files.",
}


def manifest(
    known: Mapping[str, Declaration],
    files: Mapping[str, SourceFiles],
    parsed: Mapping[str, list[ParsedFile]],
    findings: list[Finding],
) -> dict[str, Any]:
    """The part of `datapackage.json` about sources and indicators; files and checks are added later."""
    return {
        "title": "Atalaya: trafficking in persons in the Americas",
        # The day only, and not part of the id: equal rows have one id on any day.
        "created": f"{datetime.now(UTC).date().isoformat()}T00:00:00Z",
        "rules": RULES,
        "definitions": definitions(),
        "indicators": [_indicator(source, indicator) for source, indicator in indicators(known)],
        "sources": [
            _source(source, files[name], parsed.get(name, []), findings)
            for name, source in known.items()
            # No files: nobody has sent anything yet.
            if files[name].receipts or parsed.get(name)
        ],
    }


def _source(
    source: Declaration, files: SourceFiles, parsed: list[ParsedFile], findings: list[Finding]
) -> dict[str, Any]:
    mine = [finding for finding in findings if finding.source == source.id]
    releases = [_release(one, mine) for one in parsed]
    freshness = {"status": files.status, "tried": files.tried, "problem": files.problem}
    return {
        "name": source.id,
        "label": dict(source.label),
        "title": source.title,
        "publisher": source.publisher,
        "path": source.landing_page,
        # So spelled since the first snapshot, in the API and in files: other programs read it.
        "licence": source.license,
        "licence_page": source.license_page,
        "redistribute": source.redistribute,
        "citation": source.citation,
        "frozen": source.frozen,
        **({"forms_apart": True} if source.forms_apart else {}),
        **({"unseen": dict(source.unseen)} if source.unseen else {}),
        **({"pages": dict(source.pages)} if source.pages else {}),
        **{name: value for name, value in freshness.items() if value},
        "tables": list(source.tables),
        "releases": releases or [asdict(receipt) | {"release": "undated"} for receipt in files.receipts],
    }


def _indicator(source: Declaration, indicator: DeclaredIndicator) -> dict[str, Any]:
    """What readers need to list, name and explain an indicator."""
    line = next((row for row in whole_codebook() if row["column"] == "indicator" and row["code"] == indicator.id), {})
    return {
        "id": indicator.id,
        "source": source.id,
        "unit": indicator.unit,
        "order": indicator.order,
        "derived": indicator.derived,
        "shown": indicator.shown,
        "title": dict(indicator.title),
        "definition": dict(indicator.definition),
        "codebook": {name: line[name] for name in ("version", *CODEBOOK) if name in line},
        **({"beside": indicator.beside, "coverage": dict(indicator.coverage)} if indicator.beside else {}),
        **({"counting_unit": indicator.counting_unit} if indicator.counting_unit else {}),
        **({"date_counted": indicator.date_counted} if indicator.date_counted else {}),
    }


def _release(read: ParsedFile, findings: list[Finding]) -> dict[str, Any]:
    """The account of a release; always rows read = kept + set aside."""
    parsed = read.parsed
    mine = [finding for finding in findings if (finding.release, finding.part) == (parsed.release, parsed.part)]
    aside = [_facts(finding) for finding in mine if finding.set_aside]
    return {
        "release": parsed.release,
        **({"part": parsed.part} if parsed.part else {}),
        "basis": parsed.release_basis,
        **asdict(read.receipt),
        "read": parsed.read,
        "kept": parsed.read - sum(finding["rows"] for finding in aside),
        "set_aside": aside,
        "to_look_at": [_facts(finding) for finding in mine if not finding.set_aside],
    }


def _facts(finding: Finding) -> dict[str, Any]:
    facts: dict[str, Any] = {"reason": finding.reason, "rows": finding.rows}
    words = {"detail": finding.detail, "first": finding.first if finding.unexpected else ""}
    return facts | {name: text for name, text in words.items() if text} | {"unexpected": finding.unexpected}
