"""A snapshot of a later year: a release of 2026 that covers 2024, made of the rows of 2022. Only for tests."""

import shutil
from pathlib import Path

import polars as pl

from data.place import HERE
from data.snapshot import Snapshot
from tests.sealing import seal

LATER, YEAR, RELEASE = "2" * 12, 2024, "2026-10-28"
MADE_OF = 2022
MINE = pl.col("source") == "unodc_glotip", pl.col("indicator").str.starts_with("detected_victims")


def put(home: Path) -> None:
    """Put the snapshot of the later year into a place; it is not shown before the pointer is turned to `LATER`."""
    shutil.copytree(Snapshot.open(str(HERE)).root, home / LATER)
    for name in ("observations", "vintages", "release_coverage"):
        path = home / LATER / f"{name}.parquet"
        rows = pl.read_parquet(path)
        newest = rows.filter(*MINE, pl.col("year") == MADE_OF, pl.col("release") == "2025-10-28")
        made = newest.with_columns(year=pl.lit(YEAR).cast(rows.schema["year"]), release=pl.lit(RELEASE))
        pl.concat([rows, made]).write_parquet(path)
    seal(home / LATER, id=LATER, created="2026-12-24T00:00:00Z")
