"""Every table that comes from the sources' rows, and the account of the rows that are in none."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from etl import areas, counted_flows, harmonise, population, stated_flows, wholeness
from etl.declaration import Declaration
from etl.errors import Finding, SourceError
from etl.parsed import Parsed

UNODC, POPULATION, STATED, ROLES, POLYGONS = (
    "unodc_glotip",
    "worldbank_population",
    "du_directionality",
    "hti",
    "natural_earth",
)


def tables(parsed: Mapping[str, list[Parsed]]) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """Every table that comes from the sources' rows, and the account of the rows that are in none.

    Raises:
        SourceError: a file is only a part of what its publisher issues.
    """
    states = areas.state_codes()
    _refuse_parts(parsed, states)
    # The newest alone, so that the rates of all years rest on one series.
    people = population.population(parsed[POPULATION][-1])
    vintages, observations = _figures(parsed, people, states)
    totals = _totals(parsed[UNODC], people)
    counted, coverage, aside = counted_flows.build(parsed[UNODC], people, totals, states)
    stated, stated_aside = stated_flows.build(parsed[STATED][-1], STATED, states)
    roles, roles_aside = harmonise.roles(parsed[ROLES][-1], ROLES, states)
    frames = {
        "observations": observations,
        "vintages": vintages,
        "flows": pl.concat([counted, stated]),
        "flow_coverage": coverage,
        "roles": roles,
    }
    findings = [finding for held in parsed.values() for release in held for finding in release.findings]
    findings += [f for release in parsed[UNODC] for f in harmonise.unused_rows(release, UNODC, states)]
    findings += [f for release in parsed[POPULATION] for f in population.other_countries(release, POPULATION, states)]
    findings += harmonise.unusable_findings(vintages)
    findings += wholeness.small_releases(parsed[UNODC], UNODC) + wholeness.missing_records(parsed[STATED][-1], STATED)
    findings += wholeness.missing_countries(parsed[POPULATION][-1], POPULATION)
    return frames, _merged([*findings, *aside, *stated_aside, *roles_aside])


def _refuse_parts(parsed: Mapping[str, list[Parsed]], states: tuple[str, ...]) -> None:
    first = min((int(year) for held in parsed[UNODC] for year in held.rows["year"].unique()), default=None)
    if first is None:
        raise SourceError("no row of any release is known; compare the file with its form", source=UNODC)
    for release in parsed[POPULATION]:
        wholeness.refuse_part_of_population(release, POPULATION, states, first)
    for release in parsed[ROLES]:
        wholeness.refuse_part_of_table(release, ROLES)


def _totals(releases: list[Parsed], people: pl.DataFrame) -> pl.DataFrame:
    """Detected victims of every country: a flow out of the region is measured against its destination's total too."""
    whole = pl.all_horizontal(pl.col("dimension", "sex", "age") == "total")
    mine = [replace(held, rows=held.rows.filter(pl.col("indicator") == "detected_victims", whole)) for held in releases]
    everywhere = tuple(pl.concat([held.rows["area"] for held in mine]).unique().sort())
    vintages = pl.concat([harmonise.vintage(held, UNODC, everywhere, people) for held in mine])
    return counted_flows.totals(harmonise.current(vintages, _covered(releases)))


def _covered(releases: list[Parsed]) -> pl.DataFrame:
    """What each release's file holds for any country: release, indicator, year."""
    figures = pl.col("dimension").is_in(harmonise.OBSERVED)
    held = [r.rows.filter(figures).select(pl.lit(r.release).alias("release"), "indicator", "year") for r in releases]
    return pl.concat(held).unique()


def _merged(findings: list[Finding]) -> list[Finding]:
    """One finding for each source, release, reason and detail, with the sum of the rows, in a fixed order."""
    rows: Counter[Finding] = Counter()
    first: dict[Finding, str] = {}
    for finding in findings:
        alike = replace(finding, rows=0, first="")
        rows[alike] += finding.rows
        first.setdefault(alike, finding.first)
    return sorted(replace(alike, rows=count, first=first[alike]) for alike, count in rows.items())


def _figures(
    parsed: Mapping[str, list[Parsed]], people: pl.DataFrame, states: tuple[str, ...]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`vintages` and `observations`."""
    counts = pl.concat([harmonise.vintage(release, UNODC, states, people) for release in parsed[UNODC]])
    inhabitants = [population.population(release) for release in parsed[POPULATION]]
    peopled = [population.population_rows(rows, POPULATION, states) for rows in inhabitants]
    best = harmonise.current(counts, _covered(parsed[UNODC]))
    rates = population.rates(best, people, POPULATION)
    return pl.concat([counts, *peopled]), pl.concat([best, peopled[-1], rates])


def redistributable(frames: dict[str, pl.DataFrame], known: Mapping[str, Declaration]) -> dict[str, pl.DataFrame]:
    """The tables without the rows of sources whose licence lets nothing be passed on."""
    withheld = [name for name, source in known.items() if source.redistribute == "none"]
    return {name: frame.filter(~pl.col("source").is_in(withheld)) for name, frame in frames.items()}
