"""Made-up figures of four states in two releases. They mean nothing."""

import polars as pl

from dashboard.store import Tables

SCHEMA = {
    "indicator": pl.String,
    "area": pl.String,
    "year": pl.Int16,
    "sex": pl.String,
    "age": pl.String,
    "low": pl.Float64,
    "high": pl.Float64,
    "status": pl.String,
    "release": pl.String,
}
AREAS = pl.LazyFrame({"area": ["ARG", "BOL", "CRI", "USA"]})
APRIL, OCTOBER = "2025-04-14", "2025-10-28"
VICTIMS, SURVEY, WOMEN = "detected_victims", "child_labour_economic", "partner_violence"


def frame(*rows):
    """Rows of `SCHEMA`, completed with common values."""
    fixed = {"form": "total", "unit": "persons", "source": "unodc_glotip"}
    filled = {name: pl.lit(value) for name, value in fixed.items()}
    return pl.LazyFrame(rows, schema=SCHEMA, orient="row").with_columns(**filled, derived=pl.lit(False))


def whole(area, year, low, high=None, status="exact", release=OCTOBER):
    """A total of detected victims."""
    top = low if high is None else high
    return (VICTIMS, area, year, "total", "total", low, top, status, release)


NOW = [
    whole("ARG", 2017, 10.0),
    whole("ARG", 2019, 12.0),
    whole("BOL", 2017, 0.0),
    whole("BOL", 2018, 1.0, 4.0, "masked"),
    whole("CRI", 2019, None, None, "conflicting"),
    (VICTIMS, "CRI", 2018, "female", "total", 7.0, 7.0, "exact", OCTOBER),
    (SURVEY, "BOL", 2015, "female", "7-17", 2.0, 2.0, "exact", OCTOBER),
    (SURVEY, "BOL", 2015, "total", "7-17", 3.0, 3.0, "exact", OCTOBER),
    (WOMEN, "CRI", 2016, "female", "15-49", 4.5, 4.5, "exact", OCTOBER),
]
THEN = [
    whole("ARG", 2017, 9.0, release=APRIL),
    whole("BOL", 2017, 0.0, 4.0, "masked", APRIL),
    whole("BOL", 2018, 0.0, 4.0, "masked", APRIL),
    whole("CRI", 2017, 6.0, release=APRIL),
]
OBSERVATIONS, VINTAGES = frame(*NOW), frame(*NOW, *THEN)
COVERED = pl.LazyFrame(
    [("unodc_glotip", release, VICTIMS, year) for release in (APRIL, OCTOBER) for year in (2017, 2018)],
    schema={"source": pl.String, "release": pl.String, "indicator": pl.String, "year": pl.Int16},
    orient="row",
)


def change(area, year, kind, before, after):
    """A row of `revisions`; each end is low, high, status."""
    ends = {
        f"{name}_{end}": value
        for end, reading in (("from", before), ("to", after))
        for name, value in zip(("low", "high", "status"), reading, strict=True)
    }
    key = {"indicator": VICTIMS, "area": area, "year": year, "sex": "total", "age": "total", "form": "total"}
    return key | {"source": "unodc_glotip", "release_from": APRIL, "release_to": OCTOBER, "kind": kind} | ends


MASK, NONE = (0.0, 4.0, "masked"), (None, None, None)
REVISIONS = pl.LazyFrame(
    [
        change("ARG", 2017, "revised", (9.0, 9.0, "exact"), (10.0, 10.0, "exact")),
        change("BOL", 2017, "convention", MASK, (0.0, 0.0, "exact")),
        change("BOL", 2018, "convention", MASK, (1.0, 4.0, "masked")),
        change("CRI", 2017, "withdrawn", (6.0, 6.0, "exact"), NONE),
    ],
    schema_overrides={"year": pl.Int16},
)


def snapshot(**tables):
    """A snapshot of the samples, some of its tables replaced."""
    usual = {"observations": OBSERVATIONS, "vintages": VINTAGES, "areas": AREAS, "revisions": REVISIONS}
    return Tables({**usual, "release_coverage": COVERED, **tables})


SNAPSHOT = snapshot()
