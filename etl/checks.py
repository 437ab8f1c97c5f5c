"""What is compared before a snapshot is published, each with what was seen and what was expected.

A check that fails holds the build for a person, whose word (`--accept`) then stands in the manifest beside the result.
What was published before is the yardstick: a release that doubles, halves or empties a source, a figure ten times the
one before it, a state or a year that is gone. Where there is no earlier snapshot nothing is compared with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from data.contract import OBSERVATION_KEY, SCHEMAS
from data.snapshot import Snapshot
from etl import definitions
from etl.gazetteer import REFERENCE

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
SHOWN = 3
Frames = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Check:
    """One comparison: its name (stable words, then what it is about), what it saw, what was expected, the outcome."""

    name: str
    saw: str
    expected: str
    passed: bool


def run(frames: Frames, sources: list[dict[str, Any]], before: Snapshot | None) -> list[Check]:
    """Every check of the tables that a build made.

    Args:
        frames: the tables, as the contract has them.
        sources: the manifest's account of the sources.
        before: the snapshot published before, if there is one.
    """
    alone = [*_keys(frames), *_one_unit(frames), _people(frames), _parts(frames), _printed(frames)]
    return [*alone, *(_against(frames, sources, before) if before else ())]


def _against(frames: Frames, sources: list[dict[str, Any]], before: Snapshot) -> Iterator[Check]:
    yield from _rows(sources, before.manifest)
    held = {resource["name"] for resource in before.manifest["resources"]}
    earlier = {name: before.table(name).collect() for name in STATE if name in held}
    yield from _lost(frames, earlier)
    yield _jumps(frames["observations"], earlier["observations"])
    yield from (Check(*told) for told in definitions.compared(before.manifest.get("definitions", {})))


# ---------------------------------------------------------------- of the tables alone


def _keys(frames: Frames) -> Iterator[Check]:
    for name, schema in SCHEMAS.items():
        key = schema.primary_key()
        repeated = frames[name].height - frames[name].select(key).unique().height if key else 0
        yield Check(f"keys {name}", f"{repeated} repeated", "0 repeated", repeated == 0)


def _one_unit(frames: Frames) -> Iterator[Check]:
    """Figures of two units or two meanings of the year under one indicator cannot be compared, or added."""
    for column in ("unit", "year_basis"):
        kinds = frames["observations"].group_by("indicator").agg(pl.col(column).n_unique())
        mixed = sorted(kinds.filter(pl.col(column) > 1)["indicator"])
        yield Check(f"one {column} an indicator", _listed(mixed) or "one each", "one each", not mixed)


def _people(frames: Frames) -> Check:
    """No count of persons above the number of inhabitants."""
    figures = frames["observations"]
    people = figures.filter(pl.col("indicator") == "population").select("area", "year", people="high")
    counts = figures.filter(pl.col("unit") == "persons", pl.col("indicator") != "population")
    above = counts.join(people, on=["area", "year"], how="inner", validate="m:1").filter(
        pl.col("low") > pl.col("people")
    )
    return Check("figures above population", _where(above), "none", above.is_empty())


def _parts(frames: Frames) -> Check:
    """No part larger than its total, but where the publisher prints it so in the very release."""
    ours, theirs = _larger_parts(frames["observations"]), _larger_parts(frames["vintages"])
    key = [*OBSERVATION_KEY, "release"]
    made = ours.join(theirs, on=key, how="anti")
    saw = f"{made.height} of ours, {ours.height} as the publisher prints them"
    return Check("parts above totals", saw, "0 of ours", made.is_empty())


def _larger_parts(figures: pl.DataFrame) -> pl.DataFrame:
    place = ["indicator", "area", "year", "source", "release"]
    dimensions = pl.col("sex", "age", "form")
    counts = figures.filter(pl.col("unit").is_in(["persons", "offences"]), pl.col("low").is_not_null())
    totals = counts.filter(pl.all_horizontal(dimensions == "total")).select(*place, whole="high")
    parts = counts.filter(pl.any_horizontal(dimensions != "total"))
    return parts.join(totals, on=place, how="inner", validate="m:1").filter(pl.col("low") > pl.col("whole"))


def _printed(frames: Frames) -> Check:
    """Each best reading is a reading of the release that it names."""
    reading = [*OBSERVATION_KEY, "release", "low", "high", "status"]
    lost = frames["observations"].join(frames["vintages"], on=reading, how="anti", nulls_equal=True)
    return Check("best readings stand in their release", _where(lost), "none elsewhere", lost.is_empty())


# ---------------------------------------------------------------- against the snapshot before


def _rows(sources: list[dict[str, Any]], before: Mapping[str, Any]) -> Iterator[Check]:
    """Rows of each source's newest release; a source that is doubled, halved or empty is far outside of the share."""
    earlier = {source["name"]: _newest_rows(source) for source in before["sources"]}
    for source in sources:
        name, now, then = source["name"], _newest_rows(source), earlier.get(source["name"])
        if now is None or then is None:
            continue
        sound = abs(now - then) <= SHARE * then
        yield Check(f"rows {name}", f"{now:,}", f"within {SHARE:.0%} of {then:,}", sound)


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
        saw = _listed([f"{source} {value}" for source, value in gone]) or "none lost"
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
    return Check("figures ten times the one before", _where(jumped), "none", jumped.is_empty())


# ---------------------------------------------------------------- in words


def _where(rows: pl.DataFrame) -> str:
    named = rows.select(pl.format("{} {} {}", "indicator", "area", "year")).unique().to_series().sort().to_list()
    return f"{rows.height}: {_listed(named)}" if named else "none"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
