"""The line on one screen: fetch, parse, harmonise, validate, publish."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

import polars as pl
from rich.progress import Progress

from data.snapshot import HERE, publish
from etl import areas, boundaries, counted_flows, harmonise, stated_flows, validate
from etl.config import RAW
from etl.declaration import Declaration, declarations
from etl.errors import Finding, PublishError
from etl.fetch import fetch
from etl.manifest import Receipt, manifest
from etl.parsed import Parsed
from etl.rawfile import RawFile

UNODC, POPULATION, STATED, ROLES, POLYGONS = (
    "unodc_glotip",
    "worldbank_population",
    "du_directionality",
    "hti",
    "natural_earth",
)
Files = Mapping[str, list[RawFile]]


@dataclass(frozen=True)
class Outcome:
    """A finished build: the published id and what a person should look at."""

    snapshot: str
    findings: list[Finding]

    @property
    def unexpected(self) -> list[Finding]:
        """What was new in the files and is set aside and listed."""
        return [finding for finding in self.findings if finding.unexpected]


def build(
    mirror: Path | None = None,
    *,
    home: Path = HERE,
    raw: Path = RAW,
    strict: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Build a snapshot from all sources and make it the current one, whole or not at all.

    Raises:
        AtalayaError: anything that stops the build; the published snapshot is untouched.
    """
    known = declarations()
    files = {name: fetch(source, mirror, raw=raw, progress=progress) for name, source in known.items()}
    receipts = {name: receive(held) for name, held in files.items() if name != POLYGONS}
    shapes, countries = boundaries.build(files[POLYGONS])
    frames, findings = tables({name: [receipt.parsed for receipt in held] for name, held in receipts.items()})
    frames = redistributable(frames, known) | {"countries": countries, "areas": areas.states()}
    frames = validate.tables(frames)
    validate.boundaries(shapes)
    validate.unread_labels(findings, {name: sum(r.parsed.read for r in held) for name, held in receipts.items()})
    outcome = Outcome("", findings)
    if strict and outcome.unexpected:
        raise PublishError(f"--strict: {len(outcome.unexpected)} things are new in the files, nothing was published")
    package = manifest(known, receipts, files[POLYGONS], findings)
    return replace(outcome, snapshot=publish(frames, shapes, package, home))


def receive(files: list[RawFile]) -> list[Receipt]:
    """Parse a source's files, oldest release first; of two files that state one release the later download counts.

    Each locator gets its file's name in front, so that it leads to the very cell.
    """
    parser = import_module(f"etl.sources.{files[0].source}")
    by_release: dict[str, Receipt] = {}
    for file in sorted(files, key=lambda file: (file.retrieved or "", file.name)):
        parsed: Parsed = parser.parse(file.content, file.name)
        named = [pl.format("{}#{}", pl.lit(file.name), pl.col(name)).alias(name) for name in _locators(parsed.rows)]
        by_release[parsed.release] = Receipt(file, replace(parsed, rows=parsed.rows.with_columns(named)))
    return [by_release[release] for release in sorted(by_release)]


def _locators(rows: pl.DataFrame) -> list[str]:
    return [name for name in ("locator", "repeat_of") if name in rows.columns]


def tables(parsed: Mapping[str, list[Parsed]]) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """Every table that comes from the sources' rows, and the account of the rows that are in none."""
    states = areas.state_codes()
    people = harmonise.population(parsed[POPULATION][-1])
    vintages, observations = _figures(parsed, people, states)
    totals = counted_flows.totals(observations)
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
    findings += [f for release in parsed[POPULATION] for f in harmonise.other_countries(release, POPULATION, states)]
    findings += harmonise.unusable_findings(vintages)
    return frames, _merged([*findings, *aside, *stated_aside, *roles_aside])


def _merged(findings: list[Finding]) -> list[Finding]:
    """One finding for each source, release, reason and detail, with the sum of the rows, in a fixed order."""
    rows: Counter[Finding] = Counter()
    for finding in findings:
        rows[replace(finding, rows=0)] += finding.rows
    return sorted(replace(finding, rows=count) for finding, count in rows.items())


def _figures(
    parsed: Mapping[str, list[Parsed]], people: pl.DataFrame, states: tuple[str, ...]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`vintages` and `observations`."""
    counts = pl.concat([harmonise.vintage(release, UNODC, states, people) for release in parsed[UNODC]])
    covered = {release.release: set(release.rows["year"].unique()) for release in parsed[UNODC]}
    inhabitants = [harmonise.population(release) for release in parsed[POPULATION]]
    population = [harmonise.population_rows(rows, POPULATION, states) for rows in inhabitants]
    best = harmonise.current(counts, covered)
    rates = harmonise.rates(best, people, POPULATION)
    return pl.concat([counts, *population]), pl.concat([best, population[-1], rates])


def redistributable(frames: dict[str, pl.DataFrame], known: Mapping[str, Declaration]) -> dict[str, pl.DataFrame]:
    """The tables without the rows of sources whose licence lets nothing be passed on."""
    withheld = [name for name, source in known.items() if source.redistribute == "none"]
    return {name: frame.filter(~pl.col("source").is_in(withheld)) for name, frame in frames.items()}
