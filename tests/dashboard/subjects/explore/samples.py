"""Made-up figures of states, years and groups, in the form of `observations`."""

import polars as pl

from dashboard.store import Tables
from data.contract import Observations

VICTIMS, WOMEN, RATE = "detected_victims", "partner_violence", "detected_victims_rate"
UNITS = {WOMEN: "percent", RATE: "per_100000_population", "offences": "offences"}
TOTAL = ("total", "total", "total")


def row(area, year, figure, group=TOTAL, indicator=VICTIMS):
    """A row with a value, an interval, or None for an unusable figure."""
    low, high = figure if isinstance(figure, tuple) else (figure, figure)
    status = "conflicting" if figure is None else "exact" if low == high else "masked"
    fields = {"indicator": indicator, "area": area, "year": year, "year_basis": "reference", "low": low, "high": high}
    fields |= dict(zip(("sex", "age", "form"), group, strict=True))
    fields |= {"status": status, "unit": UNITS.get(indicator, "persons"), "source": "unodc_glotip"}
    return fields | {"release": "2025-10-28", "locator": f"{area}{year}", "derived": indicator == RATE, "inputs": []}


AREAS = ("ARG", "BOL", "CHL", "DMA")


def frame(*rows):
    """A snapshot of these observations."""
    observations = pl.LazyFrame(rows, schema=Observations.create_empty().schema)
    return Tables({"observations": observations, "areas": pl.LazyFrame({"area": AREAS})})


def parts(total, **figures):
    """A total of Bolivia in 2019 and its parts, each named by its group."""
    groups = {
        "female": ("female", "total", "total"),
        "male": ("male", "total", "total"),
        "children": ("total", "0-17", "total"),
        "adults": ("total", "18+", "total"),
        "girls": ("female", "0-17", "total"),
        "unknown": ("unknown", "unknown", "total"),
        "sexual": ("total", "total", "sexual_exploitation"),
        "labour": ("total", "total", "forced_labour"),
    }
    every = [row("BOL", 2019, figure, groups[name]) for name, figure in figures.items()]
    return frame(row("BOL", 2019, total), *every)


SOME = frame(
    row("ARG", 2018, 10),
    row("ARG", 2020, 0),
    row("ARG", 2020, 7, ("female", "total", "total")),
    row("BOL", 2019, (1, 4)),
    row("BOL", 2019, 3, ("unknown", "unknown", "total")),
    row("CHL", 2019, None),
    row("CHL", 2015, 8, ("total", "total", "forced_labour")),
    row("BOL", 2016, 12.5, ("female", "15-49", "total"), WOMEN),
    row("BOL", 2019, 0.4, indicator=RATE),
)
