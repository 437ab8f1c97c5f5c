"""Which objective of the work plan each paragraph of the declaration is near: our reading, with the reason."""

from functools import cache

import dataframely as dy
import polars as pl

from data import columns
from data.columns import OBJECTIVES, PARAGRAPHS
from data.reviewed import Reviewed, read


class Objectives(Reviewed):
    """A paragraph, an objective that it is near, and why this is held to be so."""

    FILE = "objectives.csv"
    paragraph = dy.Int8(
        nullable=False, primary_key=True, min=1, max=PARAGRAPHS, description=f"a paragraph, 1 to {PARAGRAPHS}"
    )
    objective = dy.Int8(
        nullable=False, primary_key=True, min=1, max=OBJECTIVES, description=f"an objective, 1 to {OBJECTIVES}"
    )
    reason = columns.text()


@cache
def objectives() -> pl.DataFrame:
    """Paragraph, objective, reason."""
    return read(Objectives).drop("row").sort("paragraph", "objective")
