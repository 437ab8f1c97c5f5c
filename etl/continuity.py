"""New tables against the snapshot published before: it is the yardstick of what comes next.

A release that doubles, halves or empties a source, a figure ten times the one before it or a tenth of it, a state or a
year that is gone, a definition that changed under its old version: each is looked at by a person first.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import dataframely as dy
import polars as pl

from data import columns
from data.reviewed import REFERENCE, Reviewed, read
from data.snapshot import Snapshot
from etl import definitions
from etl.declaration import declarations
from etl.jumps import jumped
from etl.verdict import Check, Frames, listed, of_sources

# Rows of a source's newest release against the one published before: beyond this share it is looked at.
SHARE = 0.15
# What each table gives: the columns that name a series, and those that name a country (each a series of its own).
GIVEN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "observations": (("indicator",), ("area",)),
    "flows": (("evidence",), ("origin", "transit", "destination")),
    "roles": (("role",), ("area",)),
    "instruments": (("instrument", "action"), ("area",)),
    "evidence": (("kind",), ("actor",)),
    "migrant_stock": ((), ("origin", "destination")),
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
    earlier = {name: before.table(name).collect() for name in GIVEN if name in held}
    newest = {source["name"]: source["releases"][-1]["release"] for source in sources}
    yield from _lost(frames, earlier, newest)
    yield from jumped({name: frames[name] for name in earlier}, earlier)
    yield from (Check(*told) for told in definitions.compared(before.manifest.get("definitions", {})))


def _rows(sources: list[dict[str, Any]], before: Mapping[str, Any]) -> Iterator[Check]:
    """Rows of each source's newest release; a source that is doubled, halved or empty is far outside of the share.

    A source that comes in parts is compared part by part: the parts have releases of their own, and what one lost
    another would hide.
    """
    earlier = {source["name"]: _newest_rows(source) for source in before["sources"]}
    for source in sources:
        now, then = _newest_rows(source), earlier.get(source["name"], {})
        parts = sorted(now.keys() & then.keys())
        off = [part for part in parts if abs(now[part] - then[part]) > SHARE * then[part]]
        saw, expected = f"{sum(now[part] for part in parts):,}", f"{sum(then[part] for part in parts):,}"
        if off:
            saw, expected = (listed([f"{rows[part]:,} {part}".strip() for part in off]) for rows in (now, then))
        if parts:
            yield Check(f"rows {source['name']}", saw, f"within {SHARE:.0%} of {expected}", not off)


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


def _newest_rows(source: Mapping[str, Any]) -> dict[str, int]:
    """Rows read in the newest release of each part; nothing for a source whose rows nobody counts."""
    # The account lists the oldest release first.
    newest = {held.get("part", ""): held["read"] for held in source["releases"] if "read" in held}
    # Our own lists are short, and each is reviewed line by line.
    return {"": sum(newest.values())} if newest and source["name"] == "reference" else newest


def _lost(frames: Frames, earlier: Frames, newest: Mapping[str, str]) -> Iterator[Check]:
    """States and years that a source's series gave and gives no more, unless `losses.csv` says why.

    Args:
        newest: each source's newest release.
    """
    then, now = _given(earlier), _given({name: frames[name] for name in earlier})
    states, years = _gone(then, now, "area"), _gone(then, now, "year")
    # A state that is gone has no year left, and what is told of a whole year is not told of each state.
    rest = then.join(states, on=["source", "series", "area"], how="anti")
    rest = rest.join(years, on=["source", "series", "year"], how="anti")
    declared = _declared()
    for what, gone in (("states", states), ("years", years), ("years of states", _gone(rest, now, "area", "year"))):
        left = [
            (source, f"{series} {lost}")
            for source, series, lost in gone.select("source", "series", "lost").iter_rows()
            if not _excused(source, series, lost, declared, newest)
        ]
        yield Check(f"{what} lost", of_sources(left) if left else "none lost", "none lost", not left)


def _given(frames: Frames) -> pl.DataFrame:
    """What the tables give: source, series, area, year (null where a table has none)."""
    held = [
        frame.select(
            "source",
            series=pl.concat_str(*series, *([pl.lit(end)] if ends[1:] else []), separator=" "),
            area=end,
            year=pl.col("year").cast(pl.String) if "year" in frame.columns else pl.lit(None, dtype=pl.String),
        )
        for name, frame in frames.items()
        for series, ends in [GIVEN[name]]
        for end in ends
    ]
    return pl.concat(held).unique()


def _gone(then: pl.DataFrame, now: pl.DataFrame, *place: str) -> pl.DataFrame:
    """What was given and is no more: source, series, the place, and its words as `lost`."""
    key = ["source", "series", *place]
    gone = then.select(key).drop_nulls().unique().join(now, on=key, how="anti").sort(key)
    return gone.with_columns(lost=pl.concat_str(*place, separator=" "))


class Losses(Reviewed):
    """A loss that a person has explained.

    `what` is what is lost as the check says it (`PER`, `2020` or `PER 2020`), `series` the series (blank: any of the
    source), `release` the release that lost it (blank: any; a later one needs a word of its own).
    """

    FILE = "losses.csv"
    MAY_BE_EMPTY = True
    source = dy.String(
        nullable=False,
        check={"declared": lambda source: source.is_in(list(declarations()))},
        description="a source's id",
    )
    series = columns.text(nullable=True)
    what = dy.String(
        nullable=False, regex="^([A-Z]{3}|[0-9]{4}|[A-Z]{3} [0-9]{4})$", description="PER, 2020 or PER 2020"
    )
    release = columns.text(nullable=True)
    reason = columns.text()


def _declared() -> list[dict[str, str]]:
    return list(
        read(Losses, REFERENCE / Losses.FILE).with_columns(pl.col(pl.String).fill_null("")).iter_rows(named=True)
    )


def _excused(source: str, series: str, lost: str, declared: list[dict[str, str]], newest: Mapping[str, str]) -> bool:
    return any(
        (row["source"], row["what"]) == (source, lost)
        and row.get("series", "") in {"", series}
        and row.get("release", "") in {"", newest.get(source)}
        for row in declared
    )
