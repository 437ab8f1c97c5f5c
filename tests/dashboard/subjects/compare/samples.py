"""Made-up figures of four states, as observations: counts, and rates derived from them."""

import polars as pl

VICTIMS, RATE, OFFENCES = "detected_victims", "detected_victims_rate", "offences"
SOURCE = "unodc_glotip"
# A value, an interval, or the reason for a missing value.
FIGURES = {
    ("ARG", 2018): 10,
    ("BOL", 2018): (1, 4),
    ("CHL", 2018): 3,
    ("ARG", 2019): 0,
    ("BOL", 2019): 7,
    ("CHL", 2019): (1, 4),
    ("DMA", 2019): "conflicting",
    ("BOL", 2021): (0, 4),
    ("CHL", 2021): 9,
}
CELL = {"source": SOURCE, "release": "2025-10-28"}
PEOPLE = {"source": "worldbank_population", "release": "2026-03", "locator": "people.csv#row 1"}
UNITS = {"area": pl.String, "indicator": pl.String, "year_from": pl.Int16, "year_to": pl.Int16}
UNITS |= dict.fromkeys(("unit", "reason", "citation"), pl.String)


def observations(figures=FIGURES, indicator=VICTIMS):
    """The counts, and rates that are a tenth of them."""
    rows = [row for key, figure in figures.items() for row in _rows(indicator, key, figure)]
    return pl.LazyFrame(rows, schema_overrides={"year": pl.Int16, "low": pl.Float64, "high": pl.Float64})


def _rows(indicator, key, figure):
    ends = (
        (figure, figure) if isinstance(figure, int | float) else figure if isinstance(figure, tuple) else (None, None)
    )
    status = figure if isinstance(figure, str) else "exact" if ends[0] == ends[1] else "masked"
    cell = CELL | {"locator": f"a.xlsx#s!{key[0]}{key[1]}"}
    row = {"indicator": indicator, "area": key[0], "year": key[1], **dict.fromkeys(("sex", "age", "form"), "total")}
    row |= {"low": ends[0], "high": ends[1], "status": status, "unit": "persons", **cell, "derived": False}
    row |= {"contradicted": False}
    yield row | {"inputs": []}
    if ends[0] is not None:
        rate = {"indicator": f"{indicator}_rate", "low": ends[0] / 10, "high": ends[1] / 10, "derived": True}
        yield row | rate | {"unit": "per_100000_population", "inputs": [cell, PEOPLE]}


def units(*entries):
    """What states count as detected victims: (area, first, last, unit) each."""
    rows = [(area, VICTIMS, first, last, unit, "why", "a book") for area, first, last, unit in entries]
    return pl.DataFrame(rows, schema=UNITS, orient="row")
