"""The targets that a workbook may answer: entries of the ledger, figures and routes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

# The paragraph of a disputed figure: common indicators and comparable figures.
FIGURES_PARAGRAPH = 26


@dataclass(frozen=True)
class Targets:
    """The ids that a workbook may name.

    Attributes:
        entries: paragraph and actor of each entry of the ledger, by id.
        figures: the ids of figures and routes.
        lines: the numbers of the work plan's lines; empty until its text is loaded, and then not checked.
    """

    entries: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    figures: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()


def targets(table: Callable[[str], pl.LazyFrame]) -> Targets:
    """The targets in a snapshot, whose tables `table` gives by name."""
    entries = table("evidence").select("id", "paragraph", "actor").unique("id").collect()
    parts = ("indicator", "area", "year", "sex", "age", "form")
    figures = table("observations").select(pl.concat_str(pl.lit("figure"), *parts, separator=":"))
    counted = table("flows").filter(pl.col("evidence") == "counted").drop_nulls(["origin", "destination"])
    flows = counted.select(pl.concat_str(pl.lit("flow"), "origin", "destination", "year", separator=":"))
    ids = pl.concat([figures.collect().to_series(), flows.collect().to_series().alias("literal")])
    lines = table("workplan_lines").select("number").collect()["number"]
    by_id = {entry: (paragraph, actor) for entry, paragraph, actor in entries.iter_rows()}
    return Targets(by_id, frozenset(ids), frozenset(lines))
