"""New tables against the snapshot published before: it is the yardstick of what comes next.

A release that doubles, halves or empties a source, a figure ten times the one before it, a state or a year that is
gone, a definition that changed under its old version: each is looked at by a person first.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from data.contract import OBSERVATION_KEY
from data.snapshot import Snapshot
from etl import definitions
from etl.gazetteer import REFERENCE
from etl.verdict import Check, Frames, listed, where

# Rows of a source's newest release against the one published before: beyond this share it is looked at.
SHARE = 0.15
# A figure this many times the one before it; below the least figure such jumps are the noise of small numbers.
JUMP, LEAST = 10.0, 100.0
# Where each table says which state a row speaks of.
STATE = {
    "observations": "area",
    "flows": "destination",
    "roles": "area",
    "instruments": "area",
    "evidence": "actor",
    "migrant_stock": "destination",
}


def compared(frames: Frames, sources: list[dict[str, Any]], before: Snapshot) -> Iterator[Check]:
    """The checks of new tables against those published before.

    Args:
        frames: the tables, as the contract has them.
        sources: the manifest's account of the sources.
    """
    yield from _rows(sources, before.manifest)
    yield from _releases(sources, before.manifest)
    held = {resource["name"] for resource in before.manifest["resources"]}
    earlier = {name: before.table(name).collect() for name in STATE if name in held}
    yield from _lost(frames, earlier)
    yield _jumps(frames["observations"], earlier["observations"])
    yield from (Check(*told) for told in definitions.compared(before.manifest.get("definitions", {})))


def _rows(sources: list[dict[str, Any]], before: Mapping[str, Any]) -> Iterator[Check]:
    """Rows of each source's newest release; a source that is doubled, halved or empty is far outside of the share."""
    earlier = {source["name"]: _newest_rows(source) for source in before["sources"]}
    for source in sources:
        name, now, then = source["name"], _newest_rows(source), earlier.get(source["name"])
        if now is None or then is None:
            continue
        sound = abs(now - then) <= SHARE * then
        yield Check(f"rows {name}", f"{now:,}", f"within {SHARE:.0%} of {then:,}", sound)


def _releases(sources: list[dict[str, Any]], before: Mapping[str, Any]) -> Iterator[Check]:
    """Each release held before is held still, and with the same bytes: what a publisher has dated does not change."""
    then, now = (_bytes(told) for told in (before["sources"], sources))
    gone = sorted(" ".join(filter(None, key)) for key in then.keys() - now.keys())
    other = sorted(" ".join(filter(None, key)) for key in then.keys() & now.keys() if then[key] != now[key])
    yield Check("releases lost", listed(gone) or "none lost", "none lost", not gone)
    yield Check("releases changed under one date", listed(other) or "none", "none", not other)


def _bytes(sources: list[dict[str, Any]]) -> dict[tuple[str, str, str], str]:
    return {
        (source["name"], held["release"], held.get("part", "")): held["sha256"]
        for source in sources
        if source["name"] != "reference"
        for held in source["releases"]
        if "read" in held
    }


def _newest_rows(source: Mapping[str, Any]) -> int | None:
    """Rows read in all parts of the newest release; None for a source whose rows nobody counts."""
    read = [(held["release"], held["read"]) for held in source["releases"] if "read" in held]
    newest = max((release for release, _ in read), default=None)
    return sum(rows for release, rows in read if release == newest) if read else None


def _lost(frames: Frames, earlier: Frames) -> Iterator[Check]:
    """States and years that a source gave and gives no more, unless `data/reference/losses.csv` says why."""
    declared = pl.read_csv(REFERENCE / "losses.csv", infer_schema=False)
    excused = {(row["source"], row["what"]) for row in declared.iter_rows(named=True)}
    for what, column in (("states", STATE.get), ("years", lambda _: "year")):
        gone = sorted(
            (source, value)
            for name, frame in earlier.items()
            for source, value in _given(frame, column(name)) - _given(frames[name], column(name))
            if (source, value) not in excused
        )
        saw = listed([f"{source} {value}" for source, value in gone]) or "none lost"
        yield Check(f"{what} lost", saw, "none lost", not gone)


def _given(frame: pl.DataFrame, column: str | None) -> set[tuple[str, str]]:
    if column not in frame.columns:
        return set()
    pairs = frame.select("source", pl.col(str(column)).cast(pl.String)).drop_nulls().unique()
    return set(pairs.iter_rows())


def _jumps(figures: pl.DataFrame, earlier: pl.DataFrame) -> Check:
    """A figure that is new or another, and ten times what the same state gave before for that year or in any year."""
    place = ["indicator", "area", "sex", "age", "form", "source"]
    same = earlier.select(*OBSERVATION_KEY, then="high")
    most = earlier.group_by(place).agg(pl.col("high").max().alias("most"))
    told = figures.filter(pl.col("low") >= LEAST)
    told = told.join(same, on=OBSERVATION_KEY, how="left", validate="1:1").join(
        most, on=place, how="left", validate="m:1"
    )
    yardstick = pl.coalesce("then", "most")
    jumped = told.filter(pl.col("low") >= JUMP * yardstick)
    return Check("figures ten times the one before", where(jumped), "none", jumped.is_empty())
