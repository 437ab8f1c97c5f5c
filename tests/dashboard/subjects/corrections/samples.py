"""The published snapshot with corrections from a sample state report in its ledger, for tests only."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache

import polars as pl

from dashboard import store
from dashboard.store import Tables
from data.snapshot import Snapshot

TOTAL = "figure:detected_victims:CRI:2019:total:total:total"
FEMALE = "figure:detected_victims:CRI:2019:female:total:total"
FLOW = "flow:NIC:CRI:2019"
FINDING = "Sample for tests: we count 70"
OLDER, FLOW_FINDING = "Sample for tests: withdrawn wording", "Sample for tests: we count 14 from there"


def entry(target: str, finding: str, name: str, version: int = 1, **changed: object) -> dict[str, object]:
    """A correction as the ledger holds it."""
    return {
        "id": f"correction:{name}",
        "version": version,
        "replies_to": target,
        "paragraph": 26,
        "actor": "CRI",
        "grade": "reply",
        "kind": "reply",
        "finding": finding,
        "title": "Sample document for tests",
        "issuer": "Sample issuer",
        "date": date(2024, 5, 2),
        "locator": "sample.xlsx#corrections!4",
        "source": "reference",
        "release": "2024-05-02",
    } | changed


ENTRIES = [
    entry(TOTAL, OLDER, "CRI:1"),
    entry(TOTAL, FINDING, "CRI:1", 2),
    entry(FLOW, FLOW_FINDING, "CRI:2"),
    # Not corrections: a reply to an entry, a review of a figure, a malformed target.
    entry("law:CRI", "Sample for tests: about a law", "CRI:3"),
    entry(TOTAL, "Sample for tests: a review", "CRI:4", grade="reviewed", kind="review"),
    entry("figure:detected_victims:CRI", "Sample for tests: half a name", "CRI:5"),
]


def evidence(entries: list[dict[str, object]]) -> pl.DataFrame:
    """The published ledger with further entries."""
    published = Snapshot.open().table("evidence").collect()
    corrections = pl.DataFrame(entries, schema_overrides=dict(published.schema))
    return pl.concat([published, corrections], how="diagonal_relaxed")


@cache
def usual() -> Tables:
    """The tables with `ENTRIES`, built once so that query results are cached."""
    return store.tables().replaced(evidence=evidence(ENTRIES).lazy())


@contextmanager
def disputed(entries: list[dict[str, object]] = ENTRIES) -> Iterator[None]:
    """The published snapshot with these entries in its ledger for the duration of the block."""
    tables = store.tables
    other = usual() if entries is ENTRIES else tables().replaced(evidence=evidence(entries).lazy())
    store.tables = lambda: other
    try:
        yield
    finally:
        store.tables = tables
