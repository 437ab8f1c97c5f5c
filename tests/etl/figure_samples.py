"""Made-up populations, and one release's figures as a build makes them."""

import polars as pl

from etl.making import victim_counts
from etl.source_declaration import declarations
from etl.sources.unodc_glotip import parse
from tests.etl.samples import glotip

STATES = ("ARG", "BOL", "CRI", "USA")


def people(*rows: tuple[str, int, float]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema={"area": pl.String, "year": pl.Int16, "population": pl.Float64}, orient="row")
    return frame.with_columns(locator=pl.format("population.csv#{}", pl.int_range(pl.len())), release=pl.lit("2026-03"))


PEOPLE = people(("BOL", 2017, 11_000_000.0), ("CRI", 2019, 5_000_000.0), ("CRI", 2020, 5_100_000.0))


def vintage(rows: list[tuple[object, ...]], released: str = "14/04/2025") -> pl.DataFrame:
    return victim_counts.vintage(
        parse(glotip(rows, released=released), "a.xlsx"), declarations()["unodc_glotip"], STATES, PEOPLE
    )
