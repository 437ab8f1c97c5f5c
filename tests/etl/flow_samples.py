"""Counted flows of made-up workbooks, as a build makes them."""

import polars as pl

from data.contract import FlowCoverage, Flows
from etl.making import counted_flows, figures, victim_counts
from etl.making.figures import part
from etl.parsed import Parsed
from etl.source_declaration import declarations
from etl.sources.unodc_glotip import parse
from tests.etl.figure_samples import people
from tests.etl.samples import glotip

UNODC = declarations()["unodc_glotip"]
STATES = ("ARG", "BOL", "CRI", "MEX", "SUR", "USA", "VCT")
PEOPLE = people(
    ("ARG", 2019, 45e6), ("BOL", 2019, 11e6), ("CRI", 2019, 5e6), ("USA", 2016, 323e6), ("VCT", 2016, 105_000.0),
    ("MDV", 2016, 450_000.0), ("ESP", 2019, 47e6), ("MEX", 2019, 125e6), ("SUR", 2022, 620_000.0),
)  # fmt: skip


def build(april: list[tuple[object, ...]], october: list[tuple[object, ...]] | None = None):
    releases = [parse(glotip(april), "april.xlsx")]
    if october is not None:
        releases.append(parse(glotip(october, released="28/10/2025"), "october.xlsx"))
    return build_releases(releases)


def build_releases(releases: list[Parsed]):
    vintages = pl.concat([victim_counts.vintage(release, UNODC, STATES, PEOPLE) for release in releases])
    covered = vintages.select("release", "indicator", part(), "year").unique()
    totals = counted_flows.totals(figures.current(vintages, covered))
    flows, coverage, findings = counted_flows.build(releases, UNODC.id, PEOPLE, totals, STATES)
    return Flows.validate(flows, cast=True), FlowCoverage.validate(coverage, cast=True), findings
