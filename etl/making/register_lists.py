"""Lists of citizenships in states' own registers: flows that stand apart from those of UNODC, and are never added.

The origin is the citizenship, the destination the state whose register it is. As for other figures, the newest release
that covers a year decides; lists of earlier ones stay in `flow_vintages`.
"""

from dataclasses import replace

import polars as pl

from data.contract import Flows, FlowVintages
from data.releases import latest
from etl.making.counted_flows import NO_LIST, differing
from etl.making.region import of_states
from etl.parsed import Finding, Parsed

EVIDENCE = "register"
# The part of a release that has the list.
LIST = "by_citizenship"
# Values of `origin` that are no country.
NO_COUNTRY = ("unknown", "not_asked")


def build(
    parts: list[Parsed], source: str, covered: pl.DataFrame, states: tuple[str, ...]
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """`flows`, `flow_vintages` and `flow_revisions` from all releases of a register, and findings about other rows.

    Args:
        parts: the lists of each release, oldest first.
        source: the source's id.
        covered: release, year: the years of which each release has a total of victims.
        states: ISO3 of the states.
    """
    read = [of_states(one, source, states) for one in parts]
    every = pl.concat([_flows(replace(one, rows=rows), source) for one, (rows, _) in zip(parts, read, strict=True)])
    newest = _current(every, covered, parts[-1].release)
    earlier = [
        _current(every, covered, one.release)
        .with_columns(as_of=pl.lit(one.release))
        .select(FlowVintages.column_names())
        for one in parts[:-1]
    ]
    frames = {
        "flows": newest,
        "flow_vintages": pl.concat([FlowVintages.create_empty(), *earlier]),
        "flow_revisions": differing(every.filter("complete"), source),
    }
    return frames, [*_aside(every, newest, source), *(finding for _, aside in read for finding in aside)]


def _flows(parsed: Parsed, source: str) -> pl.DataFrame:
    country = ~pl.col("origin").is_in(NO_COUNTRY)
    missing = pl.lit(None, dtype=pl.String)
    return parsed.rows.with_columns(
        pl.col("year").cast(pl.Int16),
        pl.col("low", "high").cast(pl.Float64),
        evidence=pl.lit(EVIDENCE),
        origin=pl.when(country).then("origin"),
        transit=missing,
        destination="area",
        origin_label="origin",
        transit_label=missing,
        destination_label="area",
        located=country,
        complete=country,
        year_basis=pl.lit("reference"),
        form=NO_LIST,
        profile=NO_LIST,
        unit=pl.lit("persons"),
        repeat_of=missing,
        source=pl.lit(source),
        release=pl.lit(parsed.release),
        label_release=pl.lit(parsed.release),
        note=missing,
    ).select(Flows.column_names())


def _current(every: pl.DataFrame, covered: pl.DataFrame, until: str) -> pl.DataFrame:
    """The rows of the newest release, up to `until`, that covers their year."""
    decides = covered.filter(pl.col("release") <= until).group_by("year").agg(decides=latest())
    joined = every.join(decides, on="year", how="left", validate="m:1", maintain_order="left")
    return joined.filter(pl.col("release") == pl.col("decides")).drop("decides")


def _aside(every: pl.DataFrame, newest: pl.DataFrame, source: str) -> list[Finding]:
    """The rows of earlier releases, in place of which a newer one has a list of the year, or none."""
    again = newest.select("year").unique().with_columns(again=True)
    rest = every.join(newest, on="locator", how="anti").join(again, on="year", how="left", validate="m:1")
    reason = pl.when("again").then(pl.lit("served_by_another_release")).otherwise(pl.lit("no_longer_listed"))
    counts = rest.group_by("release", reason=reason).len().sort("release", "reason")
    return [Finding(source, release, why, "", n, part=LIST) for release, why, n in counts.iter_rows()]
