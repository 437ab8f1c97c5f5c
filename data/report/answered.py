"""What a workbook may answer: the entries of the ledger, and the figures and routes that the observatory shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from data.snapshot import Snapshot

# Under which a disputed figure stands: common indicators and comparable figures.
FIGURES_PARAGRAPH = 26


@dataclass(frozen=True)
class Known:
    """The entries of the ledger (paragraph and actor, by id), and the ids of figures and routes."""

    entries: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    figures: frozenset[str] = frozenset()


def known(snapshot: Snapshot) -> Known:
    """What a snapshot shows."""
    entries = snapshot.table("evidence").select("id", "paragraph", "actor").unique("id").collect()
    parts = ("indicator", "area", "year", "sex", "age", "form")
    figures = snapshot.table("observations").select(pl.concat_str(pl.lit("figure"), *parts, separator=":"))
    counted = snapshot.table("flows").filter(pl.col("evidence") == "counted").drop_nulls(["origin", "destination"])
    flows = counted.select(pl.concat_str(pl.lit("flow"), "origin", "destination", "year", separator=":"))
    ids = pl.concat([figures.collect().to_series(), flows.collect().to_series().alias("literal")])
    return Known({one: (paragraph, actor) for one, paragraph, actor in entries.iter_rows()}, frozenset(ids))
