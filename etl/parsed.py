"""What each source's `parse` returns: its rows, and an account of those that it set aside."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import polars as pl


@dataclass(frozen=True, order=True)
class Finding:
    """Rows set aside, or something to look at; it does not stop a build.

    Attributes:
        source, release: the source's id, and its release.
        reason: a stable code, e.g. `repatriation_has_no_direction`.
        detail: what was found, as printed; empty if the reason says enough.
        rows: how many rows.
        set_aside: whether the rows were left out of the tables; otherwise they are kept and only worth a look.
        unexpected: whether it makes the exit status 2 (and 1 under `--strict`).
        first: the locator of the first row, if there is something to look at.
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
        release_basis: where the release was found (`second row of the sheet`, `file name` ...).
        read: rows in the file, without headers and blank rows; read = kept + set aside.
        kept: rows kept, counted before any reshaping.
        findings: rows set aside or to look at, each with a reason.
        part: the part of the release that this file has (a series, a treaty); empty if a release is one file.
    """

    rows: pl.DataFrame
    release: str
    release_basis: str
    read: int
    kept: int
    findings: list[Finding] = field(default_factory=list)
    part: str = ""

    @property
    def by_citizenship(self) -> bool:
        """Whether the rows are a list of a register: persons of an `indicator`, by citizenship (`origin`)."""
        return {"indicator", "origin"} <= {*self.rows.columns}


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each source, release, part, reason and detail, with the sum of the rows, in a fixed order."""
    rows: Counter[Finding] = Counter()
    first: dict[Finding, str] = {}
    for finding in findings:
        alike = replace(finding, rows=0, first="")
        rows[alike] += finding.rows
        first.setdefault(alike, finding.first)
    return sorted(replace(alike, rows=count, first=first[alike]) for alike, count in rows.items())


def beyond(findings: Iterable[Finding], fewer: Iterable[Finding]) -> list[Finding]:
    """What findings about all rows count beyond those about fewer rows; both as from `merged`."""
    counted = {replace(one, rows=0, first=""): one.rows for one in fewer}
    less = [(one, counted.get(replace(one, rows=0, first=""))) for one in findings]
    return [replace(one, rows=one.rows - (rows or 0)) for one, rows in less if rows is None or rows < one.rows]
