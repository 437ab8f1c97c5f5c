"""What a build changes: figures, totals against their parts, totals against their series; and the page of a build."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from data.contract import OBSERVATION_KEY
from data.snapshot import Snapshot
from etl.checking import changes, consistent, series, sums
from etl.checking.changes import interval, part, value
from etl.checking.continuity import published_tables
from etl.checking.result import Check, Frames

PAGE = "build.md"
# The page of a build that was not published, beside the snapshots.
HELD_PAGE = "held.md"


@dataclass(frozen=True)
class Review:
    """What a build changes.

    Attributes:
        before: what it was compared with, in words.
        changed: rows of `changes.changes`.
        totals: rows of `sums.compared`.
        unusual: rows of `series.outside`.
        checks: the checks of these rows.
    """

    before: str
    changed: pl.DataFrame
    totals: pl.DataFrame
    unusual: pl.DataFrame
    checks: list[Check]


def review(frames: Frames, before: Snapshot | None) -> Review:
    """Compare the tables of a build with the published snapshot, or for a first build with the release before.

    Args:
        frames: the tables of the contract.
        before: the published snapshot, if there is one that can be read.
    """
    if before is None:
        words, earlier = "the release before", {"observations": changes.release_before(frames["vintages"])}
    else:
        words, earlier = f"the published snapshot {before.id}", published_tables(before)
    now, then = (changes.figures({name: tables[name] for name in earlier}) for tables in (frames, earlier))
    if before is None:
        # Without an earlier release all figures of a series would be new.
        now = now.join(then, on=["source", "indicator"], how="semi")
    changed = changes.changes(now, then)
    totals = sums.compared(sums.sums(frames["observations"]), sums.sums(earlier["observations"]))
    unusual = series.outside(frames["observations"], changed)
    known = before is not None
    revised = pl.concat([changed, changes.regional(now, then)])
    vintages = before.table("vintages").collect() if before else frames["vintages"].clear()
    found = [
        *changes.checked(revised, published=known),
        *sums.checked(totals, published=known),
        *consistent.checked(frames, earlier, changed, published=known),
        *consistent.of_releases(frames["vintages"], vintages),
    ]
    return Review(words, changed, totals, unusual, [*found, *series.checked(unusual)])


def summary(review: Review) -> str:
    """One line for the terminal: how many figures changed, and how many checks warn."""
    counts = _counts(review.changed)
    asked = sum(check.asked for check in review.checks)
    said = ", ".join(f"{counts.get(kind, 0):,} {kind}" for kind in ("changed", "new", "gone"))
    return f"figures against {review.before}: {said}; warnings: {asked}"


def page(review: Review, results: Sequence[Check], accepted: str, by: str = "") -> str:
    """The page of a build in Markdown: what changed, the warnings, why it passed or was not published.

    Args:
        results: all checks of the build.
        accepted: the reason why failed checks may pass, if one was given.
        by: who gave it.
    """
    blocks = [
        ["# A build", "", f"Compared with {review.before}. How the checks work is in `docs/method.md`."],
        _outcome(results, accepted, by or "A maintainer"),
        _asked(results),
        _changed(review.changed),
        _unusual(review.unusual),
        _totals(review.totals),
    ]
    return "\n".join("\n".join([*block, ""]) for block in blocks)


def _outcome(results: Sequence[Check], accepted: str, by: str) -> Iterator[str]:
    failed = [check for check in results if not check.passed]
    yield "## Why it passed" if accepted or not failed else "## Why it was not published"
    yield ""
    yield f"{len(results) - len(failed)} of {len(results)} checks passed."
    if failed:
        yield f"{by} accepted the others: {accepted}" if accepted else "Nothing was published."
        yield ""
    for check in failed:
        yield f"- {check.name}: {check.saw}; expected {check.expected}"


def _asked(results: Sequence[Check]) -> Iterator[str]:
    asked = [check for check in results if check.asked]
    yield "## Warnings"
    yield ""
    if not asked:
        yield "None."
    for check in asked:
        yield f"- {check.name}: {check.saw}"


def _changed(changed: pl.DataFrame) -> Iterator[str]:
    counts = _counts(changed)
    yield "## What changed"
    yield ""
    yield f"{counts.get('new', 0):,} figures are new. {counts.get('convention', 0):,} changed only in how <5 is shown."
    yield ""
    rows = changed.filter(pl.col("kind").is_in(["changed", "gone"])).sort("source", *OBSERVATION_KEY)
    cells = [
        (
            *(row[name] for name in ("source", "indicator", "area", "year")),
            " ".join(part(row)) or "all",
            value(row, "_from"),
            value(row),
            row["release"] or "",
        )
        for row in rows.iter_rows(named=True)
    ]
    yield from _table(("source", "figure", "state", "year", "of", "before", "now", "release"), cells)


def _unusual(unusual: pl.DataFrame) -> Iterator[str]:
    yield "## Totals outside the range of their series"
    yield ""
    cells = [
        (
            *(row[name] for name in ("source", "indicator", "area", "year")),
            interval(row["low"], row["high"]),
            interval(row["least"], row["most"]),
        )
        for row in unusual.iter_rows(named=True)
    ]
    yield from _table(("source", "figure", "state", "year", "total", "range"), cells)


def _totals(totals: pl.DataFrame) -> Iterator[str]:
    yield "## As published"
    yield ""
    yield "Totals that differ from the sum of their parts in the publisher's file."
    yield ""
    cells = [
        (
            *(row[name] for name in ("source", "indicator", "area", "year", "by")),
            interval(row["low"], row["high"]),
            f"{interval(row['parts_low'], row['parts_high'])} ({row['parts']})",
            _since(row),
        )
        for row in totals.iter_rows(named=True)
    ]
    yield from _table(("source", "figure", "state", "year", "by", "total", "sum of parts", "since"), cells)


def _since(row: Mapping[str, Any]) -> str:
    if row["held"]:
        return "now: the total moved and its parts did not"
    return "now" if row["asked"] else "before"


def _table(names: Sequence[str], cells: Sequence[Sequence[object]]) -> Iterator[str]:
    if not cells:
        yield "None."
        return
    for row in (names, ["---"] * len(names), *cells):
        # A printed value may hold the mark between two cells.
        yield f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |"


def _counts(changed: pl.DataFrame) -> dict[str, int]:
    return dict(changed.group_by("kind").len().iter_rows())
