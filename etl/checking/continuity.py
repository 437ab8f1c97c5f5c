"""Compare new tables with the published snapshot.

A person has to look at: a release that doubles, halves or empties a source, a figure ten times or a tenth of the one
before, a state or year that is gone, a definition that changed without a new version.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from data.snapshot import Snapshot
from etl.checking import definitions
from etl.checking.jumps import jumped
from etl.checking.losses import GIVEN, lost
from etl.checking.result import Check, Frames, Statement, coded, listed, none, several, verdict

# How much the rows of a source's newest release may differ from those published before.
SHARE = 0.15
# Status of our own files, which people correct by hand, line by line.
OWN = "reference"


def compared(frames: Frames, sources: list[dict[str, Any]], before: Snapshot) -> Iterator[Check]:
    """The checks of new tables against the published snapshot.

    Args:
        frames: the tables of the contract.
        sources: the sources in the manifest.
    """
    yield from _rows(sources, before.manifest)
    yield from _releases(sources, before.manifest)
    earlier = published_tables(before)
    newest = {source["name"]: source["releases"][-1]["release"] for source in sources if source["releases"]}
    yield from lost(frames, earlier, newest)
    yield from jumped({name: frames[name] for name in earlier}, earlier)
    changed = definitions.compared(before.manifest.get("definitions", {}))
    saw = coded("names", ", ".join(changed), first=changed, more=0) if changed else none()
    yield verdict("definitions changed under one version", saw, none(), passed=not changed)


def published_tables(before: Snapshot) -> dict[str, pl.DataFrame]:
    """The tables of the published snapshot that new ones are compared with."""
    published = {resource["name"] for resource in before.manifest["resources"]}
    return {name: before.table(name).collect() for name in GIVEN if name in published}


def _rows(sources: list[dict[str, Any]], before: Mapping[str, Any]) -> Iterator[Check]:
    """The number of rows of each source's newest release.

    A source in parts is compared part by part: parts have their own releases, and one could hide the losses of
    another.
    """
    earlier = {source["name"]: _newest_rows(source) for source in before["sources"]}
    for source in sources:
        now, then = _newest_rows(source), earlier.get(source["name"], {})
        parts = sorted(now.keys() & then.keys())
        off = [part for part in parts if then[part] and abs(now[part] - then[part]) > SHARE * then[part]]
        saw, expected = (_counted(rows, parts, off) for rows in (now, then))
        facts = {**expected.facts, "code": "within", "share": round(100 * SHARE)}
        within = Statement(f"within {SHARE:.0%} of {expected.words}", facts)
        if parts:
            yield verdict(f"rows {source['name']}", saw, within, passed=not off)


def _counted(rows: Mapping[str, int], parts: Sequence[str], off: Sequence[str]) -> Statement:
    """The rows of a source, or of those parts that differ too much."""
    n = sum(rows[part] for part in parts)
    apart = {part: rows[part] for part in off if part}
    words = listed([f"{rows[part]:,} {part}".strip() for part in off]) if off else f"{n:,}"
    return coded("rows", words, n=n, **({"parts": apart} if apart else {}))


def _releases(sources: list[dict[str, Any]], before: Mapping[str, Any]) -> Iterator[Check]:
    """All releases are still there, with equal bytes: a dated release does not change."""
    then, now = (_bytes(account) for account in (before["sources"], sources))
    gone = sorted(" ".join(filter(None, key)) for key in then.keys() - now.keys())
    other = sorted(" ".join(filter(None, key)) for key in then.keys() & now.keys() if then[key] != now[key])
    yield verdict("releases lost", several(gone, "none lost"), none("none lost"), passed=not gone)
    yield verdict("releases changed under one date", several(other), none(), passed=not other)


def _bytes(sources: list[dict[str, Any]]) -> dict[tuple[str, str, str], str]:
    return {
        (source["name"], release["release"], release.get("part", "")): release["sha256"]
        for source in sources
        if source.get("status") != OWN
        for release in source["releases"]
        if "read" in release
    }


def _newest_rows(source: Mapping[str, Any]) -> dict[str, int]:
    """Rows in the newest release of each part; empty if rows are not counted."""
    # The manifest lists the oldest release first.
    newest = {one.get("part", ""): one["read"] for one in source["releases"] if "read" in one}
    # Our own lists are short, and each is reviewed line by line.
    return {"": sum(newest.values())} if newest and source.get("status") == OWN else newest
