"""What every source's `parse` returns: its rows, and an account of those it did not keep."""

from dataclasses import dataclass, field

import polars as pl

from etl.finding import Finding


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
