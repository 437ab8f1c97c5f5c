"""The snapshots that were withdrawn after they had been published: which, on which day, why, and what to use instead.

A withdrawn snapshot stays on this list, so that a link or a citation that names it can be answered with a warning.
"""

from functools import cache
from pathlib import Path

import dataframely as dy
import polars as pl

from data import columns

ERRATA = Path(__file__).parent / "reference" / "errata.csv"
# A figure was wrong; a masked figure could be deduced; something may not be passed on; the publisher took it back.
REASONS = ("wrong_figure", "mask_lifted", "rights", "release_withdrawn")
ID = "^[0-9a-f]{12}$"


class Errata(dy.Schema):
    """One withdrawn snapshot a row; `replaced_by` is empty where nothing takes its place."""

    snapshot = dy.String(nullable=False, primary_key=True, regex=ID)
    withdrawn = dy.Date(nullable=False)
    reason = columns.code(REASONS)
    replaced_by = dy.String(nullable=True, regex=ID)


@cache
def errata(path: Path = ERRATA) -> pl.DataFrame:
    """The withdrawn snapshots, the latest first (columns of `Errata`).

    Raises:
        dataframely.exc.ValidationError: the file breaks the schema.
    """
    listed = pl.read_csv(path, infer_schema=False)
    # What is no day becomes none, which the schema then refuses.
    dated = listed.with_columns(pl.col("withdrawn").str.to_date("%Y-%m-%d", strict=False))
    return Errata.validate(dated).sort("withdrawn", "snapshot", descending=True)
