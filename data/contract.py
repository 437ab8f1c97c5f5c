"""The schemas of a snapshot's tables: columns, types, code lists, keys and rules across columns.

`etl` validates against them before it publishes, and `dashboard` relies on them.
Codes follow ISO 3166-1 alpha-3 (areas) and SDMX usage (sex, age, status). Intervals are closed, in `unit`.
"""

import dataframely as dy
import polars as pl

from data import columns
from data.statements import (
    Agreement,
    Evidence,
    Instruments,
    MigrantStock,
    MigrantStockVintages,
    Movements,
    Roles,
    WorkplanLines,
)

__all__ = [
    "ADDED",
    "BOUNDARY_COLUMNS",
    "MAP_CRS",
    "OBSERVATION_KEY",
    "SCHEMAS",
    "Agreement",
    "Areas",
    "Countries",
    "Evidence",
    "FlowCoverage",
    "FlowCoverageVintages",
    "FlowRevisions",
    "FlowVintages",
    "Flows",
    "Identities",
    "Instruments",
    "MigrantStock",
    "MigrantStockVintages",
    "Movements",
    "Observations",
    "ReleaseCoverage",
    "Revisions",
    "Roles",
    "Vintages",
    "WorkplanLines",
]

OBSERVATION_KEY = ("indicator", "area", "year", "sex", "age", "form", "source")
# Lambert azimuthal equal-area on the Americas, in kilometers: areas keep their true proportions.
MAP_CRS = "+proj=laea +lat_0=8 +lon_0=-80 +datum=WGS84 +units=km +no_defs"


class Observations(dy.Schema):
    """The best current figures, one in each row; an absent row means "not reported"."""

    indicator = dy.String(nullable=False, primary_key=True, min_length=1)
    area = columns.iso3(key=True)
    year = columns.year(key=True)
    year_basis = columns.code(columns.YEAR_BASIS)
    sex = columns.code(columns.SEX, key=True)
    age = dy.String(nullable=False, primary_key=True, min_length=1)
    form = dy.String(nullable=False, primary_key=True, min_length=1)
    low = dy.Float64(nullable=True, min=0)
    high = dy.Float64(nullable=True, min=0)
    status = columns.code(columns.STATUS)
    unit = columns.code(columns.UNIT)
    source = dy.String(nullable=False, primary_key=True, min_length=1)
    release = columns.text()
    locator = columns.text()
    derived = dy.Bool(nullable=False)
    inputs = dy.List(columns.cell(), nullable=False)
    note = columns.text(nullable=True)
    contradicted = dy.Bool(nullable=False)
    counting_unit = columns.code(columns.COUNTING_UNIT, nullable=True)

    @dy.rule()
    def interval_in_order(cls) -> pl.Expr:
        """A figure has low <= high; conflicting and suspect rows have no figure."""
        unusable = pl.col("status").is_in(["conflicting", "suspect"])
        return (
            pl.when(unusable)
            .then(pl.col("low").is_null() & pl.col("high").is_null() & pl.col("note").is_not_null())
            .otherwise((pl.col("low") <= pl.col("high")).fill_null(False))
        )

    @dy.rule()
    def exact_is_a_point(cls) -> pl.Expr:
        """The interval of an exact figure is one value."""
        return (pl.col("status") != "exact") | (pl.col("low") == pl.col("high"))

    @dy.rule()
    def derived_names_its_inputs(cls) -> pl.Expr:
        """A derived figure names the cells it came from; a printed one has none."""
        return pl.col("derived") == (pl.col("inputs").list.len() > 0)


class Vintages(Observations):
    """The figures of every release, with the columns of `Observations`; the release is part of the key."""

    release = dy.String(nullable=False, primary_key=True, min_length=1)


class Identities(dy.Schema):
    """A figure that other figures of its release contradict or make unusual, with both; certain whatever masks hide.

    Of `more_males` the figure is that of males, of all ages that are printed for both sexes.
    """

    indicator = dy.String(nullable=False, primary_key=True, min_length=1)
    area = columns.iso3(key=True)
    year = columns.year(key=True)
    sex = columns.code(columns.SEX, key=True)
    age = dy.String(nullable=False, primary_key=True, min_length=1)
    form = dy.String(nullable=False, primary_key=True, min_length=1)
    source = dy.String(nullable=False, primary_key=True, min_length=1)
    release = dy.String(nullable=False, primary_key=True, min_length=1)
    kind = columns.code(columns.IDENTITY, key=True)
    low = dy.Float64(nullable=True, min=0)
    high = dy.Float64(nullable=True, min=0)
    locator = columns.text()
    parts = dy.List(columns.text(), nullable=False)
    parts_low = dy.Float64(nullable=False, min=0)
    parts_high = dy.Float64(nullable=True, min=0)
    parts_locator = columns.text()

    @dy.rule()
    def certain(cls) -> pl.Expr:
        """The parts are more than the figure, or above zero beside a form that equals it; of sexes males are more."""
        kind = pl.col("kind")
        more = pl.col("parts_low") > pl.col("high")
        males = pl.col("low") > pl.col("parts_high")
        beside = (pl.col("parts_low") > 0) & (pl.col("parts").list.len() > 1)
        certain = pl.when(kind == "more_males").then(males).when(kind == "one_form").then(beside).otherwise(more)
        return certain.fill_null(value=False)


class Flows(dy.Schema):
    """A row is one record of a source: victims counted by origin, destination and year, or one stated route.

    Victims whom a state's own register counts stand apart (`evidence`), and are never added to those of UNODC.
    """

    evidence = columns.code(columns.EVIDENCE)
    origin = columns.iso3(nullable=True)
    transit = columns.iso3(nullable=True)
    destination = columns.iso3(nullable=True)
    origin_label = columns.text(nullable=True)
    transit_label = columns.text(nullable=True)
    destination_label = columns.text(nullable=True)
    located = dy.Bool(nullable=False)
    complete = dy.Bool(nullable=False)
    year = columns.year()
    year_basis = columns.code(columns.YEAR_BASIS)
    form = dy.List(columns.text(), nullable=False)
    profile = dy.List(columns.text(), nullable=False)
    low = dy.Float64(nullable=True, min=0)
    high = dy.Float64(nullable=True, min=0)
    status = columns.code(columns.FLOW_STATUS)
    unit = columns.code(columns.FLOW_UNIT)
    repeat_of = columns.text(nullable=True)
    source = dy.String(nullable=False, primary_key=True, min_length=1)
    release = dy.String(nullable=False, primary_key=True, min_length=1)
    label_release = columns.text()
    locator = dy.String(nullable=False, primary_key=True, min_length=1)
    note = columns.text(nullable=True)

    @dy.rule()
    def complete_means_both_ends(cls) -> pl.Expr:
        """`complete` means that origin and destination are both known countries."""
        return pl.col("complete") == (pl.col("origin").is_not_null() & pl.col("destination").is_not_null())

    @dy.rule()
    def unit_follows_evidence(cls) -> pl.Expr:
        """Counted flows and those of registers are in persons and stated ones in statements; no two are ever added."""
        return (pl.col("evidence") != "stated") == (pl.col("unit") == "persons")

    @dy.rule()
    def conflicting_has_no_figure(cls) -> pl.Expr:
        """A flow lacks an interval if and only if it is conflicting."""
        return (pl.col("status") == "conflicting") == pl.col("low").is_null()


class FlowCoverage(dy.Schema):
    """How many of a state's detected victims have a listed citizenship."""

    area = columns.iso3(key=True)
    year = columns.year(key=True)
    total_low = dy.Float64(nullable=True, min=0)
    total_high = dy.Float64(nullable=True, min=0)
    total = dy.Float64(nullable=True, min=0)
    listed = dy.Float64(nullable=False, min=0)
    listed_high = dy.Float64(nullable=False, min=0)
    nationalities = dy.Int32(nullable=False, min=0)
    source = columns.text()
    release = columns.text()


class FlowVintages(Flows):
    """The counted flows as of an earlier release (`as_of`): from that release and those before it."""

    as_of = dy.String(nullable=False, primary_key=True, min_length=1)


class FlowCoverageVintages(FlowCoverage):
    """The coverage of flows as of an earlier release."""

    as_of = dy.String(nullable=False, primary_key=True, min_length=1)


class Revisions(dy.Schema):
    """A figure that differs between one release and the next that we have; unchanged figures have no row.

    Figures without a value (conflicting, suspect) are compared by what is printed: `printed_from`, `printed_to`.
    """

    indicator = dy.String(nullable=False, primary_key=True, min_length=1)
    area = columns.iso3(key=True)
    year = columns.year(key=True)
    sex = columns.code(columns.SEX, key=True)
    age = dy.String(nullable=False, primary_key=True, min_length=1)
    form = dy.String(nullable=False, primary_key=True, min_length=1)
    source = dy.String(nullable=False, primary_key=True, min_length=1)
    release_from = dy.String(nullable=False, primary_key=True, min_length=1)
    release_to = dy.String(nullable=False, primary_key=True, min_length=1)
    low_from = dy.Float64(nullable=True, min=0)
    high_from = dy.Float64(nullable=True, min=0)
    low_to = dy.Float64(nullable=True, min=0)
    high_to = dy.Float64(nullable=True, min=0)
    status_from = columns.code(columns.STATUS, nullable=True)
    status_to = columns.code(columns.STATUS, nullable=True)
    kind = columns.code(columns.REVISION_KIND)
    printed_from = columns.text(nullable=True)
    printed_to = columns.text(nullable=True)

    @dy.rule()
    def ends_follow_kind(cls) -> pl.Expr:
        """Only new figures lack an earlier value, and only withdrawn ones lack a later value."""
        new, withdrawn = pl.col("kind") == "new", pl.col("kind") == "withdrawn"
        return (new == pl.col("status_from").is_null()) & (withdrawn == pl.col("status_to").is_null())

    @dy.rule()
    def printed_where_no_value(cls) -> pl.Expr:
        """`printed` has a text exactly where a figure has no value."""
        return pl.all_horizontal(
            pl.col(f"printed_{end}").is_not_null()
            == (pl.col(f"status_{end}").is_not_null() & pl.col(f"low_{end}").is_null())
            for end in ("from", "to")
        )


class FlowRevisions(dy.Schema):
    """A figure by citizenship that a release and the next one that has the pair print otherwise: no value fits both."""

    source = dy.String(nullable=False, primary_key=True, min_length=1)
    origin = columns.iso3(key=True)
    destination = columns.iso3(key=True)
    year = columns.year(key=True)
    release_from = dy.String(nullable=False, primary_key=True, min_length=1)
    release_to = dy.String(nullable=False, primary_key=True, min_length=1)
    low_from = dy.Float64(nullable=False, min=0)
    high_from = dy.Float64(nullable=False, min=0)
    low_to = dy.Float64(nullable=False, min=0)
    high_to = dy.Float64(nullable=False, min=0)
    locator_from = columns.text()
    locator_to = columns.text()


class ReleaseCoverage(dy.Schema):
    """The indicators and years that a release has for any country: only there does a missing figure mean anything."""

    source = dy.String(nullable=False, primary_key=True, min_length=1)
    release = dy.String(nullable=False, primary_key=True, min_length=1)
    indicator = dy.String(nullable=False, primary_key=True, min_length=1)
    year = columns.year(key=True)


class Areas(dy.Schema):
    """The 35 independent states of the Americas."""

    area = columns.iso3(key=True)
    m49 = dy.String(nullable=False, unique=True, regex="^[0-9]{3}$")
    iso2 = dy.String(nullable=False, unique=True, regex="^[A-Z]{2}$")
    subregion = columns.text()
    member = columns.text()
    note = columns.text(nullable=True)


class Countries(dy.Schema):
    """Every ISO 3166-1 country: codes, and a label point if we have its polygon (degrees, WGS 84)."""

    area = columns.iso3(key=True)
    m49 = dy.String(nullable=False, regex="^[0-9]{3}$")
    iso2 = dy.String(nullable=False, regex="^[A-Z]{2}$")
    longitude = dy.Float64(nullable=True, min=-180, max=180)
    latitude = dy.Float64(nullable=True, min=-90, max=90)


SCHEMAS: dict[str, type[dy.Schema]] = {
    "observations": Observations,
    "vintages": Vintages,
    "identities": Identities,
    "flows": Flows,
    "flow_coverage": FlowCoverage,
    "flow_vintages": FlowVintages,
    "flow_coverage_vintages": FlowCoverageVintages,
    "flow_revisions": FlowRevisions,
    "roles": Roles,
    "release_coverage": ReleaseCoverage,
    "revisions": Revisions,
    "instruments": Instruments,
    "evidence": Evidence,
    "workplan_lines": WorkplanLines,
    "migrant_stock": MigrantStock,
    "migrant_stock_vintages": MigrantStockVintages,
    "movements": Movements,
    "agreement": Agreement,
    "areas": Areas,
    "countries": Countries,
}
# Tables that snapshots of this version may lack, since they were built before; readers find them without rows.
ADDED = frozenset({"identities"})
# `boundaries` is GeoParquet: area, kind (columns.BOUNDARY_KIND), geometry in MAP_CRS, label_x, label_y (km).
BOUNDARY_COLUMNS = ("area", "kind", "label_x", "label_y", "geometry")
