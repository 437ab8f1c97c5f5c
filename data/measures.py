"""Which columns of the Human Trafficking Index for 2008 are read, and on which paragraph of the declaration each is."""

from functools import cache

import dataframely as dy
import polars as pl

from data import columns
from data.columns import PARAGRAPHS
from data.reviewed import Reviewed, read


class Measures(Reviewed):
    """A column that is read: its exact heading, the id of its measure, the paragraph of the declaration."""

    FILE = "hti_measures.csv"
    column = dy.String(nullable=False, primary_key=True, min_length=1)
    measure = dy.String(nullable=False, unique=True, regex="^[a-z_]+$", description="an id of its own, of a-z and _")
    paragraph = dy.Int8(nullable=False, min=1, max=PARAGRAPHS, description=f"a paragraph, 1 to {PARAGRAPHS}")
    reason = columns.text()


@cache
def measures() -> pl.DataFrame:
    """The declared columns: `column` (the exact heading), `measure` (id), `paragraph` (1-32), `reason`."""
    return read(Measures).drop("row")
