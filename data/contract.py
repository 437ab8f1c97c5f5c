"""What every table of a snapshot holds: names, types, closed lists, keys and cross-column rules.

Both wings stand on this module: `etl` validates against it before it publishes, `dashboard` reads by it.
Codes follow ISO 3166-1 alpha-3 (areas) and SDMX usage (sex, age, status). Intervals are closed, in `unit`.
"""

from collections.abc import Callable

import dataframely as dy
import polars as pl

SEX = ("total", "female", "male", "other", "unknown")
STATUS = ("exact", "masked", "conflicting", "suspect")
FLOW_STATUS = ("exact", "masked", "questioned", "conflicting")
UNIT = ("persons", "offences", "percent", "per_100000_population")
FLOW_UNIT = ("persons", "statements")
EVIDENCE = ("counted", "stated")
ROLE = ("origin", "transit", "destination", "internal")
STATED = ("yes", "no", "no_mention")
YEAR_BASIS = ("reference", "report")
REVISION_KIND = ("revised", "new", "withdrawn", "convention")
BOUNDARY_KIND = ("state", "dependency", "outside", "disputed")
REDISTRIBUTE = ("rows", "derived", "none")
OBSERVATION_KEY = ("indicator", "area", "year", "sex", "age", "form", "source")
# Lambert azimuthal equal-area on the Americas, in kilometres: areas keep their true proportions.
MAP_CRS = "+proj=laea +lat_0=8 +lon_0=-80 +datum=WGS84 +units=km +no_defs"


def _one_of(values: tuple[str, ...]) -> Callable[[pl.Expr], pl.Expr]:
    return lambda column: column.is_in(values)


def _code(values: tuple[str, ...], *, key: bool = False, nullable: bool = False) -> dy.String:
    return dy.String(nullable=nullable, primary_key=key, check={"closed_list": _one_of(values)})


def _iso3(*, key: bool = False, nullable: bool = False) -> dy.String:
    return dy.String(nullable=nullable, primary_key=key, regex="^[A-Z]{3}$")


def _year(*, key: bool = False) -> dy.Int16:
    return dy.Int16(nullable=False, primary_key=key, min=1900, max=2100)


def _text(*, nullable: bool = False) -> dy.String:
    return dy.String(nullable=nullable, min_length=1)


class Input(dy.Schema):
    """One source cell that a derived figure was computed from."""

    source = _text()
    release = _text()
    locator = _text()


class Observations(dy.Schema):
    """One figure a row, the best current reading; an absent row means "not reported"."""

    indicator = dy.String(nullable=False, primary_key=True, min_length=1)
    area = _iso3(key=True)
    year = _year(key=True)
    year_basis = _code(YEAR_BASIS)
    sex = _code(SEX, key=True)
    age = dy.String(nullable=False, primary_key=True, min_length=1)
    form = dy.String(nullable=False, primary_key=True, min_length=1)
    low = dy.Float64(nullable=True, min=0)
    high = dy.Float64(nullable=True, min=0)
    status = _code(STATUS)
    unit = _code(UNIT)
    source = dy.String(nullable=False, primary_key=True, min_length=1)
    release = _text()
    locator = _text()
    derived = dy.Bool(nullable=False)
    inputs = dy.List(dy.Struct({"source": _text(), "release": _text(), "locator": _text()}), nullable=False)
    note = _text(nullable=True)

    @dy.rule()
    def interval_in_order(cls) -> pl.Expr:
        """A figure is low <= high; the two unusable states carry no figure at all."""
        unusable = pl.col("status").is_in(["conflicting", "suspect"])
        return (
            pl.when(unusable)
            .then(pl.col("low").is_null() & pl.col("high").is_null() & pl.col("note").is_not_null())
            .otherwise((pl.col("low") <= pl.col("high")).fill_null(False))
        )

    @dy.rule()
    def exact_is_a_point(cls) -> pl.Expr:
        """An exact figure has no width."""
        return (pl.col("status") != "exact") | (pl.col("low") == pl.col("high"))

    @dy.rule()
    def derived_names_its_inputs(cls) -> pl.Expr:
        """A derived figure names the cells it came from; a printed one has none."""
        return pl.col("derived") == (pl.col("inputs").list.len() > 0)


class Vintages(Observations):
    """The same columns for every release held; the release is part of the key."""

    release = dy.String(nullable=False, primary_key=True, min_length=1)


class Flows(dy.Schema):
    """One record of a source a row: an origin-destination-year of counted victims, or one stated route."""

    evidence = _code(EVIDENCE)
    origin = _iso3(nullable=True)
    transit = _iso3(nullable=True)
    destination = _iso3(nullable=True)
    origin_label = _text(nullable=True)
    transit_label = _text(nullable=True)
    destination_label = _text(nullable=True)
    located = dy.Bool(nullable=False)
    complete = dy.Bool(nullable=False)
    year = _year()
    year_basis = _code(YEAR_BASIS)
    form = dy.List(_text(), nullable=False)
    profile = dy.List(_text(), nullable=False)
    low = dy.Float64(nullable=True, min=0)
    high = dy.Float64(nullable=True, min=0)
    status = _code(FLOW_STATUS)
    unit = _code(FLOW_UNIT)
    repeat_of = _text(nullable=True)
    source = dy.String(nullable=False, primary_key=True, min_length=1)
    release = dy.String(nullable=False, primary_key=True, min_length=1)
    label_release = _text()
    locator = dy.String(nullable=False, primary_key=True, min_length=1)
    note = _text(nullable=True)

    @dy.rule()
    def complete_means_both_ends(cls) -> pl.Expr:
        """`complete` is exactly: origin and destination are both known countries."""
        return pl.col("complete") == (pl.col("origin").is_not_null() & pl.col("destination").is_not_null())

    @dy.rule()
    def unit_follows_evidence(cls) -> pl.Expr:
        """Victims are counted in persons and statements in statements: the two are never added."""
        return (pl.col("evidence") == "counted") == (pl.col("unit") == "persons")

    @dy.rule()
    def conflicting_has_no_figure(cls) -> pl.Expr:
        """Only a conflicting flow is without an interval."""
        return (pl.col("status") == "conflicting") == pl.col("low").is_null()


class FlowCoverage(dy.Schema):
    """How many of a state's detected victims carry a listed citizenship."""

    area = _iso3(key=True)
    year = _year(key=True)
    total_low = dy.Float64(nullable=True, min=0)
    total_high = dy.Float64(nullable=True, min=0)
    total = dy.Float64(nullable=True, min=0)
    listed = dy.Float64(nullable=False, min=0)
    listed_high = dy.Float64(nullable=False, min=0)
    nationalities = dy.Int32(nullable=False, min=0)
    source = _text()
    release = _text()


class Roles(dy.Schema):
    """Whether a report calls a state an origin, transit or destination, or speaks of internal trafficking."""

    area = _iso3(key=True)
    year = _year(key=True)
    year_basis = _code(YEAR_BASIS)
    role = _code(ROLE, key=True)
    stated = _code(STATED)
    source = dy.String(nullable=False, primary_key=True, min_length=1)
    release = _text()
    locator = _text()
    note = _text(nullable=True)


class Areas(dy.Schema):
    """The 35 independent states of the Americas."""

    area = _iso3(key=True)
    m49 = dy.String(nullable=False, unique=True, regex="^[0-9]{3}$")
    iso2 = dy.String(nullable=False, unique=True, regex="^[A-Z]{2}$")
    subregion = _text()
    member = _text()
    note = _text(nullable=True)


class Countries(dy.Schema):
    """Every ISO 3166-1 country: codes, and a label point where its polygon is held (degrees, WGS 84)."""

    area = _iso3(key=True)
    m49 = dy.String(nullable=False, regex="^[0-9]{3}$")
    iso2 = dy.String(nullable=False, regex="^[A-Z]{2}$")
    longitude = dy.Float64(nullable=True, min=-180, max=180)
    latitude = dy.Float64(nullable=True, min=-90, max=90)


SCHEMAS: dict[str, type[dy.Schema]] = {
    "observations": Observations,
    "vintages": Vintages,
    "flows": Flows,
    "flow_coverage": FlowCoverage,
    "roles": Roles,
    "areas": Areas,
    "countries": Countries,
}
# `boundaries` is GeoParquet: area, kind (BOUNDARY_KIND), geometry in MAP_CRS, label_x, label_y (km).
BOUNDARY_COLUMNS = ("area", "kind", "label_x", "label_y", "geometry")
