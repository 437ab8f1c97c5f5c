"""Rows set aside, or a thing to look at: what a build tells and does not stop at."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """Rows set aside, or a thing to look at, that does not stop a build.

    Attributes:
        source: the source's id; `release` of it.
        reason: a stable code, e.g. `repatriation_has_no_direction`.
        detail: what was met, as printed; empty where the reason says it all.
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
