"""The checks before a snapshot is published; each says what it found and what was expected.

A failed check stops the build until a person accepts it (`--accept`); the reason is in the manifest.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from data.contract import OBSERVATION_KEY, SCHEMAS
from data.releases import latest, ordered
from data.reviewed import read
from data.snapshot import Snapshot
from etl.checking import continuity, recount
from etl.checking.result import Check, Frames, coded, none, several, verdict, where
from etl.making.flow_releases import FlowReleases
from etl.making.rates import POPULATION
from etl.making.restated import PLACE, WIDENED
from etl.source_declaration import declarations, source_of

__all__ = ["DAMAGED", "Check", "run"]
# Errors from a damaged snapshot.
DAMAGED = (LookupError, TypeError, AttributeError, ValueError, OSError, pl.exceptions.PolarsError)


def run(frames: Frames, sources: list[dict[str, Any]], before: Snapshot | None) -> list[Check]:
    """Run all checks of the tables of a build.

    Args:
        frames: the tables of the contract.
        sources: the sources in the manifest.
        before: the published snapshot, if there is one.
    """
    results = [*_keys(frames), *_one_unit(frames), _people(frames), _parts(frames), _printed(frames)]
    results += [_declared_releases(sources, source_of("victim_counts")), *recount.recounted(frames)]
    results.append(_unmasked(frames))
    return [*results, *(_against(frames, sources, before) if before else ())]


def _against(frames: Frames, sources: list[dict[str, Any]], before: Snapshot) -> list[Check]:
    try:
        return list(continuity.compared(frames, sources, before))
    except DAMAGED as error:
        # The published snapshot is damaged: a person has to look at it, without a traceback.
        saw, expected = coded("error", repr(error), error=repr(error)), coded("readable", "readable")
        return [verdict("comparison with the snapshot before", saw, expected, passed=False)]


def _declared_releases(sources: Sequence[Mapping[str, Any]], counts: str) -> Check:
    """Whether we have each release of flow_releases.csv: the newest would silently replace a missing one.

    Args:
        sources: the sources in the manifest.
        counts: the id of the source whose releases are declared.
    """
    releases = {one["release"] for source in sources if source["name"] == counts for one in source["releases"]}
    missing = read(FlowReleases).filter(~pl.col("release").is_in(list(releases)), bool(releases))
    rows = [list(row) for row in missing.select("row", "release").iter_rows()]
    named = [f"row {row} names {release}" for row, release in rows]
    saw = f"flow_releases.csv, {'; '.join(named)}, but {counts} has only {', '.join(ordered(releases))}"
    nothing = none("none lost")
    statement = coded("undeclared", saw, rows=rows, source=counts, held=ordered(releases)) if named else nothing
    return verdict("declared releases lost", statement, nothing, passed=not named)


def _keys(frames: Frames) -> Iterator[Check]:
    for name, schema in SCHEMAS.items():
        key = schema.primary_key()
        repeated = frames[name].height - frames[name].select(key).unique().height if key else 0
        saw, expected = (coded("repeated", f"{n} repeated", n=n) for n in (repeated, 0))
        yield verdict(f"keys {name}", saw, expected, passed=repeated == 0)


def _one_unit(frames: Frames) -> Iterator[Check]:
    """Each indicator has one unit and one meaning of the year: otherwise figures cannot be compared or added."""
    for column in ("unit", "year_basis"):
        kinds = frames["observations"].group_by("indicator").agg(pl.col(column).n_unique())
        mixed, each = sorted(kinds.filter(pl.col(column) > 1)["indicator"]), coded("one_each", "one each")
        yield verdict(f"one {column} an indicator", several(mixed) if mixed else each, each, passed=not mixed)


def _people(frames: Frames) -> Check:
    """No count of persons is above the population."""
    figures = frames["observations"]
    people = figures.filter(pl.col("indicator") == POPULATION).select("area", "year", people="high")
    counts = figures.filter(pl.col("unit") == "persons", pl.col("indicator") != POPULATION)
    known = counts.join(people, on=["area", "year"], how="inner", validate="m:1")
    above = known.filter(pl.col("low") > pl.col("people"))
    return verdict("figures above population", where(above), none(), passed=above.is_empty())


def _parts(frames: Frames) -> Check:
    """No part is larger than its total, unless the publisher prints it so in one release."""
    current, printed_so = _larger_parts(frames["observations"]), _larger_parts(frames["vintages"])
    key = [*OBSERVATION_KEY, "release"]
    made = current.join(printed_so, on=key, how="anti")
    n, printed = made.height, current.height
    saw = coded("ours", f"{n} computed here, {printed} as published", n=n, printed=printed)
    return verdict("parts above totals", saw, coded("ours", "0 computed here", n=0), passed=made.is_empty())


def _larger_parts(figures: pl.DataFrame) -> pl.DataFrame:
    place = ["indicator", "area", "year", "source", "release"]
    dimensions = pl.col("sex", "age", "form")
    counts = figures.filter(pl.col("unit").is_in(["persons", "offences"]), pl.col("low").is_not_null())
    # A row that stands twice is for the check of keys to find.
    totals = counts.filter(pl.all_horizontal(dimensions == "total")).select(*place, whole="high").unique()
    parts = counts.filter(pl.any_horizontal(dimensions != "total"))
    return parts.join(totals, on=place, how="inner", validate="m:1").filter(pl.col("low") > pl.col("whole"))


def _printed(frames: Frames) -> Check:
    """Each current figure is printed in the release that it names."""
    read = [*OBSERVATION_KEY, "release", "low", "high", "status"]
    lost = frames["observations"].join(frames["vintages"], on=read, how="anti", nulls_equal=True)
    return verdict("best readings stand in their release", where(lost), none("none elsewhere"), passed=lost.is_empty())


def _unmasked(frames: Frames) -> Check:
    """Figures still masked as UNODC masked them, though it now prints the count: their source has to be read again.

    It happens only where the rows of that source come from the published snapshot, which has the interval alone.
    """
    indicators = (one for source in declarations().values() for one in source.indicators)
    restated = {one.id: one.restates for one in indicators if one.restates}
    counts = frames["vintages"].filter(pl.col("indicator").is_in(restated.values()), pl.col("low").is_not_null())
    newest = counts.filter(pl.col("release") == latest().over("indicator", *PLACE))
    printed = newest.filter(pl.col("status") != "masked").select(*PLACE, restates="indicator")
    masked = frames["observations"].filter(pl.col("note") == WIDENED)
    masked = masked.with_columns(restates=pl.col("indicator").replace_strict(restated, default=None))
    left = masked.join(printed, on=[*PLACE, "restates"], how="semi")
    return verdict("figures still masked", where(left), none(), passed=True, asked=not left.is_empty())
