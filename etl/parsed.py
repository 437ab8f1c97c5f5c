"""What every source's `parse` returns: its rows, and an account of those it did not keep."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import polars as pl


@dataclass(frozen=True, order=True)
class Finding:
    """Rows set aside, or a thing to look at, that does not stop a build.

    Attributes:
        source: the source's id; `release` of it.
        reason: a stable code, e.g. `repatriation_has_no_direction`.
        detail: what was found, as printed; empty where the reason says it all.
        rows: how many rows.
        set_aside: whether those rows were left out of the tables (else they are kept, and only worth a look).
        unexpected: whether it makes the exit status 2 (and 1 under `--strict`).
        first: the locator of the first of the rows, where there is something to look at.
        part: the part of a release that comes in several files (`etl.parsed.Parsed.part`).
    """

    source: str
    release: str
    reason: str
    detail: str = ""
    rows: int = 0
    set_aside: bool = True
    unexpected: bool = False
    first: str = ""
    part: str = ""


@dataclass(frozen=True)
class Parsed:
    """The tidy rows of one raw file.

    Attributes:
        rows: one row per kept record; each source documents its columns. `locator` names the record
            (file, sheet and row, as a person would find it).
        release: ISO 8601 with the precision the publisher gives, a version as printed, or `undated`.
        release_basis: where that release was read (`second row of the sheet`, `file name` ...).
        read: rows met in the file, headers and blank rows aside; read = kept + set aside.
        kept: rows kept, counted before any of them is reshaped.
        findings: rows set aside or to look at, each with a reason.
        part: which part of a release that comes in several files (a series, a treaty); empty where it comes in one.
    """

    rows: pl.DataFrame
    release: str
    release_basis: str
    read: int
    kept: int
    findings: list[Finding] = field(default_factory=list)
    part: str = ""


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each source, release, part, reason and detail, with the sum of the rows, in a fixed order."""
    rows: Counter[Finding] = Counter()
    first: dict[Finding, str] = {}
    for finding in findings:
        alike = replace(finding, rows=0, first="")
        rows[alike] += finding.rows
        first.setdefault(alike, finding.first)
    return sorted(replace(alike, rows=count, first=first[alike]) for alike, count in rows.items())
