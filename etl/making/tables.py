"""Make all tables from the sources' rows, with findings about the rows that are in none.

The declaration of a source says what its rows are (`rows`); no source is named here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from data.contract import FlowCoverageVintages, FlowVintages, ReleaseCoverage, WorkplanLines
from etl.areas import state_codes
from etl.making import (
    counted_flows,
    evidence,
    figures,
    identities,
    marks,
    measures,
    migrants,
    rates,
    register_lists,
    restated,
    stated_flows,
    victim_counts,
)
from etl.making.agreement import agreement
from etl.making.instruments import instruments, reserved
from etl.making.read import Read
from etl.making.revisions import revisions
from etl.making.roles import roles
from etl.parsed import Finding, Parsed
from etl.source_declaration import RATE, Declaration

MadeFrames = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Made:
    """Some tables, and findings about the rows that are in none of them."""

    frames: MadeFrames
    findings: list[Finding]


def tables(read: Read) -> tuple[MadeFrames, list[Finding]]:
    """All tables made from the sources' rows, and the findings about rows that are in none."""
    states = state_codes()
    # Only the newest release, so that the rates of all years use one series.
    people = rates.population(read.only("population")[1][-1])
    counted = _figures(read, people, states)
    made = [counted, _flows(read, people, states), _statements(read, states, counted.frames["observations"])]
    frames = {name: frame for one in made for name, frame in one.frames.items()}
    frames["agreement"] = agreement(frames["flows"], frames["roles"], states)
    printed = [finding for releases in read.parsed.values() for release in releases for finding in release.findings]
    return frames, [*printed, *(finding for one in made for finding in one.findings)]


# ---------------------------------------------------------------- figures


def _figures(read: Read, people: pl.DataFrame, states: tuple[str, ...]) -> Made:
    """`observations`, `vintages`, `identities`, `release_coverage` and `revisions`."""
    covered = _covered(read)
    victims, releases = read.only("victim_counts")
    counts = pl.concat([victim_counts.vintage(release, victims, states, people) for release in releases])
    divisor, peopled = read.only("population")
    rated = _rates(counts, victims, people, divisor)
    inhabitants = [(divisor, release, *figures.vintage(release, divisor, states)) for release in peopled]
    printed = [
        (source, part, *restated.vintage(part, source, states, counts, people))
        for source, parts in read.of("observations")
        for part in parts
    ]
    vintages = [counts, rated, *(rows for _, _, rows, _ in inhabitants)]
    best = [figures.current(pl.concat([counts, rated]), _with_rates(covered, victims)), inhabitants[-1][2]]
    for source in (source for source, parts in read.of("observations") if parts):
        mine = pl.concat([rows for other, _, rows, _ in printed if other is source])
        whole = pl.concat([mine, _rates(mine, source, people, divisor)])
        vintages += [whole]
        best += [figures.current(whole, _with_rates(covered, source))]
    every = pl.concat(vintages)
    frames = {
        "observations": marks.marked(pl.concat(best)),
        "vintages": marks.marked(every),
        "identities": identities.identities(every),
        "release_coverage": pl.concat([covered, *(_as_rates(covered, one) for one in read.known.values())])
        .select(ReleaseCoverage.column_names())
        .unique(),
        "revisions": revisions(every, covered),
    }
    findings = [f for release in releases for f in victim_counts.unused_rows(release, victims.id, states)]
    findings += [f for _, _, _, aside in [*inhabitants, *printed] for f in aside]
    findings += [f for _, part, rows, _ in printed for f in figures.noted(rows, part.part)]
    return Made(frames, [*findings, *figures.noted(counts)])


def _covered(read: Read) -> pl.DataFrame:
    """The coverage of each release (`figures.coverage`)."""
    rows = [victim_counts.figures(release, source) for source, parsed in read.of("victim_counts") for release in parsed]
    rows += [
        figures.completed(release, source)
        for kind in ("observations", "population")
        for source, parsed in read.of(kind)
        for release in parsed
    ]
    return pl.concat([figures.coverage(one) for one in rows]).unique()


def _of(covered: pl.DataFrame, source: str) -> pl.DataFrame:
    return covered.filter(pl.col("source") == source)


def _rates(counts: pl.DataFrame, source: Declaration, people: pl.DataFrame, divisor: Declaration) -> pl.DataFrame:
    """The rates that a source declares."""
    return rates.rates(counts.filter(pl.col("indicator").is_in(source.rated)), people, divisor.id)


def _with_rates(covered: pl.DataFrame, source: Declaration) -> pl.DataFrame:
    """The coverage of a source, and of the rates made from its counts."""
    return pl.concat([_of(covered, source.id), _as_rates(covered, source)])


def _as_rates(covered: pl.DataFrame, source: Declaration) -> pl.DataFrame:
    counts = _of(covered, source.id).filter(pl.col("indicator").is_in(source.rated))
    return counts.with_columns(pl.col("indicator") + RATE)


# ---------------------------------------------------------------- flows


def _flows(read: Read, people: pl.DataFrame, states: tuple[str, ...]) -> Made:
    """`flows` and `flow_coverage`, and both as of each earlier release."""
    source, releases = read.only("victim_counts")
    covered = _of(_covered(read), source.id)
    counted, coverage, aside = _counted_flows(source, releases, covered, people, states)
    stated = [stated_flows.build(release, one.id, states) for one, release in read.newest("flows")]
    frames = {
        "flows": pl.concat([counted, *(rows for rows, _ in stated)]),
        "flow_coverage": coverage,
        "flow_revisions": counted_flows.revisions(releases, source.id, people, states),
    }
    findings = [*aside, *(finding for _, rest in stated for finding in rest)]
    frames |= _earlier_flows(source, releases, covered, people, states)
    for register, parts in read.lists():
        years = _of(_covered(read), register.id).filter(indicator=register.indicators[0].id)
        more, rest = register_lists.build(parts, register.id, years, states)
        frames |= {name: pl.concat([frames[name], rows]) for name, rows in more.items()}
        findings += rest
    return Made(frames, findings)


def _counted_flows(
    source: Declaration, releases: list[Parsed], covered: pl.DataFrame, people: pl.DataFrame, states: tuple[str, ...]
) -> tuple[pl.DataFrame, pl.DataFrame, list[Finding]]:
    """Flows and their coverage from some releases, and findings about other rows.

    Flows out of the region are compared with their destination's total, so totals are of all countries.
    """
    whole = pl.all_horizontal(pl.col("dimension", "sex", "age") == "total")
    victims = pl.col("indicator") == victim_counts.VICTIMS
    mine = [replace(one, rows=one.rows.filter(victims, whole)) for one in releases]
    everywhere = tuple(pl.concat([one.rows["area"] for one in mine]).unique().sort())
    vintages = pl.concat([victim_counts.vintage(one, source, everywhere, people) for one in mine])
    known = covered.filter(pl.col("release").is_in([one.release for one in releases]))
    totals = counted_flows.totals(figures.current(vintages, known))
    return counted_flows.build(releases, source.id, people, totals, states)


def _earlier_flows(
    source: Declaration, releases: list[Parsed], covered: pl.DataFrame, people: pl.DataFrame, states: tuple[str, ...]
) -> MadeFrames:
    """The counted flows as of each earlier release: from that release and those before it."""
    flows: list[pl.DataFrame] = [FlowVintages.create_empty()]
    coverage: list[pl.DataFrame] = [FlowCoverageVintages.create_empty()]
    for number, newest in enumerate(releases[:-1], start=1):
        counted, known, _ = _counted_flows(source, releases[:number], covered, people, states)
        as_of = pl.lit(newest.release).alias("as_of")
        flows.append(counted.with_columns(as_of))
        coverage.append(known.with_columns(as_of))
    return {
        "flow_vintages": pl.concat(flows, how="diagonal_relaxed"),
        "flow_coverage_vintages": pl.concat(coverage, how="diagonal_relaxed"),
    }


# ---------------------------------------------------------------- statements and context


def _statements(read: Read, states: tuple[str, ...], observations: pl.DataFrame) -> Made:
    """`roles`, `instruments`, `evidence`, `workplan_lines`, and the tables of migration."""
    stated = [roles(release, source.id, states) for source, release in read.newest("roles")]
    own, releases = read.only("facts")
    facts = {part.part: part for part in releases}
    printed = [(source.id, part) for source, parts in read.of("instruments") for part in parts]
    acts, acts_aside = instruments([*printed, (own.id, facts["instruments"])], states)
    said = [(source.id, part) for source, parts in read.of("reservations") for part in parts]
    acts, unplaced_words = reserved(acts, said, states)
    coded = [measures.evidence(release, source.id, states) for source, release in read.newest("measures")]
    stocks = [(source.id, release) for source, releases in read.of("migrant_stock") for release in releases]
    stock, earlier_stock, unplaced = migrants.migrant_stocks(stocks, states)
    crossed = [(source.id, part) for source, parts in read.of("movements") for part in parts]
    moved, unmoved = migrants.movements(crossed, states)
    entries = [
        evidence.laws(facts["laws"], own.id),
        evidence.treaties(acts, facts["instruments"], read.known),
        evidence.statistics(observations, read.known),
        *(evidence.reports(parts, source.id) for source, parts in read.of("reports")),
    ]
    frames = {
        "roles": pl.concat([rows for rows, _ in stated]),
        "instruments": acts,
        "evidence": pl.concat([*entries, *(rows for rows, _ in coded)]),
        "workplan_lines": pl.concat([_lines(part, source.id) for source, part in read.newest("workplan_lines")]),
        "migrant_stock": stock,
        "migrant_stock_vintages": earlier_stock,
        "movements": moved,
    }
    aside = [finding for _, rest in [*stated, *coded] for finding in rest]
    return Made(frames, [*aside, *unplaced, *unmoved, *acts_aside, *unplaced_words])


def _lines(parsed: Parsed, source: str) -> pl.DataFrame:
    """The lines of the work plan, in the order of their file (data.contract.WorkplanLines)."""
    rows = parsed.rows.with_columns(source=pl.lit(source), release=pl.lit(parsed.release))
    return rows.select(WorkplanLines.column_names())


def redistributable(frames: MadeFrames, known: Mapping[str, Declaration]) -> MadeFrames:
    """The tables without the rows of sources whose license does not allow redistribution."""
    withheld = [name for name, source in known.items() if source.redistribute == "none"]
    return {
        name: frame.filter(~pl.col("source").is_in(withheld)) if "source" in frame.columns else frame
        for name, frame in frames.items()
    }
