"""Every table that comes from the sources' rows, and the account of the rows that are in none."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from data import releases
from data.contract import FlowCoverageVintages, FlowVintages, ReleaseCoverage
from etl import (
    background,
    counted_flows,
    evidence,
    harmonise,
    ledger,
    migrants,
    population,
    rates,
    reported,
    sdg_figures,
    stated_flows,
    wholeness,
    workplan,
)
from etl.areas import state_codes
from etl.declaration import Declaration, declarations
from etl.errors import SourceError
from etl.finding import Finding
from etl.parsed import Parsed
from etl.revisions import revisions

UNODC, POPULATION, STATED, ROLES, POLYGONS = (
    "unodc_glotip",
    "worldbank_population",
    "du_directionality",
    "hti",
    "natural_earth",
)
SDG, TREATIES, REFERENCE, INDEX, FACTBOOK, MIGRANTS, PLAN, SENT = (
    "unsd_sdg",
    "untc",
    "reference",
    "du_hti",
    "cia_factbook",
    "undesa_migrant_stock",
    "oas_work_plan",
    "national_reports",
)
Frames = dict[str, pl.DataFrame]
Releases = Mapping[str, list[Parsed]]


@dataclass(frozen=True)
class Made:
    """Some tables, and the account of the rows that are in none of them."""

    frames: Frames
    findings: list[Finding]


def tables(parsed: Releases) -> tuple[Frames, list[Finding]]:
    """Every table that comes from the sources' rows, and the account of the rows that are in none.

    Raises:
        SourceError: a file is only a part of what its publisher issues.
    """
    states = state_codes()
    _refuse_late_population(parsed)
    # The newest alone, so that the rates of all years rest on one series.
    people = population.population(parsed[POPULATION][-1])
    figures = _figures(parsed, people, states)
    statements = _statements(parsed, states, figures.frames["observations"])
    made = [figures, _flows(parsed, people, states), statements]
    frames = {name: frame for one in made for name, frame in one.frames.items()}
    printed = [finding for held in parsed.values() for release in held for finding in release.findings]
    return frames, _merged([*printed, *_to_look_at(parsed), *(finding for one in made for finding in one.findings)])


def _refuse_late_population(parsed: Releases) -> None:
    first = min((int(year) for held in parsed[UNODC] for year in held.rows["year"].unique()), default=None)
    if first is None:
        raise SourceError("no row of any release is known; compare the file with its form", source=UNODC)
    for release in parsed[POPULATION]:
        wholeness.refuse_late_population(release, POPULATION, first)


def _to_look_at(parsed: Releases) -> Iterator[Finding]:
    """What may be only a part of a file, though it reads as well as any other."""
    yield from wholeness.small_releases(parsed[UNODC], UNODC)
    yield from wholeness.missing_records(parsed[STATED][-1], STATED)
    yield from wholeness.missing_countries(parsed[POPULATION][-1], POPULATION)


# ---------------------------------------------------------------- figures


def _figures(parsed: Releases, people: pl.DataFrame, states: tuple[str, ...]) -> Made:
    """`observations`, `vintages`, `release_coverage` and `revisions`."""
    covered = release_coverage(parsed)
    counts = pl.concat([harmonise.vintage(release, UNODC, states, people) for release in parsed[UNODC]])
    rated = rates.rates(counts, people, POPULATION)
    best = harmonise.current(pl.concat([counts, rated]), _with_rates(covered, UNODC))
    inhabitants = [population.population(release) for release in parsed[POPULATION]]
    peopled = [population.population_rows(rows, POPULATION, states) for rows in inhabitants]
    series = [(part.part, sdg_figures.vintage(part, SDG, states, counts, people)) for part in parsed[SDG]]
    surveyed = pl.concat([figures for _, figures in series])
    vintages = pl.concat([counts, rated, *peopled, surveyed])
    frames = {
        "observations": pl.concat([best, peopled[-1], harmonise.current(surveyed, _of(covered, SDG))]),
        "vintages": vintages,
        "release_coverage": _published(pl.concat([covered, _as_rates(_of(covered, UNODC))])),
        "revisions": revisions(vintages, covered),
    }
    findings = [f for release in parsed[UNODC] for f in harmonise.unused_rows(release, UNODC, states)]
    findings += [f for release in parsed[POPULATION] for f in population.other_countries(release, POPULATION, states)]
    findings += [f for part in parsed[SDG] for f in sdg_figures.other_countries(part, SDG, states)]
    findings += [f for part, figures in series for f in harmonise.noted(figures, part)]
    return Made(frames, [*findings, *harmonise.noted(counts)])


def release_coverage(parsed: Releases) -> pl.DataFrame:
    """What each release's files hold for any country: source, release, indicator, part (`data.releases.part`), year."""
    observed = pl.col("dimension").is_in(harmonise.OBSERVED)
    people = {"indicator": pl.lit("population"), "form": pl.lit("total")}
    figures = [
        *((UNODC, held.release, held.rows.filter(observed)) for held in parsed[UNODC]),
        *((SDG, held.release, held.rows) for held in parsed[SDG]),
        *((POPULATION, held.release, held.rows.with_columns(**people)) for held in parsed[POPULATION]),
    ]
    told = [
        rows.with_columns(source=pl.lit(source), release=pl.lit(release)).select(
            "source", "release", "indicator", releases.part(), "year"
        )
        for source, release, rows in figures
    ]
    return pl.concat(told).unique()


def _published(covered: pl.DataFrame) -> pl.DataFrame:
    """The same by indicator (`data.contract.ReleaseCoverage`)."""
    return covered.select(ReleaseCoverage.column_names()).unique()


def _of(covered: pl.DataFrame, source: str) -> pl.DataFrame:
    return covered.filter(pl.col("source") == source)


def _with_rates(covered: pl.DataFrame, source: str) -> pl.DataFrame:
    """What the releases of counts cover, and the rates that are made of them."""
    counts = _of(covered, source)
    return pl.concat([counts, _as_rates(counts)])


def _as_rates(counts: pl.DataFrame) -> pl.DataFrame:
    return counts.with_columns(pl.col("indicator") + "_rate")


# ---------------------------------------------------------------- flows


def _flows(parsed: Releases, people: pl.DataFrame, states: tuple[str, ...]) -> Made:
    """`flows` and `flow_coverage`, and both as each earlier release gave them."""
    totals = _totals(parsed, people)
    counted, coverage, aside = counted_flows.build(parsed[UNODC], people, totals, states)
    stated, stated_aside = stated_flows.build(parsed[STATED][-1], STATED, states)
    frames = {"flows": pl.concat([counted, stated]), "flow_coverage": coverage}
    return Made(frames | _earlier_flows(parsed, people, states), [*aside, *stated_aside])


def _earlier_flows(parsed: Releases, people: pl.DataFrame, states: tuple[str, ...]) -> Frames:
    """The counted flows as a reader of each earlier release saw them, who knew that one and those before it."""
    flows: list[pl.DataFrame] = [FlowVintages.create_empty()]
    coverage: list[pl.DataFrame] = [FlowCoverageVintages.create_empty()]
    for number, newest in enumerate(parsed[UNODC][:-1], start=1):
        held = {**parsed, UNODC: parsed[UNODC][:number]}
        counted, covered, _ = counted_flows.build(held[UNODC], people, _totals(held, people), states)
        as_of = pl.lit(newest.release).alias("as_of")
        flows.append(counted.with_columns(as_of))
        coverage.append(covered.with_columns(as_of))
    return {
        "flow_vintages": pl.concat(flows, how="diagonal_relaxed"),
        "flow_coverage_vintages": pl.concat(coverage, how="diagonal_relaxed"),
    }


def _totals(parsed: Releases, people: pl.DataFrame) -> pl.DataFrame:
    """Detected victims of every country: a flow out of the region is measured against its destination's total too."""
    whole = pl.all_horizontal(pl.col("dimension", "sex", "age") == "total")
    victims = pl.col("indicator") == "detected_victims"
    mine = [replace(held, rows=held.rows.filter(victims, whole)) for held in parsed[UNODC]]
    everywhere = tuple(pl.concat([held.rows["area"] for held in mine]).unique().sort())
    vintages = pl.concat([harmonise.vintage(held, UNODC, everywhere, people) for held in mine])
    return counted_flows.totals(harmonise.current(vintages, _of(release_coverage(parsed), UNODC)))


# ---------------------------------------------------------------- statements and context


def _statements(parsed: Releases, states: tuple[str, ...], figures: pl.DataFrame) -> Made:
    """`roles`, `instruments`, `evidence`, `workplan_lines` and `migrant_stock`."""
    roles, roles_aside = harmonise.roles(parsed[ROLES][-1], ROLES, states)
    seen, seen_aside = background.roles(parsed[FACTBOOK][-1], FACTBOOK, states)
    facts = {part.part: part for part in parsed[REFERENCE]}
    treaties = [(TREATIES, part) for part in parsed[TREATIES]]
    instruments, instruments_aside = ledger.instruments([*treaties, (REFERENCE, facts["instruments"])], states)
    known = declarations()
    entries = [
        evidence.laws(facts["laws"], REFERENCE),
        evidence.treaties(instruments, facts["instruments"], known),
        evidence.statistics(figures, known),
        reported.evidence(parsed.get(SENT, []), SENT),
    ]
    measures, measures_aside = background.evidence(parsed[INDEX][-1], INDEX, states)
    stock, stock_aside = migrants.migrant_stock(parsed[MIGRANTS][-1], MIGRANTS, states)
    frames = {
        "roles": pl.concat([roles, seen]),
        "instruments": instruments,
        "evidence": pl.concat([*entries, measures]),
        "workplan_lines": workplan.lines(parsed[PLAN][-1], PLAN),
        "migrant_stock": stock,
    }
    return Made(frames, [*roles_aside, *seen_aside, *instruments_aside, *measures_aside, *stock_aside])


def _merged(findings: list[Finding]) -> list[Finding]:
    """One finding for each source, release, part, reason and detail, with the sum of the rows, in a fixed order."""
    rows: Counter[Finding] = Counter()
    first: dict[Finding, str] = {}
    for finding in findings:
        alike = replace(finding, rows=0, first="")
        rows[alike] += finding.rows
        first.setdefault(alike, finding.first)
    return sorted(replace(alike, rows=count, first=first[alike]) for alike, count in rows.items())


def redistributable(frames: Frames, known: Mapping[str, Declaration]) -> Frames:
    """The tables without the rows of sources whose licence lets nothing be passed on."""
    withheld = [name for name, source in known.items() if source.redistribute == "none"]
    return {name: frame.filter(~pl.col("source").is_in(withheld)) for name, frame in frames.items()}
